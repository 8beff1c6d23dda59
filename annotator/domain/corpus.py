"""A frozen view of one moment of a project, read article by article: what formats write."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment
from annotator.domain.claims import Claim
from annotator.domain.comments import Comment
from annotator.domain.decisions import Decision
from annotator.domain.entities import Entity
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.zones import Zone


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """One article with its text and everything recorded in it, mentions, claims and zones in reading order."""

    article: Article
    text: str
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    assignments: tuple[Assignment, ...]
    zones: tuple[Zone, ...]
    decisions: tuple[Decision, ...] = ()
    comments: tuple[Comment, ...] = ()


class Corpus(Protocol):
    """What a writer may read. Memory does not grow with the number of articles."""

    @property
    def project(self) -> Project:
        """The project itself."""

    def article_count(self) -> int:
        """How many articles there are, for progress."""

    def annotators(self) -> Iterator[Annotator]:
        """Everyone who signed something, by time of making."""

    def entities(self) -> Iterator[Entity]:
        """All entities, by time of making."""

    def links(self) -> Iterator[Link]:
        """All links, by time of making."""

    def entity_comments(self) -> Iterator[Comment]:
        """The comments on entities: those that stand in no article."""

    def articles(self) -> Iterator[AnnotatedArticle]:
        """All articles, in the order in which they were imported."""
