"""The outlines of countries as paths, as fine as the scale can show and no finer."""

import math
from array import array
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from annotator.services.maps import Detail, Outline, outlines
from annotator.ui.map.camera import unit_x, unit_y

_FINE_FROM = 3_200
"""Pixels round the equator from which on the finer outlines are drawn."""
_LEAST_STEP = 1.5
"""Pixels between two points of an outline at the largest scale of a level; nearer ones cannot be told apart."""
_TILE = 256


class Ring:
    """One closed line: longitude, latitude and so on in degrees, and the box around it in shares of the world."""

    def __init__(self, degrees: "array[float]") -> None:
        self.degrees = degrees
        lons, lats = degrees[::2], degrees[1::2]
        corner = QPointF(unit_x(min(lons)), unit_y(max(lats)))
        self.box = QRectF(corner, QPointF(unit_x(max(lons)), unit_y(min(lats))))
        self._thinned: dict[int, QPolygonF] = {}

    def points(self) -> list[tuple[float, float]]:
        """Its points in shares of the world."""
        return [(unit_x(lon), unit_y(lat)) for lon, lat in zip(self.degrees[::2], self.degrees[1::2], strict=True)]

    def polygon(self, level: int) -> QPolygonF:
        """As fine as a level of detail needs; made when it is first wanted, and kept."""
        known = self._thinned.get(level)
        if known is None:
            known = self._thinned[level] = QPolygonF([QPointF(x, y) for x, y in _thinned(self.points(), level)])
        return known


class Country:
    """A country's rings, the largest first, and the box around them in shares of the world."""

    def __init__(self, outline: Outline) -> None:
        self.name = outline.name
        self.rings = sorted(
            (Ring(ring) for ring in outline.rings), key=lambda ring: -ring.box.width() * ring.box.height()
        )
        self.bounds = QRectF()
        for ring in self.rings:
            self.bounds = self.bounds.united(ring.box)
        self._heart: tuple[float, float] | None = None

    def outline(self, scale: float, view: QRectF) -> QPainterPath:
        """The part near the view, a rectangle in shares of the world, as a path in these."""
        level = max(0, math.ceil(math.log2(max(scale, 1) / _TILE)))
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.OddEvenFill)
        for number, ring in enumerate(self.rings):
            is_seen = number == 0 or max(ring.box.width(), ring.box.height()) >= _least(level)
            if is_seen and ring.box.intersects(view):
                path.addPolygon(ring.polygon(level))
                path.closeSubpath()
        return path

    @property
    def breadth(self) -> float:
        """How wide its largest ring is, in shares of the world."""
        return self.rings[0].box.width()

    @property
    def heart(self) -> tuple[float, float]:
        """The middle of its largest ring, where its name stands, in shares of the world."""
        if self._heart is None:
            self._heart = _middle(self.rings[0].points())
        return self._heart


@cache
def countries(detail: Detail) -> tuple[Country, ...]:
    """All countries of a level of detail."""
    return tuple(Country(outline) for outline in outlines(detail))


def in_view(scale: float, view: QRectF) -> list[Country]:
    """The countries whose box meets the view, a rectangle in shares of the world."""
    detail: Detail = "50m" if scale >= _FINE_FROM else "110m"
    return [country for country in countries(detail) if country.bounds.intersects(view)]


def _least(level: int) -> float:
    """The shortest step at a level of detail, in shares of the world."""
    return _LEAST_STEP / (_TILE * 2.0**level)


def _thinned(points: list[tuple[float, float]], level: int) -> list[tuple[float, float]]:
    """The points without those that are too near to the one before."""
    least = _least(level)
    last_x, last_y = points[0]
    kept = [points[0]]
    for x, y in points:
        if abs(x - last_x) >= least or abs(y - last_y) >= least:
            kept.append((x, y))
            last_x, last_y = x, y
    return kept if len(kept) > 2 else points


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity of a ring; of one without area its first point."""
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    area = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2
    if abs(area) < 1e-12:
        return ring[0]
    x = sum((x0 + x1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs)
    y = sum((y0 + y1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pairs)
    return x / (6 * area), y / (6 * area)
