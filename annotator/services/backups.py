"""The backups of the open project: what is not in one yet, and making one from any thread."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from annotator import paths
from annotator.domain.backups import Backup, Why
from annotator.errors import ProjectFileError
from annotator.storage import backups
from annotator.storage.project_file import ProjectFile

logger = logging.getLogger(__name__)

MOST_EDITS = 50
MOST_MINUTES = 10
"""After so many edits, or so long after the first of them, a backup is made."""
BULK = 1_000
"""An edit of so many records is not done without a backup."""


def _now() -> datetime:
    return datetime.now(UTC)


class Backups:
    """Of one open project. edits tells how many are in no backup yet."""

    def __init__(self, records: ProjectFile, now: Callable[[], datetime] = _now) -> None:
        self.path, self._is_on, self._now = records.path, not records.read_only, now
        self._making, self._counting = threading.Lock(), threading.Lock()
        self.edits = 0
        if self._is_on and not records.is_in_backup(paths.backup_folder()):
            self.edits = 1

    def count(self) -> None:
        """One more edit is in no backup."""
        with self._counting:
            self.edits += 1

    def make(self, why: Why) -> Backup | None:
        """Makes one, unless all that was done is in one; from any thread. Raises ProjectFileError when it cannot."""
        with self._making:
            if not self._is_on:
                return None
            with self._counting:
                known = self.edits
            with backups.reading(self.path) as connection:
                made = backups.make(connection, self.path, paths.backup_folder(), why, self._now())
            with self._counting:
                self.edits = max(0, self.edits - known)
            return made

    def close(self) -> None:
        """Waits for one that is under way, makes a last one where edits are in none; none is made afterwards."""
        try:
            self.make(Why.CLOSING)
        except ProjectFileError as error:
            logger.warning("no backup on closing: %s", type(error).__name__)
        with self._making:
            self._is_on = False
