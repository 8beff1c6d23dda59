"""Long rows of history are hashed and checked in pieces, which says the same as all at once."""

from pathlib import Path

import pytest

from annotator.storage import checking, journal
from annotator.storage.checking import check
from annotator.storage.project_file import ProjectFile
from tests.promises.test_12_history import a_full_project
from tests.storage.raw import ask, tamper


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """From a few letters on a row is long."""
    monkeypatch.setattr(checking, "_LONG", 3)
    monkeypatch.setattr(journal, "_LONG", 7)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return a_full_project(tmp_path, 77, 60)


def faults(path: Path) -> list[str]:
    return [fault for _, _, fault in check(path) if fault]


@pytest.mark.usefixtures("pieces")
def test_a_sound_project_is_sound_in_pieces(path: Path) -> None:
    assert faults(path) == []
    with ProjectFile.open(path, path.parent / "b") as project:
        assert project.history_broken_at() is None


@pytest.mark.usefixtures("pieces")
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("replace(changes, '[[', '[ [')", "history was changed at row"),
        ("replace(changes, ']]', ']] ]')", "a row of the history makes no sense"),
        ("replace(changes, ']]', ']')", "a row of the history makes no sense"),
        ("replace(changes, '[[', '[,[')", "a row of the history makes no sense"),
        ("substr(changes, 1, length(changes) - 3)", "a row of the history makes no sense"),
    ],
)
def test_what_is_wrong_is_found_in_pieces(path: Path, change: str, words: str) -> None:
    tamper(path, f"UPDATE history SET changes = {change} WHERE seq = 3")
    assert words in " ".join(faults(path))


@pytest.mark.usefixtures("pieces")
def test_spaces_between_are_none_of_its_business(path: Path) -> None:
    tamper(path, "UPDATE history SET changes = replace(replace(changes, '[[', ' [ [ '), ']]', ' ] ] ') WHERE seq = 3")
    assert ask(path, "SELECT changes LIKE ' [ [ %' FROM history WHERE seq = 3") == [(1,)]
    assert not [fault for fault in faults(path) if "makes no sense" in fault]
