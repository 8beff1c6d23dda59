"""Assigning articles: who is to read what."""

from collections.abc import Mapping, Sequence

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.assignments import Assignment, State
from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.records import Records
from annotator.editing.queueing import assignment_id
from annotator.errors import EditRefused


def assign(
    records: Records, by: Author, people: Sequence[Annotator], articles: Mapping[AnnotatorId, Sequence[ArticleId]]
) -> Edit:
    """Puts articles to do for people, who join the project if they are new; work that has begun stays as it is."""
    if not any(articles.values()):
        raise EditRefused("Choose at least one article.")
    changes = [Change(None, person) for person in people if records.find(Annotator, person.id) is None]
    now = by.now()
    changes += [
        Change(None, Assignment(assignment_id(article, person.id), article, person.id, State.TO_DO, now, now))
        for person in people
        for article in articles.get(person.id, ())
        if records.assignment(article, person.id) is None
    ]
    if not changes:
        raise EditRefused("All of this is assigned already.")
    count = len({article for given in articles.values() for article in given})
    return Edit(EditKind.ASSIGN, tuple(changes), (f"{count:,}", ", ".join(person.name for person in people)))


def new_person(by: Author, name: str) -> Annotator:
    """Somebody who will get a file. Raises EditRefused for an empty name."""
    name = " ".join(name.split())
    if not name:
        raise EditRefused("Please give a name.")
    now = by.now()
    return Annotator(AnnotatorId(by.new_id()), name, AnnotatorKind.PERSON, now, now)
