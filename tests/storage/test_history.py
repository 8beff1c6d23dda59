"""The history is chained by hashes: whoever changes a row of it is noticed."""

from pathlib import Path

import pytest

from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, TEXT, a_project, add_article, made, make_mention, reopened
from tests.storage.raw import ask, tamper


def three_edits(folder: Path) -> Path:
    with a_project(folder) as project:
        article = add_article(project)
        project.apply(made(make_mention(article, TEXT)), ANNA)
        project.undo(ANNA)
    return project.path


def test_an_untouched_history_holds(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    add_article(project)
    project.undo(ANNA)
    project = reopened(project)
    project.redo(ANNA)
    assert project.history_broken_at() is None
    project.close()


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "change",
    [
        "kind = 'untag'",
        "subject = '[]'",
        "annotator_id = 'somebody else'",
        "at = '2020-01-01T00:00:00.000Z'",
        "changes = replace(changes, 'a', 'b')",
        "group_id = 'g'",
        "program = '9'",
        "id = id || '0'",
        "hash = replace(hash, substr(hash, 1, 1), 'x')",
    ],
)
def test_a_changed_row_is_found(tmp_path: Path, seq: int, change: str) -> None:
    path = three_edits(tmp_path)
    tamper(path, f"UPDATE history SET {change} WHERE seq = {seq}")
    with ProjectFile.open(path, tmp_path) as project:
        assert project.history_broken_at() == seq


def test_a_row_that_was_taken_out_is_found(tmp_path: Path) -> None:
    path = three_edits(tmp_path)
    tamper(path, "PRAGMA foreign_keys = OFF", "DELETE FROM history WHERE seq = 2")
    with ProjectFile.open(path, tmp_path) as project:
        assert project.history_broken_at() == 3


def test_every_row_says_who_when_and_with_which_version(tmp_path: Path) -> None:
    path = three_edits(tmp_path)
    rows = ask(path, "SELECT id, annotator_id, at, program, step, of_seq FROM history ORDER BY seq")
    assert len({row[0] for row in rows}) == 4
    assert all(row[1] == ANNA.annotator and row[2].endswith("Z") and row[3] for row in rows)
    assert [(row[4], row[5]) for row in rows] == [("do", None), ("do", None), ("do", None), ("undo", 3)]
