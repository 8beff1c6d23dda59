"""The queue of articles as a list model. Only ids are held for all; rows are read in pages when they are shown."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.annotators import consensus_id
from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment, State
from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.queue import Order, QueueFilter, QueueRow, Review
from annotator.services.workspace import Workspace

_PAGE = 128
_Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole
"""The role under which a row itself is had."""


class QueueModel(QAbstractListModel):
    """The articles that pass the filter, in its order."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._consensus = consensus_id(workspace.records.project().id)
        self._filter = QueueFilter()
        self._ids: list[ArticleId] = []
        self._numbers: dict[ArticleId, int] = {}
        self._pages: dict[int, list[QueueRow]] = {}
        self._read_all()

    @property
    def order(self) -> Order:
        """In which order they are."""
        return self._filter.order

    def filter(self, wanted: QueueFilter) -> None:
        """Lists other articles."""
        self._filter = wanted
        self._read_all()

    def next_to_review(self, article: ArticleId) -> ArticleId | None:
        """The article after one, among those that pass the filter, that somebody has marked and nobody has reviewed."""
        wanted = replace(self._filter, review=Review.OPEN)
        return self._workspace.records.next_in_queue(wanted, self._workspace.author.annotator, article)

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
            states = ", ".join(filter(None, (row.state, row.review)))
            return f"{row.article.title}, {states}, {row.mentions} mentions, {row.claims} claims{_need(row)}"
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

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        """All that pass the filter."""
        return tuple(self._ids)

    def number_of(self, article: ArticleId | None) -> int | None:
        """The row of an article, if it passes the filter."""
        return self._numbers.get(article) if article else None

    def take(self, edit: Edit) -> None:
        """Takes over an edit: new articles at the end, other counts in their rows."""
        articles = [change for change in edit.changes if isinstance(change.record, Article)]
        new = [change.after.id for change in articles if isinstance(change.after, Article) and change.before is None]
        if new and len(new) == len(articles) and self._filter == QueueFilter():
            self._append(new)
        elif any(change.before is None or change.after is None for change in articles):
            self._read_all()
            return
        else:
            for change in articles:
                self._describe(change.after)
        for article, changed in _by_article(edit, self._workspace.author.annotator, self._consensus).items():
            self._adjust(article, changed)

    def _describe(self, after: object) -> None:
        number = self._numbers.get(after.id) if isinstance(after, Article) else None
        rows = self._pages.get(number // _PAGE) if number is not None else None
        if isinstance(after, Article) and number is not None and rows is not None:
            rows[number % _PAGE] = replace(rows[number % _PAGE], article=after)
            self.dataChanged.emit(self.index(number), self.index(number))

    def _append(self, new: list[ArticleId]) -> None:
        first = len(self._ids)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        self._pages.pop(first // _PAGE, None)
        self._ids += new
        self._numbers |= {article: first + number for number, article in enumerate(new)}
        self.endInsertRows()

    def _adjust(self, article: ArticleId, changed: "_Changed") -> None:
        """Counts on from what is known: asking the file would take longer the more there is in the article."""
        number = self._numbers.get(article)
        rows = self._pages.get(number // _PAGE) if number is not None else None
        if number is None or rows is None:
            return
        row = rows[number % _PAGE]
        rows[number % _PAGE] = replace(
            row,
            state=changed.state or row.state,
            mentions=row.mentions + changed.mentions,
            claims=row.claims + changed.claims,
            review=changed.review[0] if changed.review else row.review,
        )
        index = self.index(number)
        self.dataChanged.emit(index, index)


def _need(row: QueueRow) -> str:
    return f", {row.unseen} new names, {row.disputed} disputed" if row.unseen is not None else ""


@dataclass(slots=True)
class _Changed:
    """How many mentions and claims an edit added to an article, and the states it gave it; review holds at most one."""

    mentions: int = 0
    claims: int = 0
    state: State | None = None
    review: tuple[State | None, ...] = ()


def _by_article(edit: Edit, annotator: AnnotatorId, consensus: AnnotatorId) -> dict[ArticleId, _Changed]:
    changed: dict[ArticleId, _Changed] = {}
    for change in edit.changes:
        more = (change.before is None) - (change.after is None)
        match change.record:
            case Mention(article=article):
                changed.setdefault(article, _Changed()).mentions += more
            case Claim(article=article):
                changed.setdefault(article, _Changed()).claims += more
            case Assignment(article=article, annotator=who, state=state) if who == annotator:
                changed.setdefault(article, _Changed()).state = state if change.after else State.TO_DO
            case Assignment(article=article, annotator=who, state=state) if who == consensus:
                changed.setdefault(article, _Changed()).review = (state if change.after else None,)
    return changed
