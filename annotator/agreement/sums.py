"""Sums kept article by article, small enough for large corpora, from which any choice of articles is added up."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotator.agreement.base import Key, Tally


class Sums:
    """The tallies of a layer, one row an article. Each sum of a row takes 16 bytes."""

    def __init__(self) -> None:
        self._columns: dict[Key, int] = {}
        self._keys: list[Key] = []
        self._places = array("q")
        self._amounts = array("d")
        self._ends = array("q")

    def append(self, tally: Tally) -> None:
        """Adds the row of the next article."""
        columns = self._columns
        for key in tally:
            if key not in columns:
                columns[key] = len(self._keys)
                self._keys.append(key)
        self._places.extend(map(columns.__getitem__, tally))
        self._amounts.extend(tally.values())
        self._ends.append(len(self._places))

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._ends)

    @property
    def keys(self) -> Sequence[Key]:
        """What the columns count, in the order of their first appearance."""
        return self._keys

    def row(self, number: int) -> Tally:
        """The tally of one article."""
        begin = self._ends[number - 1] if number else 0
        return {self._keys[self._places[at]]: self._amounts[at] for at in range(begin, self._ends[number])}

    def rows(self) -> Iterator[Tally]:
        """The tallies of all articles, in their order."""
        return map(self.row, range(len(self)))

    def where(self, wanted: Callable[[Key], bool]) -> Iterator[tuple[int, Key, float]]:
        """The sums whose key is wanted, each with the number of its row, in the order of rows."""
        import numpy as np

        columns = [column for column, key in enumerate(self._keys) if wanted(key)]
        hits = np.flatnonzero(np.isin(np.asarray(self._places), columns))
        rows = np.searchsorted(np.asarray(self._ends), hits, side="right")
        for row, at in zip(rows.tolist(), hits.tolist(), strict=True):
            yield row, self._keys[self._places[at]], self._amounts[at]

    def total(self, rows: Iterable[int] | None = None) -> Tally:
        """The sums over all articles, or over the rows named."""
        if rows is None:
            return self._whole()
        found: Tally = {}
        for tally in map(self.row, rows):
            add_to(found, tally)
        return found

    def _whole(self) -> Tally:
        import numpy as np

        if not self._keys:
            return {}
        places, amounts = np.asarray(self._places), np.asarray(self._amounts)
        added = np.bincount(places, weights=amounts, minlength=len(self._keys))
        return dict(zip(self._keys, added.tolist(), strict=True))

    def only(self, rows: Iterable[int], label: str) -> "Sums":
        """Some rows, with the sums of one label only."""
        found = Sums()
        for number in rows:
            found.append({key: amount for key, amount in self.row(number).items() if key[0] == label})
        return found

    def weighted(self, blocks: Iterable[Any], columns: Sequence[int]) -> Any:
        """The sums of some columns under each row of weights, one weight an article; blocks of such rows are given."""
        import numpy as np
        from scipy.sparse import csr_array

        ends = np.asarray(self._ends, np.int64)
        rows = (np.asarray(self._amounts), np.asarray(self._places), np.concatenate(([0], ends)))
        held = csr_array(rows, shape=(len(ends), len(self._keys))).tocsc()[:, np.asarray(columns, np.int64)]
        found = [(held.T @ np.asarray(weights, np.float64).T).T for weights in blocks]
        return np.concatenate(found) if found else np.zeros((0, len(columns)))


def add_to(found: Tally, tally: Mapping[Key, float]) -> None:
    """Adds one tally to another."""
    for key, amount in tally.items():
        found[key] = found.get(key, 0.0) + amount
