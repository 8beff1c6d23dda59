"""The symbols of places."""

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF

from annotator.ui.map.inks import Inks
from annotator.ui.map.spots import Dot, Shape

_HALO = 4.0


def draw_dots(painter: QPainter, dots: list[Dot], inks: Inks, *, as_stamps: bool) -> None:
    """Draws symbols, the largest first, so that none hides a smaller one; as stamps where speed counts."""
    ratio = painter.device().devicePixelRatioF()
    for dot in dots:
        if as_stamps:
            stamp, middle = _stamp(dot.spot.shape, dot.radius, inks, ratio)
            painter.drawPixmap(QPointF(dot.x - middle, dot.y - middle), stamp)
        else:
            prepare(painter, dot.spot.shape, inks)
            draw_symbol(painter, dot.spot.shape, dot.x, dot.y, dot.radius)


_STAMPS: dict[tuple[Shape, float, int, int, float], QPixmap] = {}
"""Symbols that were drawn once: there are few, and drawing a thousand circles anew takes ten times as long."""
_MOST_STAMPS = 400


def _stamp(shape: Shape, radius: float, inks: Inks, ratio: float) -> tuple[QPixmap, float]:
    """A symbol's picture, and where in it the middle is."""
    radius = round(4 * radius) / 4  # less than a quarter of a pixel is not seen
    middle = math.ceil(radius * 1.2) + 2
    key = (shape, radius, inks.place.rgb(), inks.land.rgb(), ratio)
    stamp = _STAMPS.get(key)
    if stamp is None:
        if len(_STAMPS) >= _MOST_STAMPS:
            _STAMPS.clear()
        stamp = _STAMPS[key] = QPixmap(round(2 * middle * ratio), round(2 * middle * ratio))
        stamp.setDevicePixelRatio(ratio)
        stamp.fill(Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        prepare(painter, shape, inks)
        draw_symbol(painter, shape, middle, middle, radius)
        painter.end()
    return stamp, middle


def draw_chosen(painter: QPainter, dot: Dot, inks: Inks) -> None:
    """Draws the chosen place's symbol, larger and with a double ring around it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, colour in ((6.0, inks.land), (2.6, inks.chosen)):
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(QPointF(dot.x, dot.y), dot.radius + _HALO, dot.radius + _HALO)
    prepare(painter, dot.spot.shape, inks)
    draw_symbol(painter, dot.spot.shape, dot.x, dot.y, dot.radius)


def prepare(painter: QPainter, shape: Shape, inks: Inks) -> None:
    """Pen and brush of a shape."""
    fill = QColor(inks.place)
    fill.setAlphaF(0.78 if shape in {Shape.DISC, Shape.DIAMOND} else 0.16)
    painter.setBrush(QBrush(fill))
    if shape in {Shape.DISC, Shape.DIAMOND}:
        painter.setPen(QPen(inks.land, 1.2))
    else:
        dots = Qt.PenStyle.DotLine if shape is Shape.DOTTED else Qt.PenStyle.SolidLine
        painter.setPen(QPen(inks.place, 2.2, dots))


def draw_symbol(painter: QPainter, shape: Shape, x: float, y: float, radius: float) -> None:
    """One symbol with pen and brush as they are."""
    if shape is Shape.DIAMOND:
        reach = radius * 1.2  # as much area as the disc of this radius, or nearly
        corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    else:
        painter.drawEllipse(QPointF(x, y), radius, radius)
