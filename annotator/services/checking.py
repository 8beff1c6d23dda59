"""Checking a whole project, for the window and the command line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.storage.checking import check

__all__ = ["Checked", "checking"]

_MOST, _STEP = 100, 50


@dataclass(slots=True)
class Checked:
    """What a check came to: how many things were looked at, and what is wrong, as sentences."""

    looked_at: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def checking(project: Path, checked: Checked) -> Iterator[tuple[int, int, None]]:
    """Goes through a project, yielding now and then how far it is, as the steps of a job.

    Raises ProjectFileError when it cannot be opened at all.
    """
    for done, total, fault in check(project):
        checked.looked_at = done
        if fault and len(checked.faults) < _MOST:
            checked.faults.append(fault)
        if done == total or not done % _STEP:
            yield done, total, None
