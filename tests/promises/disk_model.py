"""A model of a disk: what is surely on it, what may be left after a power cut, played from what strace has noted.

What was synced is there; of the rest nothing, all, some of the writes, or some of their sectors of 512 bytes; of what
was done to a folder since its last sync the beginning.
"""

import os
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
CALLS = "openat,write,pwrite64,sendfile,lseek,ftruncate,unlink,rename,mkdir,fsync,fdatasync"
STRANGE = (
    "writev,pwritev,pwritev2,truncate,fallocate,link,linkat,symlink,unlinkat,renameat,renameat2,mkdirat,rmdir,"
    "copy_file_range"
)
NOTED = ("-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS},{STRANGE}")
"""How strace is to note what a program asks of the disk."""
_LINE = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+)")
_PATH = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")
_BEGUN = re.compile(r"^(\d+) +\w+\(.* <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^(\d+) +<\.\.\. \w+ resumed>(.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


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
        self.synced, self.pending = self.content(), []

    def content(self) -> bytes:
        """What a program reads from it."""
        found = bytearray(self.synced)
        for write in self.pending:
            _put(found, write)
        return bytes(found)


def _put(found: bytearray, write: Write) -> None:
    if write.size is not None:
        del found[write.size :]
        found.extend(bytes(write.size - len(found)))
        return
    found.extend(bytes(max(0, write.at - len(found))))
    found[write.at : write.at + len(write.data)] = write.data


Names = dict[str, "File | Disk"]


class Disk:
    """A folder, as it is and as it surely is on the disk; others may be in it."""

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
        """The files after a power cut, by their way from here."""
        names, found = dict(self.synced), dict[str, bytes]()
        for deed in self.pending[: dice.randint(0, len(self.pending))]:
            deed(names)
        for name, one in names.items():
            if isinstance(one, File):
                found[name] = one.after_a_cut(dice)
            else:
                found |= {f"{name}/{way}": content for way, content in one.cut(dice).items()}
        return found

    def at(self, parts: tuple[str, ...]) -> "Disk | None":
        """The folder in it that one comes to by these names."""
        if not parts:
            return self
        inner = self.names.get(parts[0])
        return inner.at(parts[1:]) if isinstance(inner, Disk) else None


def replayed(log: Path, folder: Path, disk: Disk) -> Iterator[list[bytes]]:
    """Does with the disk what the log says, answering after each call, and each word, what the child has said."""
    heard: list[bytes] = []
    replay = Replay(folder, disk)
    for line in _whole(log.read_text(encoding="ascii").splitlines()):
        call = _LINE.match(line)
        if call is None or call[3].startswith("-"):
            continue
        paths = [Path(os.fsdecode(_text(found))) for found in _PATH.findall(line)]
        texts = [_text(found) for found in _TEXT.findall(call[2])]
        if call[1] == "write" and str(paths[0]).startswith("pipe:"):
            heard = [*heard, texts[0]]
            yield heard
        elif replay.does(call[1], call[2], int(call[3]), paths, texts):
            yield heard


def _whole(lines: Iterable[str]) -> Iterator[str]:
    """The calls; one that another thread's came in between of where it has ended, which is when it counts."""
    begun: dict[str, str] = {}
    for line in lines:
        if (first := _BEGUN.match(line)) is not None:
            begun[first[1]] = first[0].removesuffix(" <unfinished ...>")
        elif (last := _RESUMED.match(line)) is not None:
            yield begun.pop(last[1]) + last[2]
        else:
            yield line


class Replay:
    """Does with a disk what a log says about one folder and those in it."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.folder, self.disk = folder, disk
        self.at: dict[int, int] = {}

    def does(self, name: str, words: str, result: int, paths: list[Path], texts: list[bytes]) -> bool:
        """Does one call; whether it was about the folder."""
        if name in {"openat", "unlink", "rename", "mkdir"}:
            places = [Path(os.fsdecode(text)) for text in texts]
            folders = [self._of(place.parent) for place in places]
            if folders[0] is None:
                return False
            self._on_names(name, words, result, [(one, place.name) for one, place in zip(folders, places, strict=True)])
            return True
        if name in {"fsync", "fdatasync"} and (whole := self._of(paths[0])) is not None:
            whole.sync(None)
            return True
        about = paths or [Path(os.fsdecode(text)) for text in texts]
        folder = self._of(about[0].parent)
        if folder is None:
            return False
        if not paths:
            raise ValueError(f"the model does not know {name}")
        self._on_file(name, words, result, folder, paths, texts)
        return True

    def _of(self, folder: Path) -> Disk | None:
        return self.disk.at(folder.relative_to(self.folder).parts) if folder.is_relative_to(self.folder) else None

    def _file(self, path: Path) -> File:
        folder = self._of(path.parent)
        file = None if folder is None else folder.names[path.name]
        assert isinstance(file, File), path
        return file

    def _on_names(self, name: str, words: str, result: int, places: list[tuple[Disk | None, str]]) -> None:
        (folder, first), (other, second) = places[0], places[-1]
        assert folder is not None
        assert other is not None
        if name == "unlink":
            folder.change(lambda names: names.pop(first, None))
        elif name == "mkdir":
            inner = Disk({}, is_honest=folder.is_honest)
            folder.change(lambda names: names.update({first: inner}))
        elif name == "rename" and other is folder:
            folder.change(lambda names: names.update({second: names.pop(first)}) if first in names else None)
        elif name == "rename":
            moved = folder.names[first]
            other.change(lambda names: names.update({second: moved}))
            folder.change(lambda names: names.pop(first, None))
        else:
            if "O_APPEND" in words:
                raise ValueError(f"the model does not know {words}")
            self.at[result] = 0
            if "O_CREAT" in words and first not in folder.names:
                made = File()
                folder.change(lambda names: names.update({first: made}))
            if "O_TRUNC" in words:
                opened = folder.names[first]
                assert isinstance(opened, File)
                opened.pending.append(Write(0, size=0))

    def _on_file(self, name: str, words: str, result: int, folder: Disk, paths: list[Path], texts: list[bytes]) -> None:
        file = self._file(paths[0])
        handle, last = int(words.partition("<")[0]), int(re.findall(r"\d+", words)[-1])
        if name == "pwrite64":
            file.pending.append(Write(last, texts[0][:result]))
        elif name in {"write", "sendfile"}:
            data = (
                texts[0] if name == "write" else self._file(paths[1]).content()[int(re.findall(r"\[(\d+)", words)[0]) :]
            )
            file.pending.append(Write(self.at[handle], data[:result]))
            self.at[handle] += result
        elif name == "lseek":
            self.at[handle] = result
        elif name == "ftruncate":
            file.pending.append(Write(0, size=last))
        elif name in {"fsync", "fdatasync"}:
            folder.sync(file)
        else:
            raise ValueError(f"the model does not know {name}")


def _text(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))
