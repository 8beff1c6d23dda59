"""A report of agreement: what was compared, every measure over all and for pairs, the worst articles, the months."""

from collections.abc import Callable
from dataclasses import dataclass

from annotator.agreement.base import Score

HEADS = (("claim words", "alpha"), ("claims", "claim-f1"), ("mentions", "overlap-f1"))
"""The measures by which single articles and months are judged: layer and measure."""


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
    """A single article or month by the measures of HEADS, None where one is undefined; those of all articles first."""

    key: str
    title: str
    articles: int
    values: tuple[float | None, ...]

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
class Report:
    """All of it. articles counts those that two or more people annotated, of all that there are.

    left_out counts the stretches out of play and the code points in them. worst has all articles, those with the least
    agreement first; months are in their order.
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

    def named(self, key: str) -> Named:
        """The layer or measure with this key."""
        return next(one for one in (*self.layers, *self.measures) if one.key == key)

    def main(self, wanted: Callable[[Line], bool] = lambda _: True) -> tuple[Line, ...]:
        """The scores over all pairs."""
        return tuple(line for line in self.lines if not line.pair and wanted(line))
