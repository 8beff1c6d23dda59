"""What is to be drawn on a text: marks, found by place, each in a lane that stays where it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.spans import Span, hull
from annotator.ui.article.offsets import OffsetMap

_SECTION = 4_000
"""Code points of a paragraph that are looked after together: in a long one a change touches only its neighbours."""
_Section = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """Spans with a look. style names a colour and a shape; words are those of its chip, the longest first.

    lane is that of its underline; without one it gets the first that is free.
    """

    id: str
    spans: tuple[Span, ...]
    style: str
    words: tuple[str, ...] = ()
    unsure: bool = False
    lane: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a mark inside one paragraph, in UTF-16 units from its start, and the lane of its underline.

    is_first and is_last tell whether the mark itself begins and ends here; a gap joins two pieces and holds no words.
    """

    mark: Mark
    start: int
    end: int
    lane: int
    is_first: bool
    is_last: bool
    is_gap: bool = False


class MarkIndex:
    """The marks of one text by place. Adding and removing touch only the sections concerned."""

    def __init__(self, offsets: OffsetMap, marks: Iterable[Mark] = ()) -> None:
        self._offsets = offsets
        self._marks: dict[str, Mark] = {}
        self._sections: dict[_Section, set[str]] = {}
        self._pieces: dict[_Section, list[Piece]] = {}
        self._lanes: dict[_Section, int] = {}
        self._most: dict[int, int] = {}
        for mark in marks:
            self.put(mark)

    def __contains__(self, mark: str) -> bool:
        return mark in self._marks

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def paragraphs(self) -> set[int]:
        """The paragraphs that hold a mark."""
        return {number for (number, _), marks in self._sections.items() if marks}

    def __iter__(self) -> Iterator[Mark]:
        return iter(self._marks.values())

    def get(self, mark: str) -> Mark | None:
        """The mark with this id."""
        return self._marks.get(mark)

    def put(self, mark: Mark) -> set[int]:
        """Adds a mark or replaces the one of its id; answers the paragraphs to draw anew."""
        touched = self.remove(mark.id)
        self._marks[mark.id] = mark
        here = self._touched(mark)
        for section in here:
            self._sections.setdefault(section, set()).add(mark.id)
        return touched | {number for number, _ in here}

    def remove(self, mark: str) -> set[int]:
        """Takes a mark away if it is there; answers the paragraphs to draw anew."""
        gone = self._marks.pop(mark, None)
        if gone is None:
            return set()
        here = self._touched(gone)
        for section in here:
            self._sections[section].discard(mark)
        return {number for number, _ in here}

    def at(self, offset: int) -> list[Mark]:
        """The marks that hold the code point at offset, smallest first."""
        marks = [self._marks[mark] for mark in self._sections.get(self._section_at(offset), ())]
        holding = [mark for mark in marks if any(span.start <= offset < span.end for span in mark.spans)]
        return sorted(holding, key=lambda mark: (sum(map(len, mark.spans)), mark.spans, mark.id))

    def pieces(self, number: int, start: int = 0, end: int | None = None) -> list[Piece]:
        """What is drawn between two places of a paragraph, counted in UTF-16 units from its start.

        From left to right; a longer mark comes before those nested in it.
        """
        first, after = self._offsets.paragraph(number)
        if after - first <= _SECTION:
            found = self._in_section((number, 0))
        else:
            base = self._offsets.paragraph_position(number)
            last = after if end is None else self._offsets.offset(base + end)
            sections = range(self._section_at(self._offsets.offset(base + start))[1], (last - first) // _SECTION + 1)
            once: dict[tuple[str, int], Piece] = {}
            for at in sections:
                for piece in self._in_section((number, at)):
                    once.setdefault((piece.mark.id, piece.start), piece)
            found = list(once.values())
        if end is None:
            return found
        return [piece for piece in found if piece.start < end and start < piece.end]

    def lanes(self, number: int) -> int:
        """How many lanes the paragraph's underlines need."""
        known = self._most.get(number)
        if known is not None:
            return known
        first, after = self._offsets.paragraph(number)
        most = 0
        for at in range((after - first) // _SECTION + 1):
            self._in_section((number, at))
            most = max(most, self._lanes.get((number, at), 0))
        self._most[number] = most
        return most

    def _in_section(self, section: _Section) -> list[Piece]:
        known = self._pieces.get(section)
        if known is not None:
            return known
        marks = sorted((self._marks[mark] for mark in self._sections.get(section, ())), key=_reading_order)
        busy: list[int] = []
        pieces: list[Piece] = []
        for mark in marks:
            if mark.lane is not None:
                busy += [0] * (mark.lane + 1 - len(busy))
                pieces.extend(self._pieces_of(mark, mark.lane, section[0]))
                continue
            whole = hull(mark.spans)
            lane = next((lane for lane, until in enumerate(busy) if until <= whole.start), len(busy))
            busy[lane : lane + 1] = [whole.end]
            pieces.extend(self._pieces_of(mark, lane, section[0]))
        if pieces:
            self._pieces[section], self._lanes[section] = pieces, len(busy)
        return pieces

    def _pieces_of(self, mark: Mark, lane: int, number: int) -> Iterator[Piece]:
        if len(mark.spans) == 1:  # as nearly all are, and whoever asks knows that it is in this paragraph
            yield self._piece(mark, mark.spans[0], lane, number)
            return
        start, end = self._offsets.paragraph(number)
        here = [span for span in mark.spans if span.start < end and start < span.end]
        for span in here:
            yield self._piece(mark, span, lane, number)
        gaps = (Span(before.end, after.start) for before, after in pairwise(mark.spans) if before.end < after.start)
        for gap in gaps if here else ():
            if gap.start < end and start < gap.end:
                yield self._piece(mark, gap, lane, number, is_gap=True)

    def _piece(self, mark: Mark, span: Span, lane: int, number: int, *, is_gap: bool = False) -> Piece:
        start, end = self._offsets.paragraph(number)
        base = self._offsets.paragraph_position(number)
        first = self._offsets.position(max(span.start, start)) - base
        last = self._offsets.position(min(span.end, end)) - base
        is_first = span.start >= start and span == mark.spans[0]
        return Piece(mark, first, last, lane, is_first, span.end <= end, is_gap)

    def _section_at(self, offset: int) -> _Section:
        number = self._offsets.paragraph_at(offset)
        return number, (offset - self._offsets.paragraph(number)[0]) // _SECTION

    def _touched(self, mark: Mark) -> set[_Section]:
        """The sections that hold a part of the mark; what was worked out for them is forgotten."""
        here: set[_Section] = set()
        for span in mark.spans:
            number = self._offsets.paragraph_at(span.start)
            start, end = self._offsets.paragraph(number)
            at = (span.start - start) // _SECTION
            here.add((number, at))
            if span.end <= min(end, start + (at + 1) * _SECTION):
                continue  # as nearly all are, in one section
            last = self._section_at(span.end - 1)
            while (number, at) <= last:
                here.add((number, at))
                start, end = self._offsets.paragraph(number)
                number, at = (number, at + 1) if start + (at + 1) * _SECTION <= end else (number + 1, 0)
        for section in here:
            self._pieces.pop(section, None)
            self._lanes.pop(section, None)
            self._most.pop(section[0], None)
        return here


def _reading_order(mark: Mark) -> tuple[int, int, str]:
    whole = hull(mark.spans)
    return whole.start, -whole.end, mark.id
