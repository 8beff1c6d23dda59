"""The past of a record: who made, changed and deleted it, when, and what it said before."""

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.authors import Timestamp
from annotator.domain.documents import Document, to_document
from annotator.domain.edits import EditKind, Record
from annotator.domain.ids import AnnotatorId

_SILENT = frozenset({"id", "created", "changed", "author", "article"})


@dataclass(frozen=True, slots=True)
class Past:
    """One edit of a record. step is do, undo or redo; before is None when it was made, after when it was deleted."""

    at: Timestamp
    annotator: AnnotatorId
    kind: EditKind
    step: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two states of a record have different values in; an absent value is None."""

    field: str
    before: object
    after: object


def differences(before: Record | None, after: Record | None) -> Iterator[Difference]:
    """What differs between two states, field by field; times and ids are not said."""
    old: Document = to_document(before) if before is not None else {}
    new: Document = to_document(after) if after is not None else {}
    for name in dict.fromkeys((*old, *new)):
        if name not in _SILENT and old.get(name) != new.get(name):
            yield Difference(name, old.get(name), new.get(name))
