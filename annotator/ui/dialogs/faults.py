"""What is wrong with a schema's JSON: every fault with its line, beside the text it stands in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.schema_checking import Problem
from annotator.ui.widgets.closing import close_box
from annotator.ui.widgets.plain import plain_label, plain_tip
from annotator.ui.widgets.unseen import shown

_MOST_LETTERS = 2_000_000
"""Characters of a file that are shown; a schema has some thousands."""


class Faults(QDialog):
    """Choosing a fault shows its line."""

    def __init__(self, name: str, text: str, found: Sequence[Problem], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("This schema cannot be used yet")
        self.resize(900, 620)
        self.list, self.text = QTreeWidget(), QPlainTextEdit(text[:_MOST_LETTERS])
        self._found = list(found)
        self._build_list()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The file")
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.addWidget(self.list)
        halves.addWidget(self.text)
        halves.setSizes([260, 300])
        buttons = close_box(self)
        number = len(self._found)
        faults = "1 thing is" if number == 1 else f"{number:,} things are"
        whole = QVBoxLayout(self)
        whole.addWidget(
            plain_label(
                f"In {name} {faults} wrong. Mend the file in a text editor and choose it again; nothing was changed.",
                wrap=True,
            )
        )
        whole.addWidget(halves, 1)
        whole.addWidget(buttons)
        self.list.setFocus()

    def _build_list(self) -> None:
        self.list.setColumnCount(2)
        self.list.setHeaderLabels(["Line", "What is wrong"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName("Faults")
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for problem in self._found:
            item = QTreeWidgetItem(self.list, [str(problem.line), shown(problem.message)])
            item.setTextAlignment(0, Qt.AlignmentFlag.AlignRight)
            item.setToolTip(1, plain_tip(problem.message))
        self.list.currentItemChanged.connect(self._show_line)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _show_line(self) -> None:
        row = self.list.currentIndex().row()
        block = self.text.document().findBlockByNumber(self._found[row].line - 1)
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
