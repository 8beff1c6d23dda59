"""Connecting to a project file: settings that are read back, and errors of SQLite as errors a user understands."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Self

from annotator.errors import (
    DamagedProject,
    DiskFull,
    ForeignFile,
    LockedProject,
    ProjectChanged,
    ProjectFileError,
    ReadOnlyProject,
)
from annotator.storage.defending import Deadline, limit

SQLITE_VERSION = sqlite3.sqlite_version
APPLICATION_ID = 0x416E6E6F
"""“Anno”: how file types and other programs recognise a project."""
BUSY_SECONDS = 0.05
"""How long a lock is waited for: no longer than a frozen window goes unnoticed."""
_CHUNK = 20
"""Rows: few enough that those of history, which may hold whole imports, are not too much at once."""

# Why each of these: a rollback journal keeps the project one file that may be mailed at any moment, and EXTRA is
# what survived every simulated power cut; the others find damage early, or keep deleted text from staying behind.
_PRAGMAS: tuple[tuple[str, str, object], ...] = (
    ("foreign_keys", "ON", 1),
    ("synchronous", "EXTRA", 3),
    ("fullfsync", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("recursive_triggers", "OFF", 0),
)
# Named by number, because Python 3.11 has neither the constants nor setconfig.
_DEFENCES = {1010: True, 1017: False, 1003: False, 1015: False, 1005: False, 1013: False, 1014: False}


class _Cursor(sqlite3.Cursor):
    """Runs and reads statements with SQLite's errors translated, so that none gets past this file."""

    connection: "_Connection"

    def execute(self, sql: str, parameters: Any = ()) -> Self:
        """Runs one statement."""
        self._begin()
        with self.connection.translated():
            return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any]) -> Self:
        """Runs one statement for each row."""
        with self.connection.translated():
            return super().executemany(sql, parameters)

    def fetchone(self) -> Any:
        """The next row, or None."""
        self._begin()
        with self.connection.translated():
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        self._begin()
        with self.connection.translated():
            return super().fetchall()

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """The next rows, none at the end."""
        self._begin()
        with self.connection.translated():
            return super().fetchmany(size)

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except (sqlite3.Error, MemoryError):
            with self.connection.translated():
                raise

    def _begin(self) -> None:
        if self.connection.deadline is not None:
            self.connection.deadline.begin()


class _Connection(sqlite3.Connection):
    path, looks_again = Path(), False
    deadline: Deadline | None = None

    def translated(self) -> AbstractContextManager[None]:
        """Translates errors; what sounds like damage is looked at once more where that was asked for."""
        return translated(self.path, looks_again=self.looks_again)

    def cursor(self, factory: Any = _Cursor) -> Any:
        """A cursor that translates errors."""
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        """Runs one statement; by itself it would not ask for our cursor."""
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any]) -> Any:
        """Runs one statement for each row."""
        return self.cursor().executemany(sql, parameters)


def connect(path: Path, *, read_only: bool, immutable: bool = False, is_strangers: bool = False) -> sqlite3.Connection:
    """A connection with every setting made and read back. The file must exist.

    immutable is for a file that nobody can change; a stranger's file gets less room, and little time for each step.
    Statements raise ProjectFileError for what a user can mend.
    """
    mode = ("ro&immutable=1" if immutable else "ro") if read_only else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    with translated(path):
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, factory=_Connection)
    connection.path = path
    try:
        limit(connection, is_strangers=is_strangers)
        if is_strangers:
            connection.deadline = Deadline(connection, path.stat().st_size)
        if hasattr(connection, "setconfig"):
            for option, wanted in _DEFENCES.items():
                connection.setconfig(option, wanted)
        for name, value, expected in _PRAGMAS:
            connection.execute(f"PRAGMA {name} = {value}")
            found = connection.execute(f"PRAGMA {name}").fetchone()
            if found is not None and found[0] != expected:
                raise ProjectFileError(f"SQLite would not set {name} to {value}; the project was not opened.")
        connection.create_function("has_words", 2, _has_words, deterministic=True)
    except BaseException:
        connection.close()
        raise
    return connection


def in_chunks(cursor: sqlite3.Cursor) -> Iterator[Any]:
    """The rows of a long answer: one after the other, each would be translated for itself."""
    while chunk := cursor.fetchmany(_CHUNK):
        yield from chunk


