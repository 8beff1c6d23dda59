"""A project that somebody sent, looked over in a private copy before it is opened for the first time."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from annotator.errors import DamagedProject, LockedProject, ProjectFileError
from annotator.storage.checking import check
from annotator.storage.header import RESTS, check_header
from annotator.storage.migrating import migrations
from annotator.storage.opening import open_copy, open_file
from annotator.storage.stamps import stamp
from annotator.storage.teammate import LARGEST

_HEAD = 100
"""Bytes."""
_ATTEMPTS, _PAUSE = 10, 0.2
"""How often a file is copied that somebody writes to meanwhile, and the seconds between."""


def look_over(path: Path) -> Iterator[tuple[int, int]]:
    """Makes every check of opening and goes through all records, yielding how much is done, of how much.

    Neither the file nor its folder is written to. Raises a ProjectFileError with a sentence for what may not be opened.
    """
    check_header(path, migrations()[-1].version)
    if path.stat().st_size > LARGEST:
        raise ProjectFileError(f"“{path.name}” is larger than {LARGEST // 1_000_000_000} GB.")
    with tempfile.TemporaryDirectory(prefix="annotator-") as name:
        copy = Path(name) / path.name
        _copy(path, copy)
        if any(copy.with_name(copy.name + ending).exists() for ending in RESTS):  # what was interrupted is taken back
            opened = open_file(copy, Path(name) / "backups")
            opened.lock.release()
            opened.connection.close()
        open_copy(copy).close()
        for done, total, fault in check(copy):
            if fault:
                raise DamagedProject(f"“{path.name}” is damaged: {fault}. Nothing was changed; ask for another copy.")
            yield done, total


def _copy(path: Path, copy: Path) -> None:
    """Copies a project and what lies beside it, at a moment when nobody writes to it. Raises ProjectFileError."""
    for _ in range(_ATTEMPTS):
        try:
            seen = _seen(path)
            for ending in ("", *RESTS):
                beside, target = path.with_name(path.name + ending), copy.with_name(copy.name + ending)
                target.unlink(missing_ok=True)
                if not ending or beside.is_file():
                    shutil.copyfile(beside, target)
            if _seen(path) == seen:
                return
        except FileNotFoundError as error:
            if not path.exists():
                raise ProjectFileError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
        except OSError as error:
            raise ProjectFileError(f"“{path.name}” cannot be read: {error.strerror or error}.") from error
        time.sleep(_PAUSE)
    raise LockedProject(f"“{path.name}” is being written to without a pause. Try again in a moment.")


def _seen(path: Path) -> tuple[str, bytes]:
    """What tells whether somebody has written: the time, which ticks slowly, and SQLite's own count of changes."""
    with path.open("rb") as file:
        return stamp(path), file.read(_HEAD)
