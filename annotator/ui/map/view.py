"""The map by mouse and by keys: panned, zoomed, and asked for places and points."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from annotator.domain.ids import EntityId
from annotator.ui.map.canvas import MapCanvas
from annotator.ui.map.inks import Inks
from annotator.ui.map.overlay import draw_card, draw_cross, draw_frame, draw_sentence
from annotator.ui.map.spots import Spot

Take = Callable[[float, float], None]
_NOTCH = 120
"""What a wheel's angle grows by from notch to notch; finer wheels and touch pads send parts of it."""
_PER_NOTCH, _PER_KEY, _PER_CLICK = 1.25, 1.5, 2.0
_STEP = 64
"""Pixels that an arrow key moves the map by."""
_MOVES = {
    Qt.Key.Key_Left: (_STEP, 0),
    Qt.Key.Key_Right: (-_STEP, 0),
    Qt.Key.Key_Up: (0, _STEP),
    Qt.Key.Key_Down: (0, -_STEP),
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class MapView(MapCanvas):
    """The canvas with mouse and keys. Tab goes from place to place, the most mentioned first.

    chosen is sent with the entity that was clicked; asking_changed when a click is asked for, and when no more.
    """

    chosen = Signal(object)
    asking_changed = Signal()

    def __init__(self, inks: Inks, empty: str) -> None:
        super().__init__(inks)
        self._empty = empty
        self._at: EntityId | None = None
        self._mouse: QPointF | None = None
        self._pressed: QPointF | None = None
        self._is_dragging = False
        self._take: Take | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("Map")
        self._describe()

    @property
    def current(self) -> EntityId | None:
        """The place that Tab has come to."""
        return self._at

    def show_spots(self, spots: Sequence[Spot], *, fit: bool) -> None:
        """Shows other places."""
        if not any(spot.placed.entity == self._at for spot in spots):
            self._at = None
        super().show_spots(spots, fit=fit)
        self._describe()

    def set_empty(self, words: str) -> None:
        """What is said where no place is."""
        self._empty = words
        self._describe()
        self.update()

    # Asking for a point

    @property
    def is_asking(self) -> bool:
        """Whether a click means a point."""
        return self._take is not None

    def ask(self, take: Take) -> None:
        """The next click, or Enter with the cross in the middle, is a point: take gets its latitude and longitude."""
        self._take = take
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed_asking()

    def stop_asking(self) -> None:
        """Clicks choose places again."""
        if self._take is not None:
            self._take = None
            self.unsetCursor()
            self._changed_asking()

    def _changed_asking(self) -> None:
        self._describe()
        self.update()
        self.asking_changed.emit()

    def _answer(self, at: QPointF) -> None:
        take = self._take
        self.stop_asking()
        if take is not None:
            take(*self.camera.to_degrees(at.x(), at.y()))

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """May begin a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed, self._is_dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the map, or looks at what is below the mouse."""
        here = event.position()
        if self._pressed is not None:
            step = here - self._pressed
            if self._is_dragging or step.manhattanLength() >= QApplication.startDragDistance():
                self._is_dragging = True
                self._pressed = here
                self.look(self.camera.moved(step.x(), step.y()))
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif not self.is_asking:
            found = self.dot_under(here)
            self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        self._mouse = here
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a drag, or chooses what was clicked."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_dragging, self._pressed, self._is_dragging = self._is_dragging, None, False
        if was_dragging:
            self.setCursor(Qt.CursorShape.CrossCursor if self.is_asking else Qt.CursorShape.ArrowCursor)
        elif self.is_asking:
            self._answer(event.position())
        else:
            found = self.dot_under(event.position())
            if found is not None:
                self._at = None
                self.chosen.emit(found.spot.placed.entity)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nearer, around the point under the mouse."""
        if event.button() is Qt.MouseButton.LeftButton and not self.is_asking:
            self.zoom(_PER_CLICK, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer or farther; fine wheels and touch pads by as much as they turn."""
        turned = event.angleDelta().y()
        if turned:
            self.zoom(_PER_NOTCH ** (turned / _NOTCH), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is below the mouse."""
        del event
        self._mouse = None
        self.update()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Takes pinches, and keeps the map's own keys from being the window's."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position())
            return True
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()
            return True
        return super().event(event)

    def _is_own(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        is_escape = event.key() == Qt.Key.Key_Escape and self.is_asking
        return plain and (event.text() in {"+", "=", "-", "0"} or event.key() in {*_MOVES, *_ENTER} or is_escape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, + and - zoom, 0 shows all places, Enter chooses, Escape takes no point after all."""
        key = Qt.Key(event.key())
        if not self._is_own(event):
            super().keyPressEvent(event)
        elif key in _MOVES:
            self.look(self.camera.moved(*_MOVES[key]))
        elif key in _ENTER:
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.stop_asking()
        elif event.text() == "0":
            self.fit()
        else:
            self.zoom(1 / _PER_KEY if event.text() == "-" else _PER_KEY)

    def _enter(self) -> None:
        if self.is_asking:
            self._answer(self.middle)
        elif self._at is not None:
            self.chosen.emit(self._at)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001  # Qt's name for it
        """From one place in view to the next; after the last one to the next widget."""
        ids = [dot.spot.placed.entity for dot in self.dots]
        place = ids.index(self._at) if self._at in ids else -1 if next else len(ids)
        place += 1 if next else -1
        if self.is_asking or not 0 <= place < len(ids):
            self._come_to(None)
            return super().focusNextPrevChild(next)
        self._come_to(ids[place])
        return True

    def _come_to(self, entity: EntityId | None) -> None:
        self._at = entity
        self._describe()
        self.update()
        if entity is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def _describe(self) -> None:
        spot = next((spot for spot in self.spots if spot.placed.entity == self._at), None)
        if spot is not None:
            words = ". ".join((spot.placed.name, *spot.facts, "Enter chooses it"))
        elif self.is_asking:
            words = "Arrow keys move the map below the cross in its middle, Enter takes the point, Escape takes none"
        elif self.spots:
            count = len(self.spots)
            places = "1 place" if count == 1 else f"{count} places"
            words = f"{places}. Tab goes from one to the next, arrow keys move, plus and minus zoom, 0 shows all"
        else:
            words = self._empty
        self.setAccessibleDescription(words)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The map, and above it what belongs to mouse and keyboard."""
        del event
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self.drawn())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.is_asking:
            at = self._mouse or self.middle
            degrees = self.camera.to_degrees(at.x(), at.y())
            draw_cross(painter, self.scene(), at, degrees, is_drawn=self._mouse is None)
        elif not self.spots:
            draw_sentence(painter, self.scene(), self._empty)
        else:
            under = None if self._is_dragging else self.dot_under(self._mouse)
            shown = under or (self.dot_of(self._at) if self.hasFocus() else None)
            if shown is not None:
                draw_card(painter, self.scene(), shown)
        if self.hasFocus():
            draw_frame(painter, self.scene())
