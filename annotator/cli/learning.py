"""annotator learn: trains on what people annotated, tells how good that is, and uses it when it is better."""

import argparse
import json
from pathlib import Path
from typing import Any

from annotator.cli.progress import followed, share
from annotator.errors import FormatError

NAME = "learn"


def add(parsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the subcommand."""
    about = (
        "Trains on the project's annotations, on this machine alone: claims with source and cue, and names under the "
        "project's labels. Some articles are held out and tell how good it is beside what is suggested without "
        "training. What is better is used for suggestions from then on; what was learned before is kept until then."
    )
    parser = parsers.add_parser(NAME, help="learn from the annotations", description=about)
    parser.add_argument("project", type=Path, help="the project")
    parser.add_argument(
        "--held-out", type=float, default=0.2, metavar="SHARE", help="the share of articles held out (default: 0.2)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number holds out other articles")
    parser.add_argument(
        "--pipeline",
        type=Path,
        metavar="FOLDER",
        help="a spaCy pipeline in a folder to start from; loading runs what it brings along, so it must be trusted",
    )
    parser.add_argument("--even-if-worse", action="store_true", help="use what was learned, better or not")
    parser.add_argument("--forget", action="store_true", help="throw away what was learned, and learn nothing")
    parser.add_argument(
        "--save-pipeline",
        type=Path,
        metavar="FOLDER",
        help="write what was learned before as a spaCy pipeline that spacy.load opens, and learn nothing",
    )
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, faces: Any) -> int:
    del faces
    # Not at the start: the other subcommands do without it.
    from annotator.services import learned_models, learning
    from annotator.services.exporting import snapshot_of

    if not 0 < arguments.held_out < 1:
        raise FormatError("--held-out takes a share between 0 and 1, such as 0.2.")
    if arguments.forget:
        return _forget(arguments)
    if arguments.save_pipeline:
        return _save_pipeline(arguments)
    outcome = learning.Outcome()
    asked = learning.Asked(arguments.held_out, arguments.seed, arguments.pipeline)
    with snapshot_of(arguments.project) as copy:
        for _ in followed(learning.learn(copy.path, asked, outcome), share):
            pass
    uses = tuple(outcome.savers) if arguments.even_if_worse else outcome.better
    card = learning.save(outcome, uses) if uses else outcome.card
    if arguments.json:
        print(json.dumps(card.as_json() if card else {}, ensure_ascii=False, indent=1))
        return 0
    _tell(outcome)
    print()
    for part in outcome.savers:
        better = "better" if part in outcome.better else "not better"
        print(f"The learned {part} are {better} than without learning, and {'' if part in uses else 'not '}used.")
    if uses:
        print("The next suggestions are made with what was learned: annotator suggest. Kept in")
        print(f"  {learned_models.folder_of(outcome.project) if outcome.project else ''}")
    elif outcome.project and (learned_models.folder_of(outcome.project)).exists():
        print("What was learned before stays in use.")
    return 0


def _forget(arguments: argparse.Namespace) -> int:
    from annotator.services import learned_models
    from annotator.services.exporting import snapshot_of
    from annotator.services.learning import project_of

    with snapshot_of(arguments.project) as copy:
        was_there = learned_models.forget(project_of(copy.path))
    print("What was learned is forgotten." if was_there else "Nothing was learned from this project.")
    return 0


def _save_pipeline(arguments: argparse.Namespace) -> int:
    from annotator.services import learned_models
    from annotator.services.exporting import snapshot_of
    from annotator.services.learning import project_of

    with snapshot_of(arguments.project) as copy:
        project = project_of(copy.path)
    card = learned_models.save_pipeline(project, arguments.save_pipeline, arguments.pipeline)
    print(f"{card.pipeline} with the learned {' and '.join(card.uses)} is in {arguments.save_pipeline}.")
    if learned_models.CLAIMS in card.uses:
        print(
            "spacy.load opens it where this program is installed; claims are in the span groups content, cue, source."
        )
    return 0


def _tell(outcome: Any) -> None:
    counts = outcome.counts
    print(f"{counts['articles']:,} articles with {counts['claims']:,} claims and {counts['names']:,} names.")
    if counts["articles in other languages"]:
        print(f"{counts['articles in other languages']:,} articles in other languages were left out.")
    print(f"\n{'on articles held out':26}{'without learning':^30}{'learned':^30}")
    heads = "".join(f"{head:>10}" for head in ("precision", "recall", "F1") * 2)
    print(f"{'':26}{heads}{'recorded':>10}")
    for row in outcome.rows:
        figures = [figure for one in (row.untrained, row.learned) for figure in (one.precision, one.recall, one.f1)]
        shown = "".join(f"{'-' if figure is None else format(figure, '.3f'):>10}" for figure in figures)
        print(f"{row.what[:25]:26}{shown}{row.learned.gold:>10,}")
