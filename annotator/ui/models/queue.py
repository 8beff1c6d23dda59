"""The queue of articles as a list model. Only ids are held for all; rows are read in pages when they are shown."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment
from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter, QueueRow
from annotator.services.workspace import Workspace

_PAGE = 128
_Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole
"""The role under which a row itself is had."""


class QueueModel(QAbstractListModel):
    """The articles that pass the filter, in the order in which they were imported."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._filter = QueueFilter()
        self._ids: list[ArticleId] = []
        self._numbers: dict[ArticleId, int] = {}
        self._pages: dict[int, list[QueueRow]] = {}
        self._read_all()

    def filter(self, wanted: QueueFilter) -> None:
        """Lists other articles."""
        self._filter = wanted
        self._read_all()

    def _read_all(self) -> None:
        self.beginResetModel()
        self._ids = list(self._workspace.records.queue(self._filter, self._workspace.author.annotator))
        self._numbers = {article: number for number, article in enumerate(self._ids)}
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many articles pass."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title, what a screen reader says, or the row itself."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.row(index.row()).article.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(index.row())
            return f"{row.article.title}, {row.state}, {row.mentions} mentions, {row.claims} claims"
        return None

    def row(self, number: int) -> QueueRow:
        """One row; its page is read if it was not."""
        page, within = divmod(number, _PAGE)
        rows = self._pages.get(page)
        if rows is None:
            ids = self._ids[page * _PAGE : (page + 1) * _PAGE]
            rows = self._pages[page] = list(self._read(ids))
        return rows[within]

    def _read(self, ids: list[ArticleId]) -> tuple[QueueRow, ...]:
        return self._workspace.records.queue_rows(tuple(ids), self._workspace.author.annotator)

    def article(self, number: int) -> ArticleId | None:
        """The id of the article in a row."""
        return self._ids[number] if 0 <= number < len(self._ids) else None

    def number_of(self, article: ArticleId | None) -> int | None:
        """The row of an article, if it passes the filter."""
        return self._numbers.get(article) if article else None

    def take(self, edit: Edit) -> None:
        """Takes over an edit: new articles at the end, other counts in their rows."""
        records = [change.record for change in edit.changes]
        new = [change.after.id for change in edit.changes if isinstance(change.after, Article) and not change.before]
        if new and self._filter == QueueFilter():
            self._append(new)
        elif any(isinstance(record, Article) for record in records):
            self._read_all()
            return
        touched = {record.article for record in records if isinstance(record, Mention | Claim | Assignment)}
        for article in touched:
            self._read_again(article)

    def _append(self, new: list[ArticleId]) -> None:
        first = len(self._ids)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        self._pages.pop(first // _PAGE, None)
        self._ids += new
        self._numbers |= {article: first + number for number, article in enumerate(new)}
        self.endInsertRows()

    def _read_again(self, article: ArticleId) -> None:
        """One row, not its page: this happens at every gesture."""
        number = self._numbers.get(article)
        rows = self._pages.get(number // _PAGE) if number is not None else None
        if number is not None and rows is not None:
            (rows[number % _PAGE],) = self._read([article])
            index = self.index(number)
            self.dataChanged.emit(index, index)
