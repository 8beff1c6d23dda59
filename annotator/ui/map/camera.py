"""From degrees to pixels and back: the Mercator projection of web maps, and what of it is in view.

Mercator keeps shapes true at any latitude, so a district looks the same here as on every other map on a screen. The
price, areas that grow towards the poles, is paid by the scale bar, which holds for the middle of the view.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

LIMIT = math.degrees(math.atan(math.sinh(math.pi)))
"""Degrees of latitude that are drawn, north and south, about 85.05: with them the world is a square."""
_EQUATOR = 40_075.017
"""The circumference of WGS 84 in kilometres."""
_LARGEST = 1_600_000.0
"""Pixels round the equator when nearest: about 25 m to a pixel; the outlines know nothing finer."""
_NEAREST_FIT = 24_000.0
"""As near as showing all places comes by itself, so that one place has its country around it: 1.7 km a pixel."""


def unit_x(lon: float) -> float:
    """Eastward as a share of the way round the world; 0 at 180° W, beyond 1 past the date line."""
    return lon / 360 + 0.5


def unit_y(lat: float) -> float:
    """Southward as a share of the world's square; what is nearer to a pole than LIMIT is drawn at its edge."""
    clipped = max(-LIMIT, min(LIMIT, lat))
    return 0.5 - math.asinh(math.tan(math.radians(clipped))) / (2 * math.pi)


def latitude(y: float) -> float:
    """The degrees of latitude at a height in the world's square."""
    return math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))


@dataclass(frozen=True, slots=True)
class Camera:
    """What is in view. x and y are the middle in shares of the world, scale is pixels round the equator.

    Made by seen, which keeps the view on the world; width and height are pixels.
    """

    x: float = 0.5
    y: float = 0.5
    scale: float = 1.0
    width: float = 1.0
    height: float = 1.0

    def seen(self) -> Self:
        """The same view, kept on the world: at least filled by it, and no nearer than sensible."""
        scale = max(self.least_scale, min(_LARGEST, self.scale))
        half = self.height / scale / 2
        return replace(self, x=self.x % 1, y=max(half, min(1 - half, self.y)), scale=scale)

    @property
    def least_scale(self) -> float:
        """The scale at which the world just fills the view."""
        return max(self.width, self.height, 1.0)

    def to_screen(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point is, in pixels; of its copies round the world the one nearest to the middle."""
        across = (unit_x(lon) - self.x + 0.5) % 1 - 0.5
        return self.width / 2 + across * self.scale, self.height / 2 + (unit_y(lat) - self.y) * self.scale

    def to_degrees(self, x: float, y: float) -> tuple[float, float]:
        """The latitude and longitude under a pixel."""
        across = (self.x + (x - self.width / 2) / self.scale) % 1
        down = max(0.0, min(1.0, self.y + (y - self.height / 2) / self.scale))
        return latitude(down), across * 360 - 180

    def resized(self, width: float, height: float) -> Self:
        """The same middle in a view of another size in pixels."""
        return replace(self, width=width, height=height).seen()

    def moved(self, dx: float, dy: float) -> Self:
        """The view after the map was dragged by so many pixels."""
        return replace(self, x=self.x - dx / self.scale, y=self.y - dy / self.scale).seen()

    def zoomed(self, factor: float, x: float, y: float) -> Self:
        """Nearer by a factor; the point under the pixel x, y stays where it is."""
        target = replace(self, scale=self.scale * factor).seen().scale
        step = 1 / self.scale - 1 / target
        across, down = (x - self.width / 2) * step, (y - self.height / 2) * step
        return replace(self, x=self.x + across, y=self.y + down, scale=target).seen()

    def fitted(self, points: Sequence[tuple[float, float]], margin: float = 48) -> Self:
        """The nearest view that has all points (latitude, longitude) inside a margin in pixels."""
        if not points:
            return replace(self, x=0.5, y=unit_y(20), scale=self.least_scale).seen()
        west, span = _shortest_stretch([unit_x(lon) % 1 for _, lon in points])
        heights = [unit_y(lat) for lat, _ in points]
        top, bottom = min(heights), max(heights)
        room_x, room_y = max(40.0, self.width - 2 * margin), max(40.0, self.height - 2 * margin)
        scale = min(room_x / max(span, 1e-9), room_y / max(bottom - top, 1e-9), _NEAREST_FIT)
        return replace(self, x=west + span / 2, y=(top + bottom) / 2, scale=scale).seen()

    @property
    def kilometres(self) -> float:
        """The length of a pixel in the middle of the view, in kilometres."""
        return _EQUATOR * math.cos(math.radians(latitude(self.y))) / self.scale

    def bar(self, longest: float) -> tuple[float, float]:
        """The scale bar: its length in kilometres, a round number, and in pixels, at most the longest."""
        most = self.kilometres * longest
        power = 10.0 ** math.floor(math.log10(most))
        length = next(step * power for step in (5, 2, 1) if step * power <= most)
        return length, length / self.kilometres


def _shortest_stretch(places: list[float]) -> tuple[float, float]:
    """The shortest stretch round a circle of length 1 that has all places on it: its start and its length."""
    ordered = sorted(places)
    gaps = [(b - a) for a, b in zip(ordered, [*ordered[1:], ordered[0] + 1], strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return ordered[(widest + 1) % len(ordered)], 1 - gaps[widest]
