"""A list of choices: added, renamed, moved and removed, each saved at once, because records follow."""

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.edits import Edit
from annotator.editing import choosing
from annotator.ui.desk import Desk
from annotator.ui.dialogs.schema.removing import Removal
from annotator.ui.widgets.airy import AiryRows

_WAS = Qt.ItemDataRole.UserRole


class _NewChoice(QLineEdit):
    """Keeps Enter to itself: in a dialog it would press OK as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter says that it is written."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.returnPressed.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


class Choices(QWidget):
    """F2 renames, Delete removes, Ctrl+Up and Ctrl+Down move; Enter in the line below adds. done is sent after each."""

    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._where, self._key = desk, "", ""
        self.list, self.box = QListWidget(), _NewChoice()
        self.box.setPlaceholderText("New choice, then Enter")
        self.list.setMinimumHeight(7 * (self.list.fontMetrics().lineSpacing() + 4))
        self.list.setEditTriggers(QListWidget.EditTrigger.DoubleClicked | QListWidget.EditTrigger.EditKeyPressed)
        self.list.setItemDelegate(AiryRows(self.list))
        self._buttons: dict[str, QPushButton] = {}
        buttons = QVBoxLayout()
        for words, act, keys in (
            ("Rename", self._edit, ""),
            ("Remove…", self._remove, "Del"),
            ("Up", lambda: self._move(-1), "Ctrl+Up"),
            ("Down", lambda: self._move(1), "Ctrl+Down"),
        ):
            self._add_button(buttons, words, act, keys)
        buttons.addStretch(1)
        left, whole = QVBoxLayout(), QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.list, 1)
        left.addWidget(self.box)
        whole.addLayout(left, 1)
        whole.addLayout(buttons)
        self.list.itemChanged.connect(self._rename)
        self.box.returnPressed.connect(self._add)

    def _add_button(self, into: QVBoxLayout, words: str, act: Callable[[], object], keys: str) -> None:
        button = self._buttons[words] = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        into.addWidget(button)
        if keys:
            shortcut = QShortcut(QKeySequence(keys), self.list, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_choices(self, where: str, key: str, name: str, choices: list[str]) -> None:
        """Shows the choices of a list, of an attribute or of the event block; name is whose they are."""
        row = max(0, min(self.list.currentRow(), len(choices) - 1)) if (where, key) == (self._where, self._key) else 0
        self._where, self._key = where, key
        with QSignalBlocker(self.list):
            self.list.clear()
            for choice in choices:
                item = QListWidgetItem(choice)
                item.setData(_WAS, choice)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                self.list.addItem(item)
            self.list.setCurrentRow(row)
        self.list.setAccessibleName(f"Choices of {name}")
        self.box.setAccessibleName(f"New choice of {name}")
        for words, button in self._buttons.items():
            button.setAccessibleName(f"{words.rstrip('…')} choice of {name}")

    @property
    def chosen(self) -> str:
        """The choice the keyboard is on; empty when there is none."""
        item = self.list.currentItem()
        return str(item.data(_WAS)) if item else ""

    def _do(self, gesture: Callable[..., Edit], *args: object, **more: object) -> None:
        self._desk.do(gesture, self._where, self._key, *args, **more)
        self.done.emit()

    def _add(self) -> None:
        words = self.box.text()
        self.box.clear()
        self._do(choosing.add_choice, words)
        self.box.setFocus()

    def _edit(self) -> None:
        if self.chosen:
            self.list.editItem(self.list.currentItem())

    def _rename(self, item: QListWidgetItem) -> None:
        was, words = str(item.data(_WAS)), item.text()
        if words != was:
            self._do(choosing.rename_choice, was, words)

    def _move(self, step: int) -> None:
        if not self.chosen or not 0 <= self.list.currentRow() + step < self.list.count():
            return
        row, choice = self.list.currentRow() + step, self.chosen
        self.list.setCurrentRow(row)
        self._do(choosing.move_choice, choice, row)

    def _remove(self) -> None:
        choice = self.chosen
        if not choice:
            return
        found = choosing.consequences_of_choice(self._desk.workspace.records, self._where, self._key, choice)
        if not found:
            self._do(choosing.remove_choice, choice)
            return
        others = [str(self.list.item(row).data(_WAS)) for row in range(self.list.count())]
        removal = Removal(
            choice, found, [(other, other) for other in others if other != choice], "Leave it empty there", self
        )
        removal.accepted.connect(
            lambda: self._do(choosing.remove_choice, choice, removal.instead, with_values=not removal.instead)
        )
        removal.open()
