"""Percentile intervals by drawing articles with replacement (Efron 1979); no record is looked at again.

Efron, B. (1979). Bootstrap methods: another look at the jackknife. The Annals of Statistics 7(1), 1-26.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from annotator.agreement.base import Key, Measure, Pair, Stat, scored
from annotator.agreement.sums import Sums

DRAWS = 1_000
SHARE = 0.95
"""How much of what was drawn lies in an interval."""
_BLOCK = 100
MOST_STATS = 4_000
"""A label with more different sums than this (numbers that hardly repeat) gets no interval: it would take minutes."""


def draws_of(articles: int, draws: int, seed: int) -> Iterator[Any]:
    """How often each article is drawn, one row a draw, in blocks of rows.

    The same for all layers, and in every version of numpy.
    """
    import numpy as np

    source = np.random.RandomState(seed % 2**32)  # its stream is frozen, that of the newer generators is not
    for begun in range(0, draws, _BLOCK):
        chosen = (source.randint(0, articles, articles) for _ in range(min(_BLOCK, draws - begun)))
        yield np.array([np.bincount(one, minlength=articles) for one in chosen])


class Drawn:
    """What the draws give for a layer: the sums of each draw, by which any measure of the layer gets its interval."""

    def __init__(self, sums: Sums, measures: Sequence[Measure], draws: int, seed: int) -> None:
        ways = {measure.is_pairwise for measure in measures}
        places: dict[tuple[str, bool], list[int]] = {}
        for place, (label, pair, _) in enumerate(sums.keys):
            places.setdefault((label, pair is not None), []).append(place)
        kept = {which: its for which, its in places.items() if which[1] in ways and len(its) <= MOST_STATS}
        columns = [place for its in kept.values() for place in its]
        # One article alone says nothing about how articles differ.
        self._sums = sums.weighted(draws_of(len(sums), draws, seed) if len(sums) > 1 else (), columns)
        self._wanted: dict[tuple[str, bool], tuple[list[Key], slice]] = {}
        begin = 0
        for which, its in kept.items():
            self._wanted[which] = ([sums.keys[place] for place in its], slice(begin, begin + len(its)))
            begin += len(its)

    def interval(self, measure: Measure, label: str) -> tuple[float, float] | None:
        """From the 2.5th to the 97.5th percentile; None where fewer than half of the draws have a value."""
        wanted = self._wanted.get((label, measure.is_pairwise))
        if wanted is None or not len(self._sums):
            return None
        keys, columns = wanted
        values = []
        for row in self._sums[:, columns].tolist():
            by_pair: dict[Pair | None, dict[Stat, float]] = {}
            for (_, pair, stat), amount in zip(keys, row, strict=True):
                by_pair.setdefault(pair, {})[stat] = amount
            value = scored(measure, by_pair).value
            if value is not None:
                values.append(value)
        return percentiles(values) if 2 * len(values) >= len(self._sums) else None


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
