"""Entities that turn out to be one, or two: merging, splitting, keeping apart, deleting."""

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Alias, Entity, Place
from annotator.domain.ids import ArticleId, EntityId, LinkId, MentionId
from annotator.domain.links import DIFFERENT, Between, Link
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.records import Records
from annotator.domain.spans import Span
from annotator.domain.uses import Use
from annotator.domain.values import value_of, with_value
from annotator.editing.consequences import entity_attributes
from annotator.editing.describing import changed
from annotator.editing.linking import check_kind, new_entity
from annotator.errors import EditRefused


def merge(records: Records, by: Author, kept: EntityId, merged: EntityId) -> Edit:
    """Makes two entities one: the kept one takes over all that names the other, which goes away."""
    return merge_all(records, by, kept, (merged,))


def merge_all(records: Records, by: Author, kept: EntityId, merged: tuple[EntityId, ...]) -> Edit:
    """Makes several entities one. What the kept one says of itself stands; the others fill what it leaves open."""
    gone = tuple(dict.fromkeys(merged))
    if kept in gone or not gone:
        raise EditRefused("Choose two different entities to merge.")
    target, sources = records.entity(kept), [records.entity(entity) for entity in gone]
    changes = _mentions_moved(records, by, gone, target)
    changes += _claims_renamed(records, by, gone, kept)
    changes += _links_moved(records, by, gone, kept)
    after = target
    for source in sources:
        after = _joined(after, source)
    if after != target:
        changes.append(Change(target, replace(after, changed=by.now())))
    changes += [Change(source, None) for source in sources]
    changes = _values_renamed(records, by, gone, kept, changes)
    names = sources[0].name if len(sources) == 1 else f"{len(sources)} entities"
    return Edit(EditKind.MERGE_ENTITIES, tuple(changes), (names, target.name))


def split(records: Records, by: Author, mentions: tuple[MentionId, ...], name: str = "") -> Edit:
    """Takes mentions out of their entity into a new one of the same kind; claims that stand on their words follow.

    The new entity is named after the first of the mentions unless a name is given; names that only they use go along.
    """
    taken = [records.mention(mention) for mention in dict.fromkeys(mentions)]
    entities = {mention.entity for mention in taken}
    (entity,) = entities if len(entities) == 1 else (None,)
    if entity is None:
        raise EditRefused("Choose mentions of one entity to take them out together.")
    before = records.entity(entity)
    ids = {mention.id for mention in taken}
    rest = [mention for mention in records.mentions_of(entity) if mention.id not in ids]
    if not rest:
        raise EditRefused(f"These are all the mentions of “{before.name}”: leave at least one with it.")
    out = new_entity(records, by, before.kind, name or taken[0].quote)
    spoken = {fold(mention.quote) for mention in rest} | {fold(before.name)}
    theirs = {fold(mention.quote) for mention in taken} - spoken
    moving = tuple(alias for alias in before.aliases if fold(alias.text) in theirs)
    aliases = tuple(alias for alias in moving if fold(alias.text) != fold(out.name))
    changes = [Change(None, replace(out, aliases=aliases))]
    changes += [Change(mention, changed(by, mention, entity=out.id)) for mention in taken]
    changes += _sources_following(records, by, taken, entity, out.id)
    if moving:
        left = tuple(alias for alias in before.aliases if alias not in moving)
        changes.append(Change(before, changed(by, before, aliases=left)))
    return Edit(EditKind.SPLIT_ENTITY, tuple(changes), (before.name, out.name))


def keep_apart(records: Records, by: Author, first: EntityId, second: EntityId) -> Edit:
    """Remembers that two entities were looked at and are two, so that nobody is asked again."""
    one, other = records.entity(first), records.entity(second)
    if first == second:
        raise EditRefused("These are one entity.")
    if any(link.label == DIFFERENT and second in link.ends for link in records.links_of(first)):
        raise EditRefused(f"“{one.name}” and “{other.name}” are kept apart already.")
    now = by.now()
    link = Link(LinkId(by.new_id()), DIFFERENT, Between.ENTITIES, first, second, by.annotator, now, now)
    return Edit(EditKind.KEEP_APART, (Change(None, link),), (one.name, other.name))


def delete_entity(records: Records, by: Author, entity: EntityId) -> Edit:
    """Deletes the entity and its links. Its mentions stay, without an entity; claims forget it."""
    before = records.entity(entity)
    changes = [Change(mention, changed(by, mention, entity=None)) for mention in records.mentions_of(entity)]
    changes += _claims_renamed(records, by, (entity,), None)
    changes += [Change(link, None) for link in records.links_of(entity)]
    changes = _values_renamed(records, by, (entity,), None, [*changes, Change(before, None)])
    return Edit(EditKind.DELETE_ENTITY, tuple(changes), (before.name,))


