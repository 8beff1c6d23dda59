"""Heights of many blocks, with the sum of those above any of them in logarithmic time (a Fenwick tree)."""

from collections.abc import Sequence


class Heights:
    """Block heights in pixels. Changing one and finding a block by its place cost log n."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._heights = list(heights)
        self._tree = [0.0, *self._heights]
        for index in range(1, len(self._tree)):
            parent = index + (index & -index)
            if parent < len(self._tree):
                self._tree[parent] += self._tree[index]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, number: int) -> float:
        return self._heights[number]

    @property
    def total(self) -> float:
        """The height of all blocks together."""
        return self.above(len(self._heights))

    def set(self, number: int, height: float) -> None:
        """Gives one block another height."""
        difference = height - self._heights[number]
        self._heights[number] = height
        index = number + 1
        while index < len(self._tree):
            self._tree[index] += difference
            index += index & -index

    def above(self, number: int) -> float:
        """The height of all blocks before this one: where it begins."""
        total, index = 0.0, number
        while index > 0:
            total += self._tree[index]
            index -= index & -index
        return total

    def at(self, place: float) -> int:
        """The block that covers a place counted from the top; the first or last one for a place outside."""
        index, rest = 0, place
        step = 1 << (len(self._heights).bit_length())
        while step:
            if index + step < len(self._tree) and self._tree[index + step] <= rest:
                index += step
                rest -= self._tree[index]
            step >>= 1
        return max(0, min(index, len(self._heights) - 1))
