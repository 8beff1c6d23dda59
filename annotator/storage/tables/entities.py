"""Entities with their aliases, and the keys they are looked up by: whole folded names and words of names."""

import sqlite3
from collections.abc import Iterable

from annotator.domain.entities import Alias, AliasKind, Entity
from annotator.domain.names import fold, name_keys
from annotator.storage.tables.base import Row, Table, parts_by_owner


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


def _from_row(row: Row, aliases: Iterable[Row] = ()) -> Entity:
    id_, kind, name, description, author, created, changed = row
    named = tuple([Alias(text, AliasKind(alias_kind)) for text, alias_kind in aliases])
    return Entity(id_, kind, name, author, created, changed, named, description)


class _Entities(Table[Entity]):
    def insert(self, connection: sqlite3.Connection, records: Iterable[Entity]) -> None:
        """Adds entities with their aliases and keys."""
        entities = tuple(records)
        super().insert(connection, entities)
        _insert_names(connection, entities)

    def update(self, connection: sqlite3.Connection, record: Entity) -> None:
        """Writes the entity; its names anew."""
        super().update(connection, record)
        _delete_names(connection, record)
        _insert_names(connection, (record,))

    def delete(self, connection: sqlite3.Connection, record: Entity) -> None:
        """Takes the entity and its names away."""
        _delete_names(connection, record)
        super().delete(connection, record)

    def from_rows(self, connection: sqlite3.Connection, rows: list[Row]) -> list[Entity]:
        """The entities of rows, each with its aliases."""
        select = "SELECT entity_id, text, kind FROM alias"
        aliases = parts_by_owner(connection, select, "entity_id", rows) if rows else {}
        return [_from_row(row, aliases.get(row[0], ())) for row in rows]


def _insert_names(connection: sqlite3.Connection, entities: tuple[Entity, ...]) -> None:
    connection.executemany(
        "INSERT INTO alias (entity_id, number, text, kind) VALUES (?, ?, ?, ?)",
        (
            (entity.id, number, alias.text, alias.kind.value)
            for entity in entities
            for number, alias in enumerate(entity.aliases)
        ),
    )
    connection.executemany(
        "INSERT INTO entity_key (entity_id, key, is_name) VALUES (?, ?, ?)",
        (row for entity in entities for row in _keys(entity)),
    )


def _keys(entity: Entity) -> Iterable[Row]:
    whole = {fold(name) for name in entity.names}
    return ((entity.id, key, int(key in whole)) for key in name_keys(entity.names))


def _delete_names(connection: sqlite3.Connection, entity: Entity) -> None:
    connection.execute("DELETE FROM alias WHERE entity_id = ?", (entity.id,))
    connection.execute("DELETE FROM entity_key WHERE entity_id = ?", (entity.id,))


ENTITIES = _Entities(
    "entity", Entity, ("id", "kind", "name", "description", "author_id", "created", "changed"), _to_row, _from_row
)
