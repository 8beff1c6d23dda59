"""Mentions. start and end are those of the whole; spans has the pieces of a discontiguous one."""

from annotator.domain.mentions import Mention
from annotator.storage.tables.base import Row, Table, loaded_spans, loaded_values, stored_spans, stored_values

_COLUMNS = (
    "id",
    "article_id",
    "label",
    "start",
    "end",
    "spans",
    "quote",
    "entity_id",
    "level",
    "used_as",
    "unsure",
    "note",
    "author_id",
    "created",
    "changed",
    "attributes",
    "derived_from",
)


def _to_row(mention: Mention) -> Row:
    return (
        mention.id,
        mention.article,
        mention.label,
        *stored_spans(mention.spans),
        mention.quote,
        mention.entity,
        mention.level,
        mention.used_as,
        int(mention.unsure),
        mention.note,
        mention.author,
        mention.created,
        mention.changed,
        stored_values(mention.attributes),
        mention.derived_from,
    )


def _from_row(row: Row) -> Mention:
    return Mention(
        id=row[0],
        article=row[1],
        label=row[2],
        spans=loaded_spans(row[3], row[4], row[5]),
        quote=row[6],
        entity=row[7],
        level=row[8],
        used_as=row[9],
        unsure=bool(row[10]),
        note=row[11],
        author=row[12],
        created=row[13],
        changed=row[14],
        attributes=loaded_values(row[15]),
        derived_from=row[16],
    )


MENTIONS = Table("mention", Mention, _COLUMNS, _to_row, _from_row)
