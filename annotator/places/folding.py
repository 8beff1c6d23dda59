"""How place names are compared: the same sound written by different hands becomes the same letters.

Latin letters only; other scripts keep theirs, because a name in its own script has one spelling.
"""

import re
from functools import lru_cache

from annotator.domain.names import fold
from annotator.places.generic import GENERIC

# Letters that have no accent to take off, and the forms of Arabic letters that keyboards of neighbours differ in.
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ŋ": "n", "ħ": "h",
    "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ـ": "",
    # Marks for sounds that most spellings leave out: ayn, hamza, soft signs.
    **dict.fromkeys("'’‘`´ʻʼʽʾʿˈ′ʹ״ʺ", ""),
})  # fmt: skip
_BETWEEN = re.compile(r"[\W_]+")
_DOUBLE = re.compile(r"([a-z])\1+")
_SOUNDS = {
    "kh": "h", "gh": "g", "ph": "f", "oo": "u", "ou": "u", "ow": "u", "ee": "i", "ie": "i", "ei": "i", "ey": "i",
    "ay": "ai", "th": "t", "dh": "d", "dzh": "j", "dj": "j", "zh": "j", "tch": "ch", "tsch": "ch", "sch": "sh",
    "ch": "ch", "ck": "k", "c": "k", "q": "k", "w": "v", "y": "i", "x": "ks",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
# Little words that one hand writes and the other does not: the Persian link, the Arabic and other articles.
_LINKS = frozenset("e i al el ul the la le les los las".split())
_ARTICLES = frozenset("ar as ash ad an at az er es esh ed en et ez".split())
_SILENT = re.compile(r"(?<=[aeiou])h$")
_CLASSES = str.maketrans("bgdzvj", "pktsfs", "aeiouh")


def plain(name: str) -> str:
    """Small letters without accents, marks and signs, one blank between words. Two names with one plain are equal."""
    # Most names of a gazetteer are plain ASCII words, which have no accents to look for and no signs to take out.
    folded = name.lower() if name.isascii() and "'" not in name else fold(name).translate(_LETTERS)
    words = folded.split()
    return " ".join(words) if "".join(words).isalnum() else " ".join(_BETWEEN.sub(" ", folded).split())


def sound(name: str) -> str:
    """What the spellings of one name by different transliterations share; words stay words, small ones go."""
    words = plain(name).split()
    if len(words) > 1:
        following = (*words[1:], "")
        words = [w for w, after in zip(words, following, strict=True) if not _is_link(w, after)] or words
    return " ".join(map(_sound_of_word, words))


def _is_link(word: str, following: str) -> bool:
    """Whether it is a little word; the Arabic article takes the sound of the letter it stands before."""
    return word in _LINKS or (word in _ARTICLES and following.startswith(word[1:]))


@lru_cache(maxsize=200_000)
def _sound_of_word(word: str) -> str:
    if not word.isascii():
        return word
    return _SILENT.sub("", _DOUBLE.sub(r"\1", _SOUND.sub(lambda match: _SOUNDS[match[0]], word)))


def skeleton(word: str) -> str:
    """The consonants of a word in its sound form, near ones taken together: what misspellings mostly keep.

    Empty for other scripts, numbers, and words with fewer than two consonants.
    """
    if not (word.isascii() and word.isalpha()):
        return ""
    bare = _DOUBLE.sub(r"\1", word.replace("ch", "s").replace("sh", "s").translate(_CLASSES))
    return bare if len(bare) > 1 else ""


_GENERIC_SOUNDS = frozenset(sound(word) for word in GENERIC)


def proper_words(sounds: str) -> list[str]:
    """The words of a name in its sound form without "district", "river" and the like; all, when nothing else is."""
    words = sounds.split()
    return [word for word in words if word not in _GENERIC_SOUNDS] or words


@lru_cache(maxsize=20_000)
def area_key(name: str) -> str:
    """What "Baghlan", "Baghlān" and "Baghlan Province" have in common, as one word."""
    return "".join(proper_words(sound(name)))
