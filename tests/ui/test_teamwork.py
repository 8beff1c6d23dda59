"""Files for teammates go out of the window and come back: what is asked, shown before, and told afterwards."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.editing import linking, tagging
from annotator.services.projects import Person, open_project
from annotator.services.workspace import Workspace
from annotator.ui.dialogs.bringing_in import BringInDialog
from annotator.ui.dialogs.handing_out import HandOutDialog
from tests.building import find, new_id
from tests.ui.at_work import WHO, AtWork, at_work
from tests.ui.test_corpora import drop, push

BEN = Person(AnnotatorId(new_id()), "Ben")
SIGNED = "SELECT m.quote, a.name FROM mention m JOIN annotator a ON a.id = m.author_id ORDER BY a.name, m.start"


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """Ana's window on two articles."""
    del qtbot
    with at_work(tmp_path / "ana") as opened:
        yield opened


def copied(work: AtWork, path: Path, person: Person = BEN) -> Workspace:
    """Somebody's copy of the project."""
    work.window.controls.desk.workspace.records.save_copy(path)
    return open_project(path, person)


def shown(work: AtWork, qtbot: QtBot) -> BringInDialog:
    """The dialog once it knows what would come in."""
    wait(work, qtbot)
    return next(one for one in work.window.findChildren(BringInDialog) if one.isVisible())


def words(dialog: BringInDialog) -> str:
    """All that it says."""
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def wait(work: AtWork, qtbot: QtBot) -> None:
    """Until nothing is under way."""
    qtbot.waitUntil(lambda: work.window.controls.desk.jobs.current is None, timeout=30_000)


def back(work: AtWork, qtbot: QtBot) -> None:
    """The window has the keyboard again: the platform of the tests does not give it back by itself."""
    work.window.activateWindow()
    qtbot.waitUntil(work.window.isActiveWindow)


def test_articles_are_handed_out_and_what_was_done_comes_back(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    action = work.window.findChild(QAction, "hand out")
    assert action is not None
    action.trigger()
    dialog = work.window.findChild(HandOutDialog)
    assert dialog is not None
    assert "at least one" in dialog.outcome.text()
    dialog.people.setPlainText("Ben\n Clara  Ruiz \nBen")
    dialog.overlap.setValue(2)
    assert "Ben: 2, Clara Ruiz: 2" in dialog.outcome.text()
    dialog.activateWindow()
    dialog.blind.setFocus()
    qtbot.waitUntil(dialog.blind.hasFocus)
    QTest.keyClick(dialog.blind, Qt.Key.Key_Tab)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.text() == "Hand out…", "Tab goes as the buttons stand"
    QTest.keyClick(button, Qt.Key.Key_Space)
    wait(work, qtbot)
    assert "2 files written to out." in work.status
    names = sorted(path.name for path in out.iterdir())
    assert names == ["work – Ben.annot", "work – Clara Ruiz.annot"]
    his = open_project(out / names[0], BEN)
    article = his.records.queue(QueueFilter(), his.author.annotator)[0]
    his.do(tagging.tag, article, find(his.records.text(article), "Ana Ruiz"), "actor")
    his.close()
    drop(work, out / names[0])
    bring_in = shown(work, qtbot)
    qtbot.waitUntil(lambda: "mentions" in words(bring_in))
    assert work.rows(SIGNED) == []
    push(bring_in, "Bring in")
    wait(work, qtbot)
    back(work, qtbot)
    assert work.rows(SIGNED) == [("Ana Ruiz", "Ben")]
    assert "1 new mention" in work.status
    work.player.press("Ctrl+Z")
    assert work.rows(SIGNED) == []
    work.player.press("Ctrl+Y")
    assert work.rows(SIGNED) == [("Ana Ruiz", "Ben")]


def test_what_two_people_want_differently_is_asked_and_settled_as_chosen(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    ((entity,),) = work.rows("SELECT id FROM entity")
    ben = copied(work, tmp_path / "ben.annot")
    ben.do(linking.rename_entity, str(entity), "Ruiz, Ana")  # type: ignore[arg-type]
    work.window.controls.desk.workspace.do(linking.rename_entity, str(entity), "Ana Ruiz (mayor)")  # type: ignore[arg-type]
    ben.close()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "ben.annot"), ""))
    work.player.press("Ctrl+Shift+B")
    dialog = shown(work, qtbot)
    (box,) = dialog.findChildren(QComboBox)
    assert {box.itemText(row) for row in range(box.count())} == {"Ana: Ana Ruiz (mayor)", "Ben: Ruiz, Ana"}
    box.setCurrentIndex(box.findText("Ana: Ana Ruiz (mayor)"))
    push(dialog, "Bring in")
    wait(work, qtbot)
    back(work, qtbot)
    assert work.rows("SELECT name FROM entity") == [("Ana Ruiz (mayor)",)]
    work.player.press("Ctrl+Shift+B")
    again = shown(work, qtbot)
    qtbot.waitUntil(lambda: "nothing in it" in words(again))
    assert not again.take.isEnabled()
    again.reject()
    ((kinds,),) = work.rows("SELECT group_concat(kind) FROM history WHERE kind IN ('bring in', 'resolve')")
    assert kinds == "bring in,resolve"


