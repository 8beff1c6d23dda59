"""Tag all the same: the other places with the words just tagged, looked through in the text and tagged in one edit."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from annotator.domain.mentions import Mention
from annotator.domain.occurrences import Searchable
from annotator.domain.spans import Span
from annotator.editing import repeating
from annotator.ui.article.find_bar import hit_marks, step_button
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.plain import isolated, plain_label


class SameBar(QFrame):
    """A line under the article with the keyboard on it. everywhere opens the search in all articles."""

    def __init__(self, desk: Desk, view: ArticleView, everywhere: Callable[[str], None]) -> None:
        super().__init__()
        self._desk, self._view, self._everywhere = desk, view, everywhere
        self._mention: Mention | None = None
        self._hits: list[Span] = []
        self._left_out: set[Span] = set()
        self._at = 0
        self._searchable = Searchable("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Tag all the same")
        self.words = plain_label()
        self.count = plain_label(quiet=True)
        self.whole, self.case = QCheckBox("&Whole words"), QCheckBox("Match &case")
        self.whole.setChecked(True)
        self.take_button, self.all_button = QPushButton("Tag"), QPushButton("In &all articles…")
        self._build()
        desk.contents.shown.connect(self.hide)
        desk.contents.edited.connect(self.hide)
        self.hide()

    def _build(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.words, 1)
        first.addWidget(self.whole)
        first.addWidget(self.case)
        hint = plain_label("Left, Right look through; Space leaves out; Enter tags", quiet=True)
        second.addWidget(step_button("‹", "Previous (Left)", lambda: self._step(-1)))
        second.addWidget(step_button("›", "Next (Right)", lambda: self._step(1)))
        second.addWidget(self.count)
        second.addWidget(hint, 1)
        second.addWidget(self.all_button)
        second.addWidget(self.take_button)
        self.count.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(36, 6, 12, 6)
        whole.addLayout(first)
        whole.addLayout(second)
        for box in (self.whole, self.case):
            box.toggled.connect(self._search)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take_button.clicked.connect(self._take)
        self.all_button.clicked.connect(self._go_everywhere)

    def open(self, mention: Mention) -> None:
        """Offers the other places with the words of a mention."""
        self._mention = mention
        self.case.blockSignals(True)  # noqa: FBT003 - Qt's own
        # Short words such as “US” mean something else in small letters.
        self.case.setChecked(len(mention.quote) <= 3)
        self.case.blockSignals(False)  # noqa: FBT003
        label = self._desk.schema.label(mention.label).name
        entity = self._desk.contents.entity(mention.entity)
        named = f", {isolated(short(entity.name))}" if entity else ""
        self.words.setText(f"Tag all {isolated(f'“{short(mention.quote)}”')} as {label}{named}")
        self._search()
        if not self._hits:
            self._desk.notices.refused.emit(f"“{short(mention.quote)}” stands nowhere else untagged in this article.")
            self.hide()
            return
        self.show()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self._show)  # the article is smaller now, and the place must be in what is left of it

    def _search(self) -> None:
        mention = self._mention
        if mention is None:
            return
        if self._searchable.text != self._view.text:
            self._searchable = Searchable(self._view.text)
        found = self._searchable.find(
            mention.quote, whole_words=self.whole.isChecked(), match_case=self.case.isChecked()
        )
        self._hits = [hit for hit in found if not self._is_tagged(hit, mention.label)]
        self._left_out = set()
        self._at = next((n for n, hit in enumerate(self._hits) if hit.start >= mention.hull.end), 0)
        self._show()

    def _is_tagged(self, hit: Span, label: str) -> bool:
        """Whether a mention of that label covers the place, or any mention just these words."""
        here = self._view.board.at(hit.start)
        return any(
            (mark.style == label and any(span.contains(hit) for span in mark.spans)) or mark.spans == (hit,)
            for mark in here
        )

    def _show(self) -> None:
        if self._mention is None:
            return
        left = len(self._hits) - len(self._left_out)
        self.count.setText(f"{self._at + 1:,} of {len(self._hits):,}, {left:,} chosen" if self._hits else "None")
        self.take_button.setText(f"Tag {left:,}")
        self.take_button.setEnabled(left > 0)
        self._view.board.show_hits(hit_marks(self._hits, self._at, frozenset(self._left_out), at=self._at))
        if self._hits:
            self._view.reveal(self._hits[self._at])

    def _step(self, step: int) -> None:
        if self._hits:
            self._at = (self._at + step) % len(self._hits)
            self._show()

    def _leave_out(self) -> None:
        if self._hits:
            self._left_out ^= {self._hits[self._at]}
            self._show()

    def _take(self) -> None:
        mention, wanted = self._mention, [hit for hit in self._hits if hit not in self._left_out]
        if mention is None or not wanted:
            return
        places = [repeating.Place(mention.article, hit) for hit in wanted]
        if self._desk.do(repeating.tag_all, places, mention.label, mention.entity) is not None:
            self._desk.notices.said.emit(f"Tagged {len(wanted):,} more; one undo takes them back.")
        self._leave()

    def _go_everywhere(self) -> None:
        mention = self._mention
        self._leave()
        if mention is not None:
            self._everywhere(mention.quote)

    def _leave(self) -> None:
        self.hide()
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Goes through the places, leaves out, tags, or leaves."""
        match event.key():
            case Qt.Key.Key_Right | Qt.Key.Key_Down | Qt.Key.Key_G:
                self._step(1)
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Space:
                self._leave_out()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take()
            case Qt.Key.Key_Escape:
                self._leave()
            case Qt.Key.Key_C:
                self.case.toggle()
            case Qt.Key.Key_W:
                self.whole.toggle()
            case _:
                super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """The marks go with the line."""
        super().hideEvent(event)
        self._view.board.show_hits(())
