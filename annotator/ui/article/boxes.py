"""Where words lie on a laid out line: the rectangles that a stretch of it covers."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextLine

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")


def runs_one_way(text: str) -> bool:
    """Whether the text has nothing that is written from right to left, so that places on a line only rise."""
    return text.isascii() or not _RIGHT_TO_LEFT.search(text)


def boxes(line: QTextLine, start: int, end: int, *, is_one_way: bool) -> Iterator[QRectF]:
    """The rectangles from start to end, in UTF-16 units: one, or several where writing directions meet.

    Places are pixels in the block's layout; the height is that of the line's text.
    """
    start = max(start, line.textStart())
    end = min(end, line.textStart() + line.textLength())
    if start >= end:
        return
    top, height = line.y(), line.height()
    if is_one_way:
        left, right = x_of(line, start), min(x_of(line, end), line.naturalTextRect().right())
        yield QRectF(min(left, right), top, abs(right - left), height)
        return
    found = []
    for run in line.glyphRuns(start, end - start):
        place = run.boundingRect()
        found.append((place.left(), place.right()))
    yield from (QRectF(left, top, right - left, height) for left, right in _touching(found))


def _touching(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Runs of several fonts that touch are one rectangle."""
    result: list[tuple[float, float]] = []
    for left, right in sorted(places):
        if result and left <= result[-1][1] + 1:
            result[-1] = (result[-1][0], max(result[-1][1], right))
        else:
            result.append((left, right))
    return result


def x_of(line: QTextLine, position: int) -> float:
    """Where the caret before a position stands."""
    # PySide6 answers with a pair, the place and the position really meant; its stubs only say object.
    place = line.cursorToX(position)
    assert isinstance(place, tuple)
    return float(place[0])
