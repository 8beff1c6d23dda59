"""The items as a list: their words, how people differ, and who has something here."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from annotator.domain.comparison import Item
from annotator.ui.desk import Desk
from annotator.ui.models.queue import ROW
from annotator.ui.review.deciding import Deciding
from annotator.ui.review.items import Items
from annotator.ui.review.people import TICK, People
from annotator.ui.review.wording import KIND_WORDS
from annotator.ui.widgets.cards import PAD, CardDelegate, Look, line_height, write

_Index = QModelIndex | QPersistentModelIndex


class ItemModel(QAbstractListModel):
    """The items that pass the filter, in reading order."""

    def __init__(self, desk: Desk, items: Items, deciding: Deciding) -> None:
        super().__init__()
        self._desk, self._items, self._deciding = desk, items, deciding

    def read(self) -> None:
        """Other items are listed."""
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._items.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, what a screen reader says, or the item itself."""
        if not index.isValid() or index.row() >= len(self._items.rows):
            return None
        item = self._items.all[self._items.rows[index.row()]]
        if role == ROW:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self._deciding.words_of(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(item)
        return None

    def spoken(self, item: Item) -> str:
        """Its words, and how people differ."""
        return f"{self._deciding.words_of(item)}, {self.told(item)}"

    def told(self, item: Item) -> str:
        """How people differ, or that they do not, and whether it is settled."""
        kinds = ", ".join(KIND_WORDS[kind] for kind in item.kinds) or "alike"
        labels = ", ".join(self._desk.schema.label(label).name for label in item.labels) or "Claim"
        return f"{labels}: {kinds}" + (", settled" if item.is_settled else "")


class ItemDelegate(CardDelegate):
    """Words on the first line; how people differ on the second, at its end a sign for everybody who has it."""

    def __init__(self, desk: Desk, people: People, model: ItemModel) -> None:
        super().__init__()
        self._desk, self._people, self._model = desk, people, model

    def draw(self, painter: QPainter, look: Look, place: QRect, index: _Index) -> None:
        """One item."""
        item = index.data(ROW)
        if not isinstance(item, Item):
            return
        height = line_height(look.body)
        first = QRect(place.left() + PAD, place.top() + PAD // 2, place.width() - 2 * PAD, height)
        taken = self._draw_signs(painter, look, first, item)
        write(painter, first.adjusted(0, 0, -taken - PAD, 0), str(index.data()), look.strong, look.text)
        write(painter, first.translated(0, height), self._model.told(item), look.small, look.quiet)

    def _draw_signs(self, painter: QPainter, look: Look, line: QRect, item: Item) -> int:
        """The numbers of those who have it, each in its colour and in its place; a tick where it is settled."""
        size, gap = line.height() - 4, 3
        colours, compared = self._people.colours(), self._people.compared
        width = (len(compared) + 1) * (size + gap)
        left = line.right() - width
        painter.setFont(look.small)
        for lane, person in enumerate(compared):
            spot = QRectF(left + lane * (size + gap), line.top() + 2, size, size)
            if item.of(person.annotator) is None:
                painter.setPen(look.quiet)
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, "–")
                continue
            painter.fillRect(spot, QColor(colours[lane]))
            painter.setPen(QColor(self._desk.theme.tones.page))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(person.number))
        if item.is_settled:
            painter.setPen(look.text)
            spot = QRectF(left + len(compared) * (size + gap), line.top() + 2, size, size)
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, TICK)
        return width
