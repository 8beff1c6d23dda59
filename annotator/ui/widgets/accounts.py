"""Accounts side by side: a column for each, a row for each thing that can differ, and a sign where it does."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.domain.accounts import Account
from annotator.ui.edits import short
from annotator.ui.models.claim_table import day_words, number_words
from annotator.ui.widgets.cards import Roomy
from annotator.ui.widgets.unseen import shown

WIDEST = 40
"""Accounts shown beside each other; a scroll bar leads to those that do not fit."""
_MOST_WORDS = 240


class AccountGrid(QTableWidget):
    """Read-only. Double-click or Enter goes to the account's article."""

    def __init__(self, go: Callable[[Account], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go = go
        self._accounts: tuple[Account, ...] = ()
        self.setAccessibleName("Accounts side by side")
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(150)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.setItemDelegate(Roomy(self))
        self.cellActivated.connect(self._on_activated)

    def show_accounts(self, accounts: Sequence[Account]) -> None:
        """Compares these."""
        self._accounts = tuple(accounts[:WIDEST])
        rows = _rows(self._accounts)
        self.clear()
        self.setRowCount(len(rows))
        self.setColumnCount(len(self._accounts))
        self.setHorizontalHeaderLabels([short(_speaker(account), 40) for account in self._accounts])
        self.setVerticalHeaderLabels(
            [f"{name}  ≠" if _differs(values) and counts else name for name, values, counts in rows]
        )
        for number, (_, values, counts) in enumerate(rows):
            differs = counts and _differs(values)
            for column, words in enumerate(values):
                self.setItem(number, column, self._item(words, differs=differs))

    def _item(self, words: str, *, differs: bool) -> QTableWidgetItem:
        item = QTableWidgetItem(shown(words) or "–")
        item.setToolTip("")
        if differs and words:
            font = QFont(self.font())
            font.setBold(True)
            item.setFont(font)
            tint = QColor(self.palette().color(QPalette.ColorRole.Highlight))
            tint.setAlpha(50)
            item.setBackground(tint)
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _on_activated(self, _row: int, column: int) -> None:
        if column < len(self._accounts):
            self._go(self._accounts[column])


def _speaker(account: Account) -> str:
    return " and ".join(account.sources) or (account.chain[-1] if account.chain else "no source")


def _rows(accounts: Sequence[Account]) -> list[tuple[str, list[str], bool]]:
    """Name, one cell for each account, and whether a difference there means something."""

    def each(of: Callable[[Account], str]) -> list[str]:
        return [of(account) for account in accounts]

    def parties(account: Account, role: str) -> str:
        ids = account.claim.event.actors if role == "actors" else account.claim.event.recipients
        return ", ".join(account.name(entity) for entity in ids)

    rows = [
        ("Chain", each(lambda a: " › ".join(a.path)), False),
        ("Article", each(lambda a: ", ".join(filter(None, (a.article.title, a.article.published)))), False),
        ("Words", each(lambda a: short(a.words, _MOST_WORDS)), False),
        ("Stance", each(lambda a: a.claim.stance), True),
        ("Certainty", each(lambda a: a.claim.certainty), True),
        ("Event", each(lambda a: a.claim.event.type), True),
        ("Who did it", each(lambda a: parties(a, "actors")), True),
        ("To whom", each(lambda a: parties(a, "recipients")), True),
        ("Where", each(lambda a: f"{a.claim.event.relation} {a.name(a.claim.event.place)}".strip()), True),
        ("When", each(lambda a: day_words(a.claim.event.date)), True),
    ]
    kinds = dict.fromkeys(q.what for account in accounts for q in account.claim.event.quantities)
    rows += [(what.capitalize(), [_numbers(account, what) for account in accounts], True) for what in kinds]
    return [row for row in rows if any(row[1])]


def _numbers(account: Account, what: str) -> str:
    found = (q for q in account.claim.event.quantities if q.what == what)
    return ", ".join(number_words(quantity).removeprefix(what).strip() for quantity in found)


def _differs(values: Sequence[str]) -> bool:
    return len({value for value in values if value}) > 1
