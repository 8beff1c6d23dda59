"""Changing what can be chosen: the choices of attributes, and the schema's lists. Records follow in the same edit."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from annotator.domain.attributes import CLAIM_FIELDS, ENTITY_FIELDS, MENTION_FIELDS
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Entity
from annotator.domain.mentions import Mention
from annotator.domain.records import Records
from annotator.domain.uses import Holder, Use, User
from annotator.domain.values import value_of, with_value
from annotator.editing.consequences import HOLDERS, Consequences, counted
from annotator.editing.schema_json import ATTRIBUTES, Entry, Section, entries, entry, give, loaded, redesigned
from annotator.errors import EditRefused

LIST, QUANTITIES, RELATIONS = "list", "quantities", "place_relations"
"""What has choices, beside the sections of attributes: lists by name, and two lists of the event block."""
_FIELDS = {
    Section.MENTION_ATTRIBUTES: MENTION_FIELDS,
    Section.ENTITY_ATTRIBUTES: ENTITY_FIELDS,
    Section.CLAIM_ATTRIBUTES: CLAIM_FIELDS,
}


def choices(data: Entry, where: str, key: str) -> list[str]:
    """The choices in a schema's JSON: of a list, of the event block, or of an attribute of a section."""
    if where == LIST:
        found: list[str] = data.setdefault("lists", {}).get(key)
        if found is None:
            raise EditRefused(f"The project's schema does not have the list “{key}” any more.")
        return found
    if where in {QUANTITIES, RELATIONS}:
        own: list[str] = data["claim"].setdefault("event", {}).setdefault(where, [])
        return own
    attribute = entry(data, Section(where), key)
    if "list" in attribute and not attribute.get("choices"):
        raise EditRefused(f"Its choices are those of the list “{attribute['list']}”: change that list.")
    of_it: list[str] = attribute.setdefault("choices", [])
    return of_it


def uses_of_choice(records: Records, where: str, key: str, choice: str) -> tuple[Use, ...]:
    """Where records have a choice."""
    if where == QUANTITIES:
        return (Use(Holder.CLAIM, "quantity", choice),)
    if where == RELATIONS:
        return (Use(Holder.CLAIM, "place relation", choice),)
    if where != LIST:
        return (_use(Section(where), key, choice),)
    data = loaded(records)
    found = [
        _use(section, attribute["key"], choice)
        for section in ATTRIBUTES
        for attribute in entries(data, section)
        if attribute.get("list") == key and not attribute.get("choices")
    ]
    if data["claim"].get("event", {}).get("type_list") == key:
        found.append(Use(Holder.CLAIM, "event type", choice))
    return tuple(found)


def consequences_of_choice(records: Records, where: str, key: str, choice: str) -> Consequences:
    """How many records have a choice."""
    found = [counted(records, use) for use in uses_of_choice(records, where, key, choice)]
    return Consequences(
        mentions=sum(one.mentions for one in found),
        entities=sum(one.entities for one in found),
        claims=sum(one.claims for one in found),
    )


def add_choice(records: Records, by: Author, where: str, key: str, choice: str) -> Edit:
    """Adds a choice at the end."""
    word = _word(choice)
    return _edit(records, by, EditKind.ADD_TO_SCHEMA, word, lambda data: choices(data, where, key).append(word))


def move_choice(records: Records, by: Author, where: str, key: str, choice: str, to: int) -> Edit:
    """Puts a choice at another place, from 0."""

    def change(data: Entry) -> None:
        into = choices(data, where, key)
        into.remove(_there(into, choice))
        into.insert(max(0, min(to, len(into))), choice)

    return _edit(records, by, EditKind.CHANGE_SCHEMA, choice, change)


def rename_choice(records: Records, by: Author, where: str, key: str, choice: str, name: str) -> Edit:
    """Calls a choice otherwise; records that have it follow."""
    word = _word(name)

    def change(data: Entry) -> None:
        into = choices(data, where, key)
        into[into.index(_there(into, choice))] = word
        _exchange_default(data, where, key, choice, word)

    more = _followed(records, by, where, key, choice, word)
    return _edit(records, by, EditKind.CHANGE_SCHEMA, word, change, tuple(more))


