"""Opening refuses what is no sound project, in a sentence, and leaves every byte as it was."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.domain.authors import Timestamp
from annotator.domain.ids import ArticleId
from annotator.domain.queue import QueueFilter
from annotator.errors import (
    AnnotatorError,
    DamagedProject,
    ForeignFile,
    LockedProject,
    NewerProject,
    ProjectFileError,
    ReadOnlyProject,
)
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, a_project, add_article, changed, made, make_mention
from tests.storage.raw import files_in, mode, tamper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sound, closed project with an article and a mention."""
    with a_project(tmp_path) as project:
        article = add_article(project)
        project.apply(made(make_mention(article, project.text(article.id))), ANNA)
    return project.path


def opened(path: Path) -> ProjectFile:
    return ProjectFile.open(path, path.parent / "backups")


def the_article(project: ProjectFile) -> ArticleId:
    return project.queue(QueueFilter(), ANNA.annotator)[0]


def overwrite(path: Path, at: int, new: bytes) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + len(new)] = new
    path.write_bytes(data)


REFUSED: dict[str, tuple[Callable[[Path], object], type[AnnotatorError], str]] = {
    "an empty file": (lambda p: p.write_bytes(b""), ForeignFile, "is empty"),
    "a text": (lambda p: p.write_text("Dear diary"), ForeignFile, "not a project of this program"),
    "a text of some length": (lambda p: p.write_text("Dear diary" * 100), ForeignFile, "not a project of this program"),
    "another program's database": (lambda p: overwrite(p, 68, b"GPKG"), ForeignFile, "another program"),
    "a database of nobody": (lambda p: overwrite(p, 68, bytes(4)), ForeignFile, "another program"),
    "a newer project": (lambda p: overwrite(p, 60, (99).to_bytes(4, "big")), NewerProject, "newer version.*format 99"),
    "a project in UTF-16": (lambda p: overwrite(p, 56, (2).to_bytes(4, "big")), ProjectFileError, "“project.annot”"),
    "half a project": (lambda p: os.truncate(p, p.stat().st_size // 2), DamagedProject, "bytes instead of"),
    "a page too few": (lambda p: os.truncate(p, p.stat().st_size - 4096), DamagedProject, "bytes instead of"),
    "something appended": (lambda p: p.write_bytes(p.read_bytes() + b"\r\n"), DamagedProject, "bytes instead of"),
    "pages of noise": (lambda p: overwrite(p, 4096, b"\xa5" * 8192), DamagedProject, "damaged|other program|another"),
    "a trigger": (
        lambda p: tamper(p, "CREATE TRIGGER t AFTER INSERT ON mention BEGIN DELETE FROM article; END"),
        DamagedProject,
        "another program has changed",
    ),
    "a view": (lambda p: tamper(p, "CREATE VIEW v AS SELECT 1"), DamagedProject, "another program has changed"),
    "a table more": (lambda p: tamper(p, "CREATE TABLE extra (x)"), DamagedProject, "another program has changed"),
    "an index less": (
        lambda p: tamper(p, "DROP INDEX mention_by_place"),
        DamagedProject,
        "another program has changed",
    ),
    "a table replaced by an endless view": (
        lambda p: tamper(
            p,
            "DROP TABLE undo_stack",
            "CREATE VIEW undo_stack AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        ),
        DamagedProject,
        "another program has changed",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_sound_project_is_refused_and_left_as_it_is(path: Path, case: str) -> None:
    spoil, kind, words = REFUSED[case]
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(kind, match=words) as caught:
        opened(path)
    assert str(caught.value).endswith((".", "?"))
    assert path.read_bytes() == before
    assert files_in(path.parent) == ["project.annot"]


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match=r"There is no file"):
        opened(tmp_path / "gone.annot")
    assert files_in(tmp_path) == []


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(ForeignFile, match=r"not a file"):
        opened(tmp_path)


@pytest.mark.parametrize("name", ["ü — “quotes” %41.annot", "with space?#.annot", "’.annot"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with a_project(tmp_path, name) as project:
        add_article(project)
    with opened(tmp_path / name) as again:
        assert again.article_count() == 1
    assert files_in(tmp_path) == [name]


def test_a_second_window_reads_and_says_who_has_it_open(path: Path) -> None:
    with opened(path) as first, opened(path) as second:
        assert not first.read_only
        assert second.read_only.endswith("has it open")
        assert socket.gethostname() in second.read_only
        assert second.article_count() == 1
        with pytest.raises(ReadOnlyProject, match=r"has it open"):
            add_article(second, "Something else.")
        add_article(first, "Something else.")
        assert second.article_count() == 2
    assert files_in(path.parent) == ["project.annot"]


def test_another_process_reads_while_the_project_is_open(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from annotator.storage.project_file import ProjectFile\n"
        "p = ProjectFile.open(Path(sys.argv[1]), Path(sys.argv[1]).parent)\n"
        "sys.stdout.write(f'{p.article_count()} {p.read_only}'); p.close()"
    )
    with opened(path) as project:
        run = [sys.executable, "-c", code, str(path)]
        out = subprocess.run(run, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]).stdout
        assert out.startswith("1 ")
        assert out.endswith("has it open")
        add_article(project, "Still writable.")
    assert files_in(path.parent) == ["project.annot"]


def lock(path: Path, **holder: object) -> Path:
    beside = path.with_name(f".{path.name}.lock")
    beside.write_text(json.dumps(holder), encoding="utf-8")
    return beside


def finished_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_the_lock_of_a_process_that_is_gone_is_taken_over(path: Path) -> None:
    lock(path, host=socket.gethostname(), user="anna", pid=finished_process(), start="")
    with opened(path) as project:
        assert not project.read_only
    assert files_in(path.parent) == ["project.annot"]


def test_the_lock_of_another_computer_is_believed_and_left_alone(path: Path) -> None:
    beside = lock(path, host="annas-laptop", user="anna", pid=finished_process(), start="")
    with opened(path) as project:
        assert project.read_only == "anna on annas-laptop has it open"
    assert beside.exists()


def test_a_write_protected_file_is_opened_to_read(path: Path) -> None:
    before = path.read_bytes()
    with mode(path, 0o444), opened(path) as project:
        assert project.read_only == "the file is write-protected"
        assert project.article_count() == 1
        with pytest.raises(ReadOnlyProject, match=r"write-protected"):
            project.undo(ANNA)
    assert path.read_bytes() == before


def test_a_project_in_a_write_protected_folder_is_opened_to_read(path: Path) -> None:
    before = path.read_bytes()
    with mode(path.parent, 0o555), opened(path) as project:
        assert project.read_only == "its folder cannot be written"
        assert project.article_count() == 1
        with pytest.raises(ReadOnlyProject, match=r"its folder cannot be written"):
            add_article(project, "Something else.")
    assert path.read_bytes() == before
    assert files_in(path.parent) == ["project.annot"]


def test_a_file_that_may_not_be_read_is_said_to_be_so(path: Path) -> None:
    with mode(path, 0o000), pytest.raises(ProjectFileError, match=r"cannot be read: Permission denied"):
        opened(path)


def test_a_project_locked_by_another_program_is_opened_in_a_moment(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedProject, match=r"try again in a moment"):
        opened(path)
    other.close()
    assert files_in(path.parent) == ["project.annot"]
    with opened(path) as project:
        assert not project.read_only


def test_a_wal_file_becomes_one_file_again(path: Path) -> None:
    tamper(path, "PRAGMA journal_mode = WAL")
    assert path.read_bytes()[18] == 2
    with opened(path) as project:
        assert project.article_count() == 1
        add_article(project, "Something else.")
        assert path.read_bytes()[18] == 1
        assert files_in(path.parent) == [".project.annot.lock", "project.annot"]
    assert files_in(path.parent) == ["project.annot"]


def test_rows_that_are_only_in_a_wal_beside_the_file_are_taken_in(path: Path) -> None:
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode = WAL'); c.execute(\"UPDATE project SET name = 'Later'\"); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert "project.annot-wal" in files_in(path.parent)
    with opened(path) as project:
        assert project.project().name == "Later"
    assert files_in(path.parent) == ["project.annot"]


def test_a_change_that_was_cut_off_is_taken_back_and_announced(path: Path) -> None:
    # Enough rows that SQLite has to spill half of the change into the file before the process dies.
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size = 5'); c.execute('BEGIN')\n"
        "c.execute(\"UPDATE article SET title = 'half'\")\n"
        "c.executemany('INSERT INTO text VALUES (?, ?)', ((f'{n:064}', 'x' * 2000) for n in range(500)))\n"
        "os._exit(0)"
    )
    with opened(path) as project:
        title = project.article(the_article(project)).title
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert "project.annot-journal" in files_in(path.parent)
    with opened(path) as project:
        assert project.recovered
        assert project.article(the_article(project)).title == title
    assert files_in(path.parent) == ["project.annot"]


def test_a_changed_text_is_noticed_when_it_is_read(path: Path) -> None:
    tamper(path, "UPDATE text SET text = replace(text, 'safe', 'gone')")
    with opened(path) as project, pytest.raises(DamagedProject, match=r"not the one that was imported"):
        project.text(the_article(project))


def test_a_moved_mention_is_noticed_when_its_article_is_read(path: Path) -> None:
    tamper(path, 'UPDATE mention SET start = start + 1, "end" = "end" + 1')
    with opened(path) as project, pytest.raises(DamagedProject, match=r"Ana Ruiz"):
        project.mentions_in(the_article(project))


def test_a_file_copied_while_the_project_is_open_holds_every_edit_made(path: Path) -> None:
    with opened(path) as project:
        for number in range(20):
            article = add_article(project, f"Article {number}.")
            copy = path.with_name(f"mailed {number}.annot")
            # Another process: opening the file in this one would drop SQLite's locks.
            subprocess.run(["cp", str(path), str(copy)], check=True)
            with opened(copy) as mailed:
                assert mailed.article(article.id) == article


def test_editing_an_article_record_keeps_its_text(path: Path) -> None:
    with opened(path) as project:
        article = project.article(the_article(project))
        project.apply(changed(article, title="Another", changed=Timestamp("2026-11-24T09:00:00.000Z")), ANNA)
        assert project.article(article.id).title == "Another"
        assert project.text(article.id)
