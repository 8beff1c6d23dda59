"""Promise 7: there is always a good backup. And what can be done when the project is damaged.

The release form: 60 kills instead of 20, and every page of a project zeroed instead of some.
"""

import itertools
import json
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import cli, paths
from annotator.domain.articles import text_hash
from annotator.domain.authors import Author
from annotator.domain.backups import DAYS, MONTHS, WEEKS, Moment, Why, kept
from annotator.domain.edits import Edit
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.editing import tagging
from annotator.editing.importing import NewArticle
from annotator.errors import ProjectFileError
from annotator.services import restoring as service
from annotator.services import teamwork
from annotator.services.projects import Person, new_project, open_project
from annotator.storage import backups
from annotator.storage.checking import check
from annotator.storage.migrating import migrations
from annotator.storage.opening import create_file
from annotator.storage.project_file import ProjectFile
from annotator.storage.salvaging import salvage
from tests.building import (
    ANNA,
    TEXT,
    a_project,
    add_article,
    find,
    made,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
    new_id,
)
from tests.cli.test_words import Faces
from tests.promises.release import RELEASE, Reached, times
from tests.storage.raw import ask, content, files_in, mode, tamper

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000007"), "Ana")
NOW = datetime(2026, 11, 30, 18, 4, 5, 678_000, tzinfo=UTC)
PAGE = 4096


def every_backup() -> list[Path]:
    return sorted(path for path in paths.backup_folder().glob("*/*"))


def made_before(project: Path) -> list[str]:
    """Why backups of a project were made, oldest first, after each was opened and found whole."""
    found = service.found_for(project)
    for one in found:
        assert ask(one.path, "PRAGMA integrity_check") == [("ok",)]
        assert ask(one.path, "SELECT count(*) FROM article") == [(one.articles,)]
        assert ask(one.path, "SELECT hash FROM history ORDER BY seq DESC LIMIT 1")[0][0].startswith(one.head)
    return [one.why.value for one in reversed(found)]


# Rotation


days = st.floats(min_value=-1, max_value=800, allow_nan=False)
moments = st.lists(st.builds(lambda ago, m: Moment(NOW - timedelta(days=ago), m), days, st.booleans()), max_size=80)


@given(moments)
@settings(deadline=None, max_examples=2_000 if RELEASE else 300)
def test_rotation_keeps_what_is_promised_and_no_more(made_at: list[Moment]) -> None:
    stay = kept(made_at, NOW)
    assert stay <= set(range(len(made_at)))
    if made_at:
        assert max(range(len(made_at)), key=lambda n: made_at[n].made) in stay
    recent = {n for n, one in enumerate(made_at) if NOW - one.made <= timedelta(days=2)}
    before = {n for n, one in enumerate(made_at) if one.is_migration and NOW - one.made <= timedelta(days=30)}
    assert recent | before <= stay
    assert len(stay - recent - before) <= DAYS + WEEKS + MONTHS + 1
    older = sorted({one.made.date() for one in made_at if NOW - one.made > timedelta(days=2)}, reverse=True)
    assert set(older[:DAYS]) <= {made_at[n].made.date() for n in stay}
    again = [made_at[n] for n in sorted(stay)]
    assert len(kept(again, NOW)) == len(again), "what stays once stays until time passes"


@pytest.mark.parametrize("every", [timedelta(hours=7), timedelta(hours=31), timedelta(days=5)])
def test_a_year_of_work_leaves_days_weeks_and_months(every: timedelta) -> None:
    there: list[Moment] = []
    moment = NOW - timedelta(days=500)
    while moment <= NOW:
        there.append(Moment(moment))
        there = [there[n] for n in sorted(kept(there, moment))]
        moment += every
    ages = sorted((NOW - one.made) / timedelta(days=1) for one in there)
    for limit, gap in ((2, every / timedelta(days=1)), (12, 2), (70, 9), (300, 40)):
        inside = [age for age in ages if age <= limit]
        steps = [b - a for a, b in itertools.pairwise(inside)]
        assert all(step <= max(gap, every / timedelta(days=1) + 1) for step in steps), (limit, ages)
    assert ages[-1] > 300
    assert len(there) <= 3 + timedelta(days=2) // every + DAYS + WEEKS + MONTHS


