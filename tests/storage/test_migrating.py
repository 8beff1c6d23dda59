"""An older format is backed up, then brought up to date in steps that each happen whole or not at all."""

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.errors import DamagedProject, NewerProject, ProjectFileError
from annotator.storage.migrating import Migration, check_schema, migrations
from annotator.storage.opening import Opened, open_file
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, TEXT, a_project, add_article, made, make_mention
from tests.storage.raw import ask, content, files_in, mode

ROOT = Path(__file__).parents[2]
NOW = len(migrations())
SECOND = Migration(
    NOW + 1,
    "CREATE TABLE remark (id TEXT PRIMARY KEY NOT NULL, text TEXT NOT NULL) STRICT;\n"
    "INSERT INTO remark SELECT id, 'from ' || title FROM article;\n"
    "CREATE INDEX remark_by_text ON remark (text);\n",
)
BREAKING = Migration(NOW + 1, "CREATE TABLE remark (id TEXT) STRICT;\nDELETE FROM article;\n")
MISSPELT = Migration(NOW + 1, "CREATE TABLE remark (id TEXT) STRICT;\nDELETE FROM nowhere;\n")
STEPS = (*migrations(), SECOND)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    with a_project(tmp_path / "work") as project:
        article = add_article(project)
        project.apply(made(make_mention(article, TEXT)), ANNA)
    return project.path


def closed(opened: Opened) -> Opened:
    opened.connection.close()
    opened.lock.release()
    return opened


def test_a_later_step_is_taken_once_and_the_old_file_is_kept(path: Path, tmp_path: Path) -> None:
    before = content(path)
    backups = tmp_path / "backups"
    closed(open_file(path, backups, STEPS))
    assert ask(path, "PRAGMA user_version") == [(NOW + 1,)]
    assert ask(path, "SELECT text FROM remark") == [(f"from {TEXT[:40]}",)]
    assert content(path) == before
    (backup,) = backups.glob("*/*")
    assert ask(backup, "PRAGMA user_version") == [(NOW,)]
    assert content(backup) == before
    closed(open_file(path, backups, STEPS))
    assert files_in(backup.parent) == [backup.name]
    assert files_in(path.parent) == ["project.annot"]


def test_the_backup_opens_as_a_project(path: Path, tmp_path: Path) -> None:
    closed(open_file(path, tmp_path / "backups", STEPS))
    (backup,) = (tmp_path / "backups").glob("*/*")
    with ProjectFile.open(backup, tmp_path / "more") as project:
        assert project.article_count() == 1
        assert project.history_broken_at() is None


def test_this_version_refuses_what_the_later_step_made(path: Path, tmp_path: Path) -> None:
    closed(open_file(path, tmp_path / "backups", STEPS))
    before = path.read_bytes()
    with pytest.raises(NewerProject, match=rf"format {NOW + 1}"):
        ProjectFile.open(path, tmp_path / "backups")
    assert path.read_bytes() == before


@pytest.mark.parametrize(("step", "error"), [(BREAKING, DamagedProject), (MISSPELT, sqlite3.OperationalError)])
def test_a_step_that_fails_leaves_the_old_format_whole(
    path: Path, tmp_path: Path, step: Migration, error: type[Exception]
) -> None:
    before = content(path)
    with pytest.raises(error):
        open_file(path, tmp_path / "backups", (*migrations(), step))
    assert content(path) == before
    assert ask(path, "PRAGMA user_version") == [(NOW,)]
    assert ask(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'remark'") == [(0,)]
    assert files_in(path.parent) == ["project.annot"]
    with ProjectFile.open(path, tmp_path / "backups") as project:
        assert project.article_count() == 1


def test_without_a_place_for_the_backup_nothing_is_changed(path: Path, tmp_path: Path) -> None:
    (tmp_path / "backups").write_text("a file, not a folder")
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match=r"backup"):
        open_file(path, tmp_path / "backups", STEPS)
    assert path.read_bytes() == before


def test_a_project_that_cannot_be_written_is_not_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with mode(path.parent, 0o555), pytest.raises(ProjectFileError, match=r"older format.*cannot be written"):
        open_file(path, tmp_path / "backups", STEPS)
    assert path.read_bytes() == before


def test_a_process_killed_while_migrating_leaves_the_old_format_or_the_new(path: Path, tmp_path: Path) -> None:
    # The statement that kills is the last of its step, so all the step's work is in the transaction by then.
    code = (
        "import os, signal, sqlite3, sys; from pathlib import Path\n"
        "from annotator.storage.connection import connect\n"
        "from annotator.storage.migrating import Migration, migrate, migrations\n"
        "c = connect(Path(sys.argv[1]), read_only=False)\n"
        "c.create_function('die', 0, lambda: os.kill(os.getpid(), signal.SIGKILL))\n"
        "sql = 'CREATE TABLE remark (id TEXT) STRICT;\\nUPDATE article SET title = title || 1;\\nSELECT die();\\n'\n"
        "migrate(c, (*migrations(), Migration(int(sys.argv[2]), sql)))"
    )
    before = content(path)
    died = subprocess.run([sys.executable, "-c", code, str(path), str(NOW + 1)], cwd=ROOT, check=False)
    assert died.returncode == -9
    with ProjectFile.open(path, tmp_path / "backups") as project:
        assert project.article_count() == 1
    assert content(path) == before
    assert ask(path, "PRAGMA user_version") == [(NOW,)]


@pytest.mark.parametrize("intruder", ["CREATE TABLE extra (x)", "CREATE VIEW v AS SELECT 1", "DROP TABLE undo_stack"])
def test_tables_that_no_step_makes_are_refused(path: Path, intruder: str) -> None:
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        check_schema(connection, migrations())
        connection.execute(intruder)
        with pytest.raises(DamagedProject, match=r"another program has changed"):
            check_schema(connection, migrations())


def test_the_steps_are_numbered_without_a_gap() -> None:
    assert [step.version for step in migrations()] == list(range(1, len(migrations()) + 1))
