"""Entities with their aliases, and the keys they are looked up by: whole folded names and words of names."""

import sqlite3
from collections.abc import Iterable

from annotator.domain.entities import Alias, AliasKind, Entity
from annotator.domain.names import fold, name_keys
from annotator.storage.tables.base import Row, Table, Values


def _to_row(entity: Entity) -> Row:
    return (
        entity.id,
        entity.kind,
        entity.name,
        entity.description,
        entity.author,
        entity.created,
        entity.changed,
    )


def _from_row(row: Row) -> Entity:
    return Entity(
        id=row[0], kind=row[1], name=row[2], description=row[3], author=row[4], created=row[5], changed=row[6]
    )


class _Entities(Table[Entity]):
    def insert(self, connection: sqlite3.Connection, records: Iterable[Entity]) -> None:
        """Adds entities with their aliases and keys."""
        entities = tuple(records)
        super().insert(connection, entities)
        for entity in entities:
            _insert_names(connection, entity)

    def update(self, connection: sqlite3.Connection, record: Entity) -> None:
        """Writes the entity; its names anew."""
        super().update(connection, record)
        _delete_names(connection, record)
        _insert_names(connection, record)

    def delete(self, connection: sqlite3.Connection, record: Entity) -> None:
        """Takes the entity and its names away."""
        _delete_names(connection, record)
        super().delete(connection, record)

    def read(self, connection: sqlite3.Connection, condition: str, values: Values = ()) -> list[Entity]:
        """The entities that meet a condition, each with its aliases."""
        entities = super().read(connection, condition, values)
        return [_with_aliases(connection, entity) for entity in entities]


def _insert_names(connection: sqlite3.Connection, entity: Entity) -> None:
    aliases = [(entity.id, number, alias.text, alias.kind.value) for number, alias in enumerate(entity.aliases)]
    connection.executemany("INSERT INTO alias (entity_id, number, text, kind) VALUES (?, ?, ?, ?)", aliases)
    whole = {fold(name) for name in entity.names}
    keys = [(entity.id, key, int(key in whole)) for key in name_keys(entity.names)]
    connection.executemany("INSERT INTO entity_key (entity_id, key, is_name) VALUES (?, ?, ?)", keys)


def _delete_names(connection: sqlite3.Connection, entity: Entity) -> None:
    connection.execute("DELETE FROM alias WHERE entity_id = ?", (entity.id,))
    connection.execute("DELETE FROM entity_key WHERE entity_id = ?", (entity.id,))


def _with_aliases(connection: sqlite3.Connection, entity: Entity) -> Entity:
    rows = connection.execute("SELECT text, kind FROM alias WHERE entity_id = ? ORDER BY number", (entity.id,))
    aliases = tuple(Alias(text, AliasKind(kind)) for text, kind in rows)
    if not aliases:
        return entity
    return Entity(
        entity.id, entity.kind, entity.name, entity.author, entity.created, entity.changed, aliases, entity.description
    )


ENTITIES = _Entities(
    "entity", Entity, ("id", "kind", "name", "description", "author_id", "created", "changed"), _to_row, _from_row
)
