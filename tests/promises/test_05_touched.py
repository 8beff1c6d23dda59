"""Promise 5: another program or person touching the file is noticed before anything is written, and never overwritten.

meddling.py is the other program, in a process of its own. The release form: 100 runs of everything.
"""

import json
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.ids import AnnotatorId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.editing import tagging
from annotator.editing.importing import NewArticle
from annotator.errors import LockedProject, ProjectChanged, ProjectFileError, ReadOnlyProject
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from tests.building import TEXT, find
from tests.promises.release import Reached, times
from tests.storage.raw import ask, mode

RUNS = times(4, 100)
LONGEST = 0.1
"""Seconds that the window may stand still."""
WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000c"), "Ana")
WORDS = ("Ana Ruiz", "bridge", "Daily Post", "said", "It will hold", "safe", "the", "Ruiz told")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody replace or delete an open file")
Meddle = Callable[..., None]


@pytest.fixture(scope="module")
def meddle() -> Iterator[Meddle]:
    """Lets the other program do something, and waits until it is done."""
    run = [sys.executable, str(Path(__file__).with_name("meddling.py"))]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:

        def do(name: str, *words: object) -> None:
            assert other.stdin is not None
            assert other.stdout is not None
            other.stdin.write(json.dumps([name, *map(str, words)]) + "\n")
            other.stdin.flush()
            assert other.stdout.readline() == "done\n", name

        yield do
        other.stdin.close() if other.stdin else None


@pytest.fixture
def start(tmp_path: Path) -> Path:
    """A project with an article."""
    with closing(new_project(tmp_path / "start.annot", WHO)) as workspace:
        workspace.bring_in([NewArticle(TEXT, "Bridge")], "")
    return tmp_path / "start.annot"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Somebody else's project."""
    with closing(new_project(tmp_path / "other.annot", WHO)) as workspace:
        workspace.bring_in([NewArticle(f"{number} {TEXT}", f"Other {number}") for number in range(5)], "")
    return tmp_path / "other.annot"


class Session:
    """Somebody at work in a fresh project, who has tagged some words already."""

    def __init__(self, start: Path, number: int) -> None:
        self.folder = start.parent / f"run {number}"
        self.folder.mkdir()
        self.dice = random.Random(number)
        path = Path(shutil.copy(start, self.folder / "work.annot"))
        self.workspace: Workspace = open_project(path, WHO, was_looked_over=True)
        self.path = self.workspace.records.path
        self.article = self.workspace.records.queue(QueueFilter(), WHO.id)[0]
        self.saved: set[str] = set()
        for word in self.dice.sample(WORDS, self.dice.randint(1, 4)):
            self.tag(word)

    def tag(self, word: str = "") -> None:
        """One gesture; what it made counts as saved."""
        span = find(TEXT, word or self.dice.choice(WORDS))
        edit = self.workspace.do(tagging.tag, self.article, span, self.dice.choice(("date", "other", "quantity")))
        self.saved |= {change.after.id for change in edit.changes if isinstance(change.after, Mention)}

    def refused(self, kind: type[ProjectFileError] | tuple[type[ProjectFileError], ...]) -> float:
        """Two gestures are refused; how long the quicker one took."""
        took: list[float] = []
        for _ in range(2):
            began = time.perf_counter()
            with pytest.raises(kind):
                self.tag("hold")
            took.append(time.perf_counter() - began)
        return min(took)


def mentions(path: Path) -> set[str]:
    return {id_ for (id_,) in ask(path, "SELECT id FROM mention")}


def sound(path: Path) -> bool:
    return not any(fault for _, _, fault in check(path))


@pytest.fixture
def sessions(start: Path) -> Iterator[Iterator[Session]]:
    """One session after the other, each closed when the next one begins."""

    def run() -> Generator[Session, None, None]:
        for number in range(RUNS):
            session = Session(start, number)
            try:
                yield session
            finally:
                session.workspace.close()

    found = run()
    yield found
    found.close()


LOCKS = {
    "is about to write": ("BEGIN IMMEDIATE",),
    "writes": ("BEGIN EXCLUSIVE",),
    "reads": ("BEGIN", "SELECT count(*) FROM article"),
    "has written half": ("BEGIN IMMEDIATE", "UPDATE article SET title = 'half'"),
}


