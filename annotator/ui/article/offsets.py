"""Offsets of the stored text (code points) and positions in Qt's text document (UTF-16 units), both ways.

Qt's document counts UTF-16 units, makes one paragraph break of CR LF, and rewrites or swallows some characters.
So the document gets a display text in which every code point has exactly one counterpart, and is never read back.
"""

import re
from bisect import bisect_left, bisect_right

_BREAK = re.compile("\r\n|[\n\r\u2028\u2029]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Characters to which Qt gives a meaning of its own: frame marks, object marks, a byte order mark it would drop.
_DISPLAYED = {0xFDD0: "\ufffd", 0xFDD1: "\ufffd", 0xFFFC: "\u25a1", 0xFEFF: "\u200b", 0x0: "\ufffd"}
_TROUBLE = re.compile("[\x00\ufdd0\ufdd1\ufffc\ufeff]")


class OffsetMap:
    """Maps one text. Paragraphs are numbered from 0 and are the blocks of the document."""

    def __init__(self, text: str) -> None:
        self.text = text
        breaks = [match.span() for match in _BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]
        plain = text.isascii() or max(text, default="") <= "\uffff"
        self._astral = [] if plain else [match.start() for match in _ASTRAL.finditer(text)]
        self._positions = self._paragraph_positions()

    def _paragraph_positions(self) -> list[int]:
        positions, swallowed, astral_index = [], 0, 0
        for number, start in enumerate(self._starts):
            if number:
                swallowed += start - self._ends[number - 1] - 1
            if self._astral:
                astral_index = bisect_left(self._astral, start)
            positions.append(start - swallowed + astral_index)
        return positions

    @property
    def display(self) -> str:
        """The text to give to the document; one line feed between paragraphs."""
        lines = "\n".join(self.text[start:end] for start, end in zip(self._starts, self._ends, strict=True))
        return lines.translate(_DISPLAYED) if _TROUBLE.search(lines) else lines

    @property
    def paragraph_count(self) -> int:
        """How many paragraphs there are; at least one."""
        return len(self._starts)

    def paragraph_at(self, offset: int) -> int:
        """The number of the paragraph that holds the offset; a line end belongs to the paragraph it closes."""
        return bisect_right(self._starts, offset) - 1

    def paragraph(self, number: int) -> tuple[int, int]:
        """Where the paragraph starts and ends, in code points, without its line end."""
        return self._starts[number], self._ends[number]

    def paragraph_position(self, number: int) -> int:
        """Where the paragraph starts in the document, in UTF-16 units."""
        return self._positions[number]

    def position(self, offset: int) -> int:
        """The document position of an offset. Inside a CR LF it is the end of the paragraph."""
        number = self.paragraph_at(offset)
        start = self._starts[number]
        offset = min(offset, self._ends[number])
        return self._positions[number] + offset - start + self._astral_between(start, offset)

    def offset(self, position: int) -> int:
        """The offset at a document position; between the halves of a surrogate pair that of the character."""
        number = max(bisect_right(self._positions, position) - 1, 0)
        start, end = self._starts[number], self._ends[number]
        units = position - self._positions[number]
        if not self._astral or not self._astral_between(start, end):
            return min(start + units, end)
        first = bisect_left(self._astral, start)
        last = bisect_left(self._astral, end)
        low, high = first, last
        while low < high:  # how many astral characters begin before this unit
            middle = (low + high) // 2
            if self._astral[middle] - start + middle - first < units:
                low = middle + 1
            else:
                high = middle
        return min(start + units - (low - first), end)

    def _astral_between(self, start: int, end: int) -> int:
        if not self._astral:
            return 0
        return bisect_left(self._astral, end) - bisect_left(self._astral, start)
