"""Projects that come from elsewhere are looked over in another process before they are opened here.

So is a file of one's own that is not as it was when it was last closed at this machine. Whoever opens it to work on it
gets a clean file with the same rows in its place; whoever only reads leaves it as it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.errors import ProjectFileError, WorkStopped
from annotator.storage import stamps
from annotator.storage.looking_over import look_over
from annotator.storage.taking_in import Arrival, Rebuilt, rebuilt

_CHECKED = 10_000_000
"""Bytes of a project that a slow machine copies and checks in a second."""
_EACH, _MOST_STEPS = 50, 1_000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a project from elsewhere.

    read_only is empty, or says why it was left as it is and is opened to be read only; recovered after an interrupted
    session; is_rebuilt where a clean file is in its place.
    """

    read_only: str = ""
    recovered: bool = False
    is_rebuilt: bool = False


def is_known(project: Path) -> bool:
    """Whether the file is as it was when it was last closed, or written anew, at this machine."""
    return stamps.is_remembered(project, paths.known_folder())


def remember(project: Path) -> None:
    """From now on the file is known as it is."""
    stamps.remember(project, paths.known_folder(), stamps.stamp(project))


def takes_in(project: Path) -> Iterator[tuple[int, int, TakenIn | None]]:
    """Looks a project over and puts a clean file in its place, in steps of a job; the last says what became of it.

    As it came it is kept among the backups. Raises ProjectFileError for what may not be opened; then nothing was
    changed.
    """
    arrival = Arrival(project, paths.backup_folder())
    try:
        if arrival.read_only:
            if not stamps.is_remembered(project, paths.known_folder(), may_be_foreign=True):
                yield from looks_over(project)
            taken = TakenIn(arrival.read_only)
        else:
            found, last = None, (0, 0)
            for step in steps_of(project, _take_in, arrival.path, arrival.clean, arrival.kept):
                if isinstance(step, Rebuilt):
                    found = step
                else:
                    last = step or last
                yield *last, None
            taken = _replaced(arrival, found)
    finally:
        arrival.close()
    yield 1, 1, taken


def _replaced(arrival: Arrival, found: Rebuilt | None) -> TakenIn:
    assert found is not None, "it is the last of the steps"
    mark, folder = arrival.replace(found), paths.known_folder()
    if mark:
        stamps.remember(arrival.path, folder, mark)
    else:
        stamps.remember(arrival.path, folder, stamps.stamp(arrival.path), is_foreign=True)
    return TakenIn(arrival.read_only, found.was_interrupted, bool(mark))


def take_in_once(project: Path) -> TakenIn:
    """The same, waited for; not where the file is known."""
    if is_known(project):
        return TakenIn()
    (taken,) = [taken for _, _, taken in takes_in(project) if taken is not None]
    return taken


def looks_over(project: Path) -> Iterator[tuple[int, int, None]]:
    """Looks a project over in steps of a job. Raises ProjectFileError for what may not be opened."""
    last, seen = (0, 0), stamps.stamp(project)
    for step in steps_of(project, _look_over, project):
        last = step or last
        yield *last, None
    stamps.remember(project, paths.known_folder(), seen, is_foreign=True)


def look_over_once(project: Path) -> None:
    """The same, waited for, for whoever only reads; not where the file is known, or was looked over before."""
    if not stamps.is_remembered(project, paths.known_folder(), may_be_foreign=True):
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


def _take_in(project: Path, clean: Path, kept: Path) -> Iterator[int | tuple[int, int] | Rebuilt]:
    last = 0
    for step in rebuilt(project, clean, kept):
        if isinstance(step, Rebuilt):
            yield step
        elif step[0] - last >= max(_EACH, step[1] // _MOST_STEPS):
            last = step[0]
            yield step
        else:
            yield step[0]
