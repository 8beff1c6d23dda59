"""Widths that grow with the letters: pixels counted for one size of text cut words off at another."""

from PySide6.QtWidgets import QWidget

_EDGES = 20
"""Pixels for both edges of a field and the air inside them."""


def letters(widget: QWidget, count: int) -> int:
    """Pixels for so many letters in the font of a widget, with its edges."""
    return widget.fontMetrics().horizontalAdvance("0") * count + _EDGES
