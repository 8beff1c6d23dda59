"""The project's schema as JSON, changed in place: what this version does not know stays as it is, in its order."""

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from annotator.domain.attributes import spoken
from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.records import Records
from annotator.domain.schema_checking import problems
from annotator.editing.describing import changed
from annotator.errors import EditRefused

Entry = dict[str, Any]


class Section(StrEnum):
    """The lists of a schema whose entries have keys."""

    LABELS = "mentions"
    MENTION_ATTRIBUTES = "mention_attributes"
    KINDS = "entity_kinds"
    ENTITY_ATTRIBUTES = "entity_attributes"
    CLAIM_ATTRIBUTES = "attributes"
    LINKS = "links"
    ZONES = "zones"

    @property
    def noun(self) -> str:
        """What one entry is called."""
        return _NOUNS[self]


_NOUNS = {
    Section.LABELS: "label",
    Section.MENTION_ATTRIBUTES: "attribute",
    Section.KINDS: "entity kind",
    Section.ENTITY_ATTRIBUTES: "attribute",
    Section.CLAIM_ATTRIBUTES: "attribute",
    Section.LINKS: "link",
    Section.ZONES: "zone kind",
}
ATTRIBUTES = (Section.MENTION_ATTRIBUTES, Section.ENTITY_ATTRIBUTES, Section.CLAIM_ATTRIBUTES)


def loaded(records: Records) -> Entry:
    """The project's schema."""
    data: Entry = json.loads(records.project().schema)
    return data


def written(data: Entry) -> str:
    """The schema as text, a line for each value."""
    return json.dumps(data, ensure_ascii=False, indent=1)


def entries(data: Entry, section: Section) -> list[Entry]:
    """The entries of a section, which is made when the schema has none."""
    owner = data["claim"] if section is Section.CLAIM_ATTRIBUTES else data
    found: list[Entry] = owner.setdefault(section.value, [])
    return found


def entry(data: Entry, section: Section, key: str) -> Entry:
    """One entry. Raises EditRefused when the schema does not have it."""
    for found in entries(data, section):
        if found["key"] == key:
            return found
    raise EditRefused(f"The project's schema does not have this {section.noun} any more.")


def name_of(entry_: Entry) -> str:
    """What an entry is called: its name, else its key, as words where a key is no name by itself."""
    key = str(entry_["key"])
    return str(entry_.get("name") or (spoken(key) if "type" in entry_ or "from" in entry_ else key))


def give(entry_: Entry, fields: dict[str, Any]) -> None:
    """Sets fields of an entry; None takes one away."""
    for key, value in fields.items():
        if value is None and key != "links_to":
            entry_.pop(key, None)
        else:
            entry_[key] = value


def redesigned(
    records: Records,
    by: Author,
    kind: EditKind,
    subject: Iterable[str],
    change: Callable[[Entry], None],
    more: Iterable[Change] = (),
) -> Edit:
    """The edit that changes the schema, and other records with it.

    Raises EditRefused when nothing would change, or when the schema would be wrong in a way that it was not before.
    """
    project = records.project()
    data = loaded(records)
    change(data)
    text = written(data)
    known = {problem.message for problem in problems(project.schema)}
    new = [problem.message for problem in problems(text) if problem.message not in known]
    if new:
        raise EditRefused(new[0])
    if data == loaded(records):
        raise EditRefused("Nothing to change: it is so already.")
    return Edit(kind, (*more, Change(project, changed(by, project, schema=text))), tuple(subject))
