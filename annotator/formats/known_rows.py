"""One row of a list of known names, from and to the words in its cells. Shared by CSV and JSON Lines."""

import math
import re
from collections.abc import Iterable, Mapping

from annotator.domain.entities import Alias, AliasKind, Basis, PlaceLevel
from annotator.domain.identifiers import GEONAMES, WIKIDATA, Identifier, check, normalised, parse
from annotator.domain.known_names import KnownName

COLUMNS = (
    "id", "kind", "name", "aliases", "description", "sectors", "country", "role", "wikidata", "geonames", "other ids",
    "level", "lat", "lon", "basis", "province", "district",
)  # fmt: skip
LISTS = frozenset({"aliases", "sectors", "other ids"})
"""Columns whose cells hold several values."""
NUMBERS = frozenset({"lat", "lon"})

Values = Mapping[str, str | list[str]]
"""What a row says under each column; lists for the columns in LISTS."""
_KINDS = {kind.value: kind for kind in AliasKind}
_ALIAS = re.compile(r"(.*\S)\s*\[([^\[\]]*)\]", re.DOTALL)


class BadRow(ValueError):
    """A row that makes no sense; the text says why, without file and line."""


def from_values(values: Values) -> KnownName:
    """The known name a row stands for. Raises BadRow."""
    kind, name = _one(values, "kind"), _one(values, "name")
    if not name:
        raise BadRow("the name is missing")
    if not kind:
        raise BadRow("the kind is missing; write person, place or another kind of the project")
    lat, lon = _degrees(values, "lat", 90), _degrees(values, "lon", 180)
    if (lat is None) != (lon is None):
        raise BadRow("latitude and longitude go together; one of them is missing")
    return KnownName(
        kind=kind,
        name=name,
        id=_one(values, "id"),
        aliases=tuple(_alias(words) for words in _several(values, "aliases")),
        description=_one(values, "description"),
        sectors=tuple(_several(values, "sectors")),
        country=_one(values, "country"),
        role=_one(values, "role"),
        wikidata=_identifier(WIKIDATA, _one(values, "wikidata")),
        geonames=_identifier(GEONAMES, _one(values, "geonames")),
        other_ids=tuple(_other(words) for words in _several(values, "other ids")),
        level=_one_of(values, "level", (level.value for level in PlaceLevel)),
        lat=lat,
        lon=lon,
        basis=_one_of(values, "basis", (basis.value for basis in Basis)),
        province=_one(values, "province"),
        district=_one(values, "district"),
    )


def to_values(known: KnownName) -> dict[str, str | list[str]]:
    """The words for each column; what from_values reads back the same, blanks at the ends aside."""
    return {
        "id": known.id,
        "kind": known.kind,
        "name": known.name,
        "aliases": [_alias_words(alias) for alias in known.aliases],
        "description": known.description,
        "sectors": list(known.sectors),
        "country": known.country,
        "role": known.role,
        "wikidata": known.wikidata,
        "geonames": known.geonames,
        "other ids": [str(identifier) for identifier in known.other_ids],
        "level": known.level,
        "lat": "" if known.lat is None else repr(known.lat),
        "lon": "" if known.lon is None else repr(known.lon),
        "basis": known.basis,
        "province": known.province,
        "district": known.district,
    }


def _one(values: Values, column: str) -> str:
    value = values.get(column, "")
    return value.strip() if isinstance(value, str) else ""


def _one_of(values: Values, column: str, known: Iterable[str]) -> str:
    words, choices = _one(values, column).casefold(), list(known)
    if words and words not in choices:
        raise BadRow(f"“{words}” is no {column}; use {', '.join(choices)}")
    return words


def _several(values: Values, column: str) -> list[str]:
    value = values.get(column, [])
    return [words.strip() for words in value if words.strip()] if isinstance(value, list) else []


def _alias(words: str) -> Alias:
    """“text [kind]”; without a kind it is a spelling."""
    match = _ALIAS.fullmatch(words)
    if match is None:
        return Alias(words)
    kind = match[2].strip().casefold()
    if kind not in _KINDS:
        raise BadRow(f"“{match[2]}” is no kind of alias; use {', '.join(_KINDS)}")
    return Alias(match[1], _KINDS[kind])


def _alias_words(alias: Alias) -> str:
    if alias.kind is AliasKind.SPELLING and not _ALIAS.fullmatch(alias.text):
        return alias.text
    return f"{alias.text} [{alias.kind.value}]"


def _identifier(scheme: str, words: str) -> str:
    if not words:
        return ""
    found = normalised(scheme, words)
    problem = check(scheme, found.value)
    if problem:
        raise BadRow(_in_a_row(problem))
    return found.value


def _other(words: str) -> Identifier:
    found = parse(words)
    problem = check(found.scheme, found.value)
    if problem:
        raise BadRow(_in_a_row(problem))
    return found


def _in_a_row(sentence: str) -> str:
    """A sentence as it goes on after “file, line 7: ”."""
    bare = sentence.removesuffix(".")
    return bare[:1].lower() + bare[1:]


def _degrees(values: Values, column: str, most: int) -> float | None:
    words = _one(values, column)
    if not words:
        return None
    name = "latitude" if column == "lat" else "longitude"
    try:
        # A spreadsheet of many countries writes 35,2 for 35.2.
        degrees = float(words.replace(",", "."))
    except ValueError:
        raise BadRow(f"{name} “{words}” is no number of degrees") from None
    if not math.isfinite(degrees) or abs(degrees) > most:
        raise BadRow(f"{name} “{words}” is not between -{most} and {most}")
    return degrees
