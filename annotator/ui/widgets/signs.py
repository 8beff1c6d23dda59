"""A sign for each kind of entity, told apart by its shape."""

import math

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from annotator.domain.schemas import Schema

_CORNERS = {  # kind: corners of a regular polygon and the degrees it is turned by; none of them is a disc
    "person": (0, 0.0),
    "armed group": (3, -90.0),
    "state body": (4, -45.0),
    "organisation": (6, 0.0),
    "media outlet": (5, -90.0),
    "place": (4, -90.0),
}
_OTHERS = ((7, -90.0), (8, -67.5), (3, 90.0), (5, 90.0))
"""For kinds that a project has made for itself."""
_CROWD, _UNNAMED = "crowd", "unnamed source"


def sign(schema: Schema, kind: str, at: QPointF, radius: float) -> QPainterPath:
    """The outline of a kind's sign around a point."""
    path = QPainterPath()
    if kind == _CROWD:
        for x, y in ((0, -0.5), (-0.55, 0.45), (0.55, 0.45)):
            path.addEllipse(at + QPointF(x, y) * radius, radius * 0.5, radius * 0.5)
        return path
    if kind == _UNNAMED:  # a ring: somebody is there, nobody knows who
        path.addEllipse(at, radius, radius)
        path.addEllipse(at, radius * 0.45, radius * 0.45)
        return path
    corners, turn = _CORNERS.get(kind) or _other(schema, kind)
    if not corners:
        path.addEllipse(QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius))
        return path
    reach = radius * (1.25 if corners == 3 else 1.12)
    angles = (math.radians(turn + 360 * number / corners) for number in range(corners))
    path.addPolygon(QPolygonF([at + QPointF(math.cos(angle), math.sin(angle)) * reach for angle in angles]))
    path.closeSubpath()
    return path


def _other(schema: Schema, kind: str) -> tuple[int, float]:
    own = [known.key for known in schema.kinds if known.key not in {*_CORNERS, _CROWD, _UNNAMED}]
    return _OTHERS[own.index(kind) % len(_OTHERS)] if kind in own else (0, 0.0)
