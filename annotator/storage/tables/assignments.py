"""How far each annotator is with each article."""

from annotator.domain.assignments import Assignment, State
from annotator.storage.tables.base import Row, Table


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
    return Assignment(row[0], row[1], row[2], State(row[3]), row[4], row[5])


ASSIGNMENTS = Table(
    "assignment",
    Assignment,
    ("id", "article_id", "annotator_id", "state", "created", "changed"),
    _to_row,
    _from_row,
)
