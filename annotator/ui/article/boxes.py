"""Where words lie on a laid out line: the rectangles that a stretch of it covers."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGlyphRun, QTextLayout, QTextLine

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
        left, right, natural = x_of(line, start), x_of(line, end), line.naturalTextRect().right()
        # Without the blanks at its end; only behind a tab letters may stand beyond what Qt takes for that.
        right = right if left >= natural else min(right, natural)
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


def character_on(layout: QTextLayout, line: QTextLine, text: str, x: float) -> int:
    """The position, in the block with this text, of the character of a line that is drawn at x."""
    is_beyond = "\t" in text and x >= line.naturalTextRect().right()
    found = None if runs_one_way(text) and not is_beyond else _drawn_at(layout, line, x)
    return found[0] if found else int(line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))


def caret_near(layout: QTextLayout, line: QTextLine, text: str, x: float) -> int:
    """The caret's place, in the block with this text, that is nearest to x on a line."""
    found = None if runs_one_way(text) else _drawn_at(layout, line, x)
    if found is None:
        return int(line.xToCursor(x))
    position, run = found
    is_left = x < run.boundingRect().center().x()
    return layout.nextCursorPosition(position) if is_left == run.isRightToLeft() else position


def _drawn_at(layout: QTextLayout, line: QTextLine, x: float) -> tuple[int, QGlyphRun] | None:
    """The first character that has ink at x. Where directions meet Qt answers with the far end of the run instead."""
    position, end = line.textStart(), line.textStart() + line.textLength()
    while position < end:
        after = layout.nextCursorPosition(position)
        for run in line.glyphRuns(position, max(1, after - position)):
            if run.boundingRect().left() <= x < run.boundingRect().right():
                return position, run
        position = max(after, position + 1)
    return None


def x_of(line: QTextLine, position: int) -> float:
    """Where the caret before a position stands."""
    # PySide6 answers with a pair, the place and the position really meant; its stubs only say object.
    place = line.cursorToX(position)
    assert isinstance(place, tuple)
    return float(place[0])


def extent(line: QTextLine, text: str) -> QRectF:
    """Where the letters of a line of the paragraph with this text stand: Qt's answer leaves out some behind tabs."""
    natural = line.naturalTextRect()
    if "\t" not in text:
        return natural
    ends = [x_of(line, line.textStart()), x_of(line, line.textStart() + line.textLength())]
    return natural.united(QRectF(min(ends), natural.top(), max(ends) - min(ends), natural.height()))
