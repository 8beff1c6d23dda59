"""Annotators as rows."""

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.storage.connection import Row
from annotator.storage.tables.base import Table


def _to_row(annotator: Annotator) -> Row:
    return (annotator.id, annotator.name, annotator.kind.value, annotator.created, annotator.changed)


def _from_row(row: Row) -> Annotator:
    id_, name, kind, created, changed = row
    return Annotator(id_, name, AnnotatorKind(kind), created, changed)


ANNOTATORS = Table(Annotator, "annotator", ("id", "name", "kind", "created", "changed"), _to_row, _from_row)
