"""Rows with air between them, for lists that are read and not only stepped through."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

_AIR = 8
"""Pixels more than a line of text needs."""


class AiryRows(QStyledItemDelegate):
    """Set as a view's delegate."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As usual, and taller."""
        usual = super().sizeHint(option, index)
        return QSize(usual.width(), usual.height() + _AIR)
