"""My corrections: where the agreed result differs from what one recorded, and why; saved as a page that prints."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.errors import AnnotatorError
from annotator.services.corrections import Correction, corrections, said, save_page
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_new_file
from annotator.ui.edits import short
from annotator.ui.widgets.cards import Roomy
from annotator.ui.widgets.closing import close_box
from annotator.ui.widgets.plain import plain_label, plain_row, tell
from annotator.ui.widgets.widths import letters

_COLUMNS = ("Article", "Recorded", "Agreed", "Why", "Who decided")


class CorrectionsDialog(QDialog):
    """go is called with a correction whose place in the text is to be shown."""

    def __init__(self, desk: Desk, go: Callable[[Correction], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._go = desk, go
        self._found: list[Correction] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Corrections")
        self.resize(1040, 560)
        self.person = QComboBox()
        self.person.setAccessibleName("Whose corrections")
        self._people = [one for one in desk.workspace.records.annotators() if one.kind is not AnnotatorKind.CONSENSUS]
        for one in self._people:
            self.person.addItem(short(one.name), one.id)
        self.person.setCurrentIndex(max(0, self.person.findData(desk.workspace.author.annotator)))
        self.count = plain_label(quiet=True)
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setAccessibleName("Corrections")
        self.table.setHorizontalHeaderLabels(_COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        for column, mode in enumerate((QHeaderView.ResizeMode.Interactive, *(QHeaderView.ResizeMode.Stretch,) * 3)):
            header.setSectionResizeMode(column, mode)
        header.setSectionResizeMode(len(_COLUMNS) - 1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setColumnWidth(0, letters(self.table, 18))
        self.table.setItemDelegate(Roomy(self.table))
        self.buttons = close_box(self)
        self._page = self.buttons.addButton("Save as page…", QDialogButtonBox.ButtonRole.ActionRole)
        self._page.clicked.connect(self._save)
        whole = QVBoxLayout(self)
        whose = QFormLayout()
        plain_row(whose, "Of what was recorded by", self.person)
        whole.addLayout(whose)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.count)
        whole.addWidget(self.buttons)
        self.person.currentIndexChanged.connect(self._read)
        self.table.activated.connect(lambda index: self._show(index.row()))
        self._read()
        self.table.setFocus()

    def _person(self) -> Annotator:
        return self._people[self.person.currentIndex()]

    def _read(self) -> None:
        self._found = list(corrections(self._desk.workspace, self._person().id)) if self._people else []
        self.table.setRowCount(len(self._found))
        for row, one in enumerate(self._found):
            why = ": ".join(part for part in (one.reason, one.note) if part)
            cells = (
                one.article.title,
                said(one, one.own),
                said(one, one.agreed),
                why,
                f"{one.reviewer}, {one.at[:10]}",
            )
            for column, words in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(short(words, 1_000)))
        number = len(self._found)
        places = f"{number:,} place{'' if number == 1 else 's'} where the agreed result differs"
        none = "Nothing that was decided differs from what was recorded."
        self.count.setText(f"{places}. Enter shows one in the text." if number else none)
        self._page.setEnabled(number > 0)
        self.table.resizeRowsToContents()
        if number:
            self.table.setCurrentCell(0, 0)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._found):
            one = self._found[row]
            self.accept()
            self._go(one)

    def _save(self) -> None:
        offered = Path(self._desk.workspace.records.path).with_name(f"Corrections for {self._person().name}.html")
        target = ask_new_file(self, "Save as page", offered, "Web page (*.html)")
        if target is None:
            return
        try:
            save_page(self._desk.workspace, self._person(), self._found, target)
        except AnnotatorError as error:
            tell(self, "Save as page", str(error))
            return
        self._desk.notices.said.emit(f"Saved as {target.name}.")
