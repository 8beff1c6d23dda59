"""The hits of a search in all articles as a list: ticked or not, tagged already or not, in one of three orders."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.ids import ArticleId
from annotator.domain.names import fold
from annotator.domain.spans import Span
from annotator.services.searching import Hit
from annotator.ui.models.queue import ROW

_Index = QModelIndex | QPersistentModelIndex
ORDERS = {"article": "By article", "left": "By what stands left", "right": "By what stands right"}


@dataclass(slots=True)
class HitRow:
    """A hit with whether it is ticked, and the labels it is tagged under."""

    hit: Hit
    is_ticked: bool = False
    labels: tuple[str, ...] = ()


class HitModel(QAbstractListModel):
    """Grows while a search is under way; sorting keeps the ticks."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[HitRow] = []
        self._found: list[HitRow] = []
        self.order = "article"

    def clear(self) -> None:
        """No hits."""
        self.beginResetModel()
        self._rows, self._found = [], []
        self.endResetModel()

    def add(self, rows: list[HitRow]) -> None:
        """Adds hits in the order in which they were found."""
        if not rows:
            return
        self._found += rows
        if self.order != "article":
            self.sort_by(self.order)
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def sort_by(self, order: str) -> None:
        """article, left or right; left goes word by word from the hit outward."""
        self.order = order
        self.beginResetModel()
        keys = {"left": _left_key, "right": _right_key}
        self._rows = sorted(self._found, key=keys[order]) if order in keys else list(self._found)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many hits."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row, what a screen reader says, or the tick."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            state = "ticked, " if row.is_ticked else ""
            tagged = f", tagged {', '.join(row.labels)}" if row.labels else ""
            return f"{state}{row.hit.left}{row.hit.words}{row.hit.right}, {row.hit.title}{tagged}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if row.is_ticked else Qt.CheckState.Unchecked
        return None

    def toggle(self, number: int) -> None:
        """Ticks a hit, or takes the tick away."""
        if 0 <= number < len(self._rows):
            self._rows[number].is_ticked = not self._rows[number].is_ticked
            self.dataChanged.emit(self.index(number), self.index(number))

    def tick_all(self, *, is_ticked: bool) -> None:
        """Ticks every hit that is not tagged yet, or none."""
        for row in self._rows:
            row.is_ticked = is_ticked and not row.labels
        self._all_changed()

    def hit(self, number: int) -> Hit | None:
        """The hit in a row."""
        return self._rows[number].hit if 0 <= number < len(self._rows) else None

    def ticked(self) -> list[Hit]:
        """The hits that are ticked."""
        return [row.hit for row in self._rows if row.is_ticked]

    def set_labels(self, article: ArticleId, labels: dict[Span, tuple[str, ...]]) -> None:
        """Under which labels the hits of an article are tagged now; what is tagged loses its tick."""
        for row in self._found:
            if row.hit.article == article:
                row.labels = labels.get(row.hit.span, ())
                row.is_ticked = row.is_ticked and not row.labels
        self._all_changed()

    def articles(self) -> set[ArticleId]:
        """The articles that have hits."""
        return {row.hit.article for row in self._found}

    def spans_in(self, article: ArticleId) -> list[Span]:
        """Where an article has hits."""
        return [row.hit.span for row in self._found if row.hit.article == article]

    def _all_changed(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


def _left_key(row: HitRow) -> tuple[list[str], str]:
    return list(reversed(fold(row.hit.left).split())), fold(row.hit.words)


def _right_key(row: HitRow) -> tuple[str, str]:
    return fold(row.hit.right).lstrip(" ,;:.–—-"), fold(row.hit.words)
