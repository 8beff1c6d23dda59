"""What the measures share: scores, tallies that can be added up, and what a measure and a layer are."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.agreement.units import ArticleUnits

Pair = tuple[int, int]
"""Two annotators by their numbers in the report, the smaller first."""
Stat = tuple[Hashable, ...]
"""What is counted: its name, then what tells it apart from others of the name, such as ("c", "actor", "place")."""
Stats = Mapping[Stat, float]
"""Sums that a score is made of."""
Key = tuple[str, Pair | None, Stat]
"""A sum's label (empty for all labels), its pair (None for all annotators at once), and what it counts."""
Tally = dict[Key, float]
"""The sums of one article. Those of two articles may be added: their score is that of both articles together."""


@dataclass(frozen=True, slots=True)
class Score:
    """The value of a measure and how many items it rests on.

    value is None where the measure is undefined; then undefined says why, as the end of a sentence that begins
    “undefined, because”. details are figures that are read beside it, such as the percent agreement.
    """

    value: float | None
    n: int
    undefined: str = ""
    interval: tuple[float, float] | None = None
    details: tuple[tuple[str, float], ...] = ()

    def words(self) -> str:
        """The value with three decimals and its interval, or why there is none."""
        if self.value is None:
            return f"undefined, because {self.undefined}"
        between = f" [{self.interval[0]:.3f}, {self.interval[1]:.3f}]" if self.interval else ""
        return f"{self.value:.3f}{between}"


def undefined(why: str, n: int = 0) -> Score:
    """A score without a value."""
    return Score(None, n, why)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. score makes it of sums; method is how it is named in a methods sentence, source is where it is from.

    Where is_pairwise is set it is made for each pair of annotators, and the value over all is the mean over the pairs;
    else it is made of the sums over all annotators, and of those of each pair that has any. is_distance tells that
    less is better.
    """

    key: str
    title: str
    method: str
    source: str
    score: Callable[[Stats], Score]
    is_pairwise: bool = False
    is_distance: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """What is compared: count makes the sums of one article, measures are made of them. needs says what it takes.

    label_name says what the labels of the sums are; rules holds one sentence on how units were made or matched.
    """

    key: str
    title: str
    unit: str
    needs: str
    count: Callable[[ArticleUnits], Tally]
    measures: tuple[Measure, ...]
    label_name: str = "label"
    rules: str = ""
    is_slow: bool = False


@dataclass(slots=True)
class Adding:
    """Collects the sums of one article."""

    tally: Tally = field(default_factory=dict)

    def add(self, label: str, pair: Pair | None, stat: Stat, by: float = 1.0) -> None:
        """Adds to a sum."""
        key = (label, pair, stat)
        self.tally[key] = self.tally.get(key, 0.0) + by


def stats_of(tally: Mapping[Key, float], label: str) -> dict[Pair | None, dict[Stat, float]]:
    """The sums of a label: those of all annotators at once under None, and those of each pair."""
    found: dict[Pair | None, dict[Stat, float]] = {}
    for (its_label, pair, stat), amount in tally.items():
        if its_label == label:
            found.setdefault(pair, {})[stat] = amount
    return found


def scored(measure: Measure, by_pair: Mapping[Pair | None, Stats]) -> Score:
    """The measure over all annotators, made of the sums of one label."""
    if not measure.is_pairwise:
        return measure.score(by_pair.get(None, {}))
    scores = [measure.score(stats) for pair, stats in sorted(by_pair.items(), key=_by_pair) if pair is not None]
    known = [(score.value, score.n) for score in scores if score.value is not None]
    if not known:
        return scores[0] if scores else measure.score({})
    details = tuple(_mean_details(scores))
    return Score(sum(value for value, _ in known) / len(known), sum(n for _, n in known), details=details)


def _by_pair(item: tuple[Pair | None, Stats]) -> Pair:
    return item[0] or (-1, -1)


def _mean_details(scores: list[Score]) -> Iterator[tuple[str, float]]:
    found: dict[str, list[float]] = {}
    for score in scores:
        if score.value is not None:
            for name, figure in score.details:
                found.setdefault(name, []).append(figure)
    for name, figures in found.items():
        yield name, sum(figures) / len(figures)
