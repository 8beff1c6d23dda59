"""Promise 11: merging loses nothing, and the order does not matter."""

import itertools
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.merging import Event, Merged, merged
from annotator.domain.queue import QueueFilter
from annotator.services.projects import Person, open_project
from annotator.services.workspace import Workspace
from tests.domain.copies import Copy, played
from tests.promises.release import Reached, times
from tests.services.team import ANNA, BEN, CLARA, brought, content, copy_for, team, work

HISTORIES = times(500, 10_000)
PROJECTS = times(2, 60)


def in_every_order(people: list[Copy], chance: random.Random) -> Merged:
    """What everybody's work comes to; the same in all six orders, when brought in twice, and shuffled."""
    results = []
    for order in itertools.permutations(people):
        whole = Copy("z")
        for person in order:
            whole.take(person)
            whole.take(person)
        shuffled = list(whole.known.values())
        chance.shuffle(shuffled)
        results.append(merged(shuffled))
    assert all(result == results[0] for result in results)
    return results[0]


def heads_of(people: list[Copy]) -> list[Event]:
    """What nobody has gone on from."""
    everything = {event.id: event for person in people for event in person.known.values()}
    past = {parent for event in everything.values() for parent in event.parents}
    return [event for event in everything.values() if event.id not in past]


def differing(heads: list[Event]) -> set[str]:
    """The fields that heads changed last to different values: nobody who knew both has had the last word."""
    wanted: dict[str, set[str]] = {}
    for head in heads:
        if head.after is not None and head.before is not None:
            for name, value in head.after.items():
                if head.before.get(name) != value:
                    wanted.setdefault(name, set()).add(str(value))
    return {name for name, values in wanted.items() if len(values) > 1}


@pytest.mark.timeout(times(120, 2_000))
def test_histories_of_three_people_come_to_the_same_and_nothing_is_lost(reached: Reached) -> None:
    conflicts = kept = 0
    for seed in range(HISTORIES):
        people = played(seed)
        result, heads = in_every_order(people, random.Random(seed)), heads_of(people)
        fields = {conflict.field for conflict in result.conflicts}
        if any(head.after is not None for head in heads):
            assert result.document is not None, f"history {seed}: somebody has it, and it is gone"
            kept += 1
        assert result.document is None or differing(heads) <= fields, f"history {seed}: a difference that is not shown"
        for head in heads:
            # What a person left last is what is there, or is shown as a conflict.
            if head.after is not None and head.before is not None and result.document is not None:
                for name, value in head.after.items():
                    if head.before.get(name) != value and name not in fields:
                        assert result.document[name] == value, f"history {seed}"
        # Deleted by one and worked on by another: it stays, and is shown as a conflict.
        gone = [head for head in heads if head.after is None]
        stays = [head for head in heads if head.after is not None and head.after != head.before]
        if gone and stays and len(heads) == len(gone) + len(stays):
            assert "" in fields, f"history {seed}: a deletion against work is not shown"
        conflicts += len(result.conflicts)
    assert conflicts > HISTORIES / 10
    what = f"the same; 0 of {kept:,} records lost; {conflicts:,} conflicts shown"
    reached(11, f"{HISTORIES:,} histories of 3 people in 6 orders, twice: {what}")


def three_apart(folder: Path, seed: int) -> list[Workspace]:
    """Three people who work on copies of a project and now and then bring in what another has."""
    chance = random.Random(seed)
    clara = team(folder)
    work(clara, chance.randrange(10**9), 8)
    people = [clara, copy_for(clara, ANNA), copy_for(clara, BEN)]
    for _ in range(chance.randrange(2, 7)):
        one, other = chance.sample(people, 2)
        if chance.random() < 0.4:
            brought(one, other)
        else:
            work(one, chance.randrange(10**9), chance.randrange(1, 8))
    return people


@pytest.mark.timeout(times(200, 4_000))
def test_real_files_come_to_the_same_in_every_order_and_undo_gives_what_was_before(
    quick_path: Path, reached: Reached
) -> None:
    undone = 0
    for seed in range(PROJECTS):
        folder = quick_path / str(seed)
        people, results = three_apart(folder, seed), []
        own = {mention for person in people for mention in mentions_of(person)}
        for number, order in enumerate(itertools.permutations(people)):
            path = folder / f"end {number}.annot"
            order[0].records.save_copy(path)
            end = open_project(path, Person(order[0].author.annotator, "x"))
            states, steps = [content(path)], [depth(path)]
            for other in order[1:]:
                brought(end, other)
                states.append(content(path))
                steps.append(depth(path))
            brought(end, *order[1:])
            assert content(path) == states[-1], f"seed {seed}: twice is not once"
            assert depth(path) == steps[-1], f"seed {seed}: twice is not once"
            for number_of in (1, 0):
                while depth(path) > steps[number_of]:
                    end.undo()
                    undone += 1
                assert content(path) == states[number_of], f"seed {seed}: undo of bringing in"
            for number_of in (1, 2):
                while depth(path) < steps[number_of]:
                    end.redo()
                assert content(path) == states[number_of], f"seed {seed}: redo of bringing in"
            results.append(content(path))
            assert end.records.history_broken_at() is None
            end.close()
        for result in results[1:]:
            for table, rows in result.items():
                assert rows == results[0][table], f"seed {seed}: {table}"
        there = {row[0] for row in results[0]["mention"]}
        removed = {id_ for person in people for id_ in deleted_by(person)}
        assert own - removed <= there, f"seed {seed}: lost"
        for person in people:
            person.close()
        shutil.rmtree(folder)
    assert undone
    how = "6 orders the same, twice is once, 0 mentions lost"
    reached(11, f"{PROJECTS} projects of 3 people as real files: {how}, {undone} mergings undone to what was before")


def depth(path: Path) -> int:
    """How many steps can be taken back."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT seq, group_id FROM undo_stack WHERE is_undone = 0")
        return len({group or seq for seq, group in rows})


def mentions_of(workspace: Workspace) -> set[str]:
    """The mentions that somebody has."""
    ids = workspace.records.queue(QueueFilter(), CLARA.id)
    return {mention.id for article in ids for mention in workspace.records.mentions_in(article)}


def deleted_by(workspace: Workspace) -> set[str]:
    """What somebody has seen deleted, by a gesture or with what it belonged to."""
    path = workspace.records.path
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return {record for (record,) in connection.execute("SELECT record_id FROM touched WHERE is_deletion = 1")}
