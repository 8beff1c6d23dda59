"""Each write is one transaction, on the very file that was opened, and only as long as nobody else writes to it."""

import logging
import os
import sqlite3
from collections.abc import Callable

from annotator.domain.ids import EditId
from annotator.errors import EditRefused, ProjectChanged, ProjectFileError
from annotator.storage import history
from annotator.storage.connection import Database, is_foreign_key_error
from annotator.storage.writing import Stale

logger = logging.getLogger(__name__)

_CLOSE = "Close and open the project again."


class Transactions:
    """Runs writes one by one and notices a file that another program has changed or put another in place of."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._file = _identity(db)
        self._version = db.value("PRAGMA data_version")
        self._head = history.head(db)

    def run(self, id_: EditId, work: Callable[[], None]) -> None:
        """Runs work, which appends the history entry id_, whole or not at all.

        Raises ProjectFileError; ProjectChanged when another program has touched the file.
        """
        self.check_file()
        self._db.run("BEGIN IMMEDIATE")
        try:
            self.check_content()
            work()
            head = history.head(self._db)
            self._db.run("COMMIT")
        except BaseException as error:
            self._roll_back()
            if self._settle(id_, error):
                return
            raise _refusal(error) from error
        self._head = head

    def check_file(self) -> None:
        """Raises ProjectChanged when the path no longer leads to the file that was opened."""
        if _identity(self._db) != self._file:
            raise ProjectChanged(
                f"Another program has put another file in the place of “{self._db.path.name}”. {_CLOSE}"
            )

    def check_content(self) -> None:
        """Raises ProjectChanged when another program has written to the file."""
        if self._db.value("PRAGMA data_version") != self._version:
            raise ProjectChanged(f"Another program has written to “{self._db.path.name}”. {_CLOSE}")

    def accept(self) -> None:
        """Goes on from what is in the file now."""
        self._version = self._db.value("PRAGMA data_version")
        self._head = history.head(self._db)

    def _roll_back(self) -> None:
        # A full disk or a failed write has rolled back already, and a second ROLLBACK would hide the first error.
        if self._db.in_transaction:
            self._db.run("ROLLBACK")

    def _settle(self, id_: EditId, error: BaseException) -> bool:
        """Whether the edit was saved in spite of the error: the last sync can fail after all is on the disk."""
        if not isinstance(error, ProjectFileError) or isinstance(error, ProjectChanged):
            return False
        try:
            head, saved = history.head(self._db), history.has(self._db, id_)
        except ProjectFileError:
            return False
        if saved or head == self._head:
            # Mending after a failed write counts as a change by somebody else, which it was not.
            self._head, self._version = head, self._db.value("PRAGMA data_version")
        if saved:
            logger.warning("saved in spite of: %s", error)
        return saved


def _refusal(error: BaseException) -> BaseException:
    if isinstance(error, sqlite3.IntegrityError) and is_foreign_key_error(error):
        return Stale("A record that this needs is no longer in the project, so it was not done.")
    if isinstance(error, UnicodeEncodeError):
        return EditRefused("The words hold half a character, which cannot be saved. Type them again.")
    return error


def _identity(db: Database) -> tuple[int, int]:
    try:
        found = os.stat(db.path)
    except OSError as error:
        raise ProjectChanged(f"“{db.path.name}” is no longer where it was: {error.strerror}. {_CLOSE}") from error
    return found.st_dev, found.st_ino
