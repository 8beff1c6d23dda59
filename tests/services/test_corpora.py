"""Corpora come in: our own export gives an equal project, foreign ones what they say, with problems in words."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.found import (
    Findings,
    FoundArticle,
    FoundClaim,
    FoundEntity,
    FoundMention,
    FoundSource,
    FoundZone,
    Losses,
)
from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.domain.selections import Selection, parts_of
from annotator.domain.spans import Span
from annotator.domain.values import Value
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused, FormatError
from annotator.formats.base import Writer
from annotator.formats.doccano import Doccano
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.label_studio import LabelStudio
from annotator.formats.prodigy import Prodigy
from annotator.formats.web_annotation import WebAnnotation
from annotator.services import corpora, recognising
from annotator.services.projects import Person, new_project
from annotator.services.workers import made
from annotator.services.workspace import Workspace
from annotator.storage.snapshots import SnapshotCorpus
from tests.building import make_annotator, make_article, make_mention, make_project
from tests.editing.by_chance import TEXT, WHO, Hand, content
from tests.formats.round_trip_brat import MemoryCorpus

BRIDGE = "Ana Ruiz said the bridge was safe. 🙂 “It will hold,” Ruiz told the Post."
FOUND = FoundArticle(
    text=BRIDGE,
    title="The bridge",
    source="bridge.ann",
    entities=(FoundEntity("e1", "Ana Ruiz", "person", aliases=("Ruiz",)),),
    mentions=(
        FoundMention("PER", (Span(0, 8),), key="T1", entity="e1", quote="Ana Ruiz"),
        FoundMention("PER", (Span(53, 57),), key="T2", entity="e1", quote="Ruiz", annotator="Ben"),
        FoundMention("WEAPON", (Span(18, 24),), quote="bridge"),
    ),
    claims=(
        FoundClaim((Span(14, 33),), key="E1", sources=(FoundSource(mention="T1"),), cue=(Span(9, 13),)),
        FoundClaim((Span(18, 33),), key="E2", within="E1", choices=(("stance", "denies"), ("mood", "sad"))),
    ),
    zones=(FoundZone("caption", Span(37, 50)),),
)


def exported(workspace: Workspace, folder: Path) -> Path:
    """The project as our own JSON Lines."""
    workspace.records.save_copy(folder / "copy.annot")
    corpus = SnapshotCorpus(folder / "copy.annot")
    target = folder / "all.jsonl"
    list(JsonlWriter().write(corpus, target, Losses()))
    corpus.close()
    (folder / "copy.annot").unlink()
    return target


def received(path: Path, source: Path, by: Person = WHO) -> tuple[Workspace, Findings]:
    """A new project that an export was brought into."""
    workspace, findings = new_project(path, by), Findings()
    receiving = corpora.Receiving(source.name, findings)
    for _, _, batch in made(corpora.own_batches(source, findings)):
        corpora.take_own(workspace, batch, receiving, corpora.Taken(), "group")
    return workspace, findings


def taken(workspace: Workspace, *found: FoundArticle, labels: dict[str, str] | None = None) -> Findings:
    """Brings found articles into a project, as the window and the command line do."""
    findings, group = Findings(), workspace.author.new_id()
    foreign = {mention.label for article in found for mention in article.mentions}
    mapped = labels or corpora.proposed_labels(sorted(foreign), workspace.records.schema)
    known = corpora.bringing(workspace, corpora.with_new_labels(workspace, mapped, group), findings)
    corpora.take_batch(workspace, found, known, corpora.Taken(), group)
    return findings


def test_words_with_an_ellipsis_between_blanks_are_taken_as_they_stand(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "one.annot", WHO)
    mention = FoundMention("PER", (Span(0, 10),), quote="Ana … Ruiz")
    found = taken(workspace, FoundArticle("Ana … Ruiz said so.", "Elided", "elided.ann", mentions=(mention,)))
    (article,) = workspace.records.queue(QueueFilter(), WHO.id)
    assert [one.quote for one in workspace.records.mentions_in(article)] == ["Ana … Ruiz"]
    assert found.problems == []
    workspace.close()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), steps=st.integers(5, 60))
def test_an_export_that_is_imported_gives_an_equal_project(tmp_path: Path, seed: int, steps: int) -> None:
    for old in filter(Path.is_file, tmp_path.iterdir()):
        old.unlink()
    workspace = new_project(tmp_path / "one.annot", WHO)
    workspace.bring_in([NewArticle(TEXT, "Text")], "")
    hand = Hand(workspace, seed)
    for _ in range(steps):
        try:
            hand.gesture()
        except EditRefused:
            continue
    target = exported(workspace, tmp_path)
    workspace.close()
    other, findings = received(tmp_path / "two.annot", target)
    other.close()
    assert findings.problems == []
    one, two = content(tmp_path / "one.annot"), content(tmp_path / "two.annot")
    apart = {"project", "rejection"}
    assert {table: rows for table, rows in one.items() if table not in apart} == {
        table: rows for table, rows in two.items() if table not in apart
    }
    assert two["rejection"] == [], "what was suggested and rejected stays in its project"


def test_what_a_file_says_of_mentions_and_claims_is_kept_in_their_own_fields(tmp_path: Path) -> None:
    bridge = FoundMention("LOC", (Span(18, 24),), attributes=(Value("used_as", ("modifier",)),))
    said = FoundClaim((Span(14, 33),), choices=(("unsure", "yes"), ("wording", "the bridge is safe")))
    workspace = new_project(tmp_path / "one.annot", WHO)
    taken(workspace, replace(FOUND, mentions=(bridge,), claims=(said,)))
    workspace.close()
    with closing(sqlite3.connect(tmp_path / "one.annot")) as file:
        assert file.execute("SELECT used_as, attributes FROM mention").fetchall() == [("modifier", "")]
        assert file.execute("SELECT unsure, wording FROM claim").fetchall() == [(1, "the bridge is safe")]


def test_importing_the_same_export_again_changes_nothing_and_undo_takes_all_back(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "one.annot", WHO)
    taken(workspace, FOUND)
    target = exported(workspace, tmp_path)
    workspace.close()
    other, _ = received(tmp_path / "two.annot", target)
    before, findings = content(other.records.path), Findings()
    receiving = corpora.Receiving(target.name, findings)
    for _, _, batch in made(corpora.own_batches(target, findings)):
        corpora.take_own(other, batch, receiving, corpora.Taken(), "again")
    assert content(other.records.path) == before
    assert findings.problems == []
    assert other.undo() is not None
    assert content(other.records.path)["mention"] == []
    assert content(other.records.path)["article"] == []
    other.close()


def test_an_export_of_one_persons_work_comes_back_with_the_article_that_another_imported(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "one.annot", WHO)
    taken(workspace, FOUND)
    workspace.records.save_copy(tmp_path / "copy.annot")
    workspace.close()
    corpus = SnapshotCorpus(tmp_path / "copy.annot")
    (ben,) = (one.id for one in corpus.annotators() if one.name == "Ben")
    ((_, part),) = parts_of(corpus, Selection(annotators=(ben,)))
    list(JsonlWriter().write(part, tmp_path / "bens.jsonl", Losses()))
    corpus.close()
    cleo = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000009"), "Cleo")
    other, findings = received(tmp_path / "two.annot", tmp_path / "bens.jsonl", cleo)
    assert findings.problems == []
    (article,) = other.records.queue(QueueFilter(), cleo.id)
    assert [(one.quote, one.author) for one in other.records.mentions_in(article)] == [("Ruiz", ben)]
    assert [one.kind for one in other.records.zones_in(article)] == ["caption"]
    other.close()


def test_exports_put_together_in_one_file_give_their_annotations_to_the_article_they_share(tmp_path: Path) -> None:
    lines: list[str] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        workspace = new_project(tmp_path / name / "p.annot", WHO)
        taken(workspace, FOUND)
        lines += exported(workspace, tmp_path / name).read_text(encoding="utf-8").splitlines(keepends=True)
        workspace.close()
    (tmp_path / "both.jsonl").write_text("".join(lines), encoding="utf-8")
    other, findings = received(tmp_path / "both.annot", tmp_path / "both.jsonl")
    (article,) = other.records.queue(QueueFilter(), WHO.id)
    assert len(other.records.mentions_in(article)) == 2 * len(FOUND.mentions)
    assert any("has the text of “The bridge”, which gets its annotations" in one.reason for one in findings.problems)
    other.close()


LONG = "Ana Ruiz said no. " * 4_000
OLD_DOCCANO = {"id": 1, "text": LONG, "label": [[0, 8, "actor"]]}
SPACY = {"text": LONG, "tokens": [{"start": n, "end": n + 1} for n in range(9_000)], "ents": [{"start": 0, "end": 8}]}


@pytest.mark.parametrize(
    "tool", [Doccano(), Prodigy(), LabelStudio(), WebAnnotation(), JsonlWriter()], ids=lambda tool: tool.key
)
def test_an_article_of_usual_length_does_not_hide_that_it_is_annotated(tmp_path: Path, tool: Writer) -> None:
    article = make_article(LONG, title="Long")
    annotated = AnnotatedArticle(article, LONG, (make_mention(article, LONG, "Ana Ruiz"),), (), (), ())
    corpus = MemoryCorpus(make_project(), (make_annotator(),), (), (), (annotated,))
    list(tool.write(corpus, tmp_path / f"out{tool.suffix}", Losses()))
    known = recognising.look([tmp_path / f"out{tool.suffix}"])
    assert (known.reader, known.is_own) == (("", True) if tool.key == "jsonl" else (tool.key, False))


@pytest.mark.parametrize(("record", "reader"), [(OLD_DOCCANO, "doccano"), (SPACY, "prodigy"), ({"text": LONG}, "")])
def test_marks_after_a_long_text_are_seen(tmp_path: Path, record: dict[str, Any], reader: str) -> None:
    (tmp_path / "export.JSONL").write_text(json.dumps(record), encoding="utf-8")
    assert recognising.look([tmp_path / "export.JSONL"]).reader == reader


@pytest.mark.parametrize("kind", ["mention", "claim", "zone"])
def test_a_record_that_stands_twice_in_a_file_is_taken_once_and_told(tmp_path: Path, kind: str) -> None:
    workspace = new_project(tmp_path / "one.annot", WHO)
    taken(workspace, FOUND)
    target = exported(workspace, tmp_path)
    workspace.close()
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(line for line in lines if f'"type":"{kind}"' in line)
    # The other one comes with a batch of its own: then it is in the project already, as it stands in the file.
    article = next(line for line in lines if '"type":"article"' in line)
    target.write_text("".join([*lines, first, first, *[article] * 1_000, first]), encoding="utf-8")
    other, findings = received(tmp_path / "two.annot", target)
    other.close()
    told = [problem.reason for problem in findings.problems if problem.reason.startswith(f"the {kind} ")]
    assert len(told) == 2
    assert all(words.endswith("stands twice in the file; the first one was taken") for words in told)
    one, two = content(tmp_path / "one.annot"), content(tmp_path / "two.annot")
    assert one[kind] == two[kind]


def test_faulty_lines_are_named_and_the_others_come_in(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "one.annot", WHO)
    taken(workspace, FOUND)
    target = exported(workspace, tmp_path)
    workspace.close()
    lines = target.read_text(encoding="utf-8").splitlines()
    numbers = {json.loads(line).get("type", "head"): number for number, line in enumerate(lines)}
    lines[numbers["zone"]] = lines[numbers["zone"]][:-20]
    claim = json.loads(lines[numbers["claim"]])
    lines[numbers["claim"]] = json.dumps(claim | {"quote": "never said"})
    lines.append('{"type": "weapon"}')
    target.write_text("\n".join(lines), encoding="utf-8")
    other, findings = received(tmp_path / "two.annot", target)
    words = [str(problem) for problem in findings.problems]
    assert any(f"all.jsonl, line {numbers['zone'] + 1}" in one for one in words)
    assert any("“never said”" in one and "not those of the text" in one for one in words)
    assert any(f"line {len(lines)}" in one and "“weapon”" in one for one in words)
    (article,) = other.records.queue(QueueFilter(), WHO.id)
    assert len(other.records.mentions_in(article)) == 3
    assert len(other.records.claims_in(article)) == 1
    other.close()


HEAD = '{"format": "annotator-jsonl", "version": %s}'


@pytest.mark.parametrize("words", ["", "{}", "[1]", HEAD % 9, HEAD % '"\\ud800"', HEAD % [[]], "\x00\x01"])
def test_what_is_no_export_is_refused_in_words(tmp_path: Path, words: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(FormatError, match=r"x\.jsonl") as caught:
        list(corpora.own_batches(path, Findings()))
    assert str(caught.value).encode("utf-8")


@settings(max_examples=60)
@given(data=st.binary(max_size=300), place=st.integers(0, 2_000))
def test_a_damaged_export_never_raises_anything_but_format_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, place: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    head = b'{"format":"annotator-jsonl","version":1}\n{"type":"annotator","id":"a","name":"Ana"}\n' * 10
    path = folder / "x.jsonl"
    path.write_bytes(head[:place] + data + head[place:])
    try:
        for _ in corpora.own_batches(path, Findings()):
            pass
    except FormatError:
        pass


def test_found_annotations_become_records(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "p.annot", WHO)
    findings = taken(workspace, FOUND)
    records = workspace.records
    (article,) = records.queue(QueueFilter(), WHO.id)
    first, new, second = records.mentions_in(article)
    assert (first.label, first.quote, second.label, second.quote) == ("actor", "Ana Ruiz", "actor", "Ruiz")
    assert first.entity == second.entity
    assert first.entity is not None
    assert records.entity(first.entity).aliases[0].text == "Ruiz"
    assert new.label == "weapon"
    assert records.schema.label("weapon").name == "WEAPON"
    people = {annotator.id: annotator.name for annotator in records.annotators()}
    assert [people[one.author] for one in (first, new, second)] == ["Ana", "Ana", "Ben"]
    outer, inner = records.claims_in(article)
    assert (outer.quote, outer.cue_quote, outer.sources[0].entity) == ("the bridge was safe", "said", first.entity)
    assert (inner.within, inner.stance) == (outer.id, "denies")
    assert [zone.kind for zone in records.zones_in(article)] == ["caption"]
    assert findings.left_out == {"values of claims that the schema does not have": 1}
    workspace.undo()
    assert records.article_count() == 0
    assert "weapon" not in {label.key for label in records.schema.labels}, "the new label goes with the import"
    workspace.close()


def test_a_text_that_is_there_gets_what_it_lacks_and_nothing_twice(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "p.annot", WHO)
    workspace.bring_in([NewArticle(BRIDGE, "Bridge")], "")
    taken(workspace, FOUND)
    before = content(workspace.records.path)
    findings = taken(workspace, FOUND)
    after = content(workspace.records.path)
    assert workspace.records.article_count() == 1
    assert before["mention"] == after["mention"]
    assert findings.left_out["annotations that the project has already"] == 6
    workspace.close()


@pytest.mark.parametrize(
    ("mention", "says"),
    [
        (FoundMention("PER", (Span(0, 8),), quote="Ana Rui"), "the file says “Ana Rui”, but the text has “Ana Ruiz”"),
        (FoundMention("PER", (Span(60, 999),)), "beyond the text"),
    ],
)
def test_offsets_that_do_not_fit_are_named_never_shifted(tmp_path: Path, mention: FoundMention, says: str) -> None:
    workspace = new_project(tmp_path / "p.annot", WHO)
    findings = taken(workspace, FoundArticle(BRIDGE, "Bridge", "b.ann", mentions=(mention,)))
    assert says in str(findings.problems[0])
    (article,) = workspace.records.queue(QueueFilter(), WHO.id)
    assert workspace.records.mentions_in(article) == ()
    workspace.close()


def test_claims_in_a_circle_are_taken_side_by_side(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "p.annot", WHO)
    circle = (FoundClaim((Span(0, 8),), "A", within="B"), FoundClaim((Span(9, 13),), "B", within="A"))
    findings = taken(workspace, FoundArticle(BRIDGE, "Bridge", "b.ann", claims=circle))
    assert "circle" in str(findings.problems[0])
    (article,) = workspace.records.queue(QueueFilter(), WHO.id)
    assert [claim.within for claim in workspace.records.claims_in(article)] == [None, None]
    workspace.close()


def test_labels_are_proposed_by_name_and_by_habit(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "p.annot", WHO)
    proposed: dict[str, Any] = corpora.proposed_labels(
        ["Actor", "GPE", "DATE", "CARDINAL", "Tank"], workspace.records.schema
    )
    assert proposed == {"Actor": "actor", "GPE": "location", "DATE": "date", "CARDINAL": "quantity", "Tank": "+"}
    workspace.close()