# Made in time


def test_a_backup_is_made_on_closing_and_not_twice(tmp_path: Path) -> None:
    path = tmp_path / "p.annot"
    new_project(path, WHO).close()
    assert made_before(path) == ["closing"]
    open_project(path, WHO).close()
    assert made_before(path) == ["closing"]
    workspace = open_project(path, WHO)
    workspace.bring_in([NewArticle(TEXT, "One")], "")
    workspace.close()
    assert made_before(path) == ["closing", "closing"]
    assert files_in(tmp_path) == ["p.annot"], "never beside the project"


def test_an_import_a_merge_and_a_large_edit_are_backed_up_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, ben = tmp_path / "p.annot", tmp_path / "ben.annot"
    new_project(project, WHO).close()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["import", str(project), str(tmp_path / "a.txt")], Faces()) == 0
    assert made_before(project) == ["closing", "closing"], "all was in a backup, so none was made before the import"
    workspace = open_project(project, WHO)
    workspace.records.save_copy(ben)
    workspace.bring_in([NewArticle("Mine.", "Mine")], "")
    theirs = open_project(ben, Person(AnnotatorId(new_id()), "Ben"))
    theirs.bring_in([NewArticle("His.", "His")], "")
    theirs.close()
    workspace.back_up(Why.BRING_IN)
    assert made_before(project)[-1] == "bring-in"
    monkeypatch.setattr("annotator.services.workspace.BULK", 3)
    workspace.sign_in("Ana Maria")
    before = len(made_before(project))

    def much(records: object, by: Author) -> Edit:
        del records
        entities = [make_entity(f"Name {number}", author=by) for number in range(3)]
        return made(*entities)

    workspace.do(much)
    assert len(made_before(project)) == before + 1
    assert made_before(project)[-1] == "bulk"
    (newest, *_) = service.found_for(project)
    assert ask(newest.path, "SELECT count(*) FROM entity") == [(0,)]
    for number in range(2):
        workspace.bring_in([NewArticle(f"{number}", f"{number}")], "one import")
    workspace.undo()
    assert made_before(project)[before + 1 :] == ["bulk"], "taking an import back changes as much as the import"
    assert ask(service.found_for(project)[0].path, "SELECT count(*) FROM article") == [(4,)]
    workspace.close()
    assert cli.main(["bring-in", str(project), str(ben)], Faces()) == 0
    capsys.readouterr()


