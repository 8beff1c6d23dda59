"""annotator places: the offline gazetteer."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.cli.progress import followed, share
from annotator.errors import FormatError
from annotator.services.places import GEONAMES_CREDIT, Candidate, Places, Progress, Report, country_code

NAME = "places"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = "Looks places up offline, and keeps the lists that they are looked up in."
    parser = parsers.add_parser(NAME, help="look places up", description=about, epilog=GEONAMES_CREDIT)
    deeds = parser.add_subparsers(required=True)
    deed = deeds.add_parser("build", help="make the list of the world's places anew")
    deed.set_defaults(run=_run, deed=_build)
    deed = deeds.add_parser("find", help="look a name up")
    deed.add_argument("name", help="a name in any spelling, such as “Puli Hisar District”")
    deed.add_argument("--in", dest="country", default="", help="only in this country, such as AFG")
    deed.add_argument("--limit", type=int, default=12, help="how many at most (default 12)")
    deed.set_defaults(run=_run, deed=_find)
    deed = deeds.add_parser("add", help="add a GeoNames dump or a CSV file (name, lat, lon, ...)")
    deed.add_argument("file", type=Path, help="the file; a dump may be zipped")
    deed.set_defaults(run=_run, deed=_add)
    deed = deeds.add_parser("list", help="the lists that were added")
    deed.set_defaults(run=_run, deed=_list)
    deed = deeds.add_parser("remove", help="take an added list away")
    deed.add_argument("title", help="its name in the list")
    deed.set_defaults(run=_run, deed=_remove)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    del faces
    places = Places()
    try:
        code: int = arguments.deed(places, arguments)
        return code
    finally:
        places.close()


def _build(places: Places, arguments: argparse.Namespace) -> int:
    del arguments
    _show(places.build())
    if places.has_settlements:
        print("The list of places is ready.")
    else:
        print(
            "The list of countries, provinces and districts is ready. "
            "For towns and villages, install annotator[geo] and build again."
        )
    return 0


def _find(places: Places, arguments: argparse.Namespace) -> int:
    country = country_code(arguments.country)
    if arguments.country and not country:
        raise FormatError(f"“{arguments.country}” is no country; write its name or its ISO code, such as AFG.")
    if not places.is_ready:
        _show(places.build())
    found = places.look_up(arguments.name, country=country, limit=max(1, arguments.limit))
    for candidate in found:
        print(_line(candidate))
    if not found:
        print(f"No place is called “{arguments.name}” or nearly so.")
    return 0 if found else 1


def _line(candidate: Candidate) -> str:
    also = f" ({candidate.matched})" if candidate.matched != candidate.name else ""
    where = ", ".join(part for part in (candidate.district, candidate.province, candidate.country_name) if part)
    point = "" if candidate.lat is None else f"  {candidate.lat:.4f}, {candidate.lon:.4f} ({candidate.basis})"
    return f"{candidate.score:.2f}  {candidate.id:17}  {candidate.name}{also}, {candidate.level}, {where}{point}"


def _add(places: Places, arguments: argparse.Namespace) -> int:
    report = Report()
    _show(places.add_dump(arguments.file, report))
    print(report.sentence)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    return 1 if report.left_out else 0


def _list(places: Places, arguments: argparse.Namespace) -> int:
    del arguments
    for about in places.added():
        print(f"{about.title}  {about.places:,}")
    return 0


def _remove(places: Places, arguments: argparse.Namespace) -> int:
    if places.remove(arguments.title):
        print(f"“{arguments.title}” was taken away.")
        return 0
    print(f"There is no list “{arguments.title}”; “annotator places list” shows them.", file=sys.stderr)
    return 2


def _show(steps: Iterator[Progress]) -> None:
    for _ in followed(steps, share):
        pass
