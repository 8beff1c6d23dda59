"""Where words occur in a text, whatever their case, accents and apostrophes."""

import re
import unicodedata
from array import array
from collections.abc import Iterator

from annotator.domain.names import fold
from annotator.domain.spans import Span
from annotator.domain.words import snapped

_SPECIAL = re.compile("\r\n|[^\x00-\x7f]")
_BLANKS = str.maketrans("\t\n\r\x0b\x0c", "     ")
_PRINTED, _TYPED = "’", "'"
"""Papers print the one, keyboards have the other."""


class Searchable:
    """A text made ready once for many searches; offsets are code points of the text as it is stored."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = ""
        self._places: array[int] | None = None
        self._is_ready = False

    def find(self, words: str, *, whole_words: bool = False, match_case: bool = False) -> list[Span]:
        """Where the words occur, from the start on, without overlaps. A line end counts as a blank.

        With whole_words a hit neither begins nor ends inside a word; with match_case its letters are just these.
        """
        wanted = fold(words).replace(_PRINTED, _TYPED)
        if not wanted:
            return []
        self._make_ready()
        hits = list(self._hits(wanted))
        if match_case:
            plain = _spelled(words)
            # Folding takes a possessive away, which is of the letters that were asked for.
            ending = len(_TYPED + "s") if plain.casefold().endswith(_TYPED + "s") else 0
            hits = [Span(hit.start, hit.end + ending) for hit in hits]
            hits = [hit for hit in hits if _spelled(hit.cut(self.text)) == plain]
        return [hit for hit in hits if _is_whole(self.text, hit)] if whole_words else hits

    def _hits(self, wanted: str) -> Iterator[Span]:
        start = 0
        while (start := self._folded.find(wanted, start)) >= 0:
            last = start + len(wanted) - 1
            if self._places is None:
                yield Span(start, last + 1)
            elif self._is_cut(start) or self._is_cut(last + 1):
                start += 1
                continue
            else:
                yield Span(self._places[start], self._with_marks(self._places[last] + 1))
            start += len(wanted)

    def _is_cut(self, at: int) -> bool:
        """Whether a place of the folded text lies inside a syllable of Hangul, which folding takes apart."""
        places = self._places or ()
        return 0 < at < len(places) and places[at - 1] == places[at] and "가" <= self.text[places[at]] <= "힣"

    def _with_marks(self, end: int) -> int:
        """Behind the accents and vowel signs of the letter that ends there: they are a part of its word."""
        while end < len(self.text) and not self.text[end].isascii() and not _folded(self.text[end]):
            end += 1
        return end

    def _make_ready(self) -> None:
        if self._is_ready:
            return
        self._is_ready = True
        if self.text.isascii() and "\r\n" not in self.text:
            self._folded = self.text.lower().translate(_BLANKS)
            return
        # Folding changes lengths, so each letter of the folded text knows where it stands in the stored one.
        parts: list[str] = []
        places = array("l")
        begin = 0
        for match in _SPECIAL.finditer(self.text):
            parts.append(self.text[begin : match.start()].lower().translate(_BLANKS))
            places.extend(range(begin, match.start()))
            begin = match.end()
            letters = _folded(match.group())
            parts.append(letters)
            places.extend([match.end() - 1] * len(letters))
        parts.append(self.text[begin:].lower().translate(_BLANKS))
        places.extend(range(begin, len(self.text)))
        self._folded, self._places = "".join(parts), places


def _folded(letter: str) -> str:
    return _TYPED if letter == _PRINTED else fold(letter) or (" " if letter.isspace() else "")


def _spelled(words: str) -> str:
    """Words as they are compared letter by letter: an accent may be written with its letter or after it."""
    return unicodedata.normalize("NFC", " ".join(words.split())).replace(_PRINTED, _TYPED)


def _is_whole(text: str, hit: Span) -> bool:
    # Scripts without blanks have no words to cut.
    return not (_is_inside(text, hit.start) or _is_inside(text, hit.end)) or snapped(text, hit) == hit


def _is_inside(text: str, offset: int) -> bool:
    """Whether there are letters, or accents and vowel signs of letters, on both sides."""
    return 0 < offset < len(text) and _is_of_word(text[offset - 1]) and _is_of_word(text[offset])


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")
