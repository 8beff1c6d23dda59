"""Before an import: what the files will become, how they are read, and what is known about all of them."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.articles import TextQuality, is_date
from annotator.services.documents import ENCODINGS, Preview, may_have_boilerplate, may_hold_many
from annotator.services.importing import About
from annotator.ui.dialogs.columns import Columns
from annotator.ui.dialogs.previewing import Previewer, said_of, words_of
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label, plain_tip
from annotator.ui.widgets.unseen import shown

_LISTED = 2_000
_SHOWN = 6_000
_GUESS = ""
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


class ImportDialog(QDialog):
    """Shows files, or one text from the clipboard. Accepted when the user says import; about tells what she entered.

    encodings has the files whose encoding she chose, by_head what she said of the columns of tables.
    """

    def __init__(self, files: list[Path], parent: QWidget, text: str = "") -> None:
        super().__init__(parent)
        self._files, self._text = files, text
        self._is_vain = False
        self.encodings: dict[Path, str] = {}
        self.by_head: dict[tuple[str, ...], dict[str, str]] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import articles" if files else "Paste as article")
        self.resize(960, 640)
        self.list = QListWidget()
        self.list.setAccessibleName("Files")
        self.list.setItemDelegate(AiryRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The beginning and the suffix tell files apart.
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for file in files[:_LISTED]:
            item = QListWidgetItem(shown(file.name), self.list)
            item.setToolTip(plain_tip(file.name))
        self.encoding, self.boilerplate = QComboBox(), QComboBox()
        self.publisher, self.published, self.language = QLineEdit(), QLineEdit(), QLineEdit()
        self.quality = QComboBox()
        self.columns = Columns(self)
        self.preview, self.read_as = QPlainTextEdit(), plain_label(quiet=True, wrap=True)
        self.said = plain_label(wrap=True)
        self._form = QFormLayout()
        self._buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self._previewer = Previewer(self)
        self._fill()
        self._build()
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.currentRowChanged.connect(self._show_preview)
        self._previewer.found.connect(self._show)
        self._previewer.waiting.connect(lambda: self.read_as.setText("Reading…"))
        self._previewer.slow.connect(self._clear)
        self.encoding.activated.connect(self._on_encoding)
        self.boilerplate.activated.connect(self._show_preview)
        self.columns.changed.connect(self._on_columns)
        self.list.setCurrentRow(0)
        self._show_preview()
        self.publisher.setFocus()

    def _fill(self) -> None:
        self.encoding.addItem("as recognised", _GUESS)
        for encoding in ENCODINGS:
            self.encoding.addItem(encoding, encoding)
        self.boilerplate.addItem("leave out: menus, links and running lines", userData=False)
        self.boilerplate.addItem("keep, as zones that are out of play", userData=True)
        for quality in TextQuality:
            self.quality.addItem(quality.value, quality)
        self.published.setPlaceholderText("2021-08-22; “Friday” means nothing without it")
        self.published.setValidator(QRegularExpressionValidator(_DATE, self.published))
        self.language.setPlaceholderText("en, fa, ar, …")
        if self._files:
            self.publisher.setPlaceholderText("empty: what each file says of itself, here and below")
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("Preview")

    def _build(self) -> None:
        do = self._do = self._buttons.addButton(self._wanted(), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        do.setDefault(True)
        self.published.textChanged.connect(self._offer)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        middle = QHBoxLayout()
        left = QVBoxLayout()
        if self._files:
            left.addWidget(self.list, 1)
            if len(self._files) > _LISTED:
                left.addWidget(plain_label(f"… and {len(self._files) - _LISTED:,} more", quiet=True))
            middle.addLayout(left, 2)
        right = QVBoxLayout()
        right.addWidget(self.said)
        right.addWidget(self.preview, 1)
        right.addWidget(self.read_as)
        middle.addLayout(right, 3)
        whole.addLayout(middle, 1)
        whole.addWidget(self.columns)
        whole.addLayout(self._rows())
        whole.addWidget(self._buttons)

    def _wanted(self) -> str:
        number = len(self._files)
        if any(may_hold_many(file) for file in self._files):
            return f"Import {number:,} {'file' if number == 1 else 'files'}"
        return f"Import {number or 1:,} {'article' if number <= 1 else 'articles'}"

    def _rows(self) -> QFormLayout:
        form = self._form
        form.addRow("Read selected as", self.encoding)
        form.addRow("Boilerplate", self.boilerplate)
        form.addRow("Publisher", self.publisher)
        form.addRow("Published", self.published)
        form.addRow("Language", self.language)
        form.addRow("Text quality", self.quality)
        form.setRowVisible(self.encoding, bool(self._files))
        form.setRowVisible(self.boilerplate, any(may_have_boilerplate(file) for file in self._files))
        return form

    def _offer(self) -> None:
        """Not with half a date, nor where the only file would be left out."""
        self._do.setEnabled(is_date(self.published.text()) and not self._is_vain)

    def accept(self) -> None:
        """Not with half a date."""
        if is_date(self.published.text().strip()):
            super().accept()
        else:
            self.published.setFocus()

    def done(self, result: int) -> None:
        """A preview under way is given up."""
        self._previewer.stop()
        super().done(result)

    def about(self) -> About:
        """What was entered, for all of them."""
        return About(
            publisher=self.publisher.text().strip(),
            published=self.published.text().strip(),
            language=self.language.text().strip(),
            text_quality=TextQuality(self.quality.currentData()),
            keeps_boilerplate=bool(self.boilerplate.currentData()),
        )

    def _on_encoding(self) -> None:
        """Overrules the guess for the files that are selected; Ctrl+A selects all."""
        chosen = str(self.encoding.currentData())
        rows = {index.row() for index in self.list.selectedIndexes()} or {max(self.list.currentRow(), 0)}
        everything = len(rows) == self.list.count()
        for file in self._files if everything else [self._files[row] for row in rows]:
            self.encodings[file] = chosen
        self._show_preview()

    def _on_columns(self) -> None:
        """What is said of one table is true of all with the same columns."""
        self.by_head[self.columns.head] = self.columns.chosen()
        self._show_preview()

    def _file(self) -> Path:
        return self._files[max(self.list.currentRow(), 0)]

    def _show_preview(self) -> None:
        if not self._files:
            self.said.hide()
            self.preview.setPlainText(self._text[:_SHOWN])
            self.read_as.setText(f"{len(self._text):,} characters from the clipboard")
            return
        chosen = self.encodings.get(self._file(), _GUESS)
        self.encoding.setCurrentIndex(self.encoding.findData(chosen))
        self._previewer.read(self._file(), self.about(), chosen, self.by_head)

    def _clear(self) -> None:
        self.said.hide()
        self.preview.setPlainText("")

    def _show(self, shown: Preview) -> None:
        self._form.setRowVisible(self.encoding, shown.is_text or bool(self.encodings.get(self._file())))
        if not shown.head or shown.head != self.columns.head or not self.columns.isVisibleTo(self):
            self.columns.show_table(shown.head, shown.columns)
        said = said_of(shown)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.preview.setPlainText(words_of(shown))
        self.read_as.setText(_sentence(self._file().name, shown))
        # What will be left out must not be as quiet as what is only told.
        is_bad = bool(shown.fault) or not shown.articles
        self._is_vain = is_bad and len(self._files) == 1
        self._offer()
        roles = QPalette.ColorRole
        self.read_as.setForegroundRole(roles.WindowText if is_bad else roles.PlaceholderText)
        needs_text = is_bad and bool(shown.head) and not shown.columns.get("text")
        self.preview.setPlaceholderText("Choose below which column has the text." if needs_text else "")


def _sentence(name: str, shown: Preview) -> str:
    if shown.fault:
        return f"{name} will be left out: {shown.fault}."
    if not shown.articles:
        return f"{name}: nothing in it can be read. {' '.join(shown.problems[:2])}"
    count, letters = len(shown.articles), sum(len(article.text) for article in shown.articles)
    if shown.is_text:
        encoding = shown.articles[0].encoding
        how = "" if shown.is_sure else " – a guess: choose another encoding below if it looks wrong"
        what = f"{letters:,} characters, read as {encoding}{how}"
    elif count > 1:
        what = f"{shown.kind}: the first {count:,} articles"
    else:
        what = f"{shown.kind}, {letters:,} characters"
    if shown.entries:
        what = f"{shown.entries:,} documents in the archive; the first: {what}"
    problems = f" – {len(shown.problems):,} to look at, the first: {shown.problems[0]}" if shown.problems else ""
    return f"{what}{problems}"
