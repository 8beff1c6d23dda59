"""What each annotator can take back and do again, kept in the file so that it outlives the program."""

import json
from dataclasses import dataclass

from annotator.domain.edits import Edit, EditKind
from annotator.domain.ids import AnnotatorId
from annotator.storage.connection import Database
from annotator.storage.history import REDO, UNDO

OTHER_SIDE = {UNDO: REDO, REDO: UNDO}


@dataclass(frozen=True, slots=True)
class Top:
    """The topmost entry of one side. group ties it to its neighbours; empty for an edit that stands alone."""

    position: int
    history_seq: int
    group: str


def top(db: Database, annotator: AnnotatorId, side: str) -> Top | None:
    """What would be taken back, or done again, next."""
    row = db.row(
        "SELECT position, history_seq, group_id FROM undo_stack WHERE annotator_id = ? AND side = ? "
        "ORDER BY position DESC LIMIT 1",
        (annotator, side),
    )
    return Top(*row) if row else None


def push_new(db: Database, annotator: AnnotatorId, history_seq: int, group: str) -> None:
    """A new edit can be taken back; what was taken back before can no longer be done again."""
    db.run("DELETE FROM undo_stack WHERE annotator_id = ? AND side = ?", (annotator, REDO))
    _push(db, annotator, history_seq, group, UNDO)


def move_over(db: Database, annotator: AnnotatorId, entry: Top, side: str) -> None:
    """The entry was taken from this side and is now on top of the other."""
    db.run("DELETE FROM undo_stack WHERE position = ?", (entry.position,))
    _push(db, annotator, entry.history_seq, entry.group, OTHER_SIDE[side])


def peek(db: Database, annotator: AnnotatorId, side: str) -> Edit | None:
    """The kind and subject of the topmost edit, without its changes."""
    row = db.row(
        "SELECT kind, subject FROM undo_stack JOIN history ON seq = history_seq "
        "WHERE undo_stack.annotator_id = ? AND side = ? ORDER BY position DESC LIMIT 1",
        (annotator, side),
    )
    return Edit(EditKind(row[0]), (), tuple(json.loads(row[1]))) if row else None


def _push(db: Database, annotator: AnnotatorId, history_seq: int, group: str, side: str) -> None:
    db.run(
        "INSERT INTO undo_stack (annotator_id, history_seq, side, group_id) VALUES (?, ?, ?, ?)",
        (annotator, history_seq, side, group),
    )
