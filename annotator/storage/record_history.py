"""What the history says of one record, found by what touched it."""

import json
import sqlite3
from typing import Any

from annotator.domain.documents import TYPES_BY_NAME, from_document
from annotator.domain.edits import EditKind, Record
from annotator.domain.pasts import Past
from annotator.errors import DamagedProject

_UNREADABLE = "A row of the history cannot be read; go back to a copy."


def past_of(connection: sqlite3.Connection, record: str, limit: int) -> tuple[Past, ...]:
    """The last edits of a record, oldest first; those that came in with others' files stand where they belong."""
    rows = connection.execute(
        "SELECT h.at, h.annotator_id, h.kind, h.step, h.changes FROM touched t JOIN history h ON h.seq = t.seq "
        "WHERE t.record_id = ? AND t.event = '' AND h.is_withdrawn = 0 ORDER BY t.lamport DESC, h.at DESC LIMIT ?",
        (record, limit),
    ).fetchall()
    found = []
    for at, annotator, kind, step, changes in reversed(rows):
        before, after = _states(record, changes)
        try:
            found.append(Past(at, annotator, EditKind(kind), step, before, after))
        except ValueError as error:
            raise DamagedProject(_UNREADABLE) from error
    return tuple(found)


def _states(record: str, changes: str) -> tuple[Record | None, Record | None]:
    """The record before and after an edit, from all that the edit changed."""
    try:
        own = [
            (name, before, after)
            for name, before, after in json.loads(changes)
            if (after or before or {}).get("id") == record
        ]
        return _read(own[0][0], own[0][1]), _read(own[-1][0], own[-1][2])
    except (ValueError, TypeError, IndexError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedProject(_UNREADABLE) from error


def _read(name: str, document: dict[str, Any] | None) -> Record | None:
    record: Record | None = None if document is None else from_document(TYPES_BY_NAME[name], document)
    return record
