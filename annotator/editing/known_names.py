"""A list of known actors and places becomes entities: those that are there are brought up to date, never doubled."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import UNNAMED_SOURCE, Alias, Basis, Entity, Place, PlaceLevel
from annotator.domain.identifiers import GEONAMES, WIKIDATA, Identifier
from annotator.domain.ids import EntityId, is_uuid
from annotator.domain.known_names import KnownName
from annotator.domain.names import fold
from annotator.domain.records import Records
from annotator.errors import EditRefused

_MOST = 20
"""Entities of one name that are looked at."""


def take_known_names(
    records: Records, by: Author, names: Sequence[KnownName], listed: Collection[str] = frozenset()
) -> Edit:
    """Makes or updates an entity for each name: found by its id, by another register's id, or by name and kind.

    What the list leaves empty stays as it was; other names and ids are added. A name that several entities bear, and an
    unnamed source, are left alone, because nobody can tell which is meant. listed are the ids of the whole list, of
    which names may be a part: an entity with the id of one line is never another line's.
    """
    found = _Found(records, frozenset(listed) | {known.id for known in names if known.id})
    for known in names:
        if known.kind == UNNAMED_SOURCE:
            continue
        meant = found.meant(known)
        if len(meant) > 1:
            continue
        before = meant[0] if meant else None
        after = _updated(before or _new(by, known), known)
        if before is None:
            found.changes[after.id] = Change(None, after)
        elif after != before:
            first = found.changes[before.id].before if before.id in found.changes else before
            found.changes[before.id] = Change(first, replace(after, changed=by.now()))
    if not found.changes:
        raise EditRefused("The list says nothing that is not in the project already.")
    return Edit(EditKind.IMPORT_NAMES, tuple(found.changes.values()), (str(len(found.changes)),))


class _Found:
    """The project as it is with the changes of the names so far."""

    def __init__(self, records: Records, listed: frozenset[str]) -> None:
        self._records, self._listed = records, listed
        self.changes: dict[EntityId, Change] = {}

    def meant(self, known: KnownName) -> list[Entity]:
        """The entities that a name of the list may mean; none for a new one, several where nobody can tell."""
        fresh = {id_: change.after for id_, change in self.changes.items() if isinstance(change.after, Entity)}
        own = fresh.get(EntityId(known.id)) or self._there(known.id)
        if own is not None:
            return [own]
        for identifier in identifiers_of(known):
            bearing = [entity for entity in fresh.values() if identifier in entity.ids]
            there = self._records.entities_with_id(identifier.scheme, identifier.value)
            bearing += [entity for entity in there if entity.id not in fresh]
            if bearing := [entity for entity in bearing if not self._is_other_line(entity, known)]:
                return bearing
        keyed = self._records.entities_keyed(fold(known.name), _MOST)
        called = [*fresh.values(), *(entity for entity in keyed if entity.id not in fresh)]
        return [entity for entity in called if self._may_be(entity, known)]

    def _may_be(self, entity: Entity, known: KnownName) -> bool:
        """Whether one is called like the other and nothing says that they are two."""
        return (
            entity.kind == known.kind
            and entity.is_called(known.name)
            and not self._is_other_line(entity, known)
            and not _registered_apart(entity, known)
        )

    def _is_other_line(self, entity: Entity, known: KnownName) -> bool:
        return bool(known.id) and entity.id in self._listed

    def _there(self, id_: str) -> Entity | None:
        try:
            return self._records.entity(EntityId(id_))
        except EditRefused:
            return None


def _registered_apart(entity: Entity, known: KnownName) -> bool:
    """Whether a register that gives each thing one number has two of them for these."""
    ours, theirs = ({one.scheme: one.value for one in ids} for ids in (entity.ids, identifiers_of(known)))
    return any(
        ours.get(scheme, theirs[scheme]) != theirs[scheme] for scheme in (WIKIDATA, GEONAMES) if scheme in theirs
    )


def _new(by: Author, known: KnownName) -> Entity:
    now = by.now()
    # An id that came with the list is kept, so that the lists and projects of a team can be put together later.
    id_ = known.id if is_uuid(known.id) else by.new_id()
    return Entity(EntityId(id_), known.kind, known.name, by.annotator, now, now)


def _updated(before: Entity, known: KnownName) -> Entity:
    # The list that an entity's id comes from says what it is called now; any other list only knows one more name.
    name = known.name if known.id == before.id else before.name
    aliases = [alias for alias in before.aliases if name == before.name or fold(alias.text) != fold(name)]
    folded = {fold(name), *(fold(alias.text) for alias in aliases)}
    for alias in (Alias(before.name), Alias(known.name), *known.aliases):
        if fold(alias.text) not in folded:
            aliases.append(alias)
            folded.add(fold(alias.text))
    return replace(
        before,
        name=name,
        aliases=tuple(aliases),
        description=_said(known.description, before.description),
        sectors=known.sectors or before.sectors,
        country=_said(known.country, before.country),
        role=_said(known.role, before.role),
        ids=tuple(dict.fromkeys((*before.ids, *identifiers_of(known)))),
        place=_place(before.place, known),
    )


def _said(new: str, old: str) -> str:
    """What the list says, if it says something else: blanks at the ends do not come through a list."""
    return new if new and new != old.strip() else old


def _place(before: Place, known: KnownName) -> Place:
    place = replace(
        before,
        level=PlaceLevel(known.level) if known.level else before.level,
        basis=Basis(known.basis) if known.basis else before.basis,
        province=_said(known.province, before.province),
        district=_said(known.district, before.district),
    )
    if known.lat is None or known.lon is None or (known.lat, known.lon) == before.point:
        return place
    guessed = Basis.GAZETTEER if known.geonames else Basis.ESTIMATED
    return replace(place, lat=known.lat, lon=known.lon, basis=Basis(known.basis) if known.basis else guessed)


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
        basis=place.basis.value if place.basis else "",
        province=place.province,
        district=place.district,
    )
