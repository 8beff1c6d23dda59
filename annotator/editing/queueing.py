"""How far an annotator is with an article."""

import dataclasses

from annotator.domain.assignments import Assignment, State
from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import AnnotatorId, ArticleId, AssignmentId, derived_id
from annotator.domain.records import Records
from annotator.errors import EditRefused


def set_state(records: Records, by: Author, article: ArticleId, state: State) -> Edit:
    """Puts the article to do, doing or done for this annotator."""
    change = _state_change(records, by, article, state)
    if change is None:
        raise EditRefused(f"The article is {state} already.")
    return Edit(EditKind.SET_STATE, (change,), (records.article(article).title, state))


def started(records: Records, by: Author, article: ArticleId) -> tuple[Change, ...]:
    """The change that the first mark in an untouched article brings: it is being worked on now."""
    assignment = records.assignment(article, by.annotator)
    if assignment is not None and assignment.state is not State.TO_DO:
        return ()
    change = _state_change(records, by, article, State.DOING)
    return (change,) if change else ()


def _state_change(records: Records, by: Author, article: ArticleId, state: State) -> Change | None:
    before = records.assignment(article, by.annotator)
    now = by.now()
    if before is None:
        if state is State.TO_DO:
            return None
        return Change(None, Assignment(assignment_id(article, by.annotator), article, by.annotator, state, now, now))
    if before.state is state:
        return None
    return Change(before, dataclasses.replace(before, state=state, changed=now))


def assignment_id(article: ArticleId, annotator: AnnotatorId) -> AssignmentId:
    """The same in every copy of a project, since there is one assignment for each annotator and article."""
    return AssignmentId(derived_id(f"{annotator} with {article}"))
