"""Paints marks: a tint and an underline lane per mention, chips between the lines, the parts of the chosen claim.

What a line needs is worked out when it is first painted and kept until its block is touched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextLine

from annotator.ui.article.marks import Mark, MarkIndex, Piece
from annotator.ui.theme import Tones, blend

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Chip:
    """A small sign above the text: its place, words and colour; strong when its mark is chosen."""

    place: QRectF
    words: str
    colour: QColor
    is_strong: bool


@dataclass(slots=True)
class LineArt:
    """What is painted in one line."""

    tints: list[tuple[QRectF, QColor]] = field(default_factory=list)
    lanes: list[tuple[QRectF, QColor, bool]] = field(default_factory=list)
    frames: list[tuple[QRectF, QPen]] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    bar: QColor | None = None


@dataclass(slots=True)
class _Block:
    """The pieces of a block by line, and the art of the lines painted so far."""

    mentions: dict[int, list[Piece]]
    parts: dict[int, list[Piece]]
    lanes: int
    is_one_way: bool
    art: dict[int, LineArt] = field(default_factory=dict)


class Decorations:
    """Paints one article's marks. Styles are looked up in colours: labels, and claim:content and its like."""

    def __init__(self) -> None:
        self.mentions: MarkIndex | None = None
        self.parts: MarkIndex | None = None
        self.bars: set[int] = set()
        self.colours: dict[str, str] = {}
        self.tones: Tones | None = None
        self.chosen: frozenset[str] = frozenset()
        self.rise = 10.0
        self.margin = 36.0
        self._blocks: dict[int, _Block] = {}
        self._font = QFont()

    def set_chip_font(self, body: QFont) -> None:
        """Chips are set in the window's font, a little more than half as high as the text."""
        self._font = QFont()
        self._font.setPixelSize(max(8, round(QFontMetricsF(body).height() * 0.40)))
        self._font.setWeight(QFont.Weight.DemiBold)

    def forget(self, number: int | None = None) -> None:
        """The block, or every block, has to be worked out again."""
        if number is None:
            self._blocks.clear()
        else:
            self._blocks.pop(number, None)

    def under(self, painter: QPainter, number: int, block: QTextLayout, lines: range) -> None:
        """Tints, behind the text, and the bar of claims in the margin."""
        for art in self._art(number, block, lines):
            for place, colour in art.tints:
                painter.fillRect(place, colour)

    def over(self, painter: QPainter, number: int, block: QTextLayout, lines: range) -> None:
        """Underlines, frames and chips; none of them covers a letter."""
        pen = painter.pen()
        for art in self._art(number, block, lines):
            for place, colour, is_broken in art.lanes:
                _draw_lane(painter, place, colour, is_broken=is_broken)
            if art.frames:
                _draw_frames(painter, art.frames)
            for chip in art.chips:
                self._draw_chip(painter, chip)
        painter.setPen(pen)

    def _art(self, number: int, block: QTextLayout, lines: range) -> Iterator[LineArt]:
        known = self._blocks.get(number)
        if known is None:
            known = self._blocks[number] = self._gather(number, block)
        for line in lines:
            art = known.art.get(line)
            if art is None:
                art = known.art[line] = self._line_art(known, block, line, has_bar=number in self.bars)
            yield art

    def _gather(self, number: int, block: QTextLayout) -> _Block:
        mentions = self.mentions.pieces(number) if self.mentions else []
        parts = self.parts.pieces(number) if self.parts else []
        lanes = max((piece.lane for piece in mentions), default=0) + 1
        is_one_way = not _RIGHT_TO_LEFT.search(block.text())
        return _Block(_by_line(mentions, block), _by_line(parts, block), lanes, is_one_way)

    def _line_art(self, known: _Block, block: QTextLayout, number: int, *, has_bar: bool) -> LineArt:
        art, line = LineArt(), block.lineAt(number)
        assert self.tones is not None
        if has_bar:
            bar = blend(self.colours.get("claim:content", self.tones.quiet), self.tones.page, 0.55)
            art.tints.append((QRectF(self.margin - 16, line.y(), 3, line.height()), bar))
        for piece in known.parts.get(number, ()):
            self._add_part(art, piece, list(_boxes(line, piece, is_one_way=known.is_one_way)))
        room = self.rise * 0.62
        step = min(4.0, room / known.lanes)
        chips_until = 0.0
        for piece in known.mentions.get(number, ()):
            boxes = list(_boxes(line, piece, is_one_way=known.is_one_way))
            self._add_mention(art, piece, boxes, step)
            if boxes and piece.is_first and piece.start >= line.textStart():
                chips_until = self._add_chip(art, piece.mark, boxes, chips_until)
        return art

    def _add_mention(self, art: LineArt, piece: Piece, boxes: list[QRectF], step: float) -> None:
        assert self.tones is not None
        name = self.colours.get(piece.mark.style, self.tones.quiet)
        is_chosen = piece.mark.id in self.chosen
        share = (0.30 if is_chosen else 0.13) * (1.5 if self.tones.is_dark else 1.0)
        tint, colour = blend(name, self.tones.page, share), QColor(name)
        for box in boxes:
            art.tints.append((box, tint))
            thickness = min(2.0, max(1.0, step - 1.0))
            lane = QRectF(box.left(), box.bottom() + 1 + piece.lane * step, box.width(), thickness)
            art.lanes.append((lane, colour, piece.mark.unsure))
            if is_chosen:
                art.frames.append((box.adjusted(-1.5, -0.5, 1.5, 0.5), QPen(colour, 1.5)))

    def _add_chip(self, art: LineArt, mark: Mark, boxes: list[QRectF], until: float) -> float:
        assert self.tones is not None
        metrics = QFontMetricsF(self._font)
        left = max(boxes[0].left(), until)
        room = boxes[0].right() - left
        words = next(
            (words for words in (mark.chip, mark.short) if metrics.horizontalAdvance(words) + 6 <= room), mark.short
        )
        width, height = metrics.horizontalAdvance(words) + 6, min(self.rise - 1, metrics.height())
        place = QRectF(left, boxes[0].top() - height - 0.5, width, height)
        colour = QColor(self.colours.get(mark.style, self.tones.quiet))
        art.chips.append(Chip(place, words, colour, mark.id in self.chosen))
        return place.right() + 2

    def _add_part(self, art: LineArt, piece: Piece, boxes: list[QRectF]) -> None:
        assert self.tones is not None
        name = self.colours.get(piece.mark.style, self.tones.quiet)
        for box in boxes:
            if piece.mark.style == "claim:content":
                art.tints.append((box.adjusted(0, -2, 0, 2), blend(name, self.tones.page, 0.18)))
            else:
                pen = QPen(QColor(name), 1.6)
                is_cue = piece.mark.style == "claim:cue"
                pen.setStyle(Qt.PenStyle.DashLine if is_cue else Qt.PenStyle.SolidLine)
                art.frames.append((box.adjusted(-2.5, -0.5, 2.5, 2.5), pen))

    def _draw_chip(self, painter: QPainter, chip: Chip) -> None:
        assert self.tones is not None
        painter.setFont(self._font)
        if chip.is_strong:
            painter.fillRect(chip.place, chip.colour)
            painter.setPen(QColor(self.tones.page))
        else:
            painter.setPen(chip.colour)
        painter.drawText(chip.place, Qt.AlignmentFlag.AlignCenter, chip.words)