def _mentions_moved(records: Records, by: Author, gone: tuple[EntityId, ...], target: Entity) -> list[Change]:
    changes: list[Change] = []
    for entity in gone:
        for mention in records.mentions_of(entity):
            check_kind(records, mention.label, target)
            changes.append(Change(mention, changed(by, mention, entity=target.id)))
    return changes


def _claims_renamed(records: Records, by: Author, gone: tuple[EntityId, ...], kept: EntityId | None) -> list[Change]:
    """Each claim changed once, however many of the entities it names."""
    before = {claim.id: claim for entity in gone for claim in records.claims_naming(entity)}
    changes = []
    for claim in before.values():
        after = claim
        for entity in gone:
            after = after.renamed(entity, kept)
        changes.append(Change(claim, replace(after, changed=by.now())))
    return changes


def _links_moved(records: Records, by: Author, gone: tuple[EntityId, ...], kept: EntityId) -> list[Change]:
    """Links follow; one that would join the entity to itself, or that it has already, goes away."""

    def way(label: str, origin: str, target: str) -> tuple[str, str, str]:
        known = records.schema.link(label)
        both = label == DIFFERENT or (known is not None and known.is_symmetric)
        return (label, *sorted((origin, target))) if both else (label, origin, target)  # type: ignore[return-value]

    had = {way(link.label, link.origin, link.target) for link in records.links_of(kept)}
    before = {link.id: link for entity in gone for link in records.links_of(entity)}
    changes = []
    for link in before.values():
        origin, target = (kept if end in gone else end for end in (link.origin, link.target))
        if origin == target or way(link.label, origin, target) in had:
            changes.append(Change(link, None))
            continue
        had.add(way(link.label, origin, target))
        changes.append(Change(link, changed(by, link, origin=origin, target=target)))
    return changes


def _values_renamed(
    records: Records, by: Author, gone: tuple[EntityId, ...], kept: EntityId | None, changes: Iterable[Change]
) -> list[Change]:
    """The changes, with another entity, or none, in attributes that name those who go, and the records they add.

    Only a schema with attributes for entities makes it ask the records.
    """
    by_record = {change.record.id: change for change in changes}
    for holder, key in entity_attributes(records.schema):
        for entity in gone:
            for record in records.records_using(Use(holder, key, entity, is_attribute=True)):
                by_record.setdefault(record.id, Change(record, record))
        for id_, change in by_record.items():
            after = change.after
            if not isinstance(after, Mention | Entity | Claim):
                continue
            # Nobody is named by an attribute of their own that named another one before.
            instead = None if after.id == kept else kept
            values = value_of(after.attributes, key)
            left = dict.fromkeys(instead if value in gone else value for value in values)
            told = tuple(value for value in left if value is not None)
            if told != values:
                attributes = with_value(after.attributes, key, told)
                by_record[id_] = Change(change.before, replace(after, attributes=attributes, changed=by.now()))
    return list(by_record.values())


def _joined(target: Entity, source: Entity) -> Entity:
    names = [target.name, *(alias.text for alias in target.aliases)]
    aliases = [*target.aliases]
    for alias in (Alias(source.name), *source.aliases):
        if not any(fold(alias.text) == fold(name) for name in names):
            aliases.append(alias)
            names.append(alias.text)
    added = tuple(value for value in source.attributes if not value_of(target.attributes, value.key))
    return replace(
        target,
        aliases=tuple(aliases),
        description="\n".join(filter(None, (target.description, source.description))),
        sectors=tuple(dict.fromkeys((*target.sectors, *source.sectors))),
        country=target.country or source.country,
        role=target.role or source.role,
        ids=tuple(dict.fromkeys((*target.ids, *source.ids))),
        place=target.place if target.place != Place() else source.place,
        attributes=tuple(sorted((*target.attributes, *added), key=lambda value: value.key)),
    )


def _sources_following(
    records: Records, by: Author, taken: Iterable[Mention], old: EntityId, new: EntityId
) -> list[Change]:
    """The claims in which somebody speaks or is spoken to by the words of a mention that goes to the new entity."""
    words: dict[ArticleId, set[tuple[Span, ...]]] = {}
    for mention in taken:
        words.setdefault(mention.article, set()).add(mention.spans)
    changes = []
    for article, its in words.items():
        for claim in records.claims_in(article):
            after = claim.following(its, old, new)
            if after != claim:
                changes.append(Change(claim, replace(after, changed=by.now())))
    return changes
