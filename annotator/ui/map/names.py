"""Names on the map: each where it covers no other name and no symbol, the most mentioned places first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from annotator.domain.ids import EntityId
from annotator.ui.map.camera import Camera
from annotator.ui.map.land import Country
from annotator.ui.map.spots import Dot
from annotator.ui.widgets.unseen import shown

_MOST = 160
"""Places whose names are tried in one view; there is room for fewer."""
_CELL = 4.0
_GAP = 3.0
_LONGEST = 180.0
_NARROWEST = 44.0
_SHARES = (0.5, 0.2, 0.8, 0.35, 0.65)
"""Where in the view the name of a country is tried whose middle is out of view."""


@dataclass(frozen=True, slots=True)
class Name:
    """Words in a box of the view; role is place, chosen or country."""

    words: str
    box: QRectF
    role: str


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of the names."""

    place: QFont
    chosen: QFont
    country: QFont

    @classmethod
    def of(cls, font: QFont) -> "Fonts":
        """Made of the window's font."""
        small, strong, wide = QFont(font), QFont(font), QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.92)
        strong.setWeight(QFont.Weight.Bold)
        wide.setPointSizeF(font.pointSizeF() * 0.78)
        wide.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 112)
        wide.setCapitalization(QFont.Capitalization.AllUppercase)
        return cls(small, strong, wide)


class _Taken:
    """Which part of the view has something on it: rows of cells, each row a number with a bit for each cell."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._rows = [0] * (int(height // _CELL) + 1)

    def is_free(self, box: QRectF) -> bool:
        """Whether a box lies in the view and on nothing."""
        left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
        if left < 0 or top < 0 or right > self._width or bottom > self._height:
            return False
        bits = _bits(left, right)
        return not any(row & bits for row in self._rows[int(top // _CELL) : int(bottom // _CELL) + 1])

    def take(self, box: QRectF) -> None:
        """Covers the part of a box that lies in the view."""
        left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
        bits = _bits(max(0.0, left), max(0.0, right))
        for row in range(max(0, int(top // _CELL)), min(len(self._rows), int(bottom // _CELL) + 1)):
            self._rows[row] |= bits


def _bits(left: float, right: float) -> int:
    first = int(left // _CELL)
    return ((1 << int(right // _CELL) - first + 1) - 1) << first


def names_in(
    camera: Camera,
    dots: Sequence[Dot],
    chosen: EntityId | None,
    lands: Sequence[Country],
    fonts: Fonts,
    corners: Sequence[QRectF] = (),
) -> list[Name]:
    """The names there is room for; nothing is written in the corners, which are boxes with something else."""
    taken = _Taken(camera.width, camera.height)
    for corner in corners:
        taken.take(corner)
    shown = dots[:_MOST]
    first = [dot for dot in dots if dot.spot.placed.entity == chosen]
    for dot in (*first, *shown):
        taken.take(_around(dot, dot.radius * 0.8))
    metrics = QFontMetricsF(fonts.place)
    found = [_beside(dot, "chosen", QFontMetricsF(fonts.chosen), taken) for dot in first]
    found += [_beside(dot, "place", metrics, taken) for dot in shown if dot.spot.placed.entity != chosen]
    return [*_country_names(camera, lands, fonts.country, taken), *(name for name in found if name is not None)]


def _around(dot: Dot, reach: float) -> QRectF:
    return QRectF(dot.x - reach, dot.y - reach, 2 * reach, 2 * reach)


def _beside(dot: Dot, role: str, metrics: QFontMetricsF, taken: _Taken) -> Name | None:
    words = metrics.elidedText(shown(dot.spot.placed.name), Qt.TextElideMode.ElideRight, _LONGEST)
    width, height = metrics.horizontalAdvance(words) + 2, metrics.height()
    away = dot.radius + (_GAP if role == "place" else 3 * _GAP)
    places = (
        (dot.x + away, dot.y - height / 2),
        (dot.x - away - width, dot.y - height / 2),
        (dot.x - width / 2, dot.y - away - height),
        (dot.x - width / 2, dot.y + away),
    )
    for left, top in places:
        box = QRectF(left, top, width, height)
        if taken.is_free(box):
            taken.take(box)
            return Name(words, box, role)
    return None


def _country_names(camera: Camera, lands: Sequence[Country], font: QFont, taken: _Taken) -> Iterator[Name]:
    """Names of the countries that are wide enough for theirs."""
    metrics = QFontMetricsF(font)
    for land in sorted(lands, key=lambda land: -land.breadth):
        room = land.breadth * camera.scale
        width = metrics.horizontalAdvance(land.name.upper()) + 6
        if room < max(_NARROWEST, width * 0.9):
            continue
        for x, y in _standing(camera, land):
            box = QRectF(x - width / 2, y - metrics.height() / 2, width, metrics.height())
            if taken.is_free(box):
                taken.take(box.adjusted(-_GAP, -_GAP, _GAP, _GAP))
                yield Name(land.name, box, "country")
                break


def _standing(camera: Camera, land: Country) -> Iterator[tuple[float, float]]:
    """Where in the view a country's name may stand: in its middle, else in what is seen of it."""
    left, top = camera.x - camera.width / camera.scale / 2, camera.y - camera.height / camera.scale / 2
    heart_x, heart_y = land.heart
    turn = round(heart_x - camera.x)  # the copy of the world that is in view
    yield (heart_x - turn - left) * camera.scale, (heart_y - top) * camera.scale
    if land.breadth * camera.scale < camera.width / 2:
        return  # most of it is out of view: its name would be in the way of others'
    view = QRectF(left + turn, top, camera.width / camera.scale, camera.height / camera.scale)
    outline = land.outline(camera.scale, view)
    for down in _SHARES:
        for across in _SHARES:
            x, y = view.left() + across * view.width(), view.top() + down * view.height()
            if outline.contains(QPointF(x, y)):
                yield across * camera.width, down * camera.height
