"""Backups as a user meets them: made without a word, restored by three clicks, offered when a project is damaged."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QMenu, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.services import restoring
from annotator.services.projects import new_project, open_project
from annotator.ui import files
from annotator.ui.application import Application
from annotator.ui.dialogs.backups import BackupDialog
from annotator.ui.dialogs.report import ReportDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.tour.player import Player
from tests.storage.raw import ask, files_in
from tests.ui.at_work import VALLEY, WHO, AtWork, at_work, settle


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """A window on two articles."""
    del qtbot
    with at_work(tmp_path / "work") as opened:
        yield opened


def every_backup() -> list[Path]:
    """All that are under a final name, oldest first."""
    return sorted(path for path in paths.backup_folder().glob("*/*.annot") if not path.name.startswith("."))


def why(path: Path) -> str:
    """What a backup's name says."""
    return path.name.split("_")[1]


def click(widget: QPushButton) -> None:
    """With the mouse."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def choose_restore(work: AtWork) -> BackupDialog:
    """The File menu, and its entry: two clicks."""
    (title,) = (entry for entry in work.window.menuBar().actions() if entry.text().replace("&", "") == "File")
    bar = work.window.menuBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(title).center())
    menu, entry = title.menu(), work.window.findChild(QAction, "restore")
    assert isinstance(menu, QMenu)
    assert isinstance(entry, QAction)
    assert entry.text() == "Restore from backup…"
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    return shown()


def shown() -> BackupDialog:
    """The dialog that is open."""
    QApplication.processEvents()
    (dialog,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, BackupDialog) and one.isVisible())
    return dialog


def windows() -> list[MainWindow]:
    """Those that are shown."""
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]


def test_fifty_edits_are_backed_up_while_one_works(work: AtWork, qtbot: QtBot) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    for _ in range(20):
        work.player.press("Ctrl+Z")
        work.player.press("Ctrl+Y")
    assert len(work.rows("SELECT seq FROM history")) < 50
    assert every_backup() == []
    for _ in range(5):
        work.player.press("Ctrl+Z")
        work.player.press("Ctrl+Y")
    qtbot.waitUntil(lambda: len(every_backup()) == 1)
    (backup,) = every_backup()
    assert why(backup) == "edits"
    assert len(ask(backup, "SELECT seq FROM history")) >= 50
    assert "backup" not in work.status


def test_ten_minutes_after_the_first_edit_there_is_a_backup(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.backing_up.MOST_MINUTES", 0.001)
    with at_work(tmp_path / "work") as work:
        qtbot.waitUntil(lambda: len(every_backup()) == 1)
        work.player.tag("Ana Ruiz", "A", kind="person")
        qtbot.waitUntil(lambda: ask(every_backup()[-1], "SELECT quote FROM mention") == [("Ana Ruiz",)])


def test_a_backup_that_cannot_be_made_is_told_and_work_goes_on(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.backing_up.MOST_MINUTES", 0.001)
    paths.backup_folder().parent.mkdir(parents=True)
    paths.backup_folder().write_text("a file where the folder should be")
    with at_work(tmp_path / "work") as work:
        qtbot.waitUntil(lambda: "No backup could be made" in work.status)
        work.player.tag("Ana Ruiz", "A", kind="person")
        qtbot.waitUntil(lambda: work.state == "Saved, but no backup can be made")
        paths.backup_folder().unlink()
        qtbot.waitUntil(lambda: work.state == "Saved")
        work.reopen()
        assert work.rows("SELECT quote FROM mention") == [("Ana Ruiz",)]


def test_closing_makes_a_backup_and_the_window_is_gone_at_once(work: AtWork) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    work.player.press("Ctrl+Q")
    assert not work.window.isVisible()
    (backup,) = every_backup()
    assert why(backup) == "closing"
    assert ask(backup, "SELECT quote FROM mention") == [("Ana Ruiz",)]
    assert "work.annot" in files_in(work.path.parent)
    assert [name for name in files_in(work.path.parent) if name.endswith((".part", "-journal", ".lock"))] == []


def test_a_backup_is_restored_by_three_clicks_and_says_before_what_differs(work: AtWork, qtbot: QtBot) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    work.reopen()
    work.player.tag("Kabul", "L")
    before = work.rows("SELECT quote FROM mention ORDER BY start")
    dialog = choose_restore(work)
    assert dialog.table.rowCount() == 1
    cells = [item.text() for column in range(6) if (item := dialog.table.item(0, column))]
    assert cells[1:5] == ["on closing", "2", "1", "0"]
    qtbot.waitUntil(lambda: "Since then" in dialog.words.text())
    assert "1 mention made" in dialog.words.text()
    assert "1 entity made" in dialog.words.text()
    assert "deleted" not in dialog.words.text()
    click(dialog.restore)
    qtbot.waitUntil(lambda: [one.windowTitle() for one in windows()] != [] and work.window not in windows())
    (window,) = windows()
    restored = window.controls.desk.workspace.records.path
    assert restored.parent == work.path.parent
    assert restored.name.startswith("work restored 20")
    assert ask(restored, "SELECT quote FROM mention") == [("Ana Ruiz",)]
    assert work.rows("SELECT quote FROM mention ORDER BY start") == before
    work.window = window  # the first is gone


def test_the_list_is_used_by_keys_and_left_by_escape(work: AtWork, qtbot: QtBot) -> None:
    for words in ("Ana Ruiz", "Kabul"):
        work.player.tag(words, "A", kind="person")
        work.reopen()
    dialog = choose_restore(work)
    qtbot.waitUntil(lambda: "just what the project holds now" in dialog.words.text())
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "1 mention made" in dialog.words.text())
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not any(isinstance(one, BackupDialog) and one.isVisible() for one in QApplication.topLevelWidgets())
    assert [name for name in files_in(work.path.parent) if "restored" in name] == []


def test_an_import_is_backed_up_first(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from annotator.ui.dialogs.import_ import ImportDialog

    work.player.tag("Ana Ruiz", "A", kind="person")
    (tmp_path / "new.txt").write_text("Another text.", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "new.txt")], ""))
    work.player.press("Ctrl+I")
    settle(work.window)
    dialog = work.window.findChild(ImportDialog)
    assert dialog is not None
    dialog.accept()
    qtbot.waitUntil(lambda: work.window.controls.desk.jobs.current is None)
    assert work.rows("SELECT count(*) FROM article") == [(3,)]
    (backup,) = every_backup()
    assert why(backup) == "import"
    assert ask(backup, "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM mention)") == [(2, 1)]


@pytest.fixture
def damaged(tmp_path: Path, qtbot: QtBot) -> Path:
    """A project with a backup, cut off afterwards; 20 mentions were made after the backup."""
    del qtbot
    with at_work(tmp_path / "work", VALLEY) as work:
        work.player.tag("Ana Ruiz", "A", kind="person")
        work.reopen()
        path = work.path
    paths.person_file().parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(path.read_bytes()[:-4096])
    return path


@pytest.fixture
def application(tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    """The program before any project is open."""
    del qtbot
    settings = Settings(tmp_path / "settings.ini")
    settings.looks_ahead = False
    application = Application(settings)
    yield application
    while (dialog := QApplication.activeModalWidget()) is not None:
        dialog.close()
    for window in windows():
        window.close()
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.close()


def test_a_damaged_project_offers_its_newest_backup(damaged: Path, application: Application, qtbot: QtBot) -> None:
    data = damaged.read_bytes()
    application.begin(damaged, sample=False)
    dialog = shown()
    assert dialog.windowTitle() == "Damaged project"
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(windows()) == 1)
    (window,) = windows()
    restored = window.controls.desk.workspace.records.path
    assert restored.name.startswith("work restored 20")
    assert ask(restored, "SELECT quote FROM mention") == [("Ana Ruiz",)]
    Player(window).tag("Kabul", "L")
    assert len(ask(restored, "SELECT quote FROM mention")) == 2
    assert damaged.read_bytes() == data


def test_a_damaged_project_is_salvaged_with_a_report(damaged: Path, application: Application, qtbot: QtBot) -> None:
    data = damaged.read_bytes()
    application.begin(damaged, sample=False)
    dialog = shown()
    click(dialog.salvage)
    qtbot.waitUntil(lambda: len(windows()) == 1)
    (window,) = windows()
    new = window.controls.desk.workspace.records.path
    assert new.name.startswith("work salvaged 20")
    assert ask(new, "SELECT quote FROM mention") == [("Ana Ruiz",)]
    report = window.findChild(ReportDialog)
    assert report is not None
    box = report.findChild(QPlainTextEdit)
    assert box is not None
    assert "read: 1 × mention" in box.toPlainText()
    assert "pages of the file" in box.toPlainText()
    assert damaged.read_bytes() == data


def test_a_project_whose_first_page_is_gone_is_known_by_its_place(damaged: Path, application: Application) -> None:
    data = bytes(4096) + damaged.read_bytes()[4096:]
    damaged.write_bytes(data)
    application.begin(damaged, sample=False)
    assert shown().table.rowCount() == 1
    assert damaged.read_bytes() == data


def test_a_damaged_project_without_a_backup_can_be_salvaged(
    tmp_path: Path, application: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "alone.annot"
    new_project(path, WHO).close()
    monkeypatch.setattr(paths, "backup_folder", lambda: tmp_path / "another computer")
    path.write_bytes(path.read_bytes() + b"x")
    application.begin(path, sample=False)
    dialog = shown()
    assert not dialog.restore.isEnabled()
    assert dialog.table.isHidden()
    assert "every row that is whole" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(windows()) == 1)
    open_project(path.with_name(windows()[0].controls.desk.workspace.records.path.name), WHO).close()


def endless(_: Path, target: Path) -> Iterator[int]:
    target.with_name(f".{target.name}.ab12.new").write_bytes(b"half")
    while True:
        yield 1


def test_salvaging_can_be_given_up_and_leaves_nothing(
    damaged: Path, application: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "_salvage", endless)
    before = files_in(damaged.parent)
    application.show_project(damaged)
    dialog = shown()
    click(dialog.salvage)
    qtbot.waitUntil(lambda: files_in(damaged.parent) != before)
    click(dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel))
    qtbot.waitUntil(lambda: files_in(damaged.parent) == before)


def test_a_check_says_that_a_project_is_sound_and_what_is_not(
    qtbot: QtBot, work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = work.window.findChild(QAction, "check")
    assert check is not None
    check.trigger()
    qtbot.waitUntil(lambda: "is sound" in work.status, timeout=30_000)
    said: list[str] = []
    monkeypatch.setattr(files, "tell", lambda _parent, _title, text, details="": said.append(text + details))
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute("UPDATE article SET title = 'Another'")
        connection.commit()
    check.trigger()
    qtbot.waitUntil(lambda: bool(said), timeout=30_000)
    assert "damaged" in said[0]
    assert "article is not as history says" in said[0]
