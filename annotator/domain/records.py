"""What a gesture may ask of the project: read-only questions, each answered by an index."""

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment
from annotator.domain.claims import Claim
from annotator.domain.comments import Comment
from annotator.domain.decisions import Decision
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, CommentId, EntityId, LinkId, MentionId
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.schemas import Schema
from annotator.domain.spans import Span
from annotator.domain.uses import Use, User
from annotator.domain.zones import Zone

R = TypeVar("R")


class Records(Protocol):
    """The open project as gestures see it. Asking for one record that is not there raises EditRefused."""

    @property
    def schema(self) -> Schema:
        """The project's schema."""

    def project(self) -> Project:
        """The project itself, with its schema as JSON."""

    def article(self, article: ArticleId) -> Article:
        """One article."""

    def text(self, article: ArticleId) -> str:
        """Its stored text."""

    def mention(self, mention: MentionId) -> Mention:
        """One mention."""

    def entity(self, entity: EntityId) -> Entity:
        """One entity."""

    def claim(self, claim: ClaimId) -> Claim:
        """One claim."""

    def link(self, link: LinkId) -> Link:
        """One link."""

    def links_of(self, record: ClaimId | EntityId) -> tuple[Link, ...]:
        """The links that begin or end at a claim or an entity, by time of making."""

    def entities_with_id(self, scheme: str, value: str) -> tuple[Entity, ...]:
        """The entities that bear an external id."""

    def mentions_at(self, article: ArticleId, hull: Span) -> tuple[Mention, ...]:
        """The mentions whose first and last code points are just these."""

    def mentions_of(self, entity: EntityId) -> tuple[Mention, ...]:
        """Every mention linked to the entity, in all articles."""

    def has_mentions_beside(self, entity: EntityId, mention: MentionId) -> bool:
        """Whether the entity has a mention other than this one; cheaper than counting them."""

    def claims_in(self, article: ArticleId) -> tuple[Claim, ...]:
        """The article's claims in reading order."""

    def claims_naming(self, entity: EntityId) -> tuple[Claim, ...]:
        """Every claim that names the entity: as source, subject, party or place."""

    def claims_within(self, claim: ClaimId) -> tuple[Claim, ...]:
        """The claims quoted directly inside this one."""

    def entities_keyed(self, key: str, limit: int) -> tuple[Entity, ...]:
        """At most limit entities that have key as a whole folded name or as a word of one."""

    def zones_in(self, article: ArticleId) -> tuple[Zone, ...]:
        """The article's zones in reading order."""

    def decisions_in(self, article: ArticleId) -> tuple[Decision, ...]:
        """The decisions on the article's records, by time of making."""

    def decisions_on(self, record: str) -> tuple[Decision, ...]:
        """The decisions on one record, by time of making."""

    def comments_in(self, article: ArticleId) -> tuple[Comment, ...]:
        """The article's comments, by time of making."""

    def comments_on(self, record: str) -> tuple[Comment, ...]:
        """The comments on one record, by time of making, with all replies."""

    def replies_to(self, comment: CommentId) -> tuple[Comment, ...]:
        """The replies in the thread that a comment begins, by time of making."""

    def assignment(self, article: ArticleId, annotator: AnnotatorId) -> Assignment | None:
        """How far the annotator is with the article; None when never touched."""

    def count_using(self, use: Use) -> int:
        """How many records use a word of the schema."""

    def records_using(self, use: Use) -> tuple[User, ...]:
        """The records that use a word of the schema, by time of making."""

    def find(self, record_type: type[R], id_: str) -> R | None:
        """The record of a type with this id, if there is one."""

    def ever_known(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of these ids whose record is in the project or was in it: quicker than looking for each."""

    def article_with_text(self, sha256: str) -> Article | None:
        """The article whose text has this hash, if it is in the project."""

    def annotations_in(self, article: ArticleId) -> tuple[Mention | Claim | Zone, ...]:
        """Everything that is marked in an article."""

    def known_texts(self, hashes: Collection[str]) -> frozenset[str]:
        """Those of these hashes, at most some hundred, whose text an article in the project has."""
