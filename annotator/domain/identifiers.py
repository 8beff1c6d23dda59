"""Identifiers that others gave: Wikidata, GeoNames, ISO 3166, any URI. Checked for their form, never looked up."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

WIKIDATA, GEONAMES, ISO_3166, URI = "wikidata", "geonames", "iso3166", "uri"


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A value in a scheme. A scheme that is not one of ours is the team's own; any value does."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_GEONAMES = re.compile(r"[1-9][0-9]*")
_ISO_3166 = re.compile(r"[A-Z]{2}|[A-Z]{3}|[A-Z]{2}-[A-Z0-9]{1,3}")
_SCHEME = re.compile(r"[a-z][a-z0-9_.+-]*")
_URI_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_BLANK = re.compile(r"\s")
_ALIASES = {"qid": WIKIDATA, "wd": WIKIDATA, "geoname": GEONAMES, "iso3166-1": ISO_3166, "iso3166-2": ISO_3166}
_ALIASES |= {"iso": ISO_3166, "url": URI, "http": URI, "https": URI}


def check(scheme: str, value: str) -> str:
    """What is wrong with an identifier, in a sentence; empty when its form is right."""
    if not _SCHEME.fullmatch(scheme):
        return f"“{scheme}” is no name for a list of identifiers; use small letters, such as wikidata."
    if not value.strip():
        return f"The {scheme} identifier is empty."
    test = _CHECKS.get(scheme)
    return test(value) if test else ""


def _check_wikidata(value: str) -> str:
    return "" if _WIKIDATA.fullmatch(value) else f"“{value}” is no Wikidata item; it looks like Q42."


def _check_geonames(value: str) -> str:
    return "" if _GEONAMES.fullmatch(value) else f"“{value}” is no GeoNames number; it looks like 1147537."


def _check_iso(value: str) -> str:
    return "" if _ISO_3166.fullmatch(value) else f"“{value}” is no ISO 3166 code; it looks like AF, AFG or AF-BGL."


def _check_uri(value: str) -> str:
    if _URI_SCHEME.fullmatch(value) and not _BLANK.search(value) and _split(value) is not None:
        return ""
    return f"“{value}” is no web address or URI; it looks like https://example.org/42."


_CHECKS: dict[str, Callable[[str], str]] = {
    WIKIDATA: _check_wikidata,
    GEONAMES: _check_geonames,
    ISO_3166: _check_iso,
    URI: _check_uri,
}


def normalised(scheme: str, value: str) -> Identifier:
    """As it is kept: what was pasted from the browser's address line becomes the bare number, letters their usual case.

    An empty scheme is guessed: from the address, from Q and digits; other addresses are URIs.
    """
    bare, scheme = value.strip(), scheme.strip().casefold()
    scheme = _ALIASES.get(scheme, scheme)
    from_address = _from_address(bare)
    if from_address is not None and scheme in {"", URI, from_address.scheme}:
        return from_address
    if not scheme:
        scheme = WIKIDATA if _WIKIDATA.fullmatch(bare.upper()) else URI
    if scheme in {WIKIDATA, ISO_3166}:
        bare = bare.upper()
    return Identifier(scheme, bare)


def parse(words: str) -> Identifier:
    """Reads “scheme:value” or a pasted address; the first colon parts the two."""
    scheme, colon, value = words.strip().partition(":")
    if not colon or value.startswith("//"):
        return normalised("", words)
    return normalised(scheme, value)


def _from_address(value: str) -> Identifier | None:
    """The identifier that a Wikidata or GeoNames address holds."""
    parts = _split(value if "://" in value else f"https://{value}")
    if parts is None:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("sws.")
    steps = [step for step in parts.path.split("/") if step]
    if host in {"wikidata.org", "m.wikidata.org"}:
        found = next((step for step in (*steps, parts.fragment) if _WIKIDATA.fullmatch(step)), None)
        return Identifier(WIKIDATA, found) if found else None
    if host == "geonames.org" and steps and _GEONAMES.fullmatch(steps[0]):
        return Identifier(GEONAMES, steps[0])
    return None


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:  # brackets that are not closed, a port that is no number
        return None
    return parts
