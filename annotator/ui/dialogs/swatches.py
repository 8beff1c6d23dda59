"""Colours of labels as they look on the page."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from annotator.ui.theme import Tones, blend

_TINT = 0.13


def tint(colour: str, tones: Tones) -> QColor:
    """The colour laid thinly over the page, as under a mention."""
    return blend(colour, tones.page, _TINT * (1.5 if tones.is_dark else 1.0))


def sample(colour: str, tones: Tones) -> QIcon:
    """The colour as the page shows it: a word on its tint, underlined, and a chip."""
    picture = _blank(112, 44, QColor(tones.page))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRect(4, 2, 24, 15), tint(colour, tones))
    painter.fillRect(QRect(4, 18, 24, 2), QColor(colour))
    painter.setPen(QColor(tones.text))
    painter.drawText(QRect(4, 2, 24, 15), Qt.AlignmentFlag.AlignCenter, "Aa")
    painter.setPen(QColor(colour))
    painter.drawText(QRect(30, 2, 24, 16), Qt.AlignmentFlag.AlignCenter, "Aa")
    painter.end()
    return QIcon(picture)


def swatch(colour: str, tones: Tones) -> QIcon:
    """A small rounded square in the colour."""
    picture = _blank(32, 32, QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colour))
    painter.setBrush(tint(colour, tones))
    painter.drawRoundedRect(QRect(2, 2, 12, 12), 3, 3)
    painter.fillRect(QRect(2, 11, 12, 3), QColor(colour))
    painter.end()
    return QIcon(picture)


def _blank(width: int, height: int, ground: QColor) -> QPixmap:
    picture = QPixmap(width, height)
    picture.setDevicePixelRatio(2)
    picture.fill(ground)
    return picture
