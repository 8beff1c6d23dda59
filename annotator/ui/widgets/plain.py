"""Widgets for words that came from outside: always plain text, so that an article can never bring mark-up along.

Characters in them that do not show, or that turn the writing direction, are marked (widgets/unseen.py).
"""

import unicodedata
from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QIcon, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QFormLayout, QLabel, QSizePolicy, QToolTip, QWidget

from annotator.ui.widgets.unseen import shown


class PlainLabel(QLabel):
    """A label that shows its text letter by letter."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Shows other words."""
        super().setText(shown(text))


class OneLine(PlainLabel):
    """Ends in dots where there is no room for all of it; then the mouse at rest tells the whole."""

    def _fits(self) -> bool:
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """As usual where it fits."""
        if self._fits() or "\n" in self.text():
            super().paintEvent(event)
            return
        place = self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        painter, colours = QPainter(self), self.palette()
        style, is_on = self.style(), self.isEnabled()
        style.drawItemText(painter, place, self.alignment(), colours, is_on, words, self.foregroundRole())

    def event(self, event: QEvent) -> bool:
        """The tip is that of the label, where it has one."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and not self.toolTip():
            tell_at_rest(event, "" if self._fits() else self.text(), self)
            return True
        return super().event(event)


def plain_label(text: str = "", *, wrap: bool = False, quiet: bool = False) -> PlainLabel:
    """A label that shows its text letter by letter, and gives way where there is no room for it."""
    label = PlainLabel(text) if wrap else OneLine(text)
    label.setWordWrap(wrap)
    if not wrap:
        # A long text must not make the window wide.
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if quiet:
        label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def plain_row(rows: QFormLayout, words: str, field: QWidget, at: int = -1) -> None:
    """A row of a form, at the end or at a place. A form makes labels of its own for words, and those guess."""
    label = PlainLabel(words.replace("&", "&&"))
    label.setBuddy(field)
    rows.insertRow(rows.rowCount() if at < 0 else at, label, field)


class PlainLink(QAbstractButton):
    """Words that lead somewhere: one line, elided where it does not fit, for mouse and keyboard.

    They have the colour of links, so that what can be clicked is told from what is only said.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(shown(" ".join(text.split())))
        self.setAccessibleName(self.text())
        self.setToolTip(plain_tip(text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A line of text."""
        return QSize(120, self.fontMetrics().height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Underlined while the mouse or the keyboard is on it."""
        del event
        painter, font = QPainter(self), QFont(self.font())
        font.setUnderline(self.underMouse() or self.hasFocus())
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.Link if self.isEnabled() else self.foregroundRole()))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def isolated(words: str) -> str:
    """The words with marks around them that keep their writing direction to themselves: dates beside Arabic names."""
    return f"\u2068{shown(words)}\u2069" if words else ""


def is_right_to_left(words: str) -> bool:
    """By the first letter that has a direction."""
    directions = (unicodedata.bidirectional(letter) for letter in words)
    return next((direction in {"R", "AL"} for direction in directions if direction in {"L", "R", "AL"}), False)


def plain_tip(text: str) -> str:
    """A tool tip's text. Tool tips guess whether they hold mark-up, so it is escaped into mark-up that has none."""
    return f"<qt>{escape(shown(text))}</qt>" if text else ""


def tell_at_rest(event: QHelpEvent, text: str, widget: QWidget) -> None:
    """Shows a tip where the mouse rests; without words, none."""
    QToolTip.showText(event.globalPos(), plain_tip(text), widget)


def tell(parent: QWidget | None, title: str, text: str, details: str = "") -> None:
    """Shows a message with one button."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(shown(title))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(shown(text))
    box.addButton(QMessageBox.StandardButton.Ok)
    if details:
        box.setDetailedText(shown(details))
    _take_signs_off(box.buttons())
    box.exec()


def ask(parent: QWidget | None, title: str, text: str, yes: str) -> bool:
    """Asks before something that the user may not expect; Escape says no."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(shown(title))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(shown(text))
    button = box.addButton(shown(yes), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    _take_signs_off(box.buttons())
    box.exec()
    return box.clickedButton() is button


def _take_signs_off(buttons: Iterable[QAbstractButton]) -> None:
    """As at the foot of the program's own dialogs."""
    for button in buttons:
        button.setIcon(QIcon())
