"""Decisions, each with the records that it is about."""

import sqlite3
from collections.abc import Iterable

from annotator.domain.decisions import Decision, Verdict
from annotator.storage.tables.base import Row, Table, parts_by_owner

_COLUMNS = (
    *("id", "article_id", "verdict", "taken", "result", "reason", "note"),
    *("author_id", "created", "changed"),
)


def _to_row(decision: Decision) -> Row:
    return (
        decision.id,
        decision.article,
        decision.verdict.value,
        decision.taken,
        decision.result,
        decision.reason,
        decision.note,
        decision.author,
        decision.created,
        decision.changed,
    )


def _from_row(row: Row, about: Iterable[Row] = ()) -> Decision:
    id_, article, verdict, taken, result, reason, note, author, created, changed = row
    ids = tuple(record for (record,) in about)
    return Decision(id_, article, Verdict(verdict), ids, author, created, changed, taken, result, reason, note)


class _Decisions(Table[Decision]):
    def insert(self, connection: sqlite3.Connection, records: Iterable[Decision]) -> None:
        """Adds decisions with what they are about."""
        decisions = tuple(records)
        super().insert(connection, decisions)
        _insert_about(connection, decisions)

    def update(self, connection: sqlite3.Connection, record: Decision) -> None:
        """Writes the decision; what it is about anew."""
        super().update(connection, record)
        _delete_about(connection, record)
        _insert_about(connection, (record,))

    def delete(self, connection: sqlite3.Connection, record: Decision) -> None:
        """Takes the decision away."""
        _delete_about(connection, record)
        super().delete(connection, record)

    def from_rows(self, connection: sqlite3.Connection, rows: list[Row]) -> list[Decision]:
        """Decisions with what they are about, looked up at once for all."""
        about = parts_by_owner(connection, "SELECT decision_id, record_id FROM decision_about", "decision_id", rows)
        return [_from_row(row, about.get(row[0], ())) for row in rows]


def _insert_about(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> None:
    connection.executemany(
        "INSERT INTO decision_about VALUES (?, ?, ?)",
        ((one.id, number, record) for one in decisions for number, record in enumerate(one.about)),
    )


def _delete_about(connection: sqlite3.Connection, decision: Decision) -> None:
    connection.execute("DELETE FROM decision_about WHERE decision_id = ?", (decision.id,))


DECISIONS = _Decisions("decision", Decision, _COLUMNS, _to_row, _from_row)
