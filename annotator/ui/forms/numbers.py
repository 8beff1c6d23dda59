"""The numbers of a claim's event as rows of its form: the words, what is counted, and low, best, high."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from annotator.domain.events import Quantity
from annotator.domain.spans import Span
from annotator.errors import EditRefused
from annotator.ui.edits import short
from annotator.ui.forms.fields import ChoiceField, LineField, as_is
from annotator.ui.forms.form import Listing, stop
from annotator.ui.widgets.plain import plain_label

FIGURES = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class NumberErrands:
    """What the rows ask of the form: go to the words, take number i away, save a field of number i as it was typed."""

    go: Callable[[Span], None]
    drop: Callable[[int], None]
    save: Callable[[int, str, str], None]


class NumberRows(QVBoxLayout):
    """A row stays while its number does: one that was made anew would lose the keyboard at each Tab."""

    def __init__(self, names: tuple[str, ...], errands: NumberErrands) -> None:
        super().__init__()
        self.setSpacing(8)
        self._names, self._errands = names, errands
        self._rows: list[_NumberRow] = []
        self._hint = plain_label()
        self.addWidget(self._hint)
        self._stop = stop()
        self.addWidget(self._stop)

    def show_numbers(self, quantities: tuple[Quantity, ...], whom: Callable[[Quantity], str], key: str) -> None:
        """Shows the numbers; whom answers the name of who is counted, key is what adds one."""
        while len(self._rows) > len(quantities):
            row = self._rows.pop()
            self.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self._rows) < len(quantities):
            self._rows.append(_NumberRow(len(self._rows), self._names, self._errands))
            self.addWidget(self._rows[-1])
        self._order()
        for row, quantity in zip(self._rows, quantities, strict=True):
            row.show_number(quantity, whom(quantity))
        self._hint.setText(f"none: select how many, press {key}")
        self._hint.setVisible(not quantities)

    def _order(self) -> None:
        """By Tab one comes to a number where it stands, and not after all that was there before it."""
        stops = [self._stop, *(one for row in self._rows for one in row.stops())]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def fields(self) -> list[LineField]:
        """All fields that can be typed in."""
        return [field for row in self._rows for field in row.figures.values()]

    def choices(self) -> list[ChoiceField]:
        """What is counted, row by row."""
        return [row.what for row in self._rows]


class _NumberRow(QWidget):
    def __init__(self, index: int, names: tuple[str, ...], errands: NumberErrands) -> None:
        super().__init__()
        self._index, self._errands = index, errands
        self._words = Listing()
        self.what = ChoiceField("What is counted", as_is(names))
        self.what.committed.connect(lambda value: errands.save(index, "what", value))
        self.figures = {key: LineField(key.capitalize(), key) for key in FIGURES}
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.what, 3)
        for key, field in self.figures.items():
            field.committed.connect(lambda value, key=key: errands.save(index, key, value))
            line.addWidget(field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addLayout(line)

    def stops(self) -> list[QWidget]:
        """What Tab goes through."""
        return [self._words.stop, self.what, *self.figures.values()]

    def show_number(self, quantity: Quantity, whom: str) -> None:
        self._words.clear()
        go = (lambda: self._errands.go(quantity.spans[0])) if quantity.spans else None
        self._words.add(f"“{quantity.words}”", short(whom, 20), go=go, drop=lambda: self._errands.drop(self._index))
        self.what.show_value(quantity.what)
        for key, field in self.figures.items():
            number = getattr(quantity, key)
            field.setAccessibleName(f"{key.capitalize()}, {quantity.words}")
            field.show_value("" if number is None else str(number))


def figure(words: str) -> int | None:
    """The number that was typed, None for nothing. Raises EditRefused for anything but digits."""
    bare = "".join(words.replace(",", "").split())
    if bare and not (bare.isascii() and bare.isdecimal()):
        raise EditRefused(f"“{words}” is no number: write digits only, or leave it empty.")
    return int(bare[:_LONGEST]) if bare else None


_LONGEST = 40
"""Digits; what has more is refused as too large anyway, and Python does not read thousands of them."""
