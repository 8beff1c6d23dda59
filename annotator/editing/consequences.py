"""What a change to the schema would meet: the records that use what is changed or removed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.domain.attributes import AttributeType
from annotator.domain.edits import Change
from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.mentions import Mention
from annotator.domain.records import Records
from annotator.domain.schemas import Schema
from annotator.domain.uses import Holder, Use
from annotator.editing.schema_json import Section, entries, loaded

HOLDERS = {
    Section.MENTION_ATTRIBUTES: Holder.MENTION,
    Section.ENTITY_ATTRIBUTES: Holder.ENTITY,
    Section.CLAIM_ATTRIBUTES: Holder.CLAIM,
}
"""The records that attributes of a section are given to."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """How many records a change to the schema would change or delete; letting_go are mentions that lose an entity."""

    mentions: int = 0
    entities: int = 0
    claims: int = 0
    links: int = 0
    zones: int = 0
    letting_go: int = 0

    def __bool__(self) -> bool:
        return self != Consequences()

    @property
    def sentence(self) -> str:
        """In words: 34 mentions and 1 claim."""
        counts = (self.mentions, self.entities, self.claims, self.links, self.zones)
        nouns = ("mention", "entity", "claim", "link", "zone")
        parts = [_counted(count, noun) for count, noun in zip(counts, nouns, strict=True) if count]
        return " and ".join(([", ".join(parts[:-1])] if len(parts) > 1 else []) + parts[-1:])


def _counted(count: int, noun: str) -> str:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def uses(records: Records, section: Section, key: str) -> Use | None:
    """Where records use an entry; None for an attribute that is a field of the records, which keep their values."""
    match section:
        case Section.LABELS:
            return Use(Holder.MENTION, "label", key)
        case Section.KINDS:
            return Use(Holder.ENTITY, "kind", key)
        case Section.LINKS:
            return Use(Holder.LINK, "label", key)
        case Section.ZONES:
            return Use(Holder.ZONE, "kind", key)
    schema = records.schema
    known = (*schema.mention_attributes, *schema.entity_attributes, *schema.claim_attributes)
    is_field = any(attribute.key == key and attribute.is_field for attribute in known)
    return None if is_field else Use(HOLDERS[section], key, None, is_attribute=True)


def entity_attributes(schema: Schema) -> Iterator[tuple[Holder, str]]:
    """Attributes of the schema's own that name entities, by key, with the records that they are given to."""
    given = (
        (Holder.MENTION, schema.mention_attributes),
        (Holder.ENTITY, schema.entity_attributes),
        (Holder.CLAIM, schema.claim_attributes),
    )
    for holder, attributes in given:
        for attribute in attributes:
            if attribute.type in {AttributeType.ENTITY, AttributeType.ENTITIES} and not attribute.is_field:
                yield holder, attribute.key


def counted(records: Records, use: Use | None) -> Consequences:
    """How many records use a word of the schema."""
    if use is None:
        return Consequences()
    count = records.count_using(use)
    match use.holder:
        case Holder.MENTION:
            return Consequences(mentions=count)
        case Holder.ENTITY:
            return Consequences(entities=count)
        case Holder.CLAIM:
            return Consequences(claims=count)
        case Holder.LINK:
            return Consequences(links=count)
        case Holder.ZONE:
            return Consequences(zones=count)


def consequences(records: Records, section: Section, key: str) -> Consequences:
    """What removing an entry would meet: the records that use it."""
    return counted(records, uses(records, section, key))


def consequences_of_kinds(records: Records, label: str, links_to: str | None, kinds: tuple[str, ...]) -> Consequences:
    """What it would meet to let a label link to something else: mentions whose entity would not fit any more."""
    gone = letting_go(records, label, links_to, kinds)
    return Consequences(mentions=len(gone), letting_go=len(gone))


def unknown_to(records: Records, text: str) -> Consequences:
    """The records whose label, kind, link or zone another schema does not know."""
    data, other = loaded(records), json.loads(text)
    found = Consequences()
    for section in (Section.LABELS, Section.KINDS, Section.LINKS, Section.ZONES):
        gone = {one["key"] for one in entries(data, section)} - {one["key"] for one in entries(other, section)}
        for key in gone:
            more = consequences(records, section, key)
            found = Consequences(
                found.mentions + more.mentions,
                found.entities + more.entities,
                0,
                found.links + more.links,
                found.zones + more.zones,
            )
    return found


def letting_go(records: Records, label: str, links_to: str | None, kinds: tuple[str, ...]) -> tuple[Mention, ...]:
    """The label's mentions whose entity would not fit, were the label to link to something else."""
    fits: dict[str, bool] = {}
    gone = []
    for mention in records.records_using(Use(Holder.MENTION, "label", label)):
        if not isinstance(mention, Mention) or mention.entity is None:
            continue
        if mention.entity not in fits:
            fits[mention.entity] = links_to == "entity" and records.entity(mention.entity).kind in kinds
        if not fits[mention.entity]:
            gone.append(mention)
    return tuple(gone)


def is_worked_on(records: Records, entity: Entity, mentions: Iterable[Mention]) -> bool:
    """Whether somebody has said anything of an entity beside these mentions and claims: of itself, in links, comments.

    A list of known names says what it knows at once; where a place is may come with a suggestion that was accepted.
    Where the schema has fields of its own that name entities, any entity may be named in one.
    """
    told: object = entity.aliases or entity.description or entity.role
    if not any(mention.derived_from for mention in mentions):
        told = told or entity.ids or entity.country or entity.place
    if told or entity.created != entity.changed or records.links_of(entity.id) or records.comments_on(entity.id):
        return True
    # Whether a field names it is not looked up by an index: in a large project that would hold every gesture up.
    return any(entity_attributes(records.schema))


def orphans(records: Records, changes: Iterable[Change]) -> Iterator[Change]:
    """Entities that go with the mentions they lose: those that tagging made by itself and nobody has worked on."""
    losing: dict[str, dict[str, Mention]] = {}
    for change in changes:
        before, after = change.before, change.after
        if not isinstance(before, Mention) or before.entity is None:
            continue
        if not isinstance(after, Mention) or after.entity != before.entity:
            losing.setdefault(before.entity, {})[before.id] = before
    for id_, mentions in losing.items():
        entity = records.entity(EntityId(id_))
        if is_worked_on(records, entity, mentions.values()) or records.claims_naming(entity.id):
            continue
        if all(mention.id in mentions for mention in records.mentions_of(entity.id)):
            yield Change(entity, None)
