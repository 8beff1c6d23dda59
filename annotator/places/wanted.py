"""What a look-up asks for: the words of a name, and what kind of place the words around it speak of."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from rapidfuzz import fuzz

from annotator.domain.entities import PlaceLevel
from annotator.places.folding import plain, proper_words, skeleton, sound
from annotator.places.generic import LEVEL_OF

_CONSONANTS = "pktsflmnr"
"""What skeletons are made of."""
_ALIKE = 70.0
_MOST = 25
"""Spellings tried for one word."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name to look up: as it is compared, in sounds, its proper words, and the level that the words speak of."""

    plain: str
    sound: str
    words: tuple[str, ...]
    level: PlaceLevel | None

    @classmethod
    def of(cls, name: str, words_around: str = "") -> Self:
        """From a name and some words of the text around it, the name among them."""
        sounds = sound(name)
        level = _level_said(plain(name).split()) or _level_around(plain(name), plain(words_around))
        return cls(plain(name), sounds, tuple(proper_words(sounds)), level)


def _level_said(words: list[str]) -> PlaceLevel | None:
    """The level of the word that ends or begins a name: Kabul Province, Province of Kabul."""
    if len(words) < 2:
        return None
    return LEVEL_OF.get(words[-1]) or LEVEL_OF.get(words[0])


def _level_around(name: str, text: str) -> PlaceLevel | None:
    """The word right after the name, or before it with "of" or "the" between."""
    before, found, after = f" {text} ".partition(f" {name} ")
    if not found:
        return None
    following = LEVEL_OF.get(next(iter(after.split()), ""))
    preceding = [word for word in before.split()[-3:] if word not in {"of", "the", "de", "du", "da"}]
    return following or LEVEL_OF.get(preceding[-1] if preceding and before.split()[-1] in {"of", "de", "du"} else "")


def near_skeletons(word: str) -> list[str]:
    """The skeletons of words that may be a misspelling of this one: its own, and those one consonant away."""
    own = skeleton(word)
    if not own:
        return []
    more = [own[:n] + letter + own[n:] for n in range(len(own) + 1) for letter in _CONSONANTS]
    if len(own) > 2:
        more += [own[:n] + own[n + 1 :] for n in range(len(own))]
        more += [own[:n] + letter + own[n + 1 :] for n in range(len(own)) for letter in _CONSONANTS]
    return list(dict.fromkeys((own, *more)))


def alike(word: str, found: list[tuple[str, int]]) -> tuple[str, ...]:
    """The word, and those of the words found that are spelt most like it."""
    scored = sorted(((word_ratio(word, other), places, other) for other, places in found), reverse=True)
    return tuple(dict.fromkeys((word, *(other for ratio, _, other in scored[:_MOST] if ratio >= _ALIKE))))


@lru_cache(maxsize=50_000)
def word_ratio(one: str, other: str) -> float:
    """How alike two words in their sound form are, 0 to 100; the same consonants count for half."""
    ratio = fuzz.ratio(one, other)
    if ratio < 100 and one[:1] == other[:1] and skeleton(one) == skeleton(other) != "":
        return (ratio + 100) / 2
    return ratio
