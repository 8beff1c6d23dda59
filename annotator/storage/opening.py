"""Making and opening project files: every check before the first row is read."""

import os
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotator.errors import DamagedProject, ProjectFileError
from annotator.storage.connection import connect, translated
from annotator.storage.copying import verified_copy
from annotator.storage.header import check_header
from annotator.storage.locking import LockFile
from annotator.storage.migrating import Migration, check_schema, migrate, migrations


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file. read_only is empty, or says why nothing can be written; recovered after an interrupted session."""

    connection: sqlite3.Connection
    lock: LockFile
    read_only: str
    recovered: bool


def open_file(path: Path, backup_folder: Path, steps: tuple[Migration, ...] | None = None) -> Opened:
    """Opens a project with all checks. An older format is backed up and brought up to date.

    Raises a ProjectFileError whose text is a whole sentence; then not a byte was changed.
    """
    steps = steps if steps is not None else migrations()
    version = check_header(path, steps[-1].version)
    journal = path.with_name(f"{path.name}-journal")
    recovered = journal.exists() and journal.stat().st_size > 0
    lock = LockFile(path)
    read_only = _reason_not_to_write(path, lock)
    try:
        with translated(path):
            connection = connect(path, read_only=bool(read_only))
            try:
                read_only = read_only or _reason_sqlite_will_not_write(connection)
                _check(connection, steps[:version], path)
                if version < steps[-1].version:
                    _bring_up_to_date(connection, path, backup_folder, steps, read_only)
            except BaseException:
                connection.close()
                raise
    except BaseException:
        lock.release()
        raise
    return Opened(connection, lock, read_only, recovered)


def create_file(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Makes a project under another name and renames it when it is whole. Raises ProjectFileError if path exists."""
    if path.exists():
        raise ProjectFileError(f"There is a file “{path.name}” already. Choose another name.")
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        beside.touch(exist_ok=False)
    except OSError as error:
        raise ProjectFileError(f"No project can be made in “{path.parent}”: {error.strerror}.") from error
    try:
        with translated(path):
            connection = connect(beside, read_only=False)
            try:
                migrate(connection, migrations())
                fill(connection)
            finally:
                connection.close()
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _reason_not_to_write(path: Path, lock: LockFile) -> str:
    if not os.access(path, os.W_OK):
        return "the file is write-protected"
    try:
        return "" if lock.take() else f"{lock.holder} has it open"
    except OSError:
        return "its folder cannot be written"


def _reason_sqlite_will_not_write(connection: sqlite3.Connection) -> str:
    try:
        # A file in WAL mode is converted: mailed while open, it would arrive without its newest rows.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_READONLY"):
            return "the file or its folder cannot be written"
        raise
    return ""


def _check(connection: sqlite3.Connection, steps: tuple[Migration, ...], path: Path) -> None:
    check_schema(connection, steps)
    problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        raise DamagedProject(f"“{path.name}” is damaged ({problem}). Nothing was changed; go back to a copy.")


def _bring_up_to_date(
    connection: sqlite3.Connection, path: Path, backup_folder: Path, steps: tuple[Migration, ...], read_only: str
) -> None:
    if read_only:
        raise ProjectFileError(
            f"“{path.name}” has an older format and must be brought up to date first, but {read_only}. "
            "Copy it to where you can write."
        )
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    try:
        backup_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProjectFileError(
            f"No backup could be made in “{backup_folder}” ({error.strerror}), so the project was left as it is."
        ) from error
    verified_copy(connection, backup_folder / f"{path.stem}-{stamp}{path.suffix}")
    migrate(connection, steps)
