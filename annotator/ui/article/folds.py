"""Paragraphs folded away: which do not show, and what stands in their place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fold:
    """Paragraphs first to last, both included, of which the first shows one line instead of its words."""

    first: int
    last: int
    words: str


class Folds:
    """The folds of one article, by paragraph."""

    def __init__(self) -> None:
        self._by_paragraph: dict[int, Fold] = {}

    def clear(self) -> None:
        """Everything shows."""
        self._by_paragraph.clear()

    def set(self, folds: Iterable[Fold]) -> set[int]:
        """These and no others; answers the paragraphs whose state is another now."""
        before = self._by_paragraph
        self._by_paragraph = {number: fold for fold in folds for number in range(fold.first, fold.last + 1)}
        return {number for number in before.keys() | self._by_paragraph if before.get(number) != self._fold(number)}

    def _fold(self, number: int) -> Fold | None:
        return self._by_paragraph.get(number)

    def at(self, number: int) -> Fold | None:
        """The fold that a paragraph is in."""
        return self._by_paragraph.get(number)

    def words(self, number: int) -> str:
        """What stands in the place of a fold's first paragraph."""
        fold = self._by_paragraph.get(number)
        return fold.words if fold is not None and fold.first == number else ""
