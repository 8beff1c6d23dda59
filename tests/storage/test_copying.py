"""Copies are whole, verified, and never the project itself; snapshots are read from start to end."""

import threading
from pathlib import Path

import pytest

from annotator.domain.corpus import AnnotatedArticle
from annotator.errors import DamagedProject, ProjectFileError
from annotator.storage.project_file import ProjectFile
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import (
    ANNA,
    TEXT,
    a_project,
    add_article,
    made,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
)
from tests.storage.raw import content, files_in, mode, tamper


def test_a_copy_is_the_project_and_the_project_stays_open(tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    with a_project(tmp_path) as project:
        article = add_article(project)
        project.apply(made(make_mention(article, TEXT)), ANNA)
        project.save_copy(copies / "copy.annot")
        assert files_in(copies) == ["copy.annot"]
        assert content(copies / "copy.annot") == content(project.path)
        add_article(project, "More.")
    with ProjectFile.open(copies / "copy.annot", tmp_path) as copy:
        assert copy.article_count() == 1
        assert copy.history_broken_at() is None
        copy.undo(ANNA)
        assert copy.mentions_in(article.id) == ()
    assert files_in(copies) == ["copy.annot"]


def test_a_copy_keeps_texts_that_redo_may_need(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        article = add_article(project)
        project.undo(ANNA)
        project.save_copy(tmp_path / "copy.annot")
    with ProjectFile.open(tmp_path / "copy.annot", tmp_path) as copy:
        copy.redo(ANNA)
        assert copy.text(article.id) == TEXT


def test_the_project_is_not_copied_over_itself(tmp_path: Path) -> None:
    (tmp_path / "link.annot").symlink_to(tmp_path / "project.annot")
    with a_project(tmp_path) as project:
        add_article(project)
        for target in (project.path, tmp_path / "link.annot"):
            with pytest.raises(ProjectFileError, match=r"the project itself"):
                project.save_copy(target)
        assert project.article_count() == 1


def test_a_copy_into_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    with a_project(tmp_path) as project, mode(folder, 0o555), pytest.raises(ProjectFileError, match=r"copy\.annot"):
        project.save_copy(folder / "copy.annot")
    assert files_in(folder) == []


def a_corpus(folder: Path, articles: int) -> Path:
    with a_project(folder) as project:
        ana = make_entity()
        project.apply(made(ana), ANNA)
        for number in range(articles):
            text = f"{number} {TEXT}"
            article = add_article(project, text)
            mentions = [make_mention(article, text, word, entity=ana) for word in ("Ruiz", "Ana Ruiz", "Ana")]
            claim = make_claim(article, text, by="Ana Ruiz", cue="said", entity=ana)
            project.apply(made(*mentions, claim, make_assignment(article)), ANNA)
        project.save_copy(folder / "snapshot.annot")
        assert content(folder / "snapshot.annot") == content(project.path)
    return folder / "snapshot.annot"


def test_a_snapshot_gives_everything_in_import_and_reading_order(tmp_path: Path) -> None:
    corpus = SnapshotCorpus(a_corpus(tmp_path, 5))
    assert corpus.project.name == "Bridges"
    assert corpus.article_count() == 5
    assert [annotator.name for annotator in corpus.annotators()] == ["Anna"]
    assert [entity.name for entity in corpus.entities()] == ["Ana Ruiz"]
    articles = list(corpus.articles())
    corpus.close()
    assert [article.text[0] for article in articles] == list("01234")
    for article in articles:
        assert [mention.quote for mention in article.mentions] == ["Ana Ruiz", "Ana", "Ruiz"]
        assert [claim.quote for claim in article.claims] == ["the bridge was safe"]
        assert len(article.assignments) == 1
        assert all(mention.article == article.article.id for mention in article.mentions)


def test_a_snapshot_is_read_in_another_thread_while_work_goes_on(tmp_path: Path) -> None:
    path = a_corpus(tmp_path, 20)
    seen: list[AnnotatedArticle] = []

    def read() -> None:
        corpus = SnapshotCorpus(path)
        seen.extend(corpus.articles())
        corpus.close()

    with ProjectFile.open(tmp_path / "project.annot", tmp_path) as project:
        worker = threading.Thread(target=read)
        worker.start()
        for number in range(20):
            add_article(project, f"Meanwhile {number}.")
        worker.join()
        assert project.article_count() == 40
    assert len(seen) == 20


def test_a_snapshot_that_was_tampered_with_is_noticed(tmp_path: Path) -> None:
    path = a_corpus(tmp_path, 1)
    tamper(path, "UPDATE text SET text = replace(text, 'safe', 'gone')")
    corpus = SnapshotCorpus(path)
    with pytest.raises(DamagedProject):
        list(corpus.articles())
    corpus.close()


def test_reading_a_snapshot_changes_nothing(tmp_path: Path) -> None:
    path = a_corpus(tmp_path, 2)
    before = path.read_bytes()
    corpus = SnapshotCorpus(path)
    assert len(list(corpus.articles())) == 2
    corpus.close()
    assert path.read_bytes() == before
