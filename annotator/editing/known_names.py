"""A list of known actors and places becomes entities: those that are there are brought up to date, never doubled."""

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import UNNAMED_SOURCE, Basis, Entity, Place, PlaceLevel
from annotator.domain.identifiers import GEONAMES, WIKIDATA, Identifier
from annotator.domain.ids import EntityId, is_uuid
from annotator.domain.known_names import KnownName
from annotator.domain.names import fold
from annotator.domain.records import Records
from annotator.errors import EditRefused

_MOST = 20
"""Entities of one name that are looked at."""


def take_known_names(records: Records, by: Author, names: Sequence[KnownName]) -> Edit:
    """Makes or updates an entity for each name: found by its id, by another register's id, or by name and kind.

    What the list leaves empty stays as it was; other names and ids are added. A name that several entities bear, and an
    unnamed source, are left alone, because nobody can tell which is meant.
    """
    changes: dict[EntityId, Change] = {}
    for known in names:
        found = _meant(records, changes, known)
        if found is _NOBODY or known.kind == UNNAMED_SOURCE:
            continue
        before = found if isinstance(found, Entity) else None
        after = _updated(before or _new(records, by, known), known)
        if before is None:
            changes[after.id] = Change(None, after)
        elif after != before:
            first = changes[before.id].before if before.id in changes else before
            changes[before.id] = Change(first, replace(after, changed=by.now()))
    if not changes:
        raise EditRefused("The list says nothing that is not in the project already.")
    return Edit(EditKind.IMPORT_NAMES, tuple(changes.values()), (str(len(changes)),))


_NOBODY = object()


def _meant(records: Records, changes: dict[EntityId, Change], known: KnownName) -> object:
    """The entity that a name of the list means; None for a new one, _NOBODY where it may be several."""
    fresh = {id_: change.after for id_, change in changes.items() if isinstance(change.after, Entity)}
    if known.id:
        entity = fresh.get(EntityId(known.id)) or _there(records, known.id)
        if entity is not None:
            return entity
    for identifier in identifiers_of(known):
        bearing = [entity for entity in fresh.values() if identifier in entity.ids]
        bearing += [e for e in records.entities_with_id(identifier.scheme, identifier.value) if e.id not in fresh]
        if bearing:
            return bearing[0] if len(bearing) == 1 else _NOBODY
    called = [entity for entity in fresh.values() if entity.kind == known.kind and entity.is_called(known.name)]
    keyed = records.entities_keyed(fold(known.name), _MOST)
    called += [e for e in keyed if e.kind == known.kind and e.is_called(known.name) and e.id not in fresh]
    return None if not called else called[0] if len(called) == 1 else _NOBODY


def _there(records: Records, id_: str) -> Entity | None:
    try:
        return records.entity(EntityId(id_))
    except EditRefused:
        return None


def _new(records: Records, by: Author, known: KnownName) -> Entity:
    del records
    now = by.now()
    # An id that came with the list is kept, so that the lists and projects of a team can be put together later.
    id_ = known.id if is_uuid(known.id) else by.new_id()
    return Entity(EntityId(id_), known.kind, known.name, by.annotator, now, now)


def _updated(before: Entity, known: KnownName) -> Entity:
    names = [before.name, *(alias.text for alias in before.aliases)]
    aliases = [*before.aliases]
    for alias in known.aliases:
        if not any(fold(alias.text) == fold(name) for name in names):
            aliases.append(alias)
            names.append(alias.text)
    return replace(
        before,
        aliases=tuple(aliases),
        description=known.description or before.description,
        sectors=known.sectors or before.sectors,
        country=known.country or before.country,
        role=known.role or before.role,
        ids=tuple(dict.fromkeys((*before.ids, *identifiers_of(known)))),
        place=_place(before.place, known),
    )


def _place(before: Place, known: KnownName) -> Place:
    place = replace(before, level=PlaceLevel(known.level)) if known.level else before
    if known.lat is None or known.lon is None or (known.lat, known.lon) == before.point:
        return place
    basis = Basis.GAZETTEER if known.geonames else Basis.ESTIMATED
    return replace(place, lat=known.lat, lon=known.lon, basis=basis)


def identifiers_of(known: KnownName) -> tuple[Identifier, ...]:
    """The ids in other registers that a name of a list has."""
    own = ((WIKIDATA, known.wikidata), (GEONAMES, known.geonames))
    return (*(Identifier(scheme, value) for scheme, value in own if value), *known.other_ids)


def as_known_name(entity: Entity) -> KnownName:
    """An entity as a line of a list."""
    by_scheme = {known.scheme: known.value for known in reversed(entity.ids)}
    own = (Identifier(WIKIDATA, by_scheme.get(WIKIDATA, "")), Identifier(GEONAMES, by_scheme.get(GEONAMES, "")))
    place = entity.place
    return KnownName(
        kind=entity.kind,
        name=entity.name,
        id=entity.id,
        aliases=entity.aliases,
        description=entity.description,
        sectors=entity.sectors,
        country=entity.country,
        role=entity.role,
        wikidata=own[0].value,
        geonames=own[1].value,
        other_ids=tuple(known for known in entity.ids if known not in own),
        level=place.level.value if place.level else "",
        lat=place.lat,
        lon=place.lon,
    )
