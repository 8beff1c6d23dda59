"""Words on the map, with a halo that keeps them apart from what is below."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

CENTRED = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextSingleLine.value
LEFT = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value
RIGHT = Qt.AlignmentFlag.AlignRight.value | Qt.AlignmentFlag.AlignVCenter.value
_AROUND = ((-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, 1), (-1, 1), (1, -1))
_MARGIN = 2.0
_MOST_STAMPS = 600
_STAMPS: dict[tuple[str, str, int, int, float], QPixmap] = {}
"""Words that were written once: a name stays while the map moves, and writing it with its halo takes nine times."""


def write(painter: QPainter, words: str, box: QRectF, font: QFont, colour: QColor, halo: QColor) -> None:
    """Writes words in the middle of a box, for a picture: as text that can be searched, above a drawn halo."""
    metrics, path = QFontMetricsF(font), QPainterPath()
    start = box.center() + QPointF(-metrics.horizontalAdvance(words) / 2, (metrics.ascent() - metrics.descent()) / 2)
    path.addText(start, font, words)
    ends = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.strokePath(path, QPen(_soft(halo), 3.0, Qt.PenStyle.SolidLine, *ends))
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, CENTRED, words)


def stamp(painter: QPainter, words: str, box: QRectF, font: QFont, colour: QColor, halo: QColor) -> None:
    """Writes words in the middle of a box, for the screen: from a picture that is made once."""
    ratio = painter.device().devicePixelRatioF()
    key = (words, font.key(), colour.rgb(), halo.rgb(), ratio)
    made = _STAMPS.get(key)
    if made is None:
        if len(_STAMPS) >= _MOST_STAMPS:
            _STAMPS.clear()
        made = _STAMPS[key] = _made(words, box.size(), font, colour, halo, ratio)
    # On whole pixels, or the letters would be blurred.
    painter.drawPixmap(QPointF(round(box.left() - _MARGIN), round(box.top() - _MARGIN)), made)


def _made(words: str, size: QSizeF, font: QFont, colour: QColor, halo: QColor, ratio: float) -> QPixmap:
    width, height = size.width() + 2 * _MARGIN, size.height() + 2 * _MARGIN
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setFont(font)
    painter.setPen(_soft(halo))
    box = QRectF(0, 0, width, height)
    for dx, dy in _AROUND:
        painter.drawText(box.translated(dx, dy), CENTRED, words)
    painter.setPen(colour)
    painter.drawText(box, CENTRED, words)
    painter.end()
    return made


def _soft(halo: QColor) -> QColor:
    soft = QColor(halo)
    soft.setAlphaF(0.75)
    return soft
