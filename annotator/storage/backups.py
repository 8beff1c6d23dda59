"""Backups: copies made in small steps beside the open window, read back and compared before they get their names.

A name tells when and why the backup was made, of which file, and what is in it, so that a list opens no file.
"""

import contextlib
import hashlib
import os
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.domain.backups import Backup, Moment, Why, kept
from annotator.errors import DamagedProject, DiskFull, LockedProject, ProjectFileError
from annotator.storage import journal
from annotator.storage.connection import connect, translated
from annotator.storage.copying import counts, make_folder, sync

_PAGES = 64
"""Pages that are read at once: a quarter of a megabyte, so that no gesture waits for the lock."""
_MOST_RESTARTS = 200
_PAUSE = 0.05
_PATIENCE = 5_000
"""Milliseconds."""
_ABANDONED = timedelta(hours=1)
_HEAD = 16
_NAME = re.compile(
    r"(?P<made>\d{8}T\d{9})Z_(?P<why>[a-z-]+)_(?P<origin>[0-9a-f]{8})"
    r"_(?P<articles>\d+)a_(?P<mentions>\d+)m_(?P<claims>\d+)c_(?P<head>[0-9a-f]{16})\.annot"
)
_CONTENTS = ("article", "mention", "claim")
_BY_ITSELF = {"suggestion", "suggestion_run", "suggestion_need"}
"""Tables that change without a row of history."""
Described = tuple[str, tuple[tuple[str, int], ...]]
"""The hash of the last row of history, and how many rows each table has."""


def make(connection: sqlite3.Connection, project: Path, folder: Path, why: Why, moment: datetime) -> Backup | None:
    """Makes a backup of what a connection sees, which others may go on writing to, in the project's part of folder.

    None when the project's last edit is in a backup of this file already, unless it is made before a migration.
    Raises ProjectFileError when none can be made; then there is nothing under a final name that was not there before.
    """
    with _in_words():
        home = home_of(connection, folder)
        make_folder(home)
        if why is not Why.MIGRATION and has_last_edit(connection, project, folder):
            return None
        found = _attempt(connection, home, project, why, moment)
        _prune(home, moment)
        return found


def keep(part: Path, home: Path, project: Path, why: Why, moment: datetime, described: Described) -> Backup | None:
    """Makes a backup of a synced file of which is known what it holds, by giving it its name. Raises OSError."""
    make_folder(home)
    found = _named_finally(part, home, project, why, moment, described)
    _prune(home, moment)
    return found


def home_of(connection: sqlite3.Connection, folder: Path) -> Path:
    """The folder of a project's backups: named by its id, which all its copies share."""
    row = connection.execute("SELECT id FROM project").fetchone()
    if row is None:
        raise DamagedProject("The project has no record of itself.")
    return folder / named(str(row[0]))


def named(project_id: str) -> str:
    """What the folder of a project is called; an id that somebody else has thought up leads nowhere."""
    return project_id if re.fullmatch(r"[0-9a-f-]{36}", project_id) else hashlib.sha256(project_id.encode()).hexdigest()


def origin_of(project: Path) -> str:
    """What stands for the place of a project's file in names of backups."""
    return hashlib.sha256(os.fsencode(project.resolve())).hexdigest()[:8]


def has_last_edit(connection: sqlite3.Connection, project: Path, folder: Path) -> bool:
    """Whether a backup of this file holds all that was ever done in the project."""
    head, origin = journal.head(connection)[:_HEAD], origin_of(project)
    return any(one.head == head and one.origin == origin for one in listed(home_of(connection, folder)))


def listed(home: Path) -> list[Backup]:
    """The backups in a project's folder, the newest first."""
    found = []
    with contextlib.suppress(OSError):
        for path in home.iterdir():
            one = _read_name(path)
            if one is not None:
                found.append(one)
    return sorted(found, key=lambda one: one.made, reverse=True)


def made_of(project: Path, folder: Path) -> list[Backup]:
    """The backups that were made of the file at this place, whatever it holds now; the newest first."""
    origin, found = origin_of(project), []
    with contextlib.suppress(OSError):
        for home in folder.iterdir():
            found += [one for one in listed(home) if one.origin == origin]
    return sorted(found, key=lambda one: one.made, reverse=True)


