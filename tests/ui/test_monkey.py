"""Keys, clicks anywhere, menus, closing and opening again, at random: no fault, and what is shown is what is held."""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator.domain.claims import Claim
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import quoted
from annotator.ui.models.entities import EntityListModel
from annotator.ui.models.queue import ROW, QueueModel
from annotator.ui.panels.entities import EntityPanel
from annotator.ui.widgets.finder import Finder
from tests.promises.release import times
from tests.ui.at_work import AtWork, at_work

KEYS = (
    "A L D Q O C S U E I B N P Tab Shift+Tab Delete [ ] { } Alt+[ Alt+] Alt+A Shift+C Shift+I Shift+E Shift+Del . Esc "
    "Return 1 2 3 7 8 Ctrl+Z Ctrl+Shift+Z Right Left Up Down Ctrl+Right Ctrl+Left Shift+Right Shift+Ctrl+Right "
    "Alt+Right Alt+Left Shift+Alt+Right Ctrl+Down Ctrl+Up Shift+Ctrl+Down PgDown PgUp Ctrl+PgDown Ctrl+PgUp "
    "Ctrl+Return Ctrl+F F3 Ctrl+1 Ctrl+2 Ctrl+3 Ctrl+L F6 Ctrl++ Ctrl+- Ctrl+0 Ctrl+A Home End Ctrl+Home Ctrl+End F5 "
    "Backspace Space x a G V Z H Ctrl+M Ctrl+K Shift+G Ctrl+C"
).split()
LEFT_OUT = {"close", "import", "import folder", "export", "open", "new", "manual", "learn"}
"""What leaves the window, reads other files, or works for minutes; system dialogs of all others are answered."""
EVENTS = times(700, 3_334)
SEEDS = times((1, 2), (1, 2, 3))
LOOKED_OVER = 100
"""After so many events everything is compared, not only what is at hand."""
_CLICKED = (
    *(QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QAbstractSpinBox, QTabBar, QDockWidget),
)


