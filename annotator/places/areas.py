"""Countries, provinces and districts of the world, from the program's own files."""

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from annotator import paths
from annotator.domain.entities import Basis, PlaceLevel
from annotator.domain.gazetteers import Listed
from annotator.places.folding import plain

COUNT = 51_758
"""About how many there are: for showing progress only."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country: ISO 3166-1 codes, names with its usual one first, a point, people."""

    alpha2: str
    alpha3: str
    number: str
    names: tuple[str, ...]
    lat: float
    lon: float
    population: int


@dataclass(slots=True)
class AreaNames:
    """Names of areas by GeoNames code: AF.03 is a province, AF.03.1302 a district in it."""

    provinces: dict[str, str] = field(default_factory=dict)
    districts: dict[str, str] = field(default_factory=dict)


@cache
def countries() -> dict[str, Country]:
    """All countries by ISO 3166-1 alpha-2 code."""
    found = {}
    for line in paths.resource("places/countries.tsv").read_text(encoding="utf-8").splitlines():
        alpha2, alpha3, number, name, also, lat, lon, population = line.split("\t")
        names = (name, *(other for other in also.split("|") if other))
        found[alpha2] = Country(alpha2, alpha3, number, names, float(lat), float(lon), int(population))
    return found


@cache
def country_names() -> dict[str, str]:
    """A country's usual name by alpha-3 code."""
    return {country.alpha3: country.names[0] for country in countries().values()}


@cache
def _country_codes() -> dict[str, str]:
    codes = {}
    for country in reversed(countries().values()):
        for word in (country.alpha2, country.alpha3, *country.names):
            codes[plain(word)] = country.alpha3
    return codes


def country_code(words: str) -> str:
    """The alpha-3 code for a code or name of a country; empty for none, or when it is not known."""
    return _country_codes().get(plain(words), "")


def listed_areas(names: AreaNames | None = None) -> Iterator[Listed]:
    """Countries, then provinces and districts; puts the areas' names into names on the way.

    The file is in the order of codes, so a province comes before its districts and can lend them its point.
    """
    names = names if names is not None else AreaNames()
    for country in countries().values():
        yield Listed(
            f"geonames:{country.number}", (*country.names, country.alpha3), PlaceLevel.COUNTRY, country.alpha3,
            lat=country.lat, lon=country.lon, basis=Basis.CENTROID, population=country.population,
        )  # fmt: skip
    points: dict[str, tuple[float, float]] = {}
    with lzma.open(paths.resource("places/areas.tsv.xz"), "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            yield _area(line.rstrip("\n").split("\t"), names, points)


@cache
def _area_names() -> AreaNames:
    names = AreaNames()
    for _ in listed_areas(names):
        pass
    return names


def area_names() -> AreaNames:
    """The names of all provinces and districts; the caller may add to them."""
    known = _area_names()
    return AreaNames(dict(known.provinces), dict(known.districts))


def _area(fields: list[str], names: AreaNames, points: dict[str, tuple[float, float]]) -> Listed:
    code, number, name, also, basis, *point = fields
    country, *inner = code.split(".")
    province = code.rsplit(".", 1)[0] if len(inner) == 2 else code
    at: tuple[float, float] | None = (float(point[0]), float(point[1])) if point else None
    rests_on = {"c": Basis.CENTROID, "s": Basis.SEAT}.get(basis)
    if len(inner) == 1:
        names.provinces[code] = name
        if at:
            points[code] = at
    else:
        names.districts[code] = name
        if at is None and province in points:
            at, rests_on = points[province], Basis.ESTIMATED
    return Listed(
        f"geonames:{number}",
        (name, *(other for other in also.split("|") if other)),
        PlaceLevel.PROVINCE if len(inner) == 1 else PlaceLevel.DISTRICT,
        countries()[country].alpha3 if country in countries() else "",
        names.provinces.get(province, "") if len(inner) == 2 else "",
        lat=at[0] if at else None,
        lon=at[1] if at else None,
        basis=rests_on if at else None,
    )
