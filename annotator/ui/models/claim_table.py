"""The claims of the project as a table: only ids are held for all, rows are read in pages when they are shown."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from annotator.domain.accounts import Account
from annotator.domain.claim_lists import ClaimOrder
from annotator.domain.edits import Edit
from annotator.domain.events import Quantity, When
from annotator.domain.ids import ClaimId
from annotator.domain.intervals import Interval
from annotator.services.accounts import ClaimList, read_accounts
from annotator.services.workspace import Workspace
from annotator.ui.models.queue import ROW
from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.unseen import shown

_PAGE = 32
_PAGES_KEPT = 80
_Index = QModelIndex | QPersistentModelIndex

COLUMNS = (
    ("Who says so", ClaimOrder.SOURCE),
    ("Claim", ClaimOrder.CONTENT),
    ("Stance", ClaimOrder.STANCE),
    ("Where", ClaimOrder.PLACE),
    ("When", ClaimOrder.DATE),
    ("How many", ClaimOrder.NUMBER),
    ("Article", ClaimOrder.ARTICLE),
)


def day_words(when: When) -> str:
    """The days of a date for people; its own words where no day is given."""
    if when.earliest or when.latest:
        try:
            return Interval(_day(when.earliest), _day(when.latest)).words()
        except ValueError:
            return f"{when.earliest} – {when.latest}"
    return f"“{when.words}”" if when.words else ""


def _day(iso: str) -> str:
    return Interval.of_iso(iso).earliest if iso else ""


def number_words(quantity: Quantity) -> str:
    """A number for people: killed 15, killed at least 40, killed 10–15, killed “dozens”."""
    low, best, high = quantity.low, quantity.best, quantity.high
    if best is not None and low is None and high is None:
        figure = f"{best:,}"
    elif low is None and high is None:
        figure = f"“{quantity.words}”" if quantity.words else "?"
    elif low is None:
        figure = f"at most {high:,}"
    elif high is None:
        figure = f"at least {low:,}"
    else:
        figure = f"{low:,}–{high:,}" if low != high else f"{low:,}"
    between = f" ({best:,})" if best is not None and (low, high) != (None, None) and best not in {low, high} else ""
    return f"{quantity.what} {figure}{between}"


class ClaimTableModel(QAbstractTableModel):
    """Rows are accounts; a row whose claim is gone meanwhile is empty."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._ids: tuple[ClaimId, ...] = ()
        self._bands: frozenset[int] = frozenset()
        self._pages: dict[int, dict[ClaimId, Account]] = {}

    def show(self, found: ClaimList) -> None:
        """Lists these claims; where they are the same as before nothing is reset, so that what is selected stays."""
        if (found.claims, found.bands) == (self._ids, self._bands):
            self._forget()
            return
        self.beginResetModel()
        self._ids, self._bands = found.claims, found.bands
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many claims."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index | None = None) -> int:
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands above a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, the account itself, or the font that marks where a group of linked claims begins."""
        if not index.isValid():
            return None
        account = self.account(index.row())
        if role == ROW:
            return account
        words = _CELLS[index.column()](account) if account else "(deleted)" if index.column() == 1 else ""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown(words[:_SHORT])
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(words[:_LONG])
            case Qt.ItemDataRole.FontRole if index.row() in self._bands:
                font = QFont()
                font.setBold(True)
                return font
        return None

    def account(self, row: int) -> Account | None:
        """The account in a row; its page is read if it was not."""
        page = row // _PAGE
        accounts = self._pages.get(page)
        if accounts is None:
            if len(self._pages) >= _PAGES_KEPT:
                self._pages.pop(next(iter(self._pages)))
            found = read_accounts(self._workspace, self._ids[page * _PAGE : (page + 1) * _PAGE])
            accounts = self._pages[page] = {account.claim.id: account for account in found}
        return accounts.get(self._ids[row])

    def claim(self, row: int) -> ClaimId:
        """Which claim is in a row."""
        return self._ids[row]

    def accounts(self, rows: Sequence[int]) -> list[Account]:
        """The accounts in some rows."""
        return [account for row in rows if (account := self.account(row)) is not None]

    def take(self, edit: Edit) -> None:
        """Forgets the pages that an edit may have changed: they are read again when they are shown."""
        if self._pages and edit.changes:
            self._forget()

    def _forget(self) -> None:
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))


_SHORT, _LONG = 200, 1_000
"""Letters of a cell and of its tip."""


def _place(account: Account) -> str:
    event = account.claim.event
    place = account.name(event.place)
    return f"{event.relation} {place}" if place and event.relation not in {"", "in"} else place


_CELLS: tuple[Callable[[Account], str], ...] = (
    lambda account: " › ".join(account.path),
    lambda account: " ".join(account.words.split()),
    lambda account: account.claim.stance,
    _place,
    lambda account: day_words(account.claim.event.date),
    lambda account: ", ".join(number_words(quantity) for quantity in account.claim.event.quantities),
    lambda account: ", ".join(filter(None, (account.article.title, account.article.published))),
)
