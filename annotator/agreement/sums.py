"""Sums kept article by article, small enough for large corpora, from which any choice of articles is added up."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.agreement.base import Key, Tally


class Sums:
    """The tallies of a layer, one row an article. Each sum of a row takes 16 bytes."""

    def __init__(self) -> None:
        self._columns: dict[Key, int] = {}
        self._places = array("q")
        self._amounts = array("d")
        self._ends = array("q")

    def append(self, tally: Tally) -> None:
        """Adds the row of the next article."""
        columns = self._columns
        for key, amount in tally.items():
            self._places.append(columns.setdefault(key, len(columns)))
            self._amounts.append(amount)
        self._ends.append(len(self._places))

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._ends)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What the columns count, in the order of their first appearance."""
        return tuple(self._columns)

    def row(self, number: int) -> Tally:
        """The tally of one article."""
        begin = self._ends[number - 1] if number else 0
        keys = self.keys
        return {keys[self._places[at]]: self._amounts[at] for at in range(begin, self._ends[number])}

    def rows(self) -> Iterator[Tally]:
        """The tallies of all articles, in their order."""
        keys, begin = self.keys, 0
        for end in self._ends:
            yield {keys[self._places[at]]: self._amounts[at] for at in range(begin, end)}
            begin = end

    def total(self, rows: Iterable[int] | None = None) -> Tally:
        """The sums over all articles, or over the rows named."""
        found: Tally = {}
        for tally in self.rows() if rows is None else map(self.row, rows):
            add_to(found, tally)
        return found

    def weighted(self, weights: Iterable[Any]) -> Iterator[Any]:
        """For each array of weights, one a row, the sums of the columns as an array."""
        import numpy as np

        places, amounts = np.asarray(self._places, np.int64), np.asarray(self._amounts, np.float64)
        ends = np.asarray(self._ends, np.int64)
        rows = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
        for each in weights:
            yield np.bincount(places, weights=amounts * each[rows], minlength=len(self._columns))


def add_to(found: Tally, tally: Mapping[Key, float]) -> None:
    """Adds one tally to another."""
    for key, amount in tally.items():
        found[key] = found.get(key, 0.0) + amount
