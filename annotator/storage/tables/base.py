"""What the tables have in common: a row per record, found by its id."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from annotator.domain.spans import Span, hull
from annotator.domain.values import Value
from annotator.errors import DamagedProject

R = TypeVar("R")
Row = tuple[Any, ...]
Values = Row | Mapping[str, Any]
SENSELESS = (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError)
"""What reading a row raises when it was not written by this program: its parts are JSON that may say anything."""


class Table(Generic[R]):
    """Keeps records of one type. Names with a meaning in SQL are quoted in columns."""

    def __init__(
        self,
        name: str,
        record_type: type[R],
        columns: Sequence[str],
        to_row: Callable[[R], Row],
        from_row: Callable[[Row], R],
    ) -> None:
        self.name, self.record_type = name, record_type
        self.to_row, self.from_row = to_row, from_row
        self.columns = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        settings = ", ".join(f'"{column}" = ?' for column in columns[1:])
        self._insert = f"INSERT INTO {name} ({self.columns}) VALUES ({marks})"
        self._update = f"UPDATE {name} SET {settings} WHERE id = ?"
        self.select = f"SELECT {self.columns} FROM {name}"

    def insert(self, connection: sqlite3.Connection, records: Iterable[R]) -> None:
        """Adds new records."""
        connection.executemany(self._insert, map(self.to_row, records))

    def update(self, connection: sqlite3.Connection, record: R) -> None:
        """Writes other values of a record; an update, because replacing the row would drop what hangs on it."""
        row = self.to_row(record)
        connection.execute(self._update, (*row[1:], row[0]))

    def delete(self, connection: sqlite3.Connection, record: R) -> None:
        """Takes a record away."""
        connection.execute(f"DELETE FROM {self.name} WHERE id = ?", (self.to_row(record)[0],))

    def read(self, connection: sqlite3.Connection, condition: str, values: Values = ()) -> list[R]:
        """The records that meet a condition, which may go on with ORDER BY and LIMIT."""
        rows = connection.execute(f"{self.select} WHERE {condition}", values).fetchall()
        try:
            return self.from_rows(connection, rows)
        except SENSELESS as error:
            raise DamagedProject(
                f"A row of this project makes no sense as {self.name}: {error}. Use a copy."
            ) from error

    def from_rows(self, connection: sqlite3.Connection, rows: list[Row]) -> list[R]:
        """The records of rows; tables with parts look those up too."""
        del connection
        return [self.from_row(row) for row in rows]

    def get(self, connection: sqlite3.Connection, id_: str) -> R | None:
        """The record with this id."""
        return next(iter(self.read(connection, "id = ?", (id_,))), None)


def parts_by_owner(connection: sqlite3.Connection, select: str, owner: str, rows: list[Row]) -> dict[str, list[Row]]:
    """The parts of the records in rows, in order, by the id of the record; select begins with the owner."""
    ids = [row[0] for row in rows]
    if len(ids) == 1:
        found = connection.execute(f"{select} WHERE {owner} = ? ORDER BY number", ids)
    else:
        # One statement for any number of records: a question for each would take most of the time of a long list.
        one_of = f"{owner} IN (SELECT value FROM json_each(?)) ORDER BY {owner}, number"
        found = connection.execute(f"{select} WHERE {one_of}", (json.dumps(ids),))
    result: dict[str, list[Row]] = {}
    for row in found.fetchall():
        result.setdefault(row[0], []).append(row[1:])
    return result


def stored_spans(spans: tuple[Span, ...]) -> tuple[int | None, int | None, str]:
    """Start and end of the whole, and the pieces as JSON where there are several; nulls for no spans."""
    if not spans:
        return None, None, ""
    if len(spans) == 1:
        return spans[0].start, spans[0].end, ""
    whole = hull(spans)
    # As JSON would be, which makes an encoder anew for each call.
    pieces = ",".join([f"[{span.start},{span.end}]" for span in spans])
    return whole.start, whole.end, f"[{pieces}]"


def loaded_spans(start: int | None, end: int | None, pieces: str) -> tuple[Span, ...]:
    """The spans that stored_spans spelled."""
    if pieces:
        return tuple(Span(piece[0], piece[1]) for piece in json.loads(pieces))
    return () if start is None or end is None else (Span(start, end),)


def stored_words(words: tuple[str, ...]) -> str:
    """A list of words as JSON; nothing for no words."""
    return json.dumps(words, ensure_ascii=False) if words else ""


def loaded_words(stored: str) -> tuple[str, ...]:
    """The words that stored_words spelled."""
    return tuple(map(str, json.loads(stored))) if stored else ()


def stored_values(attributes: tuple[Value, ...]) -> str:
    """The values of a schema's attributes as a JSON object of lists, by key; nothing when none is set."""
    return json.dumps({value.key: value.values for value in attributes}, ensure_ascii=False) if attributes else ""


def loaded_values(stored: str) -> tuple[Value, ...]:
    """The values that stored_values spelled."""
    return tuple(Value(key, tuple(map(str, values))) for key, values in json.loads(stored).items()) if stored else ()
