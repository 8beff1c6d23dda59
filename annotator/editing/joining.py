"""People in a project: signing in and changing one's name."""

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.records import Records
from annotator.editing.describing import changed
from annotator.errors import EditRefused


def person(by: Author, name: str) -> Annotator:
    """The person at work as a record. Raises EditRefused for an empty name."""
    name = " ".join(name.split())
    if not name:
        raise EditRefused("Please give a name: everything you record is signed with it.")
    now = by.now()
    return Annotator(by.annotator, name, AnnotatorKind.PERSON, now, now)


def join(records: Records, by: Author, name: str) -> Edit:
    """Signs the person in, so that records can be hers."""
    del records  # every gesture is called alike
    annotator = person(by, name)
    return Edit(EditKind.JOIN, (Change(None, annotator),), (annotator.name,))


def rename(records: Records, by: Author, annotator: Annotator, name: str) -> Edit:
    """Gives a person another name; what she signed stays hers."""
    del records
    after = changed(by, annotator, name=person(by, name).name)
    return Edit(EditKind.RENAME_ANNOTATOR, (Change(annotator, after),), (after.name,))
