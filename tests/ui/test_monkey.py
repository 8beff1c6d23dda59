"""Keys and clicks at random: no fault, and what the window shows is what the file holds."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.queue import QueueFilter
from annotator.ui.models.entities import EntityListModel
from annotator.ui.models.queue import ROW, QueueModel
from annotator.ui.panels.entities import EntityPanel
from annotator.ui.widgets.finder import Finder
from tests.ui.at_work import AtWork, at_work

KEYS = (
    "A L D Q O C S U E I B N P Tab Shift+Tab Delete [ ] { } Alt+[ Alt+] Alt+A Shift+C Shift+I Shift+E Shift+Del . Esc "
    "Return 1 2 3 7 8 Ctrl+Z Ctrl+Shift+Z Right Left Up Down Ctrl+Right Ctrl+Left Shift+Right Shift+Ctrl+Right "
    "Alt+Right Alt+Left Shift+Alt+Right Ctrl+Down Ctrl+Up Shift+Ctrl+Down PgDown PgUp Ctrl+PgDown Ctrl+PgUp "
    "Ctrl+Return Ctrl+F F3 Ctrl+1 Ctrl+2 Ctrl+L F6 Ctrl++ Ctrl+- Ctrl+0 Ctrl+A Home End Ctrl+Home Ctrl+End F5 "
    "Backspace Space x a"
).split()
EVENTS = 500


@pytest.mark.parametrize("seed", [1, 2])
def test_random_keys_and_clicks(tmp_path: Path, qtbot: QtBot, seed: int) -> None:
    chance = random.Random(seed)
    with at_work(tmp_path) as work:
        for _ in range(EVENTS):
            modal = QApplication.activeModalWidget()
            if modal is not None:
                modal.close()
            elif chance.random() < 0.08:
                click(work, chance)
            else:
                press(work, chance)
            QApplication.processEvents()
        agree(work)


def click(work: AtWork, chance: random.Random) -> None:
    """Once or twice anywhere in the article."""
    inside = work.window.view.viewport()
    place = QPoint(chance.randrange(inside.width()), chance.randrange(inside.height()))
    if QApplication.activePopupWidget() is None:
        how = QTest.mouseDClick if chance.random() < 0.3 else QTest.mouseClick
        how(inside, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def press(work: AtWork, chance: random.Random) -> None:
    """One key on whatever has the keyboard, mostly the article."""
    popup: QWidget | None = QApplication.activePopupWidget()
    if isinstance(popup, Finder):
        target: QWidget = popup.box
    elif chance.random() < 0.3:
        work.window.view.setFocus()
        target = work.window.view
    else:
        target = popup or QApplication.focusWidget() or work.window.view
    key = QKeySequence(chance.choice(KEYS))[0]  # type: ignore[index]  # the stubs do not know it can be indexed
    QTest.keyClick(target, key.key(), key.keyboardModifiers())


def agree(work: AtWork) -> None:
    """What panels have kept in step is what they would read anew."""
    desk = work.window.controls.desk
    records, article = desk.workspace.records, desk.focus.article
    assert records.history_broken_at() is None
    for id_ in records.queue(QueueFilter(), desk.workspace.author.annotator):
        records.mentions_in(id_)
        records.claims_in(id_)
    if article is not None:
        assert tuple(desk.contents.mentions()) == records.mentions_in(article)
        assert desk.contents.claims() == list(records.claims_in(article))
    panel = work.window.findChild(EntityPanel)
    assert panel is not None
    fresh = EntityListModel(desk)
    fresh.show(panel.filter_box.text(), whole_project=panel.whole_project.isChecked())
    assert rows(panel.list.model()) == rows(fresh)
    queue = work.window.controls.queue.list.model()
    if queue.rowCount() == records.article_count():  # a row that stops to pass a filter stays until the next one
        assert rows(queue) == rows(QueueModel(desk.workspace))


def rows(model: QAbstractItemModel) -> list[object]:
    """All rows of a list."""
    return [model.index(number, 0).data(ROW) for number in range(model.rowCount())]
