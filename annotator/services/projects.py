"""Making and opening projects for the person at this machine."""

from dataclasses import dataclass
from pathlib import Path

from annotator import paths
from annotator.domain.authors import Author
from annotator.domain.ids import AnnotatorId, ProjectId
from annotator.domain.projects import Project
from annotator.domain.schemas import parse
from annotator.editing.joining import person
from annotator.services.workspace import Workspace
from annotator.storage.project_file import ProjectFile

SUFFIX = ".annot"
"""The ending of project files."""
DEFAULT_SCHEMA = "schemas/news_claims.json"


@dataclass(frozen=True, slots=True)
class Person:
    """Who works here: the id is the same in every project, the name is what others read."""

    id: AnnotatorId
    name: str


def new_project(path: Path, who: Person, name: str = "") -> Workspace:
    """Makes a project with the default schema. The suffix is added where it lacks.

    Raises ProjectFileError when the file exists or cannot be made, and EditRefused for an empty name of a person.
    """
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    author = Author(who.id)
    schema = paths.resource(DEFAULT_SCHEMA).read_text(encoding="utf-8")
    parse(schema)
    now = author.now()
    project = Project(ProjectId(author.new_id()), name or path.stem, schema, now, now)
    file = ProjectFile.create(path, project, person(author, who.name), paths.backup_folder())
    return Workspace(file, author)


def open_project(path: Path, who: Person) -> Workspace:
    """Opens a project and signs the person in, unless it is read-only. Raises ProjectFileError."""
    workspace = Workspace(ProjectFile.open(path, paths.backup_folder()), Author(who.id))
    if not workspace.records.read_only:
        try:
            workspace.sign_in(who.name)
        except BaseException:
            workspace.close()
            raise
    return workspace
