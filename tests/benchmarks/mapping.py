"""The map at 1440 x 900, painted in software: each step of a drag, with 1,000 places and the outlines alone."""

import math
from itertools import cycle

from PySide6.QtGui import QFont, QImage, QPainter

from annotator.domain.entities import Basis, Place, Placed, PlaceLevel
from annotator.domain.ids import EntityId
from annotator.domain.schemas import parse
from annotator.paths import resource
from annotator.ui.application import make_qt_application
from annotator.ui.map.camera import Camera, unit_x, unit_y
from annotator.ui.map.drawing import Scene, draw_map
from annotator.ui.map.ground import draw_ground
from annotator.ui.map.inks import inks
from annotator.ui.map.spots import Spot, spots_of
from annotator.ui.theme import LIGHT
from tests.benchmarks.measuring import median, percentile, seconds, show

STEPS, PLACES = 60, 1_000
WIDTH, HEIGHT = 1_440, 900
SCALES = (("world, 1:110m", 1_440), ("continent, 1:50m", 3_300), ("region, 1:50m", 8_000), ("country, 1:50m", 24_000))
_FRAME = 0.016
_BASES = cycle((Basis.GAZETTEER, Basis.CENTROID, Basis.DRAWN))


def main() -> None:
    """Drags the map at four scales."""
    make_qt_application()
    schema = parse(resource("schemas/news_claims.json").read_text(encoding="utf-8"))
    colours, font = inks(LIGHT, schema), QFont()
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)

    def ground(camera: Camera) -> float:
        def work() -> None:
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_ground(painter, camera, colours, is_picture=False)
            painter.end()

        return seconds(work)

    def whole(camera: Camera, spots: tuple[Spot, ...]) -> float:
        def work() -> None:
            painter = QPainter(image)
            draw_map(painter, Scene(camera, spots, spots[0].placed.entity, colours, font))
            painter.end()

        return seconds(work)

    for name, scale in SCALES:
        start = Camera(unit_x(67), unit_y(34), scale, WIDTH, HEIGHT).seen()
        spots = places_around(start)
        first = ground(start)
        cameras = [start.moved(7 * step, 3 * step) for step in range(1, STEPS + 1)]
        alone = [ground(camera) for camera in cameras]
        full = [whole(camera, spots) for camera in cameras]
        show(f"{name}: {PLACES:,} places / outlines alone", median(full), median(alone), 5.0)
        show(f"{name}: outlines alone / 16 ms", median(alone), _FRAME, 1.0)
        show(f"{name}: the same, 99th percentile", percentile(alone, 0.99), _FRAME, 1.0)
        print(f"   the first repaint at this scale, outlines made: {first * 1e3:.0f} ms")


def places_around(camera: Camera) -> tuple[Spot, ...]:
    """Places in a spiral over the view, all in it, with 1 to 40 mentions."""
    found = []
    for number in range(PLACES):
        turn, reach = number * 2.4, math.sqrt(number / PLACES) * 0.42
        x, y = WIDTH * (0.5 + reach * math.cos(turn)), HEIGHT * (0.5 + reach * math.sin(turn))
        lat, lon = camera.to_degrees(x, y)
        place = Place(PlaceLevel.POPULATED_PLACE, lat, lon, next(_BASES))
        found.append(Placed(EntityId(f"{number}"), f"Place {number}", place, 1 + number % 40))
    return spots_of(found)


if __name__ == "__main__":
    main()
