"""Lays the document out block by block when a block is first shown, and paints only what shows.

A 2 MB article has 50,000 blocks; laying all of them out would freeze the window for seconds. So every block has an
estimated height until it is first looked at, and only some hundred blocks stay laid out.
"""

import math
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPalette,
    QTextBlock,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextOption,
)

from annotator.ui.article.blocks import release, selections, text_option
from annotator.ui.article.boxes import caret_near, character_on, extent
from annotator.ui.article.folds import Folds
from annotator.ui.article.heights import Heights
from annotator.ui.article.reading import Density, Reading

_KEPT = 400
"""Blocks that stay laid out; several screens of the shortest paragraphs."""
_SAMPLE = "The quick brown fox jumps over the lazy dog, said the spokesman on Friday. "
_HEAD = 12.0
"""Pixels of blank above the first line."""
_LEFT = 36.0
_LONG = 4_000
"""UTF-16 units; of a block this long Qt keeps what it has worked out, which else each paint would do again."""
_BLOCK_END = "\u2029"
_FOLDED = 0.9
"""The height of the line that stands for folded paragraphs, in lines."""


class Painter(Protocol):
    """Draws what lies under and over a block's text."""

    def under(self, painter: QPainter, number: int, block: QTextLayout, lines: range) -> None:
        """Paints behind the text of these lines; the painter's origin is the block's top left."""

    def over(self, painter: QPainter, number: int, block: QTextLayout, lines: range) -> None:
        """Paints on top of the text."""

    def forget(self, number: int | None = None) -> None:
        """The block, or every block, was laid out anew."""

    def extra(self, number: int) -> float:
        """Pixels that each line of the block needs below the usual."""

    def formats(self, number: int) -> list[QTextLayout.FormatRange]:
        """How parts of the block's text differ from the rest; only in colour."""

    def draw_fold(self, painter: QPainter, number: int, height: float) -> None:
        """Paints what stands for folded blocks; the painter's origin is the first one's top left."""

    @property
    def folds(self) -> Folds:
        """Which blocks are folded away."""


