"""The strokes of the article view: underlines in several shapes, frames, chips, and what one line consists of."""

from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen


class Shape(IntEnum):
    """How an underline is drawn, so that labels differ by more than colour; in the order of the schema's labels."""

    SOLID = 0
    DOUBLE = 1
    DASHED = 2
    DOTTED = 3
    WAVY = 4


@dataclass(frozen=True, slots=True)
class Lane:
    """An underline: its place, colour and shape; a bridge only joins two pieces of one mention."""

    place: QRectF
    colour: QColor
    shape: Shape
    is_bridge: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A small sign above the text: its place, words and colour; strong when its mark is chosen."""

    place: QRectF
    words: str
    colour: QColor
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Badge:
    """A letter or figure that says whose a stroke is: on a ground of its colour, outlined when hollow, or bare."""

    place: QRectF
    words: str
    colour: QColor
    is_hollow: bool = False
    is_bare: bool = False


@dataclass(slots=True)
class LineArt:
    """What is painted in one line."""

    tints: list[tuple[QRectF, QColor]] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    frames: list[tuple[QRectF, QPen]] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    corners: list[tuple[float, float, float, float, QPen]] = field(default_factory=list)
    signs: list[Chip] = field(default_factory=list)
    badges: list[Badge] = field(default_factory=list)


def draw_lanes(painter: QPainter, lanes: list[Lane]) -> None:
    """Draws underlines, each in its shape."""
    for lane in lanes:
        if lane.is_bridge:
            _draw_bridge(painter, lane)
        elif lane.shape is Shape.SOLID:
            painter.fillRect(lane.place, lane.colour)
        else:
            _SHAPES[lane.shape](painter, lane)


def _draw_bridge(painter: QPainter, lane: Lane) -> None:
    pen = QPen(lane.colour, 1)
    pen.setDashPattern([1, 3])
    painter.setPen(pen)
    middle = lane.place.center().y()
    painter.drawLine(QLineF(lane.place.left(), middle, lane.place.right(), middle))


def _draw_double(painter: QPainter, lane: Lane) -> None:
    place, thickness = lane.place, max(1.0, lane.place.height() / 3)
    painter.fillRect(QRectF(place.left(), place.top() - thickness / 2, place.width(), thickness), lane.colour)
    below = place.bottom() - thickness / 2
    painter.fillRect(QRectF(place.left(), below, place.width(), thickness), lane.colour)


def _draw_dashes(painter: QPainter, lane: Lane) -> None:
    dash, gap = (1.6, 1.2) if lane.shape is Shape.DOTTED else (4.0, 2.0)
    pen = QPen(lane.colour, lane.place.height())
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([dash * 2 / lane.place.height(), gap * 2 / lane.place.height()])
    painter.setPen(pen)
    middle = lane.place.center().y()
    painter.drawLine(QLineF(lane.place.left(), middle, lane.place.right(), middle))


def _draw_wave(painter: QPainter, lane: Lane) -> None:
    step, place = 2.5, lane.place
    count = max(1, int(place.width() / step))
    heights = (place.bottom(), place.top() - 0.5)
    points = [QPointF(place.left() + number * step, heights[number % 2]) for number in range(count + 1)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(QPen(lane.colour, 1.3))
    painter.drawPolyline(points)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


_SHAPES = {
    Shape.DOUBLE: _draw_double,
    Shape.DASHED: _draw_dashes,
    Shape.DOTTED: _draw_dashes,
    Shape.WAVY: _draw_wave,
}


def draw_frames(painter: QPainter, frames: list[tuple[QRectF, QPen]]) -> None:
    """Draws rounded frames."""
    if not frames:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for place, pen in frames:
        painter.setPen(pen)
        painter.drawRoundedRect(place, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def draw_corners(painter: QPainter, corners: list[tuple[float, float, float, float, QPen]]) -> None:
    """Draws brackets: at x from top to bottom, with feet that reach inward."""
    for x, top, bottom, inward, pen in corners:
        painter.setPen(pen)
        painter.drawLines(
            [QLineF(x, top, x, bottom), QLineF(x, top, x + inward, top), QLineF(x, bottom, x + inward, bottom)]
        )


def draw_chips(painter: QPainter, chips: list[Chip], font: QFont, page: str) -> None:
    """Draws chips: words in their colour, or on a ground of their colour when strong."""
    if not chips:
        return
    painter.setFont(font)
    for chip in chips:
        if chip.is_strong:
            painter.fillRect(chip.place, chip.colour)
            painter.setPen(QColor(page))
        else:
            painter.setPen(chip.colour)
        painter.drawText(chip.place, Qt.AlignmentFlag.AlignCenter, chip.words)
