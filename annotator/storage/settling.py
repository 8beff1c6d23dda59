"""Makes a valid project of rows that were salvaged: some come back from the history, what refers to nothing goes."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Any, Protocol

from annotator.domain.annotators import Annotator
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document
from annotator.domain.edits import RECORD_TYPES, EditKind, Record
from annotator.domain.ids import AnnotatorId, ProjectId
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.quotes import misquoted
from annotator.domain.spelling import spelled
from annotator.errors import DamagedProject
from annotator.paths import resource
from annotator.storage import journal
from annotator.storage.connection import in_chunks
from annotator.storage.strict_json import strictly
from annotator.storage.tables import table_of
from annotator.storage.tables.base import SENSELESS, Table
from annotator.storage.tables.entities import ENTITIES
from annotator.version import VERSION

_NAMES, _PAGE = 50, 500
"""Titles and names of what is lost that are told."""
_UNKNOWN = "Somebody"
_TOUCH_NOTHING = {EditKind.BRING_IN.value, EditKind.HAND_OUT.value, EditKind.SALVAGE.value}
"""Their touches are those of rows of other files."""
_ANNOTATORS = ("author_id", "annotator_id")


class Outcome(Protocol):
    """Where it is noted what was done."""

    put_back: Counter[str]
    left_out: Counter[str]
    lost: Counter[str]
    names_lost: list[str]


def settle(connection: sqlite3.Connection, found: Outcome) -> None:
    """Within a transaction and without checks of references, which all hold when it is done."""
    _drop_senseless_history(connection, found.left_out)
    last = _last_states(connection)
    for name, document in last.values():
        _put_back(connection, name, document, found)
    _have_project(connection)
    _drop_senseless(connection, found.left_out)
    for entity in ENTITIES.read(connection, "1"):
        ENTITIES.update(connection, entity)  # makes its keys, which are not salvaged
    _have_annotators(connection)
    # What has lost what it was about makes no sense any more, as a comment on an article that is gone.
    while drop_dangling(connection, found.left_out):
        _drop_senseless(connection, found.left_out)
    journal.chain_anew(connection)
    _explain(connection)
    for name, document in last.values():
        if not _is_there(connection, table_of(TYPES_BY_NAME[name]), document["id"]):
            found.lost[name] += 1
            words = str(document.get("title") or document.get("name") or document.get("quote") or "")
            if words and len(found.names_lost) < _NAMES:
                found.names_lost.append(f"{name}: {' '.join(words.split())[:100]}")


def _drop_senseless_history(connection: sqlite3.Connection, left_out: Counter[str]) -> None:
    """Rows of history that say nothing, and what is numbered as nothing of ours is: nobody could read past them."""
    rows = connection.execute("SELECT seq, kind, subject, changes FROM history ORDER BY seq")
    bad = [seq for seq, kind, subject, changes in in_chunks(rows) if not _makes_sense(seq, kind, subject, changes)]
    connection.executemany("DELETE FROM history WHERE seq = ?", [(seq,) for seq in bad])
    touched = connection.execute("DELETE FROM touched WHERE lamport >= ?", (journal.LAST,)).rowcount
    # Without those of which there is none: a sound project would look as if something had been left out.
    left_out += Counter({"history": len(bad), "touched": touched})


def _makes_sense(seq: int, kind: str, subject: str, changes: str) -> bool:
    try:
        EditKind(kind)
        for name, *states in strictly(changes):
            for document in states:
                if document is not None:
                    from_document(TYPES_BY_NAME[name], document)
        return 0 < seq < journal.LAST and isinstance(strictly(subject), list)
    except SENSELESS:
        return False


def _last_states(connection: sqlite3.Connection) -> dict[str, tuple[str, dict[str, Any]]]:
    """Each record as this file's own history left it, without those that were deleted; notes what touched it.

    Rows that came from a teammate are passed over: what they came to here is in the row that says they were brought in.
    """
    found: dict[str, tuple[str, dict[str, Any]]] = {}
    latest: dict[str, tuple[str, int]] = {}
    rows = connection.execute("SELECT seq, id, kind, changes FROM history WHERE via IS NULL ORDER BY seq")
    for seq, row, kind, changes in in_chunks(rows):
        gone: dict[str, bool] = {}
        for name, before, after in _changes(changes):
            id_ = str((after or before or {}).get("id", ""))
            gone[id_] = after is None
            found.pop(id_, None)
            if after is not None and name in TYPES_BY_NAME:
                found[id_] = (name, after)
        if kind not in _TOUCH_NOTHING:
            _touch(connection, seq, row, gone, latest)
    return found


def _touch(
    connection: sqlite3.Connection, seq: int, row: str, gone: dict[str, bool], latest: dict[str, tuple[str, int]]
) -> None:
    """Adds what is missing of which records a row of history touched: each after the row that did before it."""
    known = connection.execute(
        "SELECT record_id, iif(event = '', ?, event), lamport FROM touched "
        "WHERE record_id IN (SELECT value FROM json_each(?)) AND seq = ?",
        (row, json.dumps(list(gone)), seq),
    ).fetchall()
    there = {record: (event, lamport) for record, event, lamport in known}
    for record, is_gone in gone.items():
        if record not in there:
            parent, lamport = latest.get(record, ("", 0))
            there[record] = (row, lamport + 1)
            connection.execute(
                "INSERT INTO touched VALUES (?, ?, '', ?, ?, ?)", (record, seq, lamport + 1, parent, int(is_gone))
            )
        latest[record] = there[record]


def _explain(connection: sqlite3.Connection) -> None:
    """Adds a row of history for what the rest of it leaves open: the records are again as history made them.

    It touches nothing: a teammate who brings the file in must not lose what was lost here.
    """
    ledger: Counter[tuple[str, str]] = Counter()

    def book(name: str, record: Record, sign: int) -> None:
        key = name, spelled(record)
        ledger[key] += sign
        if not ledger[key]:
            del ledger[key]

    for (changes,) in in_chunks(connection.execute("SELECT changes FROM history WHERE via IS NULL ORDER BY seq")):
        for name, before, after in _changes(changes):
            for document, sign in ((before, -1), (after, 1)):
                if document is not None:
                    book(name, from_document(TYPES_BY_NAME[name], document), sign)
    for record_type, name in TYPE_NAMES.items():
        for record in _all(connection, table_of(record_type)):
            book(name, record, -1)
    gone = [f'["{name}",{words},null]' for (name, words), count in ledger.items() for _ in range(count)]
    there = [f'["{name}",null,{words}]' for (name, words), count in ledger.items() for _ in range(-count)]
    if gone or there:
        by = Author(AnnotatorId(""))
        what = (by.new_id(), EditKind.SALVAGE.value, "[]", journal.Step.DO.value, None, by.annotator, by.now(), "")
        journal.append(connection, (*what, f"[{','.join([*gone, *there])}]", VERSION))


def _all(connection: sqlite3.Connection, table: Table[Record]) -> Iterator[Record]:
    last = ""
    while page := table.read(connection, "id > ? ORDER BY id LIMIT ?", (last, _PAGE)):
        yield from page
        last = page[-1].id


def _changes(stored: str) -> Iterator[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    try:
        for name, before, after in json.loads(stored):
            yield str(name), before, after
    except (ValueError, TypeError):
        return


def _put_back(connection: sqlite3.Connection, name: str, document: dict[str, Any], found: Outcome) -> None:
    """A record that is missing, or has lost a part: the same time of change, and yet not the same."""
    table: Table[Record] = table_of(TYPES_BY_NAME[name])
    try:
        record: Record = from_document(TYPES_BY_NAME[name], document)
    except ValueError:
        return
    there = _read(connection, table, record.id)
    if there == record or (there is not None and there.changed != record.changed):
        return
    # Parts of it may be there without it.
    table.delete(connection, record)
    try:
        table.insert(connection, [record])
    except sqlite3.IntegrityError:
        return
    found.put_back[name] += 1


def _read(connection: sqlite3.Connection, table: Table[Record], id_: str) -> Record | None:
    try:
        return table.get(connection, id_)
    except DamagedProject:
        return None


def _is_there(connection: sqlite3.Connection, table: Table[Any], id_: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {table.name} WHERE id = ?", (id_,)).fetchone() is not None


def _have_project(connection: sqlite3.Connection) -> None:
    """A project without its first page of records gets the schema that the program comes with, and a new id."""
    if connection.execute("SELECT 1 FROM project").fetchone() is None:
        by = Author(AnnotatorId(""))
        schema = resource("schemas/news_claims.json").read_text(encoding="utf-8")
        table_of(Project).insert(
            connection, [Project(ProjectId(by.new_id()), "Salvaged project", schema, by.now(), by.now())]
        )


def _have_annotators(connection: sqlite3.Connection) -> None:
    """What somebody signed stays although her name is lost."""
    for table in map(table_of, RECORD_TYPES):
        for column in _ANNOTATORS:
            if f'"{column}"' in table.columns:
                connection.execute(
                    "INSERT INTO annotator (id, name, kind, created, changed) "
                    f"SELECT {column}, ?, 'person', min(created), min(created) FROM {table.name} "
                    f"WHERE {column} NOT IN (SELECT id FROM {TYPE_NAMES[Annotator]}) GROUP BY {column}",
                    (_UNKNOWN,),
                )


def _drop_senseless(connection: sqlite3.Connection, left_out: Counter[str]) -> None:
    """Rows that are no records, and quotes that are not the words of their text: opening the article would fail."""
    texts = "SELECT t.text FROM article a JOIN text t ON t.sha256 = a.sha256 WHERE a.id = ?"
    text, of = "", ""
    for table in map(table_of, RECORD_TYPES):
        ordered = "article_id, id" if table.record_type in {Mention, Claim} else "id"
        ids = [id_ for (id_,) in connection.execute(f"SELECT id FROM {table.name} ORDER BY {ordered}").fetchall()]
        for id_ in ids:
            record = _read(connection, table, id_)
            if isinstance(record, Mention | Claim):
                if record.article != of:
                    row = connection.execute(texts, (record.article,)).fetchone()
                    text, of = (row[0] if row else ""), record.article
                if text and misquoted(text, record) is not None:
                    record = None
            if record is None:
                connection.execute(f"DELETE FROM {table.name} WHERE id = ?", (id_,))
                left_out[table.name] += 1


def drop_dangling(connection: sqlite3.Connection, left_out: Counter[str]) -> bool:
    """Until every reference leads somewhere: those that may be empty are emptied, rows with others are left out.

    Answers whether anything was done.
    """
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    references = [
        (name, row[3], row[2], row[4])
        for name in names
        for row in connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
    ]
    before = connection.total_changes
    is_done = False
    while not is_done:
        is_done = True
        for name, column, parent, key in references:
            nowhere = (
                f'"{column}" IS NOT NULL AND NOT EXISTS '
                f'(SELECT 1 FROM "{parent}" p WHERE p."{key}" = "{name}"."{column}")'
            )
            may_be_empty = _may_be_empty(connection, name, column)
            if may_be_empty:
                connection.execute(f'UPDATE OR IGNORE "{name}" SET "{column}" = NULL WHERE {nowhere}')
            gone = connection.execute(f'DELETE FROM "{name}" WHERE {nowhere}').rowcount
            if gone:
                left_out[name] += gone
                is_done = False
    return connection.total_changes > before


def _may_be_empty(connection: sqlite3.Connection, table: str, column: str) -> bool:
    """Neither NOT NULL nor a part of the key."""
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    return any(row[1] == column and not row[3] and not row[5] for row in columns)