@dataclass(slots=True)
class Monkey:
    """Somebody who does anything; what was done last is told when something is wrong."""

    work: AtWork
    chance: random.Random
    done: list[str] = field(default_factory=list)

    def act(self) -> None:
        """One thing, by chance."""
        roll = self.chance.random()
        modal = QApplication.activeModalWidget()
        if modal is not None:
            self.in_dialog(modal, roll)
        elif roll < 0.16:
            self.click_text()
        elif roll < 0.26:
            self.click_anywhere(self.work.window)
        elif roll < 0.32:
            self.take_from_menu()
        elif roll < 0.325:
            self.close_and_open_again()
        elif roll < 0.37 and self.others():
            self.in_dialog(self.chance.choice(self.others()), self.chance.random())
        elif roll < 0.42:
            self.undo_or_redo()
        else:
            self.press(self.target())
        QApplication.processEvents()

    def note(self, words: str) -> None:
        """Remembers what is about to be done."""
        self.done = [*self.done[-11:], words]

    def others(self) -> list[QWidget]:
        """Windows beside the first that stay open."""
        windows = QApplication.topLevelWidgets()
        return [one for one in windows if isValid(one) and one.isVisible() and isinstance(one, QDialog)]

    def in_dialog(self, dialog: QWidget, roll: float) -> None:
        """Something in a dialog, or away with it."""
        if roll < 0.3:
            self.note(f"close {type(dialog).__name__}")
            dialog.close()
        elif roll < 0.6:
            self.click_anywhere(dialog)
        else:
            self.press(dialog.focusWidget() or dialog)

    def click_text(self) -> None:
        """Once or twice anywhere in the article."""
        inside = self.work.window.view.viewport()
        place = QPoint(self.chance.randrange(inside.width()), self.chance.randrange(inside.height()))
        if QApplication.activePopupWidget() is None:
            self.note(f"click at {place.x()}, {place.y()}")
            how = QTest.mouseDClick if self.chance.random() < 0.5 else QTest.mouseClick
            how(inside, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
            if self.chance.random() < 0.5:
                self.note("and a mark")
                QTest.keyClicks(self.work.window.view, self.chance.choice("aldqocsu"))

    def click_anywhere(self, window: QWidget) -> None:
        """In a list, a form, a button, a tab of a window."""
        found = [one for one in window.findChildren(QWidget) if isinstance(one, _CLICKED) and self.may_click(one)]
        if not found or QApplication.activePopupWidget() is not None:
            return
        widget = self.chance.choice(found)
        target = widget.viewport() if isinstance(widget, QAbstractItemView | QPlainTextEdit) else widget
        place = QPoint(self.chance.randrange(max(target.width(), 1)), self.chance.randrange(max(target.height(), 1)))
        if isinstance(widget, QComboBox):
            self.note(f"choose in {widget.accessibleName()}")
            key = self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up))
            QTest.keyClick(widget, key)
            return
        name = widget.text() if isinstance(widget, QAbstractButton) else widget.accessibleName()
        self.note(f"click {type(widget).__name__} {name}")
        how = QTest.mouseDClick if self.chance.random() < 0.1 else QTest.mouseClick
        how(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def may_click(self, widget: QWidget) -> bool:
        """Whether somebody could; but a button that opens a menu at once waits in it for the next click."""
        if isinstance(widget, QToolButton) and widget.popupMode() is QToolButton.ToolButtonPopupMode.InstantPopup:
            return False
        if isinstance(widget, QPushButton) and widget.menu() is not None:
            return False
        return widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()

    def take_from_menu(self) -> None:
        """Any entry of the menus."""
        window: QMainWindow = self.work.window
        entries = [one for one in window.findChildren(QAction) if one.objectName() and one.isEnabled()]
        action = self.chance.choice(entries)
        if action.objectName() not in LEFT_OUT and not action.objectName().startswith("_"):
            self.note(f"menu {action.objectName()}")
            action.trigger()

    def close_and_open_again(self) -> None:
        """As on another day."""
        self.note("close and open again")
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self.work.reopen()

    def undo_or_redo(self) -> None:
        """Takes back, or does again."""
        name = self.chance.choice(("undo", "undo", "redo"))
        self.note(name)
        for action in self.work.window.findChildren(QAction):
            if action.objectName() == name:
                action.trigger()
                return

    def target(self) -> QWidget:
        """What has the keyboard, mostly the article."""
        popup: QWidget | None = QApplication.activePopupWidget()
        if isinstance(popup, Finder):
            return popup.box
        if isinstance(popup, QMenu) and self.chance.random() < 0.5:
            popup.close()
        elif popup is not None:
            return popup
        if self.chance.random() < 0.6:
            self.work.window.view.setFocus()
            return self.work.window.view
        return QApplication.focusWidget() or self.work.window.view

    def press(self, target: QWidget) -> None:
        """One key."""
        key = self.chance.choice(KEYS)
        self.note(f"press {key} on {type(target).__name__} {target.accessibleName()}")
        pressed = QKeySequence(key)[0]  # type: ignore[index]  # the stubs do not know it can be indexed
        QTest.keyClick(target, pressed.key(), pressed.keyboardModifiers())


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> random.Random:
    """Whatever waits for an answer gets one by chance: boxes and the system's dialogs."""
    chance = random.Random(0)
    numbers = iter(range(10**9))

    def click_one(box: QMessageBox) -> int:
        buttons = box.buttons()
        if buttons:
            chance.choice(buttons).click()
        return 0

    def place(*_: object) -> tuple[str, str]:
        return (str(tmp_path / f"written {next(numbers)}.annot"), "") if chance.random() < 0.5 else ("", "")

    monkeypatch.setattr(QMessageBox, "exec", click_one)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", place)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_: (chance.choice(("Ana", "Ben", "")), chance.random() < 0.3))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (chance.choice(("Ana", "x", "")), chance.random() < 0.5))
    return chance


@pytest.mark.timeout(times(60, 6_000))
@pytest.mark.parametrize("seed", SEEDS)
def test_anything_done_at_random(tmp_path: Path, qtbot: QtBot, answered: random.Random, seed: int) -> None:
    chance = random.Random(seed)
    answered.seed(seed)
    with at_work(tmp_path) as work:
        monkey = Monkey(work, chance)
        for number in range(EVENTS):
            try:
                monkey.act()
                holds(work)
                if number % LOOKED_OVER == LOOKED_OVER - 1:
                    agree(work)
            except Exception as error:  # whatever it was is told with what led to it
                raise AssertionError(f"seed {seed}, event {number}: {monkey.done}") from error
        agree(work)
        end = work.rows("SELECT count(*) FROM history")[0][0]
    assert isinstance(end, int)
    assert end > times(8, 100), "it did something"
    del qtbot


def holds(work: AtWork) -> None:
    """What is cheap to look at: the shown article's records are those of the file, and their words are its words."""
    desk = work.window.controls.desk
    records, article = desk.workspace.records, desk.focus.article
    if article is None:
        return
    text = records.text(article)
    assert work.window.view.text == text
    mentions, claims = records.mentions_in(article), records.claims_in(article)
    assert tuple(desk.contents.mentions()) == mentions
    assert desk.contents.claims() == list(claims)
    repeated(text, mentions, claims)
    assert not work.rows("SELECT count(*) FROM history WHERE kind = ''")[0][0]


def repeated(text: str, mentions: tuple[Mention, ...], claims: tuple[Claim, ...]) -> None:
    """text[start:end] is the quote, of all spans."""
    for mention in mentions:
        assert quoted(text, mention.spans) == mention.quote
    for claim in claims:
        assert quoted(text, claim.content) == claim.quote
        assert not claim.cue or quoted(text, claim.cue) == claim.cue_quote
        assert all(not source.spans or quoted(text, source.spans) == source.quote for source in claim.sources)


def agree(work: AtWork) -> None:
    """What panels have kept in step is what they would read anew."""
    desk = work.window.controls.desk
    records = desk.workspace.records
    assert records.history_broken_at() is None
    for id_ in records.queue(QueueFilter(), desk.workspace.author.annotator):
        repeated(records.text(ArticleId(id_)), records.mentions_in(id_), records.claims_in(id_))
    assert work.rows("PRAGMA integrity_check") == [("ok",)]
    assert work.rows("PRAGMA foreign_key_check") == []
    panel = work.window.findChild(EntityPanel)
    assert panel is not None
    fresh = EntityListModel(desk)
    fresh.show(panel.filter_box.text(), whole_project=panel.whole_project.isChecked())
    fresh.arrange(str(panel.order.currentData()), by_kind=panel.by_kind.isChecked())
    assert rows(panel.list.model()) == rows(fresh)
    queue = work.window.controls.queue.list.model()
    if queue.rowCount() == records.article_count():  # a row that stops to pass a filter stays until the next one
        assert sorted(map(repr, rows(queue))) == sorted(map(repr, rows(QueueModel(desk.workspace))))


def rows(model: QAbstractItemModel) -> list[object]:
    """All rows of a list."""
    return [model.index(number, 0).data(ROW) for number in range(model.rowCount())]
