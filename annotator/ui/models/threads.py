"""The threads of an article that pass a filter, with who speaks and about what."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.claims import Claim
from annotator.domain.comments import Comment, Thread, threads_of
from annotator.domain.entities import Entity
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone
from annotator.ui.desk import Desk
from annotator.ui.models.queue import ROW

_Index = QModelIndex | QPersistentModelIndex
OPEN, ALL, MINE = "open", "all", "to me"
FILTERS = (OPEN, ALL, MINE)


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread with the names of who speaks in it, by id, and the words that it is about."""

    thread: Thread
    names: dict[str, str]
    about: str

    def said(self, comment: Comment) -> str:
        """Who said it, when, and what; or what it did to the thread."""
        did = {"resolves": "resolved it", "reopens": "opened it again"}.get(comment.mark.value, "")
        head = f"{self.names.get(comment.author, 'somebody')}, {comment.created[:16].replace('T', ' ')}"
        return f"{head}{f' – {did}' if did else ''}" + (f"\n{comment.text}" if comment.text else "")


class ThreadListModel(QAbstractListModel):
    """An article has some dozen threads, so an edit of one reads them all again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.filter = OPEN
        self._rows: list[ThreadRow] = []

    def read(self) -> None:
        """Lists the threads of the shown article and of the chosen entity."""
        records, focus = self._desk.workspace.records, self._desk.focus
        comments = list(records.comments_in(focus.article)) if focus.article else []
        if focus.entity is not None and focus.latest == "entity":
            there = {comment.id for comment in comments}
            comments += [one for one in records.comments_on(focus.entity) if one.id not in there]
        own = self._desk.workspace.annotator()
        me = own.name if own is not None else ""
        names: dict[str, str] = {one.author: self._desk.names.of(one.author) for one in comments}
        threads = [thread for thread in threads_of(comments) if self._passes(thread, me)]
        self.beginResetModel()
        self._rows = [ThreadRow(thread, names, self._about(thread.first)) for thread in threads]
        self.endResetModel()

    def _passes(self, thread: Thread, me: str) -> bool:
        if self.filter == MINE:
            return bool(me) and thread.calls(me)
        return self.filter == ALL or not thread.is_resolved

    def _about(self, comment: Comment) -> str:
        if comment.quote:
            return comment.quote
        if not comment.about:
            return "the article"
        for kind in (Mention, Claim, Entity, Zone):
            record: Any = self._desk.workspace.records.find(kind, comment.about)
            if record is not None:
                return str(getattr(record, "quote", "") or getattr(record, "name", "") or record.kind)
        return "something that is gone"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        """How many threads pass."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row; for screen readers the whole thread in words."""
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            state = "resolved" if row.thread.is_resolved else "open"
            return f"{state}, on “{row.about}”: {row.said(row.thread.first)}, {len(row.thread.replies)} replies"
        return None

    def row_of(self, comment: str) -> QModelIndex:
        """Where the thread of a comment is."""
        for number, row in enumerate(self._rows):
            if any(one.id == comment for one in (row.thread.first, *row.thread.replies)):
                return self.index(number)
        return QModelIndex()
