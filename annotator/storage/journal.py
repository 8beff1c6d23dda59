"""The history of edits, and which of them undo and redo reach."""

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from json.encoder import encode_basestring

from annotator.domain.authors import Author
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document
from annotator.domain.edits import LASTING, Change, Edit, EditKind, Record
from annotator.domain.ids import AnnotatorId
from annotator.domain.spelling import spelled
from annotator.errors import DamagedProject
from annotator.storage.connection import in_chunks
from annotator.version import VERSION

_FIRST = "0" * 64
_LONG = 1_000_000
"""Letters of a value that is taken in pieces."""
LAST = 1 << 53
"""No project has so many edits: a number beyond it was not given by this program."""
COLUMNS = "id, kind, subject, step, of_seq, annotator_id, at, group_id, changes, program"


class Step(StrEnum):
    """What was done with an edit."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Entry:
    """An edit that undo or redo would reach next, with its place in the history."""

    seq: int
    edit: Edit
    group: str


def write(
    connection: sqlite3.Connection,
    edit: Edit,
    author: Author,
    *,
    step: Step = Step.DO,
    of: int | None = None,
    group: str = "",
    spelled: Mapping[str, str] | None = None,
) -> str:
    """Adds a row of history, chained to the one before by its hash, and moves the undo stack; answers the row's id.

    spelled is how records that the edit makes are spelled, by their ids, where that is known already.
    """
    id_ = author.new_id()
    row: tuple[object, ...] = (
        id_,
        edit.kind.value,
        json.dumps(edit.subject, ensure_ascii=False),
        step.value,
        of,
        author.annotator,
        author.now(),
        group,
        _changes(edit, spelled or {}),
        VERSION,
    )
    seq = append(connection, row)
    if edit.kind is EditKind.BRING_IN:
        # What came in has its own history, which stands or falls with this row.
        if of is not None:
            withdrawn = int(step is Step.UNDO)
            connection.execute("UPDATE history SET is_withdrawn = ? WHERE via = ?", (withdrawn, of))
    else:
        touch(connection, seq, edit.changes)
    if step is Step.DO:
        connection.execute("DELETE FROM undo_stack WHERE annotator_id = ? AND is_undone = 1", (author.annotator,))
        if edit.kind not in LASTING:
            connection.execute("INSERT INTO undo_stack VALUES (?, ?, 0, ?)", (seq, author.annotator, group))
    else:
        connection.execute("UPDATE undo_stack SET is_undone = ? WHERE seq = ?", (int(step is Step.UNDO), of))
    return id_


def append(connection: sqlite3.Connection, row: tuple[object, ...], via: int | None = None) -> int:
    """Adds a row of history, chained by its hash; answers its number. via is the row that brought it."""
    return append_all(connection, (row,), via)


def append_all(connection: sqlite3.Connection, rows: Iterable[tuple[object, ...]], via: int | None = None) -> int:
    """Adds rows of history one after the other; answers the number of the first."""
    last = connection.execute("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    before, first = (last[1], last[0] + 1) if last else (_FIRST, 1)
    if first > LAST:
        raise DamagedProject("The history of this project is numbered to its end; go back to a copy.")

    def chained() -> Iterator[tuple[object, ...]]:
        above = before
        for seq, row in enumerate(rows, start=first):
            above = _hash(above, row)
            yield seq, *row, above, via

    marks = ", ".join("?" * (len(COLUMNS.split(",")) + 3))
    connection.executemany(f"INSERT INTO history (seq, {COLUMNS}, hash, via) VALUES ({marks})", chained())
    return int(first)


def touch(connection: sqlite3.Connection, seq: int, changes: Iterable[Change]) -> None:
    """Notes which records a row of history touched, each after all that had touched it before."""
    # The last one counts where an edit changes a record twice.
    touched = {change.record.id: change for change in changes}
    known = ever_touched(connection, touched)
    after = {id_: _next(connection, id_) if id_ in known else (1, "") for id_ in touched}
    connection.executemany(
        "INSERT INTO touched VALUES (?, ?, '', ?, ?, ?)",
        ((id_, seq, *after[id_], int(change.after is None)) for id_, change in touched.items()),
    )


def ever_touched(connection: sqlite3.Connection, records: Collection[str]) -> frozenset[str]:
    """Those of these ids that any row of history has touched the record of."""
    if not records:
        return frozenset()
    # Ids rise with the time of making, so what was just made lies beyond all that there is, and need not be looked for
    # one by one.
    between = "record_id BETWEEN ? AND ?"
    ends = (min(records), max(records))
    if connection.execute(f"SELECT 1 FROM touched WHERE {between} LIMIT 1", ends).fetchone() is None:
        return frozenset()
    one_of = "record_id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(f"SELECT DISTINCT record_id FROM touched WHERE {one_of}", (json.dumps(list(records)),))
    return frozenset(id_ for (id_,) in rows)


def _next(connection: sqlite3.Connection, record: str) -> tuple[int, str]:
    """The number of the next event on a record, and the ids of the events that none came after yet."""
    rows = connection.execute(
        "SELECT iif(t.event = '', h.id, t.event), t.lamport, t.parents FROM touched t JOIN history h ON h.seq = t.seq "
        "WHERE t.record_id = ? AND h.is_withdrawn = 0",
        (record,),
    ).fetchall()
    followed = {parent for _, _, parents in rows for parent in parents.split()}
    heads = sorted({event for event, _, _ in rows} - followed)
    last = max((lamport for _, lamport, _ in rows), default=0)
    if last >= LAST:
        raise DamagedProject("The history of this record is numbered to its end; go back to a copy.")
    return last + 1, " ".join(heads)


def next_undo(connection: sqlite3.Connection, annotator: AnnotatorId, *, whole: bool) -> Entry | None:
    """The edit that undo takes back next; without its changes unless whole."""
    return _entry(connection, annotator, "is_undone = 0 ORDER BY u.seq DESC", whole=whole)


def next_redo(connection: sqlite3.Connection, annotator: AnnotatorId, *, whole: bool) -> Entry | None:
    """The edit that redo does again next."""
    return _entry(connection, annotator, "is_undone = 1 ORDER BY u.seq", whole=whole)


def _entry(connection: sqlite3.Connection, annotator: AnnotatorId, side: str, *, whole: bool) -> Entry | None:
    changes = "h.changes" if whole else "'[]'"
    row = connection.execute(
        f"SELECT u.seq, h.kind, h.subject, {changes}, u.group_id FROM undo_stack u JOIN history h ON h.seq = u.seq "
        f"WHERE u.annotator_id = ? AND {side} LIMIT 1",
        (annotator,),
    ).fetchone()
    if row is None:
        return None
    seq, kind, subject, found, group = row
    try:
        return Entry(seq, Edit(EditKind(kind), tuple(_read(found)), tuple(json.loads(subject))), group)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DamagedProject("A row of the history cannot be read; go back to a copy.") from error


def head(connection: sqlite3.Connection) -> str:
    """The hash of the last row, which stands for everything ever done in the project."""
    last = connection.execute("SELECT hash FROM history ORDER BY seq DESC LIMIT 1").fetchone()
    return str(last[0]) if last else _FIRST


def number_of(connection: sqlite3.Connection, id_: str) -> int:
    """The number of the row with this id, which is there."""
    return int(connection.execute("SELECT seq FROM history WHERE id = ?", (id_,)).fetchone()[0])


def is_written(connection: sqlite3.Connection, id_: str) -> bool:
    """Whether the row of history with this id is in the file."""
    return connection.execute("SELECT 1 FROM history WHERE id = ?", (id_,)).fetchone() is not None


def broken_at(connection: sqlite3.Connection) -> int | None:
    """The first row of history whose hash does not follow from it and the row before; None when all do."""
    before = _FIRST
    all_rows = connection.execute(f"SELECT seq, hash, {COLUMNS} FROM history ORDER BY seq")
    for row in in_chunks(all_rows):
        if row[1] != _hash(before, row[2:]):
            return int(row[0])
        before = row[1]
    return None


def chain_anew(connection: sqlite3.Connection) -> None:
    """Chains the rows again from the first on whose hash does not follow: rows were lost with a damaged file."""
    first = broken_at(connection)
    if first is None:
        return
    above = connection.execute("SELECT hash FROM history WHERE seq < ? ORDER BY seq DESC LIMIT 1", (first,)).fetchone()
    before = above[0] if above else _FIRST
    seqs = connection.execute("SELECT seq FROM history WHERE seq >= ? ORDER BY seq", (first,)).fetchall()
    for (seq,) in seqs:
        row = connection.execute(f"SELECT {COLUMNS} FROM history WHERE seq = ?", (seq,)).fetchone()
        before = _hash(before, row)
        connection.execute("UPDATE history SET hash = ? WHERE seq = ?", (before, seq))


def _hash(before: str, row: tuple[object, ...]) -> str:
    # What json.dumps would say of the row; an encoder made for each of a hundred thousand rows takes longer than this.
    # What is no text is a whole number or nothing.
    for value in row:  # a generator would take a fifth of the whole
        if isinstance(value, str) and len(value) > _LONG:
            return _hash_of_long(before, row)
    values = [encode_basestring(v) if isinstance(v, str) else "null" if v is None else str(v) for v in row]
    return hashlib.sha256(f"{before}\n[{','.join(values)}]".encode()).hexdigest()


def _hash_of_long(before: str, row: tuple[object, ...]) -> str:
    """The same without the whole spelled in memory several times over."""
    digest, sign = hashlib.sha256(f"{before}\n".encode()), b"["
    for value in row:
        digest.update(sign)
        sign = b","
        if isinstance(value, str):
            digest.update(b'"')
            for at in range(0, len(value), _LONG):
                digest.update(encode_basestring(value[at : at + _LONG])[1:-1].encode())
            digest.update(b'"')
        else:
            digest.update(b"null" if value is None else str(value).encode())
    digest.update(b"]")
    return digest.hexdigest()


def _changes(edit: Edit, known: Mapping[str, str]) -> str:
    return f"[{','.join([_change(change, known) for change in edit.changes])}]"


def _change(change: Change, known: Mapping[str, str]) -> str:
    record = change.record
    after = known.get(record.id, "") if change.before is None else ""
    return f'["{TYPE_NAMES[type(record)]}",{_plain(change.before)},{after or _plain(change.after)}]'


def _plain(record: Record | None) -> str:
    return "null" if record is None else spelled(record)


def _read(changes: str) -> Iterator[Change]:
    for name, before, after in json.loads(changes):
        record_type = TYPES_BY_NAME[name]
        yield Change(
            from_document(record_type, before) if before else None, from_document(record_type, after) if after else None
        )
