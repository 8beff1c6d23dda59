"""Before an import: what the files look like, in which encoding, and what is known about all of them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.articles import TextQuality, is_date
from annotator.errors import AnnotatorError
from annotator.services.importing import ENCODINGS, About, read_file
from annotator.ui.widgets.plain import plain_label

_LISTED = 2_000
_SHOWN = 6_000
_GUESS = ""
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


class ImportDialog(QDialog):
    """Shows files, or one text from the clipboard. Accepted when the user says import; about tells what she entered."""

    def __init__(self, files: list[Path], parent: QWidget, text: str = "") -> None:
        super().__init__(parent)
        self._files, self._text = files, text
        self.encodings: dict[Path, str] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import articles" if files else "Paste as article")
        self.resize(920, 600)
        self.list = QListWidget()
        self.list.setAccessibleName("Files")
        self.list.addItems([file.name for file in files[:_LISTED]])
        self.encoding = QComboBox()
        self.publisher, self.published, self.language = QLineEdit(), QLineEdit(), QLineEdit()
        self.quality = QComboBox()
        self.preview, self.read_as = QPlainTextEdit(), plain_label(quiet=True, wrap=True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._build()
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.currentRowChanged.connect(self._show_preview)
        self.encoding.activated.connect(self._on_encoding)
        self.list.setCurrentRow(0)
        self._show_preview()
        self.publisher.setFocus()

    def _build(self) -> None:
        self.encoding.addItem("as recognised", _GUESS)
        for encoding in ENCODINGS:
            self.encoding.addItem(encoding, encoding)
        for quality in TextQuality:
            self.quality.addItem(quality.value, quality)
        self.published.setPlaceholderText("2021-08-22; “Friday” means nothing without it")
        self.published.setValidator(QRegularExpressionValidator(_DATE, self.published))
        self.language.setPlaceholderText("en, fa, ar, …")
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("Preview")
        number = len(self._files)
        words = "article" if number <= 1 else "articles"
        do = self._buttons.addButton(f"Import {number or 1:,} {words}", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        do.setDefault(True)
        self.published.textChanged.connect(lambda words: do.setEnabled(is_date(words)))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        middle = QHBoxLayout()
        left = QVBoxLayout()
        if self._files:
            left.addWidget(self.list, 1)
            if number > _LISTED:
                left.addWidget(plain_label(f"… and {number - _LISTED:,} more", quiet=True))
            middle.addLayout(left, 2)
        middle.addLayout(self._right(), 3)
        whole.addLayout(middle, 1)
        whole.addLayout(self._form())
        whole.addWidget(self._buttons)

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.read_as)
        return right

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        if self._files:
            form.addRow("Read selected as", self.encoding)
        form.addRow("Publisher", self.publisher)
        form.addRow("Published", self.published)
        form.addRow("Language", self.language)
        form.addRow("Text quality", self.quality)
        return form

    def accept(self) -> None:
        """Not with half a date."""
        if is_date(self.published.text().strip()):
            super().accept()
        else:
            self.published.setFocus()

    def about(self) -> About:
        """What was entered, for all of them."""
        return About(
            publisher=self.publisher.text().strip(),
            published=self.published.text().strip(),
            language=self.language.text().strip(),
            text_quality=TextQuality(self.quality.currentData()),
        )

    def _on_encoding(self) -> None:
        """Overrules the guess for the files that are selected; Ctrl+A selects all."""
        chosen = str(self.encoding.currentData())
        rows = {index.row() for index in self.list.selectedIndexes()} or {max(self.list.currentRow(), 0)}
        everything = len(rows) == self.list.count()
        for file in self._files if everything else [self._files[row] for row in rows]:
            self.encodings[file] = chosen
        self._show_preview()

    def _show_preview(self) -> None:
        if not self._files:
            self.preview.setPlainText(self._text[:_SHOWN])
            self.read_as.setText(f"{len(self._text):,} characters from the clipboard")
            return
        file = self._files[max(self.list.currentRow(), 0)]
        chosen = self.encodings.get(file, _GUESS)
        self.encoding.setCurrentIndex(self.encoding.findData(chosen))
        try:
            decoded = read_file(file, chosen)
        except AnnotatorError as error:
            self.preview.setPlainText("")
            self.read_as.setText(f"{file.name} will be left out: {error}.")
            return
        self.preview.setPlainText(decoded.text[:_SHOWN])
        how = "" if decoded.is_sure else " – a guess: choose another encoding below if it looks wrong"
        self.read_as.setText(f"{len(decoded.text):,} characters, read as {decoded.encoding}{how}")
