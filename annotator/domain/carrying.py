"""Where the words of an annotation stand in another version of its text, if that is certain."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from annotator.domain.spans import Span

CONTEXT = 32
"""Code points on either side that are compared."""

_Sides = tuple[str, str]


class _Places:
    """Where words stand in a text, by what is before and after them."""

    def __init__(self, text: str, words: str) -> None:
        self._text, self._length = text, len(words)
        self._before: dict[str, set[int]] = defaultdict(set)
        self._after: dict[str, set[int]] = defaultdict(set)
        for start in _starts(text, words):
            before, after = self.sides(start)
            self._before[before].add(start)
            self._after[after].add(start)

    def __bool__(self) -> bool:
        return bool(self._before)

    def sides(self, start: int) -> _Sides:
        """The context on either side of one place; shorter at the ends of the text."""
        end = start + self._length
        return self._text[max(0, start - CONTEXT) : start], self._text[end : end + CONTEXT]

    def between(self, sides: _Sides) -> set[int]:
        """The places with both of these sides."""
        return self._before.get(sides[0], set()) & self._after.get(sides[1], set())

    def beside(self, sides: _Sides) -> set[int]:
        """The places with at least one of them."""
        return self._before.get(sides[0], set()) | self._after.get(sides[1], set())


class Carrier:
    """Finds spans of one text in another. Words in the same surroundings are found once, however often they recur."""

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        self._places: dict[str, tuple[_Places, _Places]] = {}

    def carried(self, spans: tuple[Span, ...]) -> tuple[Span, ...] | str:
        """The same words in the other text, or why it is not certain where they are.

        A piece is certain when its words with the 32 code points before and after occur once in each text; or else
        when in each text only one place has the words with either the same before or the same after. Nothing is
        guessed beyond that.
        """
        found: list[Span] = []
        for span in spans:
            start = self._start(span)
            if isinstance(start, str):
                return start
            found.append(Span(start, start + len(span)))
        if any(a.end > b.start for a, b in pairwise(found)):
            return "its pieces stand in another order"
        return tuple(found)

    def _start(self, span: Span) -> int | str:
        words = span.cut(self._before)
        if words not in self._places:
            self._places[words] = _Places(self._before, words), _Places(self._after, words)
        there, here = self._places[words]
        shown = f"“{words}”" if len(words) <= CONTEXT else f"“{words[:CONTEXT]}…”"
        if not here:
            return f"{shown} is not in this text"
        sides = there.sides(span.start)
        for places, were in ((here.between(sides), there.between(sides)), (here.beside(sides), there.beside(sides))):
            if len(places) == len(were) == 1:
                (start,) = places
                if _joins(here.sides(start), words) == _joins(sides, words):
                    return start
            elif places:
                return f"{shown} stands in several such places"
        return f"{shown} stands between other words"


def _starts(text: str, words: str) -> Iterator[int]:
    """Where the words begin, overlapping places too: “ana” is twice in “anana”."""
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _joins(sides: _Sides, words: str) -> tuple[bool, bool]:
    """Whether the words are glued to a longer one at either side, as Kara is in Karachi."""
    before, after = sides
    return before[-1:].isalnum() and words[0].isalnum(), after[:1].isalnum() and words[-1].isalnum()
