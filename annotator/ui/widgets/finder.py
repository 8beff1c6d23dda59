"""The finder: type to search names and aliases, Enter takes, Ctrl+Enter makes a new entity, Escape leaves."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QLineEdit, QStyleOptionViewItem, QVBoxLayout, QWidget

from annotator.ui.models.queue import ROW
from annotator.ui.widgets.cards import PAD, CardDelegate, Look, card_list, font_of, line_height, row_size, write
from annotator.ui.widgets.plain import plain_label

_Index = QModelIndex | QPersistentModelIndex
_ROWS_SHOWN = 7
_WIDTH = 380


@dataclass(frozen=True, slots=True)
class Offer:
    """One row: what is taken, its name, a quiet line below it, what stands at the right, the digit that takes it."""

    key: str
    name: str
    below: str = ""
    aside: str = ""
    digit: str = ""


class Finder(QFrame):
    """A small window beside the words. search answers the offers for what was typed.

    taken is sent with the key of an offer; new_wanted with the words to name a new one; both close it.
    """

    taken = Signal(str)
    new_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._search: Callable[[str], list[Offer]] = lambda _: []
        self._usual = ""
        self._can_make, self._has_digits = True, False
        self._model = _OfferModel()
        self.title = plain_label(wrap=True)
        self.box = QLineEdit()
        self.box.setAccessibleName("Find")
        self._delegate = _OfferDelegate()
        self.list = card_list(self._delegate, "Proposals")
        self.list.setModel(self._model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = plain_label(quiet=True, wrap=True)
        self._build()
        self.box.textChanged.connect(self._on_typed)
        self.list.clicked.connect(self._take)

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFixedWidth(_WIDTH)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(PAD, PAD, PAD, PAD)
        whole.setSpacing(6)
        for part in (self.title, self.box, self.list, self.hint):
            whole.addWidget(part)

    def ask(
        self,
        title: str,
        usual: str,
        search: Callable[[str], list[Offer]],
        place: QPoint,
        *,
        can_make: bool = True,
        has_digits: bool = False,
    ) -> None:
        """Opens below a place on the screen. usual names a new entity when nothing was typed; digits take at once."""
        self._search, self._usual, self._can_make, self._has_digits = search, usual, can_make, has_digits
        self._delegate.is_short = has_digits
        self.title.setText(title)
        self.box.clear()
        self._on_typed("")
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = max(screen.left(), min(place.x(), screen.right() - self.width()))
        fits = place.y() + self.height() < screen.bottom()
        self.move(left, place.y() if fits else max(screen.top(), place.y() - self.height() - 60))
        self.show()
        self.box.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_typed(self, words: str) -> None:
        if self._has_digits and words.isdecimal() and 0 < int(words) <= self._model.rowCount():
            self._take(self._model.index(int(words) - 1))
            return
        offers = self._search(words)
        if self._has_digits:
            offers = [replace(offer, digit=str(number)) for number, offer in enumerate(offers, start=1)]
        self._model.show(offers)
        rows = min(max(self._model.rowCount(), 1), _ROWS_SHOWN)
        self.list.setFixedHeight(rows * self.list.sizeHintForRow(0) if self._model.rowCount() else 0)
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))
        name = " ".join(words.split()) or self._usual
        usual = "A digit or Enter takes" if self._has_digits else "Enter takes the marked one"
        takes = usual if self._model.rowCount() else "Nothing found"
        make = f" Ctrl+Enter makes a new one: “{name}”." if self._can_make else ""
        self.hint.setText(f"{takes}.{make}")
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move in the list while typing goes on in the box."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        row = self.list.currentIndex().row()
        with_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if is_enter and with_ctrl:
            self._make()
        elif is_enter:
            self._take(self.list.currentIndex())
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            row += 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1))))
        else:
            super().keyPressEvent(event)

    def _make(self) -> None:
        if self._can_make:
            self.close()
            self.new_wanted.emit(" ".join(self.box.text().split()) or self._usual)

    def _take(self, index: QModelIndex) -> None:
        offer = index.data(ROW) if index.isValid() else None
        if isinstance(offer, Offer):
            self.close()
            self.taken.emit(offer.key)


class _OfferModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._offers: list[Offer] = []

    def show(self, offers: list[Offer]) -> None:
        """Lists these."""
        self.beginResetModel()
        self._offers = offers
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many are offered."""
        return 0 if parent is not None and parent.isValid() else len(self._offers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, or the offer itself."""
        if not index.isValid():
            return None
        offer = self._offers[index.row()]
        return offer if role == ROW else offer.name if role == Qt.ItemDataRole.DisplayRole else None


class _OfferDelegate(CardDelegate):
    is_short = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Two lines; one where there is nothing below the names."""
        lines = 1 if self.is_short else 2
        del index
        return row_size(lines * line_height(font_of(option)) + PAD)

    def draw(self, painter: QPainter, look: Look, place: QRect, index: _Index) -> None:
        """Name, and below it what helps to tell it from others."""
        offer: Offer = index.data(ROW)
        height = line_height(look.body)
        first = QRect(place.left() + PAD, place.top() + PAD // 2, place.width() - 2 * PAD, height)
        if offer.digit:
            write(painter, first, offer.digit, look.small, look.quiet)
            first.setLeft(first.left() + 2 * PAD)
        taken = write(painter, first, offer.aside, look.small, look.quiet, right=True)
        write(painter, first.adjusted(0, 0, -taken - PAD, 0), offer.name, look.strong, look.text)
        write(painter, first.translated(0, height), offer.below, look.small, look.quiet)
