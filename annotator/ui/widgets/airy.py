"""Rows with air between them, for lists that are read and not only stepped through."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

_AIR = 8
"""Pixels more than a line of text needs."""
_Index = QModelIndex | QPersistentModelIndex


class AiryRows(QStyledItemDelegate):
    """Set as a view's delegate. Boxes to tick get an outline: without it they cannot be seen on a dark ground."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As usual, and taller."""
        usual = super().sizeHint(option, index)
        return QSize(usual.width(), usual.height() + _AIR)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """As usual, with the outline."""
        super().paint(painter, option, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
            return
        ticked = QStyleOptionViewItem(option)
        self.initStyleOption(ticked, index)
        box = QApplication.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, ticked)
        painter.setPen(ticked.palette.placeholderText().color())
        painter.drawRect(box.adjusted(0, 0, -1, -1))
