"""Checking a project from end to end: pages, references, history, texts, and records against what history says.

A record's fingerprint is a number made of its type and all its fields. The fingerprints of what history made, less
those of what it unmade, add up to those of the records that are there, or something was changed that no edit changed.
It takes no memory that grows with the project.
"""

import hashlib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from annotator.domain.articles import text_hash
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document
from annotator.domain.spelling import spelled
from annotator.errors import DamagedProject, ForeignFile, ProjectFileError
from annotator.storage.connection import connect, in_chunks, translated
from annotator.storage.defending import LONGEST, no_longer_than
from annotator.storage.header import check_beside
from annotator.storage.journal import broken_at
from annotator.storage.migrating import check_schema, migrations
from annotator.storage.tables import TABLES
from annotator.storage.tables.base import SENSELESS, Table
from annotator.storage.tables.entities import wrongly_keyed

Step = tuple[int, int, str]
"""How much is done, of how much, and what was found to be wrong; empty when nothing."""
_MOST, _CHUNK = 20, 500
_LONG = 1_000_000
"""Letters of a row of history that is not read as a whole."""
_DECODER, _NO_GAP = json.JSONDecoder(), re.compile(r"[^ \t\n\r]|\Z")
_MODULUS = 1 << 128
# What came in with a file counts unless bringing it in was taken back; the hashes do not hold that, it changes.
_WRONGLY_BROUGHT = """SELECT h.seq FROM history h LEFT JOIN history b ON b.seq = h.via
    WHERE (h.via IS NULL AND h.is_withdrawn = 1) OR (h.via IS NOT NULL AND (b.kind IS NOT 'bring in'
    OR h.is_withdrawn != coalesce(
    (SELECT u.step = 'undo' FROM history u WHERE u.of_seq = h.via ORDER BY u.seq DESC LIMIT 1), 0)))"""

_WRONGLY_KEYED = (
    "{:,} entities are not looked up by their names; “annotator backups PROJECT --names” writes a file where all are"
)


def check(project: Path, *, is_strangers: bool = False, looks_up: bool = True) -> Iterator[Step]:
    """Goes through a whole project, changing nothing. Raises ProjectFileError when it cannot be opened at all.

    Values of a stranger's that are too long for anything are not read. What entities are looked up by follows from
    their names, so that no file need be refused for it: looks_up says whether it is gone through too.
    """
    if not project.is_file():  # SQLite would wait for somebody to write into a pipe
        raise ForeignFile(f"“{project.name}” is not a file.")
    check_beside(project)
    with translated(project):
        connection = connect(project, read_only=True)
    try:
        connection.execute("BEGIN")  # what another program writes meanwhile is not seen half
        with no_longer_than(connection, LONGEST) if is_strangers else nullcontext():
            yield from _steps(connection, looks_up=looks_up)
    except sqlite3.DatabaseError as error:
        yield 1, 1, f"the file cannot be read to its end: {error}"
    except ProjectFileError as error:
        yield 1, 1, str(error)
    finally:
        connection.close()


def _steps(connection: sqlite3.Connection, *, looks_up: bool) -> Iterator[Step]:
    check_schema(connection, migrations())  # or a view in place of a table might be what is read
    counted = ("text", "history WHERE via IS NULL")
    texts, rows = (connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in counted)
    total = 4 + texts + rows + len(TABLES)
    for (problem,) in connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall():
        yield 1, total, "" if problem == "ok" else f"pages: {problem}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
        which = "a row" if row is None else f"row {row}"  # parts of records have no number
        yield 2, total, f"{which} of {table} refers to something in {parent} that is not there"
    broken = broken_at(connection)
    yield 3, total, f"history was changed at row {broken} after it was written" if broken is not None else ""
    for (seq,) in connection.execute(_WRONGLY_BROUGHT).fetchmany(_MOST):
        yield 3, total, f"row {seq} of history does not go with the file that it is said to have come from"
    done = 3
    with no_longer_than(connection, LONGEST):
        for sha256, text in in_chunks(connection.execute("SELECT sha256, text FROM text")):
            done += 1
            is_right = isinstance(text, str) and text_hash(text) == sha256
            yield done, total, "" if is_right else f"the text {sha256!s:.12}… is not the one that was imported"
    made: Counter[str] = Counter()
    for (changes,) in in_chunks(connection.execute("SELECT changes FROM history WHERE via IS NULL")):
        done += 1
        yield done, total, "" if _take(made, changes) else "a row of the history makes no sense"
    for table in TABLES:
        name = TYPE_NAMES[table.record_type]
        there = sum(_fingerprints(name, connection, table))
        done += 1
        is_same = (there - made[name]) % _MODULUS == 0
        yield done, total, "" if is_same else f"a record of the type {name} is not as history says"
    wrong = sum(1 for _ in wrongly_keyed(connection)) if looks_up else 0
    yield total, total, _WRONGLY_KEYED.format(wrong) if wrong else ""


def _fingerprints(name: str, connection: sqlite3.Connection, table: Table[Any]) -> Iterator[int]:
    rows = connection.execute(table.select)
    while chunk := rows.fetchmany(_CHUNK):
        try:
            yield from [_fingerprint(name, spelled(record)) for record in table.from_rows(connection, chunk)]
        except SENSELESS as error:
            raise DamagedProject(f"a row makes no sense as {table.name}: {error}") from error


def _take(made: Counter[str], changes: str) -> bool:
    """Adds up what a row of history made and unmade; whether it makes sense."""
    try:
        for name, before, after in _items(changes):
            record_type = TYPES_BY_NAME[name]
            for document, sign in ((before, -1), (after, 1)):
                if document is not None:
                    made[name] += sign * _fingerprint(name, spelled(from_document(record_type, document)))
    except SENSELESS:
        return False
    return True


def _items(changes: str) -> Iterator[Any]:
    """What json.loads would give, but of a long list one after the other: all of it takes many times its memory."""
    if len(changes) < _LONG or not changes.startswith("["):
        yield from json.loads(changes)
        return
    at, sign = _begin(changes, 1), ","
    if changes.startswith("]", at):
        at, sign = at + 1, "]"
    while sign == ",":
        item, at = _DECODER.raw_decode(changes, _begin(changes, at))
        yield item
        at = _begin(changes, at)
        sign, at = changes[at : at + 1], at + 1
    if sign != "]" or _begin(changes, at) != len(changes):
        raise ValueError("this is no list, or more than a list")


def _begin(changes: str, at: int) -> int:
    """Where the next sign stands that is no space."""
    found = _NO_GAP.search(changes, at)
    return found.start() if found else len(changes)


def _fingerprint(name: str, words: str) -> int:
    digest = hashlib.blake2b(f"{name} {words}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    return int.from_bytes(digest, "big")
