"""What became of records in review: of everybody and of each person, and for a row how often each field was changed."""

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from annotator.services.comparing import REVIEW_RULE, Report, Reviewed, Score
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.sheets import fill, sheet

_COLUMNS = (
    *("Who", "What", "Label", "Records", "Reviewed", "As it was", "Changed", "Rejected", "Change rate"),
    "95 % interval",
)
_NOTHING = "Nothing was decided in review yet: F8 compares and decides."


class ReviewPage(QWidget):
    """A row for each person, kind of record and label; below it the fields of the chosen row."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Reviewed, ...] = ()
        self.about = plain_label(_NOTHING, wrap=True, quiet=True)
        self.table = sheet("What became of records in review", _COLUMNS)
        self.whose = plain_label(quiet=True, wrap=True)
        self.fields = sheet("How often each field was changed", ("Field", "Change rate", "95 % interval", "n"))
        for table in (self.table, self.fields):
            for column in range(1, table.columnCount()):
                table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_COLUMNS.index("Label"), QHeaderView.ResizeMode.Stretch)
        whole = QVBoxLayout(self)
        whole.addWidget(self.about)
        whole.addWidget(self.table, 3)
        whole.addWidget(self.whose)
        whole.addWidget(self.fields, 2)
        self.setFocusProxy(self.table)
        self.table.currentCellChanged.connect(lambda row, *_: self._show_fields(row))

    def show_report(self, report: Report) -> None:
        """Fills the table and shows the fields of its first row."""
        self._shown = report.review
        self.about.setText(REVIEW_RULE if self._shown else _NOTHING)
        fill(self.table, map(_cells, self._shown))
        self._show_fields(-1)
        if self._shown:
            self.table.setCurrentCell(0, 0)

    def _show_fields(self, row: int) -> None:
        one = self._shown[row] if 0 <= row < len(self._shown) else None
        if one is None:
            self.whose.clear()
            self.fields.setRowCount(0)
            return
        who = ", ".join(filter(None, (one.person or "Everybody", one.kind, one.label)))
        nothing = f"{who}: no field to compare, since nothing was accepted or changed."
        self.whose.setText(f"Fields that were changed: {who}." if one.fields else nothing)
        fill(self.fields, ((its.field, *_rate(its.rate), f"{its.rate.n:,}") for its in one.fields))


def _cells(one: Reviewed) -> tuple[str, ...]:
    counts = (f"{count:,}" for count in (one.as_it_was, one.changed, one.rejected))
    reviewed = f"{one.reviewed:,} ({100 * one.reviewed / one.records:.0f} %)"
    whose = (one.person or "Everybody", one.kind, one.label)
    return (*whose, f"{one.records:,}", reviewed, *counts, *_rate(one.rate))


def _rate(rate: Score) -> tuple[str, str]:
    """A share in per cent, and its interval; a dash for none."""
    share = "–" if rate.value is None else f"{100 * rate.value:.1f} %"
    return share, f"{100 * rate.interval[0]:.1f} – {100 * rate.interval[1]:.1f} %" if rate.interval else ""
