"""annotator bring-in: takes what teammates recorded in their copies of a project."""

import argparse
import json
from pathlib import Path
from typing import Any

from annotator.domain.backups import Why
from annotator.services import teamwork
from annotator.services.exporting import take_snapshot
from annotator.services.projects import open_project
from annotator.services.teamwork import Preview, Summary
from annotator.services.workspace import Workspace

NAME = "bring-in"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Takes what teammates recorded in their copies, in any order and any number of times; nothing comes in twice."
    )
    parser = parsers.add_parser(NAME, help="take what teammates recorded", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument("files", nargs="+", type=Path, help="project files of teammates")
    parser.add_argument("--preview", action="store_true", help="only say what would happen")
    parser.add_argument("--unrelated", action="store_true", help="take files that do not come from this project too")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    workspace = open_project(arguments.project, faces.person())
    try:
        # All of them before anything is taken: a name that is misspelt, or a file of another project, is no half a job.
        for path in arguments.files:
            teamwork.check_related(workspace, path, is_asked=arguments.unrelated)
        reports = [_one(arguments, workspace, path) for path in arguments.files]
        if arguments.json:
            print(json.dumps(reports, ensure_ascii=False, indent=1))
        return 1 if any(report["problems"] or report["conflicts"] for report in reports) else 0
    finally:
        workspace.close()


def _one(arguments: argparse.Namespace, workspace: Workspace, path: Path) -> dict[str, Any]:
    if arguments.preview:
        *_, (_, _, found) = teamwork.preview(workspace, take_snapshot(workspace), path)
        assert found is not None
    else:
        workspace.back_up(Why.BRING_IN)
        known = teamwork.bring_in(workspace, path)
        problems = tuple(problem.reason for problem in known.findings.problems)
        found = Preview(Summary.of(known), tuple(teamwork.questions(known, workspace.records)), problems)
    report = _report(path, found)
    if not arguments.json:
        _tell(report)
    return report


def _report(path: Path, found: Preview) -> dict[str, Any]:
    return {
        "file": path.name,
        "new": dict(found.summary.new),
        "changed": dict(found.summary.changed),
        "deleted": dict(found.summary.deleted),
        "conflicts": [
            {
                "record": one.record,
                "words": one.words,
                "field": one.field,
                "values": [{"annotator": wish.who, "value": wish.value} for wish in one.wishes],
            }
            for one in found.questions
        ],
        "problems": list(found.problems),
    }


def _tell(report: dict[str, Any]) -> None:
    print(f"{report['file']}:")
    for how in ("new", "changed", "deleted"):
        for kind, count in sorted(report[how].items()):
            print(f"  {count:,} {how}: {kind}")
    if not (report["new"] or report["changed"] or report["deleted"]):
        print("  nothing that the project does not have")
    for conflict in report["conflicts"]:
        said = " / ".join(f"{wish['annotator']}: {wish['value']}" for wish in conflict["values"])
        what = conflict["field"] or "deleted by one, changed by another"
        print(f"  in conflict: {what} of “{conflict['words']}”: {said}")
    for problem in report["problems"]:
        print(f"  left out: {problem}")
