"""Changing the project's schema: each gesture is one edit, of the schema and of all records that follow it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import PLACE, Entity
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.records import Records
from annotator.domain.schema_checking import problems
from annotator.domain.schemas import GUIDELINES_VERSION, LabelKind, parse
from annotator.domain.uses import User
from annotator.domain.values import with_value
from annotator.domain.zones import Zone
from annotator.editing.consequences import counted, letting_go, orphans, uses
from annotator.editing.describing import changed
from annotator.editing.schema_json import (
    ATTRIBUTES,
    Entry,
    Section,
    entries,
    entry,
    give,
    loaded,
    name_of,
    redesigned,
    written,
)
from annotator.errors import EditRefused


def new_key(records: Records, section: Section, name: str) -> str:
    """A key for a new entry: its name in small letters, numbered where there is one already."""
    plain = re.sub(r"\W+", " ", name.casefold()).strip() or section.noun
    plain = plain.replace(" ", "_") if section in ATTRIBUTES else plain
    taken = {found["key"] for found in entries(loaded(records), section)}
    numbers = (plain if number == 1 else f"{plain} {number}" for number in range(1, len(taken) + 2))
    return next(key for key in numbers if key not in taken)


def add(records: Records, by: Author, section: Section, fields: dict[str, Any], at: int | None = None) -> Edit:
    """Adds an entry, which needs a key, at a place from 0 or at the end."""

    def change(data: Entry) -> None:
        into = entries(data, section)
        into.insert(len(into) if at is None else at, dict(fields))

    return redesigned(records, by, EditKind.ADD_TO_SCHEMA, (section.noun, name_of(fields)), change)


def change(records: Records, by: Author, section: Section, key: str, fields: dict[str, Any]) -> Edit:
    """Sets fields of an entry, None takes one away. Its key never changes.

    A label that links to something else lets go of entities that do not fit any more, in the same edit.
    """
    if "key" in fields:
        raise EditRefused("A key never changes, because records use it. Change the name.")
    before = entry(loaded(records), section, key)
    kind = EditKind.DESCRIBE_LABEL if section is Section.LABELS else EditKind.CHANGE_SCHEMA
    name = str(fields.get("name") or name_of(before))
    more: tuple[Change, ...] = ()
    if section is Section.LABELS and {"links_to", "kinds"} & fields.keys():
        now = before | fields
        gone = letting_go(records, key, now["links_to"], tuple(now.get("kinds") or ()))
        more = tuple(Change(mention, changed(by, mention, entity=None)) for mention in gone)
        more += tuple(orphans(records, more))
        if now["links_to"] != "entity":
            fields = {**fields, "kinds": None}
    subject = (name,) if section is Section.LABELS else (section.noun, name)
    return redesigned(records, by, kind, subject, lambda data: give(entry(data, section, key), fields), more)


def set_kind(records: Records, by: Author, label: str, kind: LabelKind) -> Edit:
    """Lets a label name actors, places, other entities, dates, quantities, or nothing in particular."""
    links_to, kinds = linked_as(records, kind)
    return change(records, by, Section.LABELS, label, {"links_to": links_to, "kinds": list(kinds) or None})


def linked_as(records: Records, kind: LabelKind) -> tuple[str | None, tuple[str, ...]]:
    """What a label of a kind links to, and the kinds of entities that it starts with."""
    if kind in {LabelKind.DATE, LabelKind.QUANTITY}:
        return kind.value, ()
    if kind is LabelKind.PLAIN:
        return None, ()
    known = records.schema.kinds
    fitting = {
        LabelKind.ACTOR: [one.key for one in known if one.acts and one.key != PLACE],
        LabelKind.LOCATION: [one.key for one in known if one.key == PLACE],
        LabelKind.OTHER_ENTITY: [one.key for one in known if not one.acts],
    }[kind]
    if not fitting:
        raise EditRefused(f"Add an entity kind for it first: there is none that a label of the kind {kind} could name.")
    return "entity", tuple(fitting)


def move(records: Records, by: Author, section: Section, key: str, to: int) -> Edit:
    """Puts an entry at another place of its list, from 0."""

    def change(data: Entry) -> None:
        found, into = entry(data, section, key), entries(data, section)
        into.remove(found)
        into.insert(max(0, min(to, len(into))), found)

    subject = (section.noun, name_of(entry(loaded(records), section, key)))
    return redesigned(records, by, EditKind.CHANGE_SCHEMA, subject, change)


def remove(
    records: Records, by: Author, section: Section, key: str, instead: str = "", *, with_records: bool = False
) -> Edit:
    """Takes an entry away. Records that use it get another one instead, or go with_records; else it is refused.

    Entities never go along: they have to become another kind. Values of an attribute go, their records stay.
    """
    use, name = uses(records, section, key), name_of(entry(loaded(records), section, key))
    if instead:
        entry(loaded(records), section, instead)
    found = counted(records, use)
    is_kept = section is Section.KINDS and not instead
    if found and (is_kept or not (instead or with_records)):
        raise EditRefused(f"“{name}” is in use: {found.sentence}. Say what should become of them.")
    users = records.records_using(use) if use and found else ()
    more = tuple(_followed(records, by, section, key, users, instead))
    more += tuple(orphans(records, more))

    def change(data: Entry) -> None:
        entries(data, section).remove(entry(data, section, key))
        _forget(data, section, key, instead)

    return redesigned(records, by, EditKind.REMOVE_FROM_SCHEMA, (section.noun, name), change, more)


def change_event(records: Records, by: Author, fields: dict[str, Any]) -> Edit:
    """Sets fields of the event block, which is made when the schema has none; None takes one away."""
    subject = ("event block", ", ".join(fields))
    return redesigned(
        records, by, EditKind.CHANGE_SCHEMA, subject, lambda data: give(data["claim"].setdefault("event", {}), fields)
    )


def replace_schema(records: Records, by: Author, text: str) -> Edit:
    """Puts another schema in the place of the project's. Records stay as they are, also where it does not know them.

    Raises EditRefused with the first fault and its line when the text is no right schema.
    """
    found = problems(text)
    if found:
        raise EditRefused(str(found[0]))
    project = records.project()
    after = changed(by, project, schema=text)
    return Edit(EditKind.IMPORT_SCHEMA, (Change(project, after),), (parse(text).name,))


def set_guidelines(records: Records, by: Author, version: str) -> Edit:
    """Says which version of the written guidelines people follow from now on; an empty one says nothing."""

    def change(data: Entry) -> None:
        give(data, {GUIDELINES_VERSION: " ".join(version.split()) or None})

    return redesigned(records, by, EditKind.CHANGE_SCHEMA, ("version of the guidelines", version or "–"), change)


def exported(records: Records) -> str:
    """The project's schema as a file."""
    return written(loaded(records)) + "\n"


