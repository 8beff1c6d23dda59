"""The history of a record: who did what to it, when, what it said before; and back to there."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.edits import Record
from annotator.domain.entities import Entity
from annotator.domain.ids import is_uuid
from annotator.domain.pasts import Past, differences
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.closing import close_box
from annotator.ui.widgets.plain import plain_label, plain_tip
from annotator.ui.widgets.unseen import shown
from annotator.ui.widgets.widths import letters

_COLUMNS = ("Field", "Before", "After")
_MOST = 300
"""Letters of a value that are shown."""
_STEPS = {"do": "", "undo": "undone: ", "redo": "done again: "}


class HistoryDialog(QDialog):
    """The latest edit is chosen first; Restore makes the record what it was after the chosen one."""

    def __init__(
        self, desk: Desk, title: str, pasts: tuple[Past, ...], restore: Callable[[Record], bool], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._pasts, self._restore_record = desk, pasts, restore
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("History")
        self.resize(letters(self, 108), 480)
        self.list = QListWidget()
        self.list.setAccessibleName("Edits, the oldest first")
        self.list.setItemDelegate(AiryRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for past in pasts:
            who = desk.names.of(past.annotator)
            moment = past.at[:16].replace("T", " ")
            self._list_edit(f"{moment}  {who}: {_STEPS.get(past.step, '')}{past.kind.value}")
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("What the edit changed")
        self.table.setHorizontalHeaderLabels(_COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.buttons = close_box(self)
        self.restore = self.buttons.addButton("Restore this state", QDialogButtonBox.ButtonRole.ActionRole)
        self.restore.clicked.connect(self._restore)
        parts = QSplitter()
        parts.addWidget(self.list)
        parts.addWidget(self.table)
        parts.setSizes([letters(self.list, 40), letters(self.table, 60)])
        parts.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.addWidget(plain_label(title, wrap=True))
        whole.addWidget(parts, 1)
        whole.addWidget(self.buttons)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(len(pasts) - 1)

    def _show(self, row: int) -> None:
        past = self._pasts[row] if 0 <= row < len(self._pasts) else None
        found = list(differences(past.before, past.after)) if past else []
        self.table.setRowCount(len(found))
        for number, one in enumerate(found):
            states = (self._said(one.before), self._said(one.after))
            for column, words in enumerate((_spoken(one.field), *(short(state, _MOST) for state in states))):
                item = QTableWidgetItem(shown(words))
                item.setToolTip("")
                self.table.setItem(number, column, item)
        self.table.resizeRowsToContents()
        # After a deletion there is only what it was before.
        self.restore.setText("Restore what was deleted" if past and past.after is None else "Restore this state")
        is_present = past is not None and row == len(self._pasts) - 1 and past.after is not None
        self.restore.setEnabled(past is not None and not is_present)

    def _list_edit(self, words: str) -> None:
        item = QListWidgetItem(shown(words), self.list)
        item.setToolTip(plain_tip(words))

    def _said(self, value: Any) -> str:
        """A value in words: names for ids, places in the text as the characters they take, counted from 1."""
        if value is None or value in ("", [], {}):
            return "–"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dict):
            parts = {key: self._said(inner) for key, inner in value.items()}
            return ", ".join(f"{_spoken(key)}: {words}" for key, words in parts.items() if words != "–") or "–"
        if isinstance(value, list):
            if all(map(_is_place, value)):
                return ", ".join(f"characters {start + 1:,} to {end:,}" for start, end in value)
            return "; ".join(map(self._said, value))
        return self._named(str(value))

    def _named(self, value: str) -> str:
        """The name of an entity in place of its id, also of one that is gone."""
        if not is_uuid(value):
            return value
        records = self._desk.workspace.records
        state: Any = records.find(Entity, value)
        if state is None:
            pasts = records.past_of(value, 1)
            state = (pasts[-1].after or pasts[-1].before) if pasts else None
        return str(getattr(state, "name", "") or getattr(state, "quote", "") or value)

    def _restore(self) -> None:
        past = self._pasts[self.list.currentRow()]
        wanted = past.after if past.after is not None else past.before
        if wanted is not None and self._restore_record(wanted):
            self.accept()


def _is_place(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value)


def _spoken(field: str) -> str:
    return field.replace("_", " ")
