"""Who works at this machine, remembered in a small file."""

import json
from pathlib import Path

import pytest

from annotator.domain.ids import AnnotatorId
from annotator.errors import AnnotatorError
from annotator.services.identity import people_at_work, person_at_work, remember_person
from annotator.services.projects import Person

ANA, BO = (Person(AnnotatorId(f"0190ffff-0000-7000-8000-00000000000{n}"), name) for n, name in enumerate(("Ana", "Bo")))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where the person is remembered; there is nothing yet, not even the folder."""
    return tmp_path / "of the program" / "person.json"


def test_who_is_new_gets_an_id_that_stays(place: Path) -> None:
    first = person_at_work(place)
    assert first.id
    assert first.name
    assert person_at_work(place) == first


def test_everybody_who_has_worked_here_is_known_once_and_whoever_does_now_first(place: Path) -> None:
    for person in (ANA, BO, Person(ANA.id, "Ana Ruiz")):
        assert remember_person(place, person) == person
        assert person_at_work(place) == person
    assert people_at_work(place) == [Person(ANA.id, "Ana Ruiz"), BO]


@pytest.mark.parametrize(
    "damaged",
    ["", "{", "[]", "null", '{"id": "1"}', '{"id": null, "name": null}', '{"id": "", "name": "Ana"}', "\0" * 90],
)
def test_a_damaged_file_is_named_and_nobody_becomes_somebody_else(place: Path, damaged: str) -> None:
    place.parent.mkdir()
    place.write_text(damaged, encoding="utf-8")
    for gesture in (person_at_work, people_at_work, lambda path: remember_person(path, ANA)):
        with pytest.raises(
            AnnotatorError, match=r"person\.json”: the file is damaged\. Put it back from a copy, or delete"
        ):
            gesture(place)
    assert place.read_text(encoding="utf-8") == damaged


def test_a_file_that_cannot_be_read_or_written_is_named(place: Path) -> None:
    place.mkdir(parents=True)
    with pytest.raises(AnnotatorError, match=r"cannot be read from “.*person\.json”: "):
        person_at_work(place)
    (place.parent / "file").write_text("", encoding="utf-8")
    with pytest.raises(AnnotatorError, match=r"“.*file.person\.json”: Not a directory"):
        person_at_work(place.parent / "file" / "person.json")


def test_who_worked_here_before_is_still_known_when_the_disk_is_full(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_person(place, ANA)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json, "dump", full)
    with pytest.raises(AnnotatorError, match=r"Your name cannot be kept in .*No space left"):
        remember_person(place, BO)
    assert person_at_work(place) == ANA