def test_a_conflict_can_be_settled_where_nothing_else_in_the_file_is_new(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    ((entity,),) = work.rows("SELECT id FROM entity")
    workspace = work.window.controls.desk.workspace
    ana = workspace.author
    workspace.switch_to(BEN.id, BEN.name)  # he is known already
    workspace.author = ana
    ben = copied(work, tmp_path / "ben.annot")
    ben.do(linking.rename_entity, str(entity), "Ruiz, Ana")  # type: ignore[arg-type]
    ben.close()
    workspace.do(linking.rename_entity, str(entity), "Ana Ruiz (mayor)")  # type: ignore[arg-type]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "ben.annot"), ""))
    work.player.press("Ctrl+Shift+B")
    dialog = shown(work, qtbot)
    (box,) = dialog.findChildren(QComboBox)
    assert "nothing in it" not in words(dialog)
    box.setCurrentIndex(box.findText("Ben: Ruiz, Ana"))
    QTest.keyClick(dialog.take, Qt.Key.Key_Return)
    wait(work, qtbot)
    assert work.rows("SELECT name FROM entity") == [("Ruiz, Ana",)]


def test_a_file_that_is_no_project_is_refused_in_a_sentence(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("annotator.ui.teamwork.tell", lambda _parent, _title, text, *_: told.append(text))
    (tmp_path / "bad.annot").write_text("hello", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "bad.annot"), ""))
    work.player.press("Ctrl+Shift+B")
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "bad.annot" in told[0]
    assert work.window.findChild(BringInDialog) is None


def test_a_changed_history_is_refused_when_the_file_is_looked_at(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("annotator.ui.teamwork.tell", lambda _parent, _title, text, *_: told.append(text))
    copied(work, tmp_path / "ben.annot").close()
    with closing(sqlite3.connect(tmp_path / "ben.annot", isolation_level=None)) as connection:
        connection.execute("UPDATE history SET annotator_id = 'x' WHERE kind = 'import'")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "ben.annot"), ""))
    work.player.press("Ctrl+Shift+B")
    qtbot.waitUntil(lambda: bool(told))
    assert "cannot be trusted" in told[0]


def test_somebody_else_may_work_at_the_same_machine(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    offered: list[list[str]] = []

    def choose(*words: object) -> tuple[str, bool]:
        offered.append(list(words[3]))  # type: ignore[call-overload]
        return "Clara", True

    monkeypatch.setattr(QInputDialog, "getItem", choose)
    action = work.window.findChild(QAction, "person")
    assert action is not None
    action.trigger()
    assert "Ana" in offered[0]
    work.player.tag("Kabul", "L")
    assert work.rows(SIGNED) == [("Ana Ruiz", "Ana"), ("Kabul", "Clara")]
    work.player.press("Ctrl+Z")
    assert work.rows(SIGNED) == [("Ana Ruiz", "Ana")]
    work.player.press("Ctrl+Z")
    assert work.rows(SIGNED) == [("Ana Ruiz", "Ana")]
    action.trigger()
    assert "Clara" in offered[1]


def test_nobody_changes_what_another_recorded(work: AtWork, qtbot: QtBot, tmp_path: Path) -> None:
    ben = copied(work, tmp_path / "ben.annot")
    article = ben.records.queue(QueueFilter(), ben.author.annotator)[0]
    ben.do(tagging.tag, article, find(ben.records.text(article), "Ana Ruiz"), "actor")
    ben.close()
    drop(work, tmp_path / "ben.annot")
    push(shown(work, qtbot), "Bring in")
    wait(work, qtbot)
    desk = work.window.controls.desk
    (mention,) = desk.workspace.records.mentions_in(article)
    desk.attempt(lambda: desk.workspace.do(tagging.untag, mention.id))
    assert "by Ben" in work.status
    assert work.rows(SIGNED) == [("Ana Ruiz", "Ben")]
    assert WHO.name == "Ana"
