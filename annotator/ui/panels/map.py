"""The map of the places that the article or the project names; all of it but this is made when it is first shown."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.ui.desk import Desk
from annotator.ui.widgets.late import LatePanel


class MapPanel(LatePanel):
    """chosen is sent with the entity whose place was clicked."""

    id = "map"
    title = "Map"
    area = Qt.DockWidgetArea.RightDockWidgetArea
    chosen = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def make(self) -> QWidget:
        """The map's sheet."""
        from annotator.ui.map.sheet import MapSheet

        sheet = MapSheet(self._desk)
        sheet.chosen.connect(self.chosen)
        sheet.setFocusProxy(sheet.view)
        return sheet

    def ask_point(self, title: str, take: Callable[[float, float], None]) -> None:
        """Asks for a click; title says for which, such as “Click where Kabul is”. Escape takes none.

        take gets latitude and longitude in degrees. Whoever asks brings the panel to the front.
        """
        sheet: Any = self.inside()
        sheet.ask_point(title, take)
