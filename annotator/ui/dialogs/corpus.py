"""Before an annotated corpus comes in: what is in it, and which of the schema's labels its labels become."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.services import corpora
from annotator.services.corpora import LEAVE_OUT, NEW, Reader, Scan
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.pages.reading import Reader as Reading
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.sheets import sheet
from annotator.ui.widgets.widths import letters

_SHOWN = 3_000
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROW = 32
"""Pixels: as high as a box to choose from needs."""


def _under(heading: str, *parts: tuple[QWidget, int]) -> QWidget:
    """Widgets under quiet words, each with its share of the height."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(plain_label(heading, quiet=True))
    for part, share in parts:
        column.addWidget(part, share)
    return whole


class CorpusDialog(QDialog):
    """Reads the whole corpus once in the background. Accepted when the user says import; labels tells the mapping."""

    def __init__(self, desk: Desk, reader: Reader, paths: list[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found = Scan()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Import: {reader.title}")
        self.resize(letters(self, 120), 620)
        self.sentence = plain_label(wrap=True)
        self.table = sheet("Labels", ("Label in the file", "Mentions", "Becomes"))
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.setColumnWidth(1, letters(self.table, 8))
        self.table.setColumnWidth(2, letters(self.table, 18))
        heading = self.table.horizontalHeaderItem(1)
        if heading is not None:
            heading.setTextAlignment(_RIGHT)
        self.list, self.preview = QListWidget(), QPlainTextEdit()
        self.list.setAccessibleName("First articles")
        self.list.setItemDelegate(AiryRows(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("Text of the article")
        self.problems = plain_label(wrap=True)
        self.problems.hide()
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self._import = self.buttons.addButton("Import", QDialogButtonBox.ButtonRole.AcceptRole)
        self._import.setEnabled(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._build()
        self._reading: Reading[None] = Reading(desk, "Reading the corpus", self._say)
        self._reading.read(lambda: corpora.scan(reader, paths, self.found), lambda _: None)
        self.list.currentRowChanged.connect(self._preview)

    def _build(self) -> None:
        splitter = QSplitter()
        splitter.setHandleWidth(12)
        splitter.addWidget(_under("Labels, and which of the project's they become", (self.table, 1)))
        splitter.addWidget(_under("The first articles", (self.list, 1), (self.preview, 3)))
        splitter.setSizes([480, 500])
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.addWidget(self.sentence)
        whole.addWidget(splitter, 1)
        whole.addWidget(self.problems)
        whole.addWidget(self.buttons)

    def _say(self, words: str) -> None:
        if words:
            self.sentence.setText(words)
            return
        found, mentions = self.found, self.found.labels.total()
        people = f" by {len(found.annotators):,} annotators" if found.annotators else ""
        self.sentence.setText(
            f"Articles: {found.articles:,}, with mentions: {mentions:,}, claims: {found.claims:,}, "
            f"zones: {found.zones:,}{people}. One undo takes the import back."
            if found.articles or not found.labels
            else f"A codebook: labels: {len(found.labels):,}, no articles. Its labels can be added to the schema."
        )
        problems = found.findings.problems
        if problems:
            self.problems.show()
            first = short(str(problems[0]), 200)
            several = f"{len(problems):,} problems, the first: {first}"
            self.problems.setText(several if len(problems) > 1 else f"1 problem: {first}")
        proposed = corpora.proposed_labels(found.labels, self._desk.schema)
        self.table.setRowCount(len(found.labels))
        for row, (label, count) in enumerate(found.labels.most_common()):
            self.table.setItem(row, 0, QTableWidgetItem(label))
            number = QTableWidgetItem(f"{count:,}")
            number.setTextAlignment(_RIGHT)
            self.table.setItem(row, 1, number)
            self.table.setCellWidget(row, 2, self._choice(label, proposed[label]))
        self.list.addItems([short(article.title, 80) for article in found.first])
        self.list.setCurrentRow(0)
        self._import.setEnabled(bool(found.articles or found.labels))

    def _choice(self, label: str, proposed: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"{label} becomes")
        for known in self._desk.schema.labels:
            box.addItem(known.name, known.key)
        box.addItem(f"a new label “{label}”", NEW)
        box.addItem("nothing: leave out", LEAVE_OUT)
        box.setCurrentIndex(max(0, box.findData(proposed)))
        return box

    def labels(self) -> dict[str, str]:
        """What each label of the file becomes."""
        mapped = {}
        for row in range(self.table.rowCount()):
            item, box = self.table.item(row, 0), self.table.cellWidget(row, 2)
            if item is not None and isinstance(box, QComboBox):
                mapped[item.text()] = str(box.currentData())
        return mapped

    def _preview(self, row: int) -> None:
        articles = self.found.first
        self.preview.setPlainText(articles[row].text[:_SHOWN] if 0 <= row < len(articles) else "")

    def done(self, result: int) -> None:
        """Reading under way is given up."""
        self._reading.stop()
        super().done(result)
