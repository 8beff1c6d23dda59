"""A panel whose inside is made when it is first seen: a start of the window costs nothing for it."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QFocusEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class LatePanel(QWidget):
    """Subclasses say in make what is inside. A dock's tab behind another counts as shown in Qt, so painting decides."""

    def __init__(self) -> None:
        super().__init__()
        self._inside: QWidget | None = None
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)

    def make(self) -> QWidget:
        """Makes the inside, once."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """As large as a dock usually is."""
        return QSize(420, 380)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Makes the inside when it is first seen."""
        super().paintEvent(event)
        if self._inside is None:
            QTimer.singleShot(0, self._make_if_seen)

    def _make_if_seen(self) -> None:
        if self.isVisible():  # the window may have closed meanwhile, and the project with it
            self.inside()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hands the keyboard on."""
        super().focusInEvent(event)
        self.inside()
        self.setFocus(event.reason())

    def inside(self) -> QWidget:
        """What is inside; made if it is not there yet."""
        if self._inside is None:
            self._inside = self.make()
            self._whole.addWidget(self._inside)
            self.setFocusProxy(self._inside.focusProxy() or self._inside)
        return self._inside
