"""The outlines of the world's countries, from Natural Earth, in two levels of detail."""

import json
import sys
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from typing import Literal

from annotator import paths

Detail = Literal["110m", "50m"]
"""The scale the outlines were drawn for, 1:110 or 1:50 million: for the world, and for a region."""
_STEPS = 100


@dataclass(frozen=True, slots=True)
class Outline:
    """A country. Each ring is longitude, latitude, longitude, latitude and so on, in degrees; its end meets its start.

    Islands and holes are rings alike: fill by the odd-even rule. A ring over the date line goes on beyond 180 degrees.
    iso3 is empty for lands that have no code.
    """

    name: str
    iso3: str
    rings: tuple["array[float]", ...]


@cache
def outlines(detail: Detail) -> tuple[Outline, ...]:
    """All countries; read at the first use and kept. Raises FileNotFoundError when the program's file is missing."""
    content = zlib.decompress(paths.resource(f"map/countries-{detail}.bin").read_bytes())
    head, _, points = content.partition(b"\n")
    steps = array("h", points)
    if sys.byteorder == "big":
        steps.byteswap()
    found, start = [], 0
    for name, iso3, lengths in json.loads(head):
        rings = []
        for length in lengths:
            rings.append(array("d", (step / _STEPS for step in steps[start : start + 2 * length])))
            start += 2 * length
        found.append(Outline(name, iso3, tuple(rings)))
    return tuple(found)
