"""What stands at the map's lower edge: the scale bar, what the shapes say, and whose data it is."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from annotator.services.maps import CREDIT
from annotator.ui.map.camera import Camera
from annotator.ui.map.inks import Inks
from annotator.ui.map.spots import Shape, Spot
from annotator.ui.map.symbols import draw_symbol, prepare
from annotator.ui.map.writing import LEFT, RIGHT, stamp, write

_PAD = 10.0
_LONGEST_BAR = 110.0


class Margin:
    """The lower edge of one view; font is the window's."""

    def __init__(self, camera: Camera, spots: Sequence[Spot], inks: Inks, font: QFont) -> None:
        self._camera, self._inks = camera, inks
        self._font = QFont(font)
        self._font.setPointSizeF(font.pointSizeF() * 0.78)
        self._metrics = QFontMetricsF(self._font)
        line = self._metrics.height()
        self._foot = QRectF(0, camera.height - line - 6, camera.width, line + 6)
        used = {spot.shape for spot in spots}
        self._widths = {s: self._metrics.horizontalAdvance(s.value) + 13 for s in Shape if s in used}
        self._legend = self._place_legend()

    @property
    def boxes(self) -> list[QRectF]:
        """The boxes in which no name goes."""
        line = self._metrics.height()
        bar = QRectF(0, self._foot.top() - line - 3 * _PAD, _LONGEST_BAR + 3 * _PAD, line + 3 * _PAD)
        return [self._foot, bar, self._legend]

    def draw(self, painter: QPainter, *, is_picture: bool) -> None:
        """Draws it."""
        self._draw_bar(painter, is_picture=is_picture)
        ground = QColor(self._inks.land)
        ground.setAlphaF(0.82)
        painter.fillRect(self._foot, ground)
        if self._legend.top() < self._foot.top():
            painter.fillRect(self._legend, ground)
        painter.setFont(self._font)
        painter.setPen(self._inks.quiet)
        painter.drawText(self._foot.adjusted(_PAD, 0, -_PAD, 0), RIGHT, CREDIT)
        self._draw_legend(painter)

    def _draw_bar(self, painter: QPainter, *, is_picture: bool) -> None:
        kilometres, pixels = self._camera.bar(_LONGEST_BAR)
        words = f"{kilometres:,.0f} km" if kilometres >= 1 else f"{kilometres * 1000:,.0f} m"
        left, bottom = _PAD, self._foot.top() - _PAD
        bar = QPainterPath(QPointF(left, bottom - 5))
        for x, y in ((left, bottom), (left + pixels, bottom), (left + pixels, bottom - 5)):
            bar.lineTo(x, y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(self._inks.land, 4.0), QPen(self._inks.text, 1.4)):
            painter.setPen(pen)
            painter.drawPath(bar)
        width, line = self._metrics.horizontalAdvance(words) + 4, self._metrics.height()
        box = QRectF(left + (pixels - width) / 2, bottom - line - 4, width, line)
        (write if is_picture else stamp)(painter, words, box, self._font, self._inks.text, self._inks.land)

    def _place_legend(self) -> QRectF:
        """Left of the credit, or above it where there is no room."""
        foot, whole = self._foot, sum(self._widths.values()) + _PAD * (len(self._widths) + 1)
        if whole > foot.width() - self._metrics.horizontalAdvance(CREDIT) - 2 * _PAD:
            return QRectF(foot.right() - whole, foot.top() - foot.height() - 4, whole, foot.height())
        return QRectF(foot.left(), foot.top(), whole, foot.height())

    def _draw_legend(self, painter: QPainter) -> None:
        left, middle, line = self._legend.left() + _PAD, self._legend.center().y(), self._metrics.height()
        for shape, width in self._widths.items():
            prepare(painter, shape, self._inks)
            draw_symbol(painter, shape, left + 4, middle, 3.6)
            painter.setPen(self._inks.quiet)
            painter.drawText(QRectF(left + 12, middle - line / 2, width, line), LEFT, shape.value)
            left += width + _PAD
