"""The map of the places that the article or the project names; all of it but this is made when it is first shown."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.ui.desk import Desk


class MapPanel(QWidget):
    """chosen is sent with the entity whose place was clicked."""

    id = "map"
    title = "Map"
    area = Qt.DockWidgetArea.RightDockWidgetArea
    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._ask: Callable[[str, Callable[[float, float], None]], None] | None = None

    def sizeHint(self) -> QSize:
        """As large as a dock usually is."""
        return QSize(420, 380)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Makes the map when it is first seen, not when it is a tab behind another: a start reads no outlines."""
        super().paintEvent(event)
        if self._ask is None:
            QTimer.singleShot(0, self._make_if_seen)

    def _make_if_seen(self) -> None:
        if self.isVisible():  # the window may have closed meanwhile, and the project with it
            self._make()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on to the map."""
        super().focusInEvent(event)
        self._make()
        self.setFocus(event.reason())

    def ask_point(self, title: str, take: Callable[[float, float], None]) -> None:
        """Asks for a click; title says for which, such as “Click where Kabul is”. Escape takes none.

        take gets latitude and longitude in degrees. Whoever asks brings the panel to the front.
        """
        self._make()(title, take)

    def _make(self) -> Callable[[str, Callable[[float, float], None]], None]:
        if self._ask is None:
            from annotator.ui.map.sheet import MapSheet

            sheet = MapSheet(self._desk)
            sheet.chosen.connect(self.chosen)
            self._whole.addWidget(sheet)
            self.setFocusProxy(sheet.view)
            self._ask = sheet.ask_point
        return self._ask
