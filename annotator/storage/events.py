"""History row by row, and what it says of single records: what bringing files together is worked out from."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from annotator.domain.edits import EditKind
from annotator.domain.histories import Deed, HistoryRow, Touch
from annotator.domain.ids import AnnotatorId
from annotator.domain.merging import Event
from annotator.errors import DamagedProject
from annotator.storage import journal
from annotator.storage.connection import in_chunks
from annotator.storage.strict_json import check_rows, strictly

_COLUMNS = "h.seq, h.id, h.kind, h.subject, h.step, h.annotator_id, h.at, h.group_id, h.program, h.changes"
_ROWS_KEPT = 32
_CHUNK = 200


def rows(connection: sqlite3.Connection, known: Collection[str]) -> Iterator[HistoryRow]:
    """The history, oldest first, without the rows that are known, were taken back with what brought them, or only say
    that something was brought in: that has rows of its own.

    Raises DamagedProject for a row that this program would not have written.
    """
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM history h WHERE h.is_withdrawn = 0 AND h.kind != ? ORDER BY h.seq",
        (EditKind.BRING_IN.value,),
    )
    wanted = (row for row in in_chunks(found) if row[1] not in known)
    while chunk := list(islice(wanted, _CHUNK)):
        deeds = {row[0]: _deeds(row[-1], strictly) for row in chunk}
        touches = _touches(connection, deeds)
        check_rows(chunk, touches, deeds)
        for seq, id_, kind, subject, step, annotator, at, group, program, spelled in chunk:
            yield HistoryRow(
                id_, kind, subject, step, annotator, at, group, program, deeds[seq], tuple(touches[seq]), spelled
            )


def known_rows(connection: sqlite3.Connection) -> frozenset[str]:
    """The ids of the rows of history that count."""
    return frozenset(id_ for (id_,) in connection.execute("SELECT id FROM history WHERE is_withdrawn = 0"))


def signed(connection: sqlite3.Connection, known: Iterable[str]) -> dict[str, AnnotatorId]:
    """Who did the edits of rows of history, by the ids of these; nobody's those that are only repeated here."""
    found = connection.execute(
        "SELECT id, annotator_id FROM history WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(known)),)
    )
    return dict(found.fetchall())


def events_on(connection: sqlite3.Connection, records: Iterable[str]) -> dict[str, list[Event]]:
    """What is known to have happened to these records; those nothing is known of are left out."""
    found: dict[str, dict[str, Event]] = {}

    @lru_cache(maxsize=_ROWS_KEPT)
    def deeds_of(seq: int) -> dict[str, tuple[Deed, Deed]]:
        (changes,) = connection.execute("SELECT changes FROM history WHERE seq = ?", (seq,)).fetchone()
        deeds: dict[str, tuple[Deed, Deed]] = {}
        for deed in _deeds(changes):
            deeds[deed.record] = (deeds.get(deed.record, (deed, deed))[0], deed)
        return deeds

    touched = connection.execute(
        "SELECT t.record_id, t.seq, t.event, h.id, t.lamport, t.parents FROM touched t JOIN history h ON h.seq = t.seq "
        "WHERE t.record_id IN (SELECT value FROM json_each(?)) AND h.is_withdrawn = 0 ORDER BY t.seq, t.record_id",
        (json.dumps(list(records)),),
    ).fetchall()
    for record, seq, event, row, lamport, parents in touched:
        pair = deeds_of(seq).get(record)
        known = found.setdefault(record, {})
        # A row that only repeats how a record was when it was handed out gives way to the row itself.
        if pair is not None and (not event or event not in known):
            id_ = event or row
            known[id_] = Event(id_, lamport, frozenset(parents.split()), pair[0].before, pair[1].after)
    return {record: list(events.values()) for record, events in found.items()}


def heads_of(connection: sqlite3.Connection, record: str) -> list[Touch]:
    """The touches of a record that none came after, each once: a file that came back tells it again."""
    touches = [
        Touch(record, event, lamport, frozenset(parents.split()))
        for event, lamport, parents in connection.execute(
            "SELECT iif(t.event = '', h.id, t.event), t.lamport, t.parents FROM touched t "
            "JOIN history h ON h.seq = t.seq WHERE t.record_id = ? AND h.is_withdrawn = 0",
            (record,),
        ).fetchall()
    ]
    followed = {parent for touch in touches for parent in touch.parents}
    return list({touch.event: touch for touch in touches if touch.event not in followed}.values())


