"""Any sequence of gestures: undoing all leaves the file as it was, doing all again leaves it as it became."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused
from annotator.services.projects import new_project, open_project
from tests.editing.by_chance import TEXT, WHO, Hand, content


@pytest.mark.parametrize("in_between", ["kept open", "closed and opened again"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9), steps=st.integers(1, 60))
def test_undo_of_all_and_redo_of_all(tmp_path: Path, in_between: str, seed: int, steps: int) -> None:
    path = tmp_path / f"{in_between[:4]}-{seed}-{steps}.annot"
    path.unlink(missing_ok=True)
    workspace = new_project(path, WHO)
    workspace.bring_in([NewArticle(TEXT, "Text")], "")
    before = content(path)
    hand, done = Hand(workspace, seed), 0
    for _ in range(steps):
        try:
            hand.gesture()
        except EditRefused:
            continue
        done += 1
    after = content(path)
    if in_between == "closed and opened again":
        workspace.close()
        workspace = open_project(path, WHO)
    for _ in range(done):
        assert workspace.undo() is not None
    assert content(path) == before
    for _ in range(done):
        assert workspace.redo() is not None
    assert workspace.redo() is None
    assert content(path) == after
    assert workspace.records.history_broken_at() is None
    workspace.close()
    path.unlink()
