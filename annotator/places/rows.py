"""One row of a list of places as a place. What is wrong with a row is a ValueError with the reason."""

import re
from math import isfinite

from annotator.domain.entities import Basis, PlaceLevel
from annotator.domain.gazetteers import Listed
from annotator.errors import FormatError
from annotator.places.areas import AreaNames, countries, country_code

_DUMP_COLUMNS, _CODE_COLUMNS = 19, 4
_CODE = re.compile(r"[A-Z]{2}\.[^.\t]+(\.[^.\t]+)?")
_BY_CLASS = {
    "A": PlaceLevel.DISTRICT, "P": PlaceLevel.POPULATED_PLACE, "S": PlaceLevel.SITE, "R": PlaceLevel.SITE,
    "T": PlaceLevel.NATURAL_FEATURE, "H": PlaceLevel.NATURAL_FEATURE, "V": PlaceLevel.NATURAL_FEATURE,
    "U": PlaceLevel.NATURAL_FEATURE, "L": PlaceLevel.FUZZY_REGION,
}  # fmt: skip
_BY_CODE = (("PCL", PlaceLevel.COUNTRY), ("ADM1", PlaceLevel.PROVINCE), ("ADM", PlaceLevel.DISTRICT))
# Grounds with a fence or a border, among the regions of class L: bases, works, harbours, parks.
_SITES = frozenset("BTYD DEVH INDS MILB MNA NVB OILF PRK PRT RES RESN RESW".split())


def is_dump_row(fields: list[str]) -> bool:
    """Whether a first line is one of GeoNames' dumps: 19 columns, the first a number."""
    return len(fields) == _DUMP_COLUMNS and fields[0].isdecimal()


def is_area_code(fields: list[str]) -> bool:
    """Whether a first line is one of GeoNames' files of area codes: code, name, ASCII name, number."""
    return len(fields) == _CODE_COLUMNS and bool(_CODE.fullmatch(fields[0])) and fields[3].isdecimal()


def dump_row(fields: list[str], names: AreaNames) -> Listed:
    """A place from a row of a dump or of a file of area codes. Raises ValueError with the reason."""
    if len(fields) == _CODE_COLUMNS:
        return _area_code(fields, names)
    if len(fields) != _DUMP_COLUMNS:
        raise ValueError(f"it has {len(fields)} columns instead of {_DUMP_COLUMNS}.")
    number, name, ascii_name, also, lat, lon, kind, code, country = fields[:9]
    inner = [country, *(part for part in fields[10:12] if part not in {"", "00"})]
    _check_name(name)
    if not number.isdecimal():
        raise ValueError(f"“{number}” is no GeoNames number.")
    people = fields[14]
    return Listed(
        f"geonames:{number}",
        tuple(dict.fromkeys(word for word in (name, ascii_name, *also.split(",")) if word and _is_text(word))),
        _level_of(kind, code),
        countries()[country].alpha3 if country in countries() else "",
        "" if code == "ADM1" else names.provinces.get(".".join(inner[:2]), ""),
        "" if code == "ADM2" else names.districts.get(".".join(inner[:3]), ""),
        *_point(lat, lon),
        Basis.GAZETTEER,
        int(people) if people.isdecimal() else 0,
    )


def _area_code(fields: list[str], names: AreaNames) -> Listed:
    code, name, ascii_name, number = fields
    if not is_area_code(fields):
        raise ValueError("a row of area codes is a code such as AF.03, a name, an ASCII name and a number.")
    _check_name(name)
    country, *inner = code.split(".")
    is_district = len(inner) == 2
    (names.districts if is_district else names.provinces).setdefault(code, name)
    return Listed(
        f"geonames:{number}",
        tuple(dict.fromkeys(word for word in (name, ascii_name) if word)),
        PlaceLevel.DISTRICT if is_district else PlaceLevel.PROVINCE,
        countries()[country].alpha3 if country in countries() else "",
        names.provinces.get(f"{country}.{inner[0]}", "") if is_district else "",
    )


def _level_of(kind: str, code: str) -> PlaceLevel:
    """GeoNames' feature class and code as one of our levels. Raises ValueError for a class that is none."""
    if kind == "A":
        return next((level for start, level in _BY_CODE if code.startswith(start)), PlaceLevel.DISTRICT)
    if kind == "L" and code in _SITES:
        return PlaceLevel.SITE
    try:
        return _BY_CLASS[kind]
    except KeyError:
        raise ValueError(f"“{kind}” is no feature class of GeoNames.") from None


class CsvRows:
    """Reads the rows of a CSV file by its header: name, lat, lon, and others if they are there."""

    _KNOWN = ("name", "lat", "lon", "aliases", "level", "country", "province", "district", "id")

    def __init__(self, header: list[str], scheme: str, file: str) -> None:
        self._columns = [column.strip().casefold() for column in header]
        self._scheme, self._rows = scheme, 0
        missing = [name for name in self._KNOWN[:3] if name not in self._columns]
        if missing:
            raise FormatError(
                f"“{file}” is no list of places: it is neither a GeoNames dump nor a CSV file whose first row has the "
                f"columns name, lat and lon (missing: {', '.join(missing)})."
            )

    def __call__(self, row: list[str]) -> Listed:
        """A place from one row. Raises ValueError with the reason."""
        self._rows += 1
        if len(row) != len(self._columns):
            raise ValueError(f"it has {len(row)} fields, the first row has {len(self._columns)}.")
        values = dict.fromkeys(self._KNOWN, "") | {
            column: " ".join(field.split()) for column, field in zip(self._columns, row, strict=True)
        }
        if not _is_text("".join(row)):
            raise ValueError("it is not written in UTF-8.")
        _check_name(values["name"])
        country = country_code(values["country"])
        if values["country"] and not country:
            raise ValueError(f"“{values['country']}” is no country; write its name or its ISO code, such as AFG.")
        own = values["id"] or str(self._rows)
        return Listed(
            own if ":" in own else f"{self._scheme}:{own}",
            (values["name"], *(name.strip() for name in values["aliases"].split("|") if name.strip())),
            _level_named(values["level"]),
            country,
            values["province"],
            values["district"],
            *_point(values["lat"], values["lon"]),
            Basis.GAZETTEER,
        )


def _level_named(word: str) -> PlaceLevel:
    if not word:
        return PlaceLevel.POPULATED_PLACE
    try:
        return PlaceLevel(word.casefold())
    except ValueError:
        levels = ", ".join(level.value for level in PlaceLevel)
        raise ValueError(f"“{word}” is no level; write one of: {levels}.") from None


def _check_name(name: str) -> None:
    if not name.strip():
        raise ValueError("it has no name.")
    if not _is_text(name):
        raise ValueError("its name is not written in UTF-8.")


def _is_text(name: str) -> bool:
    """Whether all its bytes were UTF-8: others came in as lone surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _point(lat: str, lon: str) -> tuple[float, float]:
    try:
        point = float(lat), float(lon)
    except ValueError:
        raise ValueError(f"“{lat}” and “{lon}” are no latitude and longitude in degrees.") from None
    if not all(map(isfinite, point)) or abs(point[0]) > 90 or abs(point[1]) > 180:
        raise ValueError(f"{lat}, {lon} lies outside the world: latitude goes to 90, longitude to 180.")
    return point
