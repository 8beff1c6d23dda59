"""annotator check: goes through a whole project and says what in it no edit has made so."""

import argparse
import json
from pathlib import Path
from typing import Any

from annotator.cli.progress import followed

NAME = "check"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Goes through a whole project: its pages, what refers to what, the chain of its history, its texts, and "
        "whether its records are those that the history made. Changes nothing. Answers 1 when something is wrong."
    )
    parser = parsers.add_parser(NAME, help="check a project for damage", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    del faces  # nobody signs a check
    from annotator.services.checking import Checked, checking

    checked = Checked()
    for _ in followed(checking(arguments.project, checked)):
        pass
    if arguments.json:
        print(json.dumps({"sound": checked.is_sound, "faults": checked.faults}, ensure_ascii=False, indent=1))
    elif checked.is_sound:
        print("The project is sound: its pages, texts and history are whole, and its records are as history says.")
    else:
        print("This project is damaged. Go back to a copy or a backup.")
        for fault in checked.faults:
            print(f"  {fault}")
    return 0 if checked.is_sound else 1
