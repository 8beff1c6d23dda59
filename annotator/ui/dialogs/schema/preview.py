"""How a label looks in the text: on the light page and on the dark one, side by side."""

from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.schema_checking import COLOUR
from annotator.ui.dialogs.swatches import tint
from annotator.ui.theme import DARK, LIGHT, Tones

_WORDS = ("The words of ", "Ana Ruiz", " were heard.")


class Preview(QWidget):
    """A sentence with one mention under the label, and the chip with its name and key."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._hotkey = "", ""
        self._colours = {"light": LIGHT.quiet, "dark": DARK.quiet}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_label(self, name: str, hotkey: str, colours: dict[str, Any]) -> None:
        """Shows a label; a colour that is none is shown grey."""
        self._name, self._hotkey = " ".join(name.split()), hotkey
        for key, tones in (("light", LIGHT), ("dark", DARK)):
            colour = str(colours.get(key) or "")
            self._colours[key] = colour if COLOUR.fullmatch(colour) else tones.quiet
        self.update()

    def sizeHint(self) -> QSize:
        """Two pages of three lines."""
        return QSize(360, 3 * self.fontMetrics().height() + 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints both pages."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = (self.width() - 10) / 2
        for left, key, tones in ((0.0, "light", LIGHT), (half + 10, "dark", DARK)):
            self._paint_page(painter, QRectF(left, 0, half, self.height()), self._colours[key], tones)
        painter.end()

    def _paint_page(self, painter: QPainter, page: QRectF, colour: str, tones: Tones) -> None:
        painter.setPen(QColor(tones.quiet))
        painter.setBrush(QColor(tones.page))
        painter.drawRoundedRect(page.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setClipRect(page.adjusted(2, 2, -2, -2))
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.8)
        measure, height = QFontMetricsF(self.font()), QFontMetricsF(self.font()).height()
        x, y = page.left() + 12, page.top() + page.height() / 2
        for number, words in enumerate(_WORDS):
            width = measure.horizontalAdvance(words)
            place = QRectF(x, y - 2, width, height)
            if number == 1:
                painter.fillRect(place, tint(colour, tones))
                painter.fillRect(QRectF(x, y - 2 + height, width, 2), QColor(colour))
                painter.setFont(small)
                painter.setPen(QColor(colour))
                chip = f"{self._name}  {self._hotkey}".strip()
                painter.drawText(
                    QRectF(x, y - 2 - height, page.right() - x, height), Qt.AlignmentFlag.AlignVCenter, chip
                )
            painter.setFont(self.font())
            painter.setPen(QColor(tones.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            x += width
        painter.setClipping(False)
