"""Krippendorff's alpha for any number of people, missing values allowed: nominal, ordinal, interval, ratio, sets.

Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania. The distance of sets is
MASI: Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic annotation. LREC.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import combinations
from typing import Any

from annotator.agreement.base import Adding, Measure, Score, Stats, undefined

PAPER = "Krippendorff 2011"
_MOST_AT_ONCE = 1_500
"""Different values whose distances are kept in a table."""

Values = Mapping[int, Hashable]
"""What each annotator, by number, said of one item; who said nothing is left out."""


def add_item(adding: Adding, label: str, values: Values) -> None:
    """Counts what annotators said of one item, if at least two said something."""
    if len(values) < 2:
        return
    weight = 1 / (len(values) - 1)
    adding.add(label, None, ("units",))
    for (one, mine), (other, theirs) in combinations(sorted(values.items(), key=_number), 2):
        adding.add(label, None, ("c", mine, theirs), weight)
        adding.add(label, (one, other), ("c", mine, theirs))


def _number(item: tuple[int, Hashable]) -> int:
    return item[0]


def coincidences(stats: Stats) -> dict[tuple[Any, Any], float]:
    """How often each value met each other one, both ways round."""
    found: dict[tuple[Any, Any], float] = defaultdict(float)
    for stat, amount in stats.items():
        if stat[0] == "c" and amount:
            found[stat[1], stat[2]] += amount
            found[stat[2], stat[1]] += amount
    return found


def alpha(stats: Stats, difference: str = "nominal") -> Score:
    """Alpha of the sums that add_item makes."""
    met = coincidences(stats)
    totals: dict[Any, float] = defaultdict(float)
    for (value, _), amount in met.items():
        totals[value] += amount
    whole = sum(totals.values())
    if not met:
        return undefined("no item was judged by two people")
    items = round(stats.get(("units",), whole / 2))
    percent = sum(amount for (one, other), amount in met.items() if one == other) / whole
    details = (("percent agreement", percent), ("largest share of one value", max(totals.values()) / whole))
    if len(totals) == 1:
        why = "everybody always gave the same value, so that agreement cannot be told from chance"
        return Score(None, items, why, details=details)
    observed, expected = _DISAGREEMENTS[difference](met, totals)
    if not expected:
        return Score(None, items, "the values do not differ in this measure", details=details)
    return Score(1 - (whole - 1) * observed / expected, items, details=details)


Met = Mapping[tuple[Any, Any], float]
Totals = Mapping[Any, float]


def _nominal(met: Met, totals: Totals) -> tuple[float, float]:
    whole = sum(totals.values())
    observed = sum(amount for (one, other), amount in met.items() if one != other)
    return observed, whole * whole - sum(total * total for total in totals.values())


def _ordinal(met: Met, totals: Totals) -> tuple[float, float]:
    """The distance of two ranks is the square of how many values lie between them, half of each end's own."""
    ordered = sorted(totals)
    reached, before = {}, 0.0
    for value in ordered:
        reached[value] = before + totals[value] / 2
        before += totals[value]
    observed = sum(amount * (reached[one] - reached[other]) ** 2 for (one, other), amount in met.items())
    return observed, _spread([(reached[value], totals[value]) for value in ordered])


def _interval(met: Met, totals: Totals) -> tuple[float, float]:
    observed = sum(amount * (one - other) ** 2 for (one, other), amount in met.items())
    return observed, _spread(list(totals.items()))


def _spread(weighted: Sequence[tuple[float, float]]) -> float:
    """The sum of all squared differences, each weighted by both totals, both ways round."""
    whole = sum(total for _, total in weighted)
    mean = sum(value * total for value, total in weighted) / whole  # without it large numbers lose their last digits
    return 2 * whole * sum(total * (value - mean) ** 2 for value, total in weighted)


def ratio_difference(one: float, other: float) -> float:
    """The squared difference of two amounts against their sum."""
    return ((one - other) / (one + other)) ** 2 if one + other else 0.0


def masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """1 minus the share that both have, times 1 for equal sets, 2/3 where one holds the other, 1/3 where they cross."""
    if one == other:
        return 0.0
    both = len(one & other)
    return 1 - both / len(one | other) * (2 / 3 if one <= other or other <= one else 1 / 3)


def _tabled(distance: Callable[[Any, Any], float], met: Met, totals: Totals) -> tuple[float, float]:
    import numpy as np

    observed = sum(amount * distance(one, other) for (one, other), amount in met.items())
    values = tuple(totals)
    amounts = np.array([totals[value] for value in values])
    if len(values) <= _MOST_AT_ONCE:
        return observed, float(amounts @ _table(distance, values) @ amounts)
    rows = (np.array([distance(value, other) for other in values]) for value in values)
    return observed, float(sum(total * (row @ amounts) for total, row in zip(amounts, rows, strict=True)))


@lru_cache(maxsize=8)
def _table(distance: Callable[[Any, Any], float], values: tuple[Any, ...]) -> Any:
    import numpy as np

    return np.array([[distance(one, other) for other in values] for one in values])


_DISAGREEMENTS: dict[str, Callable[[Met, Totals], tuple[float, float]]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": partial(_tabled, ratio_difference),
    "masi": partial(_tabled, masi_distance),
}

NOMINAL = Measure("alpha", "Krippendorff's alpha", "Krippendorff's alpha (nominal)", PAPER, alpha)
ORDINAL = Measure(
    "alpha-ordinal",
    "Krippendorff's alpha, ordinal",
    "Krippendorff's alpha (ordinal)",
    PAPER,
    partial(alpha, difference="ordinal"),
)
RATIO = Measure(
    "alpha-ratio",
    "Krippendorff's alpha, ratio",
    "Krippendorff's alpha (ratio)",
    PAPER,
    partial(alpha, difference="ratio"),
)
MASI = Measure(
    "alpha-masi",
    "Krippendorff's alpha, MASI",
    "Krippendorff's alpha with MASI distance",
    "Krippendorff 2011; Passonneau 2006",
    partial(alpha, difference="masi"),
)
