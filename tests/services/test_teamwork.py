"""Files handed out and brought in: any order, any number of times, nothing twice and nothing lost."""

import sqlite3
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.authors import Author
from annotator.domain.comments import Comment
from annotator.domain.dealing import Deal, dealt
from annotator.domain.edits import Edit
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId
from annotator.domain.queue import QueueFilter
from annotator.domain.records import Records
from annotator.editing import (
    assigning,
    claiming,
    commenting,
    designing,
    linking,
    tagging,
    uniting,
)
from annotator.editing.importing import NewArticle
from annotator.editing.schema_json import Section
from annotator.errors import EditRefused, ProjectFileError
from annotator.services import exporting, teamwork
from annotator.services.projects import Person, new_project, open_project
from annotator.services.teamwork import Summary
from annotator.services.workspace import Workspace
from tests.building import find, new_id
from tests.editing.by_chance import TEXT
from tests.services.team import ANNA, BEN, articles, brought, closed_copy, content, copy_for, handed, team


def test_what_a_teammate_recorded_comes_in_once_with_who_and_when(tmp_path: Path) -> None:
    clara = team(tmp_path)
    anna = copy_for(clara, ANNA)
    article = articles(clara)[0]
    anna.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    anna.do(claiming.claim, article, find(TEXT, "15 died"))
    known = brought(clara, anna)
    summary = Summary.of(known)
    assert summary.new["mention"] == summary.new["claim"] == summary.new["entity"] == 1
    assert not summary.changed
    assert not summary.deleted
    assert known.findings.problems == []
    (mention,) = clara.records.mentions_in(article)
    assert mention == anna.records.mentions_in(article)[0]
    assert mention.author == ANNA.id
    again = brought(clara, anna)
    assert Summary.of(again).is_empty
    assert content(clara.records.path) == content(anna.records.path)
    with closing(sqlite3.connect(clara.records.path)) as connection:
        kinds = [kind for (kind,) in connection.execute("SELECT kind FROM history WHERE annotator_id = ?", (ANNA.id,))]
    assert kinds == ["join", "tag", "new claim"]
    assert clara.records.history_broken_at() is None


def test_bringing_in_is_one_step_of_undo_and_can_be_done_again(tmp_path: Path) -> None:
    clara = team(tmp_path)
    anna = copy_for(clara, ANNA)
    article = articles(clara)[0]
    anna.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    before = content(clara.records.path)
    brought(clara, anna)
    after = content(clara.records.path)
    clara.undo()
    assert content(clara.records.path) == before
    clara.redo()
    assert content(clara.records.path) == after
    clara.undo()
    brought(clara, anna)
    assert content(clara.records.path) == after
    third = copy_for(clara, BEN)
    clara.undo()
    brought(clara, third)
    assert clara.records.mentions_in(article)


def test_what_was_taken_back_does_not_travel_on(tmp_path: Path) -> None:
    clara = team(tmp_path)
    anna, ben = copy_for(clara, ANNA), copy_for(clara, BEN)
    article = articles(clara)[0]
    anna.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    brought(clara, anna)
    clara.undo()
    assert brought(ben, clara).net == {}
    assert ben.records.mentions_in(article) == ()


def test_a_change_and_a_deletion_arrive(tmp_path: Path) -> None:
    clara = team(tmp_path)
    anna = copy_for(clara, ANNA)
    article = articles(clara)[0]
    anna.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    anna.do(tagging.tag, article, find(TEXT, "Kabul"), "location")
    brought(clara, anna)
    one, other = anna.records.mentions_in(article)
    anna.do(tagging.retag, one.id, "other")
    anna.do(tagging.untag, other.id)
    summary = Summary.of(brought(clara, anna))
    assert (summary.changed["mention"], summary.deleted["mention"]) == (1, 1)
    assert [mention.label for mention in clara.records.mentions_in(article)] == ["other"]


def test_entities_named_apart_are_a_conflict_that_one_settles_for_all(tmp_path: Path) -> None:
    clara = team(tmp_path)
    article = articles(clara)[0]
    clara.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    (mention,) = clara.records.mentions_in(article)
    assert mention.entity is not None
    anna, ben = copy_for(clara, ANNA), copy_for(clara, BEN)
    anna.do(linking.rename_entity, mention.entity, "Ana Ruiz (mayor)")
    ben.do(linking.rename_entity, mention.entity, "Ruiz, Ana")
    known = brought(clara, anna, ben)
    (question,) = teamwork.questions(known, clara.records)
    assert (question.field, question.now in {wish.value for wish in question.wishes}) == ("name", True)
    assert {(wish.who, wish.value) for wish in question.wishes} == {("Anna", "Ana Ruiz (mayor)"), ("Ben", "Ruiz, Ana")}
    teamwork.settle(clara, question, "Ana Ruiz", "")
    assert brought(anna, ben, clara).conflicts == {}
    assert anna.records.entity(mention.entity).name == "Ana Ruiz"
    assert content(anna.records.path) == content(clara.records.path)


