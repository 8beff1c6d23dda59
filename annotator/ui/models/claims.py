"""The claims of the shown article in reading order, each with how deep it stands inside others."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.entities import Entity
from annotator.domain.ids import ClaimId, EntityId
from annotator.ui.desk import Desk
from annotator.ui.models.queue import ROW

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim with its number, the names of its sources and its depth: 0 when it is inside no other.

    chain has who passes it on, from the outermost speaker of the article inwards, without its own sources.
    """

    claim: Claim
    number: int
    sources: tuple[str, ...]
    depth: int
    outer: int | None
    chain: tuple[str, ...] = ()


class ClaimListModel(QAbstractListModel):
    """One article has some dozen claims, so an edit of one reads them all again from the contents."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[ClaimRow] = []
        self.read()

    def read(self) -> None:
        """Lists the claims of the contents."""
        self.beginResetModel()
        claims = self._desk.contents.claims()
        numbers = {claim.id: number for number, claim in enumerate(claims, start=1)}
        by_id = {claim.id: claim for claim in claims}
        names = self._names(claims)
        self._rows = [
            ClaimRow(
                claim,
                numbers[claim.id],
                tuple(_source_name(names, source.entity, source.quote) for source in claim.sources),
                len(_outer(by_id, claim)),
                numbers.get(claim.within) if claim.within else None,
                tuple(
                    " and ".join(names.get(source.entity or EntityId(""), source.quote) for source in outer.sources)
                    for outer in _outer(by_id, claim)
                    if outer.sources
                ),
            )
            for claim in claims
        ]
        self.endResetModel()

    def _names(self, claims: list[Claim]) -> dict[EntityId, str]:
        wanted = {source.entity for claim in claims for source in claim.sources if source.entity}
        return {entity: self._desk.workspace.records.entity(entity).name for entity in wanted}

    def take(self, edit: Edit) -> bool:
        """Reads again when the edit changed a claim, or the name of an entity; answers whether it did."""
        concerned = any(isinstance(change.record, Claim | Entity) for change in edit.changes)
        if concerned and (self._rows or self._desk.contents.claims()):
            self.read()
            return True
        return False

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many claims there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The content, what a screen reader says, or the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.claim.quote
        if role == Qt.ItemDataRole.AccessibleTextRole:
            sources = ", ".join(row.sources) or "no source"
            return f"Claim {row.number}: {' › '.join((*row.chain, sources))}: {row.claim.quote}"
        return None

    def index_of(self, claim: ClaimId | None) -> QModelIndex:
        """Where a claim is listed; an invalid index when it is not."""
        for number, row in enumerate(self._rows):
            if row.claim.id == claim:
                return self.index(number)
        return QModelIndex()


def _source_name(names: dict[EntityId, str], entity: EntityId | None, quote: str) -> str:
    name = names.get(entity) if entity else None
    if name is None:
        return f"“{quote}”"
    return name if name.casefold() == quote.casefold() else f"{name} (“{quote}”)"


def _outer(claims: dict[ClaimId, Claim], claim: Claim) -> list[Claim]:
    """The claims it is quoted in, the outermost first."""
    chain: list[Claim] = []
    seen = {claim.id}
    while claim.within is not None and claim.within in claims and claim.within not in seen:
        claim = claims[claim.within]
        seen.add(claim.id)
        chain.insert(0, claim)
    return chain
