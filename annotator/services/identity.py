"""Who works at this machine: an id made once and a name, in a small file beside the settings."""

import getpass
import json
from pathlib import Path

from annotator.domain.ids import AnnotatorId, IdSource
from annotator.errors import AnnotatorError, FormatError
from annotator.services.projects import Person


def person_at_work(path: Path) -> Person:
    """The person in the file; one by the name of the user account when there is none yet.

    Raises AnnotatorError when the file is there and cannot be read: one person would become two.
    """
    return (people_at_work(path) or [remember_person(path, Person(AnnotatorId(IdSource()()), _account()))])[0]


def people_at_work(path: Path) -> list[Person]:
    """Everybody who has worked at this machine, whoever does now first. Raises AnnotatorError as above."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        people = [Person(AnnotatorId(one["id"]), one["name"]) for one in (known, *known.get("others", []))]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise AnnotatorError(f"Who works here cannot be read from “{path}”: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError):
        people = []
    if not people or not all(isinstance(words, str) and words for one in people for words in (one.id, one.name)):
        raise AnnotatorError(
            f"Who works here cannot be read from “{path}”: the file is damaged. Put it back from a copy, or delete it "
            "and choose your name again under “Who is working”."
        )
    return list({one.id: one for one in reversed(people)}.values())[::-1]


def remember_person(path: Path, who: Person) -> Person:
    """Writes the file. Raises AnnotatorError when that cannot be done: without it one person would become two."""
    # Not at the start: it is written once.
    from annotator.formats.files import whole_file

    others = [one for one in people_at_work(path) if one.id != who.id]
    data = {"id": who.id, "name": who.name, "others": [{"id": one.id, "name": one.name} for one in others]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            json.dump(data, file, ensure_ascii=False)
    except OSError as error:
        raise AnnotatorError(f"Your name cannot be kept in “{path}”: {error.strerror}.") from error
    except FormatError as error:
        raise AnnotatorError(f"Your name cannot be kept in “{path.parent}”. {error}") from error
    return who


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "Annotator"
