"""A small drawing of an entity and those it is linked to: arrows with what they say, nearest first."""

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.models.ties import Ties, ties_of
from annotator.ui.widgets.graph_art import Sheet, draw_graph
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.rings import Node, height_for, places

_SLACK = 6.0
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


class EntityGraph(QWidget):
    """Hides itself where there is no link. Tab goes from neighbour to neighbour.

    chosen is sent with the entity that was clicked, or that Enter was pressed on.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._ties: Ties | None = None
        self._nodes: tuple[Node, ...] = ()
        self._at: EntityId | None = None
        self._under: EntityId | None = None
        self.setMinimumHeight(height_for(0))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        desk.theme.changed.connect(self.update)
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as its neighbours need."""
        return QSize(320, self.minimumHeight())

    def show_entity(self, entity: Entity) -> None:
        """Shows an entity with its links as they are now."""
        self._ties = ties = ties_of(self._desk.workspace.records, entity)
        known = {one.id for one in ties.neighbours}
        self._at = self._at if self._at in known else None
        self._under = None
        self.setMinimumHeight(height_for(len(ties.neighbours)))
        self._place()
        self._describe()
        self.setVisible(bool(ties.neighbours))

    @property
    def neighbours(self) -> tuple[Entity, ...]:
        """The entities around the one in the middle."""
        return self._ties.neighbours if self._ties else ()

    @property
    def current(self) -> EntityId | None:
        """The neighbour that Tab has come to."""
        return self._at

    def position_of(self, entity: EntityId) -> QPointF | None:
        """Where an entity's sign is in this widget."""
        return next((node.at for node in self._nodes if node.entity.id == entity), None)

    def _place(self) -> None:
        self._nodes = places(self._ties, QSizeF(self.size())) if self._ties else ()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spreads the rings anew."""
        super().resizeEvent(event)
        self._place()

    # Mouse and keys

    def _node_at(self, point: QPointF) -> Node | None:
        """The neighbour under a point."""
        near = [(_distance(node.at, point) - node.radius, node) for node in self._nodes[1:]]
        away, node = min(near, key=lambda pair: pair[0], default=(_SLACK + 1, None))
        return node if away <= _SLACK else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Says what is under the mouse."""
        node = self._node_at(event.position())
        under = node.entity.id if node else None
        if under != self._under:
            self._under = under
            self.setToolTip(plain_tip(self._words(node.entity)) if node else "")
            self.setCursor(Qt.CursorShape.PointingHandCursor if node else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        super().leaveEvent(event)
        self._under = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Chooses the neighbour that was clicked."""
        node = self._node_at(event.position()) if event.button() is Qt.MouseButton.LeftButton else None
        if node is not None:
            self.chosen.emit(node.entity.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the neighbour that Tab has come to."""
        if event.key() in _ENTER and self._at is not None:
            self.chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  # Qt's name for it
        """From neighbour to neighbour; after the last one to the next widget."""
        ids = [one.id for one in self.neighbours]
        place = ids.index(self._at) if self._at in ids else -1 if next else len(ids)
        place += 1 if next else -1
        self._at = ids[place] if 0 <= place < len(ids) else None
        self._describe()
        self.update()
        if self._at is None:
            return super().focusNextPrevChild(next)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    # Words and painting

    def _words(self, entity: Entity) -> str:
        links = self._ties.words_between(self._ties.middle.id, entity.id) if self._ties else ""
        return f"{short(entity.name, 80)} ({entity.kind}): {links}"

    def _describe(self) -> None:
        if self._ties is None:
            return
        count = len(self._ties.neighbours) + self._ties.more
        linked = "1 linked entity" if count == 1 else f"{count} linked entities"
        at = next((one for one in self.neighbours if one.id == self._at), None)
        self.setAccessibleName(f"Links of {short(self._ties.middle.name, 80)}")
        self.setAccessibleDescription(
            f"{self._words(at)}. Enter chooses it" if at else f"{linked}. Tab goes from one to the next"
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """The drawing."""
        del event
        if self._ties is None:
            return
        marked = self._under or (self._at if self.hasFocus() else None)
        tones, schema = self._desk.theme.tones, self._desk.schema
        sheet = Sheet(self._ties, self._nodes, marked, tones, schema, self.font(), self.hasFocus())
        draw_graph(QPainter(self), sheet, QSizeF(self.size()))


def _distance(one: QPointF, other: QPointF) -> float:
    step = one - other
    return float((step.x() ** 2 + step.y() ** 2) ** 0.5)
