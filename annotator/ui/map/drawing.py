"""Drawing a map on any painter: the screen's, a picture's, a vector drawing's."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QPainter

from annotator.domain.ids import EntityId
from annotator.ui.map.camera import Camera
from annotator.ui.map.ground import draw_ground
from annotator.ui.map.inks import Inks
from annotator.ui.map.margin import Margin
from annotator.ui.map.names import Fonts, Name, names_in
from annotator.ui.map.spots import Dot, Spot, dots_in
from annotator.ui.map.symbols import draw_chosen, draw_dots
from annotator.ui.map.writing import stamp, write


@dataclass(frozen=True, slots=True)
class Scene:
    """All that decides what a map looks like. On screen, drawn anew at each step, speed goes before smooth edges."""

    camera: Camera
    spots: Sequence[Spot]
    chosen: EntityId | None
    inks: Inks
    font: QFont
    is_picture: bool = False


def draw_map(painter: QPainter, scene: Scene) -> list[Dot]:
    """Draws everything; answers the places that are in view, in the order in which they were drawn."""
    camera, inks, is_picture = scene.camera, scene.inks, scene.is_picture
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(QRectF(0, 0, camera.width, camera.height))
    lands = draw_ground(painter, camera, inks, is_picture=is_picture)
    dots, fonts = dots_in(camera, scene.spots), Fonts.of(scene.font)
    margin = Margin(camera, scene.spots, inks, scene.font)
    names = names_in(camera, dots, scene.chosen, lands, fonts, margin.boxes)
    _draw_names(painter, [name for name in names if name.role == "country"], fonts, scene)
    draw_dots(painter, dots, inks, as_stamps=not is_picture)
    for dot in dots:
        if dot.spot.placed.entity == scene.chosen:
            draw_chosen(painter, dot, inks)
    _draw_names(painter, [name for name in names if name.role != "country"], fonts, scene)
    margin.draw(painter, is_picture=is_picture)
    return dots


def _draw_names(painter: QPainter, names: Sequence[Name], fonts: Fonts, scene: Scene) -> None:
    inks, draw = scene.inks, write if scene.is_picture else stamp
    looks = {
        "place": (fonts.place, inks.text),
        "chosen": (fonts.chosen, inks.text),
        "country": (fonts.country, inks.country),
    }
    for name in names:
        words = name.words.upper() if name.role == "country" else name.words
        draw(painter, words, name.box, *looks[name.role], inks.land)
