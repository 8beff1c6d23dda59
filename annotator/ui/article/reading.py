"""How the article is set: density, type, measure, spacing. What of it is up to the reader is in the settings."""

from dataclasses import dataclass
from enum import StrEnum


class Density(StrEnum):
    """How much of the marks shows."""

    CLEAN = "clean"
    LINES = "lines"
    NAMES = "names"

    @property
    def words(self) -> str:
        """What a menu calls it."""
        return {"clean": "Clean text", "lines": "Underlines", "names": "Underlines and names"}[self.value]

    def after(self, step: int) -> "Density":
        """The next one, round and round; the one before for -1."""
        every = list(Density)
        return every[(every.index(self) + step) % len(every)]


FAMILIES = ("Charter", "Georgia", "Noto Serif", "DejaVu Serif", "serif")
"""Typefaces for reading, the best first; the first one that the machine has is used."""
SMALLEST, USUAL, LARGEST = 8.0, 13.0, 40.0
"""Font sizes in points."""
NARROWEST, WIDEST = 40, 140
"""Characters in a line."""
TIGHTEST, LOOSEST = 0.8, 2.5
"""Line spacing, where 1 is the usual one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader's choices. measure counts characters, spacing is a factor, points is the text's size."""

    density: Density = Density.NAMES
    points: float = USUAL
    family: str = ""
    measure: int = 80
    spacing: float = 1.0
    numbers: bool = False
    hidden: bool = False

    @property
    def families(self) -> list[str]:
        """The typefaces to try, in order."""
        return [self.family, *FAMILIES] if self.family else list(FAMILIES)
