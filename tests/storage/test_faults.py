"""Less usual troubles: locks while reading, leftovers of killed programs, damaged rows, searches in large projects."""

import json
import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.domain.entities import Alias
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.errors import DamagedProject, EditRefused, LockedProject, ProjectChanged, ProjectFileError
from annotator.storage.migrating import Migration, migrations
from annotator.storage.opening import open_file
from annotator.storage.project_file import ProjectFile
from tests.building import (
    ANNA,
    BEN,
    TEXT,
    a_project,
    add_article,
    changed,
    made,
    make_claim,
    make_entity,
    make_mention,
)
from tests.storage.raw import ask, content, files_in, mode, tamper

# Enough rows that SQLite has to spill half of the change into the file before the process dies.
DIE_WHILE_WRITING = (
    "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "c.execute('PRAGMA cache_size = 5'); c.execute('BEGIN'); c.execute(\"UPDATE article SET title = 'half'\")\n"
    "c.executemany('INSERT INTO text VALUES (?, ?)', ((f'{n:064}', 'x' * 2000) for n in range(500)))\n"
    "os._exit(0)"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with a_project(tmp_path, with_ben=True) as project:
        yield project


READS: dict[str, Callable[[ProjectFile], object]] = {
    "project": lambda p: p.project(),
    "queue": lambda p: p.queue(QueueFilter(), ANNA.annotator),
    "annotators": lambda p: p.annotators(),
    "all_entities": lambda p: p.all_entities(9, 0),
    "find_entities": lambda p: p.find_entities("a", ("person",), 9),
    "peek_undo": lambda p: p.peek_undo(ANNA.annotator),
    "undo": lambda p: p.undo(ANNA),
    "history": lambda p: p.history_broken_at(),
    "reload": lambda p: p.reload(),
}


@pytest.mark.parametrize("read", READS)
def test_reading_while_another_program_locks_the_file_is_a_message(project: ProjectFile, read: str) -> None:
    add_article(project)
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedProject, match=r"try again in a moment"):
        READS[read](project)
    other.close()
    READS[read](project)


def test_a_span_beyond_the_end_of_the_text_is_refused_although_its_words_fit(project: ProjectFile) -> None:
    article = add_article(project, "Ana Ruiz")
    mention = changed(make_mention(article, "Ana Ruiz"), spans=(Span(0, 90),)).changes[0].record
    with pytest.raises(DamagedProject, match=r"quoted words"):
        project.apply(made(mention), ANNA)


@pytest.mark.parametrize("table", ["mention", "claim"])
@pytest.mark.parametrize("change", ['start = start + 1, "end" = "end" + 1', '"end" = "end" + 900'])
def test_records_that_another_program_moved_are_noticed_on_reading(
    project: ProjectFile, table: str, change: str
) -> None:
    article = add_article(project)
    project.apply(made(make_mention(article, TEXT), make_claim(article, TEXT)), ANNA)
    tamper(project.path, f"UPDATE {table} SET {change}")
    with pytest.raises(DamagedProject, match=rf"A {table} says"):
        project.mentions_in(article.id) if table == "mention" else project.claims_in(article.id)


def test_a_row_that_makes_no_record_is_damage(project: ProjectFile) -> None:
    article = add_article(project)
    tamper(project.path, "UPDATE article SET text_quality = 'splendid'")
    with pytest.raises(DamagedProject, match=r"makes no sense"):
        project.article(article.id)


def test_a_group_that_can_be_undone_only_in_part_tells_what_was_undone(project: ProjectFile) -> None:
    first, second = (add_article(project, f"{number} {TEXT}", group="g") for number in range(2))
    project.apply(made(make_mention(first, "0 " + TEXT, author=BEN)), BEN)
    edit = project.undo(ANNA)
    assert edit is not None
    assert [change.record.id for change in edit.changes] == [second.id]
    with pytest.raises(EditRefused, match=r"still needs this"):
        project.undo(ANNA)


def test_the_text_of_an_article_taken_back_is_not_answered(project: ProjectFile) -> None:
    article = add_article(project)
    assert project.text(article.id) == TEXT
    project.undo(ANNA)
    with pytest.raises(EditRefused, match=r"not in the project any more"):
        project.text(article.id)


def test_words_with_half_a_character_are_refused(project: ProjectFile) -> None:
    article = add_article(project)
    with pytest.raises(EditRefused, match=r"half a character"):
        project.apply(made(make_mention(article, TEXT, note="\ud800")), ANNA)
    assert project.mentions_in(article.id) == ()


def test_making_what_is_there_already_says_that_the_project_changed(project: ProjectFile) -> None:
    mention = make_mention(add_article(project), TEXT)
    project.apply(made(mention), ANNA)
    with pytest.raises(ProjectChanged, match=r"meanwhile"):
        project.apply(made(mention), ANNA)


@pytest.mark.parametrize("typed", ["al-q", "al-qaeda", "qae", "o'b", "o'brien", "brien", "rory o’b"])
def test_names_with_hyphens_and_apostrophes_are_found(project: ProjectFile, typed: str) -> None:
    names = [make_entity("al-Qaeda"), make_entity("Rory O'Brien"), make_entity("Rory O’Brien")]
    project.apply(made(*names), ANNA)
    assert project.find_entities(typed, ("person",), 9)


def test_a_search_in_a_large_project_misses_nothing(project: ProjectFile) -> None:
    article, ana = add_article(project), make_entity("Ana Ruiz")
    many = [make_entity(f"A{number} Mohammed") for number in range(450)]
    unnamed = [make_entity("official", "unnamed source") for _ in range(450)]
    rare = [make_entity("Zia Mohammed"), make_entity("Official Gazette", "media outlet")]
    project.apply(made(*many, *unnamed, *rare, ana, make_mention(article, TEXT, entity=ana)), ANNA)
    assert project.find_entities("a", ("person",), 5)[0] == ana
    assert project.find_entities("zia mohammed", ("person",), 5) == (rare[0],)
    assert project.find_entities("offi", ("media outlet",), 5) == (rare[1],)


@pytest.fixture
def orphan(tmp_path: Path) -> Path:
    """The path of a project that a program died while writing to; the journal lies beside it."""
    with a_project(tmp_path) as project:
        add_article(project)
    subprocess.run([sys.executable, "-c", DIE_WHILE_WRITING, str(project.path)], check=True)
    assert files_in(tmp_path) == ["project.annot", "project.annot-journal"]
    return project.path


def test_a_new_project_is_not_made_beside_the_journal_of_another(orphan: Path) -> None:
    orphan.unlink()
    with pytest.raises(LockedProject, match=r"not closed properly"):
        a_project(orphan.parent)
    assert files_in(orphan.parent) == ["project.annot-journal"]


def test_a_copy_is_not_put_beside_the_journal_of_another(orphan: Path) -> None:
    with a_project(orphan.parent, "other.annot") as other, pytest.raises(LockedProject, match=r"not closed properly"):
        other.save_copy(orphan)
    with ProjectFile.open(orphan, orphan.parent) as project:
        assert project.recovered
        assert project.article_count() == 1


def test_a_copy_does_not_replace_a_project_that_is_open(tmp_path: Path) -> None:
    with a_project(tmp_path) as one, a_project(tmp_path, "two.annot") as two:
        with pytest.raises(LockedProject, match=r"is open"):
            two.save_copy(one.path)
        add_article(one)


def test_a_journal_that_was_never_begun_is_cleared_away_and_not_announced(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        add_article(project)
    (tmp_path / "project.annot-journal").write_bytes(bytes(512))
    with ProjectFile.open(project.path, tmp_path) as project:
        assert not project.recovered
    assert files_in(tmp_path) == ["project.annot"]


def test_a_reader_does_not_announce_the_writers_journal(tmp_path: Path) -> None:
    write = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE')\n"
        "c.execute(\"UPDATE project SET name = 'x'\"); print('ready', flush=True); sys.stdin.read()"
    )
    with a_project(tmp_path) as project:
        run = [sys.executable, "-c", write, str(project.path)]
        with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            with ProjectFile.open(project.path, tmp_path) as reader:
                assert reader.read_only
                assert not reader.recovered
            child.communicate("")


def test_a_wal_file_where_nothing_can_be_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "protected"
    folder.mkdir()
    with a_project(folder) as project:
        add_article(project)
    tamper(project.path, "PRAGMA journal_mode = WAL")
    with mode(project.path, 0o444), mode(folder, 0o555), ProjectFile.open(project.path, tmp_path) as again:
        assert again.read_only
        assert again.article_count() == 1
    assert files_in(folder) == ["project.annot"]


def test_the_lock_of_a_process_whose_number_was_given_again_is_taken_over(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        pass
    holder = {"host": platform.node(), "user": "anna", "pid": os.getppid(), "start": "1"}
    (tmp_path / ".project.annot.lock").write_text(json.dumps(holder))
    with ProjectFile.open(project.path, tmp_path) as again:
        assert not again.read_only


def test_a_lock_that_somebody_took_over_is_left_to_her(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    (tmp_path / ".project.annot.lock").write_text('{"host": "other", "user": "ben", "pid": 1}')
    project.close()
    assert files_in(tmp_path) == [".project.annot.lock", "project.annot"]


NEXT = len(migrations()) + 1
REBUILT = """
CREATE TABLE annotator_new (
  id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'machine', 'consensus')),
  created TEXT NOT NULL, changed TEXT NOT NULL
) STRICT;
INSERT INTO annotator_new SELECT * FROM annotator;
DROP TABLE annotator;
ALTER TABLE annotator_new RENAME TO annotator;
"""


def test_a_step_may_build_a_table_anew_that_others_refer_to(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        article, ana = add_article(project), make_entity(aliases=(Alias("A. Ruiz"),))
        project.apply(made(ana, make_mention(article, TEXT, entity=ana)), ANNA)
    before = content(project.path)
    for _ in range(2):
        opened = open_file(project.path, tmp_path / "backups", (*migrations(), Migration(NEXT, REBUILT)))
        assert opened.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        opened.connection.close()
        opened.lock.release()
    assert content(project.path) == before


def test_a_step_that_ends_in_the_middle_of_a_statement_is_not_taken(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        pass
    with pytest.raises(ValueError, match="middle of a statement"):
        open_file(
            project.path, tmp_path / "b", (*migrations(), Migration(NEXT, "CREATE TABLE comment (id TEXT) STRICT"))
        )
    assert ask(project.path, "PRAGMA user_version") == [(NEXT - 1,)]


def test_a_fault_of_the_disk_does_not_end_the_session(project: ProjectFile) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(ProjectFileError):
            add_article(project, "x" * 50_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    add_article(project, "x" * 50_000)
    assert project.article_count() == 1