class ArticleLayout(QAbstractTextDocumentLayout):
    """The layout object of the article's document. All measures are in pixels."""

    _corrected = Signal()

    def __init__(self, document: QTextDocument, painter: Painter) -> None:
        super().__init__(document)
        self._painter = painter
        self._reading = Reading()
        self._width = 0.0
        self._heights = Heights([0.0])
        # Only numbers: a Python object for a block's layout that outlives the block would later be handed out for
        # whatever Qt puts at the same address.
        self._laid_out: OrderedDict[int, None] = OrderedDict()
        self._options = {
            Qt.LayoutDirection.LeftToRight: text_option(Qt.AlignmentFlag.AlignLeft),
            Qt.LayoutDirection.RightToLeft: text_option(Qt.AlignmentFlag.AlignRight),
        }
        self._correction_sent = False
        self._measure_font()
        # Queued, because QTextEdit answers by moving scroll bars, which must not happen while painting.
        self._corrected.connect(self._on_corrected, Qt.ConnectionType.QueuedConnection)

    @property
    def margin(self) -> float:
        """The blank to the left of the text; the claim bars are drawn in it."""
        rest = self._width - self.column
        return max(_LEFT, min(rest / 2, rest - self._aside))

    @property
    def column(self) -> float:
        """The width of the lines."""
        return max(120.0, min(self._width - _LEFT - self._aside, self._character * self._reading.measure))

    @property
    def pitch(self) -> float:
        """From one line to the next."""
        return self._pitch

    @property
    def rise(self) -> float:
        """From the top of a line's room to the top of its text: where chips are drawn."""
        return self._rise

    def pitch_of(self, number: int) -> float:
        """From one line of a block to the next."""
        return self._pitch + self._painter.extra(number)

    def set_reading(self, reading: Reading) -> None:
        """How the text is set from the next begin on."""
        self._reading = reading

    def begin(self) -> None:
        """Starts again: another text, another font, or another width."""
        self._measure_font()
        self._laid_out.clear()
        self._painter.forget()
        self._heights = Heights(self._estimates())
        self._on_corrected()

    def _measure_font(self) -> None:
        metrics = QFontMetricsF(self.document().defaultFont())
        height, reading = metrics.height(), self._reading
        self._aside = min(height * 2.9, self._width * 0.15)  # to the right: what kind of zone begins there
        self._character = metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE)
        self._rise = math.ceil(height * (0.48 if reading.density is Density.NAMES else 0.16))
        below = math.ceil(height * (0.16 if reading.density is Density.CLEAN else 0.38))
        self._pitch = math.ceil(height) + self._rise + below + math.ceil(height * 1.2 * (reading.spacing - 1))

    def _estimates(self) -> list[float]:
        per_line = max(1.0, self.column / self._character)
        # Split in one go: asking each of 50,000 blocks for its length took as long as reading the article.
        lengths = map(len, self.document().toRawText().split(_BLOCK_END))
        heights = [self._room(math.ceil(length / per_line), self._pitch) for length in lengths]
        for number, height in self._folded_heights(range(len(heights))):
            heights[number] = height
        return heights

    def _room(self, lines: int, pitch: float) -> float:
        # A blank line only parts two paragraphs; as high as a full line it would tear the text apart.
        return lines * pitch if lines else math.ceil(self._pitch * 0.45)

    def _folded_heights(self, numbers: Iterable[int]) -> Iterator[tuple[int, float]]:
        for number in numbers:
            fold = self._painter.folds.at(number)
            if fold is not None:
                yield number, self._pitch * _FOLDED if fold.first == number else 0.0

    def lay_out(self, number: int) -> QTextLayout:
        """The block's layout, made now if it was not there. Not to be kept."""
        block = self.document().findBlockByNumber(number)
        layout = block.layout()
        if number in self._laid_out:
            self._laid_out.move_to_end(number)
            return layout
        layout.setCacheEnabled(block.length() >= _LONG)
        self._fill(number, layout, self._options[block.textDirection()])
        height = self._room(layout.lineCount() if block.length() > 1 else 0, self.pitch_of(number))
        for _, folded in self._folded_heights((number,)):
            height = folded
        if height != self._heights[number]:
            self._heights.set(number, height)
            self._tell_correction()
        self._laid_out[number] = None
        self._painter.forget(number)
        if len(self._laid_out) > _KEPT:
            oldest, _ = self._laid_out.popitem(last=False)
            release(self.document().findBlockByNumber(oldest).layout())
        return layout

    # Colours are given when a line is drawn: setting them on the layout would make the document report a change.
    def _fill(self, number: int, layout: QTextLayout, option: QTextOption) -> None:
        layout.setFont(self.document().defaultFont())
        layout.setTextOption(option)
        margin, column, pitch, index = self.margin, self.column, self.pitch_of(number), 0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(column)
            line.setPosition(QPointF(margin, index * pitch + self._rise))
            index += 1
        layout.endLayout()

    def top(self, number: int) -> float:
        """Where a block begins."""
        return _HEAD + self._heights.above(number)

    def height_of(self, number: int) -> float:
        """How high a block is, or is thought to be."""
        return self._heights[number] if number < len(self._heights) else 0.0

    def block_at(self, place: float) -> int:
        """The number of the block at a height."""
        return self._heights.at(place - _HEAD)

    def settle(self, top: float, height: float) -> float:
        """Lays out what shows between top and top + height; answers by how much its first block has grown."""
        first = number = self.block_at(top)
        before = self._heights[first]
        self.lay_out(first)
        grown = self._heights[first] - before
        bottom = top + height + max(grown, 0)
        place = self.top(first)
        while number < len(self._heights) and place < bottom:
            self.lay_out(number)
            place += self._heights[number]
            number += 1
        return grown

    def repaint_blocks(self, numbers: set[int]) -> None:
        """Draws these blocks anew, if they show; one that needs more or fewer underlines gets other room."""
        moved = False
        for number in numbers:
            self._painter.forget(number)
            if number in self._laid_out and number < len(self._heights):
                moved |= self._give_room(number)
                place = QRectF(0, self.top(number), self._width, self._heights[number])
                self.update[QRectF].emit(place)  # type: ignore[index]  # the stubs know no overloaded signals
        if moved:
            self._on_corrected()
            self._update_all()

    def _give_room(self, number: int) -> bool:
        """Moves a block's lines apart or together where its underlines need it; answers whether."""
        block = self.document().findBlockByNumber(number)
        layout, pitch = block.layout(), self.pitch_of(number)
        if layout.lineCount() < 1 or block.length() < 2 or self._painter.folds.at(number) is not None:
            return False
        height = self._room(layout.lineCount(), pitch)
        if height == self._heights[number]:
            return False
        for index in range(layout.lineCount()):
            layout.lineAt(index).setPosition(QPointF(self.margin, index * pitch + self._rise))
        self._heights.set(number, height)
        return True

    def set_again(self, numbers: set[int]) -> None:
        """Lays these blocks out anew: their colours are others, or they were folded or unfolded."""
        for number in numbers:
            self._painter.forget(number)
            block = self.document().findBlockByNumber(number)
            fold = self._painter.folds.at(number)
            block.setVisible(fold is None)
            if self._laid_out.pop(number, self) is None:
                block.layout().clearLayout()
            for _, height in self._folded_heights((number,)):
                self._heights.set(number, height)
            if fold is None and number < len(self._heights):
                self.lay_out(number)
        if numbers:
            self._on_corrected()
            self._update_all()

    def _update_all(self) -> None:
        self.update[QRectF].emit(QRectF(QPointF(0, 0), self.documentSize()))  # type: ignore[index]

    def _tell_correction(self) -> None:
        if not self._correction_sent:
            self._correction_sent = True
            self._corrected.emit()

    def _on_corrected(self) -> None:
        self._correction_sent = False
        self.documentSizeChanged.emit(self.documentSize())

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Paints the blocks in the clip, and of a long block only the lines in it."""
        clip = context.clip if not context.clip.isEmpty() else QRectF(QPointF(0, 0), self.documentSize())
        painter.setPen(context.palette.color(QPalette.ColorRole.Text))
        number = self.block_at(clip.top())
        top = self.top(number)
        while number < len(self._heights) and top < clip.bottom():
            fold = self._painter.folds.at(number)
            if fold is None:
                self._draw_block(painter, number, top, self.lay_out(number), clip, context)
            elif fold.first == number:
                painter.translate(0, top)
                self._painter.draw_fold(painter, number, self._heights[number])
                painter.translate(0, -top)
            top += self._heights[number]
            number += 1

    def _draw_block(
        self,
        painter: QPainter,
        number: int,
        top: float,
        layout: QTextLayout,
        clip: QRectF,
        context: QAbstractTextDocumentLayout.PaintContext,
    ) -> None:
        pitch = self.pitch_of(number)
        first = max(0, int((clip.top() - top) // pitch))
        last = min(layout.lineCount(), int((clip.bottom() - top) // pitch) + 1)
        # Screen readers take a letter's place from here; painting happens at the block's own top left.
        layout.setPosition(QPointF(0, top))
        painter.translate(0, top)
        self._painter.under(painter, number, layout, range(first, last))
        block = self.document().findBlockByNumber(number)
        ranges = [*self._painter.formats(number), *selections(block, context)]
        layout.draw(painter, QPointF(0, -top), ranges, clip.translated(0, -top))
        self._painter.over(painter, number, layout, range(first, last))
        caret = context.cursorPosition - block.position()
        if 0 <= caret < block.length():
            layout.drawCursor(painter, QPointF(0, -top), caret, 2)
        painter.translate(0, -top)

    def hitTest(self, point: QPointF | QPoint | QPainterPath.Element, accuracy: Qt.HitTestAccuracy) -> int:
        """The document position under a point; -1 for an exact test beside the text."""
        assert isinstance(point, QPointF)
        number = self.block_at(point.y())
        layout = self.lay_out(number)
        block = self.document().findBlockByNumber(number)
        inside = point.y() - self.top(number)
        line = layout.lineAt(max(0, min(layout.lineCount() - 1, int(inside // self.pitch_of(number)))))
        if not line.isValid():
            return -1 if accuracy is Qt.HitTestAccuracy.ExactHit else block.position()
        if accuracy is Qt.HitTestAccuracy.ExactHit and not extent(line, block.text()).contains(
            QPointF(point.x(), inside)
        ):
            return -1
        return block.position() + caret_near(layout, line, block.text(), point.x())

    def character_at(self, point: QPointF) -> int:
        """The document position of the character under a point, whatever its direction; -1 beside the text."""
        number = self.block_at(point.y())
        layout = self.lay_out(number)
        inside = QPointF(point.x(), point.y() - self.top(number))
        line = layout.lineAt(max(0, min(layout.lineCount() - 1, int(inside.y() // self.pitch_of(number)))))
        block = self.document().findBlockByNumber(number)
        if self._painter.folds.at(number) or not line.isValid() or not extent(line, block.text()).contains(inside):
            return -1
        return block.position() + character_on(layout, line, block.text(), point.x())

    def pageCount(self) -> int:
        """One: the article is not paged."""
        return 1

    def documentSize(self) -> QSizeF:
        """The whole size, with a foot below the last line so that it can be read at ease."""
        return QSizeF(self._width, _HEAD + self._heights.total + self._pitch)

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        """Everything: there is one frame."""
        del frame
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Where a block is. Qt asks before it uses a block's lines, so the block is laid out first."""
        if not block.isValid() or block.blockNumber() >= len(self._heights):
            return QRectF()
        number = block.blockNumber()
        self.lay_out(number)
        return QRectF(0, self.top(number), self._width, self._heights[number])

    def documentChanged(self, from_: int, removed: int, added: int) -> None:
        """Called for another text and for another width; only another width needs an answer here."""
        del from_, removed, added
        width = self.document().pageSize().width()
        if width > 0 and width != self._width:
            self._width = width
            self.begin()
