"""Cuts the power, again and again, in a model of a disk, and looks whether anything acknowledged is lost.

A child makes gestures, a new project, a copy and an export, or takes a stranger's project in; strace notes what it
asks of the disk, and disk_model makes what may be left of it. Each state is opened as a user would. On a disk that
lies, as bad sticks do, a sync does nothing: then work must be lost, or this sees nothing. Linux only.

    python tests/promises/cut_power.py gestures --states 5000
"""

import argparse
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.domain.authors import Author
from annotator.domain.found import Losses
from annotator.domain.queue import QueueFilter
from annotator.errors import ProjectFileError
from annotator.services import exporting
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from annotator.storage.project_file import ProjectFile
from annotator.storage.taking_in import Arrival, Rebuilt, rebuilt
from tests.building import ANNA, TEXT, a_project, add_article
from tests.promises import tracing
from tests.promises.disk_model import NOTED, Disk, File, replayed
from tests.promises.kill_gestures import gestures
from tests.storage.raw import every_row, interrupt, plant

GESTURES = 30
MARK = b"hidden by a stranger"
MEMORY = Path("/dev/shm")


class Session(Protocol):
    """What is done while the power may go, and a look at what is left then."""

    folder: Path
    """What is on the disk is in it, at the beginning too."""
    leaves_journals: bool
    """Whether cuts are to be seen that leave a journal beside the project."""

    def work(self, say: Callable[[bytes], object]) -> None:
        """The child: says after each thing that is saved what that is."""

    def ended(self) -> None:
        """The work is done, and folder as it is then."""

    def faults(self, state: Path, heard: Counter[bytes]) -> Iterator[str]:
        """What is lost or damaged in a folder after a cut, when so much was said to be saved."""


class Gestures:
    """Somebody annotates, and saves a copy, an export and a new project."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.seed = folder, seed
        with a_project(folder) as project:
            for number in range(3):
                add_article(project, f"{number} {TEXT}")
        self.before, self.leaves_journals = len(history(project.path)), True

    def work(self, say: Callable[[bytes], object]) -> None:
        folder = self.folder
        project = ProjectFile.open(folder / "project.annot", folder.parent / "b")
        author = Author(ANNA.annotator)
        made = gestures(project, author, project.queue(QueueFilter(), ANNA.annotator), random.Random(self.seed))
        for _ in islice(made, GESTURES):
            say(b"edit")
        project.save_copy(folder / "copy.annot")
        say(b"copy")
        for _ in islice(made, GESTURES // 3):
            say(b"edit")
        workspace = Workspace(project, author)
        (jsonl,) = (one for one in exporting.WRITERS if one.key == "jsonl")
        for _ in exporting.export(exporting.take_snapshot(workspace), jsonl, folder / "export.jsonl", Losses()):
            pass
        say(b"export")
        (brat,) = (one for one in exporting.WRITERS if one.key == "brat")
        for _ in exporting.export(exporting.take_snapshot(workspace), brat, folder / "brat", Losses()):
            pass
        say(b"folder")
        a_project(folder, "new.annot").close()
        say(b"new")
        for _ in islice(made, GESTURES // 3):
            say(b"edit")
        project.save_copy(folder / "copy.annot")
        say(b"copy")
        project.close()

    def ended(self) -> None:
        self.heads = history(self.folder / "project.annot")
        self.export, self.brat = (self.folder / "export.jsonl").read_bytes(), tree(self.folder / "brat")

    def faults(self, state: Path, heard: Counter[bytes]) -> Iterator[str]:
        least = self.before + heard[b"edit"]
        yield from self._project(state / "project.annot", least, least + 1)
        copies = (self.before + GESTURES, len(self.heads))
        for name, said, (least, most) in (("copy.annot", b"copy", copies), ("new.annot", b"new", (1, 1))):
            if (state / name).exists():
                yield from self._project(state / name, least, most)
            elif heard[said]:
                yield f"{name} is not there"
        export = state / "export.jsonl"
        if export.read_bytes() != self.export if export.exists() else heard[b"export"]:
            yield "export.jsonl is not there, or not whole"
        if tree(state / "brat") != self.brat if (state / "brat").exists() else heard[b"folder"]:
            yield "the exported folder is not there, or not whole"

    def _project(self, path: Path, least: int, most: int) -> Iterator[str]:
        found = list(opening_faults(path))
        if found:
            yield from found
            return
        heads = history(path)
        if not least <= len(heads) <= most:
            yield f"{path.name} has {len(heads)} edits of {least} that were acknowledged"
        elif path.name != "new.annot" and heads != self.heads[: len(heads)]:
            yield f"{path.name} has another history"


class Arrivals:
    """A project from elsewhere is replaced by a clean file, and kept as it came; it was cut off, or hides something."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.path = folder, folder / "project.annot"
        sound = folder.parent / "sound.annot"
        with a_project(sound.parent, sound.name) as project:
            for number in range(3):
                add_article(project, f"{number} {TEXT}")
        self.rows, self.is_cut_off = every_row(sound), seed % 2 == 1
        if self.is_cut_off:
            interrupt(sound, self.path)
        else:
            shutil.copyfile(sound, self.path)
            plant(self.path, MARK)
        self.came, self.leaves_journals = self.path.read_bytes(), self.is_cut_off

    def work(self, say: Callable[[bytes], object]) -> None:
        with closing(Arrival(self.path, self.folder / "backups")) as arrival:
            *_, found = rebuilt(arrival.path, arrival.clean, arrival.kept)
            assert isinstance(found, Rebuilt)
            assert arrival.replace(found), arrival.read_only
            say(b"in")

    def ended(self) -> None:
        assert self.path.read_bytes() != self.came

    def faults(self, state: Path, heard: Counter[bytes]) -> Iterator[str]:
        path = state / "project.annot"
        is_new, is_old = MARK not in path.read_bytes(), path.read_bytes() == self.came
        if not is_new and not is_old:
            yield "it is something between"
        if heard[b"in"] and is_old:
            yield "it was said to be in, and is as it came"
        if (heard[b"in"] or (is_new and not self.is_cut_off)) and not self._is_kept(state / "backups"):
            yield "as it came it is nowhere"
        found = list(opening_faults(path))
        yield from found
        if not found and every_row(path) != self.rows:
            yield "it does not hold what it held"

    def _is_kept(self, backups: Path) -> bool:
        """With what was left half done taken back, if it was cut off."""
        kept = list(backups.rglob("*.annot"))
        if self.is_cut_off:
            return any(every_row(one) == self.rows for one in kept)
        return any(one.read_bytes() == self.came for one in kept)


