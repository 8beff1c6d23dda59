"""The characters of an article that do not show: what they are, how many, and where."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from annotator.domain.spans import Span
from annotator.ui.article.hidden import find_hidden, list_hidden
from annotator.ui.article.view import ArticleView
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.closing import close_box
from annotator.ui.widgets.plain import plain_label


class HiddenDialog(QDialog):
    """Enter on a row selects its next place in the text; the window stays open beside it."""

    def __init__(self, view: ArticleView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._places = list(find_hidden(view.text))
        self.setWindowTitle("Hidden characters")
        self.resize(560, 360)
        self.list = QListWidget()
        self.list.setAccessibleName("Hidden characters")
        self.list.setItemDelegate(AiryRows(self.list))
        kinds = list_hidden(view.text)
        for kind in kinds:
            turns = ", changes the writing direction" if kind.turns else ""
            item = QListWidgetItem(f"{kind.count:,} × {kind.name} ({kind.code}){turns}")
            item.setData(Qt.ItemDataRole.UserRole, kind.character)
            self.list.addItem(item)
        found = "Enter goes to the next place. Ctrl+Shift+H shows all of them in the text."
        words = found if kinds else "This article has none: every character in it shows."
        self.list.setCurrentRow(0)
        self.list.itemDoubleClicked.connect(self._go)
        buttons = close_box(self)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]  # a push button: Enter belongs to the list
        whole = QVBoxLayout(self)
        whole.addWidget(plain_label(words, wrap=True, quiet=True))
        whole.addWidget(self.list, 1)
        whole.addWidget(buttons)
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next place."""
        item = self.list.currentItem()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and item is not None:
            self._go(item)
        else:
            super().keyPressEvent(event)

    def _go(self, item: QListWidgetItem) -> None:
        character, view = item.data(Qt.ItemDataRole.UserRole), self._view
        places = [place for place in self._places if view.text[place] == character]
        selection = view.selection()
        after = selection.end if selection else 0
        place = next((place for place in places if place >= after), places[0])
        view.show_span(Span(place, place + 1))
        view.select(Span(place, place + 1))
