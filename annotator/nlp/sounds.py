"""How a word of a name sounds, roughly: one form for the ways it is written in Latin, Arabic and Cyrillic letters."""

import re
from functools import lru_cache

from annotator.domain.names import fold
from annotator.domain.words import MARKS

_ARABIC = dict(
    zip(
        "ابپتثجچحخدذرزژسشصضطظعغفقکكگلمنوهیيىءةټډړږښځڅۍېګڼٹڈڑںے",
        (
            "a b p t s j ch h kh d z r z zh s sh s z t z - gh f q k k g l m n w 'h y y a - a "
            "t d r g sh z ts y e g n t d r n e"
        ).split(),
        strict=True,
    )
)
_CYRILLIC = dict(
    zip(
        "абвгдежзиклмнопрстуфхцчшщъыьэюяіїєґў",
        "a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch - y - e yu ya i i e g u".split(),
        strict=True,
    )
)
_LETTERS = str.maketrans({key: value.strip("-") for key, value in (_ARABIC | _CYRILLIC).items()} | {
    "ı": "i", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "\u200c": "", "\u0640": "",
})  # fmt: skip
_ALIKE = (
    (re.compile(r"^y(?=[aeiou])(?=[eu])"), ""),  # Yevgeny, Yusuf
    (re.compile(r"shch|sch|sh"), "s"),
    (re.compile(r"ch|tch"), "c"),
    (re.compile(r"kh|ck|q"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"([gtdz])h"), r"\1"),
    (re.compile(r"c(?=[^h]|$)(?<!c)c?"), "c"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"dj|dzh"), "j"),
    (re.compile(r"aa"), "a"),
    (re.compile(r"ou|oo|o|w(?=[^aeiouy]|$)"), "u"),
    (re.compile(r"ae|ay|ey|ei|ai"), "ai"),
    (re.compile(r"ee|ie|iy|ii|yi|e|y"), "i"),
    (re.compile(r"z$"), "s"),  # Luiz, Luis
    (re.compile(r"'"), ""),  # parts an h of its own from dh and th
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=.)h$"), ""),
)
_WORD = re.compile(rf"(?:[^\W_][{MARKS}]*)+")
_APOSTROPHE = re.compile(r"['’ʼʿʾ`\u200c]")
_VOWELS = frozenset("aeiou")
_INNER = re.compile(r"(?<=.)[aeiouwy]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def latin(word: str) -> str:
    """A folded word in Latin letters; letters of other scripts than Arabic and Cyrillic stay."""
    bare = word.removeprefix("ال") if len(word) > 4 else word
    # In front, the throat sound carries a vowel; inside it is not heard.
    bare = f"ا{bare[1:]}" if bare.startswith("ع") else bare
    return bare.translate(_LETTERS)


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A Latin word with one spelling for what sounds alike: Massoud, Masood and Masud are masud."""
    for pattern, replacement in _ALIKE:
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a word's sound, * for a vowel in front: what Arabic letters write of it."""
    heard = sound(word)
    if not heard:
        return ""
    first = "*" if heard[0] in _VOWELS else heard[0]
    # Arabic letters tell v from u as little as c from k in Latin ones.
    bones = _INNER.sub("", heard[1:] if heard[0] in _VOWELS else f"{first}{heard[1:]}").replace("c", "k")
    bones = f"*{bones.lstrip('aeiouwy')}" if first == "*" else bones
    return _DOUBLED.sub(r"\1", bones)


@lru_cache(maxsize=200_000)
def has_vowels_left_out(word: str) -> bool:
    """Whether a word is written in letters that leave short vowels out."""
    return any("\u0600" <= c <= "\u06ff" for c in word)


def folded_words(name: str) -> list[str]:
    """The words of a name, folded, in their own script; neither an apostrophe nor a zero-width joiner parts them."""
    return _WORD.findall(_APOSTROPHE.sub("", fold(name)))
