"""Promise 12: everything knows who, when and from where, and can be taken back."""

import json
import random
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.editing import suggesting, tagging
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused
from annotator.services import teamwork
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from tests.building import find, new_id
from tests.editing.by_chance import LABELS, TEXT, WHO, Hand, content
from tests.promises.release import Reached, times

PARTS = times(1, 10)
SEQUENCES = times(60, 1_000)
"""In each part; the release form's parts can be run side by side."""
IN_ONE_FILE = 20
"""So many sequences are played in one project, one after the other: each begins where the one before was taken back."""
TRIALS = times(60, 1_000)
RECORDS = ("article", "mention", "entity", "claim", "link", "assignment", "zone", "decision", "comment", "annotator")


def begun(path: Path) -> Workspace:
    """A project with one article, that makes no backups: they are not what is looked at."""
    workspace = new_project(path, WHO)
    workspace.bring_in([NewArticle(TEXT, "Text", imported_from="text.txt")], "")
    workspace.backups = None
    return workspace


def reopened(workspace: Workspace) -> Workspace:
    """The same project on another day."""
    path = workspace.records.path
    workspace.close()
    again = open_project(path, WHO)
    again.backups = None
    return again


def played(workspace: Workspace, seed: int, steps: int) -> int:
    """Gestures by chance, now and then an undo or a redo among them; how many can be taken back at the end."""
    hand, done, undone = Hand(workspace, seed), 0, 0
    for _ in range(steps):
        roll = hand.random.random()
        if roll < 0.1 and done:
            assert workspace.undo() is not None
            done, undone = done - 1, undone + 1
        elif roll < 0.15 and undone:
            assert workspace.redo() is not None
            done, undone = done + 1, undone - 1
        else:
            with suppress(EditRefused):
                hand.gesture()
                done, undone = done + 1, 0
    return done


@pytest.mark.timeout(times(200, 20_000))
@pytest.mark.parametrize("part", range(PARTS))
def test_everything_is_taken_back_and_done_again(quick_path: Path, part: int, reached: Reached) -> None:
    chance, gestures = random.Random(12 + part), 0
    for number in range(SEQUENCES):
        if number % IN_ONE_FILE == 0:
            workspace = begun(quick_path / f"{number}.annot")
            path = workspace.records.path
        seed, steps = chance.randrange(10**9), chance.choice((1, 3, 6, 12, 40))
        before = content(path)
        done = played(workspace, seed, steps)
        after, gestures = content(path), gestures + done
        where = f"sequence {number}, seed {seed}, {steps} steps"
        if number % 2:
            workspace = reopened(workspace)
        for _ in range(done):
            assert workspace.undo() is not None, where
        assert content(path) == before, where
        if number % 4 == 1:
            workspace = reopened(workspace)
        for _ in range(done):
            assert workspace.redo() is not None, where
        assert content(path) == after, where
        for _ in range(done):
            assert workspace.undo() is not None, where
        assert content(path) == before, where
        if number % IN_ONE_FILE == IN_ONE_FILE - 1 or number == SEQUENCES - 1:
            assert workspace.records.history_broken_at() is None
            workspace.close()
            assert [fault for _, _, fault in check(path) if fault] == []
            path.unlink()
    assert gestures > SEQUENCES
    what = "the same after undo of all and redo of all, half of them closed and opened again"
    reached(12, f"{SEQUENCES:,} sequences of {gestures:,} gestures, part {part + 1} of {PARTS}: {what}")