@contextmanager
def reading(project: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own that only reads, for one piece of work in one thread."""
    with translated(project):
        connection = connect(project, read_only=True)
    try:
        # Nobody waits for the one who reads, so it waits for those who write.
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}")
        yield connection
    finally:
        connection.close()


def _attempt(source: sqlite3.Connection, home: Path, project: Path, why: Why, moment: datetime) -> Backup | None:
    beside = home / f".{secrets.token_hex(8)}.part"
    try:
        beside.touch(exist_ok=False)
        _pour(source, beside)
        with reading(beside) as copy:
            problem = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if problem != "ok":
                raise DamagedProject(f"the copy is damaged ({problem}), and so perhaps the project.")
            described = describe(copy)
            now = describe(source)
            # Where somebody has written meanwhile it has to be what the project was a moment ago.
            if now != described and (now[0] == described[0] or not _is_past_of(source, copy)):
                raise DamagedProject("the copy differs from the project.")
        sync(beside)
        return _named_finally(beside, home, project, why, moment, described)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def _named_finally(
    beside: Path, home: Path, project: Path, why: Why, moment: datetime, described: Described
) -> Backup | None:
    target = home / _name(project, why, moment, described)
    while target.exists():
        moment += timedelta(milliseconds=1)
        target = home / _name(project, why, moment, described)
    os.replace(beside, target)
    sync(home)
    return _read_name(target)


def _pour(source: sqlite3.Connection, beside: Path) -> None:
    """Copies page by page; begins anew by itself whenever somebody writes, and gives up when that happens too often."""
    target = connect(beside, read_only=False)
    restarts, left_before = 0, -1

    def watch(_: int, left: int, __: int) -> None:
        nonlocal restarts, left_before
        restarts += left > left_before >= 0
        left_before = left
        if restarts > _MOST_RESTARTS:
            raise LockedProject("it is being changed all the time.")

    try:
        # Nobody sees the file before it is whole and synced, so it needs no journal of its own on the disk.
        target.execute("PRAGMA journal_mode = MEMORY")
        target.execute("PRAGMA synchronous = OFF")
        with translated(beside):
            source.backup(target, pages=_PAGES, progress=watch, sleep=_PAUSE)
    finally:
        target.close()


def describe(connection: sqlite3.Connection) -> Described:
    """What a file holds at one moment."""
    connection.execute("BEGIN")
    try:
        found = tuple((name, count) for name, count in counts(connection) if name not in _BY_ITSELF)
        return journal.head(connection), found
    finally:
        connection.execute("COMMIT")


def _is_past_of(source: sqlite3.Connection, copy: sqlite3.Connection) -> bool:
    """Whether the history in a copy is the beginning of the history now."""
    (last, count), head = copy.execute("SELECT max(seq), count(*) FROM history").fetchone(), journal.head(copy)
    there = source.execute("SELECT hash FROM history WHERE seq = ?", (last,)).fetchone()
    (before,) = source.execute("SELECT count(*) FROM history WHERE seq <= ?", (last,)).fetchone()
    return bool(there == (head,) and before == count)


def _name(project: Path, why: Why, moment: datetime, described: Described) -> str:
    head, rows = described[0], dict(described[1])
    articles, mentions, claims = (rows.get(table, 0) for table in _CONTENTS)
    stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%S%f}"[:-3]
    return f"{stamp}Z_{why}_{origin_of(project)}_{articles}a_{mentions}m_{claims}c_{head[:_HEAD]}.annot"


def _read_name(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None or match["why"] not in set(Why):
        return None
    try:
        made = datetime.strptime(match["made"] + "000", "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
        size = path.stat().st_size
    except (ValueError, OSError):
        return None
    articles, mentions, claims = (int(match[name]) for name in ("articles", "mentions", "claims"))
    return Backup(path, made, Why(match["why"]), match["origin"], articles, mentions, claims, match["head"], size)


def _prune(home: Path, now: datetime) -> None:
    """Deletes what rotation lets go, file by file, and what a killed program left half made."""
    by_origin: dict[str, list[Backup]] = {}
    for one in listed(home):
        by_origin.setdefault(one.origin, []).append(one)
    for backups in by_origin.values():
        # Of those that came from elsewhere the last, as if before a migration: a file may come anew every day.
        came = next((one for one in backups if one.why is Why.ARRIVAL), None)
        stay = kept([Moment(one.made, one.why is Why.MIGRATION or one is came) for one in backups], now)
        for place, one in enumerate(backups):
            if place not in stay:
                with contextlib.suppress(OSError):
                    one.path.unlink()
    for part in (*home.glob(".*.part*"), *home.parent.glob(".*.part*")):
        with contextlib.suppress(OSError):
            if now.timestamp() - part.stat().st_mtime > _ABANDONED.total_seconds():
                part.unlink()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ProjectFileError(f"No backup could be made on this computer’s disk: {error.strerror}.") from error
    except DiskFull as error:
        raise DiskFull(
            "No backup could be made: the disk that backups are kept on is full. Make room there."
        ) from error
    except ProjectFileError as error:
        raise type(error)(f"No backup could be made: {error}") from error