def opening_faults(path: Path) -> Iterator[str]:
    """Why a project does not open to be worked on, and what is damaged in it."""
    try:
        with ProjectFile.open(path, path.parent / "own backups") as project:
            if project.read_only:
                yield f"{path.name} is read-only: {project.read_only}"
    except (ProjectFileError, sqlite3.Error) as error:
        yield f"{path.name} does not open: {error}"
        return
    yield from (f"{path.name}: {fault}" for _, _, fault in check(path) if fault)


def history(path: Path) -> list[str]:
    """The hash of each row of history, read by another connection."""
    with closing(sqlite3.connect(path)) as connection:
        return [head for (head,) in connection.execute("SELECT hash FROM history ORDER BY seq")]


def cuts(session: Session, top: Path, options: argparse.Namespace, dice: random.Random) -> tuple[list[str], str]:
    """Cuts the power in what a session has done; the faults, and a word on how many cuts there were."""
    log, start = top / "log", tree(session.folder)
    tracing.traced(lambda: session.work, [*NOTED, "-o", str(log)])
    session.ended()
    faults, recovered, began = list[str](), 0, time.monotonic()
    words = [len(heard) for heard in replayed(log, session.folder, disk_of(start, is_honest=True))]
    # Half of them when something was just said to be saved, and nothing has happened since.
    said = [moment for moment in range(1, len(words)) if words[moment] > words[moment - 1]]
    moments, half = len(words), options.states // 2
    chosen = Counter(dice.choices(range(moments), k=half) + dice.choices(said, k=options.states - half))
    disk = disk_of(start, is_honest=not options.lying_disk)
    for moment, heard in enumerate(replayed(log, session.folder, disk)):
        for _ in range(chosen[moment]):
            state = top / "state"
            state.mkdir()
            for way, content in disk.cut(dice).items():
                (state / way).parent.mkdir(parents=True, exist_ok=True)
                (state / way).write_bytes(content)
            recovered += (state / "project.annot-journal").exists()
            found = list(session.faults(state, Counter(heard)))
            faults += [f"a cut at call {moment} of {moments}: {found}"] if found else []
            shutil.rmtree(state)
    took = f"{time.monotonic() - began:.1f} s"
    if not recovered and session.leaves_journals:
        faults.append("no cut has left a journal: nothing was tried")
    return (
        faults,
        f"{options.states} power cuts at {len(chosen)} of {moments} calls, {recovered} with a journal, {took}",
    )


def tree(folder: Path) -> dict[str, bytes]:
    """The files in a folder, by their way from it."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def disk_of(files: dict[str, bytes], *, is_honest: bool) -> Disk:
    """A disk with these files."""
    return Disk({name: File(content) for name, content in files.items()}, is_honest=is_honest)


def main() -> int:
    """Makes the states and says what came of them; 1 when something acknowledged was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("session", choices=SESSIONS)
    parser.add_argument("--states", type=int, default=300)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--lying-disk", action="store_true", help="a sync does nothing")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        folder = Path(name).resolve() / "work"
        folder.mkdir()
        faults, words = cuts(SESSIONS[options.session](folder, seed), folder.parent, options, random.Random(seed))
    print(f"seed {seed}: {words}, {len(faults)} faults")
    for fault in faults[:20]:
        print("FAULT:", fault)
    return 1 if faults else 0


SESSIONS: dict[str, Callable[[Path, int], Session]] = {"gestures": Gestures, "arrivals": Arrivals}

if __name__ == "__main__":
    sys.exit(main())
