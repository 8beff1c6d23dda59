"""Telling a screen reader what the eye sees: where one has come to, and what the status bar says."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short


class Announcer(QObject):
    """announced is sent with every word that is said."""

    announced = Signal(str)

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._shown = ("", "")
        desk.focus.changed.connect(self._on_focus)
        for notice in (desk.notices.said, desk.notices.refused, desk.notices.failed):
            notice.connect(self.say)

    def say(self, words: str) -> None:
        """Says something at the next pause."""
        self.announced.emit(words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def _on_focus(self) -> None:
        contents, focus = self._desk.contents, self._desk.focus
        mention, claim = contents.mention(focus.mention), contents.claim(focus.claim)
        chosen = (focus.latest, mention.id if mention else claim.id if claim else "")
        if chosen == self._shown:
            return
        self._shown = chosen
        if mention is not None:
            self.say(self._mention_words(mention))
        elif claim is not None and focus.latest == "claim":
            self.say(_claim_words(claim))

    def _mention_words(self, mention: Mention) -> str:
        label = self._desk.schema.label(mention.label)
        entity = self._desk.contents.entity(mention.entity)
        named = entity.name if entity else mention.quote
        unlinked = ", no entity yet" if entity is None and label.links_to_entity else ""
        return f"{label.name}: {named}{unlinked}{', unsure' if mention.unsure else ''}"


def _claim_words(claim: Claim) -> str:
    sources = " and ".join(source.quote for source in claim.sources) or "nobody named"
    return f"Claim by {sources}: {short(claim.quote, 120)}"
