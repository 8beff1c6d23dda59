"""The text layout of one block: how its lines are set, what of it is selected, giving its memory back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QTextBlock, QTextCharFormat, QTextLayout, QTextOption


def release(layout: QTextLayout) -> None:
    """Gives back the memory of a layout; clearing alone keeps what a cached one has worked out."""
    layout.clearLayout()
    if layout.cacheEnabled():
        layout.setCacheEnabled(False)
        layout.beginLayout()
        layout.endLayout()


def text_option(side: Qt.AlignmentFlag) -> QTextOption:
    """How lines of one writing direction are set; a text layout by itself sets all of them from the left."""
    option = QTextOption(side)
    is_right = side is Qt.AlignmentFlag.AlignRight
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if is_right else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def selections(block: QTextBlock, context: QAbstractTextDocumentLayout.PaintContext) -> list[QTextLayout.FormatRange]:
    """What of the block is selected, as it is to be drawn."""
    ranges = []
    for selection in context.selections:
        start = max(selection.cursor.selectionStart() - block.position(), 0)
        end = min(selection.cursor.selectionEnd() - block.position(), block.length() - 1)
        if start < end:
            chosen = QTextLayout.FormatRange()
            chosen.start, chosen.length = start, end - start
            chosen.format = QTextCharFormat(selection.format)
            ranges.append(chosen)
    return ranges
