"""The second face: the command line. SUBCOMMANDS lists what it can do, one file each."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from annotator.cli import (
    agreeing,
    backups,
    bringing_in,
    checking,
    exporting,
    formats,
    handing_out,
    importing,
    learning,
    measuring,
    names,
    new,
    places,
    suggesting,
    tour,
)
from annotator.errors import AnnotatorError
from annotator.services.projects import Person
from annotator.services.versions import versions


class Faces(Protocol):
    """What the command line may start: the window, and the tour through it."""

    def show_window(self, project: Path | None, *, sample: bool) -> int:
        """Opens the window and answers the exit code when it is closed."""

    def play_tour(self, folder: Path) -> int:
        """Plays the tour into a folder."""

    def person(self) -> Person:
        """Who works at this machine."""


SUBCOMMANDS = (
    new,
    importing,
    exporting,
    handing_out,
    bringing_in,
    agreeing,
    checking,
    suggesting,
    learning,
    measuring,
    formats,
    names,
    places,
    backups,
    tour,
)


def main(words: Sequence[str], faces: Faces) -> int:
    """Does what the words say; answers the exit code: 0, 1 when something was left out, 2 when it could not be done."""
    try:
        if words and words[0] in {module.NAME for module in SUBCOMMANDS}:
            arguments = _subcommands().parse_args(words)
            code: int = arguments.run(arguments, faces)
            sys.stdout.flush()
            return code
        arguments = _window().parse_args(words)
        return faces.show_window(arguments.project, sample=arguments.sample)
    except AnnotatorError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read along, as head does, has enough; what is not written yet must not complain at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped. What was done before is saved.", file=sys.stderr)
        return 130


def _window() -> argparse.ArgumentParser:
    names = ", ".join(module.NAME for module in SUBCOMMANDS)
    parser = argparse.ArgumentParser(
        prog="annotator",
        description="Record who did what, where, and who says so. Without words it opens the window.",
        epilog=f"Subcommands: {names}. “annotator new --help” and so on tell more.",
    )
    parser.add_argument("project", nargs="?", type=Path, help="a project to open in the window (.annot)")
    parser.add_argument("--sample", action="store_true", help="open the sample project; it is made if it is not there")
    parser.add_argument("--version", action="version", version=versions(), help="versions of all that is at work")
    return parser


def _subcommands() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="annotator")
    parsers = parser.add_subparsers(required=True)
    for module in SUBCOMMANDS:
        module.add(parsers)
    return parser
