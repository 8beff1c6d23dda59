"""Checking a project from end to end: pages, references, history, texts, and records against what history says.

A record's fingerprint is a number made of its type and all its fields. The fingerprints of what history made, less
those of what it unmade, add up to those of the records that are there, or something was changed that no edit changed.
It takes no memory that grows with the project.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document
from annotator.domain.edits import Record
from annotator.domain.spelling import spelled
from annotator.errors import DamagedProject, ProjectFileError
from annotator.storage.connection import connect, in_chunks, translated
from annotator.storage.journal import broken_at
from annotator.storage.tables import TABLES
from annotator.storage.tables.base import Table

Step = tuple[int, int, str]
"""How much is done, of how much, and what was found to be wrong; empty when nothing."""
_MOST, _CHUNK = 20, 500
_MODULUS = 1 << 128


def check(project: Path) -> Iterator[Step]:
    """Goes through a whole project, changing nothing. Raises ProjectFileError when it cannot be opened at all."""
    with translated(project):
        connection = connect(project, read_only=True)
    try:
        connection.execute("BEGIN")  # what another program writes meanwhile is not seen half
        yield from _steps(connection)
    except sqlite3.DatabaseError as error:
        yield 1, 1, f"the file cannot be read to its end: {error}"
    except ProjectFileError as error:
        yield 1, 1, str(error)
    finally:
        connection.close()


def _steps(connection: sqlite3.Connection) -> Iterator[Step]:
    texts, rows = (connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("text", "history"))
    total = 3 + texts + rows + len(TABLES)
    for (problem,) in connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
        yield 1, total, "" if problem == "ok" else f"pages: {problem}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
        yield 2, total, f"row {row} of {table} refers to something in {parent} that is not there"
    broken = broken_at(connection)
    yield 3, total, f"history was changed at row {broken} after it was written" if broken is not None else ""
    done = 3
    for sha256, text in in_chunks(connection.execute("SELECT sha256, text FROM text")):
        done += 1
        is_right = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == sha256
        yield done, total, "" if is_right else f"the text {sha256[:12]}… is not the one that was imported"
    made: Counter[str] = Counter()
    for (changes,) in in_chunks(connection.execute("SELECT changes FROM history WHERE via IS NULL")):
        done += 1
        _take(made, changes)
        yield done, total, ""
    for table in TABLES:
        name = TYPE_NAMES[table.record_type]
        there = sum(_fingerprint(name, spelled(record)) for record in _records(connection, table))
        done += 1
        is_same = (there - made[name]) % _MODULUS == 0
        yield done, total, "" if is_same else f"a record of the type {name} is not as history says"


def _records(connection: sqlite3.Connection, table: Table[Any]) -> Iterator[Record]:
    rows = connection.execute(table.select)
    while chunk := rows.fetchmany(_CHUNK):
        try:
            yield from table.from_rows(connection, chunk)
        except (ValueError, TypeError) as error:
            raise DamagedProject(f"a row makes no sense as {table.name}: {error}") from error


def _take(made: Counter[str], changes: str) -> None:
    for name, before, after in json.loads(changes):
        record_type = TYPES_BY_NAME[name]
        for document, sign in ((before, -1), (after, 1)):
            if document is not None:
                made[name] += sign * _fingerprint(name, spelled(from_document(record_type, document)))


def _fingerprint(name: str, words: str) -> int:
    digest = hashlib.blake2b(f"{name} {words}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return int.from_bytes(digest, "big")
