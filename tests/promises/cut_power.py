"""Cuts the power, again and again, in a model of a disk, and looks whether anything acknowledged is lost.

A child makes gestures, a new project, a copy and an export; strace notes what it asks of the disk. A state after a cut
has what was synced until then, and of the rest nothing, all, some of the writes, or some of their sectors of 512 bytes;
of what was done to the folder since its last sync the beginning. Each state is opened as a user would. On a disk that
lies, as bad sticks do, a sync does nothing: then work must be lost, or this sees nothing. Linux only.

    python tests/promises/cut_power.py --states 5000
"""

import argparse
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.domain.authors import Author
from annotator.domain.found import Losses
from annotator.domain.queue import QueueFilter
from annotator.errors import ProjectFileError
from annotator.services import exporting
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, TEXT, a_project, add_article
from tests.promises import tracing
from tests.promises.kill_gestures import gestures

GESTURES = 30
SECTOR = 512
CALLS = "openat,write,pwrite64,lseek,ftruncate,unlink,rename,fsync,fdatasync"
STRANGE = "writev,pwritev,pwritev2,truncate,fallocate,link,linkat,symlink,unlinkat,renameat,renameat2,copy_file_range"
MEMORY = Path("/dev/shm")
LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
PATH = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")
TEXT_OF = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Write:
    """Bytes that were written at a place; size alone for a file that was cut off or made longer."""

    at: int
    data: bytes = b""
    size: int | None = None


@dataclass
class File:
    """What is surely on the disk, and what was written since the last sync."""

    synced: bytes = b""
    pending: list[Write] = field(default_factory=list)

    def after_a_cut(self, dice: random.Random) -> bytes:
        """What may be left of it."""
        kind = dice.choice(("nothing", "all", "writes", "sectors"))
        found = bytearray(self.synced)
        for write in self.pending if kind != "nothing" else ():
            if kind == "sectors" and write.size is None:
                for at in range(0, len(write.data), SECTOR):
                    if dice.random() < 0.5:
                        _put(found, Write(write.at + at, write.data[at : at + SECTOR]))
            elif kind == "all" or dice.random() < 0.5:
                _put(found, write)
        return bytes(found)

    def sync(self) -> None:
        """All of it is on the disk now."""
        found = bytearray(self.synced)
        for write in self.pending:
            _put(found, write)
        self.synced, self.pending = bytes(found), []


def _put(found: bytearray, write: Write) -> None:
    if write.size is not None:
        del found[write.size :]
        found.extend(bytes(write.size - len(found)))
        return
    found.extend(bytes(max(0, write.at - len(found))))
    found[write.at : write.at + len(write.data)] = write.data


Names = dict[str, File]


class Disk:
    """One folder, as it is and as it surely is on the disk."""

    def __init__(self, names: Names, *, is_honest: bool) -> None:
        self.names, self.is_honest = names, is_honest
        self.synced = dict(names)
        self.pending: list[Callable[[Names], object]] = []

    def change(self, deed: Callable[[Names], object]) -> None:
        """Something happens to the folder's names."""
        deed(self.names)
        self.pending.append(deed)

    def sync(self, file: File | None) -> None:
        """A file, or the folder, is synced."""
        if not self.is_honest:
            return
        if file is not None:
            file.sync()
        else:
            self.synced, self.pending = dict(self.names), []

    def cut(self, dice: random.Random) -> dict[str, bytes]:
        """The files after a power cut."""
        names = dict(self.synced)
        for deed in self.pending[: dice.randint(0, len(self.pending))]:
            deed(names)
        return {name: file.after_a_cut(dice) for name, file in names.items()}


def replayed(log: Path, folder: Path, disk: Disk) -> Iterator[list[bytes]]:
    """Does with the disk what the log says, answering after each call, and each word, what the child has said."""
    heard: list[bytes] = []
    replay = Replay(folder, disk)
    for line in log.read_text(encoding="ascii").splitlines():
        call = LINE.match(line)
        if call is None or call[3].startswith("-"):
            if "unfinished" in line:
                raise ValueError(f"two threads: {line[:200]}")
            continue
        paths = [Path(os.fsdecode(_text(found))) for found in PATH.findall(line)]
        texts = [_text(found) for found in TEXT_OF.findall(call[2])]
        if call[1] == "write" and str(paths[0]).startswith("pipe:"):
            heard = [*heard, texts[0]]
            yield heard
        elif replay.does(call[1], call[2], int(call[3]), paths, texts):
            yield heard


