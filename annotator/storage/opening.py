"""Making and opening project files: every check before the first row is read."""

import glob
import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from annotator.domain.backups import Why
from annotator.errors import DamagedProject, ProjectFileError, ReadOnlyProject
from annotator.storage.backups import make
from annotator.storage.connection import connect, look_again, translated
from annotator.storage.copying import check_free, settle
from annotator.storage.defending import only_reading
from annotator.storage.header import check_beside, check_header
from annotator.storage.locking import LockFile
from annotator.storage.migrating import Migration, check_schema, migrate, migrations
from annotator.storage.tables.entities import make_keys_anew

T = TypeVar("T")
_MARK_OF_LOG = 18
"""Where a file says, in two bytes, whether it is written through a log; 1 stands for a journal."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file. read_only is empty, or says why nothing can be written; recovered after an interrupted session."""

    connection: sqlite3.Connection
    lock: LockFile
    read_only: str
    recovered: bool


def open_file(
    path: Path, backup_folder: Path, steps: tuple[Migration, ...] | None = None, read_only: str = ""
) -> Opened:
    """Opens a project with all checks. An older format is backed up and brought up to date.

    read_only says why nothing may be written; empty to find out. Raises a ProjectFileError whose text is a whole
    sentence; then not a byte was changed.
    """
    return at_a_second_look(lambda: _open(path, backup_folder, migrations() if steps is None else steps, read_only))


def at_a_second_look(deed: Callable[[], T]) -> T:
    """Does something once more where damage was found: SQLite calls it damage when a disk fails once to read."""
    try:
        return deed()
    except DamagedProject:
        return deed()


def _open(path: Path, backup_folder: Path, steps: tuple[Migration, ...], read_only: str) -> Opened:
    version = check_header(path, steps[-1].version)
    unfinished = check_beside(path)
    lock = LockFile(path)
    read_only = read_only or reason_not_to_write(path, lock)
    try:
        # SQLite wants to write beside a WAL file even to read it; one that nobody can change needs no such file.
        connection = connect(path, read_only=bool(read_only), immutable=bool(read_only) and _is_lone_wal(path))
        try:
            read_only = read_only or put_right(connection)
            check_sound(connection, steps[:version], path.name)
            if version < steps[-1].version:
                _bring_up_to_date(connection, path, backup_folder, steps, read_only)
            look_again(connection)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        lock.release()
        raise
    return Opened(connection, lock, read_only, unfinished and not read_only)


def open_copy(path: Path) -> sqlite3.Connection:
    """Opens a private copy of a stranger's project to read it, with the same checks and tighter limits.

    An older format is brought up to date first. Raises a ProjectFileError.
    """
    steps = migrations()
    version = check_header(path, steps[-1].version)
    with path.open("r+b") as file:  # the mark of a log that is not here would make SQLite look for it
        file.seek(_MARK_OF_LOG)
        file.write(b"\1\1")
    if version < steps[-1].version:
        connection = connect(path, read_only=False, is_strangers=True)
        try:
            check_sound(connection, steps[:version], path.name)
            migrate(connection, steps)
        finally:
            connection.close()
    connection = connect(path, read_only=True, immutable=True, is_strangers=True)
    try:
        check_sound(connection, steps, path.name)
        only_reading(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def create_file(
    path: Path, fill: Callable[[sqlite3.Connection], None], steps: tuple[Migration, ...] | None = None
) -> None:
    """Makes a project under another name and renames it when it is whole. Raises ProjectFileError if path exists.

    fill finds the tables that steps make, by default those of this version's format.
    """
    if path.exists():
        raise ProjectFileError(f"There is a file “{path.name}” already. Choose another name.")
    check_free(path)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        beside.touch(exist_ok=False)
    except OSError as error:
        raise ProjectFileError(f"No project can be made in “{path.parent}”: {error.strerror}.") from error
    try:
        connection = connect(beside, read_only=False)
        try:
            migrate(connection, migrations() if steps is None else steps)
            fill(connection)
        finally:
            connection.close()
        os.replace(beside, path)
        settle(path)
    except OSError as error:
        raise ProjectFileError(f"No project can be made in “{path.parent}”: {error.strerror}.") from error
    finally:
        with suppress(OSError):  # Windows: what has failed may have it open still; clear_away takes it later
            beside.unlink(missing_ok=True)


def look_names_up_anew(path: Path, backup_folder: Path) -> int:
    """Makes what entities are looked up by of their names, and answers for how many it was something else."""
    opened = open_file(path, backup_folder)
    try:
        if opened.read_only:
            raise ProjectFileError(f"“{path.name}” cannot be written, because {opened.read_only}.")
        with translated(path):
            opened.connection.execute("BEGIN IMMEDIATE")
            count = make_keys_anew(opened.connection)
            opened.connection.execute("COMMIT")
    finally:
        opened.connection.close()
        opened.lock.release()
    return count


def clear_away(path: Path) -> None:
    """Removes what was left by making a file of this name, where that was killed."""
    for rest in path.parent.glob(f".{glob.escape(path.name)}.*.new*"):
        rest.unlink(missing_ok=True)


def reason_not_to_write(path: Path, lock: LockFile) -> str:
    """Takes the lock of a project; answers why it cannot be written, or nothing."""
    if not os.access(path, os.W_OK):
        return "the file is write-protected"
    try:
        return "" if lock.take() else f"{lock.holder} has it open"
    except OSError:
        return "its folder cannot be written"


def put_right(connection: sqlite3.Connection) -> str:
    """Takes back what an interrupted session left half done; answers why SQLite cannot write, or nothing."""
    try:
        # A file in WAL mode is converted: mailed while open, it would arrive without its newest rows.
        connection.execute("PRAGMA journal_mode = DELETE")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        # BEGIN IMMEDIATE alone succeeds on a file that SQLite could only open to read. Writing, and taking it back,
        # also clears away what a killed program left of a journal.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"PRAGMA user_version = {version}")
    except ReadOnlyProject:
        return "the file or its folder cannot be written"
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    return ""


def _is_lone_wal(path: Path) -> bool:
    with path.open("rb") as file:
        is_wal = file.read(19)[18:] == b"\x02"
    return is_wal and not path.with_name(f"{path.name}-wal").exists()


def check_sound(connection: sqlite3.Connection, steps: tuple[Migration, ...], name: str) -> None:
    """Raises DamagedProject unless the tables are those that steps make, and all pages fit together."""
    check_schema(connection, steps)
    problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if problem != "ok":
        raise DamagedProject(f"“{name}” is damaged ({problem}). Nothing was changed; go back to a copy.")


def _bring_up_to_date(
    connection: sqlite3.Connection, path: Path, backup_folder: Path, steps: tuple[Migration, ...], read_only: str
) -> None:
    if read_only:
        raise ProjectFileError(
            f"“{path.name}” has an older format and must be brought up to date first, but {read_only}. "
            "Copy it to where you can write."
        )
    make(connection, path, backup_folder, Why.MIGRATION, datetime.now(UTC))
    migrate(connection, steps)
