"""Docks whose two buttons can be seen on a dark window too: the style's own are dark grey, whatever the palette."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QWidget

from annotator.ui.theme import Theme

_SIZE = 10
"""Pixels of a sign: what Qt makes of a larger one is pale."""
_FLOAT, _CLOSE = "qt_dockwidget_floatbutton", "qt_dockwidget_closebutton"
"""What Qt calls the buttons."""
_CLOSE_SIGN = (QLineF(1.5, 1.5, 8.5, 8.5), QLineF(8.5, 1.5, 1.5, 8.5))
_FLOAT_SIGN = (QRectF(0.5, 3.5, 6, 6), QLineF(3.5, 0.5, 9.5, 0.5), QLineF(9.5, 0.5, 9.5, 6.5))


class PanelDock(QDockWidget):
    """A dock with a panel in it; id_ is what its place is remembered by."""

    def __init__(self, panel: QWidget, id_: str, title: str, theme: Theme) -> None:
        super().__init__(title)
        self._theme = theme
        self.setObjectName(id_)
        self.setWidget(panel)
        # Qt puts the style's signs back after each of these.
        for moment in (theme.changed, self.topLevelChanged, self.dockLocationChanged):
            moment.connect(self._put_signs, Qt.ConnectionType.QueuedConnection)

    def _put_signs(self) -> None:
        for name, sign in ((_FLOAT, _FLOAT_SIGN), (_CLOSE, _CLOSE_SIGN)):
            button = self.findChild(QAbstractButton, name)
            if button is not None:
                button.setIcon(_icon(sign, self._theme.tones.quiet, self.devicePixelRatio()))


def _icon(sign: tuple[QRectF | QLineF, ...], colour: str, ratio: float) -> QIcon:
    pixmap = QPixmap(round(_SIZE * ratio), round(_SIZE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.2))
    for line in sign:
        if isinstance(line, QLineF):
            painter.drawLine(line)
        else:
            painter.drawRect(line)
    painter.end()
    return QIcon(pixmap)