def test_an_entity_deleted_by_one_and_used_by_another_stays(tmp_path: Path) -> None:
    clara = team(tmp_path)
    article = articles(clara)[0]
    clara.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    (mention,) = clara.records.mentions_in(article)
    assert mention.entity is not None
    anna, ben = copy_for(clara, ANNA), copy_for(clara, BEN)
    anna.do(uniting.delete_entity, mention.entity)
    ben.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    brought(clara, anna, ben)
    brought(ben, clara)
    assert clara.records.entity(mention.entity).name == "Ana Ruiz"
    assert content(clara.records.path) == content(ben.records.path)
    (own,) = [one for one in ben.records.mentions_in(article) if one.author == BEN.id]
    ben.do(tagging.untag, own.id)
    brought(clara, ben)
    with pytest.raises(EditRefused):
        clara.records.entity(mention.entity)


def test_schemas_that_grew_on_both_sides_are_joined(tmp_path: Path) -> None:
    clara = team(tmp_path)
    anna, ben = copy_for(clara, ANNA), copy_for(clara, BEN)
    fields = {"hotkey": "", "light": "#101010", "dark": "#F0F0F0", "links_to": None}
    anna.do(designing.add, Section.LABELS, {"key": "weapon", "name": "Weapon", **fields})
    ben.do(designing.add, Section.LABELS, {"key": "vehicle", "name": "Vehicle", **fields})
    brought(clara, anna, ben)
    keys = {label.key for label in clara.records.schema.labels}
    assert {"weapon", "vehicle", "actor"} <= keys


def test_a_handed_out_file_holds_its_articles_only_and_comes_back(tmp_path: Path) -> None:
    clara = team(tmp_path)
    first, second = articles(clara)
    clara.do(tagging.tag, first, find(TEXT, "Kabul"), "location")
    anna, ben = assigning.new_person(clara.author, "Anna"), assigning.new_person(clara.author, "Ben/2")
    given = {anna.id: (first,), ben.id: (first, second)}
    clara.do(assigning.assign, (anna, ben), given)
    written = handed(clara, tmp_path / "out", (anna, ben), given)
    assert [path.name for path in written] == ["clara – Anna.annot", "clara – Ben_2.annot"]
    hers = open_project(written[0], Person(AnnotatorId(new_id()), "anna on her machine"))
    assert hers.author.annotator == anna.id
    assert [a.name for a in hers.records.annotators()] == ["Clara", "Anna", "Ben/2"]
    assert articles(hers) == (first,)
    assert hers.records.mentions_in(first) == ()
    hers.do(tagging.tag, first, find(TEXT, "Ana Ruiz"), "actor")
    his = open_project(written[1], BEN)
    assert articles(his) == (first, second)
    his.do(tagging.tag, second, find("Another bridge.", "bridge"), "other")
    summary = Summary.of(brought(clara, hers, his))
    assert summary.new == {"mention": 1, "assignment": 0} or summary.new["mention"] == 1
    assert len(clara.records.mentions_in(first)) == 2
    assert len(clara.records.mentions_in(second)) == 1
    assert Summary.of(brought(clara, his, hers)).is_empty
    state = clara.records.assignment(first, anna.id)
    assert state is not None
    assert state.state == "doing"


def test_an_open_hand_out_shows_what_others_recorded(tmp_path: Path) -> None:
    clara = team(tmp_path)
    first, _ = articles(clara)
    clara.do(tagging.tag, first, find(TEXT, "Kabul"), "location")
    clara.do(commenting.comment, first, "look")
    anna = assigning.new_person(clara.author, "Anna")
    clara.do(assigning.assign, (anna,), {anna.id: (first,)})
    (written,) = handed(clara, tmp_path / "out", (anna,), {anna.id: (first,)}, is_blind=False)
    hers = open_project(written, ANNA)
    assert len(hers.records.mentions_in(first)) == 1
    (comment,) = hers.records.comments_in(first)
    hers.do(commenting.reply, comment.id, "yes?")
    brought(clara, hers)
    assert [one.text for one in clara.records.comments_in(first)] == ["look", "yes?"]
    assert isinstance(comment, Comment)


