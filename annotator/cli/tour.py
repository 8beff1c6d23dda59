"""annotator tour: plays a whole session through real keys and leaves project, export and pictures."""

import argparse
from pathlib import Path
from typing import Any

NAME = "tour"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    description = (
        "Plays a whole session through real key and mouse events; leaves the project, its export and pictures."
    )
    parser = parsers.add_parser(NAME, help="play a session and take pictures", description=description)
    parser.add_argument("folder", type=Path, help="where to leave the project, its JSONL export and the pictures")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    code: int = faces.play_tour(arguments.folder)
    return code
