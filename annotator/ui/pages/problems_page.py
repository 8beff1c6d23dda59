"""Problems: claims without a source, links that are broken, places without coordinates and the like, a key away."""

from collections import Counter
from collections.abc import Callable

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

_MOST = 300
"""Problems of one kind that are listed; the count says how many there are."""

_CLAIM, _KIND = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class ProblemsPage(QWidget):
    """A heading for each kind with how many there are and what to do; Enter goes to the claim."""

    def __init__(self, desk: Desk, go: Callable[[ClaimId], None]) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self._reader: Reader[tuple[Found, ...]] = Reader(desk, "Looking for problems", self._say)
        self._found: dict[ProblemKind, list[Found]] = {}
        self._counts: Counter[ProblemKind] = Counter()
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
        self._found, self._counts = {}, Counter()
        project = self._desk.workspace.records.path
        schema = self._desk.schema
        self._reader.read(lambda: accounts.find_problems(project, schema), self._take)

    def stop(self) -> None:
        """Gives up looking."""
        self._reader.stop()

    def _take(self, found: tuple[Found, ...]) -> None:
        for problem in found:
            self._counts[problem.kind] += 1
            if self._counts[problem.kind] <= _MOST:
                self._found.setdefault(problem.kind, []).append(problem)

    def _say(self, words: str) -> None:
        if words:
            self.count.setText(words)
            return
        count = self._counts.total()
        self.count.setText(f"{count:,} problem{'' if count == 1 else 's'}" if count else "Nothing is wrong.")
        self._fill()

    def _fill(self) -> None:
        before = self._current()
        self.tree.clear()
        chosen: QTreeWidgetItem | None = None
        for kind in ProblemKind:
            found, count = self._found.get(kind, []), self._counts[kind]
            if not found:
                continue
            head = QTreeWidgetItem([f"{kind.value.capitalize()}: {count:,}   {kind.remedy}", ""])
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for problem in found:
                row = QTreeWidgetItem([short(problem.words, 160), short(problem.title, 40)])
                row.setData(0, _CLAIM, problem.claim)
                row.setData(0, _KIND, kind.value)
                head.addChild(row)
                if chosen is None or (kind.value, problem.claim) == before:
                    chosen = row
            if count > _MOST:
                rest = QTreeWidgetItem([f"… and {count - _MOST:,} more, listed when some of these are mended", ""])
                rest.setFlags(Qt.ItemFlag.NoItemFlags)
                head.addChild(rest)
            self.tree.addTopLevelItem(head)
            head.setExpanded(True)
        if chosen is not None:
            self.tree.setCurrentItem(chosen)

    def _current(self) -> tuple[str, str]:
        item: QTreeWidgetItem | None = self.tree.currentItem()
        return (str(item.data(0, _KIND)), str(item.data(0, _CLAIM))) if item is not None else ("", "")

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        claim = item.data(0, _CLAIM)
        if claim:
            self._go(ClaimId(claim))
