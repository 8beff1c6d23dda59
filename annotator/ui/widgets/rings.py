"""Where the entities of a graph stand: one in the middle, the others on one or two rings around it."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSizeF

from annotator.domain.entities import Entity
from annotator.ui.models.ties import Ties

MIDDLE, OUTER = 10.0, 7.5
"""Radii of the signs in pixels."""
_ONE_RING, _INNER_RING = 12, 9
"""Neighbours that fit on one ring; with more than these, as many stand on the inner one of two."""
_MARGIN_X, _MARGIN_Y = 52.0, 32.0


@dataclass(frozen=True, slots=True)
class Node:
    """An entity at a point of the widget; angle is in radians, clockwise from the right."""

    entity: Entity
    at: QPointF
    angle: float
    radius: float

    @property
    def is_above(self) -> bool:
        """Whether it stands in the upper half, where its name is written above it."""
        return math.sin(self.angle) < -0.2


def height_for(neighbours: int) -> int:
    """The height in pixels that so many neighbours need."""
    return 180 if neighbours <= 4 else 250 if neighbours <= 8 else 320 if neighbours <= 14 else 400


def places(ties: Ties, size: QSizeF) -> tuple[Node, ...]:
    """The nodes, the middle one first; with one neighbour the two stand beside each other."""
    middle = QPointF(size.width() / 2, size.height() / 2)
    count = len(ties.neighbours)
    if count == 1:
        aside = QPointF(size.width() * 0.24, 0)
        return (
            Node(ties.middle, middle - aside, 0.0, MIDDLE),
            Node(ties.neighbours[0], middle + aside, 0.0, OUTER),
        )
    nodes = [Node(ties.middle, middle, 0.0, MIDDLE)]
    inner = count if count <= _ONE_RING else _INNER_RING
    for first, last, share in ((0, inner, 1.0 if inner == count else 0.56), (inner, count, 1.0)):
        here = ties.neighbours[first:last]
        turn = 0.5 if first and len(here) % 2 == inner % 2 else 0.0  # not behind those of the inner ring
        for number, entity in enumerate(here):
            angle = _angle(number + turn, len(here))
            x = (size.width() / 2 - _MARGIN_X) * share * math.cos(angle)
            y = (size.height() / 2 - _MARGIN_Y) * share * math.sin(angle)
            nodes.append(Node(entity, middle + QPointF(x, y), angle, OUTER))
    return tuple(nodes)


def _angle(number: float, count: int) -> float:
    """Spread evenly, so that as few as can be stand just left and right, where words on the arrows have least room."""
    start = -90.0 if count % 2 else -90.0 + 180 / count
    return math.radians(start + 360 * number / count)
