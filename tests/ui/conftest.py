"""A window on a project of three short articles, and a person who works in it by keys and mouse."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from annotator.ui.application import let_go_of_clipboard
from annotator.ui.main_window import MainWindow
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work
from tests.ui.texts import TEXTS


class Ask(Protocol):
    """Asks the project file a question over a connection of its own."""

    def __call__(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of the answer."""


class Patient(QtBot):
    """Waits as long as a machine with other work may take; what never comes fails all the same."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 30_000) -> None:
        """Waits until callback answers something true."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = 30_000, **how: Any) -> Any:
        """Waits, when the block ends, until a signal is sent."""
        return super().waitSignal(signal, timeout=timeout, **how)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """What pytest-qt has, with more patience."""
    del qapp
    return Patient(request)


@pytest.fixture(scope="session", autouse=True)
def nothing_of_ours_stays_in_the_clipboard(qapp: object) -> Iterator[None]:
    """What a test has copied would be destroyed after Python, which crashes."""
    del qapp
    yield
    let_go_of_clipboard()


@pytest.fixture(autouse=True)
def no_box_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message box that no test expects fails it instead of waiting for somebody to click."""

    def refuse(box: QMessageBox) -> int:
        raise AssertionError(f"nobody expected this box: {box.text()}")

    monkeypatch.setattr(QMessageBox, "exec", refuse)


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """The window at work; its folder has blanks and letters beyond ASCII in its name."""
    with at_work(tmp_path / "ordner größe", *TEXTS) as opened:
        yield opened


@pytest.fixture
def window(work: AtWork) -> MainWindow:
    """The window that was opened first."""
    return work.window


@pytest.fixture
def player(work: AtWork) -> Player:
    """Presses keys in that window."""
    return work.player


@pytest.fixture
def rows(work: AtWork) -> Ask:
    """What the file says."""
    return work.rows
