"""Damage is found, not inherited: a check of a sound project finds nothing, of a changed one what was changed.

The release form makes 10,000 mutations of a project.
"""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator import cli
from annotator.domain.spans import Span
from annotator.editing import assigning, tagging
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused, ProjectFileError
from annotator.services.projects import new_project, open_project
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from tests.cli.test_words import Faces
from tests.editing.by_chance import TEXT, WHO, Hand, content
from tests.promises.release import Reached, times
from tests.services.team import ANNA, articles, brought, copy_for, handed, team, work


def faults(path: Path) -> list[str]:
    return [fault for _, _, fault in check(path) if fault]


def worked_on(path: Path, seed: int, gestures: int = 60) -> Workspace:
    """A project with gestures by chance, some of them taken back."""
    workspace = new_project(path, WHO)
    workspace.bring_in([NewArticle(TEXT, "Text")], "")
    hand = Hand(workspace, seed)
    for number in range(gestures):
        try:
            # At first nothing is taken back, else the import of the article might be.
            chance = hand.random.random() if number > 20 else 1.0
            workspace.undo() if chance < 0.1 else workspace.redo() if chance < 0.15 else hand.gesture()
        except EditRefused:
            continue
    return workspace


def somebody_in(path: Path) -> Path:
    """The project of such a one, closed; by chance all may be taken back, but somebody is there in any case."""
    with closing(worked_on(path, 7, 120)) as workspace:
        workspace.bring_in([NewArticle("Bo Lind left.", "Left")], "")
        workspace.do(tagging.tag, articles(workspace)[-1], (Span(0, 7),), "actor")
    return path


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_done_and_taken_back_is_as_history_says(tmp_path: Path, seed: int) -> None:
    workspace = worked_on(tmp_path / "work.annot", seed)
    assert faults(workspace.records.path) == []
    workspace.close()


def test_what_teammates_brought_in_and_what_is_handed_out_is_sound(tmp_path: Path) -> None:
    clara = team(tmp_path)
    work(clara, 1, 20)
    anna = copy_for(clara, ANNA)
    work(anna, 2, 20)
    work(clara, 3, 10)
    brought(clara, anna)
    assert faults(clara.records.path) == []
    steps = [(done, total) for done, total, _ in check(clara.records.path)]
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1], "the bar comes to its end"
    eva = assigning.new_person(clara.author, "Eva")
    given = {eva.id: articles(clara)}
    clara.do(assigning.assign, (eva,), given)
    for part in handed(clara, tmp_path / "out", (eva,), given):
        assert faults(part) == []
    clara.undo()
    assert faults(clara.records.path) == []
    for one in (clara, anna):
        one.close()


