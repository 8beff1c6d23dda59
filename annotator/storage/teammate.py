"""A teammate's project, read from a private copy, so that whatever it is, nothing happens to it and little to us."""

import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Self

from annotator.domain.annotators import Annotator
from annotator.domain.articles import text_hash
from annotator.domain.histories import HistoryRow
from annotator.domain.projects import Project
from annotator.errors import ProjectFileError
from annotator.storage import events, journal
from annotator.storage.header import RESTS, check_header
from annotator.storage.listing import Listing
from annotator.storage.migrating import migrations
from annotator.storage.opening import open_copy
from annotator.storage.tables.annotators import ANNOTATORS

LARGEST = 2_000_000_000
"""Bytes; a larger file is refused."""


class TeammateFile:
    """Her project at one moment. Made, read and closed in one thread.

    Raises a ProjectFileError with a sentence when it is no project, is damaged, of a later version, too large, or open
    in another program, whose last words would be missing.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        rests = [path.with_name(path.name + ending) for ending in RESTS]
        if any(rest.exists() and (rest.stat().st_size or not rest.is_file()) for rest in rests):
            raise ProjectFileError(
                f"“{path.name}” is open in a program, or was not closed properly. Close it there, then try again."
            )
        check_header(path, migrations()[-1].version)
        self._folder = tempfile.TemporaryDirectory(prefix="annotator-")
        try:
            self._connection = self._opened(path)
        except BaseException:
            self._folder.cleanup()
            raise
        self._records = Listing(self._connection)

    def _opened(self, path: Path) -> sqlite3.Connection:
        copy = Path(self._folder.name) / path.name
        try:
            if path.stat().st_size > LARGEST:
                raise ProjectFileError(f"“{path.name}” is larger than {LARGEST // 1_000_000_000} GB.")
            shutil.copyfile(path, copy)
        except OSError as error:
            raise ProjectFileError(f"“{path.name}” cannot be read: {error.strerror}.") from error
        connection = open_copy(copy)
        try:
            broken = journal.broken_at(connection)
        except BaseException:
            connection.close()
            raise
        if broken is not None:
            connection.close()
            raise ProjectFileError(
                f"The history of “{path.name}” was changed by another program (row {broken:,}), so it cannot "
                "be trusted. Ask for another copy."
            )
        return connection

    def project(self) -> Project:
        """The project itself."""
        return self._records.project()

    def annotators(self) -> tuple[Annotator, ...]:
        """Everyone who signed something in it."""
        return tuple(ANNOTATORS.read(self._connection, "1 ORDER BY created, id"))

    def row_count(self) -> int:
        """How many rows its history has, for progress."""
        return int(self._connection.execute("SELECT count(*) FROM history").fetchone()[0])

    def rows(self, known: Collection[str]) -> Iterator[HistoryRow]:
        """Its history without the rows that are known, oldest first."""
        return events.rows(self._connection, known)

    def text(self, sha256: str) -> str | None:
        """The text with this hash; None when the file has none, or another one."""
        row = self._connection.execute("SELECT text FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None or text_hash(row[0]) != sha256 else str(row[0])

    def close(self) -> None:
        """Deletes the copy."""
        self._connection.close()
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
