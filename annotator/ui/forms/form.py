"""What all forms of the inspector have in common."""

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.domain.authors import Timestamp
from annotator.domain.ids import AnnotatorId
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.fields import Field, LineField, TextField
from annotator.ui.widgets.plain import PlainLink, plain_label, plain_row

_AIR = 6
"""Pixels by which a row is higher than its words, as a link is."""


class Forgetting(Protocol):
    """Any field."""

    def forget(self) -> None:
        """What was typed does not count any more."""


class Form(QWidget):
    """A heading, fields in two columns, and who made the record at the foot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.fields: dict[str, Field] = {}
        self.heading = plain_label(wrap=True)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.rows = QFormLayout()
        self.rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        # With large letters in a narrow panel, a long field stands below its label and nothing is cut off at the right.
        self.rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.rows.setVerticalSpacing(6)
        self.foot = plain_label(wrap=True, quiet=True)
        self.tail = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 10, 10, 10)
        whole.setSpacing(8)
        whole.addWidget(self.heading)
        whole.addLayout(self.rows)
        whole.addLayout(self.tail)
        whole.addWidget(self.foot)
        whole.addStretch(1)

    def add_field(self, key: str, words: str, field: Field, save: Callable[[str, object], None]) -> None:
        """A field under a key; save is called with the key and the new value."""
        self.fields[key] = field
        field.committed.connect(lambda value: save(key, value))
        plain_row(self.rows, words, field)

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        for field in self.fields.values():
            field.commit()

    def leave(self) -> None:
        """Saves what was typed, before another record is shown here."""
        self.commit()
        for field in self.fields.values():
            field.forget()

    def was_not_saved(self, show: Callable[[], None]) -> None:
        """After a field's value was not saved."""
        not_saved(self.desk, self.fields.values(), show)

    def show_signature(self, author: AnnotatorId, created: Timestamp, changed: Timestamp) -> None:
        """Who made the record, and when."""
        self.foot.setText(self.desk.signature(author, created, changed))


def not_saved(desk: Desk, fields: Iterable[Forgetting], show: Callable[[], object]) -> None:
    """After a value was not saved: what is in the file is shown; only what was typed and could not be kept stays.

    show reads the record again; it is not called where the file cannot be used just now.
    """
    for field in fields:
        if desk.notices.has_failed and isinstance(field, LineField | TextField):
            field.keep()
        else:
            field.forget()
    if not desk.notices.has_failed:
        show()


def stop() -> QWidget:
    """Holds a place among those that Tab goes through, for what is made later; out of sight, it is passed over."""
    made = QWidget()
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # nothing can follow what never has the keyboard
    made.hide()
    return made


def in_turn(first: QWidget, rows: Iterable[QWidget]) -> None:
    """From the first, Tab goes through all that stands in the rows."""
    for widget in (widget for row in rows for widget in row.findChildren(QWidget)):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QWidget.setTabOrder(first, widget)
            first = widget


class Listing(QWidget):
    """Short rows, each with a button that takes it away and, if wanted, one that goes there; without any, no gap."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.stop = stop()
        self._lines.addWidget(self.stop)
        self._last = self.stop

    def clear(self) -> None:
        """Takes all rows away."""
        while self._lines.count() > 1:
            item = self._lines.takeAt(1)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._last = self.stop
        self.hide()

    def add(
        self,
        words: str,
        aside: str = "",
        *,
        go: Callable[[], None] | None = None,
        drop: Callable[[], None] | None = None,
    ) -> None:
        """Adds a row."""
        line = QWidget()
        line.setMinimumHeight(line.fontMetrics().height() + _AIR)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        leading: list[QWidget] = [_link(words, go)] if go else []
        row.addWidget(leading[0] if leading else plain_label(words), 1)
        if aside:
            quiet = plain_label(aside, quiet=True)
            quiet.setSizePolicy(quiet.sizePolicy().horizontalPolicy().Minimum, quiet.sizePolicy().verticalPolicy())
            row.addWidget(quiet)
        if drop:
            button = QToolButton()
            button.setText("×")
            button.setAutoRaise(True)
            button.setAccessibleName(f"Take away {short(words)}")
            button.setToolTip("Take away")
            button.clicked.connect(drop)
            row.addWidget(button)
            leading.append(button)
        self._lines.addWidget(line)
        for widget in leading:  # what is made later would come last when one goes by Tab
            QWidget.setTabOrder(self._last, widget)
            self._last = widget
        if self.parentWidget() is not None:  # or it would be a window of its own
            self.show()


def _link(words: str, go: Callable[[], None]) -> PlainLink:
    link = PlainLink(words)
    link.clicked.connect(go)
    return link


def button_row(*buttons: tuple[str, Callable[[], None]]) -> QWidget:
    """Buttons side by side."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 4, 0, 0)
    for words, act in buttons:
        button = QPushButton(words)
        button.clicked.connect(act)
        row.addWidget(button)
    row.addStretch(1)
    return line


def section(words: str) -> QLabel:
    """A quiet heading inside a form."""
    return plain_label(words, quiet=True)
