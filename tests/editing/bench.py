"""A project with one article to do gestures in: words are named by themselves, results are records."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.articles import Article
from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, EntityId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing import claiming, tagging
from annotator.editing.importing import NewArticle
from annotator.errors import EditRefused
from annotator.paths import resource
from annotator.services.projects import Person, new_project, open_project

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000009"), "Ana")


class Bench:
    """An open project with an article; do any gesture, and look at what came of it."""

    def __init__(self, folder: Path, text: str, schema: str = "news_claims", who: Person = WHO) -> None:
        words = resource(f"schemas/{schema}.json").read_text(encoding="utf-8")
        self.path = folder / "bench.annot"
        self.workspace = new_project(self.path, who, schema=words)
        self.text, self.who = text, who
        self.article = self.more(text)

    @property
    def records(self) -> Any:
        return self.workspace.records

    def do(self, gesture: Callable[..., Edit], *arguments: object, **fields: object) -> Edit:
        """Does a gesture; the answer is the edit."""
        do: Callable[..., Edit] = self.workspace.do
        return do(gesture, *arguments, **fields)

    def hand_to(self, who: Person) -> None:
        """Somebody else opens the project."""
        self.workspace.close()
        self.workspace, self.who = open_project(self.path, who), who

    def refused(self, sentence: str, gesture: Callable[..., Edit], *arguments: object, **fields: object) -> None:
        """Does a gesture that makes no sense, and says so in a sentence."""
        with pytest.raises(EditRefused, match=sentence):
            self.do(gesture, *arguments, **fields)

    def more(self, text: str) -> ArticleId:
        """Another article."""
        known = set(self.records.queue(QueueFilter(), self.who.id))
        self.workspace.bring_in([NewArticle(text, text[:20])], "")
        (new,) = set(self.records.queue(QueueFilter(), self.who.id)) - known
        return ArticleId(new)

    def words(self, *quotes: str, nth: int = 0) -> tuple[Span, ...]:
        """Where words stand in the article, the first time or a later one."""
        found = []
        for quote in quotes:
            at = -1
            for _ in range(nth + 1):
                at = self.text.index(quote, at + 1)
            found.append(Span(at, at + len(quote)))
        return tuple(found)

    def tag(self, quote: str, label: str = "actor", nth: int = 0) -> Mention:
        """A mention of these words."""
        edit = self.do(tagging.tag, self.article, self.words(quote, nth=nth), label)
        return next(change.after for change in edit.changes if isinstance(change.after, Mention))

    def claim(self, quote: str) -> Claim:
        """A claim with these words as its content."""
        edit = self.do(claiming.claim, self.article, self.words(quote))
        return next(change.after for change in edit.changes if isinstance(change.after, Claim))

    def named(self, mention: Mention) -> Entity:
        """The entity that a mention names by now."""
        return self.entity(self.mention(mention.id).entity)

    def mention(self, id_: MentionId) -> Mention:
        found: Mention = self.records.mention(id_)
        return found

    def entity(self, id_: EntityId | None) -> Entity:
        found: Entity = self.records.entity(id_)
        return found

    def its(self, claim: Claim | ClaimId) -> Claim:
        """A claim as it is by now."""
        found: Claim = self.records.claim(claim.id if isinstance(claim, Claim) else claim)
        return found

    def about(self) -> Article:
        found: Article = self.records.article(self.article)
        return found
