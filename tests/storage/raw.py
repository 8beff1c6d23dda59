"""Looking at and tampering with a project file from outside, as another program would."""

import contextlib
import ctypes
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CONTENT = (
    "project",
    "annotator",
    "article",
    "entity",
    "alias",
    "entity_key",
    "mention",
    "claim",
    "claim_source",
    "claim_about",
    "claim_party",
    "claim_quantity",
    "external_id",
    "link",
    "assignment",
)
"""The tables that hold what users see; history, the undo stack and texts that nothing refers to are beside it."""

_DAC_OVERRIDE, _DAC_READ_SEARCH = 1, 2
_CAPABILITIES_3, _SET_SECURE_BITS, _NO_SETUID_FIXUP = 0x20080522, 28, 1 << 2


def ask(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows that another connection sees."""
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def tamper(path: Path, *statements: str) -> None:
    """Runs statements on the file as another program would, without any of our settings."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything users see in a project, comparable."""
    return {table: sorted(ask(path, f"SELECT * FROM {table}"), key=repr) for table in CONTENT}


def files_in(folder: Path) -> list[str]:
    """The names of all files in a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir() if path.is_file())


@contextlib.contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    """Gives a file or folder these permissions for a while, and this thread no more power than its user has."""
    before = path.stat().st_mode & 0o7777
    path.chmod(bits)
    try:
        with _as_plain_user():
            yield
    finally:
        path.chmod(before)


@contextlib.contextmanager
def _as_plain_user() -> Iterator[None]:
    """Where the tests run as root, permissions count for nothing; so root lays two of its powers down."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, powers = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, powers) == 0
    full = powers[0]

    def hold(effective: int, secure_bits: int) -> None:
        # Without the bit, access() would lend root all its powers again.
        assert libc.prctl(_SET_SECURE_BITS, secure_bits, 0, 0, 0) == 0
        powers[0] = effective
        assert libc.capset(header, powers) == 0

    hold(full & ~(1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH), _NO_SETUID_FIXUP)
    try:
        yield
    finally:
        hold(full, 0)
