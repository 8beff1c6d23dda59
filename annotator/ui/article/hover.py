"""The hover card: what the mention or claim under the mouse is, a moment after the mouse came to rest."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from annotator.domain.claims import Claim
from annotator.domain.ids import ClaimId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.plain import plain_label

_DELAY = 600
"""Milliseconds that the mouse rests before the card comes."""
_WIDTH = 320
_GAP = 10


class HoverCard(QFrame):
    """Comes below the words, never takes the keyboard, goes as soon as the mouse or a key moves on."""

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        super().__init__(view, Qt.WindowType.ToolTip)
        self._desk, self._view = desk, view
        self._place = QPoint()
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(_WIDTH)
        self.heading, self.body, self.foot = plain_label(wrap=True), plain_label(wrap=True), plain_label(quiet=True)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.foot.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 8)
        whole.setSpacing(4)
        for label in (self.heading, self.body, self.foot):
            whole.addWidget(label)
        self._pause = QTimer(self, singleShot=True, interval=_DELAY)
        self._pause.timeout.connect(self._open_under_mouse)
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self._leave)
        view.caret_moved.connect(self._leave)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the mouse over the text."""
        match event.type():
            case QEvent.Type.MouseMove if isinstance(event, QMouseEvent):
                place = event.position().toPoint()
                if (place - self._place).manhattanLength() > 2:
                    self._leave()
                    self._place = place
                    if not event.buttons():
                        self._pause.start()
            case QEvent.Type.Leave | QEvent.Type.MouseButtonPress | QEvent.Type.Wheel | QEvent.Type.Hide:
                self._leave()
            case QEvent.Type.ShortcutOverride | QEvent.Type.KeyPress | QEvent.Type.FocusOut if watched is self._view:
                self._leave()  # also before a key that opens something else
        return super().eventFilter(watched, event)

    def _leave(self) -> None:
        self._pause.stop()
        if self.isVisible():
            self.hide()

    def _open_under_mouse(self) -> None:
        offset = self._view.exact_offset_at(self._place)
        if offset is not None:
            self.open_at(offset)

    def open_at(self, offset: int) -> bool:
        """Shows what stands at an offset; False when nothing is marked there."""
        contents = self._desk.contents
        mentions = [contents.mention(MentionId(mark.id)) for mark in self._view.board.at(offset)]
        mention = next((mention for mention in mentions if mention is not None), None)
        parts = self._view.board.claims_at(offset)
        claim = contents.claim(ClaimId(parts[0].id.partition("/")[0])) if parts else None
        if mention is not None:
            self._describe_mention(mention)
            self._show_below(mention.hull)
        elif claim is not None:
            self._describe_claim(claim)
            self._show_below(Span(offset, offset + 1))
        return mention is not None or claim is not None

    def _describe_mention(self, mention: Mention) -> None:
        label = self._desk.schema.label(mention.label)
        entity = self._desk.contents.entity(mention.entity)
        named = f": {entity.name}" if entity else ": no entity yet" if label.links_to_entity else ""
        self.heading.setText(f"{label.name}{named}")
        lines = [", ".join(filter(None, (mention.level, mention.used_as, "unsure" if mention.unsure else "")))]
        if entity is not None:
            others = [alias.text for alias in entity.aliases]
            lines += [entity.kind.capitalize() + (f", also called {', '.join(others)}" if others else "")]
            lines += [short(entity.description, 200)] if entity.description else []
        lines += [f"Note: {short(mention.note, 300)}"] if mention.note else []
        self.body.setText("\n".join(lines))
        self.foot.setText(self._desk.signature(mention.author, mention.created, mention.changed))

    def _describe_claim(self, claim: Claim) -> None:
        from annotator.services.accounts import account
        from annotator.ui.models.claim_table import day_words, number_words

        chain = account(self._desk.workspace, claim).path
        self.heading.setText(" › ".join((*chain, f"“{short(claim.quote, 120)}”")))
        values = (claim.source_type, claim.act, claim.manner, claim.stance, claim.certainty, claim.medium)
        lines = [", ".join(value for value in values if value) + (", unsure" if claim.unsure else "")]
        event = claim.event
        told = [*map(number_words, event.quantities), day_words(event.date)]
        lines += [", ".join(filter(None, told))] if any(told) else []
        lines += [f"Note: {short(claim.note, 300)}"] if claim.note else []
        self.body.setText("\n".join(lines))
        self.foot.setText(self._desk.signature(claim.author, claim.created, claim.changed))

    def _show_below(self, span: Span) -> None:
        layout = self.layout()
        assert layout is not None
        self.setFixedHeight(layout.heightForWidth(_WIDTH))
        words = self._view.place_of(span)
        corner = self._view.viewport().mapToGlobal(words.bottomLeft().toPoint() + QPoint(0, _GAP))
        screen = self._view.screen().availableGeometry()
        if corner.y() + self.height() > screen.bottom():
            corner.setY(corner.y() - int(words.height()) - self.height() - 2 * _GAP)
        corner.setX(min(corner.x(), screen.right() - self.width()))
        self.move(corner)
        self.show()