def handed_to(connection: sqlite3.Connection) -> AnnotatorId | None:
    """For whom the file was written; None for a project that was not handed out."""
    row = connection.execute("SELECT kind, subject FROM history ORDER BY seq LIMIT 1").fetchone()
    if row is None or row[0] != EditKind.HAND_OUT.value:
        return None
    try:
        subject = json.loads(row[1])
    except (ValueError, RecursionError):
        subject = None
    if not isinstance(subject, list):
        raise DamagedProject("The first row of the history cannot be read; go back to a copy.")
    return AnnotatorId(str(subject[1])) if len(subject) > 1 else None


def take_rows(connection: sqlite3.Connection, taken: Sequence[HistoryRow], via: int) -> None:
    """Adds rows of another file, signed and dated as they are; via is the row that says that they were brought in.

    A row that is there and was taken back counts again.
    """
    one_of = "id IN (SELECT value FROM json_each(?))"
    there = {
        id_
        for (id_,) in connection.execute(
            f"SELECT id FROM history WHERE {one_of}", (json.dumps([row.id for row in taken]),)
        ).fetchall()
    }
    connection.executemany(
        "UPDATE history SET is_withdrawn = 0, via = ? WHERE id = ?", [(via, row.id) for row in taken if row.id in there]
    )
    new = [row for row in taken if row.id not in there]
    first = journal.append_all(connection, map(_columns, new), via)
    connection.executemany(
        "INSERT INTO touched VALUES (?, ?, ?, ?, ?, ?)",
        (touched for seq, row in enumerate(new, start=first) for touched in _touched(seq, row)),
    )


def _columns(row: HistoryRow) -> tuple[object, ...]:
    spelled = row.spelled or json.dumps(
        [(deed.type, deed.before, deed.after) for deed in row.deeds], ensure_ascii=False, separators=(",", ":")
    )
    return (
        row.id,
        row.kind,
        row.subject,
        row.step,
        None,
        row.annotator,
        row.at,
        row.group,
        spelled,
        row.program,
    )


def _touched(seq: int, row: HistoryRow) -> Iterator[tuple[object, ...]]:
    gone = {deed.record: int(deed.after is None) for deed in row.deeds}
    for touch in row.touches:
        event = "" if touch.event == row.id else touch.event
        yield touch.record, seq, event, touch.lamport, " ".join(sorted(touch.parents)), gone[touch.record]


def deleted_but_there(connection: sqlite3.Connection) -> list[str]:
    """The entities and claims that somebody deleted and that are in the project all the same."""
    there = "record_id IN (SELECT id FROM entity UNION ALL SELECT id FROM claim)"
    found = connection.execute(
        f"SELECT DISTINCT record_id FROM touched INDEXED BY touched_by_deletion WHERE is_deletion = 1 AND {there}"
    )
    return [record for (record,) in found.fetchall()]


def _touches(connection: sqlite3.Connection, deeds: dict[int, tuple[Deed, ...]]) -> dict[int, list[Touch]]:
    """What rows of history touched, by their numbers."""
    found: dict[int, list[Touch]] = {seq: [] for seq in deeds}
    records = list(dict.fromkeys(deed.record for row in deeds.values() for deed in row))
    touched = connection.execute(
        "SELECT t.seq, t.record_id, iif(t.event = '', h.id, t.event), t.lamport, t.parents "
        "FROM json_each(?) j CROSS JOIN touched t ON t.record_id = j.value AND t.seq BETWEEN ? AND ? "
        "JOIN history h ON h.seq = t.seq",
        (json.dumps(records), min(deeds), max(deeds)),
    )
    for seq, record, event, lamport, parents in touched.fetchall():
        if seq in found:
            found[seq].append(Touch(record, event, lamport, frozenset(parents.split())))
    return found


def _deeds(changes: str, read: Callable[[str], Any] = json.loads) -> tuple[Deed, ...]:
    try:
        return tuple([Deed(str(name), before, after) for name, before, after in read(changes)])
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedProject("A row of the history cannot be read; go back to a copy.") from error
