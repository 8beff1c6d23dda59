"""A map of an article's places as SVG: points on a grid of degrees, over the outlines of land where they are given."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.formats.html_words import words

Ring = Sequence[float]
"""An outline: longitude, latitude, longitude, latitude and so on, in degrees."""
_WIDTH, _MOST_HEIGHT, _LEAST_HEIGHT = 400.0, 420.0, 180.0
_LEAST_HIGH, _LEAST_WIDE = 1.5, 2.6
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 45)
_LETTER = 7.0
"""How wide a letter is at most on the average, in the map's units."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map. lat and lon are degrees WGS 84, count is how often it is mentioned."""

    name: str
    lat: float
    lon: float
    count: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the world that is shown; shrink makes a degree of longitude as long as it is there."""

    west: float
    north: float
    width: float
    height: float
    shrink: float

    @property
    def scale(self) -> float:
        """Units of the picture for a degree of latitude."""
        return _WIDTH / (self.width * self.shrink)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point is in the picture."""
        return (lon - self.west) * self.shrink * self.scale, (self.north - lat) * self.scale


def map_of(pins: Sequence[Pin], land: Sequence[Ring] = ()) -> str:
    """The map as an SVG element; empty without a place."""
    if not pins:
        return ""
    pins = _across(pins)
    frame = _frame(pins)
    height = frame.height * frame.scale
    label = words(f"Map of {', '.join(pin.name for pin in pins[:12])}")
    parts = [
        f'<svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" aria-label="{label}">',
        *_land(frame, land),
        *_grid(frame),
        *_dots(frame, pins),
        "</svg>",
    ]
    return "".join(parts)


def _across(pins: Sequence[Pin]) -> list[Pin]:
    """Places on both sides of the date line are drawn beside each other; those with most mentions come first."""
    lons = [pin.lon for pin in pins]
    shifted = [lon + 360 if lon < 0 else lon for lon in lons]
    use = shifted if max(shifted) - min(shifted) < max(lons) - min(lons) else lons
    moved = [Pin(pin.name, pin.lat, lon, pin.count) for pin, lon in zip(pins, use, strict=True)]
    return sorted(moved, key=lambda pin: (-pin.count, pin.name, pin.lat, pin.lon))


def _frame(pins: Sequence[Pin]) -> _Frame:
    lats, lons = [pin.lat for pin in pins], [pin.lon for pin in pins]
    middle_lat, middle_lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    shrink = max(0.15, math.cos(math.radians(middle_lat)))
    height = max(_LEAST_HIGH, (max(lats) - min(lats)) * 1.5)
    width = max(_LEAST_WIDE / shrink, (max(lons) - min(lons)) * 1.7, height / shrink * _WIDTH / _MOST_HEIGHT)
    height = max(height, width * shrink * _LEAST_HEIGHT / _WIDTH)
    return _Frame(middle_lon - width / 2, middle_lat + height / 2, width, height, shrink)


def _land(frame: _Frame, land: Sequence[Ring]) -> Iterator[str]:
    east, south = frame.west + frame.width, frame.north - frame.height
    paths = []
    for ring in land:
        for turn in (-360.0, 0.0, 360.0):
            lons, lats = [lon + turn for lon in ring[0::2]], ring[1::2]
            if (
                lons
                and max(lons) >= frame.west
                and min(lons) <= east
                and max(lats) >= south
                and min(lats) <= frame.north
            ):
                points = (frame.at(lat, lon) for lat, lon in zip(lats, lons, strict=False))
                paths.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z")
    if paths:
        yield f'<path class="land" d="{"".join(paths)}"/>'


def _grid(frame: _Frame) -> Iterator[str]:
    step = next((step for step in _STEPS if max(frame.width, frame.height) / step <= 5), _STEPS[-1])
    east, south = frame.west + frame.width, frame.north - frame.height
    bottom = frame.height * frame.scale
    for n in range(math.ceil(frame.west / step), math.floor(east / step) + 1):
        x, _ = frame.at(frame.north, n * step)
        yield f'<path class="grid" d="M{x:.1f} 0V{bottom:.1f}"/>'
        if x < _WIDTH - 45:
            yield f'<text class="degrees" x="{x + 3:.1f}" y="{bottom - 4:.1f}">{_degrees(n * step, "EW")}</text>'
    for n in range(math.ceil(south / step), math.floor(frame.north / step) + 1):
        if abs(n * step) > 90:
            continue
        _, y = frame.at(n * step, frame.west)
        yield f'<path class="grid" d="M0 {y:.1f}H{_WIDTH:.0f}"/>'
        yield f'<text class="degrees" x="3" y="{y - 3:.1f}">{_degrees(n * step, "NS")}</text>'


def _degrees(value: float, letters: str) -> str:
    value = (value + 180) % 360 - 180 if letters == "EW" else value
    if abs(value) < 1e-9:
        return "0°"
    return f"{abs(value):.4g}°{letters[value < 0]}"


def _dots(frame: _Frame, pins: Sequence[Pin]) -> Iterator[str]:
    """Circles by the number of mentions, and names where they find room; each circle says its name when pointed at."""
    taken: list[tuple[float, float, float, float]] = []
    spots = [(pin, *frame.at(pin.lat, pin.lon), 3.5 + 1.6 * math.sqrt(min(pin.count, 60))) for pin in pins]
    taken += [(x - r, y - r, x + r, y + r) for _, x, y, r in spots]
    bottom = frame.height * frame.scale
    for pin, x, y, r in spots:
        times = "once" if pin.count == 1 else f"{pin.count} times"
        title = f"<title>{words(pin.name)}, {times}</title>"
        yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}">{title}</circle>'
        width = len(pin.name) * _LETTER
        middle = x - width / 2
        for left, base, anchor in (
            (x + r + 4, y + 4, "start"),
            (x - r - 4 - width, y + 4, "end"),
            (middle, y - r - 5, "middle"),
            (middle, y + r + 13, "middle"),
        ):
            box = (left, base - 11, left + width, base + 3)
            inside = box[0] >= 2 and box[2] <= _WIDTH - 2 and box[1] >= 2 and box[3] <= bottom - 14
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                at = {"start": left, "middle": x, "end": left + width}[anchor]
                yield f'<text class="name" x="{at:.1f}" y="{base:.1f}" text-anchor="{anchor}">{words(pin.name)}</text>'
                break


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
