"""A hostile project file does nothing: it is refused with a sentence, or opens and does no harm.

Each is opened as one's own, read as a teammate's, brought into a project of ours, checked and salvaged, in a process of
its own that is measured. The release form mutates a million files besides.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import EditRefused
from annotator.services.projects import open_project
from tests.editing.by_chance import Hand
from tests.promises.hostile_projects import HOSTILE
from tests.promises.release import Reached
from tests.promises.test_06_damage import worked_on
from tests.promises.trying_projects import WAYS, WHO, Tried

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="files are tried in forked processes, to measure them")

SECONDS, MEGABYTES = 1.0, 200.0
_SLOWER = 6
"""How much slower than ours the machine of a test may be."""
_LARGER = {
    ("a row of history of a hundred megabytes", "checked"): 700.0,
    ("history of a million changes", "checked"): 600.0,
}
"""Edits of one's own may be as large, so a check reads them whole; a stranger's are refused."""
ROOT = Path(__file__).parents[2]


class Trying:
    """The program that tries files."""

    def __init__(self) -> None:
        run = [sys.executable, "-m", "tests.promises.trying_projects"]
        self._process = subprocess.Popen(run, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, way: str, path: Path, sound: Path) -> Tried:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{way}\t{path}\t{sound}\n")
        self._process.stdin.flush()
        return Tried(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """Ends it."""
        self._process.communicate()


@pytest.fixture(scope="module")
def trying() -> Iterator[Trying]:
    program = Trying()
    yield program
    program.close()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A project of ours, and a copy of it in which somebody went on."""
    return made_pair(tmp_path_factory.mktemp("pair"))


def made_pair(folder: Path) -> tuple[Path, Path]:
    """The same, in a folder."""
    ours, theirs = folder / "ours.annot", folder / "theirs.annot"
    worked_on(ours, 5, 25).close()
    shutil.copyfile(ours, theirs)
    workspace = open_project(theirs, WHO)
    hand = Hand(workspace, 11)
    for _ in range(25):
        with contextlib.suppress(EditRefused):
            hand.gesture()
    workspace.close()
    return ours, theirs


def everything(folder: Path) -> dict[str, bytes | str]:
    """What lies in a folder, with the content of files that are not too large to compare.

    Whoever reads a file with a log gets an index of the log from SQLite, or an empty log.
    """
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() and path.stat().st_size < 1 << 22 else "-"
        for path in sorted(folder.rglob("*"))
        if not path.name.endswith("-shm") and not (path.name.endswith("-wal") and not path.stat().st_size)
    }


REACHED: list[tuple[str, str, Tried]] = []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_does_nothing(name: str, tmp_path: Path, pair: tuple[Path, Path], trying: Trying) -> None:
    ours, theirs = pair
    path = tmp_path / "hostile" / "project.annot"
    path.parent.mkdir()
    shutil.copyfile(theirs, path)
    HOSTILE[name](path)
    # Opening it as one's own may write to it, so that comes last.
    before = everything(path.parent)
    for way in sorted(WAYS, key=lambda way: way == "own"):
        tried = trying(way, path, ours)
        assert not tried.fault, f"{way}: {tried.fault}"
        assert not tried.traced, way
        assert tried.seconds < SECONDS * _SLOWER, way
        assert tried.megabytes < _LARGER.get((name, way), MEGABYTES), way
        REACHED.append((name, way, tried))
        after = everything(path.parent)
        if way == "own":  # it may have been signed in to; what lies beside it is not its own
            before, after = ({key: said for key, said in one.items() if key == "victim.txt"} for one in (before, after))
        assert after == before, way


def test_the_corpus_is_large_enough_and_was_tried(reached: Reached) -> None:
    assert len(HOSTILE) >= 40
    assert len(REACHED) == len(HOSTILE) * len(WAYS)
    longest = max(one.seconds for _, _, one in REACHED)
    most = max(one.megabytes for name, way, one in REACHED if (name, way) not in _LARGER)
    told = f"{len(HOSTILE)} hostile files in {len(WAYS)} ways: 0 statements run, {longest:.1f} s, {most:.0f} MB at most"
    reached(9, told)
