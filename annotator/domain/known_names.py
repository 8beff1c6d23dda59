"""Known actors and places: the list a team shares, apart from any project."""

from dataclasses import dataclass

from annotator.domain.entities import Alias
from annotator.domain.identifiers import Identifier


@dataclass(frozen=True, slots=True)
class KnownName:
    """One actor or place of a list. lat and lon are degrees WGS 84; an empty id means that the list has none.

    level and basis are values of PlaceLevel and Basis, or empty.
    """

    kind: str
    name: str
    id: str = ""
    aliases: tuple[Alias, ...] = ()
    description: str = ""
    sectors: tuple[str, ...] = ()
    country: str = ""
    role: str = ""
    wikidata: str = ""
    geonames: str = ""
    other_ids: tuple[Identifier, ...] = ()
    level: str = ""
    lat: float | None = None
    lon: float | None = None
    basis: str = ""
    province: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class LineReport:
    """What is wrong with one line of a list, in a sentence that names file and line; line counts from 1."""

    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What a list holds: its good rows, and what is wrong with the others and with the whole."""

    names: tuple[KnownName, ...]
    problems: tuple[LineReport, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The ids that the list itself gives."""
        return frozenset(known.id for known in self.names if known.id)
