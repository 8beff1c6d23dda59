"""What the analyst is at: the one state that panels share."""

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import ArticleId, ClaimId, EntityId, MentionId


class Focus(QObject):
    """Which article is shown and which mention, claim and entity are chosen; a chosen one is never gone.

    changed is sent when any of the three chosen ones changes. What was chosen last is what the inspector shows.
    """

    article_changed = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.article: ArticleId | None = None
        self.mention: MentionId | None = None
        self.claim: ClaimId | None = None
        self.entity: EntityId | None = None
        self.latest = "article"

    def show_article(self, article: ArticleId | None) -> None:
        """Another article; nothing in it is chosen yet."""
        if article == self.article:
            return
        self.article = article
        self.mention = self.claim = self.entity = None
        self.latest = "article"
        self.article_changed.emit()
        self.changed.emit()

    def choose_mention(self, mention: MentionId | None, entity: EntityId | None = None) -> None:
        """A mention, with the entity it names."""
        self._set(mention, self.claim, entity, "mention" if mention else self._rest(self.claim, None))

    def choose_claim(self, claim: ClaimId | None) -> None:
        """A claim; the next sources and cues are its."""
        self._set(None if claim else self.mention, claim, self.entity, "claim" if claim else self._rest(None, None))

    def choose_entity(self, entity: EntityId | None) -> None:
        """An entity: its mentions are marked in the text."""
        self._set(None, self.claim, entity, "entity" if entity else self._rest(self.claim, None))

    def clear(self) -> None:
        """Nothing is chosen."""
        self._set(None, None, None, "article")

    def _rest(self, claim: ClaimId | None, entity: EntityId | None) -> str:
        return "claim" if claim else "entity" if entity else "article"

    def _set(self, mention: MentionId | None, claim: ClaimId | None, entity: EntityId | None, latest: str) -> None:
        chosen = (mention, claim, entity, latest)
        if chosen != (self.mention, self.claim, self.entity, self.latest):
            self.mention, self.claim, self.entity, self.latest = chosen
            self.changed.emit()
