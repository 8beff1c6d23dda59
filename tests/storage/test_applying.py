"""An edit is written whole, and only when the project is what the edit thinks it is."""

from pathlib import Path

import pytest

from annotator.domain.articles import text_hash
from annotator.domain.assignments import State
from annotator.domain.authors import Timestamp
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Alias, AliasKind
from annotator.domain.spans import Span
from annotator.errors import AnnotatorError, DamagedProject, EditRefused, ProjectChanged
from annotator.storage.project_file import ProjectFile
from tests.building import (
    ANNA,
    TEXT,
    a_project,
    add_article,
    changed,
    deleted,
    made,
    make_article,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
    make_project,
    reopened,
)
from tests.storage.raw import ask, content

LATER = Timestamp("2027-01-01T00:00:00.000Z")


@pytest.fixture
def project(tmp_path: Path) -> ProjectFile:
    return a_project(tmp_path)


@pytest.fixture(autouse=True)
def _closed(project: ProjectFile):  # type: ignore[no-untyped-def]  # noqa: ANN202
    yield
    project.close()


def test_every_kind_of_record_comes_back_as_it_went_in(project: ProjectFile) -> None:
    article = add_article(project, publisher="Daily Post", published="2026-11-20", language="en")
    names = (Alias("A. Ruiz"), Alias("Ana Ruíz", AliasKind.OTHER_SCRIPT), Alias("the engineer", AliasKind.TITLE))
    ana = make_entity(aliases=names, description="She built it.\nTwice.")
    post = make_entity("Daily Post", "media outlet")
    mention = make_mention(article, TEXT, "Ana", "bridge", entity=ana, unsure=True, note="“?”", level="nominal")
    outer = make_claim(article, TEXT, by="Ana Ruiz", cue="said", entity=ana, about=(post.id, ana.id), note="n")
    inner = make_claim(article, TEXT, "It will", "hold", within=outer.id, wording="calm", unsure=True, medium="spoken")
    work = make_assignment(article, State.DONE)
    project.apply(made(mention, work, inner, outer, ana, post), ANNA)

    project.reload()
    assert project.article(article.id) == article
    assert project.entity(ana.id) == ana
    assert project.mention(mention.id) == mention
    assert project.claim(outer.id) == outer
    assert project.claim(inner.id) == inner
    assert project.assignment(article.id, ANNA.annotator) == work
    assert project.text(article.id) == TEXT


def test_another_program_sees_what_was_written_at_once(project: ProjectFile) -> None:
    article = add_article(project)
    mention = make_mention(article, TEXT, "Ana Ruiz")
    project.apply(made(mention), ANNA)
    assert ask(project.path, 'SELECT id, article_id, start, "end", quote FROM mention') == [
        (mention.id, article.id, 0, 8, "Ana Ruiz")
    ]
    assert ask(project.path, "SELECT text FROM text WHERE sha256 = ?", article.sha256) == [(TEXT,)]


def test_changing_and_deleting(project: ProjectFile) -> None:
    article = add_article(project)
    ana = make_entity(aliases=(Alias("A. Ruiz"),))
    mention, claim = make_mention(article, TEXT, entity=ana), make_claim(article, TEXT, by="Ana Ruiz", entity=ana)
    project.apply(made(ana, mention, claim), ANNA)

    renamed = changed(ana, name="Ana María Ruiz", aliases=(), changed=LATER)
    project.apply(renamed, ANNA)
    assert project.entity(ana.id).name == "Ana María Ruiz"
    assert project.entities_keyed("maria", 9) == (project.entity(ana.id),)
    assert project.entities_keyed("a. ruiz", 9) == ()

    project.apply(deleted(claim, mention, project.entity(ana.id)), ANNA)
    assert project.mentions_in(article.id) == ()
    assert project.claims_in(article.id) == ()
    assert project.entities_keyed("maria", 9) == ()
    with pytest.raises(EditRefused, match=r"not in the project any more"):
        project.entity(ana.id)


@pytest.mark.parametrize("ask_for", ["article", "text", "mention", "entity", "claim"])
def test_asking_for_what_is_not_there_is_refused(project: ProjectFile, ask_for: str) -> None:
    with pytest.raises(EditRefused, match=r"not in the project any more"):
        getattr(project, ask_for)("nothing")


def test_an_edit_that_starts_from_an_older_record_is_refused_and_nothing_of_it_is_written(project: ProjectFile) -> None:
    article = add_article(project)
    mention, other = make_mention(article, TEXT), make_mention(article, TEXT, "Daily Post")
    project.apply(made(mention, other), ANNA)
    project.apply(changed(mention, note="first", changed=LATER), ANNA)
    before = content(project.path)

    second = changed(mention, note="second", changed=LATER)
    for edit in (
        second,
        Edit(EditKind.TAG, (Change(None, make_mention(article, TEXT, "Ruiz")), *second.changes)),
        deleted(other, mention),
        deleted(make_mention(article, TEXT)),
    ):
        with pytest.raises(ProjectChanged, match=r"meanwhile"):
            project.apply(edit, ANNA)
        assert content(project.path) == before
    assert project.mention(mention.id).note == "first"


