"""Kills a process in the middle of its gestures, again and again, and looks whether anything acknowledged is lost.

A child makes gestures in a project through ProjectFile and acknowledges each one through a pipe once it is saved; the
parent kills it at a random moment, opens the project again and compares. POSIX only.

    python tests/promises/kill_gestures.py --kills 1000
"""

import argparse
import contextlib
import itertools
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.domain.authors import Author
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, to_document
from annotator.domain.edits import Edit, EditKind
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.storage.project_file import ProjectFile
from annotator.storage.tables import table_of
from tests.building import (
    ANNA,
    TEXT,
    a_project,
    add_article,
    changed,
    deleted,
    find,
    made,
    make_claim,
    make_entity,
    make_mention,
)
from tests.promises.killing import killed

LONGEST_LIFE = 0.04
"""Seconds a child may work before it is killed."""
KILLS_A_PROJECT = 100
WORDS = ("Ana Ruiz", "bridge", "safe", "It will hold", "Ruiz", "Daily Post")

State = dict[tuple[str, str], Any]
"""What the project should hold: each record's document by type name and id."""


@dataclass
class Outcome:
    """What was seen over all kills."""

    kills: int = 0
    acknowledged: int = 0
    unacknowledged_but_saved: int = 0
    recovered: int = 0
    faults: list[str] = field(default_factory=list)


def main() -> int:
    """Runs the loop and says what came of it; 1 when something was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    outcome, began = Outcome(), time.monotonic()
    dice = random.Random(seed)
    while outcome.kills < options.kills and not outcome.faults:
        with tempfile.TemporaryDirectory() as folder:
            _one_project(Path(folder).resolve(), min(KILLS_A_PROJECT, options.kills - outcome.kills), dice, outcome)
    print(
        f"seed {seed}: {outcome.kills} kills, {outcome.acknowledged} gestures acknowledged, "
        f"{outcome.unacknowledged_but_saved} saved but not yet acknowledged, {outcome.recovered} times recovered, "
        f"{len(outcome.faults)} faults, {time.monotonic() - began:.1f} s"
    )
    for fault in outcome.faults:
        print("FAULT:", fault)
    return 1 if outcome.faults else 0


def _one_project(folder: Path, kills: int, dice: random.Random, outcome: Outcome) -> None:
    with a_project(folder) as project:
        for number in range(5):
            add_article(project, f"{number} {TEXT}")
    path, rows = project.path, _history_length(project.path)
    expected: State = {}
    for _ in range(kills):
        acknowledged = _killed_child(path, dice)
        outcome.kills += 1
        outcome.acknowledged += len(acknowledged)
        for changes in acknowledged:
            _take(expected, changes)
        rows = _compare(path, expected, rows + len(acknowledged), outcome)
        if outcome.faults:
            return
    with ProjectFile.open(path, folder) as project:
        if (broken := project.history_broken_at()) is not None:
            outcome.faults.append(f"the history is broken at {broken}")
        add_article(project, "The last edit.", Author(ANNA.annotator))
    left = sorted(other.name for other in folder.iterdir())
    if left != [path.name]:
        outcome.faults.append(f"files left beside the project: {left}")


def _killed_child(path: Path, dice: random.Random) -> list[Any]:
    """What a child acknowledged before it was killed."""
    seed, life = dice.randrange(1 << 30), dice.uniform(0, LONGEST_LIFE)
    heard, _ = killed(lambda writer: _work(path, random.Random(seed), writer), life)
    return [json.loads(line) for line in heard.splitlines(keepends=True) if line.endswith(b"\n")]


def _work(path: Path, dice: random.Random, writer: int) -> None:
    """The child: gestures without end."""
    project, author = ProjectFile.open(path, path.parent), Author(ANNA.annotator)
    if project.read_only:
        os.write(writer, json.dumps([["fault", "", project.read_only]]).encode() + b"\n")
        return
    articles = project.queue(QueueFilter(), ANNA.annotator)
    for edit in gestures(project, author, articles, dice):
        acknowledgement = [
            [TYPE_NAMES[type(change.record)], change.record.id, to_document(change.after) if change.after else None]
            for change in edit.changes
        ]
        os.write(writer, json.dumps(acknowledgement).encode() + b"\n")


def gestures(
    project: ProjectFile, author: Author, articles: tuple[ArticleId, ...], dice: random.Random
) -> Iterator[Edit]:
    """Gestures by chance without end, each edit after it was saved."""
    for number in itertools.count():
        article = project.article(dice.choice(articles))
        text = project.text(article.id)
        mentions: tuple[Mention, ...] = project.mentions_at(article.id, find(text, "bridge")[0])
        match dice.randrange(8):
            case 0 if mentions:
                edit = deleted(dice.choice(mentions))
            case 1 if mentions:
                edit = changed(dice.choice(mentions), note=f"note {number} " + "x" * dice.randrange(3000))
            case 2:
                edit = made(make_claim(article, text, author=author, by="Ana Ruiz", cue="said"))
            case 3:
                last = project.peek_undo(author.annotator)
                # The articles stay: all else is done in them.
                is_undo = last is not None and last.kind is not EditKind.IMPORT and dice.random() < 0.7
                undone = project.undo(author) if is_undo else project.redo(author)
                if undone is not None:
                    yield undone
                continue
            case _:
                entity = make_entity(f"Entity {number}", author=author)
                mention = make_mention(article, text, dice.choice(WORDS), author=author, entity=entity)
                edit = made(entity, mention)
        project.apply(edit, author)
        yield edit


def _take(expected: State, changes: list[list[Any]]) -> None:
    for name, id_, document in changes:
        expected[name, id_] = document


def _compare(path: Path, expected: State, rows: int, outcome: Outcome) -> int:
    """Opens the project and compares it with what it should hold; answers the length of its history."""
    if ("fault", "") in expected:
        outcome.faults.append(f"a child could not write: {expected['fault', '']}")
        return rows
    with ProjectFile.open(path, path.parent) as project:
        outcome.recovered += project.recovered
        if project.read_only:
            outcome.faults.append(f"read-only after a kill: {project.read_only}")
    found = _history_length(path)
    if found == rows + 1:
        # Saved, and killed before it could say so: then it has to be there whole as well.
        outcome.unacknowledged_but_saved += 1
        ((changes,),) = _ask(path, "SELECT changes FROM history ORDER BY seq DESC LIMIT 1")
        named = [(name, before, after) for name, before, after in json.loads(changes)]
        _take(expected, [[name, (after or before)["id"], after] for name, before, after in named])
    elif found != rows:
        outcome.faults.append(f"{rows} edits were acknowledged, {found} are in the history")
    outcome.faults += _differences(path, expected)
    return found


def _differences(path: Path, expected: State) -> Iterator[str]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        for (name, id_), document in expected.items():
            record = table_of(TYPES_BY_NAME[name]).get(connection, id_)
            stored = None if record is None else to_document(record)
            # Through JSON, so that tuples and lists are one.
            if json.dumps(stored) != json.dumps(document):
                yield f"{name} {id_} is {stored}, not {document}"


def _history_length(path: Path) -> int:
    ((length,),) = _ask(path, "SELECT count(*) FROM history")
    return int(length)


def _ask(path: Path, sql: str) -> list[Any]:
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


if __name__ == "__main__":
    sys.exit(main())
