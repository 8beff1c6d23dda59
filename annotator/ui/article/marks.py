"""What is to be drawn on a text: marks, found by paragraph, each in a lane that stays where it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.domain.spans import Span, hull
from annotator.ui.article.offsets import OffsetMap


@dataclass(frozen=True, slots=True)
class Mark:
    """Spans with a look. style names a colour of the palette; chip is the words of its chip, short its letter."""

    id: str
    spans: tuple[Span, ...]
    style: str
    chip: str
    short: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a mark inside one paragraph, in UTF-16 units from its start, and the lane of its underline.

    is_first and is_last tell whether the mark itself begins and ends here.
    """

    mark: Mark
    start: int
    end: int
    lane: int
    is_first: bool
    is_last: bool


class MarkIndex:
    """The marks of one text by paragraph. Adding and removing touch only the paragraphs concerned."""

    def __init__(self, offsets: OffsetMap, marks: Iterable[Mark] = ()) -> None:
        self._offsets = offsets
        self._marks: dict[str, Mark] = {}
        self._paragraphs: dict[int, set[str]] = {}
        for mark in marks:
            self.put(mark)

    def __contains__(self, mark: str) -> bool:
        return mark in self._marks

    @property
    def paragraphs(self) -> list[int]:
        """The paragraphs that hold a mark."""
        return [number for number, marks in self._paragraphs.items() if marks]

    def get(self, mark: str) -> Mark | None:
        """The mark with this id."""
        return self._marks.get(mark)

    def put(self, mark: Mark) -> set[int]:
        """Adds a mark or replaces the one of its id; answers the paragraphs to draw anew."""
        touched = self.remove(mark.id)
        self._marks[mark.id] = mark
        here = self._numbers(mark)
        for number in here:
            self._paragraphs.setdefault(number, set()).add(mark.id)
        return touched | here

    def remove(self, mark: str) -> set[int]:
        """Takes a mark away if it is there; answers the paragraphs to draw anew."""
        gone = self._marks.pop(mark, None)
        if gone is None:
            return set()
        numbers = self._numbers(gone)
        for number in numbers:
            self._paragraphs[number].discard(mark)
        return numbers

    def at(self, offset: int) -> list[Mark]:
        """The marks that hold the code point at offset, smallest first."""
        here = self._paragraphs.get(self._offsets.paragraph_at(offset), set())
        marks = [self._marks[mark] for mark in here]
        holding = [mark for mark in marks if any(span.start <= offset < span.end for span in mark.spans)]
        return sorted(holding, key=lambda mark: (sum(map(len, mark.spans)), mark.spans, mark.id))

    def pieces(self, number: int) -> list[Piece]:
        """What is drawn in a paragraph, from left to right; a longer mark comes before those nested in it."""
        start, end = self._offsets.paragraph(number)
        marks = sorted((self._marks[mark] for mark in self._paragraphs.get(number, ())), key=_reading_order)
        busy: list[int] = []
        pieces: list[Piece] = []
        for mark in marks:
            whole = hull(mark.spans)
            lane = next((lane for lane, until in enumerate(busy) if until <= whole.start), len(busy))
            busy[lane : lane + 1] = [whole.end]
            here = (span for span in mark.spans if span.start < end and start < span.end)
            pieces.extend(self._piece(mark, span, lane, number) for span in here)
        return pieces

    def _piece(self, mark: Mark, span: Span, lane: int, number: int) -> Piece:
        start, end = self._offsets.paragraph(number)
        base = self._offsets.paragraph_position(number)
        first = self._offsets.position(max(span.start, start)) - base
        last = self._offsets.position(min(span.end, end)) - base
        return Piece(mark, first, last, lane, span.start >= start and span == mark.spans[0], span.end <= end)

    def _numbers(self, mark: Mark) -> set[int]:
        return {
            number
            for span in mark.spans
            for number in range(self._offsets.paragraph_at(span.start), self._offsets.paragraph_at(span.end - 1) + 1)
        }


def _reading_order(mark: Mark) -> tuple[int, int, str]:
    whole = hull(mark.spans)
    return whole.start, -whole.end, mark.id
