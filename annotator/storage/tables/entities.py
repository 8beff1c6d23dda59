"""Entities with their aliases and external ids, and the keys they are looked up by: folded names and words of names."""

import sqlite3
from collections.abc import Iterable, Iterator

from annotator.domain.entities import Alias, AliasKind, Basis, Entity, Place, PlaceLevel
from annotator.domain.identifiers import Identifier
from annotator.domain.names import fold, name_keys
from annotator.storage.tables.base import (
    Row,
    Table,
    loaded_values,
    loaded_words,
    parts_by_owner,
    stored_values,
    stored_words,
)

_COLUMNS = (
    *("id", "kind", "name", "description", "author_id", "created", "changed", "sectors", "country", "role"),
    *("place_level", "lat", "lon", "coordinate_basis", "province", "district", "attributes"),
)

_CHUNK, _KEYS = 500, "SELECT entity_id, key, is_name FROM (SELECT *, 0 AS number FROM entity_key)"


def _to_row(entity: Entity) -> Row:
    place = entity.place
    return (
        entity.id,
        entity.kind,
        entity.name,
        entity.description,
        entity.author,
        entity.created,
        entity.changed,
        stored_words(entity.sectors),
        entity.country,
        entity.role,
        place.level.value if place.level else None,
        place.lat,
        place.lon,
        place.basis.value if place.basis else None,
        place.province,
        place.district,
        stored_values(entity.attributes),
    )


def _from_row(row: Row, aliases: Iterable[Row] = (), ids: Iterable[Row] = ()) -> Entity:
    id_, kind, name, description, author, created, changed, sectors, country, role, *rest = row
    level, lat, lon, basis, province, district, attributes = rest
    return Entity(
        id=id_,
        kind=kind,
        name=name,
        author=author,
        created=created,
        changed=changed,
        aliases=tuple([Alias(text, AliasKind(alias_kind)) for text, alias_kind in aliases]),
        description=description,
        sectors=loaded_words(sectors),
        country=country,
        role=role,
        ids=tuple([Identifier(scheme, value) for scheme, value in ids]),
        place=Place(
            PlaceLevel(level) if level else None, lat, lon, Basis(basis) if basis else None, province, district
        ),
        attributes=loaded_values(attributes),
    )


class _Entities(Table[Entity]):
    def insert(self, connection: sqlite3.Connection, records: Iterable[Entity]) -> None:
        """Adds entities with their aliases, ids and keys."""
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
        """The entities of rows, each with its aliases and ids."""
        if not rows:
            return []
        aliases = parts_by_owner(connection, "SELECT entity_id, text, kind FROM alias", "entity_id", rows)
        ids = parts_by_owner(connection, "SELECT entity_id, scheme, value FROM external_id", "entity_id", rows)
        return [_from_row(row, aliases.get(row[0], ()), ids.get(row[0], ())) for row in rows]


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
        "INSERT INTO external_id (entity_id, number, scheme, value) VALUES (?, ?, ?, ?)",
        (
            (entity.id, number, known.scheme, known.value)
            for entity in entities
            for number, known in enumerate(entity.ids)
        ),
    )
    _insert_keys(connection, entities)


def _insert_keys(connection: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    connection.executemany(
        "INSERT INTO entity_key (entity_id, key, is_name) VALUES (?, ?, ?)",
        (row for entity in entities for row in _keys(entity)),
    )


def wrongly_keyed(connection: sqlite3.Connection) -> Iterator[Entity]:
    """The entities that are looked up by other keys than their names make, or that lack one."""
    rows = connection.execute(ENTITIES.select)
    while chunk := rows.fetchmany(_CHUNK):
        entities = ENTITIES.from_rows(connection, chunk)
        there = parts_by_owner(connection, _KEYS, "entity_id", chunk)
        for entity in entities:
            if set(there.get(entity.id, ())) != {row[1:] for row in _keys(entity)}:
                yield entity


def make_keys_anew(connection: sqlite3.Connection) -> int:
    """Within a transaction: what entities are looked up by follows from their names again. Answers for how many."""
    wrong = list(wrongly_keyed(connection))
    connection.executemany("DELETE FROM entity_key WHERE entity_id = ?", [(entity.id,) for entity in wrong])
    _insert_keys(connection, wrong)
    return len(wrong)


def _keys(entity: Entity) -> Iterable[Row]:
    whole = {fold(name) for name in entity.names}
    return ((entity.id, key, int(key in whole)) for key in name_keys(entity.names))


def _delete_names(connection: sqlite3.Connection, entity: Entity) -> None:
    for table in ("alias", "external_id", "entity_key"):
        connection.execute(f"DELETE FROM {table} WHERE entity_id = ?", (entity.id,))


ENTITIES = _Entities("entity", Entity, _COLUMNS, _to_row, _from_row)
