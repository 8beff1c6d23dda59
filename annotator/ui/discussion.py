"""Threads of comments: a list, the chosen thread in full, and a field to begin one or to answer."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.comments import Mark
from annotator.domain.edits import Edit
from annotator.domain.spans import Span
from annotator.editing import commenting
from annotator.ui.desk import Desk
from annotator.ui.models.queue import ROW
from annotator.ui.models.threads import FILTERS, ThreadListModel, ThreadRow
from annotator.ui.widgets.cards import PAD, CardDelegate, Look, card_list, font_of, line_height, row_size, write
from annotator.ui.widgets.plain import plain_label

_LABELS = {"open": "Open threads", "all": "All threads", "to me": "Threads that name me"}


class _Field(QPlainTextEdit):
    """Ctrl+Enter says it; Escape leaves it."""

    def __init__(self, owner: "Discussion") -> None:
        super().__init__()
        self._owner = owner
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter is this field's while one types in it, whatever action has it elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _says(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in every field, and two of its own."""
        if _says(event):
            self._owner.say()
        elif event.key() == Qt.Key.Key_Escape:
            self._owner.leave()
        else:
            super().keyPressEvent(event)


def _says(event: QKeyEvent) -> bool:
    is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return is_enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class Discussion(QWidget):
    """What a new comment is about is what is chosen: a selection, a mention, a claim, an entity, or the article."""

    def __init__(self, desk: Desk, view: Any) -> None:
        super().__init__()
        self._desk, self._view = desk, view
        self._model = ThreadListModel(desk)
        self.filter = QComboBox()
        self.filter.setAccessibleName("Which threads")
        for key in FILTERS:
            self.filter.addItem(_LABELS[key], key)
        self.list = card_list(_ThreadDelegate(), "Comments")
        self.list.setModel(self._model)
        self.spoken = QPlainTextEdit()
        self.spoken.setReadOnly(True)
        self.spoken.setAccessibleName("The thread")
        self.spoken.setPlaceholderText("No thread here. What you ask or note below begins one.")
        self.about = plain_label(quiet=True)
        self.field = _Field(self)
        self.field.setAccessibleName("Comment")
        self.field.setPlaceholderText("A question or a note; Ctrl+Enter adds it")
        self.field.setMaximumHeight(64)
        self.new, self.answer, self.resolve = QPushButton("Comment"), QPushButton("Reply"), QPushButton("Resolve")
        self._answers = False
        self._build()
        desk.contents.shown.connect(self._read)
        desk.contents.edited.connect(self._on_edited)
        desk.focus.changed.connect(self._on_focus)
        desk.names.changed.connect(self._read)
        self._read()

    def _build(self) -> None:
        self.new.setToolTip("Begins a thread on what is chosen (Ctrl+Enter)")
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.list)
        parts.addWidget(self.spoken)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        buttons = QHBoxLayout()
        buttons.addWidget(self.resolve)
        buttons.addStretch(1)
        buttons.addWidget(self.answer)
        buttons.addWidget(self.new)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(PAD, PAD, PAD, PAD)
        whole.addWidget(self.filter)
        whole.addWidget(parts, 1)
        whole.addWidget(self.about)
        whole.addWidget(self.field)
        whole.addLayout(buttons)
        self.setFocusProxy(self.field)
        self.filter.currentIndexChanged.connect(self._on_filter)
        self.list.selectionModel().currentChanged.connect(self._show)
        self.list.clicked.connect(self._go)
        self.list.activated.connect(self._go)
        self.new.clicked.connect(self._begin_thread)
        self.answer.clicked.connect(self._reply)
        self.resolve.clicked.connect(self._resolve)

    # Reading

    def _on_filter(self) -> None:
        self._model.filter = str(self.filter.currentData())
        self._read()

    def _on_edited(self, edit: Edit) -> None:
        if any(type(change.record).__name__ == "Comment" for change in edit.changes):
            row = self._row()
            self._read(row.thread.first.id if row else "")

    def _on_focus(self) -> None:
        self._name_about()
        if self._desk.focus.latest == "entity":
            self._read()

    def _read(self, chosen: str = "") -> None:
        self._model.read()
        index = self._model.row_of(chosen) if chosen else QModelIndex()
        self.list.setCurrentIndex(index if index.isValid() else self._model.index(0))
        self._show()
        self._name_about()

    def _row(self) -> ThreadRow | None:
        row = self.list.currentIndex().data(ROW)
        return row if isinstance(row, ThreadRow) else None

    def _show(self) -> None:
        row = self._row()
        self.answer.setEnabled(row is not None)
        self.resolve.setEnabled(row is not None)
        if row is None:
            self.spoken.setPlainText("")
            return
        thread = row.thread
        self.spoken.setPlainText("\n\n".join(row.said(one) for one in (thread.first, *thread.replies)))
        self.resolve.setText("Reopen" if thread.is_resolved else "Resolve")

    def _go(self) -> None:
        """Shows in the text what the thread is about."""
        row = self._row()
        if row is None:
            return
        first = row.thread.first
        if first.spans:
            self._show_words(first.spans[0])
        elif (mention := self._desk.contents.mention(first.about)) is not None:  # type: ignore[arg-type]
            self._desk.focus.choose_mention(mention.id, mention.entity)
            self._show_words(mention.hull)
        elif (claim := self._desk.contents.claim(first.about)) is not None:  # type: ignore[arg-type]
            self._desk.focus.choose_claim(claim.id)
            self._show_words(claim.hull)

    def _show_words(self, span: Span) -> None:
        self._view.select(span)
        self._view.reveal(span)

    # Saying

    def _subject(self) -> tuple[str, tuple[Span, ...], str]:
        """The record or the words that a new comment is about, and how they are called."""
        focus, contents = self._desk.focus, self._desk.contents
        chosen = self._view.selection()
        span = chosen.trimmed(contents.text) if chosen is not None else None
        if span is not None:
            return "", (span,), f"“{span.cut(contents.text)}”"
        if focus.latest == "mention" and (mention := contents.mention(focus.mention)) is not None:
            return mention.id, (), f"mention “{mention.quote}”"
        if focus.latest == "claim" and (claim := contents.claim(focus.claim)) is not None:
            return claim.id, (), f"claim “{claim.quote}”"
        if focus.latest == "entity" and focus.entity is not None:
            return focus.entity, (), f"entity {self._desk.workspace.records.entity(focus.entity).name}"
        return "", (), "the article"

    def _name_about(self) -> None:
        self.about.setText(" ".join(f"A new comment is on {self._subject()[2]}".split()))
        self.new.setEnabled(self._desk.focus.article is not None or self._desk.focus.entity is not None)

    def begin(self) -> None:
        """Puts the keyboard into the field, for a new comment."""
        self._name_about()
        self._answers = False
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Gives the keyboard back to the text."""
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self) -> None:
        """Ctrl+Enter: what was begun last."""
        if self._answers:
            self._reply()
        else:
            self._begin_thread()

    def _begin_thread(self) -> None:
        about, spans, _ = self._subject()
        article = None if self._desk.focus.latest == "entity" and about else self._desk.focus.article
        self._do(lambda: self._desk.workspace.do(commenting.comment, article, self.field.toPlainText(), about, spans))

    def _reply(self) -> None:
        row = self._row()
        if row is None:
            return
        if not self.field.toPlainText().strip():
            self._answers = True
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._do(lambda: self._desk.workspace.do(commenting.reply, row.thread.first.id, self.field.toPlainText()))

    def _resolve(self) -> None:
        row = self._row()
        if row is None:
            return
        mark = Mark.REOPENS if row.thread.is_resolved else Mark.RESOLVES
        self._do(lambda: self._desk.workspace.do(commenting.reply, row.thread.first.id, self.field.toPlainText(), mark))

    def _do(self, act: Any) -> None:
        edit = self._desk.attempt(act)
        if edit is None:
            return
        self.field.clear()
        self._answers = False
        made = next(change.after for change in edit.changes if change.after is not None)
        self._read(made.id)
        if self._row() is None:  # resolved, and resolved ones are not listed
            self._show()


class _ThreadDelegate(CardDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Who and when, what it is about, what was said first."""
        del index
        return row_size(3 * line_height(font_of(option)) + 2 * PAD + 4)

    def draw(self, painter: QPainter, look: Look, place: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Three lines; resolved ones are quiet."""
        row: ThreadRow = index.data(ROW)
        thread = row.thread
        height = line_height(look.body)
        line = QRect(place.left() + PAD, place.top() + PAD, place.width() - 2 * PAD, height)
        count = len(thread.replies)
        replies = f"{count} repl{'y' if count == 1 else 'ies'}" if count else ""
        state = " · ".join(part for part in (replies, "resolved" if thread.is_resolved else "") if part)
        taken = write(painter, line, state, look.small, look.quiet, right=True)
        who = row.names.get(thread.first.author, "somebody")
        colour = look.quiet if thread.is_resolved else look.text
        write(painter, line.adjusted(0, 0, -taken - PAD, 0), who, look.strong, colour)
        line.translate(0, height + 1)
        write(painter, line, f"on “{' '.join(row.about.split())}”", look.small, look.quiet)
        line.translate(0, height + 1)
        write(painter, line, " ".join(thread.first.text.split()), look.body, colour)
        painter.setPen(look.line)
        painter.drawLine(place.left() + PAD, place.bottom(), place.right() - PAD, place.bottom())
