"""Places as they stand on a map: where on the projected world, how large, and in which shape."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from annotator.domain.entities import Basis, Placed
from annotator.ui.map.camera import Camera, unit_x, unit_y

LARGEST, SMALLEST = 20.0, 4.5
"""Radii of symbols, in pixels."""
_FULL_AT = 24
"""Mentions that make a symbol as large as any, where no place has more."""


class Shape(Enum):
    """What the coordinates rest on, told by the symbol and not by its colour."""

    DISC = "gazetteer"
    RING = "approximate"
    DIAMOND = "drawn"
    DOTTED = "basis not known"


_SHAPES = {
    Basis.GAZETTEER: Shape.DISC,
    Basis.SEAT: Shape.DISC,
    Basis.CENTROID: Shape.RING,
    Basis.ESTIMATED: Shape.RING,
    Basis.DRAWN: Shape.DIAMOND,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its projected point in shares of the world; radius is in pixels."""

    placed: Placed
    x: float
    y: float
    radius: float
    shape: Shape

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.placed.place.point or (0.0, 0.0)

    @property
    def facts(self) -> tuple[str, ...]:
        """What is known about it beside its name, a line each."""
        place, mentions = self.placed.place, self.placed.mentions
        where = ", ".join(part for part in (place.district, place.province) if part)
        level = place.level.value if place.level else ""
        basis = place.basis.value if place.basis else "basis not known"
        lat, lon = self.point
        lines = (
            " · ".join(part for part in (level, where) if part),
            f"{lat:.3f}, {lon:.3f} · {basis}",
            "1 mention" if mentions == 1 else f"{mentions:,} mentions",
        )
        return tuple(line for line in lines if line)


class Dot(NamedTuple):
    """A spot in a view, in pixels. A tuple, because thousands are made for each repaint."""

    spot: Spot
    x: float
    y: float

    @property
    def radius(self) -> float:
        """In pixels."""
        return self.spot.radius


def spots_of(places: Iterable[Placed]) -> tuple[Spot, ...]:
    """The spots of places with coordinates, the largest first; a symbol's area grows with the mentions."""
    ordered = sorted(places, key=lambda one: (-one.mentions, one.name, one.entity))
    most = max((one.mentions for one in ordered), default=0)
    return tuple(_spot(one, max(most, _FULL_AT)) for one in ordered if one.place.point is not None)


def _spot(placed: Placed, most: int) -> Spot:
    lat, lon = placed.place.point or (0.0, 0.0)
    radius = max(SMALLEST, LARGEST * math.sqrt(placed.mentions / most))
    basis = placed.place.basis
    shape = _SHAPES.get(basis, Shape.DOTTED) if basis else Shape.DOTTED
    return Spot(placed, unit_x(lon), unit_y(lat), radius, shape)


def dots_in(camera: Camera, spots: Sequence[Spot]) -> list[Dot]:
    """The spots that are in view, in their order."""
    scale, middle_x, middle_y = camera.scale, camera.x - 0.5, camera.y
    half_width, half_height = camera.width / 2, camera.height / 2
    found = []
    for spot in spots:  # written out: this runs over thousands for each repaint
        y = half_height + (spot.y - middle_y) * scale
        x = half_width + ((spot.x - middle_x) % 1 - 0.5) * scale
        if -LARGEST < x < camera.width + LARGEST and -LARGEST < y < camera.height + LARGEST:
            found.append(Dot(spot, x, y))
    return found


def dot_at(dots: Sequence[Dot], x: float, y: float, slack: float = 4) -> Dot | None:
    """The dot under a pixel: of several the one drawn last, which is the smallest."""
    return next(
        (dot for dot in reversed(dots) if math.hypot(dot.x - x, dot.y - y) <= dot.radius + slack),
        None,
    )
