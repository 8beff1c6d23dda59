"""Copies that are whole or not there at all."""

import contextlib
import os
import secrets
import sqlite3
from pathlib import Path

from annotator.errors import DiskFull, ProjectFileError
from annotator.storage.connection import connect, translated


def verified_copy(connection: sqlite3.Connection, target: Path) -> None:
    """Writes a compact copy under another name, reads it back, and only then gives it its name.

    A killed VACUUM INTO can leave a file that opens as an empty database; so it never bears the final name.
    Raises ProjectFileError when it cannot be written.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with translated(target):
            connection.execute("VACUUM INTO ?", (str(beside),))
            _compare(connection, beside)
        _sync(beside)
        os.replace(beside, target)
        _sync(target.parent)
    except OSError as error:
        raise DiskFull(f"The copy “{target.name}” could not be written: {error.strerror}.") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _compare(connection: sqlite3.Connection, copy: Path) -> None:
    other = connect(copy, read_only=True)
    try:
        is_whole = other.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        if not is_whole or _counts(other) != _counts(connection):
            raise ProjectFileError(f"The copy “{copy.name}” differs from the project and was thrown away; try again.")
    finally:
        other.close()


def _counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
    return [(name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables]


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
