"""What all forms of the schema editor have in common: fields that are bound to an entry of the draft."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.editing.schema_json import Section, name_of
from annotator.ui.dialogs.schema.draft import Draft
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.plain import plain_label, plain_row
from annotator.ui.widgets.unseen import shown

_KEY = Qt.ItemDataRole.UserRole


class EntryForm(QWidget):
    """Shows one entry of a section; changed is sent after something was entered."""

    changed = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft
        self.section, self.key = Section.LABELS, ""
        self._is_showing = False
        self._fields: list[tuple[str, str, QWidget]] = []
        self._showers: list[Callable[[], None]] = []
        self.heading = plain_label()
        font = self.heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self.heading.setFont(font)
        self.use = plain_label(quiet=True, wrap=True)
        self.rows = QFormLayout()
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.rows.setHorizontalSpacing(16)
        self.rows.setVerticalSpacing(9)
        self.words = plain_label(wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.setSpacing(4)
        whole.addWidget(self.heading)
        whole.addWidget(self.use)
        whole.addSpacing(10)
        whole.addLayout(self.rows)
        whole.addSpacing(6)
        whole.addWidget(self.words)
        whole.addStretch(1)

    def show_entry(self, section: Section, key: str) -> None:
        """Shows an entry, with what was entered for it before."""
        self.section, self.key = section, key
        self._is_showing = True
        name = name_of(self.draft.stored(section, key))
        self.heading.setText(name)
        for _, title, widget in self._fields:
            widget.setAccessibleName(f"{title} of {name}")
        found = self.draft.in_use(section, key)
        self.use.setText(f"In use: {found.sentence} in this project" if found else self.unused(section))
        for show in self._showers:
            show()
        self._is_showing = False
        self.review()

    def unused(self, section: Section) -> str:
        """What is said of an entry that no record is counted for."""
        del section
        return "Not in use yet"

    def review(self) -> None:
        """Says what is to be said of what was entered."""
        self.words.setVisible(bool(self.words.text()))

    @property
    def now(self) -> dict[str, Any]:
        """The entry as it would be saved."""
        return self.draft.entry(self.section, self.key)

    def enter(self, field: str, value: Any) -> None:
        """Takes over a value that somebody entered; showing an entry enters nothing."""
        if self._is_showing:
            return
        self.draft.set(self.section, self.key, field, value)
        self.review()
        self.changed.emit()

    # Fields

    def add(
        self, field: str, title: str, widget: QWidget, show: Callable[[], None], *, row: QWidget | None = None
    ) -> None:
        """A field in a row of its own; show fills it from the entry."""
        self._fields.append((field, title, widget))
        self._showers.append(show)
        plain_row(self.rows, title, row or widget)

    def line(self, field: str, title: str, *, row: QWidget | None = None, box: QLineEdit | None = None) -> QLineEdit:
        """One line of words."""
        box = box or QLineEdit()
        box.textChanged.connect(lambda words: self.enter(field, self.cleaned(field, words)))
        self.add(field, title, box, lambda: box.setText(str(self.now.get(field) or "")), row=row)
        return box

    def cleaned(self, field: str, words: str) -> str | None:
        """The words as the schema keeps them; nothing is kept of an empty field that may be left out."""
        words = words.strip()
        return words or (None if field in {"help", "guidelines", "name", "default"} else "")

    def text(self, field: str, title: str, hint: str, lines: int) -> QPlainTextEdit:
        """Several lines of words; Tab goes on."""
        box = QPlainTextEdit()
        box.setPlaceholderText(hint)
        box.setTabChangesFocus(True)
        box.setMinimumHeight(lines * box.fontMetrics().lineSpacing() + 12)
        box.textChanged.connect(lambda: self.enter(field, self.cleaned(field, box.toPlainText())))
        self.add(field, title, box, lambda: box.setPlainText(str(self.now.get(field) or "")))
        return box

    def flag(self, field: str, words: str, *, usual: bool = False) -> QCheckBox:
        """Yes or no; the usual one is left out of the schema."""
        box = QCheckBox(words)
        box.toggled.connect(lambda on: self.enter(field, None if on is usual else on))
        self.add(field, "", box, lambda: box.setChecked(bool(self.now.get(field, usual))))
        self._fields[-1] = (field, words, box)
        return box

    def choice(self, field: str, title: str, offered: Callable[[], Iterable[tuple[Any, str]]]) -> QComboBox:
        """One of some values, each with its words; offered is asked whenever an entry is shown."""
        box = QComboBox()

        def show() -> None:
            fill(box, offered(), self.now.get(field))

        box.currentIndexChanged.connect(lambda: self.enter(field, box.currentData()))
        self.add(field, title, box, show)
        return box

    def checks(
        self, field: str, title: str, offered: Callable[[], Iterable[tuple[str, str]]], lines: int
    ) -> QListWidget:
        """Several of some values, to be ticked."""
        box = QListWidget()
        box.setItemDelegate(AiryRows(box))
        box.setFixedHeight(lines * (box.fontMetrics().lineSpacing() + 8) + 6)

        def show() -> None:
            box.clear()
            chosen = self.now.get(field) or ()
            for key, words in offered():
                item = QListWidgetItem(shown(words))
                item.setData(_KEY, key)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if key in chosen else Qt.CheckState.Unchecked)
                box.addItem(item)

        box.itemChanged.connect(lambda: self.enter(field, ticked(box) or None))
        self.add(field, title, box, show)
        return box


def fill(box: QComboBox, offered: Iterable[tuple[Any, str]], value: Any) -> None:
    """Offers values with their words and shows one; a value that is not offered is offered as it is."""
    with QSignalBlocker(box):
        box.clear()
        for data, words in offered:
            box.addItem(shown(words), data)
        index = next((row for row in range(box.count()) if box.itemData(row) == value), -1)
        if index < 0:
            box.addItem(shown(str(value or "–")), value)
            index = box.count() - 1
        box.setCurrentIndex(index)


def ticked(box: QListWidget) -> list[str]:
    """The values that are ticked."""
    items = (box.item(row) for row in range(box.count()))
    return [str(item.data(_KEY)) for item in items if item.checkState() is Qt.CheckState.Checked]