def _by_line(pieces: list[Piece], block: QTextLayout) -> dict[int, list[Piece]]:
    result: dict[int, list[Piece]] = {}
    for piece in pieces:
        first = block.lineForTextPosition(piece.start).lineNumber()
        last = block.lineForTextPosition(max(piece.start, piece.end - 1)).lineNumber()
        for line in range(first, last + 1):
            result.setdefault(line, []).append(piece)
    return result


def _boxes(line: QTextLine, piece: Piece, *, is_one_way: bool) -> Iterator[QRectF]:
    """The rectangles that a piece covers in a line: one, or several where writing directions meet."""
    start = max(piece.start, line.textStart())
    end = min(piece.end, line.textStart() + line.textLength())
    if start >= end:
        return
    top, height = line.y(), line.height()
    if is_one_way:
        left, right = _x(line, start), min(_x(line, end), line.naturalTextRect().right())
        yield QRectF(min(left, right), top, abs(right - left), height)
        return
    for run in line.glyphRuns(start, end - start):
        place = run.boundingRect()
        yield QRectF(place.left(), top, place.width(), height)


def _x(line: QTextLine, position: int) -> float:
    # PySide6 answers with a pair, the place and the position really meant; its stubs only say object.
    place = line.cursorToX(position)
    assert isinstance(place, tuple)
    return float(place[0])


def _draw_lane(painter: QPainter, place: QRectF, colour: QColor, *, is_broken: bool) -> None:
    if not is_broken:
        painter.fillRect(place, colour)
        return
    pen = QPen(colour, place.height())
    pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    middle = place.center().y()
    painter.drawLine(QPointF(place.left(), middle), QPointF(place.right(), middle))


def _draw_frames(painter: QPainter, frames: list[tuple[QRectF, QPen]]) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place, pen in frames:
        painter.setPen(pen)
        painter.drawRoundedRect(place, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
