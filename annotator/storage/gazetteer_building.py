"""Making the indexed file of a list of places: beside its place, and renamed when it is whole."""

import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

from annotator.domain.entities import PlaceLevel
from annotator.domain.gazetteers import Listed
from annotator.errors import DiskFull, ProjectFileError
from annotator.storage.gazetteer import APPLICATION_ID, BASES, LEVELS, NAME_END, VERSION, About, band

_BATCH = 5_000
_OLD_SECONDS = 24 * 3600
_PLACE = """(row INTEGER PRIMARY KEY, number INTEGER, own_id TEXT, names TEXT NOT NULL, sounds TEXT NOT NULL,
    level INTEGER NOT NULL, country TEXT NOT NULL, province INTEGER, district INTEGER, lat REAL, lon REAL,
    band INTEGER, basis INTEGER, population INTEGER NOT NULL"""
# The rows' numbers are their order of importance, so that the index gives the most important first and may stop there.
_SCHEMA = (
    "PRAGMA page_size = 4096",
    "PRAGMA synchronous = OFF",  # what is not whole is never renamed
    "PRAGMA journal_mode = OFF",
    "PRAGMA cache_size = -32000",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
    "CREATE TABLE about (title TEXT NOT NULL, stamp TEXT NOT NULL, places INTEGER NOT NULL) STRICT",
    "CREATE TABLE area (row INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
    f"CREATE TABLE place {_PLACE}) STRICT",
    f"CREATE TEMP TABLE incoming {_PLACE}, words TEXT NOT NULL, weight REAL NOT NULL) STRICT",
    """CREATE VIRTUAL TABLE words USING fts5(text, content='', detail='none', columnsize=0, tokenize='ascii',
        prefix='1 2 3')""",
    "CREATE VIRTUAL TABLE temp.term USING fts5vocab('main', 'words', 'row')",
    """CREATE TABLE word (skeleton TEXT NOT NULL, word TEXT NOT NULL, places INTEGER NOT NULL,
        PRIMARY KEY (skeleton, word)) STRICT, WITHOUT ROWID""",
)
_INDEXES = (
    "CREATE INDEX place_number ON place (number) WHERE number IS NOT NULL",
    "CREATE INDEX place_own_id ON place (own_id) WHERE own_id IS NOT NULL",
    "CREATE INDEX place_band ON place (band, lon) WHERE band IS NOT NULL",
)
# How many people a place without inhabitants of its own is as important as.
_WEIGHTS = {PlaceLevel.COUNTRY: 1e10, PlaceLevel.PROVINCE: 3e6, PlaceLevel.DISTRICT: 3e4}

Progress = tuple[int, int]
"""How much is done, of how much."""
Incoming = tuple[Listed, tuple[str, ...], tuple[str, ...], str]
"""A place, its names that are kept, their sounds in step, and the words it is found by."""


def write_gazetteer(
    path: Path,
    title: str,
    stamp: str,
    entries: Iterable[Incoming],
    skeleton: Callable[[str], str],
    expected: int,
) -> Iterator[Progress]:
    """Makes the file from places; yields progress.

    When it is not run to its end, or fails, nothing is left. Raises ProjectFileError when it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(path.parent)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
                yield from _fill(connection, About(title, stamp, expected), entries, skeleton)
            os.replace(beside, path)
        finally:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
    except OSError as error:
        raise ProjectFileError(f"The list of places could not be written: {error.strerror}.") from error
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_FULL":
            raise
        raise DiskFull("The disk with the list of places is full; make room and try again.") from error


def _clear_away(folder: Path) -> None:
    """What a program that was killed left behind; not what another one may be working on."""
    for path in folder.glob(".*.part"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _OLD_SECONDS:
                path.unlink()


def _fill(
    connection: sqlite3.Connection, about: About, entries: Iterable[Incoming], skeleton: Callable[[str], str]
) -> Iterator[Progress]:
    for statement in _SCHEMA:
        connection.execute(statement)
    connection.execute("BEGIN")
    count, places = 0, iter(entries)
    areas: dict[str, int] = {}
    while batch := list(islice(places, _BATCH)):
        connection.executemany(_INSERT, (_row(place, areas) for place in batch))
        count += len(batch)
        yield count, 2 * max(about.places, count)
    connection.executemany("INSERT INTO area (row, name) VALUES (?, ?)", ((row, name) for name, row in areas.items()))
    yield from _index(connection, count)
    words = ((skeleton(word), word, places) for word, places in connection.execute("SELECT term, doc FROM temp.term"))
    connection.executemany("INSERT INTO word VALUES (?, ?, ?)", (row for row in words if row[0]))
    connection.execute("INSERT INTO about VALUES (?, ?, ?)", (about.title, about.stamp, count))
    for statement in _INDEXES:
        connection.execute(statement)
    connection.execute("COMMIT")
    yield 2 * count, 2 * count


_COLUMNS = "number, own_id, names, sounds, level, country, province, district, lat, lon, band, basis, population"
_INSERT = f"INSERT INTO temp.incoming ({_COLUMNS}, words, weight) VALUES ({', '.join('?' * 15)})"


def _index(connection: sqlite3.Connection, count: int) -> Iterator[Progress]:
    order = connection.execute("SELECT row FROM temp.incoming ORDER BY weight DESC, row").fetchall()
    for start in range(0, count, _BATCH):
        rows = [(start + n + 1, row) for n, (row,) in enumerate(order[start : start + _BATCH])]
        connection.executemany(
            f"INSERT INTO place (row, {_COLUMNS}) SELECT ?, {_COLUMNS} FROM temp.incoming WHERE row = ?", rows
        )
        connection.executemany("INSERT INTO words (rowid, text) SELECT ?, words FROM temp.incoming WHERE row = ?", rows)
        yield count + start, 2 * count


def _row(place: Incoming, areas: dict[str, int]) -> tuple[object, ...]:
    listed, names, sounds, words = place
    scheme, _, value = listed.id.partition(":")
    is_number = scheme == "geonames" and value.isdecimal() and len(value) < 16
    province, district = (
        areas.setdefault(name, len(areas) + 1) if name else None for name in (listed.province, listed.district)
    )
    return (
        int(value) if is_number else None,
        None if is_number else listed.id,
        NAME_END.join(names),
        NAME_END.join(sounds),
        LEVELS.index(listed.level),
        listed.country,
        province,
        district,
        listed.lat,
        listed.lon,
        None if listed.lat is None else band(listed.lat),
        None if listed.basis is None else BASES.index(listed.basis),
        listed.population,
        words,
        _WEIGHTS.get(listed.level, 0) + listed.population,
    )
