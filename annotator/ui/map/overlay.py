"""What lies above the map for a moment: the card of a place, the cross of a point, a sentence where nothing is."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from annotator.ui.map.drawing import Scene
from annotator.ui.map.inks import Inks
from annotator.ui.map.spots import Dot
from annotator.ui.widgets.unseen import shown

_PAD = 9.0
_AWAY = 10.0
_WIDEST = 300.0
_REACH = 14.0


def draw_card(painter: QPainter, scene: Scene, dot: Dot) -> None:
    """A place's name and what is known about it, beside its symbol, and a ring that says which one is meant."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.inks.text, 1.6))
    painter.drawEllipse(QPointF(dot.x, dot.y), dot.radius + 2.5, dot.radius + 2.5)
    strong = QFont(scene.font)
    strong.setWeight(QFont.Weight.DemiBold)
    small = QFont(scene.font)
    small.setPointSizeF(scene.font.pointSizeF() * 0.9)
    lines = [(dot.spot.placed.name, strong, scene.inks.text)]
    lines += [(words, small, scene.inks.quiet) for words in dot.spot.facts]
    _draw_lines(painter, scene, lines, QPointF(dot.x, dot.y), dot.radius + _AWAY)


def _draw_lines(
    painter: QPainter, scene: Scene, lines: list[tuple[str, QFont, QColor]], at: QPointF, away: float
) -> None:
    metrics = [QFontMetricsF(font) for _, font, _ in lines]
    fitting = [
        m.elidedText(shown(words), Qt.TextElideMode.ElideRight, _WIDEST)
        for m, (words, _, _) in zip(metrics, lines, strict=True)
    ]
    width = max(m.horizontalAdvance(words) for m, words in zip(metrics, fitting, strict=True)) + 2 * _PAD + 1
    height = sum(m.height() for m in metrics) + 1.5 * _PAD
    box = _beside(scene, at, away, width, height)
    _draw_ground(painter, box, scene.inks)
    top = box.top() + 0.75 * _PAD
    for m, words, (_, font, colour) in zip(metrics, fitting, lines, strict=True):
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(QRectF(box.left() + _PAD, top, width, m.height()), Qt.TextFlag.TextSingleLine.value, words)
        top += m.height()


def _beside(scene: Scene, at: QPointF, away: float, width: float, height: float) -> QRectF:
    """A box right of a point, or left of it where there is no room, inside the view."""
    left = at.x() + away if at.x() + away + width <= scene.camera.width else at.x() - away - width
    left = max(2.0, min(left, scene.camera.width - width - 2))
    top = max(2.0, min(at.y() - height / 2, scene.camera.height - height - 2))
    return QRectF(left, top, width, height)


def _draw_ground(painter: QPainter, box: QRectF, inks: Inks) -> None:
    shadow = QColor(0, 0, 0, 40)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    painter.drawRoundedRect(box.translated(0, 1.5), 5, 5)
    painter.setPen(QPen(inks.edge, 1.0))
    painter.setBrush(inks.card)
    painter.drawRoundedRect(box, 5, 5)


def draw_cross(painter: QPainter, scene: Scene, at: QPointF, degrees: tuple[float, float], *, is_drawn: bool) -> None:
    """The degrees under a point; with a cross where no mouse shows it."""
    if is_drawn:
        for pen in (QPen(scene.inks.land, 4.0), QPen(scene.inks.chosen, 1.8)):
            painter.setPen(pen)
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                near, far = QPointF(dx, dy) * 4, QPointF(dx, dy) * _REACH
                painter.drawLine(QLineF(at + near, at + far))
    words = f"{degrees[0]:.4f}, {degrees[1]:.4f}"
    _draw_lines(painter, scene, [(words, scene.font, scene.inks.text)], at, _REACH + 4)


def draw_sentence(painter: QPainter, scene: Scene, words: str) -> None:
    """A sentence in the middle of the view."""
    metrics = QFontMetricsF(scene.font)
    room = min(320.0, scene.camera.width - 6 * _PAD)
    flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
    needed = metrics.boundingRect(QRectF(0, 0, room, 1000), flags, words)
    box = QRectF(0, 0, needed.width() + 4 * _PAD, needed.height() + 3 * _PAD)
    box.moveCenter(QPointF(scene.camera.width / 2, scene.camera.height / 2))
    _draw_ground(painter, box, scene.inks)
    painter.setFont(scene.font)
    painter.setPen(scene.inks.quiet)
    painter.drawText(box, flags, words)


def draw_frame(painter: QPainter, scene: Scene) -> None:
    """A frame that says the keyboard is here."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.inks.focus, 2.0))
    painter.drawRect(QRectF(1, 1, scene.camera.width - 2, scene.camera.height - 2))