class Replay:
    """Does with a disk what a log says about one folder."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.folder, self.disk = folder, disk
        self.at: dict[int, int] = {}

    def does(self, name: str, words: str, result: int, paths: list[Path], texts: list[bytes]) -> bool:
        """Does one call; whether it was about the folder."""
        if name in {"openat", "unlink", "rename"}:
            places = [Path(os.fsdecode(text)) for text in texts]
            if places[0].parent != self.folder:
                return False
            self._on_names(name, words, result, [place.name for place in places])
        elif paths[0] == self.folder and name in {"fsync", "fdatasync"}:
            self.disk.sync(None)
        elif paths[0].parent == self.folder:
            self._on_file(name, words, result, self.disk.names[paths[0].name], texts)
        else:
            return False
        return True

    def _on_names(self, name: str, words: str, result: int, places: list[str]) -> None:
        first = places[0]
        if name == "unlink":
            self.disk.change(lambda names: names.pop(first, None))
        elif name == "rename":
            self.disk.change(lambda names: names.update({places[1]: names.pop(first)}) if first in names else None)
        else:
            if "O_APPEND" in words:
                raise ValueError(f"the model does not know {words}")
            self.at[result] = 0
            if "O_CREAT" in words and first not in self.disk.names:
                made = File()
                self.disk.change(lambda names: names.update({first: made}))
            if "O_TRUNC" in words:
                self.disk.names[first].pending.append(Write(0, size=0))

    def _on_file(self, name: str, words: str, result: int, file: File, texts: list[bytes]) -> None:
        handle, last = int(words.partition("<")[0]), int(re.findall(r"\d+", words)[-1])
        if name == "pwrite64":
            file.pending.append(Write(last, texts[0][:result]))
        elif name == "write":
            file.pending.append(Write(self.at[handle], texts[0][:result]))
            self.at[handle] += result
        elif name == "lseek":
            self.at[handle] = result
        elif name == "ftruncate":
            file.pending.append(Write(0, size=last))
        elif name in {"fsync", "fdatasync"}:
            self.disk.sync(file)
        else:
            raise ValueError(f"the model does not know {name}")


def _text(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def work(folder: Path, seed: int, say: Callable[[bytes], object]) -> None:
    """The child: says after each thing that is saved what that is."""
    project, author = ProjectFile.open(folder / "project.annot", folder.parent / "b"), Author(ANNA.annotator)
    made = gestures(project, author, project.queue(QueueFilter(), ANNA.annotator), random.Random(seed))
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
    a_project(folder, "new.annot").close()
    say(b"new")
    for _ in islice(made, GESTURES // 3):
        say(b"edit")
    project.save_copy(folder / "copy.annot")
    say(b"copy")
    project.close()


def history(path: Path) -> list[str]:
    """The hash of each row of history, read by another connection."""
    with closing(sqlite3.connect(path)) as connection:
        return [head for (head,) in connection.execute("SELECT hash FROM history ORDER BY seq")]


class Judge:
    """Looks at a folder after a power cut."""

    def __init__(self, whole: Path, before: int) -> None:
        self.heads = history(whole / "project.annot")
        self.export, self.before = (whole / "export.jsonl").read_bytes(), before

    def faults(self, folder: Path, heard: Counter[bytes]) -> Iterator[str]:
        """What is lost or damaged."""
        least = self.before + heard[b"edit"]
        yield from self._project(folder / "project.annot", least, least + 1)
        copies = (self.before + GESTURES, len(self.heads))
        for name, said, (least, most) in (("copy.annot", b"copy", copies), ("new.annot", b"new", (1, 1))):
            if (folder / name).exists():
                yield from self._project(folder / name, least, most)
            elif heard[said]:
                yield f"{name} is not there"
        export = folder / "export.jsonl"
        if export.read_bytes() != self.export if export.exists() else heard[b"export"]:
            yield "export.jsonl is not there, or not whole"

    def _project(self, path: Path, least: int, most: int) -> Iterator[str]:
        try:
            with ProjectFile.open(path, path.parent / "backups") as project:
                if project.read_only:
                    yield f"{path.name} is read-only: {project.read_only}"
        except (ProjectFileError, sqlite3.Error) as error:
            yield f"{path.name} does not open: {error}"
            return
        yield from (f"{path.name}: {fault}" for _, _, fault in check(path) if fault)
        heads = history(path)
        if not least <= len(heads) <= most:
            yield f"{path.name} has {len(heads)} edits of {least} that were acknowledged"
        elif path.name != "new.annot" and heads != self.heads[: len(heads)]:
            yield f"{path.name} has another history"


def main() -> int:
    """Makes the states and says what came of them; 1 when something acknowledged was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--states", type=int, default=300)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--lying-disk", action="store_true", help="a sync does nothing")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    dice, faults, seen, recovered = random.Random(seed), list[str](), 0, 0
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as name:
        top = Path(name).resolve()
        folder, log = top / "work", top / "log"
        folder.mkdir()
        with a_project(folder) as project:
            for number in range(3):
                add_article(project, f"{number} {TEXT}")
        edits = len(history(project.path))
        start = project.path.read_bytes()
        noted = ["-y", "-xx", "-s", "10000000", "-o", str(log), "-e", f"trace={CALLS},{STRANGE}"]
        tracing.traced(lambda: lambda say: work(folder, seed, say), noted)
        judge, began = Judge(folder, edits), time.monotonic()
        words = [len(heard) for heard in replayed(log, folder, Disk({"project.annot": File(start)}, is_honest=True))]
        # Half of them when something was just said to be saved, and nothing has happened since.
        said = [moment for moment in range(1, len(words)) if words[moment] > words[moment - 1]]
        moments, half = len(words), options.states // 2
        cuts = Counter(dice.choices(range(moments), k=half) + dice.choices(said, k=options.states - half))
        disk = Disk({"project.annot": File(start)}, is_honest=not options.lying_disk)
        for moment, heard in enumerate(replayed(log, folder, disk)):
            for _ in range(cuts[moment]):
                state = top / "state"
                state.mkdir()
                for file, content in disk.cut(dice).items():
                    (state / file).write_bytes(content)
                recovered += (state / "project.annot-journal").exists()
                found = list(judge.faults(state, Counter(heard)))
                faults += [f"a cut at call {moment} of {moments}: {found}"] if found else []
                shutil.rmtree(state)
                seen += 1
    print(
        f"seed {seed}: {seen} power cuts at {len(cuts)} of {moments} calls, {recovered} with a journal, "
        f"{len(faults)} faults, {time.monotonic() - began:.1f} s"
    )
    for fault in faults[:20]:
        print("FAULT:", fault)
    return 1 if faults or not recovered else 0


if __name__ == "__main__":
    sys.exit(main())
