"""annotator export: writes what is recorded in a format that others read."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from annotator.cli.progress import followed
from annotator.domain.annotators import consensus_id
from annotator.domain.assignments import State
from annotator.domain.selections import GROUPS, Selection, Split
from annotator.errors import FormatError
from annotator.services.exporting import (
    WRITERS,
    Losses,
    export,
    in_the_way,
    spare_project,
    take_snapshot,
    with_options,
    writer,
)
from annotator.services.projects import open_project
from annotator.services.workspace import Workspace

NAME = "export"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    parser = parsers.add_parser(NAME, help="write what is recorded", description="Writes a project in another format.")
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument("target", type=Path, help="the file or folder to write")
    keys = [one.key for one in WRITERS]
    parser.add_argument("--format", choices=keys, help="the format (default: by the target's ending)")
    parser.add_argument("--annotator", action="append", default=[], metavar="NAME", help="only this person's records")
    parser.add_argument("--accepted", action="store_true", help="only what reviewers accepted: the agreed result")
    states = [state.value for state in State]
    parser.add_argument("--state", action="append", default=[], choices=states, help="only articles in this state")
    parser.add_argument("--in-play", action="store_true", help="leave out what stands in zones that are out of play")
    parser.add_argument("--split", metavar="TRAIN,DEV,TEST", help="write three parts, such as 0.8,0.1,0.1")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same parts (default: 0)")
    groups = [group for group in GROUPS if group]
    parser.add_argument("--by", choices=groups, default="", help="keep articles of one publisher or day in one part")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a choice of the format, such as nested=inner (annotator formats lists them)",
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace what is there: a file, or a folder that holds nothing but an export of this program",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    wanted = writer(arguments.format or _by_ending(arguments.target))
    assert wanted is not None
    wanted = with_options(wanted, _options(arguments.option))
    workspace = open_project(arguments.project, faces.person())
    try:
        selection = _selection(arguments, workspace)
        there = in_the_way(arguments.target, selection)
        spare_project(workspace.records.path, *there)
        if there and not arguments.overwrite:
            what = "file" if there[0].is_file() else "folder"
            raise FormatError(f"There is a {what} “{there[0]}” already; --overwrite replaces it.")
        snapshot = take_snapshot(workspace)
    finally:
        workspace.close()
    done, losses = 0, Losses()
    steps = export(snapshot, wanted, arguments.target, losses, selection, replaces=arguments.overwrite)
    for number, _, _ in followed(steps):
        done = number
    if arguments.json:
        report = {"format": wanted.key, "articles": done, "lost": losses.counts, "cannot": wanted.cannot}
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return 0
    for sentence in losses.sentences:
        print(f"Left out: {sentence}", file=sys.stderr)
    print(f"Wrote {done:,} article{'' if done == 1 else 's'} to {arguments.target}")
    return 0


def _options(given: list[str]) -> dict[str, str]:
    named = dict(words.partition("=")[::2] for words in given)
    if not all(named.values()):
        raise FormatError("--option takes a name and a value, such as nested=inner.")
    return named


def _by_ending(target: Path) -> str:
    fitting = [one for one in WRITERS if one.suffix and target.name.casefold().endswith(one.suffix)]
    if target.suffix and not fitting:
        endings = ", ".join(dict.fromkeys(one.suffix for one in WRITERS if one.suffix))
        raise FormatError(f"No format ends in {target.suffix}: choose one with --format, or one of {endings}.")
    return fitting[0].key if fitting else WRITERS[0].key


def _selection(arguments: argparse.Namespace, workspace: Workspace) -> Selection:
    everybody = list(workspace.records.annotators())
    people = dict.fromkeys(annotator.name for annotator in everybody)
    strange = [name for name in arguments.annotator if name not in people]
    if strange:
        raise FormatError(f"Nobody in the project is called “{strange[0]}”; there are {', '.join(people)}.")
    # Of two by one name both are meant: neither can be told from the other here.
    chosen = [annotator.id for annotator in everybody if annotator.name in arguments.annotator]
    if arguments.accepted:
        chosen.append(consensus_id(workspace.records.project().id))
    return Selection(
        annotators=tuple(chosen),
        states=tuple(State(state) for state in arguments.state),
        with_out_of_play=not arguments.in_play,
        split=_split(arguments) if arguments.split else None,
    )


def _split(arguments: argparse.Namespace) -> Split:
    try:
        train, dev, test = (float(share) for share in arguments.split.split(","))
        return Split((train, dev, test), arguments.seed, arguments.by)
    except ValueError as error:
        raise FormatError("--split takes three shares that make up the whole, such as 0.8,0.1,0.1.") from error
