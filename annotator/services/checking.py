"""Checking a whole project, for the command line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.storage.checking import check

__all__ = ["Checked", "checking"]

_MOST = 100


@dataclass(slots=True)
class Checked:
    """What a check came to: how many things were looked at, and what is wrong, as sentences."""

    looked_at: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def checking(project: Path, checked: Checked) -> Iterator[tuple[int, int]]:
    """Goes through a project, yielding how far it is. Raises ProjectFileError when it cannot be opened at all."""
    for done, total, fault in check(project):
        checked.looked_at = done
        if fault and len(checked.faults) < _MOST:
            checked.faults.append(fault)
        yield done, total
