"""Undo and redo: unlimited, across restarts, each person her own."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.articles import Article
from annotator.domain.assignments import State
from annotator.domain.edits import EditKind
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.errors import AnnotatorError, EditRefused
from tests.building import (
    ANNA,
    BEN,
    TEXT,
    a_project,
    add_article,
    changed,
    deleted,
    made,
    make_annotator,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
    new_time,
    reopened,
)
from tests.storage.raw import ask, content


def test_undo_and_redo_walk_through_the_edits_also_after_reopening(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    states = [content(project.path)]
    article = add_article(project)
    states.append(content(project.path))
    for word in ("Ana Ruiz", "bridge", "Daily Post"):
        project.apply(made(make_mention(article, TEXT, word)), ANNA)
        states.append(content(project.path))
    for state in reversed(states[:-1]):
        project = reopened(project)
        assert project.undo(ANNA) is not None
        assert content(project.path) == state
    assert project.undo(ANNA) is None
    for state in states[1:]:
        project = reopened(project)
        assert project.redo(ANNA) is not None
        assert content(project.path) == state
    assert project.redo(ANNA) is None
    project.close()


def test_what_undo_answers_is_what_it_did(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        article = add_article(project)
        edit = made(make_mention(article, TEXT))
        project.apply(edit, ANNA)
        assert project.undo(ANNA) == edit.inverse()
        assert project.redo(ANNA) == edit


def test_what_comes_next_can_be_seen_without_doing_it(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        assert project.peek_undo(ANNA.annotator) is None
        add_article(project)
        undo = project.peek_undo(ANNA.annotator)
        assert undo is not None
        assert (undo.kind, undo.subject) == (EditKind.IMPORT, ("made",))
        assert project.peek_redo(ANNA.annotator) is None
        project.undo(ANNA)
        redo = project.peek_redo(ANNA.annotator)
        assert redo is not None
        assert redo.kind == EditKind.IMPORT


def test_a_new_edit_ends_what_could_be_redone(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        article = add_article(project)
        project.apply(made(make_mention(article, TEXT)), ANNA)
        project.undo(ANNA)
        project.apply(made(make_mention(article, TEXT, "bridge")), ANNA)
        assert project.peek_redo(ANNA.annotator) is None
        assert project.redo(ANNA) is None
        assert [mention.quote for mention in project.mentions_in(article.id)] == ["bridge"]


def test_each_person_undoes_only_her_own_edits(tmp_path: Path) -> None:
    with a_project(tmp_path, with_ben=True) as project:
        article = add_article(project)
        annas, bens = make_mention(article, TEXT), make_mention(article, TEXT, "bridge", author=BEN)
        project.apply(made(annas), ANNA)
        project.apply(made(bens), BEN)
        project.undo(ANNA)
        assert project.mentions_in(article.id) == (bens,)
        project.undo(BEN)
        assert project.undo(BEN) is None
        assert project.mentions_in(article.id) == ()
        project.redo(ANNA)
        assert project.mentions_in(article.id) == (annas,)


def test_signing_in_cannot_be_undone(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        project.apply(made(make_annotator(BEN, "Ben"), kind=EditKind.JOIN), BEN)
        assert project.undo(BEN) is None
        assert len(project.annotators()) == 2


def test_what_somebody_else_changed_since_is_not_undone(tmp_path: Path) -> None:
    with a_project(tmp_path, with_ben=True) as project:
        article = add_article(project)
        mention = make_mention(article, TEXT)
        project.apply(made(mention), ANNA)
        project.apply(changed(mention, note="Ben's", changed=new_time()), BEN)
        before = content(project.path)
        with pytest.raises(AnnotatorError):
            project.undo(ANNA)
        assert content(project.path) == before


def test_an_import_is_not_undone_while_somebody_elses_mention_needs_the_article(tmp_path: Path) -> None:
    with a_project(tmp_path, with_ben=True) as project:
        article = add_article(project)
        project.apply(made(make_mention(article, TEXT, author=BEN)), BEN)
        with pytest.raises(EditRefused, match=r"still needs this"):
            project.undo(ANNA)
        assert project.article(article.id) == article


def test_a_group_is_undone_and_redone_as_one(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    before = add_article(project, "Before.")
    batch = [add_article(project, f"Article {number}.", group="import 1") for number in range(3)]
    other = [add_article(project, f"Other {number}.", group="import 2") for number in range(2)]

    def listed() -> list[ArticleId]:
        return list(project.queue(QueueFilter(), ANNA.annotator))

    everything = [article.id for article in (before, *batch, *other)]
    edit = project.undo(ANNA)
    assert edit is not None
    assert {change.record.id for change in edit.changes} == {article.id for article in other}
    assert listed() == everything[:4]
    project = reopened(project)
    edit = project.undo(ANNA)
    assert edit is not None
    assert len(edit.changes) == 3
    assert listed() == everything[:1]
    project = reopened(project)
    project.redo(ANNA)
    assert listed() == everything[:4]
    project.redo(ANNA)
    assert listed() == everything
    assert project.redo(ANNA) is None
    project.close()


def test_neighbours_without_a_group_are_undone_one_by_one(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        add_article(project, "One.")
        add_article(project, "Two.")
        project.undo(ANNA)
        assert project.article_count() == 1


def test_the_text_of_an_import_taken_back_is_there_again_after_redo(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    article = add_article(project)
    project.undo(ANNA)
    assert not project.known_texts([article.sha256])
    project = reopened(project)
    project.redo(ANNA)
    assert project.text(article.id) == TEXT
    project.close()


def test_history_only_grows(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        add_article(project)
        project.undo(ANNA)
        project.redo(ANNA)
        rows = ask(project.path, "SELECT kind, step, annotator_id FROM history ORDER BY seq")
    assert [(kind, step) for kind, step, _ in rows] == [
        ("new project", "do"),
        ("import", "do"),
        ("import", "undo"),
        ("import", "redo"),
    ]
    assert {annotator for *_, annotator in rows} == {ANNA.annotator}


class _Random:
    """A project with a model of it: what it held after each edit that can be taken back or done again."""

    def __init__(self, folder: Path) -> None:
        self.project = a_project(folder)
        self.past = [content(self.project.path)]
        self.future: list[dict[str, list[tuple[object, ...]]]] = []
        self.number = 0

    def import_one(self, _: int) -> None:
        self.number += 1
        add_article(self.project, f"{self.number} {TEXT}")

    def tag(self, pick: int) -> None:
        article = self._article(pick)
        word = ("Ana Ruiz", "bridge", "said", "Daily Post", "Ruiz")[pick % 5]
        self.project.apply(made(make_mention(article, self.project.text(article.id), word)), ANNA)

    def link(self, pick: int) -> None:
        mention = self._mention(pick)
        entity = make_entity(f"Entity {pick}")
        link = changed(mention, entity=entity.id, changed=new_time())
        self.project.apply(type(link)(EditKind.LINK, (*made(entity).changes, *link.changes)), ANNA)

    def untag(self, pick: int) -> None:
        self.project.apply(deleted(self._mention(pick)), ANNA)

    def describe(self, pick: int) -> None:
        self.project.apply(changed(self._mention(pick), note=f"note {pick}", changed=new_time()), ANNA)

    def claim(self, pick: int) -> None:
        article = self._article(pick)
        self.project.apply(made(make_claim(article, self.project.text(article.id), by="Ana Ruiz", cue="said")), ANNA)

    def state(self, pick: int) -> None:
        article = self._article(pick)
        before = self.project.assignment(article.id, ANNA.annotator)
        if before is None:
            self.project.apply(made(make_assignment(article)), ANNA)
        else:
            self.project.apply(changed(before, state=State.DONE, changed=new_time()), ANNA)

    def _article(self, pick: int) -> Article:
        ids = self.project.queue(QueueFilter(), ANNA.annotator)
        if not ids:
            raise EditRefused("Nothing imported yet.")
        return self.project.article(ids[pick % len(ids)])

    def _mention(self, pick: int) -> Mention:
        mentions = self.project.mentions_in(self._article(pick).id)
        if not mentions:
            raise EditRefused("Nothing tagged here.")
        return mentions[pick % len(mentions)]

    def step(self, name: str, pick: int) -> None:
        if name == "undo":
            done = self.project.undo(ANNA)
            assert (done is None) == (len(self.past) == 1)
            if done:
                self.future.append(self.past.pop())
        elif name == "redo":
            done = self.project.redo(ANNA)
            assert (done is None) == (not self.future)
            if done:
                self.past.append(self.future.pop())
        elif name == "reopen":
            self.project = reopened(self.project)
        else:
            gesture: Callable[[int], None] = getattr(self, name)
            gesture(pick)
            self.past.append(content(self.project.path))
            self.future.clear()
        assert content(self.project.path) == self.past[-1]


_STEPS = ("import_one", "tag", "tag", "link", "untag", "describe", "claim", "state", "undo", "undo", "redo", "reopen")


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(_STEPS), st.integers(0, 20)), min_size=5, max_size=30))
def test_any_edits_all_undone_leave_the_project_as_it_was(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        random = _Random(Path(folder).resolve())
        random.import_one(0)
        random.past.append(content(random.project.path))
        for name, pick in steps:
            try:
                random.step(name, pick)
            except EditRefused:
                continue
        while random.project.undo(ANNA):
            random.past.pop()
        assert content(random.project.path) == random.past[0]
        assert random.project.history_broken_at() is None
        random.project.close()