def test_making_a_record_that_is_there_already_is_refused(project: ProjectFile) -> None:
    article = add_article(project)
    mention = make_mention(article, TEXT)
    project.apply(made(mention), ANNA)
    before = content(project.path)
    with pytest.raises(AnnotatorError):
        project.apply(made(mention), ANNA)
    assert content(project.path) == before


def test_one_edit_may_change_a_record_more_than_once(project: ProjectFile) -> None:
    article = add_article(project)
    first = make_mention(article, TEXT)
    second = changed(first, note="second").changes[0].after
    assert second is not None
    steps = (Change(None, first), Change(first, second), Change(second, None), Change(None, first))
    project.apply(Edit(EditKind.TAG, steps), ANNA)
    assert project.mentions_in(article.id) == (first,)
    project.undo(ANNA)
    assert project.mentions_in(article.id) == ()


@pytest.mark.parametrize("offset", [1, -1, 5])
def test_a_mention_whose_quote_is_not_in_the_text_there_is_refused(project: ProjectFile, offset: int) -> None:
    article = add_article(project)
    mention = make_mention(article, TEXT, "bridge")
    moved = (Span(mention.hull.start + offset, mention.hull.end + offset),)
    edit = changed(mention, spans=moved)
    assert edit.changes[0].after is not None
    with pytest.raises(DamagedProject, match=r"quoted words"):
        project.apply(made(edit.changes[0].after), ANNA)
    assert project.mentions_in(article.id) == ()


@pytest.mark.parametrize("part", ["quote", "cue_quote", "sources"])
def test_a_claim_is_checked_in_all_its_parts(project: ProjectFile, part: str) -> None:
    article = add_article(project)
    claim = make_claim(article, TEXT, by="Ana Ruiz", cue="said")
    wrong = changed(claim.sources[0], quote="Anna Ruiz") if part == "sources" else None  # type: ignore[arg-type]
    value = (wrong.changes[0].after,) if wrong else "wrong"
    edit = changed(claim, **{part: value})
    assert edit.changes[0].after is not None
    with pytest.raises(DamagedProject, match=r"quoted words"):
        project.apply(made(edit.changes[0].after), ANNA)
    assert project.claims_in(article.id) == ()


def test_a_text_under_a_wrong_hash_is_refused(project: ProjectFile) -> None:
    article = make_article()
    with pytest.raises(ValueError, match="hash"):
        project.apply(made(article), ANNA, {article.sha256: "Another text."})
    assert project.article_count() == 0


def test_an_article_without_its_text_is_refused(project: ProjectFile) -> None:
    with pytest.raises(AnnotatorError):
        project.apply(made(make_article()), ANNA)
    assert project.article_count() == 0
    assert not project.known_texts([text_hash(TEXT)])


def test_a_mention_of_an_entity_that_is_not_there_is_refused(project: ProjectFile) -> None:
    article = add_article(project)
    with pytest.raises(AnnotatorError):
        project.apply(made(make_mention(article, TEXT, entity=make_entity())), ANNA)
    assert project.mentions_in(article.id) == ()


def test_an_entity_that_is_still_mentioned_cannot_be_deleted_alone(project: ProjectFile) -> None:
    article, ana = add_article(project), make_entity()
    project.apply(made(ana, make_mention(article, TEXT, entity=ana)), ANNA)
    with pytest.raises(EditRefused, match=r"still needs this"):
        project.apply(deleted(ana), ANNA)
    assert project.entity(ana.id) == ana


def test_the_order_of_records_in_an_edit_does_not_matter(project: ProjectFile) -> None:
    article, ana = make_article(), make_entity()
    project.apply(made(make_mention(article, TEXT, entity=ana), ana, article), ANNA, {article.sha256: TEXT})
    assert project.entities_in(article.id) == (ana,)


def test_a_new_schema_counts_from_the_next_question_on(project: ProjectFile) -> None:
    assert project.schema.name != "Mine"
    before = project.project()
    other = make_project().schema.replace(project.schema.name, "Mine", 1)
    project.apply(changed(before, schema=other, changed=LATER), ANNA)
    assert project.schema.name == "Mine"


@pytest.mark.parametrize(
    "text",
    ["😀 smile", "é́ two accents", "a\r\nb\u2028c\u00a0d\ufeff", "אבג دهـ ١٢٣", "x" * 100_000, "tab\tend "],
)
def test_texts_come_back_code_point_for_code_point(project: ProjectFile, text: str) -> None:
    article = add_article(project, text, title="t")
    project = reopened(project)
    assert project.text(article.id) == text
    assert project.known_texts([article.sha256]) == {article.sha256}
    project.close()
