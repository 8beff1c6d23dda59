"""annotator suggest: lets the machine look at all articles and keeps what it proposes, for people to decide."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.cli.progress import counted, followed
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import Wishes
from annotator.errors import FormatError
from annotator.services.projects import open_project

NAME = "suggest"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Proposes names, claims and zones in all articles and keeps the proposals in the project, apart from what "
        "people mark. What was looked at already is passed over, so it can be stopped and goes on where it was."
    )
    parser = parsers.add_parser(NAME, help="let the machine propose", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument(
        "--processes", type=int, default=1, metavar="N", help="how many processes share the work (default: 1)"
    )
    parser.add_argument(
        "--proposer",
        action="append",
        default=[],
        metavar="NAME",
        help="only this one: names, “known names”, places, “who is who”, “claim rules”, “zone rules” (repeat)",
    )
    parser.add_argument(
        "--label",
        action="append",
        default=[],
        metavar="NAME=KEY",
        help="names under this label of the pipeline get this label of the schema, none if KEY is empty (repeat)",
    )
    parser.add_argument(
        "--pipeline",
        type=Path,
        metavar="FOLDER",
        help="a spaCy pipeline in a folder; loading runs what it brings along, so name only one that you trust",
    )
    parser.add_argument(
        "--scheduler",
        nargs="?",
        const="local",
        metavar="ADDRESS",
        help="share the work on a Dask cluster (tcp://host:8786); without an address on processes of this machine",
    )
    parser.add_argument("--again", action="store_true", help="look again at what was looked at already")
    parser.add_argument("--json", action="store_true", help="print what it came to as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    # Not at the start: the other subcommands do without it.
    from annotator.services import proposing, suggesting

    if arguments.processes < 1:
        raise FormatError("--processes takes a number of 1 or more.")
    for proposer in arguments.proposer:
        if proposer not in proposing.PROPOSERS:
            known = ", ".join(f"“{name}”" for name in proposing.PROPOSERS)
            raise FormatError(f"There is no proposer “{proposer}”. There are: {known}.")
    asked = suggesting.Asked(
        tuple(arguments.proposer) or proposing.PROPOSERS, arguments.processes, again=arguments.again
    )
    workspace, found = open_project(arguments.project, faces.person()), suggesting.Found()
    try:
        steps = _pass(arguments, workspace, asked, found)
        for _, _, batch in followed(
            steps, lambda *step: f"{counted(*step)}, {found.words_per_second:,.0f} words per second"
        ):
            suggesting.store(workspace, batch)
    finally:
        workspace.close()
    if arguments.json:
        print(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        _tell(found)
    if missing := suggesting.what_is_missing(found):
        print(missing, file=sys.stderr)
    return 0


def _pass(arguments: argparse.Namespace, workspace: Any, asked: Any, found: Any) -> Any:
    """The pass over the project, here or on a cluster."""
    from annotator.services import proposing, spreading, suggesting
    from annotator.services.apart import SuggesterApart

    path, schema = workspace.records.path, workspace.records.schema
    wishes = _wishes(arguments, schema)
    if arguments.scheduler in {None, "local"}:
        # Machines elsewhere have not what was learned here.
        wishes = replace(wishes, project=workspace.records.project().id)
    if arguments.scheduler:
        return spreading.spread(path, schema, wishes, asked, found, arguments.scheduler)
    # With several processes this one loads no pipeline.
    suggester = (SuggesterApart if asked.processes > 1 else proposing.Suggester)(schema, wishes)
    return suggesting.suggest(path, suggester, asked, found)


def _wishes(arguments: argparse.Namespace, schema: Schema) -> Wishes:
    chosen, keys = [], [label.key for label in schema.labels]
    for said in arguments.label:
        name, equals, key = said.partition("=")
        if not equals or (key and key not in keys):
            raise FormatError(f"“{said}” is no NAME=KEY with a label of this schema: {', '.join(keys)}.")
        chosen.append((name, key))
    return Wishes(labels=tuple(chosen), folder=arguments.pipeline)


def _as_json(found: Any) -> dict[str, Any]:
    return {
        "articles": found.articles,
        "words": found.words,
        "seconds": round(found.seconds, 3),
        "words_per_second": round(found.words_per_second, 1),
        "suggestions": dict(found.suggestions),
        "models": found.models,
        "languages_without_model": list(found.without),
        "has_places": found.has_places,
    }


def _tell(found: Any) -> None:
    if not found.articles:
        print("Nothing to do: every article was looked at already.")
        return
    print(f"{found.articles:,} articles, {found.words:,} words, {found.words_per_second:,.0f} words per second")
    for proposer, count in sorted(found.suggestions.items()):
        print(f"  {proposer}: {count:,} suggestions")