def test_handing_out_again_into_the_same_folder_overwrites_nothing(tmp_path: Path) -> None:
    clara = team(tmp_path)
    first, _ = articles(clara)
    anna = assigning.new_person(clara.author, "Anna")
    clara.do(assigning.assign, (anna,), {anna.id: (first,)})
    (written,) = handed(clara, tmp_path / "out", (anna,), {anna.id: (first,)})
    before = written.read_bytes()
    with pytest.raises(ProjectFileError, match="already"):
        handed(clara, tmp_path / "out", (anna,), {anna.id: (first,)})
    assert written.read_bytes() == before


def test_one_text_that_two_imported_apart_is_one_article(tmp_path: Path) -> None:
    clara = team(tmp_path)
    other = new_project(tmp_path / "other.annot", BEN, "Other")
    other.bring_in([NewArticle(TEXT, "The same")], "")
    (his,) = other.records.queue(QueueFilter(), BEN.id)
    other.do(tagging.tag, his, find(TEXT, "Kabul"), "location")
    assert not teamwork.look_at(clara, closed_copy(other)).is_related
    brought(clara, other)
    first, _ = articles(clara)
    (mention,) = clara.records.mentions_in(first)
    assert (mention.quote, mention.author) == ("Kabul", BEN.id)
    assert len(articles(clara)) == 2
    assert Summary.of(brought(clara, other)).is_empty
    assert clara.records.project().name == "Bridges"


def test_the_preview_says_what_would_happen_and_changes_nothing(tmp_path: Path) -> None:
    clara = team(tmp_path)
    anna = copy_for(clara, ANNA)
    anna.do(tagging.tag, articles(clara)[0], find(TEXT, "Ana Ruiz"), "actor")
    before = clara.records.path.read_bytes()
    mailed = closed_copy(anna)
    *_, (_, _, known) = teamwork.preview(clara, exporting.take_snapshot(clara), mailed)
    assert known is not None
    assert known.summary.new["mention"] == 1
    assert clara.records.path.read_bytes() == before
    assert "1 new mention" in known.summary.lines


@pytest.mark.parametrize("fault", ["no project", "cut short", "changed history", "words moved", "journal beside"])
def test_a_file_that_is_not_sound_changes_nothing(tmp_path: Path, fault: str) -> None:
    clara = team(tmp_path)
    anna = copy_for(clara, ANNA)
    anna.do(tagging.tag, articles(clara)[0], find(TEXT, "Ana Ruiz"), "actor")
    mailed = closed_copy(anna)
    before = content(clara.records.path)
    match fault:
        case "no project":
            mailed.write_text("hello")
        case "cut short":
            mailed.write_bytes(mailed.read_bytes()[:9000])
        case "changed history":
            with closing(sqlite3.connect(mailed, isolation_level=None)) as connection:
                connection.execute("UPDATE history SET annotator_id = ? WHERE kind = 'tag'", (BEN.id,))
        case "words moved":
            with closing(sqlite3.connect(mailed, isolation_level=None)) as connection:
                connection.execute("UPDATE history SET changes = replace(changes, '[0,8]', '[1,9]')")
        case "journal beside":
            mailed.with_name(f"{mailed.name}-journal").write_bytes(b"x" * 600)
    with pytest.raises(ProjectFileError):
        teamwork.bring_in(clara, mailed)
    assert content(clara.records.path) == before


@given(
    count=st.integers(0, 60), people=st.integers(1, 6), overlap=st.integers(1, 6), pilots=st.integers(0, 5),
    seed=st.integers(0, 99),
)  # fmt: skip
def test_articles_are_dealt_evenly(count: int, people: int, overlap: int, pilots: int, seed: int) -> None:
    names = [AnnotatorId(f"p{n}") for n in range(people)]
    texts = [ArticleId(f"a{n}") for n in range(count)]
    deal = Deal(overlap, pilots, seed)
    if overlap > people:
        with pytest.raises(ValueError, match="people"):
            dealt(texts, names, deal)
        return
    given_out = dealt(texts, names, deal)
    assert given_out == dealt(texts, names, deal)
    loads = [len(given_out[name]) for name in names]
    assert max(loads) - min(loads) <= 1
    for number, article in enumerate(texts):
        readers = sum(article in given_out[name] for name in names)
        assert readers == (people if number < pilots else overlap)


