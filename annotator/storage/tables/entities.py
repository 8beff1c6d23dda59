"""Entities as rows, with their aliases and with the keys that they are looked up by."""

from collections.abc import Iterable, Sequence

from annotator.domain.entities import Alias, AliasKind, Entity
from annotator.domain.names import fold, name_keys
from annotator.storage.connection import Row
from annotator.storage.tables.base import Part, Table


def _to_row(entity: Entity) -> Row:
    return (
        entity.id,
        entity.kind,
        entity.name,
        entity.author,
        entity.created,
        entity.changed,
        entity.description,
        fold(entity.name),
    )


def _from_row(row: Row, aliases: Sequence[Row]) -> Entity:
    id_, kind, name, author, created, changed, description, _ = row
    named = tuple([Alias(text, AliasKind(alias_kind)) for _, text, alias_kind in aliases])
    return Entity(id_, kind, name, author, created, changed, named, description)


def _aliases(entity: Entity) -> Iterable[Row]:
    return ((ord_, alias.text, alias.kind.value) for ord_, alias in enumerate(entity.aliases))


def _keys(entity: Entity) -> Iterable[Row]:
    whole = {fold(name) for name in entity.names}
    return ((key, int(key in whole)) for key in name_keys(entity.names))


ENTITIES = Table(
    Entity,
    "entity",
    ("id", "kind", "name", "author_id", "created", "changed", "description", "folded_name"),
    _to_row,
    _from_row,
    (
        Part("alias", "entity_id", ("ord", "text", "kind"), _aliases),
        Part("entity_key", "entity_id", ("key", "is_name"), _keys, is_read=False),
    ),
)
