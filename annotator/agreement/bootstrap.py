"""Percentile intervals by drawing articles with replacement (Efron 1979); no record is looked at again.

Efron, B. (1979). Bootstrap methods: another look at the jackknife. The Annals of Statistics 7(1), 1-26.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from annotator.agreement.base import Measure, Pair, Stat, scored
from annotator.agreement.sums import Sums

DRAWS = 1_000
SHARE = 0.95
"""How much of what was drawn lies in an interval."""
MOST_STATS = 4_000
"""A label with more different sums than this (numbers that hardly repeat) gets no interval: it would take minutes."""


def draws_of(articles: int, draws: int, seed: int) -> Iterator[Any]:
    """How often each article is drawn, an array a draw: the same for all layers and in every version of numpy."""
    import numpy as np

    source = np.random.RandomState(seed % 2**32)  # its stream is frozen, that of the newer generators is not
    for _ in range(draws):
        yield np.bincount(source.randint(0, articles, articles), minlength=articles)


class Drawn:
    """What the draws give for a layer: the sums of each draw, by which any measure of the layer gets its interval."""

    def __init__(self, sums: Sums, draws: int, seed: int) -> None:
        import numpy as np

        articles = len(sums)
        self._places: dict[str, list[tuple[int, Pair | None, Stat]]] = {}
        for place, (label, pair, stat) in enumerate(sums.keys):
            self._places.setdefault(label, []).append((place, pair, stat))
        # One article alone says nothing about how articles differ.
        weights = draws_of(articles, draws, seed) if articles > 1 else iter(())
        self._sums = np.array(list(sums.weighted(weights)))

    def interval(self, measure: Measure, label: str) -> tuple[float, float] | None:
        """From the 2.5th to the 97.5th percentile; None where fewer than half of the draws have a value."""
        wanted = [one for one in self._places.get(label, []) if measure.is_pairwise == (one[1] is not None)]
        if not wanted or len(wanted) > MOST_STATS or not len(self._sums):
            return None
        values = []
        columns = self._sums[:, [place for place, _, _ in wanted]].tolist()
        for row in columns:
            by_pair: dict[Pair | None, dict[Stat, float]] = {}
            for (_, pair, stat), amount in zip(wanted, row, strict=True):
                by_pair.setdefault(pair, {})[stat] = amount
            value = scored(measure, by_pair).value
            if value is not None:
                values.append(value)
        return percentiles(values) if 2 * len(values) >= len(columns) else None


def percentiles(values: Sequence[float], share: float = SHARE) -> tuple[float, float]:
    """The values between which the middle share of all lies; at least one is given."""
    ordered = sorted(values)
    cut = (1 - share) / 2
    return _at(ordered, cut), _at(ordered, 1 - cut)


def _at(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
