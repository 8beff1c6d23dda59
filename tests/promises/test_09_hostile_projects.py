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
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import EditRefused
from annotator.services.projects import open_project
from tests.editing.by_chance import Hand
from tests.promises.hostile_projects import HOSTILE, run
from tests.promises.mutating_projects import Told as Tries
from tests.promises.release import Reached, times
from tests.promises.test_06_damage import worked_on
from tests.promises.trying_projects import WAYS, WHO, Tried

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="files are tried in forked processes, to measure them")

SECONDS, MEGABYTES = 1.0, 200.0
_SLOWER = 5
"""How much slower than ours the machine of a test may be."""
_LARGER = {
    ("a row of history of a hundred megabytes", "checked"): 700.0,
    ("history of a million changes", "checked"): 600.0,
    ("a row of history of a hundred megabytes", "taken_in"): 700.0,
    ("history of a million changes", "taken_in"): 600.0,
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
    workspace = open_project(theirs, WHO, was_looked_over=True)
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


@pytest.mark.timeout(900)
def test_a_hostile_file_does_nothing(tmp_path: Path, pair: tuple[Path, Path], trying: Trying, reached: Reached) -> None:
    done: list[tuple[str, str, Tried]] = []
    for number, name in enumerate(HOSTILE):
        done += tried_each_way(name, tmp_path / str(number), pair, trying)
    longest = max(one.seconds for _, _, one in done)
    most = max(one.megabytes for name, way, one in done if (name, way) not in _LARGER)
    assert len(HOSTILE) >= 40
    assert sum(way == "brought_in" for _, way, _ in done) >= 20, "some are let in, or the others were refused in vain"
    told = f"{len(HOSTILE)} hostile files in {len(WAYS)} ways: 0 statements run, {longest:.1f} s, {most:.0f} MB at most"
    reached(9, told)


def tried_each_way(
    name: str, folder: Path, pair: tuple[Path, Path], trying: Trying
) -> Iterator[tuple[str, str, Tried]]:
    """What comes of one file; asserts that it does nothing."""
    ours, theirs = pair
    path = folder / "hostile" / "project.annot"
    path.parent.mkdir(parents=True)
    shutil.copyfile(theirs, path)
    HOSTILE[name](path)
    # Opening it as one's own may write to it, so that comes last.
    before = everything(path.parent)
    refused = ""
    for way in ("teammate", "brought_in", "checked", "salvaged", "taken_in", "own"):
        if way == "brought_in" and refused:
            continue  # by the same reading
        tried = trying(way, path, ours)
        refused = tried.refused
        assert not tried.fault, f"{name}, {way}: {tried.fault}"
        assert not tried.traced, f"{name}, {way}"
        assert tried.seconds < SECONDS * _SLOWER, f"{name}, {way}"
        assert tried.megabytes < _LARGER.get((name, way), MEGABYTES), f"{name}, {way}"
        yield name, way, tried
        after = everything(path.parent)
        if way == "own":  # it may have been signed in to; what lies beside it is not its own
            before, after = ({key: said for key, said in one.items() if key == "victim.txt"} for one in (before, after))
        assert after == before, f"{name}, {way}"


@pytest.mark.parametrize(
    "name",
    [
        "halves of letters in history",
        "a zero in history",
        "places too large for a file",
        "history that is nested deeply",
        "history with numbers of five thousand digits",
        "history with what is no number",
        "history with keys twice",
        "history that is something else",
        "history of a million changes",
        "an edit of a kind that nobody knows",
        "the first edit has a deep subject",
        "events are counted to the end",
        "a row touched what it did not change",
    ],
)
def test_rows_that_this_program_did_not_write_never_reach_a_merge(
    name: str, tmp_path: Path, pair: tuple[Path, Path], trying: Trying
) -> None:
    path = shutil.copyfile(pair[1], tmp_path / "project.annot")
    HOSTILE[name](path)
    assert "history" in trying("teammate", path, pair[0]).refused


@pytest.fixture(scope="module")
def sound() -> Iterator[Path]:
    """A folder with the project of ours and a copy in which somebody went on, to be broken."""
    # Each file is written and synced several times, which needs no disk.
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="sound-", dir=place) as name:
        for path in made_pair(Path(name)):
            # A smaller file is tried in less time, and its trees have more pages.
            run(path, "PRAGMA page_size = 512", "VACUUM")
        yield Path(name)


def test_project_files_broken_by_chance_do_nothing(sound: Path, reached: Reached) -> None:
    count = times(1_500, 1_000_000)
    processes = times(1, os.cpu_count() or 1)
    step = times(count, 5_000)
    whole, slowest = 0, 0.0
    faults: list[str] = []
    waiting = [*range(0, count, step)]
    running: dict[int, subprocess.Popen[str]] = {}
    while waiting or running:
        while waiting and len(running) < processes:
            first = waiting.pop(0)
            words = ["tests.promises.mutating_projects", str(sound), str(first), str(min(step, count - first))]
            running[first] = subprocess.Popen(
                [sys.executable, "-m", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        first, process = next(iter(running.items()))
        out, errors = process.communicate()
        del running[first]
        if process.returncode:
            at = (sound / f"at {first}").read_text(encoding="utf-8")
            faults.append(f"a file from {at} on ended the process, or took too long:\n{errors[-3_000:]}")
            continue
        told = Tries(**json.loads(out))
        whole, slowest = whole + told.count, max(slowest, told.seconds)
        faults += told.faults
        assert told.opened, "not one of them could be read: this tries nothing but the first check"
    assert not faults, "\n".join(faults[:3])
    reached(9, f"{whole:,} project files broken by chance: 0 crashes, 0 uncaught, {slowest:.1f} s at most")
