"""How a backup differs from the project as it is: counts by type, read in short steps beside the open window."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.domain.documents import TYPE_NAMES
from annotator.storage.backups import reading
from annotator.storage.tables import table_of

_STEP = 2_000


@dataclass(slots=True)
class Difference:
    """What was done to the project since a backup: counts of records by type."""

    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    deleted: Counter[str] = field(default_factory=Counter)

    @property
    def is_empty(self) -> bool:
        """Whether the backup holds the same records."""
        return not (self.made or self.changed or self.deleted)


def differences(backup: Path, project: Path, found: Difference) -> Iterator[tuple[int, int, None]]:
    """Counts into found, yielding how many tables are done and of how many. Raises ProjectFileError."""
    with reading(backup) as then, reading(project) as now:
        known = {name for (name,) in then.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for done, (record_type, kind) in enumerate(TYPE_NAMES.items(), start=1):
            table = table_of(record_type)
            # A table that an older format did not have has lost nothing.
            old = _states(then, table.name) if table.name in known else iter(())
            for before, after in _paired(old, _states(now, table.name)):
                if before is None:
                    found.made[kind] += 1
                elif after is None:
                    found.deleted[kind] += 1
                elif before != after:
                    found.changed[kind] += 1
            yield done, len(TYPE_NAMES), None


def _states(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """Each record's id and when it was changed last, by id: every change gives a record another time."""
    last = ""
    select = f"SELECT id, changed FROM {table} WHERE id > ? ORDER BY id LIMIT {_STEP}"
    while rows := connection.execute(select, (last,)).fetchall():
        yield from rows
        last = rows[-1][0]


def _paired(
    old: Iterator[tuple[str, str]], new: Iterator[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str] | None, tuple[str, str] | None]]:
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if after is None or (before is not None and before[0] < after[0]):
            yield before, None
            before = next(old, None)
        elif before is None or after[0] < before[0]:
            yield None, after
            after = next(new, None)
        else:
            yield before, after
            before, after = next(old, None), next(new, None)
