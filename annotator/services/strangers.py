"""Projects that come from elsewhere are looked over in another process before they are opened here.

So is a file of one's own that is not as it was when it was last closed at this machine.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.errors import ProjectFileError, WorkStopped
from annotator.storage import stamps
from annotator.storage.looking_over import look_over

_CHECKED = 10_000_000
"""Bytes of a project that a slow machine copies and checks in a second."""
_EACH = 50


def is_known(project: Path) -> bool:
    """Whether the file is as it was when it was last closed, or looked over, at this machine."""
    return stamps.is_remembered(project, paths.known_folder())


def remember(project: Path) -> None:
    """From now on the file is known as it is."""
    stamps.remember(project, paths.known_folder(), stamps.stamp(project))


def looks_over(project: Path) -> Iterator[tuple[int, int, None]]:
    """Looks a project over in steps of a job. Raises ProjectFileError for what may not be opened."""
    last, seen = (0, 0), stamps.stamp(project)
    for step in steps_of(project, _look_over, project):
        last = step or last
        yield *last, None
    stamps.remember(project, paths.known_folder(), seen)


def look_over_once(project: Path) -> None:
    """The same, waited for; not where the file is known."""
    if not is_known(project):
        for _ in looks_over(project):
            pass


def steps_of(project: Path, work: Callable[..., Iterator[Any]], *args: Any) -> Iterator[Any]:
    """What work yields in a process for strangers' files. Raises ProjectFileError, also when it hangs or fails."""
    # Not at the start: most projects that are opened are known.
    from annotator.services.workers import PATIENCE, steps_apart

    try:
        # Copying and checking a large file takes its time.
        yield from steps_apart(work, *args, patience=PATIENCE + _size_of(project) / _CHECKED)
    except WorkStopped as error:
        raise ProjectFileError(f"“{project.name}” was not read to its end: {error}. Nothing was changed.") from error


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _look_over(project: Path) -> Iterator[int | tuple[int, int]]:
    for done, total in look_over(project):
        yield (done, total) if done % _EACH == 0 else done
