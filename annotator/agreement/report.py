"""A report of agreement: what was compared, every measure over all and for pairs, the worst articles, the months."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.agreement.base import Score

HEADS = (("claim words", "alpha"), ("claims", "claim-f1"), ("mentions", "overlap-f1"))
"""The measures by which single articles and months are judged: layer and measure."""

FEW = 5
"""A month with fewer articles is a small sample: draws from so few hardly differ, their interval is too short."""


@dataclass(frozen=True, slots=True)
class Line:
    """One score: of a layer by a measure, for a label (empty for all), and for two people (empty for all)."""

    layer: str
    measure: str
    label: str
    pair: tuple[str, str] | tuple[()]
    score: Score


@dataclass(frozen=True, slots=True)
class Named:
    """What a layer or measure is called in words; method and source are those of a methods sentence."""

    key: str
    title: str
    unit: str = ""
    method: str = ""
    source: str = ""
    rules: str = ""
    label_name: str = ""
    is_distance: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often each value met each other one: rows are what the first person says, columns the second.

    Where there is more than one pair of people, each meeting counts half in both directions, and people is empty.
    """

    layer: str
    label: str
    values: tuple[str, ...]
    counts: tuple[tuple[float, ...], ...]
    people: tuple[str, str] | tuple[()]

    def specific(self) -> tuple[tuple[str, float, float | None], ...]:
        """For each value how often it was given, and in which share of that by both (specific agreement)."""
        found = []
        for at, value in enumerate(self.values):
            given = sum(self.counts[at]) + sum(row[at] for row in self.counts)
            found.append((value, given, 2 * self.counts[at][at] / given if given else None))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Case:
    """How often two values met in an article, between two people."""

    article: str
    title: str
    people: tuple[str, str]
    count: float


@dataclass(frozen=True, slots=True)
class Part:
    """A single article or month by the measures of HEADS, None where one is undefined; those of all articles first.

    intervals are those of a month's values, None where there is none; articles have none at all.
    """

    key: str
    title: str
    articles: int
    values: tuple[float | None, ...]
    intervals: tuple[tuple[float, float] | None, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether a month has so few articles that it tells little."""
        return self.articles < FEW

    @property
    def mean(self) -> float | None:
        """The mean of what is defined."""
        known = [value for value in self.values if value is not None]
        return sum(known) / len(known) if known else None


@dataclass(frozen=True, slots=True)
class Person:
    """Who was compared, on how many articles, with how many records in play."""

    name: str
    kind: str
    articles: int
    mentions: int
    claims: int


@dataclass(frozen=True, slots=True)
class Changed:
    """How often a field was changed in review; n of the rate counts the records where it is filled in."""

    field: str
    rate: Score


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of records in review: of a person (empty for everybody), under a label (empty for all of the kind).

    rate is the share of those reviewed that were changed or rejected. fields has those that are changed most first.
    """

    person: str
    kind: str
    label: str
    records: int
    as_it_was: int
    changed: int
    rejected: int
    rate: Score
    fields: tuple[Changed, ...]

    @property
    def reviewed(self) -> int:
        """How many were decided on."""
        return self.as_it_was + self.changed + self.rejected


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. articles counts those that two or more people annotated, of all that there are.

    left_out counts the stretches out of play and the code points in them. worst has all articles, those with the least
    agreement first; months are in their order. review is empty where nothing was decided.
    """

    project: str
    schema: str
    guidelines: str
    articles: int
    of_articles: int
    words: int
    people: tuple[Person, ...]
    left_out: tuple[int, int]
    labels: tuple[str, ...]
    seed: int
    draws: int
    layers: tuple[Named, ...]
    measures: tuple[Named, ...]
    lines: tuple[Line, ...]
    matrices: tuple[Matrix, ...]
    worst: tuple[Part, ...]
    months: tuple[Part, ...]
    review: tuple[Reviewed, ...] = ()

    def named(self, key: str) -> Named:
        """The layer or measure with this key."""
        return next(one for one in (*self.layers, *self.measures) if one.key == key)

    def main(self, wanted: Callable[[Line], bool] = lambda _: True) -> tuple[Line, ...]:
        """The scores over all pairs."""
        return tuple(line for line in self.lines if not line.pair and wanted(line))
