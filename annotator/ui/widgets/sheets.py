"""Tables to read: rows of one height, chosen by keys, numbers at the right."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.unseen import shown

_LONG = 16
"""Letters from which on words may not fit into their column."""
UNDEFINED = "undefined"
"""Stands where a figure would."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


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
    table.horizontalHeader().setDefaultAlignment(_LEFT)
    table.verticalHeader().setDefaultSectionSize(24)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    return table


def fill(table: QTableWidget, rows: Iterable[Sequence[str]]) -> None:
    """Puts words into a table; what looks like a number stands at the right, under a heading that does too."""
    given = list(rows)
    table.setRowCount(len(given))
    for row, cells in enumerate(given):
        for column, words in enumerate(cells):
            item = QTableWidgetItem(shown(words))
            item.setToolTip(plain_tip(words) if len(words) > _LONG else "")
            if column and _is_figure(words):
                item.setTextAlignment(_RIGHT)
            table.setItem(row, column, item)
    for column, cells in enumerate(zip(*given, strict=False)):
        heading = table.horizontalHeaderItem(column)
        if column and heading is not None:
            heading.setTextAlignment(_RIGHT if any(cells) and all(map(_is_figure, cells)) else _LEFT)


def _is_figure(words: str) -> bool:
    return words[:1] in "-–.0123456789" or words == UNDEFINED


def figure(value: float | None) -> str:
    """A score with three decimals; a dash for none."""
    return "–" if value is None else f"{value:.3f}"
