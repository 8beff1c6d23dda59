"""annotator hand-out: writes a project file for each of several people, with the articles that she is to read."""

import argparse
import json
from pathlib import Path
from typing import Any

from annotator.domain.queue import QueueFilter
from annotator.editing.assigning import assign
from annotator.errors import EditRefused, FormatError
from annotator.services import teamwork
from annotator.services.exporting import take_snapshot
from annotator.services.projects import open_project
from annotator.services.teamwork import Deal, dealt

NAME = "hand-out"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = "Deals articles out and writes a project file for each person; what she does comes back with bring-in."
    parser = parsers.add_parser(NAME, help="hand articles out to teammates", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument("folder", type=Path, help="where the files go")
    parser.add_argument("--to", action="append", required=True, metavar="NAME", help="a person; once for each")
    parser.add_argument("--overlap", type=int, default=1, help="how many people read each article (default: 1)")
    parser.add_argument("--pilots", type=int, default=0, help="so many first articles go to everybody (default: 0)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed deals alike (default: 0)")
    parser.add_argument("--first", type=int, metavar="N", help="only the first N articles of the project")
    parser.add_argument("--open", action="store_true", help="show what others recorded (default: blind)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    if arguments.first is not None and arguments.first < 1:
        raise FormatError("--first takes a number of 1 or more.")
    if arguments.pilots < 0:
        raise FormatError("--pilots takes a number of 0 or more.")
    names = [" ".join(name.split()) for name in arguments.to]
    if twice := [name for name in names if names.count(name) > 1]:
        raise FormatError(f"--to “{twice[0]}” is there twice: name each person once.")
    workspace = open_project(arguments.project, faces.person())
    try:
        people = [teamwork.person_called(workspace, name) for name in names]
        teamwork.files_for(workspace, arguments.folder, people)
        most = -1 if arguments.first is None else arguments.first
        articles = workspace.records.queue(QueueFilter(), workspace.author.annotator, most)
        deal = Deal(arguments.overlap, arguments.pilots, arguments.seed)
        try:
            given = dealt(articles, [person.id for person in people], deal)
            workspace.do(assign, people, given)
        except ValueError as error:
            raise FormatError(f"--overlap {arguments.overlap}: {error}.") from error
        except EditRefused as refusal:
            if not articles:
                raise FormatError("The project has no articles to hand out.") from refusal
        report = []
        snapshot = take_snapshot(workspace)
        steps = teamwork.hand_out(workspace, snapshot, arguments.folder, people, given, is_blind=not arguments.open)
        for (_, _, path), person in zip(steps, people, strict=True):
            report.append({"name": person.name, "file": str(path), "articles": len(given[person.id])})
    finally:
        workspace.close()
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        for one in report:
            count = f"{one['articles']:,} article{'' if one['articles'] == 1 else 's'}"
            print(f"{one['name']}: {count} in {one['file']}")
    return 0
