"""Entities: linking mentions to them, naming and describing them."""

import dataclasses
from collections.abc import Iterable
from typing import Any

from annotator.domain.attributes import starting_values
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.entities import PLACE, UNNAMED_SOURCE, Alias, AliasKind, Basis, Entity, Place
from annotator.domain.identifiers import GEONAMES, Identifier
from annotator.domain.ids import EntityId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.records import Records
from annotator.editing.consequences import is_worked_on
from annotator.editing.describing import changed
from annotator.errors import EditRefused

_DESCRIBED = {"description", "sectors", "country", "role", "ids"}


def new_entity(records: Records, by: Author, kind: str, name: str) -> Entity:
    """A new entity, in no project yet, with what its kind starts with. Raises EditRefused for an empty name."""
    if not name.strip():
        raise EditRefused("An entity needs a name.")
    now = by.now()
    return Entity(
        EntityId(by.new_id()),
        kind,
        " ".join(name.split()),
        by.annotator,
        now,
        now,
        sectors=_usual_sectors(records, kind),
        attributes=starting_values(records.schema.entity_attributes, kind),
    )


def _usual_sectors(records: Records, kind: str) -> tuple[str, ...]:
    return tuple(known.default_sector for known in records.schema.kinds if known.key == kind and known.default_sector)


def link(records: Records, by: Author, mention: MentionId, entity: EntityId) -> Edit:
    """Says that the mention names this entity. Its name mentions become aliases; an entity left bare goes away."""
    before = records.mention(mention)
    target = records.entity(entity)
    check_kind(records, before.label, target)
    after = changed(by, before, entity=entity)
    changes = [Change(before, after), *_aliased(by, target, after)]
    changes += _claims_following(records, by, before, entity)
    changes += _left_bare(records, before)
    return Edit(EditKind.LINK, tuple(changes), (before.quote, target.name))


def link_to_new(records: Records, by: Author, mention: MentionId, kind: str, name: str) -> Edit:
    """Makes an entity and says that the mention names it."""
    before = records.mention(mention)
    entity = new_entity(records, by, kind, name)
    check_kind(records, before.label, entity)
    after = changed(by, before, entity=entity.id)
    changes = [Change(None, _with_alias(entity, after) or entity), Change(before, after)]
    changes += _claims_following(records, by, before, entity.id)
    changes += _left_bare(records, before)
    return Edit(EditKind.LINK, tuple(changes), (before.quote, entity.name))


def unlink(records: Records, by: Author, mention: MentionId) -> Edit:
    """Takes the mention out of its entity; the mention stays."""
    before = records.mention(mention)
    if before.entity is None:
        raise EditRefused("This mention has no entity.")
    name = records.entity(before.entity).name
    changes = [Change(before, changed(by, before, entity=None)), *_claims_following(records, by, before, None)]
    return Edit(EditKind.UNLINK, tuple(changes), (before.quote, name))


def rename_entity(records: Records, by: Author, entity: EntityId, name: str) -> Edit:
    """Gives another name; the old one stays as an alias, so that it is still found."""
    before = records.entity(entity)
    name = " ".join(name.split())
    if not name:
        raise EditRefused("An entity needs a name.")
    aliases = tuple(alias for alias in before.aliases if fold(alias.text) != fold(name))
    if fold(before.name) != fold(name):
        aliases += (Alias(before.name),)
    after = changed(by, before, name=name, aliases=aliases)
    return Edit(EditKind.DESCRIBE_ENTITY, (Change(before, after),), (name,))


def set_kind(records: Records, by: Author, entity: EntityId, kind: str) -> Edit:
    """Makes the entity another kind; refused when a label of one of its mentions does not allow it."""
    before = records.entity(entity)
    # A sector that came with the old kind goes with it; one that somebody chose stays.
    is_usual = before.sectors == _usual_sectors(records, before.kind)
    after = changed(by, before, kind=kind, sectors=_usual_sectors(records, kind) if is_usual else before.sectors)
    for label in {mention.label for mention in records.mentions_of(entity)}:
        check_kind(records, label, after)
    return Edit(EditKind.DESCRIBE_ENTITY, (Change(before, after),), (before.name,))


def add_alias(records: Records, by: Author, entity: EntityId, text: str, kind: AliasKind) -> Edit:
    """Adds another name."""
    before = records.entity(entity)
    text = " ".join(text.split())
    if not text:
        raise EditRefused("An alias needs at least one letter.")
    if before.is_called(text):
        raise EditRefused(f"“{text}” is a name of {before.name} already.")
    after = changed(by, before, aliases=(*before.aliases, Alias(text, kind)))
    return Edit(EditKind.DESCRIBE_ENTITY, (Change(before, after),), (before.name,))


