"""Accounts that differ: each event and each contradiction with all who tell of it, and the event row it would make."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from annotator.domain.accounts import Cluster, EventRow, differing, event_row
from annotator.domain.events import When
from annotator.domain.ids import ClaimId
from annotator.domain.links import Link
from annotator.services import accounts
from annotator.services.precision import codes_of, date_codes
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.models.claim_table import day_words
from annotator.ui.pages.reading import Reader
from annotator.ui.widgets.accounts import AccountGrid
from annotator.ui.widgets.cards import Roomy
from annotator.ui.widgets.plain import plain_label

_MOST = 300
"""Events and contradictions that are listed, the oldest first."""
_Groups = tuple[tuple[tuple[ClaimId, ...], tuple[Link, ...]], ...]


class AccountsPage(QWidget):
    """go shows a claim in the article."""

    def __init__(self, desk: Desk, go: Callable[[ClaimId], None]) -> None:
        super().__init__()
        self._desk = desk
        self._reader: Reader[_Groups] = Reader(desk, "Reading links", self._say)
        self._groups: _Groups = ()
        self.count = plain_label(quiet=True, wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("Events and contradictions")
        self.list.setWordWrap(True)
        self.list.setItemDelegate(Roomy(self.list))
        self.list.currentRowChanged.connect(self._show)
        self.grid = AccountGrid(lambda account: go(account.claim.id))
        self.row = plain_label(wrap=True)
        self.row.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid, 1)
        column.addWidget(plain_label("The event row that would be exported", quiet=True))
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

    def _take(self, groups: _Groups) -> None:
        row = max(0, self.list.currentRow())
        self._groups = groups[:_MOST]
        self.list.blockSignals(True)  # noqa: FBT003
        self.list.clear()
        for claims, links in self._groups:
            self.list.addItem(QListWidgetItem(self._title(self._cluster(claims, links))))
        self.list.blockSignals(False)  # noqa: FBT003
        self.list.setCurrentRow(min(row, len(self._groups) - 1))
        self._show(self.list.currentRow())

    def _cluster(self, claims: tuple[ClaimId, ...], links: tuple[Link, ...]) -> Cluster:
        return accounts.read_cluster(self._desk.workspace, claims, links)

    def _title(self, cluster: Cluster) -> str:
        row = event_row(cluster.accounts)
        where = row.place.name if row.place else ""
        when = day_words(When(earliest=row.earliest, latest=row.latest))
        head = ", ".join(filter(None, (row.type.capitalize(), where, when)))
        head = head or short(cluster.accounts[0].words, 60) if cluster.accounts else "(deleted)"
        differ = differing(cluster.accounts)
        signs = [f"{len(cluster.accounts)} accounts"]
        if cluster.contradictions:
            count = len(cluster.contradictions)
            signs.append(f"{count} contradiction{'s' if count > 1 else ''}")
        if differ:
            signs.append(f"differ in {', '.join(differ)}")
        return f"{head}\n{' · '.join(signs)}"

    def _show(self, number: int) -> None:
        if not 0 <= number < len(self._groups):
            self.grid.show_accounts(())
            self.row.setText("")
            return
        cluster = self._cluster(*self._groups[number])
        self.grid.show_accounts(cluster.accounts)
        self.row.setText(row_words(event_row(cluster.accounts)) if cluster.accounts else "")

    def _say(self, words: str) -> None:
        count = len(self._groups)
        none = (
            "No claims are linked yet. Choose a claim, press K, and say that another one contradicts it, "
            "or that both tell of the same event."
        )
        self.count.setText(words or (f"{count:,} group{'' if count == 1 else 's'} of accounts" if count else none))


def row_words(row: EventRow) -> str:
    """An event row in lines: what it says, who says so, and what it lacks."""
    place = row.place.name if row.place else ""
    where = f"{row.relation} {place}".strip()
    point = row.place.place.point if row.place else None
    numbers = "; ".join(
        f"{toll.what}: low {_figure(toll.low)}, best {_figure(toll.best)}, high {_figure(toll.high)}"
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
    return row.earliest if row.earliest == row.latest else f"{row.earliest} – {row.latest}"


def _figure(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"
