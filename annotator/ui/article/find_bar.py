"""Finding words in the article: type, Enter goes on, Escape goes back to the text with the hit selected."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from annotator.domain.names import fold
from annotator.domain.spans import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.widgets.plain import plain_label


class FindBar(QWidget):
    """A line under the article; case and accents do not matter."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view
        self._hits: list[Span] = []
        self._text, self._wanted = "", ""
        self.box = QLineEdit(placeholderText="Find in this article", clearButtonEnabled=True)
        self.box.setAccessibleName("Find in this article")
        self.box.setMaximumWidth(360)
        self._count = plain_label(quiet=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 4, 12, 4)
        row.addWidget(self.box, 2)
        for sign, tip, forward in (("‹", "Previous (Shift+F3)", False), ("›", "Next (F3)", True)):
            button = QToolButton()
            button.setText(sign)
            button.setToolTip(tip)
            button.setAutoRaise(True)
            button.clicked.connect(lambda _=False, forward=forward: self.step(forward=forward))
            row.addWidget(button)
        row.addWidget(self._count, 1)
        self.box.textChanged.connect(self._on_typed)
        self.hide()

    def open(self) -> None:
        """Shows the line with what is selected in it."""
        selection = self._view.selection()
        if selection is not None and len(selection) < 100:
            self.box.setText(selection.cut(self._view.text))
        self.show()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def step(self, *, forward: bool) -> None:
        """Selects the next or previous hit, round and round."""
        self._search()
        if not self._hits:
            return
        selection = self._view.selection()
        place = (selection.end if forward else selection.start) if selection else self._view.caret
        if forward:
            hit = next((hit for hit in self._hits if hit.start >= place), self._hits[0])
        else:
            hit = next((hit for hit in reversed(self._hits) if hit.end <= place), self._hits[-1])
        self._select(hit)

    def _on_typed(self) -> None:
        self._search()
        selection = self._view.selection()
        place = selection.start if selection else self._view.caret
        hit = next((hit for hit in self._hits if hit.start >= place), self._hits[0] if self._hits else None)
        if hit is not None:
            self._select(hit)
        elif not self.box.text():
            self._count.setText("")

    def _select(self, hit: Span) -> None:
        self._view.show_span(hit)
        self._view.select(hit)
        self._count.setText(f"{self._hits.index(hit) + 1} of {len(self._hits)}")

    def _search(self) -> None:
        wanted = fold(self.box.text())
        if (wanted, self._view.text) == (self._wanted, self._text):
            return
        self._wanted, self._text = wanted, self._view.text
        self._hits = list(_hits(self._text, wanted)) if wanted else []
        if not self._hits:
            self._count.setText("Not found")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Escape leaves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.step(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)


def _hits(text: str, wanted: str) -> list[Span]:
    """Where the folded words occur. Folding may change lengths, so places are kept letter by letter."""
    plain, places = [], []
    for place, letter in enumerate(text):
        if letter == "\r" and text[place + 1 : place + 2] == "\n":
            continue
        for part in _folded_letter(letter):
            plain.append(part)
            places.append(place)
    haystack, hits, start = "".join(plain), [], 0
    while (start := haystack.find(wanted, start)) >= 0:
        last = start + len(wanted) - 1
        hits.append(Span(places[start], places[last] + 1))
        start += len(wanted)
    return hits


def _folded_letter(letter: str) -> str:
    if letter.isascii():
        return " " if letter.isspace() else letter.lower()
    return fold(letter) or (" " if letter.isspace() else "")
