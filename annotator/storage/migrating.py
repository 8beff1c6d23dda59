"""Steps from one format version to the next, numbered, never edited once released; what a file lacks, all or none."""

import sqlite3
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from annotator.errors import DamagedProject
from annotator.storage.connection import APPLICATION_ID

_FOLDER = Path(__file__).parent / "migrations"
_NOT_BROUGHT = "The project could not be brought to format {}; it is as it was."


@dataclass(frozen=True, slots=True)
class Migration:
    """The statements that lead to a version from the one before it."""

    version: int
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """All steps, from the empty file on."""
    files = sorted(_FOLDER.glob("[0-9]*.sql"))
    return tuple(Migration(int(file.name[:4]), file.read_text(encoding="utf-8")) for file in files)


def migrate(connection: sqlite3.Connection, steps: tuple[Migration, ...]) -> None:
    """Runs the steps that the file lacks, all in one transaction that also checks references and sets the version."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    lacking = [step for step in steps if step.version > version]
    if not lacking:
        return
    # A table that is built anew must not count as taken away from what refers to it; the check below makes up.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        # One for all, so that a crash leaves the format that was there and not one that neither program made.
        connection.execute("BEGIN IMMEDIATE")
        for step in lacking:
            try:
                for statement in statements(step.sql):
                    connection.execute(statement)
            except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
                # What the file has does not fit into the new tables; a fault in the step itself is ours.
                if isinstance(error, sqlite3.OperationalError) and not str(error).startswith("malformed JSON"):
                    raise
                raise DamagedProject(_NOT_BROUGHT.format(step.version)) from error
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise DamagedProject(_NOT_BROUGHT.format(step.version))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {lacking[-1].version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def statements(sql: str) -> list[str]:
    """The statements of a script; executescript would end our transaction."""
    result, current = [], ""
    for line in sql.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            result.append(current)
            current = ""
    if current.strip():
        raise ValueError(f"a migration ends in the middle of a statement: {current.strip()[:60]}")
    return result


def check_schema(connection: sqlite3.Connection, steps: tuple[Migration, ...]) -> None:
    """Raises DamagedProject unless the tables are just those that the steps make: no trigger, no view, nothing else."""
    if _made_by(steps) != _described(connection):
        raise DamagedProject(
            "The tables of this file are not those of a project; another program has changed them. "
            "Nothing was changed; go back to a copy."
        )


@lru_cache(maxsize=8)
def _made_by(steps: tuple[Migration, ...]) -> set[tuple[str, str, str]]:
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in steps:
            for statement in statements(step.sql):
                fresh.execute(statement)
        return _described(fresh)
    finally:
        fresh.close()


def _described(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
    return {(kind, name, sql) for kind, name, sql in rows}
