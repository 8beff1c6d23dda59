"""Assignments as rows."""

from annotator.domain.assignments import Assignment, State
from annotator.storage.connection import Row
from annotator.storage.tables.base import Table


def _to_row(assignment: Assignment) -> Row:
    return (
        assignment.id,
        assignment.article,
        assignment.annotator,
        assignment.state.value,
        assignment.created,
        assignment.changed,
    )


def _from_row(row: Row) -> Assignment:
    id_, article, annotator, state, created, changed = row
    return Assignment(id_, article, annotator, State(state), created, changed)


ASSIGNMENTS = Table(
    Assignment,
    "assignment",
    ("id", "article_id", "annotator_id", "state", "created", "changed"),
    _to_row,
    _from_row,
)
