"""Problems: claims without a source, links that are broken, places without coordinates and the like, a key away."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.domain.claim_lists import Found, ProblemKind
from annotator.domain.ids import ClaimId
from annotator.services import accounts
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.pages.reading import Reader
from annotator.ui.widgets.cards import Roomy
from annotator.ui.widgets.plain import plain_label

_MOST = 1_000
"""Problems of one kind that are listed; the count says how many there are."""


class ProblemsPage(QWidget):
    """A heading for each kind with how many there are and what to do; Enter goes to the claim."""

    def __init__(self, desk: Desk, go: Callable[[ClaimId], None]) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self._reader: Reader[tuple[Found, ...]] = Reader(desk, "Looking for problems", self._say)
        self._found: dict[ProblemKind, list[Found]] = {}
        self.count = plain_label(quiet=True, wrap=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("Problems")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.setItemDelegate(Roomy(self.tree))
        self.tree.itemActivated.connect(self._on_activated)
        whole = QVBoxLayout(self)
        whole.addWidget(self.count)
        whole.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)

    def read(self) -> None:
        """Looks again."""
        self._found = {}
        project = self._desk.workspace.records.path
        schema = self._desk.schema
        self._reader.read(lambda: accounts.find_problems(project, schema), self._take)

    def stop(self) -> None:
        """Gives up looking."""
        self._reader.stop()

    def _take(self, found: tuple[Found, ...]) -> None:
        for problem in found:
            self._found.setdefault(problem.kind, []).append(problem)

    def _say(self, words: str) -> None:
        if words:
            self.count.setText(words)
            return
        count = sum(len(found) for found in self._found.values())
        self.count.setText(f"{count:,} problem{'' if count == 1 else 's'}" if count else "Nothing is wrong.")
        self._fill()

    def _fill(self) -> None:
        self.tree.clear()
        for kind in ProblemKind:
            found = self._found.get(kind, [])
            if not found:
                continue
            head = QTreeWidgetItem([f"{kind.value.capitalize()}: {len(found):,}   {kind.remedy}", ""])
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for problem in found[:_MOST]:
                title = self._desk.workspace.records.article(problem.article).title
                row = QTreeWidgetItem([short(problem.words, 160), short(title, 40)])
                row.setData(0, Qt.ItemDataRole.UserRole, problem.claim)
                head.addChild(row)
            self.tree.addTopLevelItem(head)
            head.setExpanded(True)
        first = self.tree.topLevelItem(0)
        if first is not None:
            below: Any = first.child(0)  # a heading has at least one
            self.tree.setCurrentItem(below)

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        claim = item.data(0, Qt.ItemDataRole.UserRole)
        if claim:
            self._go(ClaimId(claim))
