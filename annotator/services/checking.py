"""Checking a whole project, for the window and the command line, in another process: it may be a stranger's."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.services.strangers import is_known, steps_of
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
    done = total = 0
    for step in steps_of(project, _check_own if is_known(project) else _check, project):
        if step is not None:
            done, total, faults = step
            checked.looked_at = done
            checked.faults += faults[: max(0, _MOST - len(checked.faults))]
        yield done, total, None


def _check_own(project: Path) -> Iterator[int | tuple[int, int, tuple[str, ...]]]:
    return _check(project, is_strangers=False)


def _check(project: Path, *, is_strangers: bool = True) -> Iterator[int | tuple[int, int, tuple[str, ...]]]:
    faults: list[str] = []
    for done, total, fault in check(project, is_strangers=is_strangers):
        if fault:
            faults.append(fault)
        if done == total or not done % _STEP:
            yield done, total, tuple(faults)
            faults.clear()
        else:
            yield done
