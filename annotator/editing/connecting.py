"""Links between claims and between entities."""

from typing import Any

from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import ClaimId, EntityId, LinkId
from annotator.domain.links import Between, Link
from annotator.domain.records import Records
from annotator.editing.describing import changed, check_date, is_backwards
from annotator.errors import EditRefused


def connect(records: Records, by: Author, label: str, between: Between, origin: str, target: str) -> Edit:
    """Draws a link from one claim or entity to another. A symmetric one counts in both directions."""
    known = next((one for one in records.schema.links if one.key == label and one.between == between), None)
    if known is None:
        raise EditRefused(f"The project's schema has no link “{label}” from {between} to {between}.")
    names = _name(records, between, origin), _name(records, between, target)
    if origin == target:
        raise EditRefused("A link joins two different records: choose another one.")
    for link in records.links_of(EntityId(origin)):
        same_way = (link.origin, link.target) == (origin, target)
        if link.label == label and target in link.ends and (same_way or known.is_symmetric):
            raise EditRefused(f"These two are linked as “{label}” already.")
    now = by.now()
    link = Link(LinkId(by.new_id()), label, between, origin, target, by.annotator, now, now)
    return Edit(EditKind.LINK_RECORDS, (Change(None, link),), (names[0], label, names[1]))


def describe_link(records: Records, by: Author, link: LinkId, **fields: Any) -> Edit:
    """Sets since, until or note of a link."""
    before = records.link(link)
    for key in fields.keys() & {"since", "until"}:
        check_date(str(fields[key]))
    after = changed(by, before, **fields)
    if is_backwards(after.since, after.until):
        raise EditRefused(f"It cannot end ({after.until}) before it begins ({after.since}).")
    return Edit(EditKind.DESCRIBE_LINK, (Change(before, after),), (before.label,))


def disconnect(records: Records, by: Author, link: LinkId) -> Edit:
    """Takes a link away."""
    del by  # every gesture is called alike
    before = records.link(link)
    return Edit(EditKind.UNLINK_RECORDS, (Change(before, None),), (before.label,))


def _name(records: Records, between: Between, end: str) -> str:
    return records.claim(ClaimId(end)).quote if between is Between.CLAIMS else records.entity(EntityId(end)).name
