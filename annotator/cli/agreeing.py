"""annotator agree: how well the people agree who annotated the same articles."""

import argparse
import json
from pathlib import Path
from typing import Any

from annotator.cli.progress import followed
from annotator.errors import FormatError

NAME = "agree"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Measures how well people agree on the articles that two or more of them annotated. The project is only read. "
        "What is undefined is printed as undefined, with the reason."
    )
    parser = parsers.add_parser(NAME, help="measure agreement", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument(
        "--annotator", action="append", default=[], metavar="NAME", help="compare these only (default: all people)"
    )
    parser.add_argument("--label", action="append", default=[], metavar="KEY", help="of mentions only these labels")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same intervals (default: 0)")
    parser.add_argument(
        "--draws",
        type=int,
        default=1_000,
        help="how often articles are drawn for an interval; 0 for none (default: 1000)",
    )
    parser.add_argument("--gamma", action="store_true", help="gamma and gamma-cat as well; they take minutes")
    parser.add_argument(
        "--guidelines",
        default="",
        metavar="VERSION",
        help="which guidelines were followed, to be stated (default: those of the project’s schema)",
    )
    parser.add_argument("--csv", type=Path, metavar="FOLDER", help="write all tables into a new folder")
    parser.add_argument("--latex", type=Path, metavar="FILE", help="write the main table for LaTeX")
    parser.add_argument("--svg", type=Path, metavar="FOLDER", help="write pictures into a new folder")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    del faces
    # Not at the start: the other subcommands do without it.
    from annotator.services import comparing
    from annotator.services.exporting import snapshot_of

    if arguments.draws < 0:
        raise FormatError("--draws takes a number of 0 or more.")
    asked = comparing.Asked(
        annotators=tuple(arguments.annotator),
        labels=tuple(arguments.label),
        seed=arguments.seed,
        draws=arguments.draws,
        with_slow=arguments.gamma,
        guidelines=arguments.guidelines,
    )
    found = comparing.Found()
    for _ in followed(comparing.compare(snapshot_of(arguments.project), asked, found)):
        pass
    report = found.report
    assert report is not None
    if not report.articles and not report.review:
        raise FormatError("There is nothing to compare: no article was annotated by two people or more.")
    if arguments.csv:
        comparing.save_csv(report, arguments.csv)
    if arguments.latex:
        comparing.save_latex(report, arguments.latex)
    if arguments.svg:
        comparing.save_svg(report, arguments.svg)
    if arguments.json:
        print(json.dumps(comparing.to_json(report), ensure_ascii=False, indent=1))
    else:
        _tell(report)
        print(f"\n{comparing.READING_AID}\n\n{comparing.methods(report)}")
    return 0


def _tell(report: Any) -> None:
    layer = ""
    for line in report.main():
        if line.layer != layer:
            layer = line.layer
            print(f"\n{report.named(layer).title}")
        name = f"{line.label}: " if line.label else ""
        percent = dict(line.score.details).get("percent agreement")
        beside = f"  ({100 * percent:.1f} % agreement)" if percent is not None and line.measure != "percent" else ""
        print(f"  {name + report.named(line.measure).title:58} {line.score.words()}  n = {line.score.n:,}{beside}")
    _tell_review(report)
    shown = [part for part in report.worst if part.mean is not None][:5]
    if shown:
        print("\nArticles with the least agreement")
        for part in shown:
            print(f"  {part.mean:.3f}  {part.title}")


def _tell_review(report: Any) -> None:
    """What became of records in review, of everybody and of each person; the tables have each label too."""
    lines = [one for one in report.review if not one.label]
    if lines:
        print("\nReview (changed or rejected, of those reviewed)")
    for one in lines:
        name = f"{one.person or 'Everybody'}: {one.kind}"
        print(f"  {name:58} {one.rate.words()}  {one.reviewed:,} of {one.records:,} reviewed")
        if not one.person:
            for field in one.fields:
                print(f"    {field.field:56} {field.rate.words()}  n = {field.rate.n:,}")
