"""A stranger's file is asked questions, and nothing else: what it would have SQLite do is refused, or ended."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.errors import DamagedProject
from annotator.storage import defending
from annotator.storage.connection import connect
from annotator.storage.opening import open_copy
from annotator.storage.strict_json import strictly
from tests.building import a_project, add_article

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_project(tmp_path) as project:
        add_article(project)
    return project.path


@pytest.fixture
def theirs(path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_copy(path)
    yield connection
    connection.close()


def test_questions_are_answered(theirs: sqlite3.Connection) -> None:
    assert theirs.execute("SELECT count(*), max(length(title)) FROM article").fetchone()[0] == 1
    assert theirs.execute("SELECT value FROM json_each(?)", ("[7]",)).fetchone() == (7,)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM article",
        "UPDATE project SET name = 'x'",
        "CREATE TABLE more (x)",
        "CREATE TEMP TABLE more (x)",
        "ATTACH ':memory:' AS more",
        "PRAGMA writable_schema = ON",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
        "SELECT hex(zeroblob(10))",
        "SELECT randomblob(10)",
        "VACUUM",
        ENDLESS,
    ],
)
def test_all_else_is_refused(theirs: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        theirs.execute(statement)


def test_a_view_is_not_looked_into(path: Path) -> None:
    connection = connect(path, read_only=False, is_strangers=True)
    connection.execute("CREATE VIEW more AS SELECT title FROM article")
    defending.only_reading(connection)
    with pytest.raises(sqlite3.DatabaseError):
        connection.execute("SELECT * FROM more")
    connection.close()


def test_what_runs_too_long_is_ended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(defending, "SECONDS", 0.05)
    connection = connect(path, read_only=True, is_strangers=True)
    with pytest.raises(DamagedProject, match="keep programs busy"):
        connection.execute(ENDLESS).fetchone()
    # Each step has all of the time again.
    assert connection.execute("SELECT 1").fetchone() == (1,)
    connection.close()


def test_a_row_that_is_too_large_is_not_read(path: Path) -> None:
    ours = connect(path, read_only=True)
    theirs = connect(path, read_only=True, is_strangers=True)
    long = f"SELECT zeroblob({defending.LONGEST + 1})"
    assert len(ours.execute(long).fetchone()[0]) > defending.LONGEST
    with pytest.raises(DamagedProject, match="larger than any"):
        theirs.execute(long)
    with defending.no_longer_than(ours, 1_000), pytest.raises(DamagedProject, match="larger than any"):
        ours.execute("SELECT zeroblob(2000)")
    assert len(ours.execute("SELECT zeroblob(2000)").fetchone()[0]) == 2_000
    ours.close()
    theirs.close()


def test_a_mark_of_a_log_is_taken_off_a_copy_only_where_it_is_read(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[18:20] = b"\2\2"
    path.write_bytes(bytes(data))
    open_copy(path).close()
    assert path.read_bytes()[18:20] == b"\1\1"
    assert [one.name for one in path.parent.glob(f"{path.name}*")] == [path.name]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1, "a": 2}', "twice"),
        ('{"a": NaN}', "no number"),
        ("[Infinity]", "no number"),
        ("[1e999]", "too large"),
        ("[9223372036854775808]", "too large"),
        (f"[{'9' * 5000}]", "digit"),
        ('["\\ud800"]', "surrogates"),
        ('["a\\u0000b"]', "NUL"),
        ("[" * 100_000 + "]" * 100_000, "deeply"),
        ("[" + "{}," * 2_000_001 + "{}]", "more parts"),
    ],
)
def test_what_this_program_never_writes_is_not_read(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        strictly(text)


def test_what_it_writes_is_read() -> None:
    text = '["é 🙂", "\\ud83d\\ude42", "C:\\\\u0000", -9223372036854775807, 1.5, true, null, {"a": []}]'
    assert strictly(text) == ["é 🙂", "🙂", "C:\\u0000", -9223372036854775807, 1.5, True, None, {"a": []}]


def test_a_value_that_wants_more_memory_than_there_is_is_damage_and_no_fault_of_ours(path: Path) -> None:
    # The limit is that of a process, and can never be raised again.
    words = f"""
import sqlite3, sys
from pathlib import Path
from annotator.errors import DamagedProject
from annotator.storage.connection import connect
connection = connect(Path({str(path)!r}), read_only=True)
sqlite3.connect(":memory:").execute("PRAGMA hard_heap_limit = 2000000")
try:
    print(connection.execute("SELECT zeroblob(9000000)").fetchone())
except DamagedProject as error:
    print(error)
"""
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, cwd=root, check=False)
    assert "asks for more memory than there is" in done.stdout, done.stdout + done.stderr
