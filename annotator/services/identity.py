"""Who works at this machine: an id made once and a name, in a small file beside the settings."""

import getpass
import json
from pathlib import Path

from annotator.domain.ids import AnnotatorId, IdSource
from annotator.errors import AnnotatorError
from annotator.services.projects import Person


def person_at_work(path: Path) -> Person:
    """The person in the file; one by the name of the user account when there is none yet."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return Person(AnnotatorId(known["id"]), known["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return remember_person(path, Person(AnnotatorId(IdSource()()), _account()))


def people_at_work(path: Path) -> list[Person]:
    """Everybody who has worked at this machine, whoever does now first."""
    now = person_at_work(path)
    try:
        others = json.loads(path.read_text(encoding="utf-8")).get("others", [])
        known = [Person(AnnotatorId(str(one["id"])), str(one["name"])) for one in others]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        known = []
    return [now, *(one for one in known if one.id != now.id)]


def remember_person(path: Path, who: Person) -> Person:
    """Writes the file. Raises AnnotatorError when that cannot be done: without it one person would become two."""
    others = [one for one in people_at_work(path) if one.id != who.id] if path.exists() else []
    data = {"id": who.id, "name": who.name, "others": [{"id": one.id, "name": one.name} for one in others]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        raise AnnotatorError(f"Your name cannot be kept in “{path}”: {error.strerror}.") from error
    return who


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Annotator"
