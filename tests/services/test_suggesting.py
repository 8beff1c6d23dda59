"""Proposing for a whole project: in steps, once, apart from records; nothing of it goes out."""

import dataclasses
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Alias, AliasKind
from annotator.domain.found import Losses
from annotator.domain.ids import AnnotatorId
from annotator.domain.proposals import Proposals, ProposedClaim, ProposedMention, ProposedZone
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.domain.suggestions import SuggestionKind, as_suggestions
from annotator.editing import claiming, linking, tagging
from annotator.editing import suggesting as gestures
from annotator.editing.importing import NewArticle
from annotator.errors import DamagedProject
from annotator.nlp.known_matching import PROPOSER as KNOWN
from annotator.nlp.pipelines import About
from annotator.services import apart, proposing, suggesting
from annotator.services.exporting import export, take_snapshot, writer
from annotator.services.projects import Person, new_project
from annotator.services.proposing import NAMES, Suggester
from annotator.services.suggesting import Asked, Found
from annotator.services.workspace import Workspace
from annotator.storage.handing_out import Part, write_part
from tests.storage.raw import ask, tamper

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000b"), "Ana")
TEXTS = (
    "Salma Idris spoke in Herat.\nThe police came.",
    "Herat was quiet, Salma Idris told the Post. Salma\nIdris left.",
    "Nothing happened.",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A project that knows a person, a place and the police."""
    made = new_project(tmp_path / "work.annot", WHO)
    made.bring_in([NewArticle(text, text[:12]) for text in TEXTS], "")
    first = made.records.queue(QueueFilter(), WHO.id)[0]
    for words, label in (("Salma Idris", "actor"), ("Herat", "location"), ("police", "actor")):
        start = TEXTS[0].index(words)
        made.do(tagging.tag, first, (Span(start, start + len(words)),), label)
    return made


def run(workspace: Workspace, *, again: bool = False) -> Found:
    found, suggester = Found(), Suggester(workspace.records.schema)
    asked = Asked((KNOWN,), again=again)
    for _, _, batch in suggesting.suggest(workspace.records.path, suggester, asked, found):
        suggesting.store(workspace, batch)
    return found


def found_in(workspace: Workspace, number: int) -> list[tuple[str, str, bool]]:
    article = workspace.records.queue(QueueFilter(), WHO.id)[number]
    stored = sorted(workspace.records.suggestions_in(article), key=lambda one: one.hull)
    return [(TEXTS[number][one.hull.start : one.hull.end], one.label, bool(one.known_entity)) for one in stored]


def test_known_names_are_found_with_their_entity(workspace: Workspace) -> None:
    run(workspace)
    assert found_in(workspace, 1) == [("Herat", "location", True), ("Salma Idris", "actor", True)]
    assert found_in(workspace, 2) == []


def test_several_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    texts = [f"Salma Idris spoke in Herat. This was on day {number}." for number in range(90)]
    stored, steps = [], []
    for processes in (1, 2):
        made = new_project(tmp_path / f"{processes}.annot", WHO)
        made.bring_in([NewArticle(text, text[:12]) for text in texts], "")
        first = made.records.queue(QueueFilter(), WHO.id)[0]
        made.do(tagging.tag, first, (Span(0, 11),), "actor")
        path, asked = made.records.path, Asked((KNOWN,), processes)
        for done, total, batch in suggesting.suggest(path, Suggester(made.records.schema), asked, Found()):
            suggesting.store(made, batch)
            steps.append((done, total, [texts.index(made.records.text(run.article)) for run in batch.runs]))
        made.close()
        found = ask(path, 'SELECT proposer, kind, label, start, "end", score FROM suggestion')
        stored.append((found, ask(path, "SELECT count(DISTINCT article_id) FROM suggestion")))
    assert stored[0] == stored[1]
    assert stored[0][1] == [(90,)]
    assert steps[: len(steps) // 2] == steps[len(steps) // 2 :]


def test_what_was_looked_at_is_passed_over_until_a_name_is_new(workspace: Workspace) -> None:
    assert run(workspace).articles == 3
    assert run(workspace).articles == 0
    assert run(workspace, again=True).articles == 3
    second = workspace.records.queue(QueueFilter(), WHO.id)[1]
    start = TEXTS[1].index("Post")
    workspace.do(tagging.tag, second, (Span(start, start + 4),), "actor")
    assert run(workspace).articles == 3
    assert ("Post", "actor", True) in found_in(workspace, 1)


def test_names_are_looked_for_when_one_comes_back_in_the_place_of_another(workspace: Workspace) -> None:
    """As many as before, and the latest of them is the same."""
    first = workspace.records.queue(QueueFilter(), WHO.id)[0]
    mentions = {mention.quote: mention.id for mention in workspace.records.mentions_in(first)}
    workspace.do(tagging.untag, mentions["Salma Idris"])
    run(workspace)
    assert found_in(workspace, 1) == [("Herat", "location", True)]
    workspace.undo()
    workspace.do(tagging.untag, mentions["Herat"])
    assert run(workspace).articles == 3
    assert found_in(workspace, 1) == [("Salma Idris", "actor", True)]


def test_a_name_that_a_teammate_has_given_earlier_is_looked_for(workspace: Workspace) -> None:
    """It comes in with the time at which she gave it, and the entity may say when it was changed here."""
    entity = next(one for one in workspace.records.all_entities(10, 0) if one.name == "Salma Idris")
    run(workspace)
    named = dataclasses.replace(entity, aliases=(Alias("Post", AliasKind.NICKNAME),))
    edit = Edit(EditKind.DESCRIBE_ENTITY, (Change(entity, named),), ())
    workspace.records.apply(edit, workspace.author)
    assert run(workspace).articles == 3
    assert ("Post", "actor", True) in found_in(workspace, 1)


def test_what_is_noted_of_an_entity_makes_nobody_look_again(workspace: Workspace) -> None:
    run(workspace)
    entity = next(one for one in workspace.records.all_entities(10, 0) if one.name == "Salma Idris")
    noted = dataclasses.replace(entity, description="mayor", changed=workspace.author.now())
    workspace.records.apply(Edit(EditKind.DESCRIBE_ENTITY, (Change(entity, noted),), ()), workspace.author)
    assert run(workspace).articles == 0


def test_what_was_suggested_by_other_names_than_are_known_now_is_old(workspace: Workspace) -> None:
    run(workspace)
    suggester = Suggester(workspace.records.schema)
    assert suggesting.out_of_date(workspace.records, suggester) == []
    second = workspace.records.queue(QueueFilter(), WHO.id)[1]
    workspace.do(tagging.tag, second, (Span(start := TEXTS[1].index("Post"), start + 4),), "actor")
    assert suggesting.out_of_date(workspace.records, suggester) == [(KNOWN, 3)]


def test_a_suggestion_that_makes_no_sense_is_damage(workspace: Workspace) -> None:
    run(workspace)
    second = workspace.records.queue(QueueFilter(), WHO.id)[1]
    for damage in ("payload = '{'", "kind = 'claim', payload = '{\"cue\": [3]}'", "spans = '9-'"):
        tamper(workspace.records.path, f"UPDATE suggestion SET {damage} WHERE article_id = '{second}'")
        with pytest.raises(DamagedProject, match="makes no sense as suggestion"):
            workspace.records.suggestions_in(second)


def test_accepting_links_to_the_known_entity(workspace: Workspace) -> None:
    run(workspace)
    second = workspace.records.queue(QueueFilter(), WHO.id)[1]
    for one in workspace.records.suggestions_in(second):
        workspace.do(gestures.accept, one)
    names = {workspace.records.entity(m.entity).name for m in workspace.records.mentions_in(second) if m.entity}
    assert names == {"Salma Idris", "Herat"}
    assert workspace.records.history_broken_at() is None


def test_what_became_of_suggestions_is_counted_once_for_each(workspace: Workspace) -> None:
    second = workspace.records.queue(QueueFilter(), WHO.id)[1]
    places = [Span(start, start + len(words)) for words in ("Salma Idris", "Herat", "Post", "told")
              for start in (TEXTS[1].index(words),)]  # fmt: skip
    proposed = tuple(ProposedMention("actor", (place,), 0.9, proposer=NAMES) for place in places)
    claims = tuple(ProposedClaim((Span(start, 15),), (), (), None, 0.9, proposer="rules") for start in (0, 6))
    zone = ProposedZone("caption", Span(0, 15), 0.9, "rules")
    found = as_suggestions(second, Proposals(proposed, claims, (zone,)))
    workspace.records.put_suggestions((), found)
    said, herat, post, told = (next(one for one in found if one.spans == (place,)) for place in places)
    for one in (said, herat, *(one for one in found if one.kind is not SuggestionKind.MENTION)):
        workspace.do(gestures.accept, one)
    (changed,) = (one.id for one in workspace.records.mentions_in(second) if one.derived_from == said.id)
    workspace.do(tagging.resize, changed, (Span(places[0].start, places[0].start + 5),))
    workspace.do(claiming.add_content, workspace.records.claims_in(second)[0].id, (Span(17, 22),))
    workspace.do(gestures.reject, post)
    workspace.do(gestures.reject, told)
    # As when she had said no on another computer as well.
    workspace.do(gestures.reject, told)
    tallies = {(tally.proposer, tally.kind): tally for tally in workspace.records.tallies(WHO.id)}
    names = tallies[NAMES, SuggestionKind.MENTION]
    assert (names.proposed, names.accepted, names.changed, names.rejected) == (4, 2, 1, 2)
    assert (names.label, names.precision) == ("actor", 1 / 4)
    said_no = workspace.records.rejections_in(second, WHO.id)
    assert [one.quote for one in said_no] == ["Post", "told", "told"]
    assert workspace.records.rejections_in(second, AnnotatorId("somebody else")) == []
    rules = tallies["rules", SuggestionKind.CLAIM]
    assert (rules.proposed, rules.accepted, rules.changed, rules.rejected) == (2, 2, 1, 0)
    zones = tallies["rules", SuggestionKind.ZONE]
    assert (zones.proposed, zones.accepted, zones.changed, zones.rejected) == (1, 1, 0, 0)


def test_a_new_entity_is_named_and_of_the_kind_that_was_proposed(workspace: Workspace) -> None:
    second = workspace.records.queue(QueueFilter(), WHO.id)[1]
    start = TEXTS[1].index("the Post")
    spans = (Span(start, start + len("the Post")),)
    proposed = ProposedMention("actor", spans, 0.8, "Post", None, NAMES, "organisation")
    workspace.records.put_suggestions((), as_suggestions(second, Proposals((proposed,))))
    (stored,) = workspace.records.suggestions_in(second)
    workspace.do(gestures.accept, stored)
    (mention,) = workspace.records.mentions_in(second)
    assert mention.entity is not None
    entity = workspace.records.entity(mention.entity)
    assert (mention.quote, entity.name, entity.kind) == ("the Post", "Post", "organisation")


def test_suggestions_are_no_history_and_go_with_their_article(workspace: Workspace) -> None:
    before = workspace.records.peek_undo(WHO.id)
    run(workspace)
    assert workspace.records.peek_undo(WHO.id) == before
    while workspace.undo() is not None:
        pass
    assert workspace.records.article_count() == 0
    while workspace.redo() is not None:
        pass
    assert workspace.records.article_count() == 3
    assert found_in(workspace, 1) == []


@pytest.mark.parametrize("key", ["jsonl", "csv", "brat", "web-annotation", "tei", "doccano"])
def test_nothing_of_a_suggestion_is_exported(workspace: Workspace, tmp_path: Path, key: str) -> None:
    """The second article has suggestions and nothing else, so an export with any of them would differ."""
    wanted = writer(key)
    assert wanted is not None
    written = []
    for name in ("before", "after"):
        target = tmp_path / name / "out"
        target.parent.mkdir()
        for _ in export(take_snapshot(workspace), wanted, target.with_suffix(wanted.suffix), Losses()):
            pass
        files = sorted(path for path in target.parent.rglob("*") if path.is_file())
        written.append([(path.relative_to(target.parent), path.read_bytes()) for path in files])
        if name == "before":
            run(workspace)
    assert found_in(workspace, 1)
    assert written[0] == written[1]


def test_a_group_and_a_place_of_one_name_are_not_guessed(workspace: Workspace) -> None:
    article = workspace.records.queue(QueueFilter(), WHO.id)[0]
    start = TEXTS[0].index("Herat")
    workspace.do(tagging.tag, article, (Span(start, start + 5),), "actor")
    mention = next(m for m in workspace.records.mentions_in(article) if (m.quote, m.label) == ("Herat", "actor"))
    workspace.do(linking.link_to_new, mention.id, "armed group", "Herat")
    run(workspace)
    assert found_in(workspace, 1) == [("Salma Idris", "actor", True)]


def test_a_file_that_is_handed_out_holds_no_suggestion(workspace: Workspace, tmp_path: Path) -> None:
    run(workspace)
    snapshot, target = take_snapshot(workspace), tmp_path / "part.annot"
    who = workspace.annotator()
    assert who is not None
    articles = workspace.records.queue(QueueFilter(), WHO.id)
    write_part(snapshot.path, target, Part(who, articles, is_blind=False), workspace.author)
    connection = sqlite3.connect(target)
    counts = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("article", "suggestion")]
    connection.close()
    snapshot.close()
    assert counts == [3, 0]


@pytest.mark.parametrize("is_again", [False, True])
def test_a_pipeline_finds_names_under_the_labels_of_the_schema(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, *, is_again: bool
) -> None:
    """With a stand-in for the installed pipeline, whose version changes: what it found is old then."""
    use_stand_in(monkeypatch)
    look(workspace)
    assert found_in(workspace, 0) == [("Salma Idris", "actor", False), ("Herat", "location", False)]
    StandIn.version = "en_stand_in 2" if is_again else "en_stand_in 1"
    assert look(workspace).articles == (3 if is_again else 0)


def use_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has a stand-in work where the installed pipeline would."""
    monkeypatch.setattr(proposing, "Installed", StandIn)
    monkeypatch.setattr(apart, "SuggesterApart", Here)
    monkeypatch.setattr(proposing, "about_installed", lambda language: About(language, StandIn.version, StandIn.names))
    StandIn.version = "en_stand_in 1"


class Here(Suggester):
    """Looks in this process, where the stand-in is."""

    def close(self) -> None:
        """There is nothing to end."""


class StandIn:
    """Finds two names, as a pipeline would."""

    version = ""
    names = ("PERSON", "GPE", "LANGUAGE")

    def __init__(self, language: str, *, parses: bool, folder: Path | None = None) -> None:
        del parses, folder
        assert language == "en"

    def documents(self, texts: Iterable[str]) -> Iterator[Iterator[tuple[int, Any]]]:
        import spacy

        for text in texts:
            document = spacy.blank("en")(text)
            known = {"Salma Idris": "PERSON", "Herat": "GPE", "Kabul": "GPE", "police": "LANGUAGE"}
            places = ((text.find(words), words, kind) for words, kind in known.items())
            found = [document.char_span(at, at + len(words), label=kind) for at, words, kind in places if at >= 0]
            document.ents = [span for span in found if span is not None]
            yield iter([(0, document)])


def test_a_text_in_another_script_is_not_read_by_the_pipeline_of_another_language(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_stand_in(monkeypatch)
    workspace.bring_in([NewArticle("قال شهود إن السوق أغلق. Herat", "سوق")], "")
    assert look(workspace).articles == 4
    assert found_in(workspace, 3) == []


def look(workspace: Workspace) -> Found:
    found, suggester = Found(), Suggester(workspace.records.schema)
    for _, _, batch in suggesting.suggest(workspace.records.path, suggester, Asked((NAMES,)), found):
        suggesting.store(workspace, batch)
    return found


def test_without_a_model_it_says_how_to_get_one() -> None:
    assert "python -m spacy download fa_core_news_sm" in suggesting.what_is_missing(Found(without=("fa",)))
