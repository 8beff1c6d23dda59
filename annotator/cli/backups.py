"""annotator backups: lists the backups of a project, restores one, salvages a damaged file."""

import argparse
import json
from pathlib import Path
from typing import Any

from annotator.errors import FormatError
from annotator.services.restoring import (
    Backup,
    found_for,
    is_of,
    project_id,
    report,
    restore,
    salvaged,
    with_names_anew,
)

NAME = "backups"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Lists the backups of a project, the newest first. Restoring and salvaging make a new file beside the project; "
        "the project itself is only read."
    )
    parser = parsers.add_parser(NAME, help="backups of a project", description=about)
    parser.add_argument("project", type=Path, help="the project; it may be damaged or gone")
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument("--restore", type=int, metavar="N", help="write the Nth of the list as a new file; 1 is newest")
    deeds.add_argument("--salvage", action="store_true", help="write what can be read of a damaged file as a new file")
    deeds.add_argument("--names", action="store_true", help="write a new file where all names are looked up anew")
    parser.add_argument("--json", action="store_true", help="print the list or the report as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    del faces
    project: Path = arguments.project
    if arguments.salvage:
        return _salvage(project, as_json=arguments.json)
    if arguments.names:
        target, count = with_names_anew(project)
        report_ = {"file": str(target), "entities": count}
        words = f"Written to {target}; {count:,} entities are looked up by other words now."
        print(json.dumps(report_, ensure_ascii=False) if arguments.json else words)
        return 0
    found = found_for(project, project_id(project))
    if arguments.restore is None:
        return _list(project, found, as_json=arguments.json)
    if not 1 <= arguments.restore <= len(found):
        raise FormatError(f"There is no backup {arguments.restore}; “annotator backups” lists {len(found)}.")
    target = restore(found[arguments.restore - 1], project)
    print(json.dumps({"file": str(target)}, ensure_ascii=False) if arguments.json else f"Restored to {target}")
    return 0


def _list(project: Path, found: list[Backup], *, as_json: bool) -> int:
    if as_json:
        rows = [
            {
                "number": number,
                "made": one.made.isoformat(timespec="milliseconds"),
                "why": one.why.value,
                "articles": one.articles,
                "mentions": one.mentions,
                "claims": one.claims,
                "bytes": one.size,
                "of_this_file": is_of(one, project),
                "file": str(one.path),
            }
            for number, one in enumerate(found, start=1)
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return 0
    for number, one in enumerate(found, start=1):
        counts = f"{one.articles:,} articles, {one.mentions:,} mentions, {one.claims:,} claims"
        of = "" if is_of(one, project) else "; of another copy"
        print(f"{number:3}  {one.made.astimezone():%Y-%m-%d %H:%M:%S}  {counts}, {one.size:,} bytes ({one.why}{of})")
    if not found:
        print("There is no backup of this project on this computer.")
    return 0


def _salvage(project: Path, *, as_json: bool) -> int:
    if not project.is_file():
        raise FormatError(f"There is no file “{project}”.")
    target, found = salvaged(project)
    if as_json:
        counts = {
            "file": str(target),
            "pages": found.pages,
            "missing_pages": found.missing_pages,
            "blank_pages": found.bad_pages,
            "unreadable_rows": found.bad_rows,
            "read": dict(found.read),
            "put_back": dict(found.put_back),
            "left_out": dict(found.left_out),
            "lost": dict(found.lost),
            "names_lost": found.names_lost,
        }
        print(json.dumps(counts, ensure_ascii=False, indent=1))
    else:
        print(f"Salvaged to {target}")
        print("\n".join(report(found)))
    return 1 if found.bad_pages or found.missing_pages or found.bad_rows or found.lost or found.left_out else 0
