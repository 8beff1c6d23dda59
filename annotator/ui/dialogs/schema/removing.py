"""What should become of the records that use what is removed from the schema."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from annotator.editing.consequences import Consequences
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.unseen import shown


class Removal(QDialog):
    """Asks; accepted with instead set to what records get in its place, or empty when they go or stay without."""

    def __init__(
        self, name: str, found: Consequences, others: Sequence[tuple[str, str]], other_way: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Remove “{shown(name)}”")
        self.setMinimumWidth(460)
        self._others = QComboBox()
        self._others.setAccessibleName("Instead")
        for key, words in others:
            self._others.addItem(shown(words), key)
        self._move, self._go = QRadioButton("Give them instead:"), QRadioButton(other_way or "Remove them too")
        for button in (self._move, self._go):
            button.setAccessibleName(button.text())
        self._move.setChecked(bool(others))
        self._move.setEnabled(bool(others))
        self._go.setChecked(not others)
        self._go.setVisible(bool(other_way))
        self._others.setEnabled(bool(others))
        self._others.activated.connect(lambda: self._move.setChecked(True))
        line = QHBoxLayout()
        line.addWidget(self._move)
        line.addWidget(self._others, 1)
        buttons = foot(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        done = buttons.button(QDialogButtonBox.StandardButton.Ok)
        done.setText("Remove")
        done.setEnabled(bool(others) or bool(other_way))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        asked = f"“{name}” is in use: {found.sentence}. What should become of them? One undo takes all of it back."
        whole.addWidget(plain_label(asked, wrap=True))
        whole.addLayout(line)
        whole.addWidget(self._go)
        whole.addSpacing(6)
        whole.addWidget(buttons)
        (self._move if others else self._go).setFocus()

    @property
    def instead(self) -> str:
        """The key of what they get; empty when they go."""
        return str(self._others.currentData()) if self._move.isChecked() else ""
