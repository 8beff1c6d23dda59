"""Suggesting on a cluster: the same as here, nothing lost with a worker or a pass that was stopped."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.domain.suggestions import AS_USUAL
from annotator.editing import tagging
from annotator.editing.importing import NewArticle
from annotator.errors import FormatError
from annotator.services import suggesting
from annotator.services.projects import new_project
from annotator.services.proposing import Suggester
from annotator.services.spreading import spread
from annotator.services.suggesting import Asked, Found, store
from annotator.services.workspace import Workspace
from tests.services.on_cluster import ANA, ASKED

ROWS = "SELECT article_id, proposer, id, score, payload FROM suggestion ORDER BY 1, 2, 3"
RUNS = "SELECT article_id, proposer, version FROM suggestion_run ORDER BY 1, 2"
LOOKED_AT = "SELECT count(DISTINCT article_id) FROM suggestion_run"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = new_project(tmp_path / "work.annot", ANA)
    texts = [f"Report {number}\n\nHerat was quiet, Salma Idris told the Post." for number in range(12)]
    made.bring_in([NewArticle(text, text[:12]) for text in texts], "")
    first, start = made.records.queue(QueueFilter(), ANA.id)[0], texts[0].index("Herat")
    made.do(tagging.tag, first, (Span(start, start + 5),), "location")
    yield made
    made.close()


def on_cluster(workspace: Workspace, scenario: str) -> list[list[int]]:
    """How many articles were done, of how many, and how many runs came back, at each step of a pass elsewhere."""
    path = workspace.records.path
    workspace.close()
    command = [sys.executable, "-m", "tests.services.on_cluster", str(path), scenario]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert not list(path.parent.glob("*.suggesting")), "nothing is left over"
    steps: list[list[int]] = json.loads(done.stdout)
    return steps


def rows(path: Path, sql: str) -> list[Any]:
    connection = sqlite3.connect(path)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_a_cluster_finds_what_one_process_finds(workspace: Workspace) -> None:
    path, schema = workspace.records.path, workspace.records.schema
    for _, _, batch in suggesting.suggest(path, Suggester(schema), ASKED, Found()):
        store(workspace, batch)
    here = rows(path, ROWS), rows(path, RUNS)
    assert len(here[0]) == 12
    connection = sqlite3.connect(path)
    for table in ("suggestion", "suggestion_run"):
        connection.execute(f"DELETE FROM {table}")
    connection.commit()
    connection.close()
    assert on_cluster(workspace, "all") == [[number, 12, 4] for number in range(2, 13, 2)]
    assert (rows(path, ROWS), rows(path, RUNS)) == here


def test_a_lost_worker_loses_nothing(workspace: Workspace) -> None:
    path = workspace.records.path
    assert on_cluster(workspace, "lost")[-1] == [12, 12, 4]
    assert rows(path, LOOKED_AT) == [(12,)]


def test_what_was_found_before_a_stop_is_not_looked_for_again(workspace: Workspace) -> None:
    path = workspace.records.path
    first, *others = on_cluster(workspace, "stopped")
    assert first == [1, 1, 4], "the file that was left"
    assert [step[1] for step in others] == [10] * 5
    assert rows(path, LOOKED_AT) == [(12,)]


def test_a_file_that_is_none_is_told(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "work.suggesting").mkdir()
    (tmp_path / "work.suggesting" / "x.parquet").write_bytes(b"PAR1 half of it")
    with pytest.raises(FormatError, match=r"x\.parquet.*Delete it"):
        list(spread(workspace.records.path, workspace.records.schema, AS_USUAL, Asked(), Found()))
