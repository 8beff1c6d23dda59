"""A window on a project of a few short articles, played by keys, and the file read by a connection of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from annotator.domain.ids import AnnotatorId
from annotator.editing.importing import NewArticle
from annotator.services.projects import Person, new_project, open_project
from annotator.ui.application import Application
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.tour.player import Player

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000004"), "Ana")
VALLEY = (
    "Fighters leave the valley\n\n"
    "Ana Ruiz said that the Taliban-controlled bridge was open. Taliban fighters denied it.\n\n"
    "“The road,” Ruiz said, “is closed.” According to the Post, a tweet claimed that 15 men were killed near Kabul.\n"
)
WINDOWS = "First line\r\nAna 🙂👨‍👩‍👧 Ruiz met林若岚 in Kabul’s market.\r\n\r\nLast line of Ana Ruiz."


class AtWork:
    """One window with its player; reopen closes it and opens the project again."""

    def __init__(self, folder: Path, texts: tuple[str, ...]) -> None:
        folder.mkdir(exist_ok=True)
        self.path = folder / "work.annot"
        settings = Settings(folder / "settings.ini")
        # No test waits for a language model, and none is to find marks that it did not ask for.
        settings.looks_ahead = False
        self._application = Application(settings)
        workspace = new_project(self.path, WHO)
        workspace.bring_in([NewArticle(text, text.splitlines()[0], publisher="Post") for text in texts], "")
        self._show(self._application.show_workspace(workspace))

    def _show(self, window: MainWindow) -> None:
        self.window, self.player = window, Player(window)
        window.resize(1440, 900)
        QApplication.processEvents()

    def reopen(self) -> None:
        """Closes the window and opens the project again, as on another day."""
        before = self.window
        before.close()
        self._show(self._application.show_workspace(open_project(self.path, WHO)))
        _delete(before)

    def close(self) -> None:
        """Closes the window, and before it a dialog that a test left open: it would keep others from working."""
        while (dialog := QApplication.activeModalWidget()) is not None:
            dialog.close()
        self.window.close()
        _delete(self.window)

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the file says, read by another connection."""
        connection = sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    @property
    def state(self) -> str:
        """What the status bar says of the file."""
        return self.window.statusBar().state.text()  # type: ignore[attr-defined,no-any-return]  # StatusLine

    @property
    def status(self) -> str:
        """What the status bar says."""
        return self.window.statusBar().words.text()  # type: ignore[attr-defined,no-any-return]  # StatusLine

    def action(self, name: str) -> str:
        """The words of a menu entry."""
        from PySide6.QtGui import QAction

        found = self.window.findChild(QAction, name)
        assert found is not None
        return found.text()


def _delete(window: MainWindow) -> None:
    """Deletes a closed window here and now.

    Without an event loop that runs to its end nothing else would, until Python clears up: in any thread, perhaps in one
    that works in the background, where no window may be deleted.
    """
    if isValid(window):
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def settle(window: MainWindow) -> None:
    """Waits until no job is under way."""
    while window.controls.desk.jobs.current is not None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


@contextmanager
def at_work(folder: Path, *texts: str) -> Iterator[AtWork]:
    """A window that is closed in any case."""
    work = AtWork(folder, texts or (VALLEY, WINDOWS))
    try:
        yield work
    finally:
        work.close()