def _forget(data: Entry, section: Section, key: str, instead: str) -> None:
    """Exchanges what was removed in the conditions of others; the checker refuses what makes no sense without it."""
    if section is Section.KINDS:
        for label in entries(data, Section.LABELS):
            _exchange(label, "kinds", key, instead)
    conditions = {Section.LABELS: Section.MENTION_ATTRIBUTES, Section.KINDS: Section.ENTITY_ATTRIBUTES}
    if section not in conditions:
        return
    into = entries(data, conditions[section])
    for attribute in tuple(into):
        _exchange(attribute, "on", key, instead)
        if attribute.get("on") == []:  # for all is what an empty condition means, and that is not what it said
            into.remove(attribute)


def _exchange(owner: Entry, field: str, key: str, instead: str) -> None:
    if key in owner.get(field, ()):
        others = (instead if other == key else other for other in owner[field])
        owner[field] = list(dict.fromkeys(other for other in others if other))


def _followed(
    records: Records, by: Author, section: Section, key: str, users: tuple[User, ...], instead: str
) -> Iterator[Change]:
    for user in users:
        if section in ATTRIBUTES and isinstance(user, Mention | Entity | Claim):
            yield Change(user, changed(by, user, attributes=with_value(user.attributes, key, ())))
        elif not instead:
            yield Change(user, None)
        elif isinstance(user, Mention):
            yield from _relabelled(records, by, user, instead)
        elif isinstance(user, Link):
            yield Change(user, changed(by, user, label=instead))
        elif isinstance(user, Entity | Zone):
            yield Change(user, changed(by, user, kind=instead))


def _relabelled(records: Records, by: Author, mention: Mention, label: str) -> Iterator[Change]:
    """The mention under another label; gone where the same words are tagged so already."""
    there = records.mentions_at(mention.article, mention.hull)
    others = [other for other in there if other.author == mention.author]
    if any(other.label == label and other.spans == mention.spans for other in others):
        yield Change(mention, None)
        return
    wanted = records.schema.label(label)
    entity = records.entity(mention.entity) if mention.entity else None
    kept = entity.id if entity and wanted.links_to_entity and entity.kind in wanted.kinds else None
    start = records.schema.starting_use(wanted)
    used_as = start and (mention.used_as or start)
    yield Change(mention, replace(mention, label=label, entity=kept, used_as=used_as, changed=by.now()))
