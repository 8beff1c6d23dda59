"""Looking at and tampering with a project file from outside, as another program would."""

import contextlib
import ctypes
import os
import shutil
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


def every_row(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, in their order, texts as bytes."""
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.text_factory = bytes
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        return {
            name.decode(): connection.execute(f'SELECT * FROM "{name.decode()}" NOT INDEXED').fetchall()
            for (name,) in tables
        }


def plant(path: Path, mark: bytes) -> None:
    """Hides words in a project where no row is and no check looks: in free pages, in what is unused of others, in the
    head of the file and in its list of tables.
    """
    words = mark.decode("ascii")
    tamper(
        path,
        "PRAGMA secure_delete = OFF",
        "PRAGMA writable_schema = ON",
        f"UPDATE sqlite_schema SET tbl_name = '{words}' WHERE name = 'sqlite_autoindex_text_1'",
        f"CREATE TABLE hidden (words TEXT /* {words} */)",
        f"INSERT INTO hidden WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) "
        f"SELECT replace(hex(zeroblob(900)), '00', '{words} ') FROM n",
        "DROP TABLE hidden",
    )
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    assert b"sqlite_autoindex_text_1" + mark in data, "they are in the list of tables"
    assert b"TEXT /* " + mark in data, "they are where a line of it was"
    assert data.count(mark) > 100, "they are in free pages"
    unused = 0
    for page in range(size, len(data), size):
        cells, content = (int.from_bytes(data[page + at : page + at + 2], "big") for at in (3, 5))
        begin, end = page + 8 + 2 * cells, page + content
        if data[page] == 0x0D and end - begin > 2 * len(mark):
            data[end - len(mark) : end] = mark
            unused += 1
    data[72:92] = mark[:20].ljust(20, b"!")
    assert unused, "no page has room"
    path.write_bytes(data)


def interrupt(path: Path, target: Path) -> None:
    """Copies a project at a moment when another program is in the middle of writing to it, with the journal."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE text SET text = text || hex(zeroblob(50000))")
        for rest in ("", "-journal"):
            shutil.copyfile(f"{path}{rest}", f"{target}{rest}")
        connection.execute("ROLLBACK")
    with Path(f"{target}-journal").open("rb") as journal:
        assert journal.read(4) == b"\xd9\xd5\x05\xf9", "it would not be played back"


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
