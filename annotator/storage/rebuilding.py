"""A clean file with all rows of a checked copy of a stranger's project, and with nothing else of it.

Its tables, indexes and columns are those that this program's own steps make. No word of a foreign list of tables, no
free page and no unused part of a page comes along.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.errors import DamagedProject, ProjectFileError
from annotator.storage.connection import connect
from annotator.storage.copying import sync
from annotator.storage.migrating import migrate, migrations

_CHUNK, _CHUNKS = 500, {"text": 1, "history": 20}
"""Rows that are read at once: one may hold a whole article, or a whole import."""
# Nobody sees the file before it is whole and synced, so it needs no journal on the disk.
_WHILE_FILLED = ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -64000")


@dataclass(frozen=True, slots=True)
class _Rows:
    """All columns of a table, read in the order in which they are kept, and written."""

    select: str
    insert: str
    chunk: int

    def of(self, connection: sqlite3.Connection) -> Iterator[list[tuple[Any, ...]]]:
        """They, some at a time."""
        rows = connection.execute(self.select)
        while chunk := rows.fetchmany(self.chunk):
            yield chunk


def rebuild(source: sqlite3.Connection, target: Path) -> Iterator[int]:
    """Writes target, which must not be there, yielding how many rows are written and then read back and compared.

    Raises DamagedProject for rows that do not fit, and other ProjectFileErrors and OSErrors when it cannot be written.
    """
    target.touch(mode=0o600, exist_ok=False)
    before, after, done = hashlib.blake2b(), hashlib.blake2b(), 0
    with closing(connect(target, read_only=False)) as clean:
        for setting in _WHILE_FILLED:
            clean.execute(f"PRAGMA {setting}")
        migrate(clean, migrations())
        clean.execute("PRAGMA foreign_keys = OFF")  # one table follows the other; the copy's were checked
        clean.execute("BEGIN IMMEDIATE")
        tables = _tables(clean)
        for rows in tables:
            for chunk in rows.of(source):
                _write(clean, rows, chunk)
                before.update(_spelled(chunk))
                done += len(chunk)
                yield done
        clean.execute("COMMIT")
    sync(target)
    with closing(connect(target, read_only=True)) as written:
        for rows in tables:
            for chunk in rows.of(written):
                after.update(_spelled(chunk))
                done += len(chunk)
                yield done
    if after.digest() != before.digest():
        raise ProjectFileError("What was written differs from what was read. Nothing was changed; try again.")


def row_count(connection: sqlite3.Connection) -> int:
    """How many rows all tables have."""
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return sum(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)


def _spelled(chunk: list[tuple[Any, ...]]) -> bytes:
    """Rows so that others are spelled otherwise: values with their types."""
    return repr(chunk).encode("utf-8", "surrogatepass")


def _write(clean: sqlite3.Connection, rows: _Rows, chunk: list[tuple[Any, ...]]) -> None:
    try:
        clean.executemany(rows.insert, chunk)
    except sqlite3.IntegrityError as error:
        raise DamagedProject(f"A row does not fit into its table: {error}. Ask for another copy.") from error


def _tables(clean: sqlite3.Connection) -> list[_Rows]:
    """Those of a file that this program has just made."""
    return [
        _rows(clean, name)
        for (name,) in clean.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    ]


def _rows(clean: sqlite3.Connection, name: str) -> _Rows:
    columns = [f'"{row[1]}"' for row in clean.execute(f'PRAGMA table_info("{name}")').fetchall()]
    listed, marks = ", ".join(columns), ", ".join("?" * len(columns))
    return _Rows(
        # Not from an index, whose order would be another.
        f'SELECT {listed} FROM "{name}" NOT INDEXED',
        f'INSERT INTO "{name}" ({listed}) VALUES ({marks})',
        _CHUNKS.get(name, _CHUNK),
    )
