"""The ruler beside the scroll bar: where in the article mentions, claims, search hits and the chosen entity stand."""

from array import array
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.article.decorations import Decorations
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.marks import Mark
from annotator.ui.theme import blend

WIDTH = 14
"""Pixels."""
_SLICE = 50
"""Marks that are placed in one go, between two events: half a millisecond, which scrolling does not show."""
_ROW = 2
"""Pixels that one row of the ruler is high."""


class Ruler(QWidget):
    """Counts marks by row. A mark more or less changes one row; another size or text counts anew, bit by bit.

    wanted is sent with the place in the document, in pixels, that was clicked.
    """

    wanted = Signal(float)

    def __init__(self, parent: QWidget, layout: ArticleLayout, decorations: Decorations) -> None:
        super().__init__(parent)
        self._layout, self._decorations = layout, decorations
        self._counts: dict[str, array[int]] = {}
        self._rows: dict[str, int] = {}
        self._waiting: Iterator[Mark] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._place_some)
        self._pause = QTimer(self, singleShot=True, interval=150)
        self._pause.timeout.connect(self.begin)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Ruler: where marks stand in the article")

    def begin(self) -> None:
        """Counts all marks anew."""
        self._counts, self._rows = {}, {}
        self._waiting = iter(list(self._decorations.mentions))
        self._timer.start()
        self.update()

    def begin_soon(self) -> None:
        """Counts anew when the size has settled."""
        self._pause.start()

    def _place_some(self) -> None:
        some = list(islice(self._waiting, _SLICE))
        for mark in some:
            # It may have been changed, or have gone, since counting began.
            if mark.id not in self._rows and self._decorations.mentions.get(mark.id) is mark:
                self._count(mark)
        if len(some) < _SLICE:
            self._timer.stop()
            self.update()

    def put(self, mark: Mark) -> None:
        """A mention more, or another place or label of one."""
        self.remove(mark.id)
        self._update_row(self._count(mark))

    def _count(self, mark: Mark) -> int:
        row = self._row_of(mark.spans[0].start)
        counts = self._counts.setdefault(mark.style, array("l", bytes(0)))
        if row >= len(counts):
            counts.extend([0] * (row + 1 - len(counts)))
        counts[row] += 1
        self._rows[mark.id] = row
        return row

    def remove(self, mark: str) -> None:
        """A mention less."""
        row = self._rows.pop(mark, None)
        gone = self._decorations.mentions.get(mark)
        if row is None:
            return
        styles = [gone.style] if gone else list(self._counts)
        for style in styles:
            counts = self._counts.get(style)
            if counts is not None and row < len(counts) and counts[row]:
                counts[row] -= 1
                break
        self._update_row(row)

    def _update_row(self, row: int) -> None:
        if not self._timer.isActive():
            self.update(0, row * _ROW - 2, WIDTH, _ROW + 4)

    def _row_of(self, offset: int) -> int:
        offsets = self._decorations.offsets
        number = offsets.paragraph_at(offset)
        start, end = offsets.paragraph(number)
        place = self._layout.top(number)
        if end > start:
            place += self._layout.height_of(number) * (offset - start) / (end - start)
        return int(place / max(1.0, self._layout.documentSize().height()) * self.height() / _ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mentions to the left, claims to the right, hits and what is chosen across."""
        ink, painter = self._decorations.ink, QPainter(self)
        painter.fillRect(event.rect(), QColor(ink.tones.page))
        first, last = event.rect().top() // _ROW, event.rect().bottom() // _ROW + 1
        for style, counts in self._counts.items():
            colour = blend(ink.colour(style), ink.tones.page, 0.75)
            for row in range(max(0, first), min(last, len(counts))):
                if counts[row]:
                    painter.fillRect(QRectF(2, row * _ROW, 4, _ROW), colour)
        claim = QColor(blend(ink.colour("claim:content"), ink.tones.page, 0.6))
        for mark in self._decorations.claims:
            if mark.style == "claim:content":
                top, bottom = self._row_of(mark.spans[0].start), self._row_of(mark.spans[-1].end)
                painter.fillRect(QRectF(8, top * _ROW, 3, max(_ROW, (bottom - top) * _ROW)), claim)
        for mark in self._decorations.hits:
            self._draw_across(painter, mark, ink.tones.hit)
        for id_ in ink.chosen:
            chosen = self._decorations.mentions.get(id_)
            if chosen is not None:
                self._draw_across(painter, chosen, ink.colour(chosen.style))

    def _draw_across(self, painter: QPainter, mark: Mark, colour: str) -> None:
        painter.fillRect(QRectF(1, self._row_of(mark.spans[0].start) * _ROW - 0.5, WIDTH - 2, 3), QColor(colour))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the place."""
        self.wanted.emit(event.position().y() / max(1, self.height()) * self._layout.documentSize().height())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Dragging goes on."""
        self.mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other rows."""
        super().resizeEvent(event)
        self.begin_soon()
