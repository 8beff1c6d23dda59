"""Drawing a map on any painter: the screen's, a picture's, a vector drawing's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from annotator.domain.ids import EntityId
from annotator.services.maps import CREDIT
from annotator.ui.map.camera import LIMIT, Camera, unit_x, unit_y
from annotator.ui.map.inks import Inks
from annotator.ui.map.land import Country, in_view
from annotator.ui.map.names import Fonts, Name, names_in
from annotator.ui.map.spots import Dot, Shape, Spot, dots_in
from annotator.ui.map.symbols import draw_chosen, draw_dots, draw_symbol, prepare

_PAD = 10.0
_LONGEST_BAR = 110.0
_GRID_STEPS = (30.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
_LEAST_CELL = 84.0
_CENTRED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextSingleLine.value
_LEFT = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value
_RIGHT = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value


@dataclass(frozen=True, slots=True)
class Scene:
    """All that decides what a map looks like. On screen, where it is drawn anew at each step, speed goes before edges."""

    camera: Camera
    spots: Sequence[Spot]
    chosen: EntityId | None
    inks: Inks
    font: QFont
    is_picture: bool = False


def draw_map(painter: QPainter, scene: Scene) -> list[Dot]:
    """Draws everything; answers the places that are in view, in the order in which they were drawn."""
    camera = scene.camera
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(QRectF(0, 0, camera.width, camera.height))
    lands = draw_ground(painter, camera, scene.inks, is_picture=scene.is_picture)
    dots = dots_in(camera, scene.spots)
    fonts = Fonts.of(scene.font)
    names = names_in(camera, dots, scene.chosen, lands, fonts, _corners(scene))
    _draw_names(painter, [name for name in names if name.role == "country"], fonts, scene.inks)
    draw_dots(painter, dots, scene.inks, as_stamps=not scene.is_picture)
    for dot in dots:
        if dot.spot.placed.entity == scene.chosen:
            draw_chosen(painter, dot, scene.inks)
    _draw_names(painter, [name for name in names if name.role != "country"], fonts, scene.inks)
    _draw_bar(painter, scene)
    _draw_foot(painter, scene)
    return dots


# The ground


def draw_ground(painter: QPainter, camera: Camera, inks: Inks, *, is_picture: bool) -> list[Country]:
    """Draws water, land and graticule; answers the countries in view."""
    painter.fillRect(QRectF(0, 0, camera.width, camera.height), inks.water)
    half_width, half_height = camera.width / camera.scale / 2, camera.height / camera.scale / 2
    found: dict[int, Country] = {}
    for turn in (-1, 0, 1):  # what lies beyond the date line is the world's other end again
        left = camera.x - half_width + turn
        view = QRectF(left, camera.y - half_height, 2 * half_width, 2 * half_height)
        if view.right() < -0.01 or left > 1.06:  # rings over the date line reach beyond 1
            continue
        move = QTransform(camera.scale, 0, 0, camera.scale, -left * camera.scale, -view.top() * camera.scale)
        for country in in_view(camera.scale, view):
            _draw_land(painter, move.map(country.outline(camera.scale, view)), inks, is_picture=is_picture)
            found[id(country)] = country
    _draw_grid(painter, camera, inks)
    return list(found.values())


def _draw_land(painter: QPainter, outline: QPainterPath, inks: Inks, *, is_picture: bool) -> None:
    """Land with its border. Smooth edges below the border cost three times as much and are hardly seen."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, is_picture)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.land)
    painter.drawPath(outline)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(inks.border, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)


def _draw_grid(painter: QPainter, camera: Camera, inks: Inks) -> None:
    step = next((step for step in reversed(_GRID_STEPS) if step / 360 * camera.scale >= _LEAST_CELL), 30.0)
    painter.setPen(QPen(inks.grid, 1.0))
    half_width = camera.width / camera.scale / 2
    first = math.ceil(((camera.x - half_width) * 360 - 180) / step)
    last = math.floor(((camera.x + half_width) * 360 - 180) / step)
    lines = []
    for number in range(first, last + 1):
        x = round(camera.width / 2 + (unit_x(number * step) - camera.x) * camera.scale) + 0.5
        lines.append(QLineF(x, 0, x, camera.height))
    for number in range(-int(LIMIT / step), int(LIMIT / step) + 1):
        y = round(camera.height / 2 + (unit_y(number * step) - camera.y) * camera.scale) + 0.5
        if 0 <= y <= camera.height:
            lines.append(QLineF(0, y, camera.width, y))
    painter.drawLines(lines)


