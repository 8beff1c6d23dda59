"""The table of all claims: filtered, sorted, two of them linked, and the accounts of one event side by side."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.accounts import Account
from annotator.domain.claim_lists import ClaimOrder
from annotator.domain.edits import Edit
from annotator.domain.ids import ClaimId
from annotator.domain.links import Between
from annotator.editing import connecting
from annotator.errors import EditRefused
from annotator.services import accounts
from annotator.ui.desk import Desk
from annotator.ui.models.claim_table import COLUMNS, ClaimTableModel
from annotator.ui.pages.claim_filter import ClaimFilterBar
from annotator.ui.pages.reading import Reader
from annotator.ui.widgets.accounts import WIDEST, AccountGrid
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.unseen import shown

_WIDTHS = (230, 0, 70, 120, 120, 150, 220)


class ClaimsPage(QWidget):
    """go shows a claim in the article."""

    def __init__(self, desk: Desk, go: Callable[[ClaimId], None]) -> None:
        super().__init__()
        self._desk, self._go = desk, go
        self._order = ClaimOrder.EVENT
        self._reader: Reader[accounts.ClaimList | None] = Reader(desk, "Reading claims", self._say)
        self.model = ClaimTableModel(desk.workspace)
        self.filter = ClaimFilterBar(desk)
        self.filter.changed.connect(self.read)
        self.count = plain_label(quiet=True)
        self.order = QComboBox()
        self.order.setAccessibleName("Order")
        self.table = QTableView()
        self.grid = AccountGrid(lambda account: go(account.claim.id))
        self._build_order()
        self._build_table()
        self._build()
        self.setFocusProxy(self.table)

    def _build_order(self) -> None:
        for order in ClaimOrder:
            self.order.addItem(f"By {order.value}", order)
        self.order.setCurrentIndex(self.order.findData(self._order))
        self.order.activated.connect(lambda: self.sort_by(ClaimOrder(self.order.currentData())))

    def _build_table(self) -> None:
        self.table.setModel(self.model)
        self.table.setAccessibleName("Claims")
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(_WIDTHS):
            if width:
                self.table.setColumnWidth(column, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(lambda column: self.sort_by(COLUMNS[column][1]))
        self.table.doubleClicked.connect(lambda index: self._show(index.row()))
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        self.table.installEventFilter(self)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._show_menu)

    def _build(self) -> None:
        second = QHBoxLayout()
        second.addWidget(self.count, 1)
        second.addWidget(self.order)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.table)
        splitter.addWidget(self.grid)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        hint = "Enter shows the claim in its article. Choose two (Ctrl+click, Shift+arrows) and press K to link them."
        last = QHBoxLayout()
        last.addWidget(plain_label(hint, quiet=True), 1)
        link = QPushButton("Link the two…")
        link.setAutoDefault(False)
        link.clicked.connect(self.link)
        last.addWidget(link)
        whole = QVBoxLayout(self)
        whole.addWidget(self.filter)
        whole.addLayout(second)
        whole.addWidget(splitter, 1)
        whole.addLayout(last)

    def read(self) -> None:
        """Reads the list anew."""
        self.filter.offer_stances()
        try:
            wanted = self.filter.wanted()
        except EditRefused as refusal:
            self._say(str(refusal))
            return
        project, order = self._desk.workspace.records.path, self._order
        self._reader.read(lambda: accounts.list_claims(project, order, wanted), self._take_list)

    def _take_list(self, found: accounts.ClaimList | None) -> None:
        if found is None:
            return
        chosen = [self.model.claim(row) for row in self._rows()]
        self.model.show(found)
        if self._rows():  # nothing was reset
            self._on_selected()
            return
        rows = [found.claims.index(claim) for claim in chosen if claim in found.claims] or [0]
        if self.model.rowCount():
            # Not selectRow: it would heed the Ctrl and Shift that are still held down from the shortcut.
            whole = QItemSelectionModel.SelectionFlag.Rows
            selection = self.table.selectionModel()
            selection.setCurrentIndex(
                self.model.index(rows[0], 0), QItemSelectionModel.SelectionFlag.ClearAndSelect | whole
            )
            for row in rows[1:]:
                selection.select(self.model.index(row, 0), QItemSelectionModel.SelectionFlag.Select | whole)
        else:
            self.grid.show_accounts(())

    def _say(self, words: str) -> None:
        rows = self.model.rowCount()
        self.count.setText(words or f"{rows:,} claim{'' if rows == 1 else 's'}")

    def sort_by(self, order: ClaimOrder) -> None:
        """Sorts by something else."""
        self._order = order
        self.order.setCurrentIndex(self.order.findData(order))
        self.read()

    def take(self, edit: Edit) -> None:
        """Takes over an edit."""
        self.model.take(edit)

    def stop(self) -> None:
        """Gives up reading."""
        self._reader.stop()

    def _rows(self) -> list[int]:
        """The selected rows, the first few: somebody may have selected all."""
        ranges = sorted((part.top(), part.bottom()) for part in self.table.selectionModel().selection())  # type: ignore[attr-defined]  # a list
        rows = dict.fromkeys(row for top, bottom in ranges for row in range(top, min(bottom, top + WIDEST) + 1))
        return list(rows)[: WIDEST + 1]

    def _selected(self) -> list[Account]:
        return self.model.accounts(self._rows())

    def _on_selected(self) -> None:
        chosen = self._selected()
        if len(chosen) == 1:
            chosen = self._with_linked(chosen[0])
        self.grid.show_accounts(chosen)

    def _with_linked(self, account: Account) -> list[Account]:
        """The claim and those that links join to it, directly."""
        records = self._desk.workspace.records
        others = [ClaimId(link.other(account.claim.id)) for link in records.links_of(account.claim.id)]
        return [account, *accounts.read_accounts(self._desk.workspace, list(dict.fromkeys(others)))]

    def _show(self, row: int) -> None:
        account = self.model.account(row)
        if account is not None:
            self._go(account.claim.id)

    def link(self) -> None:
        """Asks how the two chosen claims go together."""
        self._show_menu(self.table.visualRect(self.table.currentIndex()).bottomLeft())

    def _show_menu(self, place: QPoint) -> None:
        chosen = self._selected()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen) != 2:
            menu.addAction("Choose two claims to link them").setEnabled(False)
        else:
            for label in self._desk.schema.links:
                if label.between == Between.CLAIMS:
                    words = f"The first {label.name} the second" if not label.is_symmetric else label.name.capitalize()
                    menu.addAction(shown(words).replace("&", "&&"), self._linker(label.key, *chosen))
        menu.popup(self.table.viewport().mapToGlobal(place))

    def _linker(self, label: str, first: Account, second: Account) -> Callable[[], None]:
        def link() -> None:
            self._desk.do(connecting.connect, label, Between.CLAIMS, first.claim.id, second.claim.id)

        return link

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter shows the claim, K links two."""
        if watched is self.table and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._show(self.table.currentIndex().row())
                return True
            if event.key() == Qt.Key.Key_K and not event.modifiers():
                self.link()
                return True
        return super().eventFilter(watched, event)
