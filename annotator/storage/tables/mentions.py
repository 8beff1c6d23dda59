"""Mentions as rows."""

from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.storage.connection import Row
from annotator.storage.tables.base import Table, spans_from_text, spans_to_text

_COLUMNS = (
    "id",
    "article_id",
    "label",
    '"start"',
    '"end"',
    "spans",
    "quote",
    "author_id",
    "created",
    "changed",
    "entity_id",
    "level",
    "used_as",
    "unsure",
    "note",
)


def _to_row(mention: Mention) -> Row:
    hull = mention.hull
    return (
        mention.id,
        mention.article,
        mention.label,
        hull.start,
        hull.end,
        spans_to_text(mention.spans),
        mention.quote,
        mention.author,
        mention.created,
        mention.changed,
        mention.entity,
        mention.level,
        mention.used_as,
        int(mention.unsure),
        mention.note,
    )


def _from_row(row: Row) -> Mention:
    id_, article, label, start, end, spans, quote, author, created, changed, entity, level, used_as, unsure, note = row
    # Nearly every mention is one piece, and an article may have thousands: JSON would take as long as all the rest.
    whole = spans == f"[[{start},{end}]]"
    pieces = (Span(start, end),) if whole else spans_from_text(spans)
    return Mention(
        id_, article, label, pieces, quote, author, created, changed, entity, level, used_as, bool(unsure), note
    )


MENTIONS = Table(Mention, "mention", _COLUMNS, _to_row, _from_row)
