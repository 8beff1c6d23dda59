"""A project comes into being whole, or not at all."""

from pathlib import Path

import pytest

from annotator.domain.edits import EditKind
from annotator.errors import ProjectFileError
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, SCHEMA, a_project, add_article, make_annotator, make_project, reopened
from tests.storage.raw import ask, files_in


def test_a_new_project_knows_its_name_its_schema_and_its_maker(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        assert project.project().name == "Bridges"
        assert project.project().schema == SCHEMA
        assert project.schema.labels[0].key == "actor"
        assert [annotator.name for annotator in project.annotators()] == ["Anna"]
        assert project.annotators()[0].id == ANNA.annotator


def test_creating_is_the_first_row_of_history_and_cannot_be_undone(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        assert ask(project.path, "SELECT kind, annotator_id FROM history") == [(EditKind.NEW_PROJECT, ANNA.annotator)]
        assert project.peek_undo(ANNA.annotator) is None
        assert project.undo(ANNA) is None


def test_a_closed_project_is_exactly_one_file(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    add_article(project)
    project.close()
    assert files_in(tmp_path) == ["project.annot"]


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "project.annot"
    path.write_bytes(b"my novel")
    with pytest.raises(ProjectFileError, match=r"already"):
        ProjectFile.create(path, make_project(), make_annotator(), tmp_path / "backups")
    assert path.read_bytes() == b"my novel"
    assert files_in(tmp_path) == ["project.annot"]


def test_a_project_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "project.annot"
    half_a_character = make_project(name="\ud800")
    with pytest.raises(UnicodeEncodeError):
        ProjectFile.create(path, half_a_character, make_annotator(), tmp_path / "backups")
    assert files_in(tmp_path) == []


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match=r"No such file"):
        ProjectFile.create(tmp_path / "no" / "p.annot", make_project(), make_annotator(), tmp_path / "backups")


def test_everything_is_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    article = add_article(project, publisher="Daily Post")
    project = reopened(project)
    assert project.article(article.id) == article
    assert not project.recovered
    assert not project.read_only
    project.close()


def test_a_project_reached_through_a_link_is_the_project_itself(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    project.close()
    link = tmp_path / "elsewhere" / "link.annot"
    link.parent.mkdir()
    link.symlink_to(project.path)
    with ProjectFile.open(link, tmp_path / "backups") as again:
        assert again.path == project.path
        add_article(again)
    assert files_in(link.parent) == ["link.annot"]
    assert files_in(tmp_path) == ["project.annot"]
