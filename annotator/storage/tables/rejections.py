"""What people rejected of the suggestions."""

from annotator.domain.suggestions import Rejection
from annotator.storage.tables.base import Row, Table, loaded_spans, stored_spans

_COLUMNS = ("id", "article_id", "kind", "label", "start", "end", "spans", "quote", "author_id", "created", "changed")


def _to_row(rejection: Rejection) -> Row:
    return (
        rejection.id,
        rejection.article,
        rejection.kind,
        rejection.label,
        *stored_spans(rejection.spans),
        rejection.quote,
        rejection.author,
        rejection.created,
        rejection.changed,
    )


def _from_row(row: Row) -> Rejection:
    return Rejection(row[0], row[1], row[2], row[3], loaded_spans(row[4], row[5], row[6]), row[7], row[8], *row[9:])


REJECTIONS = Table("rejection", Rejection, _COLUMNS, _to_row, _from_row)
