"""The claims of the whole project: a table, the accounts that differ, and what is wrong with some."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from annotator.domain.edits import Edit
from annotator.domain.ids import ClaimId
from annotator.ui.desk import Desk
from annotator.ui.pages.accounts_page import AccountsPage
from annotator.ui.pages.claims_page import ClaimsPage
from annotator.ui.pages.problems_page import ProblemsPage

_WAIT = 400
"""Milliseconds without an edit after which a page in sight reads again."""


class ClaimsWindow(QDialog):
    """Stays open beside the article. go shows a claim in the main window."""

    def __init__(self, desk: Desk, go: Callable[[ClaimId], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("Claims of the project")
        self.setModal(False)
        self.resize(1240, 760)
        self.claims = ClaimsPage(desk, go)
        self.accounts = AccountsPage(desk, go)
        self.problems = ProblemsPage(desk, go)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Claims, accounts, problems")
        for page, title in ((self.claims, "Claims"), (self.accounts, "Accounts differ"), (self.problems, "Problems")):
            self.tabs.addTab(page, title)
        whole = QVBoxLayout(self)
        whole.addWidget(self.tabs)
        self._later = QTimer(self, singleShot=True, interval=_WAIT)
        self._later.timeout.connect(self._read)
        self.tabs.currentChanged.connect(self._read)
        desk.contents.edited.connect(self._on_edited)
        if not desk.settings.claims_window.isEmpty():
            self.restoreGeometry(desk.settings.claims_window)

    def open_at(self, tab: str) -> None:
        """Shows the window with one of its pages: claims, accounts or problems."""
        page: QWidget = getattr(self, tab)
        self.show()
        self.raise_()
        self.activateWindow()
        if self.tabs.currentWidget() is page:
            self._read()
        else:
            self.tabs.setCurrentWidget(page)
        page.setFocus()

    def _read(self) -> None:
        page: Any = self.tabs.currentWidget()
        if self.isVisible():
            page.read()

    def _on_edited(self, edit: Edit) -> None:
        self.claims.take(edit)
        if self.isVisible():
            self._later.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Reading under way is given up."""
        self._leave()
        super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes."""
        self._leave()
        super().reject()

    def _leave(self) -> None:
        self._later.stop()
        for page in (self.claims, self.accounts, self.problems):
            page.stop()
        self._desk.settings.claims_window = QByteArray(self.saveGeometry())
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()
