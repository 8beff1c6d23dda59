"""A report as tables and as JSON: the same figures, in an order that does not change from run to run."""

from collections.abc import Iterator
from typing import Any

from annotator.agreement.base import Score
from annotator.agreement.methods import methods
from annotator.agreement.report import HEADS, Line, Part, Report, Reviewed

Cell = str | int | float | None
Rows = list[tuple[Cell, ...]]


def tables(report: Report) -> dict[str, Rows]:
    """Tables by name; the first row of each has the names of its columns."""
    heads = tuple(f"{report.named(layer).title}: {report.named(measure).title}" for layer, measure in HEADS)
    return {
        "scores": [_SCORE_COLUMNS, *(_score_row(report, line) for line in report.lines)],
        "values": [("layer", "what", "value", "given", "specific_agreement"), *_values(report)],
        "confusion": [("layer", "what", "first", "second", "one", "other", "count"), *_meetings(report)],
        "articles": [("id", "title", *heads), *((part.key, part.title, *part.values) for part in report.worst)],
        "months": [
            ("month", "articles", "small_sample", *(f"{head}{end}" for head in heads for end in ("", " low", " high"))),
            *map(_month_row, report.months),
        ],
        "annotators": [
            ("name", "kind", "articles", "mentions", "claims"),
            *((one.name, one.kind, one.articles, one.mentions, one.claims) for one in report.people),
        ],
        "review": [_REVIEW_COLUMNS, *map(_review_row, report.review)],
        "review_fields": [_FIELD_COLUMNS, *_fields(report)],
    }


_SCORE_COLUMNS = (
    *("layer", "measure", "label", "first", "second", "value", "low", "high", "n", "undefined_because"),
    *("percent_agreement", "largest_share"),
)


def _month_row(part: Part) -> tuple[Cell, ...]:
    cells: list[Cell] = [part.key, part.articles, "yes" if part.is_small else ""]
    for value, interval in zip(part.values, part.intervals, strict=True):
        cells += [value, *(interval or (None, None))]
    return tuple(cells)


_REVIEW_COLUMNS = (
    *("annotator", "kind", "label", "records", "reviewed", "as_it_was", "changed", "rejected"),
    *("change_rate", "low", "high"),
)
_FIELD_COLUMNS = ("annotator", "kind", "label", "field", "change_rate", "low", "high", "n")


def _review_row(one: Reviewed) -> tuple[Cell, ...]:
    low, high = one.rate.interval or (None, None)
    counts = one.records, one.reviewed, one.as_it_was, one.changed, one.rejected
    return one.person, one.kind, one.label, *counts, one.rate.value, low, high


def _fields(report: Report) -> Iterator[tuple[Cell, ...]]:
    for one in report.review:
        for field in one.fields:
            low, high = field.rate.interval or (None, None)
            yield one.person, one.kind, one.label, field.field, field.rate.value, low, high, field.rate.n


def _score_row(report: Report, line: Line) -> tuple[Cell, ...]:
    score = line.score
    low, high = score.interval or (None, None)
    details = dict(score.details)
    first, second = line.pair or ("", "")
    names = report.named(line.layer).title, report.named(line.measure).title
    about = details.get("percent agreement"), details.get("largest share of one value")
    return (*names, line.label, first, second, score.value, low, high, score.n, score.undefined, *about)


def _values(report: Report) -> Iterator[tuple[Cell, ...]]:
    for matrix in report.matrices:
        for value, given, share in matrix.specific():
            yield report.named(matrix.layer).title, matrix.label, value, given, share


def _meetings(report: Report) -> Iterator[tuple[Cell, ...]]:
    for matrix in report.matrices:
        first, second = matrix.people or ("", "")
        for one, row in zip(matrix.values, matrix.counts, strict=True):
            for other, count in zip(matrix.values, row, strict=True):
                if count:
                    yield report.named(matrix.layer).title, matrix.label, first, second, one, other, count


def to_json(report: Report) -> dict[str, Any]:
    """The report as JSON values; what is undefined is null, with the reason beside it."""
    return {
        "format": "annotator-agreement",
        "version": 1,
        "project": report.project,
        "schema": report.schema,
        "guidelines": report.guidelines,
        "articles": report.articles,
        "of_articles": report.of_articles,
        "words": report.words,
        "left_out": {"stretches": report.left_out[0], "characters": report.left_out[1]},
        "labels": list(report.labels),
        "seed": report.seed,
        "draws": report.draws,
        "annotators": [
            {
                "name": one.name,
                "kind": one.kind,
                "articles": one.articles,
                "mentions": one.mentions,
                "claims": one.claims,
            }
            for one in report.people
        ],
        "layers": [{"key": one.key, "title": one.title, "unit": one.unit, "rules": one.rules} for one in report.layers],
        "measures": [
            {"key": one.key, "title": one.title, "source": one.source, "less_is_better": one.is_distance}
            for one in report.measures
        ],
        "scores": [_line(line) for line in report.lines],
        "confusion": [
            {
                "layer": matrix.layer,
                "what": matrix.label,
                "people": list(matrix.people),
                "values": list(matrix.values),
                "counts": [list(row) for row in matrix.counts],
            }
            for matrix in report.matrices
        ],
        "worst_articles": [{"id": part.key, "title": part.title, **_heads(part)} for part in report.worst],
        "months": list(map(_month, report.months)),
        "review": list(map(_review, report.review)),
        "methods": methods(report),
    }


def _month(part: Part) -> dict[str, Any]:
    intervals = {
        f"{layer}/{measure}": list(between) if between else None
        for (layer, measure), between in zip(HEADS, part.intervals, strict=True)
    }
    about = {"month": part.key, "articles": part.articles, "small_sample": part.is_small}
    return {**about, **_heads(part), "intervals": intervals}


def _review(one: Reviewed) -> dict[str, Any]:
    return {
        "annotator": one.person,
        "kind": one.kind,
        "label": one.label,
        "records": one.records,
        "reviewed": one.reviewed,
        "as_it_was": one.as_it_was,
        "changed": one.changed,
        "rejected": one.rejected,
        "review_rate": one.reviewed / one.records,
        "change_rate": _score(one.rate),
        "fields": [{"field": field.field, **_score(field.rate)} for field in one.fields],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "layer": line.layer,
        "measure": line.measure,
        "label": line.label,
        "pair": list(line.pair),
        **_score(line.score),
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "value": score.value,
        "n": score.n,
        "interval": list(score.interval) if score.interval else None,
        "undefined_because": score.undefined or None,
        "details": dict(score.details),
    }


def _heads(part: Part) -> dict[str, Any]:
    return {"scores": {f"{layer}/{measure}": value for (layer, measure), value in zip(HEADS, part.values, strict=True)}}
