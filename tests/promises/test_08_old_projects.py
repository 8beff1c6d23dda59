"""Promise 8: old projects open for ever, and programs do not ruin projects of newer ones.

formats/ has a project of every format that was ever current, with what the program of that time read in it. The release
form kills 300 migrations.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import cli
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document
from annotator.domain.edits import Edit
from annotator.errors import NewerProject, ProjectFileError
from annotator.services import teamwork
from annotator.services.projects import open_project
from annotator.services.scripting import OpenProject
from annotator.storage.checking import check
from annotator.storage.migrating import migrations
from annotator.storage.opening import open_file
from annotator.storage.project_file import ProjectFile
from annotator.storage.tables import TABLES
from tests.cli.test_words import Faces
from tests.editing.by_chance import WHO
from tests.promises.formats import every_format, fixture, what_it_read
from tests.promises.release import Reached, times
from tests.promises.test_01_crash import survived
from tests.storage.raw import ask, files_in, tamper

NOW = len(migrations())
HISTORY = "seq, id, kind, subject, step, of_seq, annotator_id, at, group_id, changes, hash"


@pytest.fixture(params=every_format())
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def path(tmp_path: Path, version: int) -> Path:
    (tmp_path / "work").mkdir()
    return fixture(version, tmp_path / "work" / "project.annot")


def records(path: Path) -> dict[str, list[Any]]:
    """All records of a project, as this program reads them, in the order of their ids."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {TYPE_NAMES[table.record_type]: table.read(connection, "1 ORDER BY id") for table in TABLES}


def rows(path: Path, sql: str) -> list[list[Any]]:
    return [list(row) for row in ask(path, sql)]


def in_words(edit: Edit | None) -> list[str]:
    return [edit.kind.value, *edit.subject] if edit else []


def test_there_is_a_project_of_every_format(reached: Reached) -> None:
    assert every_format() == list(range(1, NOW + 1)), "make the fixture of a format before the next one takes its place"
    assert all(sum(map(len, what_it_read(version)["records"].values())) > 30 for version in every_format())
    reached(8, f"projects of {NOW} formats of {NOW} open with equal content")


def test_an_old_project_opens_with_equal_content(path: Path, version: int, tmp_path: Path) -> None:
    then = what_it_read(version)
    with ProjectFile.open(path, tmp_path / "backups") as project:
        assert not project.read_only
        assert project.history_broken_at() is None
        undo, redo = project.peek_undo(WHO.id), project.peek_redo(WHO.id)
        assert [in_words(undo), in_words(redo)] == [then["next undo"], then["next redo"]]
    assert ask(path, "PRAGMA user_version") == [(NOW,)]
    found = records(path)
    for name, documents in then["records"].items():
        assert found[name] == [from_document(TYPES_BY_NAME[name], document) for document in documents], name
    assert not any(found[name] for name in found.keys() - then["records"].keys()), "nothing is made up"
    assert dict(ask(path, "SELECT sha256, text FROM text")) == then["texts"]
    assert [id_ for (id_,) in ask(path, "SELECT id FROM article ORDER BY seq")] == then["order of articles"]
    assert rows(path, f"SELECT {HISTORY} FROM history") == then["history"]
    assert rows(path, "SELECT * FROM suggestion") == then["suggestions"]
    assert [fault for _, _, fault in check(path) if fault] == []
    assert files_in(path.parent) == ["project.annot"]


def test_what_was_done_in_an_old_project_can_still_be_taken_back(path: Path, version: int) -> None:
    with closing(open_project(path, WHO, was_looked_over=True)) as workspace:
        try:
            while workspace.undo() is not None:
                pass
        except ProjectFileError:
            # Somebody else went on with it: that program stopped here as well.
            assert version < 4, "from then on nobody changes what others recorded"
    then = what_it_read(version)["ids after everything was taken back"]
    assert {name: [id_ for (id_,) in ask(path, f"SELECT id FROM {name} ORDER BY id")] for name in then} == then


def test_the_project_as_it_was_is_kept(path: Path, version: int, tmp_path: Path) -> None:
    before = [ask(path, f"SELECT * FROM {table}") for table in ("article", "mention", "claim", "history", "text")]
    ProjectFile.open(path, tmp_path / "backups").close()
    kept = sorted((tmp_path / "backups").glob("*/*"))
    assert len(kept) == (version < NOW)
    for backup in kept:
        assert ask(backup, "PRAGMA user_version") == [(version,)]
        tables = ("article", "mention", "claim", "history", "text")
        assert [ask(backup, f"SELECT * FROM {table}") for table in tables] == before


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
@pytest.mark.timeout(times(300, 2_000))
def test_a_killed_migration_leaves_the_old_format_or_the_new(reached: Reached) -> None:
    kills = times(15, 300)
    said = survived("kill_jobs.py", "migrations", "--kills", str(kills))
    assert said["kills"] == str(kills)
    reached(8, f"{kills} kills while migrating: {said['what']}; each old or new to the letter, 0 between")


def bring_in(path: Path) -> None:
    with closing(open_project(path.with_name("mine.annot"), WHO, was_looked_over=True)) as workspace:
        teamwork.look_at(workspace, path)


WAYS: dict[str, Callable[[Path], object]] = {
    "opened": lambda path: ProjectFile.open(path, path.parent),
    "opened by a person": lambda path: open_project(path, WHO),
    "opened by a script": OpenProject,
    "brought in": bring_in,
}


@pytest.mark.parametrize("newer", [NOW + 1, 99, 2**31 - 1])
@pytest.mark.parametrize("way", WAYS)
def test_a_project_of_a_newer_program_is_refused_and_not_a_byte_changes(tmp_path: Path, newer: int, way: str) -> None:
    path = fixture(NOW, tmp_path / "newer.annot")
    shutil.copy(path, tmp_path / "mine.annot")
    tamper(path, "CREATE TABLE what_is_to_come (id TEXT) STRICT", f"PRAGMA user_version = {newer}")
    before, changed = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(NewerProject, match=rf"newer version of this program \(format {newer}"):
        WAYS[way](path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, changed)
    assert files_in(tmp_path) == ["mine.annot", "newer.annot"]


def test_the_command_line_leaves_a_newer_project_alone(tmp_path: Path, reached: Reached) -> None:
    path = fixture(NOW, tmp_path / "newer.annot")
    tamper(path, f"PRAGMA user_version = {NOW + 1}")
    before = path.read_bytes()
    (tmp_path / "a.txt").write_text("More.", encoding="utf-8")
    for words in (["import", str(path), str(tmp_path / "a.txt")], ["export", str(path), str(tmp_path / "out.jsonl")]):
        assert cli.main(words, Faces()) != 0
        assert path.read_bytes() == before
    reached(8, "a project of a newer program, opened, brought in, imported to: 0 bytes changed")


@pytest.mark.parametrize("old", range(1, NOW))
def test_a_program_of_an_older_format_leaves_todays_project_alone(tmp_path: Path, old: int) -> None:
    path = fixture(NOW, tmp_path / "project.annot")
    before = path.read_bytes()
    with pytest.raises(NewerProject):
        open_file(path, tmp_path / "backups", migrations()[:old])
    assert path.read_bytes() == before
