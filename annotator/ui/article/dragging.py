"""Dragging a chosen mention out of the text, onto the entity that it names."""

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.domain.mentions import Mention
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.models.entities import MENTION_DRAG


class MentionDrag(QObject):
    """As in every editor: what is chosen already is dragged, anything else begins a selection."""

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._from: QPoint | None = None
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begins a drag once the mouse has moved far enough."""
        if isinstance(event, QMouseEvent):
            place = event.position().toPoint()
            match event.type():
                case QEvent.Type.MouseButtonPress:
                    self._from = place if self._chosen_at(event) is not None else None
                case QEvent.Type.MouseButtonRelease:
                    self._from = None
                case QEvent.Type.MouseMove if self._from is not None:
                    if (place - self._from).manhattanLength() >= QApplication.startDragDistance():
                        self._from = None
                        self._drag()
                    return True
        return super().eventFilter(watched, event)

    def _chosen_at(self, event: QMouseEvent) -> Mention | None:
        mention = self._desk.contents.mention(self._desk.focus.mention)
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if mention is None or not is_plain or self._view.selection() is not None:
            return None
        offset = self._view.exact_offset_at(event.position().toPoint())
        return mention if offset is not None and any(s.start <= offset < s.end for s in mention.spans) else None

    def _drag(self) -> None:
        mention = self._desk.contents.mention(self._desk.focus.mention)
        if mention is None:
            return
        data = QMimeData()
        data.setData(MENTION_DRAG, mention.id.encode())
        drag = QDrag(self._view)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.LinkAction)
        # The text never hears of the mouse being let go over another panel.
        self._view.is_pressed = False
