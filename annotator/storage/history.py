"""The append-only record of every edit: who, when, what, chained by hashes so that a changed row is noticed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.authors import Author
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document, to_document
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.ids import EditId
from annotator.errors import DamagedProject
from annotator.storage.connection import Database, Row
from annotator.version import VERSION

DO, UNDO, REDO = "do", "undo", "redo"

_BEGINNING = "0" * 64
_COLUMNS = "seq, id, kind, subject, step, undoes, annotator_id, at, group_id, app_version, changes"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to be. undoes is the row that an undo takes back or a redo does again."""

    id: EditId
    edit: Edit
    annotator: str
    at: str
    step: str = DO
    undoes: int | None = None
    group: str = ""


def entry(edit: Edit, author: Author, step: str = DO, undoes: int | None = None, group: str = "") -> Entry:
    """An entry signed and dated by the author."""
    return Entry(EditId(author.new_id()), edit, author.annotator, author.now(), step, undoes, group)


def append(db: Database, entry: Entry) -> int:
    """Adds the entry; its seq is returned."""
    last = db.row("SELECT seq, hash FROM history ORDER BY seq DESC LIMIT 1") or (0, _BEGINNING)
    seq = last[0] + 1
    row = (
        seq,
        entry.id,
        entry.edit.kind.value,
        _compact(list(entry.edit.subject)),
        entry.step,
        entry.undoes,
        entry.annotator,
        entry.at,
        entry.group,
        VERSION,
        _encoded(entry.edit.changes),
    )
    marks = ", ".join("?" * (len(row) + 1))
    db.run(f"INSERT INTO history ({_COLUMNS}, hash) VALUES ({marks})", (*row, _hash(last[1], row)))
    return seq


def edit_at(db: Database, seq: int) -> Edit:
    """The edit of one row as it was first done. Raises DamagedProject."""
    row = db.row("SELECT kind, subject, changes FROM history WHERE seq = ?", (seq,))
    try:
        if row is None:
            raise ValueError("a row is missing")
        kind, subject, changes = row
        return Edit(EditKind(kind), _decoded(changes), tuple(json.loads(subject)))
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedProject(f"The history in “{db.path.name}” is damaged ({error}). Use a backup.") from error


def has(db: Database, id_: EditId) -> bool:
    """Whether an edit with this id was saved."""
    return db.row("SELECT 1 FROM history WHERE id = ?", (id_,)) is not None


def head(db: Database) -> str:
    """The last row's hash: it stands for everything ever done in the project."""
    return str(db.value("SELECT hash FROM history ORDER BY seq DESC LIMIT 1") or _BEGINNING)


def first_broken(db: Database) -> int | None:
    """The seq of the first row that does not follow from the row before; None when the whole chain holds."""
    previous, expected = _BEGINNING, 1
    for *row, found in db.stream(f"SELECT {_COLUMNS}, hash FROM history ORDER BY seq"):
        if row[0] != expected or found != _hash(previous, tuple(row)):
            return int(row[0])
        previous, expected = found, expected + 1
    return None


def _hash(previous: str, row: Row) -> str:
    return hashlib.sha256((previous + _compact(list(row))).encode("utf-8")).hexdigest()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _encoded(changes: Sequence[Change]) -> str:
    return _compact(
        [[TYPE_NAMES[type(change.record)], _document(change.before), _document(change.after)] for change in changes]
    )


def _document(record: Record | None) -> dict[str, object] | None:
    return None if record is None else to_document(record)


def _decoded(text: str) -> tuple[Change, ...]:
    return tuple(
        Change(
            None if before is None else from_document(TYPES_BY_NAME[name], before),
            None if after is None else from_document(TYPES_BY_NAME[name], after),
        )
        for name, before, after in json.loads(text)
    )