# What is written


def _draw_names(painter: QPainter, names: Sequence[Name], fonts: Fonts, inks: Inks) -> None:
    for name in names:
        font, colour = {
            "place": (fonts.place, inks.text),
            "chosen": (fonts.chosen, inks.text),
            "country": (fonts.country, inks.country),
        }[name.role]
        halo = inks.land if name.role != "country" else None
        words = name.words.upper() if name.role == "country" else name.words
        _write(painter, words, name.box, font, colour, halo)


def _write(
    painter: QPainter, words: str, box: QRectF, font: QFont, colour: QColor, halo: QColor | None, flags: int = _CENTRED
) -> None:
    """Writes words, with a halo that keeps them apart from what is below."""
    painter.setFont(font)
    if halo is not None:
        soft = QColor(halo)
        soft.setAlphaF(0.75)
        painter.setPen(soft)
        for dx, dy in ((-1, -1), (1, 1), (-1, 1), (1, -1)):
            painter.drawText(box.translated(dx, dy), flags, words)
    painter.setPen(colour)
    painter.drawText(box, flags, words)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.78)
    return small


def _corners(scene: Scene) -> list[QRectF]:
    """The boxes of the scale bar and of the foot, where no name goes."""
    line = QFontMetricsF(_small(scene.font)).height()
    camera = scene.camera
    foot = QRectF(0, camera.height - line - 6, camera.width, line + 6)
    return [foot, QRectF(0, camera.height - 2 * line - 3 * _PAD, _LONGEST_BAR + 3 * _PAD, 2 * line + 3 * _PAD)]


def _draw_bar(painter: QPainter, scene: Scene) -> None:
    kilometres, pixels = scene.camera.bar(_LONGEST_BAR)
    words = f"{kilometres:,.0f} km" if kilometres >= 1 else f"{kilometres * 1000:,.0f} m"
    font, inks = _small(scene.font), scene.inks
    line = QFontMetricsF(font).height()
    left, bottom = _PAD, scene.camera.height - line - 6 - _PAD
    bar = QPainterPath(QPointF(left, bottom - 5))
    for x, y in ((left, bottom), (left + pixels, bottom), (left + pixels, bottom - 5)):
        bar.lineTo(x, y)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(inks.land, 4.0), QPen(inks.text, 1.4)):
        painter.setPen(pen)
        painter.drawPath(bar)
    _write(painter, words, QRectF(left, bottom - line - 4, pixels, line), font, inks.text, inks.land)


def _draw_foot(painter: QPainter, scene: Scene) -> None:
    """The line at the bottom: what the shapes say, and whose data it is."""
    font, inks, camera = _small(scene.font), scene.inks, scene.camera
    metrics = QFontMetricsF(font)
    foot = QRectF(0, camera.height - metrics.height() - 6, camera.width, metrics.height() + 6)
    ground = QColor(inks.land)
    ground.setAlphaF(0.82)
    painter.fillRect(foot, ground)
    painter.setFont(font)
    painter.setPen(inks.quiet)
    credit = foot.adjusted(_PAD, 0, -_PAD, 0)
    painter.drawText(credit, _RIGHT, CREDIT)
    _draw_legend(painter, scene, foot, font)


def _draw_legend(painter: QPainter, scene: Scene, foot: QRectF, font: QFont) -> None:
    """The shapes that are on the map with what they say: left of the credit, or above it where there is no room."""
    metrics, used = QFontMetricsF(font), {spot.shape for spot in scene.spots}
    widths = {shape: metrics.horizontalAdvance(shape.value) + 13 for shape in Shape if shape in used}
    whole = sum(widths.values()) + _PAD * max(0, len(widths) - 1)
    left, middle = _PAD, foot.center().y()
    if whole > foot.width() - metrics.horizontalAdvance(CREDIT) - 3 * _PAD:
        left, middle = foot.right() - _PAD - whole, foot.top() - _PAD - metrics.height() / 2
    for shape, width in widths.items():
        prepare(painter, shape, scene.inks)
        draw_symbol(painter, shape, left + 4, middle, 3.6)
        box = QRectF(left + 12, middle - metrics.height() / 2, width, metrics.height())
        _write(painter, shape.value, box, font, scene.inks.quiet, scene.inks.land, _LEFT)
        left += width + _PAD
