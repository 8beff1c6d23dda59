"""A project that somebody sent, looked over in a private copy before it is opened for the first time."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.errors import DamagedProject, DiskFull, LockedProject, ProjectFileError
from annotator.storage.checking import check
from annotator.storage.header import RESTS, check_header
from annotator.storage.migrating import migrations
from annotator.storage.opening import open_copy, open_file
from annotator.storage.stamps import stamp

LARGEST = 8_000_000_000
"""Bytes; a larger file is refused. A hundred thousand articles with twenty mentions each take less than four."""
_HEAD = 100
"""Bytes."""
_ATTEMPTS, _PAUSE = 10, 0.2
"""How often a file is copied that somebody writes to meanwhile, and the seconds between."""
Seen = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copied:
    """A private copy at its place, the format it has, what the file looked like, and whether a session was cut off.

    What that left half done is taken back in the copy.
    """

    path: Path
    version: int
    seen: Seen
    was_interrupted: bool


def look_over(path: Path) -> Iterator[tuple[int, int]]:
    """Makes every check of opening and goes through all records, yielding how much is done, of how much.

    Neither the file nor its folder is written to. Raises a ProjectFileError with a sentence for what may not be opened.
    """
    with copied(path) as copy:
        open_copy(copy.path).close()
        yield from records_checked(copy.path, path.name)


@contextmanager
def copied(path: Path) -> Iterator[Copied]:
    """A private copy of a project for a while. Raises ProjectFileError."""
    steps = migrations()
    version = check_header(path, steps[-1].version)
    size = path.stat().st_size
    if size > LARGEST:
        raise ProjectFileError(f"“{path.name}” is larger than {LARGEST // 1_000_000_000} GB.")
    if size > shutil.disk_usage(tempfile.gettempdir()).free:
        raise DiskFull(f"There is no room for a temporary copy, so “{path.name}” cannot be looked over. Make room.")
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        yield copy_whole(path, Path(name) / path.name, version)


def copy_whole(path: Path, copy: Path, version: int) -> Copied:
    """Copies a project of a format to where nothing is; what was interrupted is taken back. Raises ProjectFileError."""
    found = _copy(path, copy)
    was_interrupted = any(copy.with_name(copy.name + ending).exists() for ending in RESTS)
    if was_interrupted:
        opened = open_file(copy, copy.parent, migrations()[:version])
        opened.lock.release()
        opened.connection.close()
    return Copied(copy, version, found, was_interrupted)


def records_checked(copy: Path, name: str) -> Iterator[tuple[int, int]]:
    """Goes through all records of a copy that open_copy has opened. Raises DamagedProject for the first fault."""
    for done, total, fault in check(copy, is_strangers=True, looks_up=False):
        if fault:
            raise DamagedProject(
                f"“{name}” is damaged: {fault.rstrip('.')}. Nothing was changed; ask for another copy."
            )
        yield done, total


def _copy(path: Path, copy: Path) -> Seen:
    """Copies a project and what lies beside it, at a moment when nobody writes to it. Raises ProjectFileError."""
    for _ in range(_ATTEMPTS):
        try:
            found = seen(path)
            for ending in ("", *RESTS):
                beside, target = path.with_name(path.name + ending), copy.with_name(copy.name + ending)
                target.unlink(missing_ok=True)
                if not ending or beside.is_file():
                    target.touch(mode=0o600, exist_ok=False)  # nobody else reads it, wherever it is put
                    shutil.copyfile(beside, target)
            if seen(path) == found:
                return found
        except FileNotFoundError as error:
            if not path.exists():
                raise ProjectFileError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
        except OSError as error:
            raise ProjectFileError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
        time.sleep(_PAUSE)
    raise LockedProject(f"“{path.name}” is being written to without a pause. Try again in a moment.")


def seen(path: Path) -> Seen:
    """What tells whether somebody has written: the time, which ticks slowly, and SQLite's own count of changes.

    It opens the file, so nobody in this process may have it open. Raises OSError.
    """
    beside = [stamp(path.with_name(path.name + ending)) for ending in RESTS]
    with path.open("rb") as file:
        return stamp(path), *beside, file.read(_HEAD).hex()