def remove_alias(records: Records, by: Author, entity: EntityId, text: str) -> Edit:
    """Takes a name away."""
    before = records.entity(entity)
    after = changed(by, before, aliases=tuple(alias for alias in before.aliases if alias.text != text))
    return Edit(EditKind.DESCRIBE_ENTITY, (Change(before, after),), (before.name,))


def describe_entity(records: Records, by: Author, entity: EntityId, **fields: Any) -> Edit:
    """Sets description, sectors, country, role or ids."""
    before = records.entity(entity)
    if fields.keys() - _DESCRIBED:
        raise EditRefused("This of an entity is not changed here.")
    if "country" in fields:
        fields["country"] = checked_country(str(fields["country"]))
    after: Entity = changed(by, before, **fields)
    return Edit(EditKind.DESCRIBE_ENTITY, (Change(before, after),), (before.name,))


def checked_country(words: str) -> str:
    """The code in capitals. Raises EditRefused unless it is three letters, as ISO 3166 and IGO, NGO, MNC have them."""
    code = words.strip().upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise EditRefused(f"“{words.strip()}” is no country code: write three letters, such as AFG, or IGO, NGO, MNC.")
    return code


def set_place(
    records: Records, by: Author, entity: EntityId, place: Place, ids: tuple[Identifier, ...] = (), country: str = ""
) -> Edit:
    """Says where a place is. Given ids take the place of those of the same scheme, a given country that of the old."""
    before = records.entity(entity)
    if before.kind != PLACE:
        raise EditRefused(f"“{before.name}” is a {before.kind}, not a place.")
    schemes = {known.scheme for known in ids}
    if place.basis is Basis.UNKNOWN:
        schemes.add(GEONAMES)  # a place that cannot be found is not the one that was found before
    kept = tuple(known for known in before.ids if known.scheme not in schemes)
    after: Entity = changed(by, before, place=place, ids=(*kept, *ids), country=country or before.country)
    return Edit(EditKind.SET_PLACE, (Change(before, after),), (before.name,))


def bare_after(records: Records, mention: Mention) -> tuple[Change, ...]:
    """Deletes the mention's entity when nothing but this mention ever spoke of it; a claim that names it keeps it."""
    if mention.entity is None or records.claims_naming(mention.entity):
        return ()
    return tuple(_left_bare(records, mention))


def is_named_alone(records: Records, mention: Mention) -> bool:
    """Whether nobody but this mention, and the claims that stand on its words, ever spoke of its entity."""
    return bool(_left_bare(records, mention))


def check_kind(records: Records, label_key: str, entity: Entity) -> None:
    """Raises EditRefused when a mention under this label cannot name an entity of this kind."""
    label = records.schema.label(label_key)
    if label.kinds and entity.kind not in label.kinds:
        raise EditRefused(f"“{entity.name}” is a {entity.kind}; a {label.name} cannot be one.")


def _aliased(by: Author, entity: Entity, mention: Mention) -> Iterable[Change]:
    after = _with_alias(entity, mention)
    if after is not None:
        yield Change(entity, dataclasses.replace(after, changed=by.now()))


def _with_alias(entity: Entity, mention: Mention) -> Entity | None:
    # Only names teach an alias: "the ex-vice president" is somebody else in the next article.
    if mention.level != "name" or entity.kind == UNNAMED_SOURCE or entity.is_called(mention.quote):
        return None
    return dataclasses.replace(entity, aliases=(*entity.aliases, Alias(mention.quote)))


def _claims_following(records: Records, by: Author, mention: Mention, entity: EntityId | None) -> list[Change]:
    """Who speaks, or is spoken to, by the mention's words and was its entity is the new one from now on."""
    changes: list[Change] = []
    for claim in records.claims_in(mention.article):
        after = claim.following({mention.spans}, mention.entity, entity)
        if claim.author == mention.author and after != claim:
            changes.append(Change(claim, dataclasses.replace(after, changed=by.now())))
    return changes


def _left_bare(records: Records, mention: Mention) -> list[Change]:
    """An entity that tagging made by itself goes with its only mention; one that anybody worked on stays."""
    if mention.entity is None:
        return []
    entity: Record = records.entity(mention.entity)
    assert isinstance(entity, Entity)
    if fold(entity.name) != fold(mention.quote) or records.has_mentions_beside(entity.id, mention.id):
        return []
    if is_worked_on(records, entity, (mention,)):
        return []
    naming = [claim for claim in records.claims_naming(entity.id) if not _follows(claim, mention)]
    return [] if naming else [Change(entity, None)]


def _follows(claim: Claim, mention: Mention) -> bool:
    left = claim.following({mention.spans}, mention.entity, None).entities
    return (claim.article, claim.author) == (mention.article, mention.author) and mention.entity not in left
