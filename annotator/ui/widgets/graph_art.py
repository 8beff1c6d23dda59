"""Painting the graph around an entity: arrows, signs and words that do not cover each other."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from annotator.domain.entities import PLACE, Entity
from annotator.domain.ids import EntityId
from annotator.domain.schemas import LabelKind, Schema
from annotator.ui.models.ties import Tie, Ties
from annotator.ui.theme import Tones, blend
from annotator.ui.widgets.rings import Node
from annotator.ui.widgets.signs import sign
from annotator.ui.widgets.unseen import shown

_HEAD = 7.0
_GAP = 4.0
_NAME_WIDTH, _WIDE_NAME, _FEW = 92.0, 136.0, 7
_EDGE = 5.0
_FLAT = 0.25
"""The steepness below which words stand above an arrow instead of on it, which they would hide."""
_ALONG = (0.54, 0.6, 0.66, 0.48, 0.42, 0.74)
"""Shares of an arrow's length at which its words are tried."""
_CENTRED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextSingleLine.value


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that decides what the drawing looks like; marked is the neighbour under the mouse or the keyboard."""

    ties: Ties
    nodes: tuple[Node, ...]
    marked: EntityId | None
    tones: Tones
    schema: Schema
    font: QFont
    has_focus: bool = False

    @property
    def small(self) -> QFont:
        """For the words on arrows."""
        font = QFont(self.font)
        font.setPointSizeF(self.font.pointSizeF() * 0.82)
        return font

    def colour_of(self, entity: Entity) -> QColor:
        """The colour that mentions of its kind have in the text."""
        wanted = LabelKind.LOCATION if entity.kind == PLACE else LabelKind.ACTOR
        for label in self.schema.labels:
            if label.kind is wanted and entity.kind in label.kinds:
                return QColor(label.dark if self.tones.is_dark else label.light)
        return QColor(self.tones.quiet)


def draw_graph(painter: QPainter, sheet: Sheet, size: QSizeF) -> None:
    """Draws the arrows among neighbours first, then those of the middle, then signs and words."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(sheet.tones.accent if sheet.has_focus else sheet.tones.line), 1.0))
    painter.setBrush(QColor(sheet.tones.field))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), 6, 6)
    at = {node.entity.id: node for node in sheet.nodes}
    taken = [_sign_box(node) for node in sheet.nodes]
    names = _names(sheet, size, taken)
    own = [tie for tie in sheet.ties.ties if tie.joins(sheet.ties.middle.id)]
    others = [tie for tie in sheet.ties.ties if not tie.joins(sheet.ties.middle.id)]
    arrows = [(tie, _arrow(tie, at, sheet, is_own=tie in own)) for tie in (*others, *own)]
    for tie, path in reversed(arrows):
        _write_on(painter, sheet, tie, path, taken)
    for node in sheet.nodes:
        _draw_sign(painter, node, sheet)
    for node, box in names:
        _write_name(painter, node, box, sheet)
    if sheet.ties.more:
        painter.setFont(sheet.small)
        painter.setPen(QColor(sheet.tones.quiet))
        corner = QRectF(0, size.height() - 20, size.width() - 8, 16)
        painter.drawText(corner, Qt.AlignmentFlag.AlignRight.value, f"and {sheet.ties.more} more")


# Arrows


def _arrow(tie: Tie, at: dict[EntityId, Node], sheet: Sheet, *, is_own: bool) -> tuple[QPainterPath, QColor]:
    """The line of a tie, straight to the middle and bent between neighbours, and its colour."""
    start, end = at[tie.origin], at[tie.target]
    middle = sheet.nodes[0].at
    step = end.at - start.at
    length = max(1.0, math.hypot(step.x(), step.y()))
    control = (start.at + end.at) / 2
    if not is_own:
        aside = QPointF(-step.y(), step.x()) / length
        outward = control - middle
        side = 1.0 if aside.x() * outward.x() + aside.y() * outward.y() >= 0 else -1.0
        control += aside * side * length * 0.16
    path = QPainterPath(_toward(start.at, control, start.radius + _GAP))
    path.quadTo(control, _toward(end.at, control, end.radius + _GAP))
    is_marked = sheet.marked is not None and tie.joins(sheet.marked)
    if is_marked:
        return path, QColor(sheet.tones.accent)
    return path, blend(sheet.tones.text, sheet.tones.field, 0.62 if is_own else 0.3)


def _toward(start: QPointF, end: QPointF, far: float) -> QPointF:
    step = end - start
    length = max(1.0, math.hypot(step.x(), step.y()))
    return start + step * (far / length)


