"""The ground of the map: water, land and graticule."""

import math

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from annotator.ui.map.camera import LIMIT, Camera, unit_x, unit_y
from annotator.ui.map.inks import Inks
from annotator.ui.map.land import Country, in_view

_GRID_STEPS = (30.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1)
"""Degrees between two lines of the graticule: the finest whose cells are so many pixels wide:"""
_LEAST_CELL = 84.0


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
