"""Looking over all that is on the screen: whether anything may be mark-up, and what does not show is marked."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDockWidget,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from annotator.ui.widgets.cards import CardDelegate
from annotator.ui.widgets.unseen import shown
from tests.promises.foreign_words import PAYLOADS

_MOST_ROWS, _MOST_COLUMNS = 150, 12


class LookedOver:
    """Collects, for each place of the window, which payloads it has shown, and what was wrong there."""

    def __init__(self) -> None:
        self.faults: set[str] = set()
        self.seen: defaultdict[str, set[int]] = defaultdict(set)
        self.tips = 0
        self._told: set[tuple[str, str]] = set()

    def look(self, *windows: QWidget) -> None:
        """Looks at windows, or at every one that is open, and holds the mouse over whatever has a tip."""
        QApplication.processEvents()
        for window in windows or tuple(QApplication.topLevelWidgets()):
            if isValid(window) and window.isVisible():
                self._text(window, "window title", window.windowTitle())
                for widget in (window, *window.findChildren(QWidget)):
                    if isValid(widget):
                        self._widget(widget)
        QApplication.processEvents()

    def _widget(self, widget: QWidget) -> None:
        if widget.toolTip():
            self._tip(widget, widget.toolTip(), widget.rect().center(), widget)
        match widget:
            case QLabel():
                self._label(widget)
            case QHeaderView():
                self._header(widget)
            case QAbstractItemView():
                self._items(widget)
            case QPlainTextEdit():
                self._count(widget, "text", widget.toPlainText())
            case QLineEdit():
                self._count(widget, "field", widget.text())
            case QTextEdit():
                self._count(widget, "text", widget.toPlainText())
                in_a_box = isinstance(widget.window(), QMessageBox)  # its details are set as plain text
                if not in_a_box and type(widget).loadResource in {QTextEdit.loadResource, QTextBrowser.loadResource}:
                    self.faults.add(f"{_place(widget)}: a text that may load something")
            case _:
                for words in _words_of(widget):
                    self._text(widget, "words", words.replace("&&", "&"))

    def _label(self, label: QLabel) -> None:
        is_tip = label.inherits("QTipLabel")
        may_be = label.textFormat() is not Qt.TextFormat.PlainText and _might_be_rich(label.text())
        if may_be and not _is_escaped(label.text()):
            self.faults.add(f"{_place(label)}: a label may show mark-up: {label.text()[:60]}")
        if not is_tip:
            self._text(label, "label", label.text().replace("&&", "&"))

    def _header(self, header: QHeaderView) -> None:
        model = header.model()
        for number in range(min(header.count(), _MOST_ROWS) if model is not None else 0):
            self._text(header, "heading", str(model.headerData(number, header.orientation()) or ""))

    def _items(self, view: QAbstractItemView) -> None:
        model: QAbstractItemModel | None = view.model()
        if model is None:
            return
        is_card = isinstance(view.itemDelegate(), CardDelegate)
        for index in _cells(model):
            words = str(index.data() or "")
            is_field = view.editTriggers() and index.flags() & Qt.ItemFlag.ItemIsEditable
            if is_card or is_field:  # drawn by hand with marks; or to be written in, where marks would become data
                self._count(view, "card", words)
            else:
                self._text(view, "cell", words)
            tip = index.data(Qt.ItemDataRole.ToolTipRole)
            if tip:
                self._tip(view.viewport(), str(tip), view.visualRect(index).center(), view)

    def _text(self, widget: QWidget, kind: str, words: str) -> None:
        """Words that are drawn as they are: what does not show has to be marked in them."""
        self._count(widget, kind, words)
        if shown(words) != words:
            self.faults.add(f"{_place(widget)}: {kind} with unmarked characters: {words[:60]!a}")

    def _tip(self, target: QWidget, words: str, at: QPoint, owner: QWidget) -> None:
        self._mark_up(owner, "tip", words)
        self._count(owner, "tip", words)
        if shown(words) != words:
            self.faults.add(f"{_place(owner)}: tip with unmarked characters: {words[:60]!a}")
        if (_place(owner), words) not in self._told and target.isVisible():
            self._told.add((_place(owner), words))
            self.tips += 1
            QApplication.sendEvent(target, QHelpEvent(QEvent.Type.ToolTip, at, target.mapToGlobal(at)))
            for label in QApplication.topLevelWidgets():
                if isValid(label) and label.inherits("QTipLabel"):
                    label.repaint()
            QToolTip.hideText()

    def _mark_up(self, widget: QWidget, kind: str, words: str) -> None:
        if _might_be_rich(words) and not _is_escaped(words):
            self.faults.add(f"{_place(widget)}: {kind} may be mark-up: {words[:60]}")

    def _count(self, widget: QWidget, kind: str, words: str) -> None:
        found = _payloads_in(words)
        if found:
            self.seen[f"{_place(widget)} {kind}"] |= found


def _words_of(widget: QWidget) -> list[str]:
    """The words of widgets that only have some."""
    words: list[str] = []
    match widget:
        case QAbstractButton():
            words = [widget.text()]
        case QComboBox():
            words = [widget.itemText(number) for number in range(min(widget.count(), _MOST_ROWS))]
        case QTabBar():
            words = [widget.tabText(number) for number in range(widget.count())]
        case QDockWidget():
            words = [widget.windowTitle()]
        case QGroupBox():
            words = [widget.title()]
        case QMenu():
            words = [action.text() for action in widget.actions()]
    return words


def _cells(model: QAbstractItemModel, under: QModelIndex | None = None) -> Iterator[QModelIndex]:
    above = under or QModelIndex()
    is_list = isinstance(model, QAbstractListModel)  # its columns cannot be asked for: it has one
    for row in range(min(model.rowCount(above), _MOST_ROWS)):
        for column in range(1 if is_list else min(model.columnCount(above), _MOST_COLUMNS)):
            index = model.index(row, column, above)
            yield index
            if column == 0 and not is_list:
                yield from _cells(model, index)


@lru_cache(maxsize=20_000)
def _payloads_in(words: str) -> frozenset[int]:
    """Which payloads stand in words."""
    squeezed = _squeezed(words)
    return frozenset(number for number, key in enumerate(_keys()) if key in squeezed)


@lru_cache(maxsize=1)
def _keys() -> list[str]:
    return [_squeezed(words) for words in PAYLOADS]


def _is_escaped(tip: str) -> bool:
    """Whether it is what plain_tip makes: no tag in it but its own."""
    return tip.startswith("<qt>") and tip.endswith("</qt>") and "<" not in tip[4:-5]


def _squeezed(words: str) -> str:
    """Comparable whether or not it was escaped, marked or put on one line."""
    for sign, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        words = words.replace(sign, letter)
    return "".join(shown(words).split()).casefold()


def _place(widget: QWidget) -> str:
    """A widget's place: the kinds of those around it that are ours, and what it is called."""
    kinds: list[str] = []
    at: QWidget | None = widget
    while at is not None:
        if not type(at).__module__.startswith("PySide6"):
            kinds.append(type(at).__name__)
        at = at.parentWidget()
    named = widget.objectName() or ("" if _payloads_in(widget.accessibleName()) else widget.accessibleName())
    return f"{'/'.join(reversed(kinds))}:{type(widget).__name__}({named if len(named) < 40 else ''})"


def entries(window: QWidget) -> list[QAction]:
    """What the window can do."""
    return [action for action in window.findChildren(QAction) if action.objectName()]


def _might_be_rich(words: str) -> bool:
    """What Qt guesses."""
    return bool(QtGui.Qt.mightBeRichText(words))
