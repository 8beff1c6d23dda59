"""Groups of accounts, events and contradictions, as a list: only ids are held for all, a row is read when it shows."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.accounts import Cluster, differing, event_row
from annotator.domain.events import When
from annotator.domain.ids import ClaimId
from annotator.domain.links import Link
from annotator.services.accounts import read_cluster
from annotator.services.workspace import Workspace
from annotator.ui.edits import short
from annotator.ui.models.claim_table import day_words
from annotator.ui.models.queue import ROW

Groups = tuple[tuple[tuple[ClaimId, ...], tuple[Link, ...]], ...]
_Index = QModelIndex | QPersistentModelIndex
_KEPT = 400


@dataclass(frozen=True, slots=True)
class GroupRow:
    """What a group is about, and in a second line how many accounts there are and in what they differ."""

    head: str
    signs: str


class GroupListModel(QAbstractTableModel):
    """One column; a table, because a list view would ask for every row."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._groups: Groups = ()
        self._rows: dict[int, GroupRow] = {}

    def show(self, groups: Groups) -> None:
        """Lists these groups."""
        self.beginResetModel()
        self._groups = groups
        self._rows.clear()
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many groups."""
        return 0 if parent is not None and parent.isValid() else len(self._groups)

    def columnCount(self, parent: _Index | None = None) -> int:
        """One."""
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of both lines, or the row itself."""
        if not index.isValid() or role not in {ROW, Qt.ItemDataRole.DisplayRole}:
            return None
        row = self._rows.get(index.row())
        if row is None:
            if len(self._rows) >= _KEPT:
                self._rows.clear()
            row = self._rows[index.row()] = _row(self.cluster(index.row()))
        return row if role == ROW else f"{row.head}\n{row.signs}"

    def cluster(self, row: int) -> Cluster:
        """A group with its accounts, read now."""
        return read_cluster(self._workspace, *self._groups[row])

    def first_claim(self, row: int) -> ClaimId | None:
        """What a group is known by from one reading to the next."""
        return self._groups[row][0][0] if 0 <= row < len(self._groups) else None

    def row_with(self, claim: ClaimId | None) -> int:
        """The row of the group with this claim; -1 without one."""
        return next((row for row, (claims, _) in enumerate(self._groups) if claim in claims), -1)


def _row(cluster: Cluster) -> GroupRow:
    if not cluster.accounts:
        return GroupRow("(deleted)", "")
    row = event_row(cluster.accounts)
    where = row.place.name if row.place else ""
    when = day_words(When(earliest=row.earliest, latest=row.latest))
    head = ", ".join(filter(None, (row.type.capitalize(), where, when))) or short(cluster.accounts[0].words, 60)
    signs = [f"{len(cluster.accounts)} accounts"]
    if cluster.contradictions:
        count = len(cluster.contradictions)
        signs.append(f"{count} contradiction{'s' if count > 1 else ''}")
    differ = differing(cluster.accounts)
    if differ:
        signs.append(f"differ in {', '.join(differ)}")
    return GroupRow(head, " · ".join(signs))
