"""Another program, or a full disk, comes between: noticed before anything is written, and nothing is overwritten."""

import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.errors import LockedProject, ProjectChanged, ProjectFileError
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, TEXT, a_project, add_article, made, make_mention, reopened
from tests.storage.raw import content, files_in, tamper


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    with a_project(tmp_path) as project:
        yield project


def test_a_write_by_another_program_stops_ours_until_reload(project: ProjectFile) -> None:
    article = add_article(project)
    tamper(project.path, "UPDATE article SET title = 'theirs'")
    edit = made(make_mention(article, TEXT))
    for _ in range(2):
        with pytest.raises(ProjectChanged, match=r"Another program has written.*read the project again"):
            project.apply(edit, ANNA)
    with pytest.raises(ProjectChanged):
        project.undo(ANNA)
    project.reload()
    project.apply(edit, ANNA)
    assert project.article(article.id).title == "theirs"
    assert len(project.mentions_in(article.id)) == 1


def test_a_file_put_in_its_place_is_never_written_to(project: ProjectFile, tmp_path: Path) -> None:
    article = add_article(project)
    with a_project(tmp_path, "other.annot") as other:
        add_article(other, "Somebody else's work.")
    other.path.replace(project.path)
    before = project.path.read_bytes()
    with pytest.raises(ProjectChanged, match=r"replaced"):
        project.apply(made(make_mention(article, TEXT)), ANNA)
    assert project.path.read_bytes() == before


def test_content_copied_over_the_open_file_is_never_written_to(project: ProjectFile, tmp_path: Path) -> None:
    article = add_article(project)
    with a_project(tmp_path, "other.annot") as other:
        for number in range(5):
            add_article(other, f"Somebody else's work {number}.")
    # In another process: opening the file in this one would drop SQLite's locks.
    subprocess.run(["cp", str(other.path), str(project.path)], check=True)
    before = content(other.path)
    with pytest.raises(ProjectFileError):
        project.apply(made(make_mention(article, TEXT)), ANNA)
    assert content(project.path) == before


@pytest.mark.parametrize("deed", ["moved", "deleted"])
def test_a_file_that_went_away_is_noticed(project: ProjectFile, tmp_path: Path, deed: str) -> None:
    if deed == "moved":
        project.path.rename(tmp_path / "moved.annot")
    else:
        project.path.unlink()
    with pytest.raises(ProjectChanged, match=r"moved, deleted or replaced"):
        add_article(project)
    assert not project.path.exists()


def test_a_copy_can_still_be_saved_of_a_file_that_was_deleted(project: ProjectFile, tmp_path: Path) -> None:
    article = add_article(project)
    project.path.unlink()
    project.save_copy(tmp_path / "saved.annot")
    with ProjectFile.open(tmp_path / "saved.annot", tmp_path) as saved:
        assert saved.article(article.id) == article


def test_a_lock_of_another_program_is_a_message_and_a_second_try_succeeds(project: ProjectFile) -> None:
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedProject, match=r"try again in a moment"):
        add_article(project)
    other.execute("ROLLBACK")
    other.close()
    article = add_article(project)
    assert project.article(article.id) == article


def test_a_reader_that_holds_the_file_is_a_message_and_nothing_is_half_written(project: ProjectFile) -> None:
    add_article(project, "Before.")
    other = sqlite3.connect(project.path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM article").fetchone()
    with pytest.raises(LockedProject, match=r"try again in a moment"):
        add_article(project)
    assert project.article_count() == 1
    other.execute("ROLLBACK")
    other.close()
    add_article(project)
    assert project.article_count() == 2


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_that_cannot_grow_loses_nothing_and_works_again_with_room(project: ProjectFile) -> None:
    add_article(project, "Before.")
    before = content(project.path)
    with largest_file(project.path.stat().st_size):
        for _ in range(2):
            with pytest.raises(ProjectFileError, match=r"“project.annot”") as caught:
                add_article(project, "x" * 100_000)
            assert "not saved" in str(caught.value) or "no room" in str(caught.value)
            assert content(project.path) == before
            assert project.article_count() == 1
    add_article(project, "x" * 100_000)
    assert project.article_count() == 2
    again = reopened(project)
    assert again.article_count() == 2
    assert again.history_broken_at() is None
    again.close()


def test_a_copy_that_finds_no_room_leaves_nothing_under_its_name(project: ProjectFile, tmp_path: Path) -> None:
    add_article(project, "x" * 100_000)
    target = tmp_path / "copies" / "copy.annot"
    target.parent.mkdir()
    with largest_file(50_000), pytest.raises(ProjectFileError):
        project.save_copy(target)
    assert files_in(target.parent) == []


def test_a_file_that_was_copied_back_over_itself_goes_on(project: ProjectFile, tmp_path: Path) -> None:
    add_article(project)
    shutil.copy(project.path, tmp_path / "mailed.annot")
    with ProjectFile.open(tmp_path / "mailed.annot", tmp_path) as mailed:
        add_article(mailed, "More.")
        assert mailed.history_broken_at() is None
    assert project.article_count() == 1