def remove_choice(
    records: Records, by: Author, where: str, key: str, choice: str, instead: str = "", *, with_values: bool = False
) -> Edit:
    """Takes a choice away. Records that have it get another one instead, or none with_values; else refused."""
    found = consequences_of_choice(records, where, key, choice)
    if found and not (instead or with_values):
        raise EditRefused(f"“{choice}” is in use: {found.sentence}. Say what they should have instead.")

    def change(data: Entry) -> None:
        into = choices(data, where, key)
        into.remove(_there(into, choice))
        if instead:
            _there(into, instead)
        _exchange_default(data, where, key, choice, instead)

    more = _followed(records, by, where, key, choice, instead)
    return _edit(records, by, EditKind.REMOVE_FROM_SCHEMA, choice, change, tuple(more))


def add_list(records: Records, by: Author, name: str) -> Edit:
    """Adds a list, to be used by attributes."""
    word = _word(name)

    def change(data: Entry) -> None:
        if word in data.setdefault("lists", {}):
            raise EditRefused(f"There is a list “{word}” already.")
        data["lists"][word] = []

    return redesigned(records, by, EditKind.ADD_TO_SCHEMA, (LIST, word), change)


def remove_list(records: Records, by: Author, name: str) -> Edit:
    """Takes a list away that no attribute takes its choices from."""

    def change(data: Entry) -> None:
        if data.get("lists", {}).pop(name, None) is None:
            raise EditRefused(f"The project's schema does not have the list “{name}” any more.")

    return redesigned(records, by, EditKind.REMOVE_FROM_SCHEMA, (LIST, name), change)


def _edit(
    records: Records,
    by: Author,
    kind: EditKind,
    choice: str,
    change: Callable[[Entry], None],
    more: tuple[Change, ...] = (),
) -> Edit:
    return redesigned(records, by, kind, ("choice", choice), change, more)


def _word(words: str) -> str:
    word = " ".join(words.split())
    if not word:
        raise EditRefused("A choice needs a name.")
    return word


def _there(known: list[str], choice: str) -> str:
    if choice not in known:
        raise EditRefused(f"“{choice}” cannot be chosen here.")
    return choice


def _use(section: Section, key: str, choice: str) -> Use:
    if key in _FIELDS[section]:
        return Use(HOLDERS[section], "sectors" if key == "sector" else key, choice)
    return Use(HOLDERS[section], key, choice, is_attribute=True)


def _exchange_default(data: Entry, where: str, key: str, old: str, new: str) -> None:
    """Attributes that start with the choice start with the other one, or with none; so do sectors of kinds."""
    for kind in entries(data, Section.KINDS) if (where, key) == (LIST, "sectors") else ():
        if kind.get("default_sector") == old:
            give(kind, {"default_sector": new or None})
    for section in ATTRIBUTES:
        for attribute in entries(data, section):
            is_meant = attribute.get("list") == key if where == LIST else (section, attribute["key"]) == (where, key)
            if is_meant and attribute.get("default") == old:
                attribute["default"] = new
            elif is_meant and isinstance(attribute.get("default"), list):
                attribute["default"] = list(_exchanged(tuple(attribute["default"]), old, new))
            if is_meant and attribute.get("default") in ("", []):
                del attribute["default"]


def _exchanged(values: tuple[str, ...], old: str, new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for value in values if (word := new if value == old else value)))


def _followed(records: Records, by: Author, where: str, key: str, old: str, new: str) -> Iterator[Change]:
    """The records that have the choice, with the other one; one change for each, however often it has it."""
    before: dict[str, User] = {}
    after: dict[str, User] = {}
    for use in uses_of_choice(records, where, key, old):
        for user in records.records_using(use):
            before.setdefault(user.id, user)
            after[user.id] = _with_choice(after.get(user.id, user), use, old, new)
    for id_, user in before.items():
        yield Change(user, replace(after[id_], changed=by.now()))


def _with_choice(user: User, use: Use, old: str, new: str) -> User:
    if use.is_attribute and isinstance(user, Mention | Entity | Claim):
        values = _exchanged(value_of(user.attributes, use.field), old, new)
        return replace(user, attributes=with_value(user.attributes, use.field, values))
    if use.field == "sectors" and isinstance(user, Entity):
        return replace(user, sectors=_exchanged(user.sectors, old, new))
    if isinstance(user, Claim) and use.field in {"event type", "place relation", "quantity"}:
        return _with_event(user, use.field, old, new)
    fields: dict[str, Any] = {use.field: new}
    return replace(user, **fields)


def _with_event(claim: Claim, field: str, old: str, new: str) -> Claim:
    event = claim.event
    if field == "event type":
        return replace(claim, event=replace(event, type=new))
    if field == "place relation":
        return replace(claim, event=replace(event, relation=new))
    renamed = [replace(one, what=new) if one.what == old else one for one in event.quantities]
    return replace(claim, event=replace(event, quantities=tuple(one for one in renamed if one.what)))