def test_pairs_of_people_meet_evenly_and_by_chance() -> None:
    names = [AnnotatorId(f"p{n}") for n in range(4)]
    texts = [ArticleId(f"a{n:02}") for n in range(24)]
    ways = set()
    for seed in range(6):
        given_out = dealt(texts, names, Deal(2, 0, seed))
        met = [len(set(given_out[one]) & set(given_out[other])) for one, other in combinations(names, 2)]
        assert met == [4] * 6
        ways.add(tuple(given_out[names[0]]))
    assert len(ways) == 6
    alone = dealt(texts, names, Deal(seed=1))
    assert all(theirs not in {tuple(texts[n::4]) for n in range(4)} for theirs in alone.values()), "in no pattern"


@pytest.mark.parametrize("is_to_stay", [True, False])
def test_a_label_that_one_removed_while_another_renamed_it_is_asked_about(tmp_path: Path, *, is_to_stay: bool) -> None:
    clara = team(tmp_path)
    anna, ben = copy_for(clara, ANNA), copy_for(clara, BEN)
    anna.do(designing.remove, Section.LABELS, "other")
    ben.do(designing.change, Section.LABELS, "other", {"name": "Something else"})
    known = brought(clara, anna, ben)
    (question,) = teamwork.questions(known, clara.records)
    assert clara.records.schema.label("other").name == "Something else"
    (gone, there) = sorted((wish.value for wish in question.wishes), key=bool)
    assert (gone, there) == (None, question.now)
    teamwork.settle(clara, question, there if is_to_stay else None, "settled")
    assert ("other" in {label.key for label in clara.records.schema.labels}) == is_to_stay
    anna.close()
    ben.close()


def an_entity(workspace: Workspace) -> EntityId:
    """One that has a name by somebody, so that it does not go with its only mention."""
    article = articles(workspace)[0]
    workspace.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    (mention,) = workspace.records.mentions_in(article)
    assert mention.entity is not None
    workspace.do(linking.rename_entity, mention.entity, "Ana Ruiz Vega")
    return mention.entity


def test_an_entity_that_was_deleted_goes_when_nobody_needs_it_any_more(tmp_path: Path) -> None:
    clara = team(tmp_path)
    entity, article = an_entity(clara), articles(clara)[0]
    clara.do(tagging.untag, clara.records.mentions_in(article)[0].id)
    anna, ben = copy_for(clara, ANNA), copy_for(clara, BEN)
    anna.do(uniting.delete_entity, entity)
    ben.do(tagging.tag, article, find(TEXT, "Ana Ruiz"), "actor")
    (own,) = ben.records.mentions_in(article)
    assert own.entity == entity
    brought(clara, anna, ben)
    assert clara.records.entity(entity).name == "Ana Ruiz Vega"
    ben.do(tagging.untag, own.id)
    assert ben.records.entity(entity), "nobody has deleted it there"
    brought(clara, ben)
    with pytest.raises(EditRefused):
        clara.records.entity(entity)


def given_to(workspace: Workspace, folder: Path, name: str) -> Workspace:
    """A file that was handed out to somebody new, opened by her."""
    person = assigning.new_person(workspace.author, name)
    given = {person.id: articles(workspace)}
    workspace.do(assigning.assign, (person,), given)
    (path,) = handed(workspace, folder / name, (person,), given, is_blind=False)
    return open_project(path, Person(person.id, name))


def test_what_was_said_before_handing_out_is_not_said_again_by_whoever_gets_it(tmp_path: Path) -> None:
    clara = team(tmp_path)
    entity = an_entity(clara)
    ben = copy_for(clara, BEN)
    clara.do(linking.set_kind, entity, "crowd")
    eva = given_to(clara, tmp_path, "Eva")
    eva.do(describe, entity, description="mayor of Orsa")
    ben.do(linking.rename_entity, entity, "A. Ruiz")
    for who in (eva, ben):
        assert brought(clara, who).conflicts == {}
    now = clara.records.entity(entity)
    assert (now.kind, now.name, now.description) == ("crowd", "A. Ruiz", "mayor of Orsa")


def test_those_who_were_handed_files_can_bring_in_each_others(tmp_path: Path) -> None:
    clara = team(tmp_path)
    entity = an_entity(clara)
    eva, fritz = (given_to(clara, tmp_path, name) for name in ("Eva", "Fritz"))
    eva.do(describe, entity, description="mayor of Orsa")
    fritz.do(linking.rename_entity, entity, "A. Ruiz")
    assert brought(eva, fritz).conflicts == {}
    now = eva.records.entity(entity)
    assert (now.name, now.description) == ("A. Ruiz", "mayor of Orsa")


def describe(records: Records, by: Author, /, entity: EntityId, description: str) -> Edit:
    return linking.describe_entity(records, by, entity, description=description)
