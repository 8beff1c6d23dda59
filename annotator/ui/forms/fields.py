"""Fields of a form. Each sends committed once its value is another one than was shown."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.widgets.plain import plain_tip, tell_at_rest
from annotator.ui.widgets.unseen import shown

_EDGES = 8
"""Pixels of a line's width that are not for its words."""


class LineField(QLineEdit):
    """One line of text."""

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._shown = self._saved = ""
        self.editingFinished.connect(self.commit)

    def event(self, event: QEvent) -> bool:
        """The mouse at rest tells all of what has no room."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and not self.toolTip():
            is_cut_off = self.fontMetrics().horizontalAdvance(self.text()) > self.width() - _EDGES
            tell_at_rest(event, self.text() if is_cut_off else "", self)
            return True
        return super().event(event)

    def show_value(self, value: str) -> None:
        """Shows a value, unless another one is just being typed."""
        is_typing = self.text() != self._shown
        self._shown = self._saved = value
        if not is_typing and self.text() != value:
            self.setText(value)
            self.setCursorPosition(0)

    def keep(self) -> None:
        """Leaves what was typed, to be sent again: it could not be saved."""
        self._shown = self._saved

    def forget(self) -> None:
        """What was typed does not count any more."""
        self._shown = self.text()

    def commit(self) -> None:
        """Sends what was typed, if it is new."""
        value = self.text()
        if value != self._shown:
            self._shown = value
            self.committed.emit(value)


class TextField(QPlainTextEdit):
    """Several lines of text; Tab goes to the next field."""

    committed = Signal(str)

    def __init__(self, name: str, hint: str = "", lines: int = 3) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 12)
        self._shown = self._saved = ""

    def show_value(self, value: str) -> None:
        """Shows a value, unless another one is just being typed."""
        is_typing = self.toPlainText() != self._shown
        self._shown = self._saved = value
        if not is_typing and self.toPlainText() != value:
            self.setPlainText(value)

    def keep(self) -> None:
        """Leaves what was typed, to be sent again: it could not be saved."""
        self._shown = self._saved

    def forget(self) -> None:
        """What was typed does not count any more."""
        self._shown = self.toPlainText()

    def commit(self) -> None:
        """Sends what was typed, if it is new."""
        value = self.toPlainText()
        if value != self._shown:
            self._shown = value
            self.committed.emit(value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving saves."""
        super().focusOutEvent(event)
        self.commit()


class ChoiceField(QComboBox):
    """One of a list; keys are saved, words shown. The empty key stands for not set."""

    committed = Signal(str)

    def __init__(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown = self._saved = ""
        self.offer(choices)
        self.activated.connect(self._on_activated)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offers these instead of what was offered before; the value stays."""
        offered = [(key, shown(words)) for key, words in choices]
        if offered == [(self.itemData(row), self.itemText(row)) for row in range(self.count())]:
            return
        self.clear()
        for key, words in offered:
            self.addItem(words, key)
        if self._shown:
            self.show_value(self._shown)

    def show_value(self, value: str) -> None:
        """Shows a value; one that is not on the list is put there, so that old records show what they say."""
        self._shown = self._saved = value
        index = self.findData(value)
        if index < 0:
            self.addItem(shown(value) or "not set", value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def commit(self) -> None:
        """Nothing waits: a choice is sent at once."""

    def forget(self) -> None:
        """What was chosen and not saved does not count any more."""
        self.show_value(self._saved)

    def _on_activated(self) -> None:
        value = str(self.currentData())
        if value != self._shown:
            self._shown = value
            self.committed.emit(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the form; a wheel that passes by must not change what is recorded."""
        event.ignore()


class FlagField(QCheckBox):
    """Yes or no."""

    committed = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._saved = False
        self.clicked.connect(self.committed)

    def show_value(self, value: bool) -> None:  # noqa: FBT001 - as the other fields
        """Shows a value."""
        self._saved = value
        self.setChecked(value)

    def commit(self) -> None:
        """Nothing waits."""

    def forget(self) -> None:
        """What was ticked and not saved does not count any more."""
        self.setChecked(self._saved)


class ChoicesField(QWidget):
    """Several of a list, in the order in which they were chosen: each can be taken away, and a box adds more."""

    committed = Signal(tuple)

    def __init__(self, name: str, choices: Iterable[str], hint: str = "Add…") -> None:
        super().__init__()
        self._values: tuple[str, ...] = ()
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._box = _AddBox(name, [("", hint), *((choice, choice) for choice in choices)])
        self._box.committed.connect(self._add)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._row)
        whole.addWidget(self._box)
        self.setFocusProxy(self._box)

    def show_value(self, value: tuple[str, ...]) -> None:
        """Shows the values."""
        self._box.show_value("")
        if value == self._values and self._row.count():
            return
        self._values = value
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for word in value:
            self._row.addWidget(self._chip(word))
        self._row.addStretch(1)

    def _chip(self, word: str) -> QToolButton:
        chip = QToolButton()
        chip.setText(f"{shown(word)}  ×")
        chip.setToolTip(plain_tip(f"Take {word} away"))
        chip.setAccessibleName(f"Take {word} away")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: self.committed.emit(tuple(other for other in self._values if other != word)))
        return chip

    def _add(self, word: str) -> None:
        if word and word not in self._values:
            self.committed.emit((*self._values, word))
        self._box.show_value("")

    def commit(self) -> None:
        """Nothing waits: a choice is sent at once."""

    def forget(self) -> None:
        """Nothing waits here: what was not saved is not shown."""


class _AddBox(ChoiceField):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows open the list: closed, they would add the first value and never reach the second."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.showPopup()
        else:
            super().keyPressEvent(event)


Field = LineField | TextField | ChoiceField | FlagField | ChoicesField


def as_is(choices: Iterable[str], *, unset: str = "") -> list[tuple[str, str]]:
    """Choices that are shown as they are called, after one that says that nothing is set."""
    return ([("", unset)] if unset else []) + [(choice, choice) for choice in choices]
