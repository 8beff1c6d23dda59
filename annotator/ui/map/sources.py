"""Which places the map shows: those of the article, or the whole project's, kept in step with every edit."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from annotator.domain.edits import Edit
from annotator.domain.entities import PLACE, Entity, Placed
from annotator.domain.ids import EntityId
from annotator.domain.mentions import Mention
from annotator.errors import EditRefused
from annotator.services.maps import read_placed
from annotator.ui.desk import Desk
from annotator.ui.jobs import Job


class PlaceSource(QObject):
    """read is sent when other places are shown from now on, touched when an edit has changed some of them."""

    read = Signal()
    touched = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._places: dict[EntityId, Placed] = {}
        self._is_whole = False

    @property
    def places(self) -> tuple[Placed, ...]:
        """The places that have coordinates."""
        return tuple(self._places.values())

    def show(self, *, whole_project: bool) -> None:
        """Reads the article's places at once, or the project's in the background."""
        self._is_whole = whole_project
        if whole_project:
            self._begin_reading()
        else:
            self._read_article()
            self.read.emit()

    def _read_article(self) -> None:
        contents = self._desk.contents
        found = (_placed(entity, contents.count_of(entity.id)) for entity in contents.entities())
        self._places = {placed.entity: placed for placed in found if placed is not None}

    def _begin_reading(self) -> None:
        """Reads the project's places; after another task when one is under way."""
        if not self._is_whole:
            return
        path = self._desk.workspace.records.path
        job = Job("Reading places", lambda: read_placed(path), self._take_project)
        job.ended.connect(self._on_ended)
        if not self._desk.jobs.run(job) and self._desk.jobs.current is not None:
            self._desk.jobs.current.ended.connect(self._begin_reading)

    def _take_project(self, places: tuple[Placed, ...]) -> None:
        if self._is_whole:
            self._places = {placed.entity: placed for placed in places}
            self.read.emit()

    def _on_ended(self, error: str) -> None:
        if error:
            self._desk.notices.failed.emit(error)

    def take(self, edit: Edit) -> None:
        """Takes over what an edit changed."""
        before = dict(self._places)
        if self._is_whole:
            self._count(edit)
            for change in edit.changes:
                if isinstance(change.record, Entity):
                    self._take_entity(change.record.id, change.after)
        elif self._concerns_places(edit):
            self._read_article()
        if self._places != before:
            self.touched.emit()

    def _concerns_places(self, edit: Edit) -> bool:
        """Whether the article may have other places now; a mention of somebody is no reason to look at all of them."""
        for change in edit.changes:
            for record in (change.before, change.after):
                if isinstance(record, Mention):
                    entity = record.entity
                    if entity in self._places or (entity and self._is_place(entity)):
                        return True
                elif record is not None and (not isinstance(record, Entity) or record.kind == PLACE):
                    return True
        return False

    def _is_place(self, entity: EntityId) -> bool:
        try:
            known = self._desk.contents.entity(entity)
        except EditRefused:  # it went with this edit
            return False
        return known is not None and known.kind == PLACE

    def _count(self, edit: Edit) -> None:
        for change in edit.changes:
            for record, step in ((change.before, -1), (change.after, 1)):
                if isinstance(record, Mention) and record.entity in self._places:
                    placed = self._places[record.entity]
                    self._places[record.entity] = replace(placed, mentions=placed.mentions + step)

    def _take_entity(self, id_: EntityId, after: object) -> None:
        known = self._places.pop(id_, None)
        if isinstance(after, Entity):
            count = known.mentions if known else self._desk.workspace.records.mention_counts([id_]).get(id_, 0)
            placed = _placed(after, count)
            if placed is not None:
                self._places[id_] = placed


def _placed(entity: Entity, mentions: int) -> Placed | None:
    is_shown = entity.kind == PLACE and entity.place.point is not None
    return Placed(entity.id, entity.name, entity.place, mentions) if is_shown else None
