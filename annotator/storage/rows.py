"""Records and texts into their tables."""

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import groupby

from annotator.domain.articles import text_hash
from annotator.domain.edits import Change, Record
from annotator.errors import ProjectChanged
from annotator.storage.tables import RANKS, table_of


def write_texts(connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    """Adds texts by their hashes; those that are there stay."""
    for sha256, text in texts.items():
        if text_hash(text) != sha256:
            raise ValueError("a text does not have the hash it was given under")
    # A text of an article that was taken back is there still.
    connection.executemany("INSERT INTO text (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING", texts.items())


def write_rows(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """Makes, changes and deletes the rows of records. Raises ProjectChanged when one is not as the change found it."""
    if all(change.before is None for change in changes):
        _write_new(connection, changes)
        return
    for (record_type, is_new), group in groupby(changes, lambda c: (type(c.record), c.before is None)):
        table = table_of(record_type)
        if is_new:
            table.insert(connection, [change.record for change in group])
            continue
        for change in group:
            before = change.before
            assert before is not None
            if table.get(connection, before.id) != before:
                raise ProjectChanged(_changed_meanwhile(before))
            if change.after is None:
                table.delete(connection, before)
            else:
                table.update(connection, change.after)


def _write_new(connection: sqlite3.Connection, changes: Sequence[Change]) -> None:
    by_type: dict[type[Record], list[Record]] = {}
    for change in changes:
        record = change.record
        by_type.setdefault(type(record), []).append(record)
    # The tables are in the order in which rows refer to each other. A statement for each is quicker than one for
    # each article's mentions and then its claims.
    for record_type in sorted(by_type, key=RANKS.__getitem__):
        table_of(record_type).insert(connection, by_type[record_type])


def _changed_meanwhile(record: Record) -> str:
    return f"This {type(record).__name__.lower()} was changed meanwhile, so the edit would overwrite something newer."
