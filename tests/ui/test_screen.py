"""What only a real window shows."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.ids import AnnotatorId
from annotator.services.projects import Person
from annotator.services.samples import sample_project
from annotator.ui.application import Application
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.widgets.finder import Finder

pytestmark = pytest.mark.screen
WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000003"), "Ana")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window on the sample project, on a screen."""
    assert QGuiApplication.platformName() == "xcb"
    settings = Settings(tmp_path / "settings.ini")
    settings.looks_ahead = False
    application = Application(settings)
    window = application.show_workspace(sample_project(tmp_path / "screen.annot", WHO))
    qtbot.waitExposed(window)
    window.activateWindow()
    window.view.setFocus()
    qtbot.waitUntil(lambda: window.isVisible() and window.view.isVisible())
    qtbot.addWidget(window)
    return window


def test_the_article_is_on_the_screen(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.view.text.startswith("Valley fighters"))
    screen = window.screen().grabWindow(window.winId()).toImage()
    middle = window.view.mapTo(window, window.view.rect().center())
    colours = {screen.pixelColor(x, middle.y()).name() for x in range(0, screen.width(), 2)}
    assert len(colours) > 3, "text is painted in the middle of the window"


def test_the_finder_takes_the_keyboard_and_gives_it_back(window: MainWindow, qtbot: QtBot) -> None:
    view = window.view
    start = view.text.index("Danil Veresh")
    view.put_caret(start + 1)
    QTest.keyClick(view, Qt.Key.Key_A)
    QTest.keyClick(view, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), Finder))
    finder = QApplication.activePopupWidget()
    assert isinstance(finder, Finder)
    assert window.frameGeometry().adjusted(-10, -10, 10, 10).intersects(finder.frameGeometry())
    QTest.keyClick(finder.box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    assert [mention.quote for mention in window.controls.desk.contents.mentions()] == ["Danil"]
