"""Accounts that differ: each event and each contradiction with all who tell of it, and the event row it would make."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from annotator.domain.accounts import Cluster, EventRow, Toll, event_row
from annotator.domain.ids import ClaimId
from annotator.services import accounts
from annotator.services.precision import codes_of, date_codes
from annotator.ui.desk import Desk
from annotator.ui.models.account_groups import GroupListModel, GroupRow, Groups
from annotator.ui.models.queue import ROW
from annotator.ui.pages.reading import Reader
from annotator.ui.widgets.accounts import AccountGrid
from annotator.ui.widgets.cards import PAD, CardDelegate, Look, card_table, line_height, write
from annotator.ui.widgets.plain import plain_label

_ROWS = 3
"""So many event rows of one group are shown in full."""


class AccountsPage(QWidget):
    """go shows a claim in the article."""

    def __init__(self, desk: Desk, go: Callable[[ClaimId], None]) -> None:
        super().__init__()
        self._desk = desk
        self._reader: Reader[Groups] = Reader(desk, "Reading links", self._say)
        self.count = plain_label(quiet=True, wrap=True)
        self.model = GroupListModel(desk.workspace)
        height = 2 * line_height(self.font()) + 2 * PAD
        self.list = card_table(_GroupDelegate(self), "Events and contradictions", height)
        self.list.setModel(self.model)
        self.list.selectionModel().currentRowChanged.connect(lambda index: self._show(index.row()))
        self.grid = AccountGrid(lambda account: go(account.claim.id))
        self.row = plain_label(wrap=True)
        self.row.setAccessibleName("The event row that would be exported")
        self.row.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid, 1)
        self.exported = plain_label(quiet=True, wrap=True)
        column.addWidget(self.exported)
        column.addWidget(self.row)
        splitter = QSplitter()
        splitter.addWidget(self.list)
        splitter.addWidget(right)
        splitter.setSizes([340, 860])
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.addWidget(self.count)
        whole.addWidget(splitter, 1)
        self.setFocusProxy(self.list)

    def read(self) -> None:
        """Reads the groups anew."""
        project = self._desk.workspace.records.path
        self._reader.read(lambda: accounts.find_clusters(project), self._take)

    def stop(self) -> None:
        """Gives up reading."""
        self._reader.stop()

    def _take(self, groups: Groups) -> None:
        known = self.model.first_claim(self.list.currentIndex().row())
        self.model.show(groups)
        if groups:
            row = max(0, self.model.row_with(known))
            # Not selectRow: it would heed the Ctrl and Shift that are still held down from the shortcut.
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(self.model.index(row, 0), how)
        else:
            self._show(-1)

    def _show(self, number: int) -> None:
        cluster = self.model.cluster(number) if 0 <= number < self.model.rowCount() else Cluster((), ())
        self.grid.show_accounts(cluster.accounts)
        events = cluster.events
        rows = [row_words(event_row(told)) for told in events[:_ROWS]]
        if len(events) > _ROWS:
            rows.append(f"… and {len(events) - _ROWS:,} more")
        self.row.setText("\n\n".join(rows))
        self.exported.setText(_exported(len(events)) if cluster.accounts else "")

    def _say(self, words: str) -> None:
        count = self.model.rowCount()
        none = (
            "No claims are linked yet. Choose a claim, press K, and say that another one contradicts it, "
            "or that both tell of the same event."
        )
        self.count.setText(words or (f"{count:,} group{'' if count == 1 else 's'} of accounts" if count else none))


class _GroupDelegate(CardDelegate):
    def draw(self, painter: QPainter, look: Look, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """What it is about, and below it in what the accounts differ."""
        row: GroupRow = index.data(ROW)
        line = QRect(place.left() + PAD, place.top() + PAD // 2, place.width() - 2 * PAD, line_height(look.body))
        write(painter, line, row.head, look.strong, look.text)
        write(painter, line.translated(0, line.height()), row.signs, look.small, look.quiet)


def _exported(events: int) -> str:
    if not events:
        return "No event row would be exported: the claims do not tell what happened, or only deny it."
    if events == 1:
        return "The event row that would be exported"
    return f"The {events:,} event rows that would be exported: the claims are not all linked as the same event"


def row_words(row: EventRow) -> str:
    """An event row in lines: what it says, who says so, and what it lacks."""
    place = row.place.name if row.place else ""
    where = f"{row.relation} {place}".strip()
    point = row.place.place.point if row.place else None
    numbers = "; ".join(
        f"{_counted(toll)}: low {_figure(toll.low)}, best {_figure(toll.best)}, high {_figure(toll.high)}"
        + (f" ({', '.join(f'“{words}”' for words in toll.words)})" if toll.words else "")
        for toll in row.tolls
    )
    lines = (
        ("event", row.type),
        ("date", f"{_between(row)}   {date_codes(row.earliest, row.latest)}"),
        ("place", f"{where}   {codes_of(row.place, row.relation)}" if place else ""),
        ("coordinates", f"{point[0]:.4f}, {point[1]:.4f}" if point else ""),
        ("actors", ", ".join(row.actors)),
        ("recipients", ", ".join(row.recipients)),
        ("numbers", numbers),
        ("source_original", ", ".join(row.sources)),
        ("source_office", ", ".join(row.offices)),
        ("denied by", ", ".join(row.denied_by)),
        ("lacks", ", ".join(row.lacks)),
    )
    return "\n".join(f"{name}: {words.strip()}" for name, words in lines if words.strip())


def _between(row: EventRow) -> str:
    return row.earliest if row.earliest == row.latest else f"{row.earliest} – {row.latest}".strip()


def _counted(toll: Toll) -> str:
    return f"{toll.what} of {toll.whom}" if toll.whom else toll.what


def _figure(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"
