"""A project from elsewhere is looked over before it is opened the first time; what may not be opened is told why."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

import annotator
from annotator import cli, paths
from annotator.editing.importing import NewArticle
from annotator.errors import LockedProject
from annotator.services import restoring, strangers
from annotator.services.exporting import snapshot_of
from annotator.services.projects import new_project, open_project
from annotator.storage import looking_over as storage_looking_over
from annotator.ui.application import Application
from annotator.ui.dialogs import looking_over
from annotator.ui.dialogs.backups import BackupDialog
from annotator.ui.dialogs.looking_over import LookingOver
from annotator.ui.settings import Settings
from annotator.ui.status import StatusLine
from tests.cli.test_words import Faces
from tests.storage.raw import every_row, files_in, interrupt, mode, plant, tamper
from tests.ui.at_work import VALLEY, WHO

MARK = b"hidden by a stranger"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A project that somebody else has made and sent."""
    (tmp_path / "hers").mkdir()
    workspace = new_project(tmp_path / "hers" / "work.annot", WHO)
    workspace.bring_in([NewArticle(VALLEY, "Valley")], "")
    workspace.close()
    (tmp_path / "mail").mkdir()
    shutil.copy(tmp_path / "hers" / "work.annot", tmp_path / "mail" / "sent.annot")
    return tmp_path / "mail" / "sent.annot"


