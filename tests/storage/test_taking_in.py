"""A stranger's project is replaced by a clean file with the same rows, or left as it is; never is anything lost."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from annotator.domain.backups import Backup, Why
from annotator.errors import DamagedProject, LockedProject, ProjectFileError
from annotator.storage import backups, looking_over
from annotator.storage.checking import check
from annotator.storage.locking import LockFile
from annotator.storage.migrating import migrations
from annotator.storage.project_file import ProjectFile
from annotator.storage.rebuilding import rebuild
from annotator.storage.stamps import stamp
from annotator.storage.taking_in import Arrival, Rebuilt, rebuilt
from tests.building import ANNA, TEXT, a_project, add_article, made, make_claim, make_mention
from tests.promises.formats import fixture
from tests.storage.raw import every_row, files_in, interrupt, mode, plant, tamper

MARK = b"hidden by a stranger"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    with a_project(folder, "sent.annot") as project:
        for number in range(3):
            words = f"{TEXT} {number} é 😀 \0 \u2028"
            article = add_article(project, words)
            mention, claim = make_mention(article, words, "Ana Ruiz"), make_claim(article, words, "the bridge was safe")
            project.apply(made(mention, claim), ANNA)
    return project.path


def taken_in(path: Path, folder: Path) -> str:
    """Takes a project in as the program does, but in this process; why it was not replaced."""
    arrival = Arrival(path, folder)
    try:
        if not arrival.read_only:
            *_, found = rebuilt(arrival.path, arrival.clean, arrival.kept)
            assert isinstance(found, Rebuilt)
            mark = arrival.replace(found)
            assert bool(mark) != bool(arrival.read_only)
            assert mark in {"", stamp(path)}
        return arrival.read_only
    finally:
        arrival.close()


def kept(path: Path, folder: Path) -> list[Backup]:
    return backups.made_of(path, folder)


def test_all_rows_stay_and_nothing_else(sent: Path, tmp_path: Path) -> None:
    plant(sent, MARK)
    sent.chmod(0o640)
    rows, before = every_row(sent), sent.read_bytes()
    assert taken_in(sent, tmp_path / "backups") == ""
    assert every_row(sent) == rows
    assert sum(map(len, rows.values())) > 30
    assert MARK not in sent.read_bytes()
    assert sent.stat().st_mode & 0o777 == 0o640
    assert files_in(sent.parent) == ["sent.annot"]
    (one,) = kept(sent, tmp_path / "backups")
    assert one.path.read_bytes() == before
    assert one.path.stat().st_mode & 0o777 == 0o600
    assert (one.why, one.articles, one.mentions, one.claims) == (Why.ARRIVAL, 3, 3, 3)
    assert [path for path in (tmp_path / "backups").rglob("*") if path.is_file()] == [one.path]
    assert [fault for _, _, fault in check(sent) if fault] == []
    with ProjectFile.open(sent, tmp_path / "backups") as project:
        assert project.read_only == ""
        assert project.is_in_backup(tmp_path / "backups")


@pytest.mark.parametrize("version", range(1, len(migrations()) + 1))
def test_an_old_format_is_brought_up_to_date_on_the_way(version: int, tmp_path: Path) -> None:
    path, usual = fixture(version, tmp_path / "sent.annot"), tmp_path / "usual.annot"
    before = path.read_bytes()
    shutil.copyfile(path, usual)
    ProjectFile.open(usual, tmp_path / "others").close()
    assert taken_in(path, tmp_path / "backups") == ""
    assert every_row(path) == every_row(usual)
    (one,) = kept(path, tmp_path / "backups")
    assert one.path.read_bytes() == before
    assert one.why is (Why.MIGRATION if version < len(migrations()) else Why.ARRIVAL)


def test_the_last_one_as_it_came_stays_for_thirty_days(sent: Path, tmp_path: Path) -> None:
    folder, now = tmp_path / "backups", datetime(2026, 11, 30, 20, tzinfo=UTC)

    def back(days: float, why: Why) -> None:
        part = tmp_path / "part"
        shutil.copyfile(sent, part)
        described = ("0" * 64, (("article", 3), ("mention", 3), ("claim", 3)))
        backups.keep(part, folder / "project", sent, why, now - timedelta(days=days), described)

    for days, why in ((20.3, Why.ARRIVAL), (20.2, Why.ARRIVAL), (20.1, Why.EDITS), (0, Why.EDITS)):
        back(days, why)
    found = [(round((now - one.made) / timedelta(days=1), 1), one.why) for one in kept(sent, folder)]
    wanted = [(0.0, Why.EDITS), (20.1, Why.EDITS), (20.2, Why.ARRIVAL)]
    assert found == wanted, "of each day the last, and not all that came: a file may come anew every day"


def test_a_link_stays_a_link(sent: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.annot"
    link.symlink_to(sent)
    plant(sent, MARK)
    assert taken_in(link, tmp_path / "backups") == ""
    assert link.is_symlink()
    assert MARK not in sent.read_bytes()


def test_what_an_interrupted_session_left_is_taken_back_first(sent: Path, tmp_path: Path) -> None:
    rows, cut_off = every_row(sent), tmp_path / "cut_off"
    cut_off.mkdir()
    path = cut_off / "sent.annot"
    interrupt(sent, path)
    assert taken_in(path, tmp_path / "backups") == ""
    assert every_row(path) == rows
    assert files_in(cut_off) == ["sent.annot"]
    (one,) = kept(path, tmp_path / "backups")
    assert every_row(one.path) == rows


def test_a_file_with_a_log_loses_none_of_it(sent: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(sent, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA user_version = 6")
        (tmp_path / "cut_off").mkdir()
        for rest in ("", "-wal"):
            shutil.copyfile(f"{sent}{rest}", tmp_path / "cut_off" / f"sent.annot{rest}")
    rows, path = every_row(sent), tmp_path / "cut_off" / "sent.annot"
    for one in (sent, path):
        assert taken_in(one, tmp_path / "backups") == ""
        assert every_row(one) == rows
        assert one.read_bytes()[18:20] == b"\1\1"
        (backup,) = kept(one, tmp_path / "backups")
        assert every_row(backup.path) == rows
    assert files_in(path.parent) == ["sent.annot"]


def test_what_is_write_protected_or_open_elsewhere_is_left_as_it_is(sent: Path, tmp_path: Path) -> None:
    before = sent.read_bytes()
    with mode(sent, 0o444):
        assert taken_in(sent, tmp_path / "backups") == "the file is write-protected"
    with mode(sent.parent, 0o555):
        assert taken_in(sent, tmp_path / "backups") == "its folder cannot be written"
    lock = LockFile(sent)
    assert lock.take()
    assert taken_in(sent, tmp_path / "backups").endswith("has it open")
    assert lock.path.exists(), "the lock is somebody else's"
    lock.release()
    assert sent.read_bytes() == before
    assert kept(sent, tmp_path / "backups") == []


def test_where_it_cannot_be_kept_as_it_came_it_is_left_as_it_is(sent: Path, tmp_path: Path) -> None:
    before = sent.read_bytes()
    (tmp_path / "backups").mkdir()
    with mode(tmp_path / "backups", 0o555):
        assert taken_in(sent, tmp_path / "backups") == "it could not be kept as it came: Permission denied"
    assert sent.read_bytes() == before
    assert files_in(sent.parent) == ["sent.annot"]


@pytest.mark.parametrize("what", ["room", "size"])
def test_what_there_is_no_room_for_is_not_even_copied(
    what: str, sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what == "room":
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))
    else:
        monkeypatch.setattr(looking_over, "LARGEST", 1_000)
    monkeypatch.setattr(shutil, "copyfile", lambda *_: pytest.fail("it was copied"))
    with pytest.raises(ProjectFileError, match="no room for a temporary copy" if what == "room" else "larger than"):
        taken_in(sent, tmp_path / "backups")
    assert files_in(sent.parent) == ["sent.annot"]


def test_where_it_cannot_be_replaced_no_backup_stays(
    sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, usual = sent.read_bytes(), os.replace

    def failing(source: Path, target: Path) -> None:
        if target == sent:
            raise PermissionError(1, "Operation not permitted")
        usual(source, target)

    monkeypatch.setattr(os, "replace", failing)
    assert taken_in(sent, tmp_path / "backups") == "it could not be written anew: Operation not permitted"
    assert sent.read_bytes() == before
    assert files_in(sent.parent) == ["sent.annot"]
    assert kept(sent, tmp_path / "backups") == []


@pytest.mark.parametrize("call", ["fsync", "replace", "utime", "stat", "open"])
def test_a_disk_that_fails_once_loses_nothing(
    call: str, sent: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(sent, MARK)
    rows, before, usual = every_row(sent), sent.read_bytes(), getattr(os, call)
    failed, outcomes = 0, set[str]()
    for number in range(1, 60):
        calls = iter(range(1, number + 1))

        def failing(*args: Any, calls: Iterator[int] = calls, number: int = number, **kwargs: Any) -> Any:
            nonlocal failed
            if next(calls, 0) == number:
                failed += 1
                raise OSError(errno.EIO, "Input/output error")
            return usual(*args, **kwargs)

        monkeypatch.setattr(os, call, failing)
        try:
            said = taken_in(sent, tmp_path / "backups")
        except (ProjectFileError, OSError) as error:
            said = str(error)
        monkeypatch.setattr(os, call, usual)
        assert every_row(sent) == rows, f"{call} {number}"
        kept_bytes = [one.path.read_bytes() for one in kept(sent, tmp_path / "backups")]
        is_new = MARK not in sent.read_bytes()
        assert before in kept_bytes if is_new else said, f"{call} {number}: {said}"
        assert [name for name in files_in(sent.parent) if name != ".sent.annot.lock"] == ["sent.annot"]
        outcomes.add("new" if is_new else "old")
        sent.write_bytes(before)
        if failed < number:
            break
        shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    assert failed, "it is never called"
    assert "new" in outcomes


@pytest.mark.parametrize("how", ["written to", "replaced", "being written to", "deleted"])
def test_what_somebody_does_meanwhile_is_not_lost(sent: Path, tmp_path: Path, how: str) -> None:
    arrival = Arrival(sent, tmp_path / "backups")
    *_, found = rebuilt(arrival.path, arrival.clean, arrival.kept)
    assert isinstance(found, Rebuilt)
    writing = sqlite3.connect(sent, isolation_level=None)
    if how == "deleted":
        sent.unlink()
    elif how == "replaced":
        shutil.copyfile(sent, tmp_path / "other.annot")
        os.replace(tmp_path / "other.annot", sent)
    else:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE article SET title = 'Of hers'")
        if how == "written to":
            writing.execute("COMMIT")
    with pytest.raises(LockedProject, match="was written to, moved or deleted while"):
        arrival.replace(found)
    if writing.in_transaction:
        writing.execute("COMMIT")
    writing.close()
    arrival.close()
    if how == "deleted":
        assert files_in(sent.parent) == []
    else:
        titles = [row[2] for row in every_row(sent)["article"]]
        assert (b"Of hers" in titles) == (how != "replaced")
        assert files_in(sent.parent) == ["sent.annot"]
    assert [*(tmp_path / "backups").iterdir()] == []


def test_a_row_that_is_not_as_it_was_read_is_noticed(sent: Path, tmp_path: Path) -> None:
    total = sum(map(len, every_row(sent).values()))
    with closing(sqlite3.connect(sent)) as source:
        steps = rebuild(source, tmp_path / "clean.annot")
        while next(steps) <= total:
            pass  # all is written when the first is read back
        tamper(tmp_path / "clean.annot", "UPDATE undo_stack SET group_id = 'another'")
        with pytest.raises(ProjectFileError, match="differs from what was read"):
            list(steps)


def test_a_row_that_does_not_fit_is_refused(sent: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(sent)) as source:
        source.execute("PRAGMA ignore_check_constraints = ON")
        source.execute("UPDATE mention SET start = -1")
        with pytest.raises(DamagedProject, match="does not fit"):
            list(rebuild(source, tmp_path / "clean.annot"))
