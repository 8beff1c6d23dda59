"""Tables to read: rows of one height, chosen by keys, numbers at the right."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from annotator.ui.widgets.unseen import shown


def sheet(name: str, columns: Sequence[str]) -> QTableWidget:
    """A table to read, whose rows are chosen by keys."""
    table = QTableWidget(0, len(columns))
    table.setAccessibleName(name)
    table.setHorizontalHeaderLabels([shown(words) for words in columns])
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setShowGrid(False)
    # Bold for all columns of a chosen row, which would say nothing and make names longer than their columns.
    table.horizontalHeader().setHighlightSections(False)
    table.verticalHeader().setDefaultSectionSize(24)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def fill(table: QTableWidget, rows: Iterable[Sequence[str]]) -> None:
    """Puts words into a table; what looks like a number stands at the right."""
    given = list(rows)
    table.setRowCount(len(given))
    for row, cells in enumerate(given):
        for column, words in enumerate(cells):
            item = QTableWidgetItem(shown(words))
            if column and words[:1] in "-–.0123456789":
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, item)


def figure(value: float | None) -> str:
    """A score with three decimals; a dash for none."""
    return "–" if value is None else f"{value:.3f}"