def _has_words(text: str, words: str) -> bool:
    """Whether all words, put between NULs and folded already, are in the text, whatever its case."""
    folded = text.casefold()
    return all(word in folded for word in words.split("\0"))


_NO_TEXT = "Could not decode to UTF-8"
"""What Python says of such bytes in a file; SQLite itself has no code for it."""
_NO_FORM = "unsupported file format"
"""What SQLite says, without a code of its own, of a list of tables in a form of the future."""


@contextmanager
def translated(path: Path, *, looks_again: bool = False) -> Iterator[None]:
    """Turns errors of SQLite that a user can do something about into sentences. Faults of ours stay loud."""
    try:
        yield
    except sqlite3.Error as error:
        known = _translation(path.name, getattr(error, "sqlite_errorname", "") or "")
        if known is None and str(error).startswith(_NO_TEXT):
            known = _no_text(path.name)
        if known is None and str(error) == _NO_FORM:
            known = DamagedProject(f"“{path.name}” is damaged: its tables are written in an unknown way.")
        if known is None:
            raise
        if looks_again and isinstance(known, DamagedProject | ForeignFile) and _is_sound(path):
            known = ProjectFileError(
                f"“{path.name}” could not be read just now: the disk may have failed for a moment. "
                "Nothing was changed; try again."
            )
        raise known from error
    except MemoryError as error:  # a length in the file is a lie that no limit catches
        raise DamagedProject(f"“{path.name}” asks for more memory than there is. Go back to a copy.") from error
    except UnicodeDecodeError as error:  # SQLite's own message repeats the words
        raise _no_text(path.name) from error


def look_again(connection: sqlite3.Connection) -> None:
    """From now on nothing is called damaged that is sound at a second look.

    SQLite calls it damage, too, when a disk fails once to read. Only for a file whose tables were found to be ours: the
    look runs what stands in them.
    """
    if isinstance(connection, _Connection):
        connection.looks_again = True


def _is_sound(path: Path) -> bool:
    """Whether all pages fit together, read anew; the benefit of the doubt where somebody is writing."""
    try:
        with closing(connect(path, read_only=True)) as fresh:
            return bool(fresh.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except LockedProject:
        return True
    except ProjectFileError:
        return False


def _no_text(name: str) -> DamagedProject:
    return DamagedProject(f"“{name}” is damaged: it has words that are no text. Go back to a copy.")


def _translation(name: str, code: str) -> ProjectFileError | None:
    sentences: tuple[tuple[str, type[ProjectFileError], str], ...] = (
        (
            "SQLITE_READONLY_DBMOVED",
            ProjectChanged,
            f"Another program has moved or replaced “{name}”. Save a copy, then open the project again.",
        ),
        (
            "SQLITE_READONLY",
            ReadOnlyProject,
            f"“{name}” or its folder cannot be written, so nothing was changed. Save a copy elsewhere and work there.",
        ),
        (
            "SQLITE_BUSY",
            LockedProject,
            f"Another program is writing to “{name}”. Nothing was changed; try again in a moment.",
        ),
        (
            "SQLITE_LOCKED",
            LockedProject,
            f"Another program is writing to “{name}”. Nothing was changed; try again in a moment.",
        ),
        (
            "SQLITE_FULL",
            DiskFull,
            f"The disk with “{name}” is full. This change was not saved, "
            "everything before it is; make room and do it again.",
        ),
        (
            "SQLITE_NOTADB",
            ForeignFile,
            f"“{name}” is not a project of this program, or it is damaged from its first page on.",
        ),
        ("SQLITE_INTERRUPT", DamagedProject, f"“{name}” takes too long to be read: it was made to keep programs busy."),
        (
            "SQLITE_TOOBIG",
            DamagedProject,
            f"“{name}” has a row that is larger than any that this program writes. Go back to a copy.",
        ),
        (
            "SQLITE_CORRUPT",
            DamagedProject,
            f"“{name}” is damaged. Close it and open it again; if this stays, go back to a copy.",
        ),
        ("SQLITE_CANTOPEN", ProjectFileError, f"“{name}” cannot be opened. Is it still there, and may you read it?"),
        (
            "SQLITE_IOERR",
            ProjectFileError,
            f"The disk with “{name}” reported an error. This change was not saved; "
            "check the disk and save a copy elsewhere.",
        ),
    )
    return next((kind(words) for prefix, kind, words in sentences if code.startswith(prefix)), None)
