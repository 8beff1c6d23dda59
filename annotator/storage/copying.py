"""Copies that are whole or not there at all."""

import contextlib
import errno
import os
import secrets
import sqlite3
from pathlib import Path

from annotator.errors import DamagedProject, DiskFull, LockedProject, ProjectFileError
from annotator.storage.connection import connect, translated
from annotator.storage.header import RESTS
from annotator.storage.locking import is_held


def verified_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Writes a compact copy under another name, reads it back, and only then gives it its name.

    A killed VACUUM INTO can leave a file that opens as an empty database; so it never bears the final name.
    Raises ProjectFileError when it cannot be written.
    """
    check_free(target)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        # Its errors are those of the target, not of the project: hence no cursor that names the project.
        with translated(target):
            connection.cursor(sqlite3.Cursor).execute("VACUUM INTO ?", (str(beside),))
        _compare(connection, beside)
        sync(beside)
        os.replace(beside, target)
        settle(target)
    except DamagedProject as error:
        raise _why_not_copied(connection, target.name) from error
    except OSError as error:
        raise DiskFull(f"The copy “{target.name}” could not be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _why_not_copied(connection: sqlite3.Connection, name: str) -> ProjectFileError:
    """What to say when damage was found while copying: the project is looked at, for a disk may fail just once."""
    problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        return DamagedProject(f"The project is damaged ({problem}), so it was not copied. Go back to a copy.")
    return ProjectFileError(f"The copy “{name}” was not made: the disk failed for a moment. Try again.")


def check_free(path: Path) -> None:
    """Raises LockedProject when another project is open at path or left a journal there.

    Such a journal would be played back into the new file and destroy it.
    """
    rests = [path.with_name(path.name + ending) for ending in RESTS]
    if is_held(path) or any(rest.exists() for rest in rests):
        raise LockedProject(f"“{path.name}” is open in a program, or was not closed properly. Choose another name.")


def _compare(connection: sqlite3.Connection, copy: Path) -> None:
    other = connect(copy, read_only=True)
    try:
        is_whole = other.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if not is_whole or counts(other) != counts(connection):
            raise ProjectFileError(f"The copy “{copy.name}” differs from the project and was thrown away; try again.")
    finally:
        other.close()


def counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """How many rows each table has, by name."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
    return [(name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables]


def settle(path: Path) -> None:
    """Waits until the disk knows a file that was just given its name, else raises ProjectFileError."""
    try:
        sync(path.parent)
    except OSError as error:
        # Some network drives know no such thing.
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise ProjectFileError(
                f"“{path.name}” is there and whole, but the disk did not confirm that it will stay: {error.strerror}. "
                "Check the disk, and save a copy elsewhere."
            ) from error


def make_folder(folder: Path) -> None:
    """Makes a folder for this account alone, and those that it is to be in, which the disk then knows. Raises OSError.

    A file in it is else lost in a power cut with the name of the folder, however well it was synced.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for one in missing:
        with contextlib.suppress(PermissionError):  # made in a folder that may be written to and not read
            sync(one.parent)


def sync(path: Path) -> None:
    """Waits until the file, or what a folder lists, is on the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
