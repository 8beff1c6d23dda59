"""A hostile project file does nothing: it is refused with a sentence, or opens and does no harm.

Each is opened as one's own, taken in as one from elsewhere, read as a teammate's, brought into a project of ours,
checked and salvaged, in a process of its own that is measured. What is taken in is a clean file with the same rows. The
release form mutates a million files besides.
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

from annotator.domain.ids import AnnotatorId
from annotator.errors import EditRefused
from annotator.services.projects import Person, open_project
from annotator.services.restoring import found_for
from annotator.storage.project_file import ProjectFile
from tests.building import new_id
from tests.editing.by_chance import Hand
from tests.promises.formats import every_format, fixture
from tests.promises.hostile_projects import HOSTILE, run
from tests.promises.mutating_projects import Told as Tries
from tests.promises.release import Reached, times
from tests.promises.test_01_crash import survived
from tests.promises.test_06_damage import worked_on
from tests.promises.test_12_history import a_full_project
from tests.promises.trying_projects import WAYS, WHO, Tried
from tests.storage.raw import every_row, plant

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="files are tried in forked processes, to measure them")

SECONDS, MEGABYTES = 1.0, 200.0
MARK = b"hidden by a stranger"
_SLOWER = 5
"""How much slower than ours the machine of a test may be."""
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
    most = max(one.megabytes for _, _, one in done)
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
        assert tried.megabytes < MEGABYTES, f"{name}, {way}"
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


@pytest.mark.timeout(times(120, 3_600))
def test_what_comes_from_elsewhere_is_worked_on_as_a_clean_file_with_the_same_rows(
    tmp_path: Path, reached: Reached
) -> None:
    count, rows = times(4, 200), 0
    for number in range(count + len(every_format())):
        path = tmp_path / "mail" / f"{number}.annot"
        path.parent.mkdir(exist_ok=True)
        if number < count:
            shutil.copyfile(a_full_project(tmp_path / str(number), 900 + number), path)
            plant(path, MARK)
        else:
            fixture(every_format()[number - count], path)
        before, wanted = path.read_bytes(), migrated(path, tmp_path / "wanted.annot")
        workspace = open_project(path, Person(AnnotatorId(new_id()), "Somebody else"))
        assert workspace.records.read_only == ""
        now, used = every_row(path), path.read_bytes()
        assert MARK not in used
        assert sum(map(len, now.values())) > sum(map(len, wanted.values())), "one more has signed in"
        for table, found in wanted.items():
            assert set(found) <= set(now[table]), table
            assert len(now[table]) <= len(found) + 2, table
        workspace.undo()
        workspace.close()
        assert before in [one.path.read_bytes() for one in found_for(path)], "as it came it is kept"
        rows += sum(map(len, wanted.values()))
    reached(9, f"{count + len(every_format())} projects of {rows:,} rows taken in: all rows the same, 0 hidden bytes")


def migrated(path: Path, copy: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of a project in the present format, brought there in the usual way."""
    shutil.copyfile(path, copy)
    ProjectFile.open(copy, copy.with_name("other backups")).close()
    return every_row(copy)


@pytest.mark.timeout(times(300, 2_000))
def test_a_kill_while_it_is_replaced_leaves_the_old_file_or_the_new(reached: Reached) -> None:
    kills = times(20, 300)
    said = survived("kill_jobs.py", "arrivals", "--kills", str(kills))
    assert said["kills"] == str(kills)
    reached(9, f"{kills:,} kills while a project is taken in: {said['what']}, old or new with all rows, 0 between")


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
