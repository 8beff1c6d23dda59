"""The comments of the article that is shown, and on what is chosen; made when it is first seen."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.ui.desk import Desk
from annotator.ui.widgets.late import LatePanel


class CommentPanel(LatePanel):
    """A dock for threads."""

    id = "comments"
    title = "Comments"
    area = Qt.DockWidgetArea.RightDockWidgetArea

    def __init__(self, desk: Desk, view: Any) -> None:
        super().__init__()
        self._desk, self._view = desk, view

    def make(self) -> QWidget:
        """The threads with a field to answer."""
        from annotator.ui.discussion import Discussion

        return Discussion(self._desk, self._view)

    def begin(self) -> None:
        """Puts the keyboard into the field for a new comment on what is chosen."""
        inside: Any = self.inside()
        inside.begin()
