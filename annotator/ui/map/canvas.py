"""What the map widget shows and how it is moved; what mouse and keys do with it is the view's."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.ids import EntityId
from annotator.ui.map.camera import Camera
from annotator.ui.map.drawing import Scene, draw_map
from annotator.ui.map.inks import Inks
from annotator.ui.map.spots import Dot, Spot, dot_at


class MapCanvas(QWidget):
    """Places on the outlines of countries. The map is drawn once for each change and kept as a picture."""

    def __init__(self, inks: Inks) -> None:
        super().__init__()
        self._camera = Camera().fitted(())
        self._inks = inks
        self._spots: tuple[Spot, ...] = ()
        self._dots: list[Dot] = []
        self._picture: QPixmap | None = None
        self._chosen: EntityId | None = None
        self._is_fitted = False
        self.setMinimumSize(200, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """As large as a dock usually is."""
        return QSize(420, 340)

    @property
    def camera(self) -> Camera:
        """What is in view."""
        return self._camera

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The places that are shown, the most mentioned first, in view or not."""
        return self._spots

    def scene(self, inks: Inks | None = None) -> Scene:
        """All that is to be drawn; with colours given, as a picture in these."""
        is_picture = inks is not None
        return Scene(self._camera, self._spots, self._chosen, inks or self._inks, self.font(), is_picture)

    # What is where

    @property
    def dots(self) -> list[Dot]:
        """The places in view, the most mentioned first."""
        self.drawn()
        return self._dots

    def dot_of(self, entity: EntityId | None) -> Dot | None:
        """A place in view."""
        return next((dot for dot in self.dots if dot.spot.placed.entity == entity), None)

    def dot_under(self, at: QPointF | None) -> Dot | None:
        """The place under a point of the widget."""
        return dot_at(self.dots, at.x(), at.y()) if at is not None else None

    def position_of(self, entity: EntityId) -> QPoint | None:
        """Where a place is in this widget; None when it is out of view."""
        dot = self.dot_of(entity)
        return QPoint(round(dot.x), round(dot.y)) if dot else None

    # What is shown

    def show_spots(self, spots: Sequence[Spot], *, fit: bool) -> None:
        """Shows other places; moves the map so that all can be seen when wanted, or when a new one could not."""
        known = {spot.placed.entity for spot in self._spots}
        self._spots = tuple(spots)
        new = [spot for spot in spots if spot.placed.entity not in known]
        if fit or not all(self._is_in_view(spot) for spot in new):
            self.fit()
        self.redraw()

    def choose(self, entity: EntityId | None, *, move: bool = True) -> None:
        """Marks the chosen place; moves the map when it is out of view, unless that is not wanted."""
        if entity == self._chosen:
            return
        self._chosen = entity
        spot = next((spot for spot in self._spots if spot.placed.entity == entity), None)
        is_sized = self._camera.width > 1  # before it was laid out nothing is in view
        if move and is_sized and spot is not None and not self._is_in_view(spot):
            self.look(replace(self._camera, x=spot.x, y=spot.y).seen())
        self.redraw()

    def set_inks(self, inks: Inks) -> None:
        """Draws in other colours."""
        self._inks = inks
        self.redraw()

    def _is_in_view(self, spot: Spot) -> bool:
        x, y = self._camera.to_screen(*spot.point)
        return 0 <= x < self._camera.width and 0 <= y < self._camera.height

    # Moving

    def look(self, camera: Camera) -> None:
        """Shows another part of the world."""
        if camera != self._camera:
            self._camera, self._is_fitted = camera, False
            self.redraw()

    def fit(self) -> None:
        """Shows all places, or the world when there is none."""
        self.look(self._camera.fitted([spot.point for spot in self._spots]))
        self._is_fitted = True

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer by a factor, around a point of this widget or its middle."""
        at = at or self.middle
        self.look(self._camera.zoomed(factor, at.x(), at.y()))

    @property
    def middle(self) -> QPointF:
        """The middle of the widget."""
        return QPointF(self.width() / 2, self.height() / 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps all places in view if they were, else the middle."""
        super().resizeEvent(event)
        was_fitted = self._is_fitted
        self.look(self._camera.resized(self.width(), self.height()))
        if was_fitted:
            self.fit()

    # Painting

    def redraw(self) -> None:
        """Draws the map anew when it is painted next."""
        self._picture = None
        self.update()

    def drawn(self) -> QPixmap:
        """The map as a picture, drawn anew when something in it has changed."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatioF() != ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            painter = QPainter(self._picture)
            self._dots = draw_map(painter, self.scene())
            painter.end()
        return self._picture