@pytest.mark.parametrize("who", LOCKS)
def test_a_lock_is_told_of_and_the_window_stands_still_for_no_time(
    sessions: Iterator[Session], meddle: Meddle, who: str, reached: Reached
) -> None:
    waited: list[float] = []
    for session in sessions:
        meddle("hold", session.path, *LOCKS[who])
        waited.append(session.refused(LockedProject))
        assert who == "writes" or mentions(session.path) == session.saved
        meddle("let_go")
        session.tag("hold")
        assert mentions(session.path) == session.saved
        assert ask(session.path, "SELECT title FROM article") == [("Bridge",)]
    # Half of them, for a machine with other work holds up now this, now that; a lock holds up each.
    usual = statistics.median(waited)
    assert usual <= LONGEST
    assert max(waited) < 10 * LONGEST
    figure = f"{RUNS} times another program {who}: told, 0 lost"
    reached(5, f"{figure}; a gesture took {usual * 1000:.0f} ms, {max(waited) * 1000:.0f} ms once")


def test_what_another_program_wrote_is_kept_and_so_is_ours(
    sessions: Iterator[Session], meddle: Meddle, reached: Reached
) -> None:
    for session in sessions:
        meddle("write", session.path, "UPDATE article SET title = 'theirs'")
        session.refused(ProjectChanged)
        assert mentions(session.path) == session.saved
        session.workspace.records.reload()
        session.tag("hold")
        assert mentions(session.path) == session.saved
        assert ask(session.path, "SELECT title FROM article") == [("theirs",)]
    reached(5, f"{RUNS} times another program had written: noticed, 0 lost of ours or theirs")


OTHERS = {"replaced by another file": "replace", "overwritten in place": "overwrite"}


@pytest.mark.parametrize("how", OTHERS)
def test_a_file_of_somebody_else_in_its_place_is_never_written_to(
    sessions: Iterator[Session], meddle: Meddle, other: Path, how: str, reached: Reached
) -> None:
    theirs = other.read_bytes()
    for session in sessions:
        meddle(OTHERS[how], session.path, other)
        session.refused(ProjectChanged)
        if how == "replaced by another file":
            session.workspace.records.save_copy(session.folder / "rescued.annot")
            assert mentions(session.folder / "rescued.annot") == session.saved
            assert sound(session.folder / "rescued.annot")
        session.workspace.records.close()
        assert session.path.read_bytes() == theirs
    reached(5, f"{RUNS} times {how}: noticed, 0 bytes of theirs changed")


GONE: dict[str, Callable[[Meddle, Session], object]] = {
    "deleted": lambda meddle, session: meddle("delete", session.path),
    "moved": lambda meddle, session: meddle("move", session.path, session.folder / "moved.annot"),
    "in a folder that is gone": lambda meddle, session: meddle(
        "move", session.folder, session.folder.with_name(f"{session.folder.name} pulled out")
    ),
    "in a folder that was deleted": lambda meddle, session: meddle("wipe", session.folder),
}


@pytest.mark.parametrize("how", GONE)
def test_a_file_that_is_gone_is_noticed_and_can_be_saved_elsewhere(
    sessions: Iterator[Session], meddle: Meddle, tmp_path: Path, how: str, reached: Reached
) -> None:
    rescued = tmp_path / "rescued.annot"
    for session in sessions:
        GONE[how](meddle, session)
        session.refused(ProjectChanged)
        assert not session.path.exists(), "nothing is made anew in its place"
        session.workspace.records.save_copy(rescued)
        assert mentions(rescued) == session.saved
        assert sound(rescued)
    reached(5, f"{RUNS} times {how}: noticed, all of it in a copy saved elsewhere")


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_or_folder_made_read_only_is_left_alone(
    sessions: Iterator[Session], meddle: Meddle, what: str, reached: Reached
) -> None:
    for session in sessions:
        place, bits = (session.path, 0o444) if what == "file" else (session.folder, 0o555)
        with mode(place, bits):  # this thread has no more power than its user
            meddle("protect", place, f"{bits:o}")
            session.refused(ReadOnlyProject)
        assert mentions(session.path) == session.saved
        session.tag("hold")
        assert mentions(session.path) == session.saved
    reached(5, f"{RUNS} times the {what} was made read-only: noticed, 0 lost, and went on when it could be written")
