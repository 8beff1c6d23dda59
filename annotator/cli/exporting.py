"""annotator export: writes what is recorded in a format that others read."""

import argparse
import sys
from pathlib import Path
from typing import Any

from annotator.errors import FormatError
from annotator.services.exporting import WRITERS, Losses, export, take_snapshot, writer
from annotator.services.projects import open_project

NAME = "export"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    parser = parsers.add_parser(NAME, help="write what is recorded", description="Writes a project in another format.")
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument("target", type=Path, help="the file to write")
    keys = [one.key for one in WRITERS]
    parser.add_argument("--format", choices=keys, default=keys[0], help="the format (default: %(default)s)")
    parser.add_argument("--overwrite", action="store_true", help="replace the file if it is there")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    wanted = writer(arguments.format)
    assert wanted is not None
    if arguments.target.exists() and not arguments.overwrite:
        raise FormatError(f"There is a file “{arguments.target}” already; --overwrite replaces it.")
    workspace = open_project(arguments.project, faces.person())
    try:
        snapshot = take_snapshot(workspace)
    finally:
        workspace.close()
    done, losses = 0, Losses()
    for done, total, _ in export(snapshot, wanted, arguments.target, losses):
        if sys.stderr.isatty():
            print(f"\r{done:,} of {total:,}", end="", file=sys.stderr, flush=True)
    for sentence in losses.sentences:
        print(f"Left out: {sentence}", file=sys.stderr)
    print(f"Wrote {done:,} articles to {arguments.target}")
    return 0
