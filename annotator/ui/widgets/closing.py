"""The foot of a dialog: its buttons."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox


def foot(standard: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Buttons without the style's signs, which cannot be seen on a dark ground and draw the eye to Cancel first."""
    box = QDialogButtonBox(standard)
    for button in box.buttons():
        button.setIcon(QIcon())
    return box


def close_box(dialog: QDialog) -> QDialogButtonBox:
    """A button that closes the dialog, for one that is only read."""
    box = foot(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    return box
