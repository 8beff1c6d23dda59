"""The entities of the shown article as a list: a heading per kind, below it its entities by name."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.projects import Project
from annotator.ui.desk import Desk
from annotator.ui.models.queue import ROW

_Index = QModelIndex | QPersistentModelIndex
_Key = tuple[int, int, str, str]
_FIRST = -(2**62)
ORDERS = {"name": "By name", "here": "By mentions here", "total": "By mentions in all", "first": "By first mention"}
MENTION_DRAG = "application/x-annotator-mention"
"""What is dragged: the id of a mention."""
_WHOLE_PROJECT = 2_000
"""Entities listed at the most when the list is of the whole project; the filter finds the others."""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity with how often it is mentioned here and in the project; without one, a heading for a kind."""

    kind: str
    entity: Entity | None = None
    here: int = 0
    total: int = 0


class EntityListModel(QAbstractListModel):
    """The entities that the shown article names, or those of the whole project."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kinds: dict[str, int] = {}
        self._keys: list[_Key] = []
        self._rows: dict[_Key, EntityRow] = {}
        self._places: dict[EntityId, _Key] = {}
        self._whole_project = False
        self._words = ""
        self._order, self._by_kind = "name", True
        self.read()

    def show(self, words: str, *, whole_project: bool) -> None:
        """Lists the entities whose names begin with these words, of this article or of the whole project."""
        self._words, self._whole_project = words, whole_project
        self.read()

    def arrange(self, order: str, *, by_kind: bool) -> None:
        """Sorts by one of ORDERS, under headings for the kinds or without."""
        self._order, self._by_kind = order, by_kind
        self.read()

    def read(self) -> None:
        """Reads all rows again: another article, or another filter."""
        self.beginResetModel()
        self._keys, self._rows, self._places = [], {}, {}
        self._kinds = {kind.key: number for number, kind in enumerate(self._desk.schema.kinds)}
        entities = [entity for entity in self._listed() if self._passes(entity)]
        counts = self._desk.workspace.records.mention_counts([entity.id for entity in entities])
        for entity in entities:
            self._hold(entity, counts.get(entity.id, 0))
        if self._by_kind:
            for number in {key[0] for key in self._rows}:
                self._rows[_heading(number)] = EntityRow(self._kind_name(number))
        self._keys = sorted(self._rows)
        self.endResetModel()

    def _listed(self) -> tuple[Entity, ...]:
        records = self._desk.workspace.records
        if self._whole_project:
            if self._words:
                kinds = tuple(kind.key for kind in self._desk.schema.kinds)
                named = records.find_entities(self._words, kinds, _WHOLE_PROJECT)
                noted = records.noted_entities(self._words, _WHOLE_PROJECT)
                return tuple({entity.id: entity for entity in (*named, *noted)}.values())
            return tuple(records.all_entities(_WHOLE_PROJECT, 0))
        return self._desk.contents.entities()

    def _passes(self, entity: Entity) -> bool:
        words = fold(self._words).split()
        known = " ".join(fold(words) for words in (*entity.names, entity.description, entity.role))
        return all(word in known for word in words)

    def _hold(self, entity: Entity, total: int) -> _Key:
        key = self._key(entity, total)
        self._rows[key] = EntityRow(entity.kind, entity, self._desk.contents.count_of(entity.id), total)
        self._places[entity.id] = key
        return key

    def _key(self, entity: Entity, total: int) -> _Key:
        number = self._kinds.get(entity.kind, len(self._kinds)) if self._by_kind else 0
        contents = self._desk.contents
        match self._order:
            case "here":
                rank = -contents.count_of(entity.id)
            case "total":
                rank = -total
            case "first":
                mentions = contents.mentions_of(entity.id)
                rank = mentions[0].hull.start if mentions else 2**62
            case _:
                rank = 0
        return (number, rank, fold(entity.name) or " ", entity.id)

    def _kind_name(self, number: int) -> str:
        return next((kind for kind, place in self._kinds.items() if place == number), "other")

    def rowCount(self, parent: _Index | None = None) -> int:
        """Headings and entities."""
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, what a screen reader says, or the row itself."""
        if not index.isValid():
            return None
        row = self._rows[self._keys[index.row()]]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.entity.name if row.entity else row.kind
        if role == Qt.ItemDataRole.AccessibleTextRole and row.entity:
            return f"{row.entity.name}, {row.kind}, {row.here} mentions here, {row.total} in the project"
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        row = self._rows[self._keys[index.row()]] if index.isValid() else None
        if row is None or row.entity is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled

    def index_of(self, entity: EntityId | None) -> QModelIndex:
        """Where an entity is listed; an invalid index when it is not."""
        key = self._places.get(entity) if entity else None
        return self.index(bisect_left(self._keys, key)) if key else QModelIndex()

    def take(self, edit: Edit) -> None:
        """Takes over an edit: only the rows of the entities it touched, unless the kinds may be others now."""
        if any(isinstance(change.record, Project) for change in edit.changes):
            self.read()
            return
        moved: dict[EntityId, int] = {}
        for change in edit.changes:
            match change.record:
                case Mention():
                    for side, step in ((change.before, -1), (change.after, 1)):
                        if isinstance(side, Mention) and side.entity:
                            moved[side.entity] = moved.get(side.entity, 0) + step
                case Entity(id=id_):
                    moved.setdefault(id_, 0)
                case Claim():
                    for claim in (change.before, change.after):
                        if isinstance(claim, Claim):
                            moved |= {entity: moved.get(entity, 0) for entity in claim.entities}
        fresh = [entity for entity in moved if entity not in self._places]
        known = self._desk.workspace.records.mention_counts(fresh) if fresh else {}
        for entity, step in moved.items():
            key = self._places.get(entity)
            total = self._rows[key].total + step if key else known.get(entity, 0)
            self._update(edit, entity, total)

    def _update(self, edit: Edit, entity: EntityId, total: int) -> None:
        after = self._entity_after(edit, entity)
        belongs = (
            after is not None and (self._whole_project or self._desk.contents.names(entity)) and self._passes(after)
        )
        key = self._places.get(entity)
        if after is None or not belongs:
            self._drop(key)
            return
        if key is not None and self._rows[key].entity is not None:
            if key == self._key(after, total):
                self._hold(after, total)
                index = self.index_of(entity)
                self.dataChanged.emit(index, index)
                return
            self._drop(key)
        self._insert(after, total)

    def _entity_after(self, edit: Edit, entity: EntityId) -> Entity | None:
        for change in edit.changes:
            if isinstance(change.record, Entity) and change.record.id == entity:
                return change.after if isinstance(change.after, Entity) else None
        key = self._places.get(entity)
        if key is not None:
            return self._rows[key].entity
        found: Entity = self._desk.workspace.records.entity(entity)
        return found

    def _insert(self, entity: Entity, total: int) -> None:
        wanted = self._key(entity, total)
        number, heading = wanted[0], _heading(wanted[0])
        if self._by_kind and heading not in self._rows:
            place = bisect_left(self._keys, heading)
            self.beginInsertRows(QModelIndex(), place, place)
            self._keys.insert(place, heading)
            self._rows[heading] = EntityRow(self._kind_name(number))
            self.endInsertRows()
        place = bisect_left(self._keys, wanted)
        self.beginInsertRows(QModelIndex(), place, place)
        self._keys.insert(place, self._hold(entity, total))
        self.endInsertRows()

    def _drop(self, key: _Key | None) -> None:
        if key is None:
            return
        self._remove(key)
        heading = _heading(key[0])
        if heading not in self._rows:
            return
        place = bisect_left(self._keys, heading)
        is_last = place + 1 >= len(self._keys) or self._keys[place + 1][0] != key[0]
        if is_last:
            self._remove(heading)

    def _remove(self, key: _Key) -> None:
        place = bisect_left(self._keys, key)
        self.beginRemoveRows(QModelIndex(), place, place)
        del self._keys[place]
        row = self._rows.pop(key)
        if row.entity is not None:
            self._places.pop(row.entity.id, None)
        self.endRemoveRows()

    def supportedDropActions(self) -> Qt.DropAction:
        """A mention that is dragged onto an entity is linked to it."""
        return Qt.DropAction.LinkAction

    def mimeTypes(self) -> list[str]:
        """What may be dropped."""
        return [MENTION_DRAG]


def _heading(number: int) -> _Key:
    return (number, _FIRST, "", "")
