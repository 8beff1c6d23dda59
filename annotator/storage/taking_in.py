"""A stranger's project is replaced by a clean file with its rows, and kept as it came among the backups.

rebuilt is for the process that reads strangers' files, Arrival for the one that opens the project afterwards.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from annotator.domain.backups import Backup, Why
from annotator.errors import DiskFull, LockedProject, ProjectFileError
from annotator.storage import backups
from annotator.storage.connection import connect
from annotator.storage.copying import make_folder, settle, sync
from annotator.storage.header import RESTS, check_beside, check_header
from annotator.storage.locking import LockFile
from annotator.storage.looking_over import Copied, Seen, copied, copy_whole, records_checked, seen
from annotator.storage.migrating import migrations
from annotator.storage.opening import clear_away, open_copy, put_right, reason_not_to_write
from annotator.storage.rebuilding import rebuild, row_count
from annotator.storage.stamps import stamp

_MEANWHILE = "“{}” was written to, moved or deleted while it was looked over. Try again in a moment."


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a project was that was found sound. why_not is empty, or says why no clean file could be written."""

    seen: Seen
    was_interrupted: bool
    is_older: bool
    why_not: str = ""
    home: str = ""
    described: backups.Described = ("", ())


def rebuilt(path: Path, clean: Path, kept: Path) -> Iterator[tuple[int, int] | Rebuilt]:
    """Looks a project over as look_over does, and writes two files: clean with its rows, kept with its bytes.

    Yields how much is done, of how much, and at last what was found. Raises a ProjectFileError with a sentence for what
    may not be opened. Who gives it up removes what is there of the two files.
    """
    with copied(path) as copy:
        with closing(open_copy(copy.path)) as source:
            rows, total = 2 * row_count(source), 0
            for done, total in records_checked(copy.path, path.name):
                yield done, total + rows
            why_not = _kept(path, copy, kept)
            if not why_not:
                try:
                    for done in rebuild(source, clean):
                        yield total + done, total + rows
                except DiskFull:
                    why_not = "there is no room to write it anew"
                except OSError as error:
                    why_not = f"it could not be written anew: {error.strerror}"
        found = Rebuilt(copy.seen, copy.was_interrupted, copy.version < migrations()[-1].version, why_not)
        if not why_not:
            with closing(connect(clean, read_only=True)) as written:
                described, home = backups.describe(written), backups.home_of(written, Path()).name
                found = replace(found, described=described, home=home)
        yield found


def _kept(path: Path, copy: Copied, kept: Path) -> str:
    """Why what was looked over could not be copied to where backups are; empty when it was."""
    try:
        make_folder(kept.parent)
        again = copy_whole(path, kept, copy.version)
        sync(kept)
    except LockedProject:
        raise
    except (OSError, ProjectFileError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        return "it could not be kept as it came" + (f": {cause.strerror}" if isinstance(cause, OSError) else "")
    if again.seen != copy.seen:
        raise LockedProject(_MEANWHILE.format(path.name))
    return ""


def _seen(path: Path) -> Seen | None:
    try:
        return seen(path)
    except OSError:  # it was taken away
        return None


class Arrival:
    """A project on its way in, locked against others who open it. Made, used and closed in one thread.

    read_only is empty, or says why the file cannot be replaced. Raises a ProjectFileError for what is no project.
    """

    def __init__(self, path: Path, backup_folder: Path) -> None:
        self.path, self._backup_folder = path.resolve(), backup_folder
        check_header(self.path, migrations()[-1].version)
        check_beside(self.path)
        self._lock = LockFile(self.path)
        self.read_only = reason_not_to_write(self.path, self._lock)
        token = secrets.token_hex(8)
        self.clean = self.path.with_name(f".{self.path.name}.{token}.new")
        self.kept = backup_folder / f".{token}.part"
        if not self.read_only:
            with suppress(OSError):  # somebody else's, perhaps
                clear_away(self.path)

    def replace(self, found: Rebuilt) -> str:
        """Puts the clean file in the place of the project, which is first kept as it came; answers its stamp.

        Where that cannot be, read_only says why afterwards, and nothing was changed. Raises LockedProject when somebody
        has written to the file meanwhile, or taken it away, and ProjectFileError when the disk fails.
        """
        if _seen(self.path) != found.seen:
            raise LockedProject(_MEANWHILE.format(self.path.name))
        if found.was_interrupted:
            self._put_right()
        self.read_only = self.read_only or found.why_not
        if self.read_only:
            return ""
        made: Backup | None = None
        try:
            self._dress()
            why, now = Why.MIGRATION if found.is_older else Why.ARRIVAL, datetime.now(UTC)
            home = self._backup_folder / found.home
            made = backups.keep(self.kept, home, self.path, why, now, found.described)
            mark = stamp(self.clean)
            os.replace(self.clean, self.path)
        except OSError as error:
            self.read_only = f"it could not be written anew: {error.strerror}"
            if made is not None:
                with suppress(OSError):
                    made.path.unlink()
            return ""
        settle(self.path)
        return mark

    def close(self) -> None:
        """Lets others open it; what is left of the work is taken away."""
        for made in (self.kept, self.clean):
            for ending in ("", *RESTS):
                with suppress(OSError):
                    made.with_name(made.name + ending).unlink(missing_ok=True)
        self._lock.release()

    def _put_right(self) -> None:
        """Has SQLite take back in the file what an interrupted session left, as it did in the copy.

        What lies beside would else be played into the clean file and destroy it.
        """
        check_beside(self.path)
        with closing(connect(self.path, read_only=False)) as connection:
            self.read_only = put_right(connection)
        if not self.read_only and any(self.path.with_name(self.path.name + ending).exists() for ending in RESTS):
            raise LockedProject(f"Another program has “{self.path.name}” open. Close it there, then try again.")

    def _dress(self) -> None:
        """Gives the clean file the permissions and the group of the one that it is to replace."""
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(self.clean, -1, self.path.stat().st_gid)
        with suppress(OSError):
            shutil.copystat(self.path, self.clean)
        os.utime(self.clean)
        sync(self.clean)
