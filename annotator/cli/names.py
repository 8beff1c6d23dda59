"""annotator names: lists of known actors and places, into a project and out of it."""

import argparse
import sys
from pathlib import Path
from typing import Any

from annotator.domain.backups import Why
from annotator.editing.known_names import take_known_names
from annotator.errors import EditRefused, FormatError
from annotator.services import known_names
from annotator.services.exporting import spare_project
from annotator.services.projects import open_project

NAME = "names"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = "Lists of known actors and places, as CSV or JSON Lines, that a team shares."
    parser = parsers.add_parser(NAME, help="lists of known actors and places", description=about)
    deeds = parser.add_subparsers(required=True)
    deed = deeds.add_parser("import", help="make or update the entities of a list; importing again doubles nothing")
    deed.add_argument("project", type=Path, help="the project")
    deed.add_argument("file", type=Path, help="the list, .csv or .jsonl")
    deed.set_defaults(run=_import)
    deed = deeds.add_parser("export", help="write the project's entities as a list")
    deed.add_argument("project", type=Path, help="the project")
    deed.add_argument("file", type=Path, help="the list to write, .csv or .jsonl")
    deed.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    deed.set_defaults(run=_export)


def _import(arguments: argparse.Namespace, faces: Any) -> int:
    workspace = open_project(arguments.project, faces.person())
    try:
        found, changed = known_names.read_list(arguments.file, workspace.records.schema), 0
        group = workspace.author.new_id()
        workspace.back_up(Why.IMPORT)
        for _, _, batch in known_names.batches(found.names):
            try:
                changed += len(workspace.do_in_group(group, take_known_names, batch, found.ids).changes)
            except EditRefused:  # nothing new in this batch
                continue
    finally:
        workspace.close()
    for problem in found.problems:
        print(problem.problem, file=sys.stderr)
    names = f"{len(found.names):,} name{'' if len(found.names) == 1 else 's'}"
    print(f"{names} read, {changed:,} {'entity' if changed == 1 else 'entities'} made or changed")
    return 1 if found.problems else 0


def _export(arguments: argparse.Namespace, faces: Any) -> int:
    if arguments.project.is_file():
        spare_project(arguments.project, arguments.file)
    if arguments.file.exists() and not arguments.overwrite:
        raise FormatError(f"There is a file “{arguments.file}” already; --overwrite replaces it.")
    open_project(arguments.project, faces.person()).close()  # every check that opening makes
    for _ in known_names.write_list(arguments.project, arguments.file):
        pass
    print(f"Wrote the list to {arguments.file}")
    return 0