@pytest.fixture
def application(tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    del qtbot
    settings = Settings(tmp_path / "settings.ini")
    settings.looks_ahead = False
    one = Application(settings)
    yield one
    if one.window is not None:
        one.window.close()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes said; each is closed at once."""
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    return said


def said_in(application: Application) -> str:
    """What the status bar says."""
    assert application.window is not None
    bar = application.window.statusBar()
    assert isinstance(bar, StatusLine)
    return bar.words.text()


def test_what_is_sound_is_opened_and_not_looked_over_again(sent: Path, application: Application) -> None:
    assert not strangers.is_known(sent)
    application.show_project(sent)
    assert application.window is not None
    assert application.window.controls.desk.workspace.records.path == sent.resolve()
    application.window.close()
    assert strangers.is_known(sent)


def test_what_is_worked_on_is_written_anew_and_what_came_can_be_restored(sent: Path, application: Application) -> None:
    plant(sent, MARK)
    rows, before = every_row(sent), sent.read_bytes()
    application.show_project(sent)
    assert application.window is not None
    assert "written anew" in said_in(application)
    assert MARK not in sent.read_bytes()
    now = every_row(sent)
    assert {table: found[: len(rows[table])] for table, found in now.items()} == rows, "one more has signed in"
    assert files_in(sent.parent) == [".sent.annot.lock", "sent.annot"]
    entry = application.window.findChild(QAction, "restore")
    assert isinstance(entry, QAction)
    entry.trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupDialog)
    why = dialog.table.item(0, 1)
    assert why is not None
    assert why.text() == "as it came from elsewhere"
    dialog.close()
    (kept,) = restoring.found_for(sent)
    assert kept.path.read_bytes() == before
    copy = restoring.restore(kept, sent)
    assert every_row(copy) == rows


def test_what_cannot_be_replaced_is_only_read_and_is_written_anew_once_it_can(
    sent: Path, application: Application, told: list[str]
) -> None:
    plant(sent, MARK)
    before = sent.read_bytes()
    for _ in range(2):
        with mode(sent.parent, 0o555):
            application.show_project(sent)
            assert application.window is not None
            records = application.window.controls.desk.workspace.records
            assert records.read_only == "its folder cannot be written"
            application.window.close()
            application.window = None
        assert not strangers.is_known(sent)
    assert sent.read_bytes() == before
    assert restoring.found_for(sent) == []
    application.show_project(sent)
    assert application.window is not None
    assert not application.window.controls.desk.workspace.records.read_only
    assert MARK not in sent.read_bytes()
    assert told == []


def test_what_cannot_be_kept_as_it_came_is_only_read(sent: Path, application: Application) -> None:
    before = sent.read_bytes()
    shutil.rmtree(paths.backup_folder())
    paths.backup_folder().write_text("no folder", encoding="ascii")
    application.show_project(sent)
    assert application.window is not None
    assert "kept as it came" in application.window.controls.desk.workspace.records.read_only
    assert sent.read_bytes() == before


def test_a_second_person_reads_what_another_is_working_on(sent: Path, application: Application) -> None:
    first = open_project(sent, WHO)
    before = sent.read_bytes()
    application.show_project(sent)
    assert application.window is not None
    assert application.window.controls.desk.workspace.records.read_only.endswith("has it open")
    first.bring_in([NewArticle("Of hers.", "Of hers")], "")
    first.close()
    assert sent.read_bytes() != before
    assert every_row(sent)["article"][-1][2] == b"Of hers"


def test_after_a_crash_it_is_said_that_it_was_recovered(sent: Path, application: Application) -> None:
    rows = every_row(sent)
    (sent.parent / "crashed").mkdir()
    crashed = sent.parent / "crashed" / "sent.annot"
    interrupt(sent, crashed)
    application.show_project(crashed)
    assert application.window is not None
    assert "Recovered" in said_in(application)
    assert every_row(crashed)["article"] == rows["article"]
    assert files_in(crashed.parent) == [".sent.annot.lock", "sent.annot"]


def test_whoever_only_reads_leaves_the_file_as_it_is(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(sent, MARK)
    before = sent.stat().st_mtime_ns, sent.read_bytes()
    assert cli.main(["check", str(sent)], Faces()) == 0
    for _ in range(2):
        with annotator.open(sent) as project:
            assert len(list(project.articles())) == 1
    with snapshot_of(sent) as copy:
        assert MARK not in copy.path.read_bytes()
    assert (sent.stat().st_mtime_ns, sent.read_bytes()) == before
    assert not strangers.is_known(sent), "who opens it to work on it still gets a clean file"
    assert files_in(sent.parent) == ["sent.annot"]
    assert restoring.found_for(sent) == []
    assert cli.main(["export", str(sent), str(sent.with_name("out.jsonl"))], Faces()) == 0
    assert MARK not in sent.read_bytes()
    capsys.readouterr()


def test_what_was_changed_since_it_was_closed_here_is_looked_over_again(
    sent: Path, application: Application, told: list[str]
) -> None:
    application.show_project(sent)
    assert application.window is not None
    application.window.close()
    application.window = None
    tamper(sent, "UPDATE article SET title = 'Another title'")
    application.show_project(sent)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupDialog)
    assert "is not as history says" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.close()
    assert told == []


def test_what_was_changed_while_it_was_open_is_not_known_by_being_closed(sent: Path) -> None:
    workspace = open_project(sent, WHO)
    tamper(sent, "UPDATE article SET title = 'Another title'")
    workspace.close()
    assert not strangers.is_known(sent)


def test_a_file_that_somebody_writes_to_all_the_time_is_not_looked_over_half_written(
    sent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = shutil.copyfile

    def copied_meanwhile(source: Path, target: Path) -> None:
        usual(source, target)
        with sent.open("r+b") as file:
            file.seek(0, os.SEEK_END)
            file.write(bytes(4096))

    monkeypatch.setattr(shutil, "copyfile", copied_meanwhile)
    monkeypatch.setattr(storage_looking_over, "_PAUSE", 0)
    with pytest.raises(LockedProject, match="being written to"):
        list(storage_looking_over.look_over(sent))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "CREATE TRIGGER gone AFTER INSERT ON mention BEGIN DELETE FROM article; END",
            "another program has changed them",
        ),
        ("UPDATE article SET title = 'Another title'", "is not as history says"),
        ("UPDATE text SET text = text || 'x'", "is not the one that was imported"),
        ("UPDATE history SET annotator_id = 'x'", "history was changed at row"),
    ],
)
def test_what_is_not_is_refused_and_nothing_is_written(
    sent: Path, application: Application, told: list[str], statement: str, words: str
) -> None:
    tamper(sent, statement)
    before = sent.read_bytes()
    application.show_project(sent)
    assert application.window is None
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, BackupDialog):  # what is damaged can be salvaged
        told += [label.text() for label in dialog.findChildren(QLabel)]
        dialog.close()
    assert words in " ".join(told)
    assert sent.read_bytes() == before
    assert files_in(sent.parent) == ["sent.annot"]


def test_what_takes_so_long_that_it_is_shown_is_opened_as_well(
    sent: Path, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking_over, "_SOON", 0)
    application.show_project(sent)
    assert application.window is not None


def test_a_question_without_end_in_a_refused_file_does_not_stop_the_window(
    sent: Path, application: Application, told: list[str]
) -> None:
    numbers = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n WHERE id < 0"
    tamper(sent, "PRAGMA foreign_keys = OFF", "DROP TABLE project", f"CREATE VIEW project AS {numbers}")
    application.show_project(sent)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, BackupDialog)
    assert "another program has changed them" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.close()
    assert told == []


def endless(*_: Path) -> Iterator[int]:
    while True:
        yield 1


def test_looking_over_can_be_given_up(
    sent: Path, application: Application, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "_take_in", endless)
    application.show_start()

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, LookingOver):
            QTimer.singleShot(50, give_up)
            return
        dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()

    QTimer.singleShot(50, give_up)
    before = sent.read_bytes()
    application.show_project(sent)
    assert application.window is None
    assert told == []
    assert sent.read_bytes() == before
    assert files_in(sent.parent) == ["sent.annot"]
    assert [path for path in paths.backup_folder().rglob("*") if path.name.startswith(".")] == []


def test_the_command_line_looks_it_over_as_well(sent: Path) -> None:
    open_project(sent, WHO).close()
    assert strangers.is_known(sent)
