"""Lists of places as indexed files in the user's cache: reading them. gazetteer_building.py makes them."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.entities import Basis, PlaceLevel
from annotator.domain.gazetteers import Listed
from annotator.errors import DamagedCache

APPLICATION_ID, VERSION = 0x414E504C, 1
LEVELS, BASES = tuple(PlaceLevel), tuple(Basis)
"""Kept as their numbers in these."""
NAME_END = "\n"
BANDS = 4
"""Bands of latitude to a degree, that nearness is looked up by."""
_COLUMNS = """p.number, p.own_id, p.names, p.sounds, p.level, p.country, a.name, d.name, p.lat, p.lon, p.basis,
    p.population"""
_FROM = "place p LEFT JOIN area a ON a.row = p.province LEFT JOIN area d ON d.row = p.district"


@dataclass(frozen=True, slots=True)
class Entry:
    """A listed place with its names' sounds, in step with the names."""

    listed: Listed
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a list says about itself: a title, what it was made from and by, how many places it has."""

    title: str
    stamp: str
    places: int


_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_FORMAT", "SQLITE_READONLY")


class Gazetteer:
    """One list of places, open for reading. Used by one thread at a time.

    Raises DamagedCache, also later, when the file is none of ours, damaged, or of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_damaged = False
        if not path.is_file():
            raise DamagedCache(f"There is no list of places “{path.stem}”.")
        with self._noticing_damage():
            uri = f"{path.absolute().as_uri()}?mode=ro"
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
        try:
            self.about = self._read_about()
        except BaseException:
            self._connection.close()
            raise

    def _read_about(self) -> About:
        with self._noticing_damage():
            found = [self._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _IDENTITY]
            if found != [APPLICATION_ID, VERSION]:
                raise DamagedCache(f"“{self.path.name}” is no list of places of this version.")
            self._connection.execute("SELECT rowid FROM words WHERE words MATCH '\"a\"' LIMIT 1").fetchone()
            return About(*self._connection.execute("SELECT title, stamp, places FROM about").fetchone())

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def matching(self, groups: Sequence[Sequence[str]], limit: int, *, last_begins: bool = False) -> list[Entry]:
        """The most important places that have a word of each group; of the last only its beginning, if so said."""
        known = [[word for word in group if _is_one_word(word)] for group in groups]
        if not all(known):
            return []
        last = len(groups) - 1
        match = " AND ".join(
            "(" + " OR ".join(f'"{word}"' + "*" * (last_begins and n == last) for word in group) + ")"
            for n, group in enumerate(known)
        )
        # With CROSS JOIN the rows come in the order of the index, and reading stops when there are enough.
        sql = f"""SELECT {_COLUMNS} FROM words w CROSS JOIN {_FROM} WHERE words MATCH ? AND p.row = w.rowid
            ORDER BY w.rowid LIMIT ?"""
        return self._entries(sql, (match, limit))

    def by_id(self, identifier: str) -> Entry | None:
        """The place with this identifier, such as geonames:1147537."""
        scheme, _, value = identifier.partition(":")
        if scheme == "geonames" and value.isdecimal() and len(value) < 16:
            found = self._entries(f"SELECT {_COLUMNS} FROM {_FROM} WHERE p.number = ?", (int(value),))
        else:
            found = self._entries(f"SELECT {_COLUMNS} FROM {_FROM} WHERE p.own_id = ?", (identifier,))
        return found[0] if found else None

    def words_like(self, skeletons: Sequence[str]) -> list[tuple[str, int]]:
        """Words of names that have one of these skeletons, and how many places bear them."""
        marks = ", ".join("?" * len(skeletons))
        with self._noticing_damage():
            sql = f"SELECT word, places FROM word WHERE skeleton IN ({marks})"
            return self._connection.execute(sql, tuple(skeletons)).fetchall()

    def in_box(self, lats: tuple[float, float], lons: tuple[float, float], limit: int) -> list[Entry]:
        """Places between two latitudes and two longitudes in degrees, whose point is their own."""
        bands = range(band(lats[0]), band(lats[1]) + 1)
        marks = ", ".join(str(number) for number in bands)
        sql = f"""SELECT {_COLUMNS} FROM {_FROM} WHERE p.band IN ({marks}) AND p.lon BETWEEN ? AND ?
            AND p.basis != {BASES.index(Basis.ESTIMATED)} LIMIT ?"""
        return self._entries(sql, (*lons, limit))

    def all(self) -> Iterator[Listed]:
        """Every place, the most important first."""
        with self._noticing_damage():
            for row in self._connection.execute(f"SELECT {_COLUMNS} FROM {_FROM} ORDER BY p.row"):
                yield _entry(row).listed

    @contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        """Turns errors of SQLite about the file into DamagedCache; faults of ours stay loud."""
        try:
            yield
        except sqlite3.Error as error:
            if not (getattr(error, "sqlite_errorname", "") or "").startswith(_DAMAGE):
                raise
            self.is_damaged = True
            raise DamagedCache(f"The list of places “{self.path.stem}” is damaged; it has to be made anew.") from error

    def _entries(self, sql: str, parameters: Iterable[object]) -> list[Entry]:
        with self._noticing_damage():
            return [_entry(row) for row in self._connection.execute(sql, tuple(parameters))]


_IDENTITY = ("application_id", "user_version")


def band(lat: float) -> int:
    """The number of the band of latitude that a point lies in."""
    return int((lat + 90) * BANDS)


def _entry(row: tuple[object, ...]) -> Entry:
    number, own_id, names, sounds, level, country, province, district, lat, lon, basis, population = row
    listed = Listed(
        str(own_id) if own_id is not None else f"geonames:{number}",
        tuple(str(names).split(NAME_END)),
        LEVELS[int(str(level))],
        str(country),
        str(province or ""),
        str(district or ""),
        lat if isinstance(lat, float) else None,
        lon if isinstance(lon, float) else None,
        BASES[basis] if isinstance(basis, int) else None,
        population if isinstance(population, int) else 0,
    )
    return Entry(listed, tuple(str(sounds).split(NAME_END)))


def _is_one_word(word: str) -> bool:
    """Whether the index could have it. A stranger's country can be any text; of several words the index knows none."""
    return bool(word) and all(letter.isalnum() or letter > "\x7f" for letter in word)
