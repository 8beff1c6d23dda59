"""A name taken apart: titles, the words that count, small words left out, what kind of place."""

import re
from dataclasses import dataclass
from functools import cache

from annotator.domain.sameness import PERSON, PLACE
from annotator.nlp.sounds import folded_words, latin
from annotator.nlp.word_lists import word_list

_ACRONYM = re.compile(r"(?:[^\W\d_a-z]\.?){2,6}")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
TITLES_OF = {
    "he": frozenset({"mr", "sir", "lord", "prince", "herr", "señor", "senor"}),
    "she": frozenset({"mrs", "ms", "miss", "lady", "dame", "madame", "princess", "queen", "frau", "señora"}),
}
"""Titles that tell by which pronoun somebody goes."""
_SHORT_FOR = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
"""What stands in front of names of places."""
_SERVANT = re.compile(r"^abd[aeiou](?:l(?!la)(?=\w{3})|([rstdnz])(?=\1))")
"""Abdulghani and Abdurrahman, of whom others write Abdul Ghani and Abd al-Rahman; Abdullah is no such name."""
_BRACKETS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name as it is compared. words are folded and in Latin letters where the script is known.

    parent is the place in words of one that follows “son of”; -1 for none. role is set where the name is no name but
    describes somebody: “the ex-vice president”. whole are the words with the small ones.
    """

    name: str
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    suffix: str = ""
    parent: int = -1
    level: str = ""
    acronym: str = ""
    role: str = ""
    whole: tuple[str, ...] = ()

    @property
    def surname(self) -> str:
        """The last word of a person's name that begins with a small one in front of it: Laden, of “Bin Laden”."""
        is_led = len(self.words) == 2 and self.words[0] in _set("particles") | _set("family") | _set("articles")
        return self.words[1] if is_led else ""

    @property
    def letters(self) -> str:
        """What may be the first letters of a body's name: NATO, but some papers write “Nato” and “Unesco” too."""
        return self.acronym or (self.words[0] if len(self.words) == 1 and len(self.words[0]) > 3 else "")

    @property
    def pronoun(self) -> str:
        """He or she, where a title tells."""
        return next((pronoun for pronoun, titles in TITLES_OF.items() if titles & set(self.titles)), "")

    @property
    def has_initial(self) -> bool:
        """Whether the first word is a single letter."""
        return len(self.words) > 1 and len(self.words[0]) == 1


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(word_list("names")[key])


def names_in(name: str) -> list[str]:
    """The name, and those it has in brackets: “United Nations (UN)”."""
    inner = [bracket.strip() for bracket in _BRACKETS.findall(name) if bracket.strip()]
    outer = " ".join(_BRACKETS.sub(" ", name).split())
    return [part for part in (outer, *inner) if part]


def taken_apart(name: str, group: str) -> NameParts:
    """The parts of a name of an entity of a kind group."""
    # “U.N.” is one word, and so is “A.S.” of a person, whose letters are taken apart again below.
    joined = _DOTTED.sub(lambda match: match[0].replace(".", ". " if group == PERSON else ""), name)
    if group == PERSON:
        return _person(name, folded_words(_in_spoken_order(joined)))
    acronym = joined.strip() if _ACRONYM.fullmatch(joined.strip().replace(".", "")) else ""
    words = tuple(latin(word) for word in folded_words(joined))
    if group == PLACE:
        return _place(name, words)
    kept = tuple(word for word in words if word not in _set("particles") and word not in _set("articles")) or words
    return NameParts(name, kept, acronym=acronym.replace(".", "").casefold(), whole=words)


def _in_spoken_order(name: str) -> str:
    """“King, Martin Luther, Jr.” with what stands behind a second comma in front, where titles and suffixes may be."""
    surname, *rest = name.split(",")
    given, *further = [part for part in rest if part.strip()] or [""]
    return " ".join((*further, given, surname))


def _person(name: str, spoken: list[str]) -> NameParts:
    lists = word_list("names")
    words, titles, role = [latin(word) for word in spoken], list[str](), ""
    # “Das” may be a name where “das” is not.
    leading = _set("titles") | (_set("particles") if name.strip()[:1].islower() else {"the"})
    while words and words[0] in leading and len(words[0]) > 1:
        titles.append(words.pop(0))
    if not words or (titles and all(word in _set("roles") or word in _set("particles") for word in words)):
        role = role_of([*titles, *words])
    suffix = ""
    for end in (-1, 0):  # “Bush Jr.”, “junior Massoud”
        if len(words) > 1 and not suffix and words[end] in lists["suffixes"]:
            suffix = lists["suffixes"][words.pop(end)]
    kept, parent = _kept(words)
    shown = tuple(title for title in titles if title not in _set("particles"))
    return NameParts(name, () if role else tuple(kept), shown, suffix, parent, role=role, whole=tuple(words))


def _kept(words: list[str]) -> tuple[list[str], int]:
    """Without articles and small words; Abu and Abdul made one with the next word; where “son of” stood."""
    kept, parent, join = list[str](), -1, ""
    for place, word in enumerate(words):
        is_inside = 0 < place < len(words) - 1
        if join and word in _set("articles"):
            continue
        if word in _set("joined") and not join:
            join = "abd" if word.startswith("abd") else word
        elif word in _set("family") and kept:
            parent = len(kept)
        elif join:
            kept.append(join + word)
            join = ""
        elif word not in _set("articles") and not (is_inside and word in _set("particles")):
            kept.append(_SERVANT.sub("abd", word))
    return [*kept, *([join] if join else [])] or words, parent


def _place(name: str, words: tuple[str, ...]) -> NameParts:
    levels = {latin(word): level for level, names in word_list("names")["levels"].items() for word in names}
    words = (*(_SHORT_FOR.get(word, word) for word in words[:1]), *words[1:]) if len(words) > 1 else words
    kept = tuple(
        word for word in words if word not in levels and word not in _set("particles") and word not in {"i", "e"}
    )
    level = next((levels[word] for word in words if word in levels), "")
    return NameParts(name, kept or words, level=level if kept else "", whole=words)


def role_of(words: list[str]) -> str:
    """A role without “former” and “the”, so that “the ex-vice president” and “former vice president” are one."""
    bare = [word for word in words if word in _set("roles") and word not in _set("times")]
    return " ".join(bare) if set(bare) & _set("role_heads") else ""


def roles_in(context: str) -> list[str]:
    """The roles of two words or more that stand in the words around a mention."""
    found, run = list[str](), list[str]()
    for word in [*folded_words(context), ""]:
        if word in _set("roles"):
            run.append(word)
        elif run:
            role = role_of(run)
            if " " in role:
                found.append(role)
            run = []
    return list(dict.fromkeys(found))
