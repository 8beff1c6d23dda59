"""What an import or export came to, in lines that can be saved."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from annotator.ui.dialogs.questions import ask_new_file
from annotator.ui.widgets.closing import close_box
from annotator.ui.widgets.plain import plain_label, tell
from annotator.ui.widgets.unseen import shown


class ReportDialog(QDialog):
    """A sentence, and below it what was left out and why."""

    def __init__(self, title: str, sentence: str, lines: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._text = "\n".join([sentence, "", *lines, ""])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(shown(title))
        self.resize(760, 420)
        self.sentence = plain_label(sentence, wrap=True)
        self.details = QPlainTextEdit("\n".join(map(shown, lines)))
        self.details.setReadOnly(True)
        self.details.setAccessibleName("What was left out and why")
        buttons = close_box(self)
        save = buttons.addButton("Save report…", QDialogButtonBox.ButtonRole.ActionRole)
        save.clicked.connect(self._save)
        whole = QVBoxLayout(self)
        whole.addWidget(self.sentence)
        whole.addWidget(plain_label("Left out, and why", quiet=True))
        whole.addWidget(self.details, 1)
        whole.addWidget(buttons)

    def _save(self) -> None:
        target = ask_new_file(self, "Save report", Path.home() / "report.txt", "Text (*.txt)")
        if target is None:
            return
        try:
            target.write_text(self._text, encoding="utf-8")
        except OSError as error:
            tell(self, "Save report", f"“{target.name}” could not be written: {error.strerror}.")
