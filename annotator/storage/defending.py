"""What SQLite may do with a file that somebody else may have prepared: how much, what, and for how long."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 10.0
"""How long a statement on a stranger's file may run between two rows; longer only as the file is large."""
_A_SECOND = 20_000_000
"""Bytes that a slow disk reads in a second."""
LONGEST = 100_000_000
"""Bytes of one value in a stranger's file: more than the longest text has, less than would take all memory."""
_OPCODES = 10_000

# By number, as sqlite3.h has them: the names in Python are the same everywhere, but not all of them.
_LENGTH, _SQL_LENGTH, _COLUMN, _EXPR_DEPTH, _COMPOUND_SELECT, _VDBE_OP = range(6)
_FUNCTION_ARG, _ATTACHED, _LIKE_PATTERN, _VARIABLE, _TRIGGER_DEPTH, _WORKER_THREADS = range(6, 12)
_OWN = {
    _SQL_LENGTH: 1_000_000,
    _COLUMN: 200,
    _EXPR_DEPTH: 100,
    _COMPOUND_SELECT: 20,
    _VDBE_OP: 100_000,
    _FUNCTION_ARG: 16,
    _ATTACHED: 1,  # VACUUM attaches its target
    _LIKE_PATTERN: 1_000,
    _TRIGGER_DEPTH: 1,
    _WORKER_THREADS: 0,
}
_STRANGERS = _OWN | {_LENGTH: LONGEST, _SQL_LENGTH: 100_000, _VDBE_OP: 25_000, _ATTACHED: 0, _VARIABLE: 100}

_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_FUNCTION})
_FUNCTIONS = frozenset("coalesce count group_concat has_words iif instr json_each length lower max min sum".split())


def limit(connection: sqlite3.Connection, *, is_strangers: bool) -> None:
    """Lowers what SQLite takes: done before the first statement, for reading a file's list of tables is one already."""
    for what, most in (_STRANGERS if is_strangers else _OWN).items():
        connection.setlimit(what, most)


def only_reading(connection: sqlite3.Connection) -> None:
    """From now on nothing but plain questions is answered, whatever a statement or the file's schema asks for."""
    connection.execute("PRAGMA query_only = ON")
    connection.execute("SELECT 1 FROM json_each('[]')").fetchall()  # made once, which nobody is allowed later
    connection.set_authorizer(_judged)


def _judged(action: int, first: str | None, second: str | None, database: str | None, source: str | None) -> int:
    del first, database
    if action not in _ALLOWED or source is not None:  # only views and triggers ask in their own name
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second not in _FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


@contextmanager
def no_longer_than(connection: sqlite3.Connection, most: int) -> Iterator[None]:
    """Meanwhile a longer value is refused before it is read."""
    usual = connection.setlimit(_LENGTH, most)
    try:
        yield
    finally:
        connection.setlimit(_LENGTH, usual)


class Deadline:
    """Ends statements that run too long. It begins anew with each step that is asked for."""

    def __init__(self, connection: sqlite3.Connection, size: int) -> None:
        self._seconds = SECONDS + size / _A_SECOND
        self._end = 0.0
        self.begin()
        connection.set_progress_handler(self._is_over, _OPCODES)

    def begin(self) -> None:
        """From now on counts."""
        self._end = time.monotonic() + self._seconds

    def _is_over(self) -> bool:
        return time.monotonic() > self._end