CHANGES = {
    "mention": "UPDATE mention SET label = 'other' WHERE id = (SELECT min(id) FROM mention WHERE label != 'other')",
    "entity": "UPDATE entity SET name = name || 'x' WHERE id = (SELECT min(id) FROM entity)",
    "claim": "UPDATE claim SET stance = 'doubts' WHERE id = (SELECT min(id) FROM claim WHERE stance != 'doubts')",
    "article": "UPDATE article SET title = 'Another'",
    "a record is gone": "DELETE FROM assignment",
    "text": "UPDATE text SET text = replace(text, 'Kabul', 'Herat')",
    "history": "UPDATE history SET annotator_id = annotator_id || 'x' WHERE seq = 3",
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_no_edit_changed_is_found(tmp_path: Path, what: str) -> None:
    path = somebody_in(tmp_path / "work.annot")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        changed = connection.execute(CHANGES[what]).rowcount
        connection.commit()
    assert changed > 0
    assert faults(path) != []


def test_what_refers_to_nothing_is_told_by_the_row_where_it_has_a_number(tmp_path: Path) -> None:
    path = somebody_in(tmp_path / "work.annot")
    with closing(sqlite3.connect(path)) as connection:
        (row,) = connection.execute("SELECT min(rowid) FROM mention WHERE entity_id IS NOT NULL").fetchone()
        (entity,) = connection.execute("SELECT entity_id FROM mention WHERE rowid = ?", (row,)).fetchone()
        connection.execute("DELETE FROM entity WHERE id = ?", (entity,))
        connection.commit()
    found = faults(path)
    assert f"row {row} of mention refers to something in entity that is not there" in found
    assert "a row of entity_key refers to something in entity that is not there" in found


KEYS = {
    "lacking": "DELETE FROM entity_key WHERE key = 'kabul'",
    "wrong": "UPDATE entity_key SET key = key || 'x' WHERE is_name",
    "too many": "INSERT INTO entity_key SELECT id, 'another', 1 FROM entity",
    "no longer a name": "UPDATE entity_key SET is_name = 1 - is_name",
}


@pytest.mark.parametrize("what", KEYS)
def test_names_that_are_not_found_are_told_and_looked_up_anew_in_a_new_file(
    tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = new_project(tmp_path / "work.annot", WHO)
    workspace.bring_in([NewArticle(TEXT, "Text")], "")
    for words in ("Ana Ruiz", "Kabul"):
        start = TEXT.index(words)
        workspace.do(tagging.tag, articles(workspace)[0], (Span(start, start + len(words)),), "actor")
    path = workspace.records.path
    kinds = [entity.kind for entity in workspace.records.all_entities(100, 0)]
    found_by_name = workspace.records.find_entities("kabul", kinds, 100)
    workspace.close()
    with closing(sqlite3.connect(path)) as connection:
        changed = connection.execute(KEYS[what]).rowcount
        connection.commit()
    assert changed > 0
    (found,) = faults(path)
    assert "not looked up by their names" in found
    assert cli.main(["backups", str(path), "--names", "--json"], Faces()) == 0
    made = json.loads(capsys.readouterr().out)
    assert faults(Path(made["file"])) == []
    assert f"{made['entities']} entities" in found
    assert faults(path) == [found], "the project itself is only read"
    with closing(open_project(Path(made["file"]), WHO)) as mended:
        assert mended.records.find_entities("kabul", kinds, 100) == found_by_name != ()


def test_the_command_line_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = worked_on(tmp_path / "work.annot", 7)
    path = workspace.records.path
    workspace.close()
    assert cli.main(["check", str(path)], Faces()) == 0
    assert "is sound" in capsys.readouterr().out
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(CHANGES["article"])
        connection.commit()
    assert cli.main(["check", str(path), "--json"], Faces()) == 1
    found = json.loads(capsys.readouterr().out)
    assert found == {"sound": False, "faults": ["a record of the type article is not as history says"]}


def mutations(path: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """Copies of a file with one thing wrong: a bit, a byte, a sector of zeros or of another place, an end cut off."""
    whole, chance = path.read_bytes(), random.Random(1)
    for number in range(count):
        data, at, size = bytearray(whole), chance.randrange(len(whole)), 512
        kind = ("bit", "byte", "zeros", "swap", "cut")[number % 5]
        if kind == "bit":
            data[at] ^= 1 << chance.randrange(8)
        elif kind == "byte":
            data[at] = chance.randrange(256)
        elif kind == "zeros":
            start = at // size * size
            data[start : start + size] = bytes(len(data[start : start + size]))
        elif kind == "swap":
            start, other = (chance.randrange(len(whole) // size) * size for _ in range(2))
            data[start : start + size] = whole[other : other + size]
        else:
            del data[at:]
        yield f"{kind} at {at}", bytes(data)


def missed(folder: Path, count: int) -> tuple[list[str], int]:
    """Mutations after which content differs and nobody says so, and how many changed the content."""
    workspace = worked_on(folder / "work.annot", 3, 150)
    sound = workspace.records.path
    workspace.close()
    before, silent, changed = content(sound), [], 0
    path = folder / "mutated.annot"
    for name, data in mutations(sound, count):
        path.write_bytes(data)
        try:
            is_same = content(path) == before
        except (sqlite3.Error, UnicodeDecodeError):
            is_same = False
        changed += not is_same
        if not is_same and not is_noticed(path):
            silent.append(name)
    return silent, changed


def is_noticed(path: Path) -> bool:
    try:
        open_project(path, WHO).close()
    except ProjectFileError:
        return True
    return bool(faults(path))


def test_every_mutation_that_changes_something_is_noticed(tmp_path: Path, reached: Reached) -> None:
    mutations = times(150, 10_000)
    silent, changed = missed(tmp_path, mutations)
    assert silent == []
    assert changed > mutations // 5
    reached(6, f"{mutations:,} mutations, {changed:,} changed the content, 0 of them unnoticed")
