"""Links, with a column for each kind of end, so that the file itself keeps the ends from going away."""

from annotator.domain.links import Between, Link
from annotator.storage.tables.base import Row, Table

_COLUMNS = (
    "id",
    "label",
    "from_claim_id",
    "to_claim_id",
    "from_entity_id",
    "to_entity_id",
    "since",
    "until",
    "note",
    "author_id",
    "created",
    "changed",
)


def _to_row(link: Link) -> Row:
    ends = (link.origin, link.target)
    ends = (*ends, None, None) if link.between is Between.CLAIMS else (None, None, *ends)  # type: ignore[assignment]
    return (link.id, link.label, *ends, link.since, link.until, link.note, link.author, link.created, link.changed)


def _from_row(row: Row) -> Link:
    id_, label, from_claim, to_claim, from_entity, to_entity, since, until, note, author, created, changed = row
    between = Between.CLAIMS if from_claim is not None else Between.ENTITIES
    origin, target = from_claim or from_entity, to_claim or to_entity
    return Link(id_, label, between, origin, target, author, created, changed, since, until, note)


LINKS = Table("link", Link, _COLUMNS, _to_row, _from_row)
