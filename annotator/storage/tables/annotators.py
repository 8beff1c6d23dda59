"""Who signs records."""

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.storage.tables.base import Row, Table


def _to_row(annotator: Annotator) -> Row:
    return annotator.id, annotator.name, annotator.kind.value, annotator.created, annotator.changed


def _from_row(row: Row) -> Annotator:
    return Annotator(row[0], row[1], AnnotatorKind(row[2]), row[3], row[4])


ANNOTATORS = Table("annotator", Annotator, ("id", "name", "kind", "created", "changed"), _to_row, _from_row)
