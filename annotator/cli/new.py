"""annotator new: makes a project."""

import argparse
from pathlib import Path
from typing import Any

from annotator.services.projects import SCHEMAS, new_project, read_schema

NAME = "new"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    parser = parsers.add_parser(NAME, help="make a project", description="Makes an empty project.")
    parser.add_argument("project", type=Path, help="the file to make; .annot is added where it lacks")
    parser.add_argument("--name", default="", help="what the project is called (default: like the file)")
    keys = ", ".join(SCHEMAS)
    parser.add_argument(
        "--schema", default="news_claims", help=f"what it codes by: {keys}, or a JSON file (default: news_claims)"
    )
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    workspace = new_project(arguments.project, faces.person(), arguments.name, read_schema(arguments.schema))
    print(f"Made {workspace.records.path}")
    workspace.close()
    return 0
