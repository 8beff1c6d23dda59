"""annotator import: brings text files into a project."""

import argparse
import sys
from pathlib import Path
from typing import Any

from annotator.domain.articles import TextQuality
from annotator.services.importing import About, Report, find_files, read_batches, take_batch
from annotator.services.projects import open_project

NAME = "import"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    parser = parsers.add_parser(NAME, help="bring articles in", description="Brings text files into a project.")
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument("files", nargs="+", type=Path, help="text files, or folders of them")
    parser.add_argument("--publisher", default="", help="who published them")
    parser.add_argument("--published", default="", help="when, as 2021-08-22")
    parser.add_argument("--language", default="", help="their language, such as en or fa")
    parser.add_argument("--encoding", default="", help="read them in this encoding instead of the most probable one")
    qualities = [quality.value for quality in TextQuality]
    parser.add_argument("--quality", choices=qualities, default=qualities[0], help="what kind of text they are")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    quality = TextQuality(arguments.quality)
    about = About(arguments.publisher, arguments.published, arguments.language, quality, arguments.encoding)
    workspace, report = open_project(arguments.project, faces.person()), Report()
    try:
        group = workspace.author.new_id()
        for done, total, batch in read_batches(find_files(arguments.files), about):
            take_batch(workspace, batch, report, group)
            if sys.stderr.isatty():
                print(f"\r{done:,} of {total:,}", end="", file=sys.stderr, flush=True)
    finally:
        workspace.close()
    print(report.sentence)
    if report.details:
        print(report.details, file=sys.stderr)
    return 1 if report.refused else 0
