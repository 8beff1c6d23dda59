"""Reading a project's entities from start to end over a connection of its own, in short steps."""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.links import DIFFERENT
from annotator.storage.connection import connect, translated
from annotator.storage.tables.entities import ENTITIES

_STEP = 500


class EntityReader:
    """Made and used in one thread."""

    def __init__(self, project: Path) -> None:
        with translated(project):
            self._connection = connect(project, read_only=True)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def entities(self) -> Iterator[Entity]:
        """All entities, by time of making."""
        last = ""
        while page := ENTITIES.read(self._connection, "id > ? ORDER BY id LIMIT ?", (last, _STEP)):
            yield from page
            last = page[-1].id

    def kept_apart(self) -> frozenset[frozenset[EntityId]]:
        """The pairs that somebody has looked at and found to be two."""
        select = "SELECT from_entity_id, to_entity_id FROM link WHERE label = ?"
        rows = self._connection.execute(select, (DIFFERENT,)).fetchall()
        return frozenset(frozenset(map(EntityId, row)) for row in rows)
