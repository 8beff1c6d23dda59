"""What every table of records can do: read, write and delete its records, one by one or in bulk."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from annotator.domain.edits import Record
from annotator.domain.spans import Span
from annotator.errors import DamagedProject
from annotator.storage.connection import Database, Row

R = TypeVar("R", bound=Record)

ONE_OF = "IN (SELECT value FROM json_each(?))"
"""Ends a condition on many values, handed over as a JSON list: one statement, whatever their number."""


@dataclass(frozen=True, slots=True)
class Part(Generic[R]):
    """A table whose rows belong to one record each. columns without the owner; rows gives them in order.

    A part that is only there to be searched is not read back.
    """

    name: str
    owner: str
    columns: tuple[str, ...]
    rows: Callable[[R], Iterable[Row]]
    is_read: bool = True


class Table(Generic[R]):
    """One record type's rows. columns begins with the id; make_record gets a row and the rows of each part read."""

    def __init__(
        self,
        record_type: type[R],
        name: str,
        columns: tuple[str, ...],
        to_row: Callable[[R], Row],
        make_record: Callable[..., R],
        parts: tuple[Part[R], ...] = (),
    ) -> None:
        self.record_type = record_type
        self.name = name
        self._to_row = to_row
        self._make_record = make_record
        self._parts = parts
        self._read_parts = tuple(part for part in parts if part.is_read)
        listed = ", ".join(columns)
        updates = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
        marks = ", ".join("?" * len(columns))
        self._select = f"SELECT {listed} FROM {name} "
        # REPLACE would delete the row first and, with it, what hangs on it.
        self._upsert = f"INSERT INTO {name} ({listed}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {updates}"

    def select(self, db: Database, tail: str, parameters: Sequence[Any] = ()) -> list[R]:
        """The records of the rows that tail (WHERE, ORDER BY, LIMIT) picks.

        Raises DamagedProject for a row that makes no record.
        """
        rows = db.rows(self._select + tail, parameters)
        try:
            if not self._read_parts:
                return [self._make_record(row) for row in rows]
            parts = self._rows_of_parts(db, [row[0] for row in rows])
            return [self._make_record(row, *(part.get(row[0], ()) for part in parts)) for row in rows]
        except (ValueError, TypeError) as error:
            words = (
                f"“{db.path.name}” holds {self.name} data that makes no sense ({error}): it is damaged. Use a backup."
            )
            raise DamagedProject(words) from error

    def one(self, db: Database, id_: str) -> R | None:
        """The record with this id."""
        found = self.select(db, "WHERE id = ?", (id_,))
        return found[0] if found else None

    def read(self, db: Database, ids: Sequence[str]) -> dict[str, R]:
        """Those of the records that are there, by id."""
        if len(ids) == 1:
            record = self.one(db, ids[0])
            return {} if record is None else {ids[0]: record}
        return {record.id: record for record in self.select(db, f"WHERE id {ONE_OF}", (json.dumps(ids),))}

    def write(self, db: Database, records: Sequence[R]) -> None:
        """Makes the records, or makes them what they are now."""
        self._delete_parts(db, [record.id for record in records])
        db.run_many(self._upsert, map(self._to_row, records))
        for part in self._parts:
            marks = ", ".join("?" * (1 + len(part.columns)))
            sql = f"INSERT INTO {part.name} ({', '.join((part.owner, *part.columns))}) VALUES ({marks})"
            db.run_many(sql, ((record.id, *row) for record in records for row in part.rows(record)))

    def delete(self, db: Database, ids: Sequence[str]) -> None:
        """Takes the records away."""
        self._delete_parts(db, ids)
        db.run_many(f"DELETE FROM {self.name} WHERE id = ?", ((id_,) for id_ in ids))

    def _delete_parts(self, db: Database, ids: Sequence[str]) -> None:
        for part in self._parts:
            db.run_many(f"DELETE FROM {part.name} WHERE {part.owner} = ?", ((id_,) for id_ in ids))

    def _rows_of_parts(self, db: Database, ids: Sequence[str]) -> list[dict[str, list[Row]]]:
        return [_by_owner(db, part, ids) for part in self._read_parts]


def _by_owner(db: Database, part: Part[R], ids: Sequence[str]) -> dict[str, list[Row]]:
    columns = f"SELECT {', '.join((part.owner, *part.columns))} FROM {part.name} WHERE {part.owner} "
    if len(ids) == 1:
        rows = db.rows(columns + "= ? ORDER BY ord", ids)
    else:
        rows = db.rows(columns + f"{ONE_OF} ORDER BY {part.owner}, ord", (json.dumps(ids),))
    result: dict[str, list[Row]] = defaultdict(list)
    for owner, *row in rows:
        result[owner].append(tuple(row))
    return result


def spans_to_text(spans: tuple[Span, ...]) -> str:
    """The spans as JSON, such as [[3,8],[12,20]]."""
    return f"[{','.join([f'[{span.start},{span.end}]' for span in spans])}]"


def spans_from_text(text: str) -> tuple[Span, ...]:
    """The spans that spans_to_text wrote. Raises ValueError."""
    return tuple([Span(start, end) for start, end in json.loads(text)])
