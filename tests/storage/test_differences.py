"""How a backup differs from the project, before one goes back to it: every record is counted once, under its type."""

import shutil
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from annotator.domain.ids import ZoneId
from annotator.domain.spans import Span
from annotator.domain.zones import Zone
from annotator.storage.differences import Difference, differences
from annotator.storage.project_file import ProjectFile
from tests.building import (
    ANNA,
    TEXT,
    a_project,
    add_article,
    changed,
    deleted,
    made,
    make_claim,
    make_entity,
    make_mention,
    new_time,
)


def told(project: ProjectFile, backup: Path) -> Difference:
    """What was done since, asked for beside the open project."""
    found = Difference()
    steps = list(differences(backup, project.path, found))
    assert [done for done, _, _ in steps] == list(range(1, steps[-1][1] + 1)), "tables are done one by one"
    return found


def copied(project: ProjectFile) -> Path:
    """The project as it is now, as a file of its own."""
    target = project.path.with_name("then.annot")
    project.close()
    shutil.copyfile(project.path, target)
    return target


def test_what_was_made_changed_and_deleted_since_is_counted_by_type(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    article = add_article(project)
    kept, other, gone, gone_too = (make_mention(article, TEXT, words) for words in ("Ana", "Ruiz", "bridge", "safe"))
    project.apply(made(kept, other, gone, gone_too), ANNA)
    then = copied(project)
    with ProjectFile.open(project.path, tmp_path / "backups") as now:
        assert told(now, then).is_empty
        now.apply(changed(other, label="location", changed=new_time()), ANNA)
        now.apply(deleted(gone, gone_too), ANNA)
        now.apply(made(make_entity(), make_entity("Bo Lind"), make_entity("Orsa", "place")), ANNA)
        now.apply(made(make_claim(article, TEXT)), ANNA)
        found = told(now, then)
    assert not found.is_empty
    assert found.made == Counter(entity=3, claim=1)
    assert found.changed == Counter(mention=1)
    assert found.deleted == Counter(mention=2)


@pytest.mark.parametrize("doing", ["make", "change", "delete"])
def test_one_thing_that_was_done_is_a_difference(tmp_path: Path, doing: str) -> None:
    project = a_project(tmp_path)
    entity = make_entity()
    project.apply(made(entity), ANNA)
    then = copied(project)
    with ProjectFile.open(project.path, tmp_path / "backups") as now:
        edit = {
            "make": made(make_entity("Orsa")),
            "change": changed(entity, name="Bo", changed=new_time()),
            "delete": deleted(entity),
        }[doing]
        now.apply(edit, ANNA)
        found = told(now, then)
        assert not found.is_empty
        assert (found.made.total(), found.changed.total(), found.deleted.total()) == {
            "make": (1, 0, 0),
            "change": (0, 1, 0),
            "delete": (0, 0, 1),
        }[doing]
        assert now.undo(ANNA) is not None
        back = told(now, then)
    assert (back.made, back.deleted) == (Counter(), Counter())


def test_what_a_backup_of_an_older_format_has_no_table_for_was_made_since(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    article = add_article(project)
    then = copied(project)
    with closing(sqlite3.connect(then)) as older:
        older.execute("DROP TABLE zone")
        older.commit()
    now = ANNA.now()
    zone = Zone(ZoneId(ANNA.new_id()), article.id, "caption", Span(0, 8), ANNA.annotator, now, now)
    with ProjectFile.open(project.path, tmp_path / "backups") as opened:
        assert told(opened, then).is_empty
        opened.apply(made(zone), ANNA)
        assert told(opened, then) == Difference(made=Counter(zone=1))


def test_records_of_many_steps_are_each_counted_once(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    first = [make_entity(f"Person {number}") for number in range(2_100)]
    project.apply(made(*first), ANNA)
    then = copied(project)
    with ProjectFile.open(project.path, tmp_path / "backups") as now:
        now.apply(deleted(*first[::3]), ANNA)
        now.apply(made(*(make_entity(f"Other {number}") for number in range(2_050))), ANNA)
        found = told(now, then)
    assert found.deleted == Counter(entity=700)
    assert found.made == Counter(entity=2_050)
    assert not found.changed