def _write_on(
    painter: QPainter, sheet: Sheet, tie: Tie, arrow: tuple[QPainterPath, QColor], taken: list[QRectF]
) -> None:
    """Draws an arrow and, where there is room, its words; those under the mouse are written in any case."""
    path, colour = arrow
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, 1.4))
    painter.drawPath(path)
    if not tie.is_symmetric:
        _draw_head(painter, path, colour)
    metrics, words = QFontMetricsF(sheet.small), shown(", ".join(tie.words))
    width, height = metrics.horizontalAdvance(words) + 6, metrics.height()
    step = path.pointAtPercent(1.0) - path.pointAtPercent(0.0)
    is_flat = abs(step.y()) < _FLAT * abs(step.x())
    sides = (
        (QPointF(0, -height / 2 - 2), QPointF(0, height / 2 + 2))
        if is_flat
        else (QPointF(), QPointF(width / 3, 0), QPointF(-width / 3, 0))
    )
    boxes = [_around(path.pointAtPercent(share) + side, width, height) for side in sides for share in _ALONG]
    box = next((box for box in boxes if not any(box.intersects(other) for other in taken)), None)
    if box is None and sheet.marked is not None and tie.joins(sheet.marked):
        box = boxes[0]
    if box is not None:
        taken.append(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(sheet.tones.field))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(sheet.small)
        painter.setPen(colour if sheet.marked and tie.joins(sheet.marked) else QColor(sheet.tones.quiet))
        painter.drawText(box, _CENTRED, words)


def _draw_head(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    tip, angle = path.pointAtPercent(1.0), math.radians(-path.angleAtPercent(1.0))
    sides = [tip - QPointF(math.cos(angle + turn), math.sin(angle + turn)) * _HEAD for turn in (0.42, -0.42)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([tip, *sides]))


def _around(point: QPointF, width: float, height: float) -> QRectF:
    return QRectF(point.x() - width / 2, point.y() - height / 2, width, height)


# Signs and names


def _sign_box(node: Node) -> QRectF:
    return _around(node.at, 2 * node.radius + 4, 2 * node.radius + 4)


def _draw_sign(painter: QPainter, node: Node, sheet: Sheet) -> None:
    colour, outline = sheet.colour_of(node.entity), sign(sheet.schema, node.entity.kind, node.at, node.radius)
    painter.setPen(QPen(QColor(sheet.tones.field), 5.0))
    painter.setBrush(QColor(sheet.tones.field))
    painter.drawPath(outline)
    is_middle = node is sheet.nodes[0]
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(colour if is_middle else blend(colour.name(), sheet.tones.field, 0.24))
    painter.drawPath(outline)
    if node.entity.id == sheet.marked:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(sheet.tones.accent), 1.8))
        painter.drawEllipse(node.at, node.radius + 4.5, node.radius + 4.5)


def _name_font(node: Node, sheet: Sheet) -> QFont:
    font = QFont(sheet.font)
    if node is sheet.nodes[0]:
        font.setWeight(QFont.Weight.DemiBold)
    else:
        font.setPointSizeF(sheet.font.pointSizeF() * 0.9)
    return font


def _names(sheet: Sheet, size: QSizeF, taken: list[QRectF]) -> list[tuple[Node, QRectF]]:
    """The names there is room for, each with its box; that of the marked neighbour comes before all others."""
    found = []
    for node in sorted(sheet.nodes, key=lambda node: node.entity.id != sheet.marked and node is not sheet.nodes[0]):
        above, below = _name_boxes(node, sheet, size)
        boxes = (above, below) if node is not sheet.nodes[0] and node.is_above else (below, above)
        for box in boxes:
            if not any(box.intersects(other) for other in taken):
                taken.append(box)
                found.append((node, box))
                break
    return found


def _name_boxes(node: Node, sheet: Sheet, size: QSizeF) -> tuple[QRectF, QRectF]:
    """Above and below the sign, inside the widget."""
    metrics = QFontMetricsF(_name_font(node, sheet))
    widest = _NAME_WIDTH if len(sheet.nodes) > _FEW and node is not sheet.nodes[0] else _WIDE_NAME
    width = min(widest, metrics.horizontalAdvance(node.entity.name)) + 4
    away = node.radius + 4 + metrics.height() / 2
    boxes = []
    for side in (-away, away):
        box = _around(node.at + QPointF(0, side), width, metrics.height())
        box.moveLeft(max(_EDGE, min(box.left(), size.width() - width - _EDGE)))
        boxes.append(box)
    return boxes[0], boxes[1]


def _write_name(painter: QPainter, node: Node, box: QRectF, sheet: Sheet) -> None:
    font = _name_font(node, sheet)
    ground = QColor(sheet.tones.field)
    ground.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 3, 3)
    painter.setFont(font)
    painter.setPen(QColor(sheet.tones.text))
    words = QFontMetricsF(font).elidedText(shown(node.entity.name), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _CENTRED, words)
