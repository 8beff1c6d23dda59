"""Sentences for the methods section of a paper: what was compared, by which measures and rules, with which seed."""

from annotator.agreement.base import Score
from annotator.agreement.report import Line, Report
from annotator.agreement.reviewing import RULE

READING_AID = (
    "Krippendorff asks for an alpha of 0.800 or more, and for 0.667 or more where conclusions are tentative. Beside "
    "alpha and kappa stands the plain share of agreement: where nearly all is of one value, they fall though people "
    "agree."
)
"""How to read the figures; no line between good and bad is drawn."""


def methods(report: Report) -> str:
    """The sentences, ready to copy; only measures that have a value are named."""
    said = [_compared(report)] if report.articles else []
    rules: dict[str, None] = {}
    for layer in report.layers:
        lines = report.main(lambda line, key=layer.key: line.layer == key and line.score.value is not None)  # type: ignore[misc]
        whole = [line for line in lines if not line.label] or lines
        if whole:
            figures = "; ".join(
                f"{_about(report, line)} = {line.score.words()} (n = {line.score.n:,})" for line in whole
            )
            said.append(f"{layer.title}: {figures}.")
            rules[layer.rules] = None
    said += [rule for rule in rules if rule]
    said += _reviewed(report)
    if report.draws:
        said.append(
            "Intervals are 95 % percentile intervals of a bootstrap over articles "
            f"({report.draws:,} draws, seed {report.seed})."
        )
    elif any(layer.key.endswith("gamma") for layer in report.layers):
        said.append(f"Samples were drawn with seed {report.seed}.")
    sources = {one.source for one in report.measures if one.source and _is_used(report, one.key)}
    if sources:
        said.append(f"Measures: {'; '.join(sorted({part for source in sources for part in source.split('; ')}))}.")
    return " ".join(said)


def _compared(report: Report) -> str:
    zones, characters = report.left_out
    people = sum(1 for person in report.people if person.articles)
    out = (
        f", leaving out {_count(zones, 'stretch', 'stretches')} out of play ({characters:,} characters)"
        if zones
        else ""
    )
    labels = f", of mentions only those labelled {', '.join(report.labels)}" if report.labels else ""
    under = f"the schema {report.schema}" + (f" and guidelines {report.guidelines}" if report.guidelines else "")
    return (
        f"Agreement was measured on {_count(report.articles, 'article', 'articles')} "
        f"({report.words:,} words and signs) that two or more of "
        f"{_count(people, 'annotator', 'annotators')} annotated, under {under}{out}{labels}."
    )


_MOST_FIELDS = 5
"""More fields are not read in a sentence; the tables have them all."""


def _reviewed(report: Report) -> list[str]:
    """What became of everybody's records in review, kind by kind, with the fields that were changed most."""
    said = []
    for one in report.review:
        if not one.person and not one.label and one.reviewed:
            most = [field for field in one.fields if field.rate.value][:_MOST_FIELDS]
            fields = "; ".join(f"{field.field} {_share(field.rate)} of {field.rate.n:,}" for field in most)
            said.append(
                f"Of {one.records:,} {one.kind} {one.reviewed:,} were reviewed ({100 * one.reviewed / one.records:.1f} "
                f"%): {one.as_it_was:,} accepted as they were, {one.changed:,} changed, {one.rejected:,} rejected "
                f"(change rate {_share(one.rate)})" + (f"; changed most often: {fields}." if fields else ".")
            )
    return [*said, RULE] if said else []


def _share(rate: Score) -> str:
    """A rate in per cent, with its interval."""
    low, high = rate.interval or (None, None)
    between = f" [{100 * low:.1f}, {100 * high:.1f}]" if low is not None and high is not None else ""
    return f"{100 * (rate.value or 0):.1f} %{between}"


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _about(report: Report, line: Line) -> str:
    method = report.named(line.measure).method
    label = f" of {line.label}" if line.label else ""
    return f"{method}{label}"


def _is_used(report: Report, measure: str) -> bool:
    return any(line.measure == measure and line.score.value is not None for line in report.lines)
