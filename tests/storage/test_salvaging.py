"""What is read of a damaged file is taken for what it is, and what refers to nothing never stops it."""

from pathlib import Path

import pytest

from annotator.editing import commenting
from annotator.errors import ForeignFile, ProjectFileError
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from annotator.storage.salvaging import Salvage, salvage
from tests.editing.bench import Bench
from tests.editing.by_chance import content
from tests.promises.test_06_damage import worked_on
from tests.storage.raw import ask, tamper

PAGE, HEAD = 4096, 100


def closed(workspace: Workspace) -> Path:
    workspace.close()
    return Path(workspace.records.path)


def salvaged(path: Path, data: bytes) -> tuple[Path, Salvage]:
    damaged, target = path.with_name("damaged.annot"), path.with_name("salvaged.annot")
    damaged.write_bytes(data)
    found = salvage(damaged, target)
    assert [fault for _, _, fault in check(target) if fault] == []
    return target, found


def without_list(path: Path) -> bytes:
    """A project whose list of tables is gone, so that nothing says which page is whose."""
    data = path.read_bytes()
    return data[: HEAD + 8] + bytes(PAGE - HEAD - 8) + data[PAGE:]


@pytest.mark.parametrize("has_history", [True, False])
def test_rows_that_nothing_leads_to_are_known_by_what_they_say(tmp_path: Path, *, has_history: bool) -> None:
    path = closed(worked_on(tmp_path / "work.annot", 3, 400))
    before = content(path)
    assert all(
        ask(path, f"SELECT count(*) FROM {name}") > [(0,)] for name in ("decision_about", "claim_about", "alias")
    )
    if not has_history:
        tamper(path, "DELETE FROM undo_stack", "DELETE FROM touched", "DELETE FROM history", "VACUUM")
    target, found = salvaged(path, without_list(path))
    assert content(target) == before
    assert not found.put_back, "nothing was missing"
    assert not +found.left_out, "and nothing was taken for what it is not"
    assert not found.bad_rows


def test_a_comment_goes_with_the_article_that_it_is_about(tmp_path: Path) -> None:
    bench = Bench(tmp_path, "Ana Ruiz met Bo Lind in Kabul.")
    lost = bench.more("Bo Lind said no. " * 600)
    for article in (bench.article, lost):
        bench.do(commenting.comment, article, "Who is he?")
    path = closed(bench.workspace)
    whole = path.read_bytes()
    page = whole.rindex(b"Bo Lind said no. Bo Lind") // PAGE
    target, found = salvaged(path, whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :])
    assert ask(target, "SELECT article_id FROM comment") == [(bench.article,)]
    assert (found.lost["article"], found.lost["comment"], found.left_out["comment"]) == (1, 1, 1)
    assert "article: Bo Lind said no. Bo" in found.names_lost


def test_what_is_no_file_or_has_nothing_to_read_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(ForeignFile, match="is not a file"):
        salvage(tmp_path, tmp_path / "target.annot")
    (tmp_path / "empty.annot").write_bytes(b"")
    with pytest.raises(ProjectFileError, match=r"Nothing of “empty\.annot” can be read"):
        salvage(tmp_path / "empty.annot", tmp_path / "target.annot")
    assert not (tmp_path / "target.annot").exists()
