"""Finding words in the article: type, Enter goes on, Escape goes back to the text with the hit selected."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from annotator.domain.occurrences import Searchable
from annotator.domain.spans import Span
from annotator.ui.article.marks import Mark
from annotator.ui.article.view import ArticleView
from annotator.ui.widgets.plain import plain_label, plain_tip

MOST_MARKED = 5_000
"""Hits that are marked at once: those around the one that is shown. All are counted."""


class FindBar(QWidget):
    """A line under the article; accents do not matter, case and whole words only when asked for."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self._view = view
        self._searchable = Searchable("")
        self._hits: list[Span] = []
        self._anchor = self._from = 0
        self._wanted: tuple[str, bool, bool] = ("", False, False)
        self.box = QLineEdit(
            placeholderText="Find in this article; Alt+Enter selects up to it", clearButtonEnabled=True
        )
        self.box.setAccessibleName("Find in this article")
        self.box.setMaximumWidth(360)
        self.count = plain_label(quiet=True)
        self.case, self.whole = toggle("Aa", "Match case (Alt+C)"), toggle("“w”", "Whole words only (Alt+W)")
        row = QHBoxLayout(self)
        row.setContentsMargins(36, 4, 12, 4)
        row.addWidget(self.box, 2)
        for button in (self.case, self.whole):
            button.toggled.connect(self._on_typed)
            row.addWidget(button)
        for sign, tip, forward in (("‹", "Previous (Shift+F3)", False), ("›", "Next (F3)", True)):
            row.addWidget(step_button(sign, tip, partial(self.step, forward=forward)))
        row.addWidget(self.count, 1)
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._on_typed)
        self.hide()

    def open(self) -> None:
        """Shows the line with what is selected in it."""
        selection = self._view.selection()
        self._anchor = self._from = selection.start if selection else self._view.caret
        if selection is not None and len(selection) < 100:
            self.box.setText(selection.cut(self._view.text))
        self.show()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        self._on_typed()

    def step(self, *, forward: bool) -> None:
        """Selects the next or previous hit, round and round."""
        self._search()
        if not self._hits:
            return
        selection = self._view.selection()
        place = (selection.end if forward else selection.start) if selection else self._view.caret
        if forward:
            index = bisect_left(self._hits, place, key=lambda hit: hit.start) % len(self._hits)
        else:
            index = (bisect_right(self._hits, place, key=lambda hit: hit.end) - 1) % len(self._hits)
        self._from = self._hits[index].start
        self._select(index)

    def select_to_hit(self) -> None:
        """Selects from where one was when the line was opened to the hit, with the hit, and leaves."""
        hit = self._view.selection()
        if hit is None or not self._hits:
            return
        self.hide()
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.select(Span(min(self._anchor, hit.start), max(self._anchor, hit.end)))

    def _on_typed(self) -> None:
        if not self.isVisible():
            return
        self._search()
        if self._hits:
            # From where one was, and not from a hit of what stood in the box before or of fewer letters.
            self._select(bisect_left(self._hits, self._from, key=lambda hit: hit.start) % len(self._hits))
        else:
            self.count.setText("Not found" if self.box.text().strip() else "")

    def _select(self, index: int) -> None:
        hit = self._hits[index]
        self._view.show_span(hit)
        self._view.select(hit)
        self.count.setText(f"{index + 1:,} of {len(self._hits):,}")
        if self.isVisible():
            self._view.board.show_hits(hit_marks(self._hits, index))

    def _search(self) -> None:
        wanted = (self.box.text(), self.whole.isChecked(), self.case.isChecked())
        if wanted == self._wanted and self._searchable.text == self._view.text:
            return
        if self._searchable.text != self._view.text:
            self._searchable = Searchable(self._view.text)
        self._wanted = wanted
        self._hits = self._searchable.find(wanted[0], whole_words=wanted[1], match_case=wanted[2])
        if not self._hits:
            self.count.setText("Not found")
            self._view.board.show_hits(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and a letter switch; the box itself would write the letter."""
        if isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            button = {Qt.Key.Key_C: self.case, Qt.Key.Key_W: self.whole}.get(Qt.Key(event.key()))
            if button is not None and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()  # nobody else's in here
                return True
            if button is not None and event.type() is QEvent.Type.KeyPress:
                button.toggle()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Alt+Enter selects up to the hit, Escape leaves."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.select_to_hit()
        elif is_enter:
            self.step(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The marks go with the line."""
        super().hideEvent(event)
        self._view.board.show_hits(())


def hit_marks(hits: list[Span], around: int, left_out: frozenset[Span] = frozenset(), *, at: int = -1) -> list[Mark]:
    """Marks for the hits around one of them; the one at an index is drawn strong, those left out faint."""
    first = max(0, around - MOST_MARKED // 2)
    marks = []
    for index, hit in enumerate(hits[first : first + MOST_MARKED], start=first):
        style = "hit" + (":at" if index == at else "") + (":out" if hit in left_out else "")
        marks.append(Mark(f"hit{index}", (hit,), style))
    return marks


def toggle(sign: str, tip: str) -> QToolButton:
    """A small button that is on or off."""
    button = _button(sign, tip)
    button.setCheckable(True)
    return button


def step_button(sign: str, tip: str, act: Callable[[], None]) -> QToolButton:
    """A small button that does something once."""
    button = _button(sign, tip)
    button.clicked.connect(lambda: act())  # noqa: PLW0108 - clicked would hand over its own argument
    return button


def _button(sign: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(sign)
    button.setToolTip(plain_tip(tip))
    button.setAccessibleName(tip.partition(" (")[0])
    button.setAutoRaise(True)
    return button