def test_a_backup_made_while_somebody_writes_is_one_moment_of_the_project(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        for number in range(40):
            add_article(project, f"{number} {TEXT} " + "word " * 4_000)
        results: list[object] = []

        def back_up() -> None:
            with backups.reading(project.path) as connection:
                results.append(backups.make(connection, project.path, tmp_path / "kept", Why.EDITS, NOW))

        thread = threading.Thread(target=back_up)
        thread.start()
        number = 0
        while thread.is_alive():
            add_article(project, f"meanwhile {number}")
            number += 1
            thread.join(0.01)
        (path,) = (tmp_path / "kept").glob("*/*.annot")
        assert ask(path, "PRAGMA integrity_check") == [("ok",)]
        ((articles,),) = ask(path, "SELECT count(*) FROM article")
        assert 40 <= articles <= 40 + number
        assert ask(path, "SELECT count(*) FROM history WHERE kind = 'import'") == [(articles,)]


def test_when_no_backup_can_be_made_nothing_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "p.annot"
    workspace = new_project(project, WHO)
    paths.backup_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.backup_folder().write_text("a file where the folder should be")
    with pytest.raises(ProjectFileError, match="No backup could be made"):
        workspace.back_up(Why.IMPORT)
    workspace.close()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert cli.main(["import", str(project), str(tmp_path / "a.txt")], Faces()) == 2
    assert "No backup could be made" in capsys.readouterr().err
    assert ask(project, "SELECT count(*) FROM article") == [(0,)]


def test_a_damaged_project_makes_no_backup(tmp_path: Path) -> None:
    with a_project(tmp_path) as project:
        add_article(project)
    tamper(project.path, "PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'mention'")
    with backups.reading(project.path) as connection, pytest.raises(ProjectFileError, match="No backup could be made"):
        backups.make(connection, project.path, tmp_path / "kept", Why.EDITS, NOW)
    assert list((tmp_path / "kept").glob("*/*")) == []


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
def test_no_killed_backup_leaves_a_bad_file_under_a_final_name(reached: Reached) -> None:
    kills = times(20, 60)
    script = Path(__file__).with_name("kill_backups.py")
    run = [sys.executable, str(script), "--kills", str(kills)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{kills} kills" in done.stdout
    assert " 0 faults" in done.stdout
    reached(7, f"{kills} kills during backups, 0 bad files under a final name")


def test_copies_of_a_project_do_not_push_each_others_backups_out(tmp_path: Path) -> None:
    with a_project(tmp_path) as one:
        one.save_copy(tmp_path / "copy.annot")
        folder, year_ago = tmp_path / "kept", NOW - timedelta(days=365)
        with backups.reading(one.path) as connection:
            backups.make(connection, one.path, folder, Why.EDITS, year_ago)
        with ProjectFile.open(tmp_path / "copy.annot", folder) as copy:
            for number in range(40):
                add_article(copy, f"{number} {TEXT}")
                with backups.reading(copy.path) as connection:
                    backups.make(connection, copy.path, folder, Why.EDITS, NOW - timedelta(hours=number))
    assert [found.made for found in backups.made_of(tmp_path / "project.annot", folder)] == [year_ago]
    assert len(backups.made_of(tmp_path / "copy.annot", folder)) == 40
    (home,) = folder.iterdir()
    assert home.stat().st_mode & 0o077 == 0, "nobody else reads them"
    assert len(backups.listed(home)) == 41


def test_what_a_killed_backup_left_is_cleared_away_when_it_is_old(tmp_path: Path) -> None:
    with a_project(tmp_path) as project, backups.reading(project.path) as connection:
        home = backups.home_of(connection, tmp_path / "kept")
        home.mkdir(parents=True)
        for name, age in (("old", timedelta(hours=2)), ("new", timedelta(0))):
            (home / f".{name}.part").write_bytes(b"half")
            os.utime(home / f".{name}.part", ((NOW - age).timestamp(), (NOW - age).timestamp()))
        backups.make(connection, project.path, tmp_path / "kept", Why.EDITS, NOW)
        assert sorted(path.name for path in home.glob(".*")) == [".new.part"]


# Restored


def test_a_backup_is_restored_beside_the_project_and_replaces_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "Elections.annot"
    new_project(path, WHO).close()
    workspace = open_project(path, WHO)
    workspace.bring_in([NewArticle(TEXT, "One")], "")
    workspace.close()
    before = path.read_bytes()
    assert cli.main(["backups", str(path), "--json"], Faces()) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(row["number"], row["articles"], row["why"]) for row in listed] == [(1, 1, "closing"), (2, 0, "closing")]
    for _ in range(2):
        assert cli.main(["backups", str(path), "--restore", "2", "--json"], Faces()) == 0
    restored = [Path(json.loads(text + "}")["file"]) for text in capsys.readouterr().out.split("}")[:-1]]
    assert restored[0].name.startswith("Elections restored 20")
    assert restored[1].stem == f"{restored[0].stem} 2"
    assert path.read_bytes() == before
    again = open_project(restored[0], WHO)
    assert again.records.article_count() == 0
    again.close()
    assert cli.main(["backups", str(path), "--restore", "9"], Faces()) == 2
    assert "There is no backup 9" in capsys.readouterr().err


def test_where_nothing_can_be_written_beside_the_project_a_backup_goes_to_the_documents(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    path = folder / "p.annot"
    new_project(path, WHO).close()
    paths.documents_folder().mkdir(exist_ok=True, parents=True)
    with mode(folder, 0o555):
        target = service.restore(service.found_for(path)[0], path)
    assert target.parent == paths.documents_folder()


# Salvaged


def a_corpus(folder: Path, articles: int = 30) -> Path:
    """A project in which everything is used, so that every kind of page is there."""
    with a_project(folder) as project:
        ana = make_entity()
        project.apply(made(ana), ANNA)
        for number in range(articles):
            text = f"{number} {TEXT} " + "more of it. " * 300
            article = add_article(project, text)
            mentions = [make_mention(article, text, word, entity=ana) for word in ("Ruiz", "Ana Ruiz", "Ana")]
            claim = make_claim(article, text, by="Ana Ruiz", cue="said", entity=ana)
            project.apply(made(*mentions, claim, make_assignment(article)), ANNA)
    return project.path


def salvaged(path: Path, data: bytes) -> Path:
    """Salvages damaged bytes; the damaged file is as it was and the new one passes every check of opening."""
    damaged, target = path.with_name("damaged.annot"), path.with_name(f"salvaged {new_id()}.annot")
    damaged.write_bytes(data)
    there = files_in(path.parent)
    salvage(damaged, target)
    assert damaged.read_bytes() == data
    assert files_in(path.parent) == sorted([*there, target.name])
    with ProjectFile.open(target, path.parent / "backups") as project:
        assert not project.read_only
        assert project.history_broken_at() is None
        for (article,) in ask(target, "SELECT id FROM article"):
            project.mentions_in(article)
            project.claims_in(article)
    assert [fault for _, _, fault in check(target) if fault] == [], "and every record is as its history made it"
    return target


def test_salvage_of_a_whole_project_gives_all_of_it_with_its_history(tmp_path: Path) -> None:
    path = a_corpus(tmp_path)
    target = salvaged(path, path.read_bytes())
    assert content(target) == content(path)
    for table in ("history", "undo_stack", "touched", "text"):
        assert sorted(ask(target, f"SELECT * FROM {table}")) == sorted(ask(path, f"SELECT * FROM {table}"))
    with ProjectFile.open(target, tmp_path / "backups") as project:
        project.undo(ANNA)


def test_salvage_of_a_truncated_project_gives_what_is_left(tmp_path: Path) -> None:
    path = a_corpus(tmp_path)
    whole = path.read_bytes()
    counts = []
    for part in (0.9, 0.8, 0.7):
        target = salvaged(path, whole[: int(len(whole) * part)])
        counts.append(ask(target, "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM mention)")[0])
    assert counts == sorted(counts, reverse=True)
    assert counts[0][0] >= 20
    assert counts[-1][0] >= 3
    assert counts[-1][1] == 3 * counts[-1][0], "of every article that is left all mentions are"


def test_salvage_with_a_page_of_zeros_loses_no_more_than_the_page(tmp_path: Path) -> None:
    path = a_corpus(tmp_path)
    whole, before = path.read_bytes(), content(path)
    for page in range(0, len(whole) // PAGE, 1 if RELEASE else 7):
        data = whole[: page * PAGE] + bytes(PAGE) + whole[(page + 1) * PAGE :]
        target = salvaged(path, data)
        after = content(target)
        lost = {name: len(before[name]) - len(after[name]) for name in before if before[name] != after[name]}
        # A page holds at most the texts of eight articles, and an article without its text is of no use.
        assert lost.get("article", 0) <= 8, (page, lost)
        assert lost.get("mention", 0) <= 3 * lost.get("article", 0), (page, lost)
        assert lost.get("claim", 0) <= lost.get("article", 0), (page, lost)
        assert "project" not in lost, (page, lost)
        # Where a row of history is lost another one says so: there are as many of them.
        if not lost and ask(target, "SELECT id FROM history") == ask(path, "SELECT id FROM history"):
            assert sorted(ask(target, "SELECT * FROM touched")) == sorted(ask(path, "SELECT * FROM touched"))
        target.unlink()


def test_the_command_line_reports_what_was_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = a_corpus(tmp_path)
    data = path.read_bytes()[: PAGE * 140]
    path.write_bytes(data)
    assert cli.main(["backups", str(path), "--salvage", "--json"], Faces()) == 1
    said = json.loads(capsys.readouterr().out)
    assert Path(said["file"]).name.startswith("project salvaged 20")
    assert said["missing_pages"] > 0
    assert said["read"]["mention"] > 0
    assert path.read_bytes() == data
    path.write_bytes(b"x" * 50_000)
    assert cli.main(["backups", str(path), "--salvage"], Faces()) == 2
    assert "Nothing of" in capsys.readouterr().err


def test_a_backup_and_what_was_salvaged_give_the_whole_together(tmp_path: Path) -> None:
    """A text that is lost is in the backup; what was done since is in the salvaged file, and is brought in."""
    path = tmp_path / "p.annot"
    workspace = new_project(path, WHO)
    for number in range(12):
        workspace.bring_in([NewArticle(f"{number} {TEXT} " + "more of it. " * 300, f"Article {number}")], "")
    workspace.back_up(Why.EDITS)
    articles = [ArticleId(str(id_)) for (id_,) in ask(path, "SELECT id FROM article ORDER BY seq")]
    for article in articles:
        workspace.do(tagging.tag, article, find(workspace.records.text(article), "Ana Ruiz"), "actor")
    workspace.backups = None  # the computer failed: nothing was backed up on closing
    workspace.close()
    whole, before = path.read_bytes(), content(path)
    place = whole.index(b"11 Ana Ruiz said") // PAGE
    path.write_bytes(whole[: place * PAGE] + bytes(PAGE) + whole[(place + 1) * PAGE :])
    part, _ = service.salvaged(path)
    assert ask(part, "SELECT count(*) FROM article") < [(12,)]
    restored = open_project(service.restore(service.found_for(path)[0], path), WHO)
    assert ask(restored.records.path, "SELECT count(*) FROM mention") == [(0,)]
    teamwork.bring_in(restored, part)
    restored.close()
    assert content(restored.records.path)["mention"] == before["mention"]
    assert content(restored.records.path)["article"] == before["article"]


@pytest.mark.parametrize("version", range(1, len(migrations()) + 1))
def test_a_damaged_project_of_an_older_format_is_salvaged_and_brought_up_to_date(tmp_path: Path, version: int) -> None:
    path, now = tmp_path / "old.annot", "2026-11-30T18:04:05.678Z"

    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO project VALUES ('p', 'Old', '{}', ?, ?)", (now, now))
        connection.execute("INSERT INTO annotator VALUES ('a', 'Anna', 'person', ?, ?)", (now, now))
        connection.execute("INSERT INTO text VALUES (?, ?)", (text_hash(TEXT), TEXT))
        connection.execute(
            "INSERT INTO article VALUES (1, 't', 'Bridge', ?, ?, 'a', ?, ?, '', '', '', '', '', 'original', '', '')",
            (text_hash(TEXT), len(TEXT), now, now),
        )
        connection.execute(
            'INSERT INTO mention (id, article_id, label, start, "end", spans, quote, level, used_as, unsure, note, '
            "author_id, created, changed) VALUES ('m', 't', 'actor', 0, 8, '', 'Ana Ruiz', '', '', 0, '', 'a', ?, ?)",
            (now, now),
        )

    create_file(path, fill, migrations()[:version])
    assert ask(path, "PRAGMA user_version") == [(version,)]
    target = salvaged(path, path.read_bytes()[:-1])
    assert ask(target, "SELECT title FROM article") == [("Bridge",)]
    assert ask(target, "SELECT quote FROM mention") == [("Ana Ruiz",)]
