"""Making and opening projects for the person at this machine."""

from dataclasses import dataclass
from pathlib import Path

from annotator import paths
from annotator.domain.annotators import Annotator
from annotator.domain.authors import Author
from annotator.domain.ids import AnnotatorId, ProjectId
from annotator.domain.projects import SUFFIX, Project
from annotator.domain.schema_checking import problems
from annotator.domain.schemas import Schema, parse
from annotator.editing.joining import person
from annotator.errors import FormatError, ProjectFileError
from annotator.services.backups import Backups
from annotator.services.strangers import TakenIn, take_in_once
from annotator.services.workspace import Workspace
from annotator.storage.project_file import ProjectFile

DEFAULT_SCHEMA = "schemas/news_claims.json"
SCHEMAS = ("news_claims", "event_coding", "fact_check", "parc_polnear", "ontonotes", "conll_2003", "blank")
"""The schemas that come with the program, as the command line calls them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who works here: the id is the same in every project, the name is what others read."""

    id: AnnotatorId
    name: str


@dataclass(frozen=True, slots=True)
class ShippedSchema:
    """A schema that comes with the program; key is how the command line calls it, text its JSON."""

    key: str
    schema: Schema
    text: str


def shipped_schemas() -> tuple[ShippedSchema, ...]:
    """The schemas to choose from, the default first."""
    texts = {key: paths.resource(f"schemas/{key}.json").read_text(encoding="utf-8") for key in SCHEMAS}
    return tuple(ShippedSchema(key, parse(text), text) for key, text in texts.items())


def read_schema(name: str) -> str:
    """The JSON of a schema: one that comes with the program, by its key, or a file.

    Raises FormatError when there is none, or one with faults: it says the first ones, each with its line.
    """
    if name in SCHEMAS:
        return paths.resource(f"schemas/{name}.json").read_text(encoding="utf-8")
    try:
        text = Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        known = ", ".join(SCHEMAS)
        raise FormatError(f"“{name}” cannot be read as a schema. Name a JSON file, or one of: {known}.") from error
    found = problems(text)
    if found:
        raise FormatError("\n".join([f"{Path(name).name} is no schema that can be used.", *map(str, found[:10])]))
    return text


def new_project(path: Path, who: Person, name: str = "", schema: str = "") -> Workspace:
    """Makes a project with a schema, given as JSON, or the default one. The suffix is added where it lacks.

    Raises FormatError for JSON that is no schema, ProjectFileError when the file exists or cannot be made, and
    EditRefused for an empty name of a person.
    """
    if path.name in {"", ".."}:
        raise ProjectFileError(f"“{path}” is a folder. Say what the project is to be called in it: my{SUFFIX}.")
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    author = Author(who.id)
    schema = schema or paths.resource(DEFAULT_SCHEMA).read_text(encoding="utf-8")
    parse(schema)
    now = author.now()
    project = Project(ProjectId(author.new_id()), " ".join(name.split()) or path.stem, schema, now, now)
    file = ProjectFile.create(path, project, person(author, who.name), paths.backup_folder())
    return Workspace(file, author, Backups(file))


def open_project(path: Path, who: Person, *, was_looked_over: bool = False, taken: TakenIn | None = None) -> Workspace:
    """Opens a project and signs the person in, unless it is read-only or was handed out. Raises ProjectFileError.

    One that comes from elsewhere is taken in first, unless that was done: taken is what became of it.
    """
    if not was_looked_over and taken is None:
        taken = take_in_once(path)
    file = ProjectFile.open(path, paths.backup_folder(), taken.read_only if taken else "")
    try:
        file.recovered = file.recovered or (taken is not None and taken.recovered)
        handed_to = file.handed_to()
        # Whoever opens a file that was handed out works as the person it is for, unless she is known in it already.
        is_for_her = handed_to is not None and file.find(Annotator, who.id) is None
        author = Author(handed_to if is_for_her and handed_to else who.id)
        workspace = Workspace(file, author, Backups(file))
        if not file.read_only and not is_for_her:
            workspace.sign_in(who.name)
    except BaseException:
        file.close()
        raise
    return workspace
