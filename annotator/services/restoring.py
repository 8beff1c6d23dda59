"""Back to a backup, or to what can be read of a damaged project: always as a new file."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from annotator import paths
from annotator.domain.backups import Backup, Why
from annotator.domain.documents import TYPE_NAMES
from annotator.errors import ProjectFileError, WorkStopped
from annotator.services.strangers import look_over_once
from annotator.services.workers import MEMORY, Worker, made, steps_apart
from annotator.storage import backups
from annotator.storage.copying import verified_copy
from annotator.storage.differences import Difference, differences
from annotator.storage.opening import clear_away, look_names_up_anew
from annotator.storage.salvaging import Salvage, salvage

__all__ = ["Backup", "Difference", "Salvage", "Why", "differences"]

_A_MOMENT = 3.0
"""Seconds."""
_MEMORY = 4 * MEMORY
"""Bytes: one's own project may be large, and what it holds is sorted out in memory."""


def found_for(project: Path, project_id: str = "") -> list[Backup]:
    """The backups of a project, by its id, and of the file at this place; the newest first."""
    folder = paths.backup_folder()
    known = {one.path: one for one in backups.made_of(project, folder)}
    if project_id:
        known |= {one.path: one for one in backups.listed(folder / backups.named(project_id))}
    return sorted(known.values(), key=lambda one: one.made, reverse=True)


def is_of(backup: Backup, project: Path) -> bool:
    """Whether a backup was made of the file at this place, not of another copy of the project."""
    return backup.origin == backups.origin_of(project)


def project_id(project: Path) -> str:
    """The id of the project in a file; empty when it cannot be read.

    It is asked of files that were refused, so another process reads it: even this question may never be answered.
    """
    try:
        found = [step for step in steps_apart(_project_id, project, patience=_A_MOMENT) if step is not None]
    except (ProjectFileError, WorkStopped):
        return ""
    return str(found[0][0])


def _project_id(project: Path) -> Iterator[tuple[str]]:
    with backups.reading(project) as connection:
        yield (backups.home_of(connection, project.parent).name,)


def restore(backup: Backup, project: Path) -> Path:
    """Writes a backup as a new file beside the project, or where that cannot be, among the documents.

    Nothing that is there is ever replaced. Raises ProjectFileError when the backup is damaged or there is no room.
    """
    target = free_name(project, f"restored {backup.made.astimezone():%Y-%m-%d %H%M}")
    with backups.reading(backup.path) as connection:
        verified_copy(connection, target)
    return target


def with_names_anew(project: Path) -> tuple[Path, int]:
    """Writes the whole project as a new file beside it, where entities are looked up by the names that they have.

    Answers which file, and of how many entities that had not been so. Raises ProjectFileError.
    """
    look_over_once(project)
    target = free_name(project, f"names anew {datetime.now(UTC).astimezone():%Y-%m-%d %H%M}")
    with backups.reading(project) as connection:
        verified_copy(connection, target)
    try:
        return target, look_names_up_anew(target, paths.backup_folder())
    except ProjectFileError:
        target.unlink(missing_ok=True)
        raise


def free_name(project: Path, words: str) -> Path:
    """A name that no file has yet, of the project's with some words, where a file can be made."""
    folder = project.parent
    if not os.access(folder, os.W_OK):
        folder = paths.documents_folder()
        # Whoever writes there says what is wrong.
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
    names = (f"{project.stem} {words}{number}{project.suffix}" for number in ("", *(f" {n}" for n in range(2, 1000))))
    return next(path for name in names if not (path := folder / name).exists())


def salvages(project: Path) -> Iterator[tuple[int, int, tuple[Path, Salvage] | None]]:
    """Writes what can be read of a damaged project as a new file beside it, in steps of a job.

    The last says where, and what was found. It is read in a process of its own, which may take long: who gives it up
    leaves nothing behind. Raises ProjectFileError when nothing can be read.
    """
    target = free_name(project, f"salvaged {datetime.now(UTC).astimezone():%Y-%m-%d %H%M}")
    worker, found = Worker("salvaging", _MEMORY), Salvage()
    try:
        for step in worker.steps(_salvage, project, target):
            found = step or found
            yield 0, 0, None
    except WorkStopped as error:
        raise ProjectFileError(f"“{project.name}” cannot be salvaged: {error}.") from error
    finally:
        worker.close()
        clear_away(target)
    yield 1, 1, (target, found)


def salvaged(project: Path) -> tuple[Path, Salvage]:
    """The same, waited for."""
    *_, (_, _, made_of_it) = made(salvages(project))
    return made_of_it


def _salvage(project: Path, target: Path) -> Iterator[Salvage]:
    yield salvage(project, target)


def report(found: Salvage) -> list[str]:
    """What was read and what was not, line by line."""
    there = found.pages - found.bad_pages
    lines = [f"{there:,} of {found.pages + found.missing_pages:,} pages of the file hold something."]
    lines += _lines("read", found.read)
    if found.bad_rows:
        lines.append(f"{found.bad_rows:,} rows could not be read.")
    lines += _lines("put back from the history", found.put_back)
    lines += _lines("left out, because what they belong to could not be read", found.left_out)
    lines += _lines("lost, of what the history tells of", found.lost)
    return [*lines, *(f"lost: {name}" for name in found.names_lost)]


def _lines(what: str, counts: Counter[str]) -> list[str]:
    """Of records and their history only: parts of records come and go with them."""
    kinds = (*TYPE_NAMES.values(), "history")
    return [f"{what}: {counts[kind]:,} × {kind}" for kind in kinds if counts[kind]]
