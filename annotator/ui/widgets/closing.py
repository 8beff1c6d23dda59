"""The foot of a dialog: its buttons."""

from itertools import pairwise

from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget


class _Foot(QDialogButtonBox):
    usual: QPushButton | None = None
    """What Return pushes; where it is not said, the dialog does."""

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes from button to button as they stand, and not in the order in which they were made."""
        if self.usual is not None:
            self.usual.setDefault(True)
        for one, following in pairwise(sorted(self.buttons(), key=lambda button: button.x())):
            QWidget.setTabOrder(one, following)
        super().showEvent(event)


def foot(standard: QDialogButtonBox.StandardButton) -> _Foot:
    """Buttons without the style's signs, which cannot be seen on a dark ground and draw the eye to Cancel first."""
    box = _Foot(standard)
    for button in box.buttons():
        button.setIcon(QIcon())
    return box


def close_box(dialog: QDialog) -> QDialogButtonBox:
    """A button that closes the dialog, for one that is only read."""
    box = foot(QDialogButtonBox.StandardButton.Close)
    box.usual = box.button(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    return box