def a_full_project(folder: Path, seed: int, gestures: int = 120) -> Path:
    """Worked on by hand, suggestions accepted, some of it undone and redone, a teammate's file brought in."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = begun(folder / "work.annot")
    played(workspace, seed, gestures)
    (article,) = workspace.records.queue(QueueFilter(), WHO.id)
    hand = Hand(workspace, seed)
    for label in LABELS:
        with suppress(EditRefused):
            from annotator.domain.suggestions import SuggestionKind

            workspace.do(suggesting.accept, hand.suggestion(SuggestionKind.MENTION, label))
    copy = folder / "ben.annot"
    workspace.records.save_copy(copy)
    ben = open_project(copy, Person(AnnotatorId(new_id()), "Ben"))
    with suppress(EditRefused):
        ben.do(tagging.tag, article, find(TEXT, "Kabul"), "location")
    ben.do(lambda r, by: tagging.tag(r, by, article, find(TEXT, "15 died"), "other"))
    ben.close()
    teamwork.bring_in(workspace, copy)
    workspace.close()
    return workspace.records.path


def ask(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows of a question."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def test_every_record_traces_to_who_when_and_from_where(quick_path: Path, reached: Reached) -> None:
    total = 0
    for seed in range(times(4, 200)):
        path = a_full_project(quick_path / str(seed), seed)
        people = {id_ for (id_,) in ask(path, "SELECT id FROM annotator")}
        for table in RECORDS:
            rows = ask(
                path,
                f"SELECT r.id, h.annotator_id, h.at, h.kind, h.program, h.via, h.changes FROM {table} r "
                "LEFT JOIN touched t ON t.record_id = r.id LEFT JOIN history h ON h.seq = t.seq",
            )
            for id_, who, at, kind, program, via, changes in rows:
                assert who in people, (table, id_)
                assert datetime.fromisoformat(at).tzinfo is not None
                assert kind, "what was done: by hand, imported, a suggestion accepted"
                assert program
                assert id_ in changes
                assert via is None or ask(path, "SELECT kind FROM history WHERE seq = ?", via) == [("bring in",)]
            total += len({row[0] for row in rows})
        brought = ask(path, "SELECT subject FROM history WHERE kind = 'bring in'")
        assert all("ben.annot" in json.loads(subject)[0] for (subject,) in brought), "from which file"
        assert brought
        assert ask(path, "SELECT imported_from FROM article") == [("text.txt",)]
        shutil.rmtree(quick_path / str(seed))
    reached(12, f"{total:,} of {total:,} records trace to a row with author, time and what was done")


COLUMNS = (
    *("id", "kind", "subject", "step", "of_seq", "annotator_id", "at", "group_id", "changes", "program", "hash"),
    *("via", "is_withdrawn"),
)


def change(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Changes a stored event by chance; answers what was done, nothing where the column makes the same of it."""
    seqs = [seq for (seq,) in connection.execute("SELECT seq FROM history")]
    seq, roll = chance.choice(seqs), chance.random()
    if roll < 0.1:
        connection.execute("DELETE FROM history WHERE seq = ?", (seq,))
        return f"row {seq} taken out"
    if roll < 0.2:
        other = chance.choice([one for one in seqs if one != seq])
        for name in ("changes", "at", "annotator_id"):
            ((mine,), (its,)) = (
                connection.execute(f"SELECT {name} FROM history WHERE seq = ?", (n,)).fetchone() for n in (seq, other)
            )
            connection.execute(f"UPDATE history SET {name} = ? WHERE seq = ?", (its, seq))
            connection.execute(f"UPDATE history SET {name} = ? WHERE seq = ?", (mine, other))
        return f"rows {seq} and {other} swapped"
    if roll < 0.25:
        names = ", ".join(name for name in COLUMNS if name != "id")
        connection.execute(
            f"INSERT INTO history (id, {names}) SELECT id || 'x', {names} FROM history WHERE seq = {seq}"
        )
        return f"row {seq} doubled"
    name = chance.choice(COLUMNS)
    (was,) = connection.execute(f"SELECT {name} FROM history WHERE seq = ?", (seq,)).fetchone()
    now: object = (
        chance.choice([n for n in [*seqs, None] if n != was]) if name == "of_seq" else touched(str(was), chance)
    )
    if name == "step":
        now = chance.choice([step for step in ("do", "undo", "redo") if step != was])
    connection.execute(f"UPDATE history SET {name} = ? WHERE seq = ?", (now, seq))
    if connection.execute(f"SELECT {name} FROM history WHERE seq = ?", (seq,)).fetchone() == (was,):
        return ""  # a number with blanks around it is that number
    return f"{name} of row {seq}: {str(was)[:40]!r} to {str(now)[:40]!r}"


def touched(words: str, chance: random.Random) -> str:
    """A letter changed, put in or taken out, as long as that makes a difference."""
    at = chance.randrange(len(words) + 1)
    other = chance.choice("abcx0189 \u202e")
    found = (words[:at] + other + words[at:], words[:at] + other + words[at + 1 :])
    return next(one for one in chance.sample(found, 2) if one != words)


def is_noticed(path: Path) -> bool:
    """Whether opening or the check of the project says so."""
    return any(fault for _, _, fault in check(path))


@pytest.mark.timeout(times(200, 4_000))
def test_a_change_to_any_stored_event_is_found(quick_path: Path, reached: Reached) -> None:
    path, chance = a_full_project(quick_path / "whole", 5, 40), random.Random(5)
    assert not is_noticed(path)
    missed, trials = [], 0
    while trials < TRIALS:
        copy = quick_path / "changed.annot"
        shutil.copyfile(path, copy)
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                what = change(connection, chance)
        except sqlite3.IntegrityError:
            continue  # the file itself does not allow it
        trials += bool(what)
        if what and not is_noticed(copy):
            missed.append(what)
    assert missed == []
    reached(12, f"{trials:,} of {trials:,} changes to stored events found")
