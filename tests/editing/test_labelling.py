"""A label's name, key and colours in the schema: what changes, what stays, what is refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.ids import AnnotatorId
from annotator.editing.labelling import describe_label
from annotator.errors import EditRefused
from annotator.services.projects import Person, new_project
from annotator.services.workspace import Workspace

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000007"), "Ana")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = new_project(tmp_path / "labels.annot", WHO)
    yield opened
    opened.close()


def data(workspace: Workspace) -> dict[str, Any]:
    """The schema's JSON."""
    return dict(json.loads(workspace.records.project().schema))


def test_only_what_is_given_of_one_label_changes(workspace: Workspace) -> None:
    before = data(workspace)
    edit = workspace.do(describe_label, "actor", name=" Who  acts ", hotkey="w", light="#00aabb")
    assert edit.subject == ("Who acts",)
    label = workspace.records.schema.label("actor")
    assert (label.key, label.name, label.hotkey, label.light) == ("actor", "Who acts", "W", "#00AABB")
    after = data(workspace)
    after["mentions"][0] |= {key: before["mentions"][0][key] for key in ("name", "hotkey", "light")}
    assert after == before, "and nothing else, not even what this version makes no use of"
    assert list(after) == list(before), "in the same order"


def test_undo_and_redo_bring_every_letter_of_the_schema_back(workspace: Workspace) -> None:
    before = workspace.records.project()
    workspace.do(describe_label, "other", dark="#ABCDEF")
    after = workspace.records.project()
    workspace.undo()
    assert workspace.records.project() == before
    assert workspace.records.schema.label("other").dark != "#ABCDEF"
    workspace.redo()
    assert workspace.records.project() == after


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "  "}, "needs a name"),
        ({"hotkey": "AB"}, "one letter or sign"),
        ({"hotkey": "7"}, "no digit"),
        ({"hotkey": "٣"}, "no digit"),
        ({"hotkey": " "}, "one letter or sign"),
        ({"hotkey": "\t"}, "one letter or sign"),
        ({"hotkey": "l"}, "the key of Location already"),
        ({"light": "blue"}, "is no colour"),
        ({"dark": "#12345"}, "is no colour"),
        ({"dark": "#1234567"}, "is no colour"),
        ({}, "Nothing to change"),
        ({"name": "Actor", "hotkey": "a"}, "Nothing to change"),
    ],
)
def test_what_makes_no_sense_is_refused(workspace: Workspace, fields: dict[str, str], sentence: str) -> None:
    before = workspace.records.project()
    with pytest.raises(EditRefused, match=sentence):
        workspace.do(describe_label, "actor", **fields)
    assert workspace.records.project() == before


def test_a_label_that_is_not_there_is_refused(workspace: Workspace) -> None:
    with pytest.raises(EditRefused, match="does not have this label"):
        workspace.do(describe_label, "weather", name="Weather")


def test_letters_of_other_scripts_and_signs_can_be_keys(workspace: Workspace) -> None:
    for key in ("ф", "ß", "+", ",", "א"):
        workspace.do(describe_label, "actor", hotkey=key)
        assert workspace.records.schema.label("actor").hotkey == (key.upper() if key != "ß" else "ß")


def test_a_label_can_be_without_a_key(workspace: Workspace) -> None:
    workspace.do(describe_label, "actor", hotkey="")
    workspace.do(describe_label, "location", hotkey="")
    assert workspace.records.schema.label("actor").hotkey == workspace.records.schema.label("location").hotkey == ""


def test_what_is_said_of_a_label_is_kept(workspace: Workspace) -> None:
    workspace.do(describe_label, "actor", help=" who acts ", guidelines="# Actors\n\nNo titles.\n")
    label = workspace.records.schema.label("actor")
    assert (label.help, label.guidelines) == ("who acts", "# Actors\n\nNo titles.")
