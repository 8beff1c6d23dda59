"""Assignments: how far an annotator is with an article."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId, ArticleId, AssignmentId


class State(StrEnum):
    """How far the work on an article is; an article nobody touched has no assignment and is to do."""

    TO_DO = "to do"
    DOING = "doing"
    DONE = "done"
    IN_REVIEW = "in review"
    REVIEWED = "reviewed"


WORK = (State.TO_DO, State.DOING, State.DONE)
"""How far a person is with her own annotation. The other states are those of the agreed result."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One annotator's progress on one article."""

    id: AssignmentId
    article: ArticleId
    annotator: AnnotatorId
    state: State
    created: Timestamp
    changed: Timestamp
