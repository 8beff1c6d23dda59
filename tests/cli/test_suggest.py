"""annotator suggest from the command line."""

import json
import sqlite3
from pathlib import Path

import pytest

from annotator import cli
from tests.cli.test_words import Faces
from tests.services.test_suggesting import workspace  # noqa: F401 - the fixture


def test_it_counts_and_stores(workspace: object, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    path: Path = workspace.records.path  # type: ignore[attr-defined]  # a Workspace
    workspace.close()  # type: ignore[attr-defined]
    words = ["suggest", str(path), "--proposer", "known names", "--json"]
    assert cli.main(words, Faces()) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["articles"] == 3
    assert said["suggestions"] == {"known names": 4}
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    assert connection.execute("SELECT count(*) FROM suggestion").fetchall() == [(4,)]
    connection.close()
    assert cli.main(words[:-1], Faces()) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_words_that_make_no_sense_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["suggest", str(tmp_path / "x.annot"), "--processes", "0"], Faces()) == 2
    assert "1 or more" in capsys.readouterr().err
    assert cli.main(["suggest", str(tmp_path / "x.annot"), "--proposer", "oracle"], Faces()) == 2
    assert "no proposer “oracle”" in capsys.readouterr().err
