"""Same or not? answered by keys, with what the file says afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.ui.same_or_not import SameOrNot
from tests.ui.at_work import AtWork, at_work

TEXT = "Names\n\nAmrullah Saleh spoke. Amrulah Saleh left. Bahadur Shah Zafar met Bahadur Shah Zaffar. Saleh slept.\n"
NAMES = "SELECT name FROM entity ORDER BY name"


@pytest.fixture
def alike(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """Two pairs that may be one, the window on them open."""
    del qtbot
    with at_work(tmp_path / "alike", TEXT) as opened:
        for words in ("Amrullah Saleh", "Amrulah Saleh", "Bahadur Shah Zafar", "Bahadur Shah Zaffar"):
            opened.player.select(words)
            opened.player.press("A")
            if opened.player.finder is not None:
                opened.player.press("Ctrl+Return")
        opened.player.press("Ctrl+Shift+E")
        yield opened


def pairs(work: AtWork, qtbot: QtBot, count: int) -> SameOrNot:
    """The window, once so many pairs are listed and nothing is compared any more."""
    found = work.window.findChild(SameOrNot)
    assert found is not None
    jobs = work.window.controls.desk.jobs
    qtbot.waitUntil(lambda: jobs.current is None and found.list.count() == count)
    return found


def press(window: SameOrNot, key: Qt.Key, *, ctrl: bool = False) -> None:
    """Presses a key on the list."""
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window.list, key, held)


def test_same_merges_and_undo_there_takes_it_back(alike: AtWork, qtbot: QtBot) -> None:
    window = pairs(alike, qtbot, 2)
    press(window, Qt.Key.Key_S)
    pairs(alike, qtbot, 1)
    assert len(alike.rows(NAMES)) == 3
    press(window, Qt.Key.Key_Z, ctrl=True)
    pairs(alike, qtbot, 2)
    assert len(alike.rows(NAMES)) == 4


def test_different_is_remembered_and_not_asked_again(alike: AtWork, qtbot: QtBot) -> None:
    window = pairs(alike, qtbot, 2)
    press(window, Qt.Key.Key_D)
    assert alike.rows("SELECT label FROM link") == [("different from",)]
    window.open_now()
    pairs(alike, qtbot, 1)
    window.here.click()
    pairs(alike, qtbot, 1)
    press(window, Qt.Key.Key_Z, ctrl=True)
    pairs(alike, qtbot, 2)
    assert alike.rows("SELECT label FROM link") == []


def test_an_answer_taken_back_in_the_article_is_asked_for_again(alike: AtWork, qtbot: QtBot) -> None:
    window = pairs(alike, qtbot, 2)
    press(window, Qt.Key.Key_S)
    pairs(alike, qtbot, 1)
    press(window, Qt.Key.Key_D)
    pairs(alike, qtbot, 0)
    alike.window.activateWindow()
    qtbot.waitUntil(alike.window.isActiveWindow)
    alike.player.press("Ctrl+Z")
    pairs(alike, qtbot, 1)
    alike.player.press("Ctrl+Z")
    pairs(alike, qtbot, 2)


def test_later_is_not_asked_again_after_a_merge_but_on_another_day(alike: AtWork, qtbot: QtBot) -> None:
    window = pairs(alike, qtbot, 2)
    press(window, Qt.Key.Key_L)
    press(window, Qt.Key.Key_S)
    pairs(alike, qtbot, 0)
    assert len(alike.rows(NAMES)) == 3
    window.open_now()
    pairs(alike, qtbot, 1)


def test_closing_while_it_compares_gives_up(alike: AtWork, qtbot: QtBot) -> None:
    window = pairs(alike, qtbot, 2)
    window.read()
    window.close()
    qtbot.waitUntil(lambda: alike.window.controls.desk.jobs.current is None)
    assert len(alike.rows(NAMES)) == 4
