"""Agreement over a project, from a private copy and in steps, and the report's files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from annotator.agreement.base import Score
from annotator.agreement.comparison import Comparison
from annotator.agreement.methods import READING_AID, methods
from annotator.agreement.over_time import SMALL, Course, Picture, Point, picture
from annotator.agreement.registry import layers
from annotator.agreement.report import HEADS, Case, Line, Matrix, Part, Report, Reviewed
from annotator.agreement.report_latex import latex
from annotator.agreement.report_svg import matrix_svg, months_svg, scores_svg
from annotator.agreement.report_tables import Cell, tables, to_json
from annotator.agreement.reviewing import RULE as REVIEW_RULE
from annotator.agreement.reviewing import Reviewing
from annotator.agreement.units import Around, units_of
from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.corpus import Corpus
from annotator.domain.schemas import parse
from annotator.errors import FormatError
from annotator.formats.cells import guarded
from annotator.formats.files import whole_file, whole_folder
from annotator.services.exporting import Snapshot
from annotator.storage.snapshots import SnapshotCorpus

__all__ = [
    "HEADS",
    "READING_AID",
    "REVIEW_RULE",
    "SMALL",
    "Asked",
    "Case",
    "Comparison",
    "Course",
    "Found",
    "Line",
    "Matrix",
    "Part",
    "Picture",
    "Point",
    "Report",
    "Reviewed",
    "Score",
    "compare",
    "compare_corpus",
    "methods",
    "picture",
    "save_csv",
    "save_latex",
    "save_svg",
    "to_json",
]

DRAWS = 1_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare. annotators are names or ids, empty for all people; labels are keys, empty for all.

    draws is how often articles are drawn for an interval (0 for none). guidelines names the version that was followed,
    empty for the one that the project has.
    """

    annotators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    seed: int = 0
    draws: int = DRAWS
    with_slow: bool = False
    guidelines: str = ""


@dataclass(slots=True)
class Found:
    """Where the report is, once all steps are done, and the comparison, to be asked for cases."""

    report: Report | None = None
    comparison: Comparison | None = None


def compare(snapshot: Snapshot, asked: Asked, found: Found) -> Iterator[tuple[int, int, None]]:
    """Compares what is in a copy, yielding how much is done and of how much; deletes the copy at the end.

    Raises FormatError when the project does not have an annotator or a label that is asked for.
    """
    try:
        if find_spec("scipy") is None:
            raise FormatError('Agreement needs the extra “agreement”: pip install "annotator[agreement]".')
        corpus = SnapshotCorpus(snapshot.path)
        try:
            yield from compare_corpus(corpus, asked, found)
        finally:
            corpus.close()
    finally:
        snapshot.close()


def compare_corpus(corpus: Corpus, asked: Asked, found: Found) -> Iterator[tuple[int, int, None]]:
    """Compares what is in a corpus, read article by article. Raises FormatError as compare does."""
    around = _around(corpus, asked)
    comparison, reviewing = Comparison(around, layers(with_slow=asked.with_slow)), Reviewing(around)
    articles = corpus.article_count()
    total = articles + comparison.steps
    for done, annotated in enumerate(corpus.articles(), start=1):
        comparison.add(units_of(annotated, around))
        reviewing.add(annotated)
        yield min(done, articles), total, None
    for done, _ in enumerate(comparison.summing_up(asked.draws), start=articles + 1):
        yield done, total, None
    report = comparison.report(asked.guidelines or around.schema.guidelines_version, asked.draws)
    review = reviewing.lines(asked.draws)
    found.report, found.comparison = replace(report, project=corpus.project.name, review=review), comparison


def _around(corpus: Corpus, asked: Asked) -> Around:
    schema = parse(corpus.project.schema)
    known = {label.key for label in schema.labels}
    strange = [label for label in asked.labels if label not in known]
    if strange:
        raise FormatError(f"The schema has no label “{strange[0]}”; it has {', '.join(sorted(known))}.")
    people = _people(tuple(corpus.annotators()), asked.annotators)
    entities = {entity.id: entity for entity in corpus.entities()}
    return Around(people, schema, entities, frozenset(asked.labels), asked.seed)


def _people(known: tuple[Annotator, ...], wanted: tuple[str, ...]) -> tuple[Annotator, ...]:
    """Those asked for, or all people: machines and the agreed result are compared only when they are named."""
    if not wanted:
        chosen = [one for one in known if one.kind is AnnotatorKind.PERSON]
    else:
        strange = [name for name in wanted if not any(name in {one.name, one.id} for one in known)]
        if strange:
            all_names = ", ".join(one.name for one in known)
            raise FormatError(f"Nobody in the project is called “{strange[0]}”; there are {all_names}.")
        chosen = [one for one in known if one.name in wanted or one.id in wanted]
    names = [one.name for one in chosen]
    # Two people of one name stay two; in a report their ids tell them apart.
    return tuple(
        one if names.count(one.name) == 1 else replace(one, name=f"{one.name} ({one.id[-4:]})") for one in chosen
    )


def save_csv(report: Report, target: Path) -> None:
    """Writes the report's tables into a new folder, one CSV file each, and the methods sentences beside them.

    Raises FormatError when it cannot be written, and when there is something in the folder.
    """
    import csv

    with whole_folder(target, is_export=False) as folder:
        for name, rows in tables(report).items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                file.write("\ufeff")  # else the spreadsheet most used takes it for a Western encoding
                writer = csv.writer(file, lineterminator="\r\n")
                writer.writerows([_spelled(cell) for cell in row] for row in rows)
        (folder / "methods.txt").write_text(methods(report) + "\n", encoding="utf-8")


def _spelled(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case _:
            return f"{cell:.10g}"


def save_latex(report: Report, target: Path) -> None:
    """Writes the report's main table for LaTeX. Raises FormatError when it cannot be written."""
    with whole_file(target) as file:
        file.write(latex(report))


def save_svg(report: Report, target: Path) -> None:
    """Writes the report's pictures into a new folder. Raises FormatError as save_csv does."""
    with whole_folder(target, is_export=False) as folder:
        (folder / "scores.svg").write_text(scores_svg(report), encoding="utf-8")
        (folder / "months.svg").write_text(months_svg(report), encoding="utf-8")
        for number, matrix in enumerate(report.matrices, start=1):
            (folder / f"confusion-{number:02}.svg").write_text(matrix_svg(report, matrix), encoding="utf-8")
