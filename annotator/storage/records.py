"""What gestures ask of a project file: each question one look-up by an index."""

import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

from annotator.domain.articles import Article, text_hash
from annotator.domain.assignments import Assignment
from annotator.domain.claims import Claim
from annotator.domain.comments import Comment
from annotator.domain.decisions import Decision
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, CommentId, EntityId, LinkId, MentionId
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.quotes import misquoted
from annotator.domain.schemas import Schema, parse
from annotator.domain.spans import Span
from annotator.domain.uses import Use, User
from annotator.domain.zones import Zone
from annotator.errors import DamagedProject, EditRefused
from annotator.storage.defending import LONGEST, no_longer_than
from annotator.storage.journal import ever_touched
from annotator.storage.tables import table_of as table_for
from annotator.storage.tables.articles import ARTICLES
from annotator.storage.tables.assignments import ASSIGNMENTS
from annotator.storage.tables.base import Table
from annotator.storage.tables.claims import CLAIMS, NAMING
from annotator.storage.tables.comments import COMMENTS
from annotator.storage.tables.decisions import DECISIONS
from annotator.storage.tables.entities import ENTITIES
from annotator.storage.tables.links import LINKS
from annotator.storage.tables.mentions import MENTIONS
from annotator.storage.tables.projects import PROJECTS
from annotator.storage.tables.zones import ZONES
from annotator.storage.uses import condition, table_of

R = TypeVar("R")
Quoting = TypeVar("Quoting", Mention, Claim)
_TEXTS_KEPT = 2
_ENDS = ("from_claim_id", "to_claim_id", "from_entity_id", "to_entity_id")
_IN_READING_ORDER = 'ORDER BY start, "end" DESC, id'


class StoredRecords:
    """Answers domain.records.Records from a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._schema: Schema | None = None

    def project(self) -> Project:
        """The project itself."""
        found = PROJECTS.read(self._connection, "1 LIMIT 2")
        if len(found) != 1:
            raise DamagedProject("This file does not say which project it is; go back to a copy.")
        return found[0]

    @property
    def schema(self) -> Schema:
        """The project's schema."""
        if self._schema is None:
            self._schema = parse(self.project().schema)
        return self._schema

    def article(self, article: ArticleId) -> Article:
        """One article."""
        return self._one(ARTICLES, article)

    def mention(self, mention: MentionId) -> Mention:
        """One mention."""
        return self._one(MENTIONS, mention)

    def entity(self, entity: EntityId) -> Entity:
        """One entity."""
        return self._one(ENTITIES, entity)

    def claim(self, claim: ClaimId) -> Claim:
        """One claim."""
        return self._one(CLAIMS, claim)

    def link(self, link: LinkId) -> Link:
        """One link."""
        return self._one(LINKS, link)

    def links_of(self, record: ClaimId | EntityId) -> tuple[Link, ...]:
        """The links that begin or end at a claim or an entity, by time of making."""
        at_it = " OR ".join(f"{end} = :id" for end in _ENDS)
        return tuple(LINKS.read(self._connection, f"{at_it} ORDER BY id", {"id": record}))

    def links_in(self, article: ArticleId) -> tuple[Link, ...]:
        """The links of the article's claims, also those to claims elsewhere."""
        here = "(SELECT id FROM claim WHERE article_id = :article)"
        at_them = f"from_claim_id IN {here} OR to_claim_id IN {here} ORDER BY id"
        return tuple(LINKS.read(self._connection, at_them, {"article": article}))

    def entities_with_id(self, scheme: str, value: str) -> tuple[Entity, ...]:
        """The entities that bear an external id."""
        bearing = "id IN (SELECT entity_id FROM external_id WHERE value = ? AND scheme = ?) ORDER BY id"
        return tuple(ENTITIES.read(self._connection, bearing, (value, scheme)))

    def _one(self, table: Table[R], id_: str) -> R:
        record = table.get(self._connection, id_)
        if record is None:
            raise EditRefused(f"This {table.name} is not in the project any more.")
        return record

    def text(self, article: ArticleId) -> str:
        """The stored text. Raises DamagedProject when it is not the one that was imported."""
        row = self._connection.execute("SELECT sha256 FROM article WHERE id = ?", (article,)).fetchone()
        if row is None:
            raise EditRefused("This article is not in the project any more.")
        (sha256,) = row
        known = self._texts.get(sha256)
        if known is not None:
            self._texts.move_to_end(sha256)
            return known
        with no_longer_than(self._connection, LONGEST):
            row = self._connection.execute("SELECT text FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None or text_hash(row[0]) != sha256:
            raise DamagedProject("The text of this article is damaged: it is not the one that was imported.")
        (text,) = row
        self._texts[sha256] = text
        if len(self._texts) > _TEXTS_KEPT:
            self._texts.popitem(last=False)
        return str(text)

    def mentions_at(self, article: ArticleId, hull: Span) -> tuple[Mention, ...]:
        """The mentions whose first and last code points are just these."""
        place = (article, hull.start, hull.end)
        return tuple(MENTIONS.read(self._connection, 'article_id = ? AND start = ? AND "end" = ? ORDER BY id', place))

    def mentions_of(self, entity: EntityId) -> tuple[Mention, ...]:
        """Every mention linked to the entity."""
        return tuple(MENTIONS.read(self._connection, "entity_id = ? ORDER BY id", (entity,)))

    def has_mentions_beside(self, entity: EntityId, mention: MentionId) -> bool:
        """Whether the entity has a mention other than this one."""
        return bool(MENTIONS.read(self._connection, "entity_id = ? AND id != ? LIMIT 1", (entity, mention)))

    def mentions_in(self, article: ArticleId) -> tuple[Mention, ...]:
        """The article's mentions in reading order. Raises DamagedProject when one does not fit the text."""
        return self._checked(article, MENTIONS)

    def claims_in(self, article: ArticleId) -> tuple[Claim, ...]:
        """The article's claims in reading order. Raises DamagedProject when one does not fit the text."""
        return self._checked(article, CLAIMS)

    def _checked(self, article: ArticleId, table: Table[Quoting]) -> tuple[Quoting, ...]:
        records = tuple(table.read(self._connection, f"article_id = ? {_IN_READING_ORDER}", (article,)))
        text = self.text(article) if records else ""
        for record in records:
            wrong = misquoted(text, record)
            if wrong is not None:
                raise DamagedProject(
                    f"A {table.name} says “{wrong[:40]}”, but the text near {record.hull.start} says otherwise; "
                    "the file was changed by another program."
                )
        return records

    def claims_naming(self, entity: EntityId) -> tuple[Claim, ...]:
        """Every claim that names the entity: as source, subject, party or place."""
        return tuple(CLAIMS.read(self._connection, f"id IN ({NAMING}) ORDER BY id", {"entity": entity}))

    def claims_within(self, claim: ClaimId) -> tuple[Claim, ...]:
        """The claims quoted directly inside this one."""
        return tuple(CLAIMS.read(self._connection, "within_id = ? ORDER BY id", (claim,)))

    def entities_keyed(self, key: str, limit: int) -> tuple[Entity, ...]:
        """At most limit entities that have key as a whole folded name or as a word of one; whole names first."""
        keyed = "SELECT entity_id FROM entity_key WHERE key = ? ORDER BY is_name DESC, entity_id LIMIT ?"
        ids = [entity for (entity,) in self._connection.execute(keyed, (key, limit))]
        return tuple(self._one(ENTITIES, entity) for entity in ids)

    def zones_in(self, article: ArticleId) -> tuple[Zone, ...]:
        """The article's zones in reading order."""
        return tuple(ZONES.read(self._connection, f"article_id = ? {_IN_READING_ORDER}", (article,)))

    def decisions_in(self, article: ArticleId) -> tuple[Decision, ...]:
        """The decisions on the article's records, by time of making."""
        return tuple(DECISIONS.read(self._connection, "article_id = ? ORDER BY id", (article,)))

    def decisions_on(self, record: str) -> tuple[Decision, ...]:
        """The decisions on one record, by time of making."""
        about = "id IN (SELECT decision_id FROM decision_about WHERE record_id = ?) ORDER BY id"
        return tuple(DECISIONS.read(self._connection, about, (record,)))

    def comments_in(self, article: ArticleId) -> tuple[Comment, ...]:
        """The article's comments, by time of making."""
        return tuple(COMMENTS.read(self._connection, "article_id = ? ORDER BY id", (article,)))

    def comments_on(self, record: str) -> tuple[Comment, ...]:
        """The comments on one record, by time of making, with all replies."""
        on_it = "about_id = :id OR reply_to_id IN (SELECT id FROM comment WHERE about_id = :id) ORDER BY id"
        return tuple(COMMENTS.read(self._connection, on_it, {"id": record}))

    def replies_to(self, comment: CommentId) -> tuple[Comment, ...]:
        """The replies in the thread that a comment begins, by time of making."""
        return tuple(COMMENTS.read(self._connection, "reply_to_id = ? ORDER BY id", (comment,)))

    def assignment(self, article: ArticleId, annotator: AnnotatorId) -> Assignment | None:
        """How far the annotator is with the article."""
        found = ASSIGNMENTS.read(self._connection, "article_id = ? AND annotator_id = ?", (article, annotator))
        return found[0] if found else None

    def count_using(self, use: Use) -> int:
        """How many records use a word of the schema."""
        met, values = condition(use)
        (count,) = self._connection.execute(f"SELECT count(*) FROM {table_of(use).name} WHERE {met}", values).fetchone()
        return int(count)

    def records_using(self, use: Use) -> tuple[User, ...]:
        """The records that use a word of the schema, by time of making."""
        met, values = condition(use)
        return tuple(table_of(use).read(self._connection, f"{met} ORDER BY id", values))

    def find(self, record_type: type[R], id_: str) -> R | None:
        """The record of a type with this id, if there is one."""
        table: Any = table_for(record_type)  # type: ignore[arg-type]  # one of the record types
        found: R | None = table.get(self._connection, id_)
        return found

    def ever_known(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of these ids whose record is in the project or was in it."""
        return ever_touched(self._connection, tuple(ids))

    def article_with_text(self, sha256: str) -> Article | None:
        """The article whose text has this hash, if it is in the project."""
        return next(iter(ARTICLES.read(self._connection, "sha256 = ?", (sha256,))), None)

    def annotations_in(self, article: ArticleId) -> tuple[Mention | Claim | Zone, ...]:
        """Everything that is marked in an article."""
        return (*self.mentions_in(article), *self.claims_in(article), *self.zones_in(article))

    def known_texts(self, hashes: Collection[str]) -> frozenset[str]:
        """Those of these hashes, at most some hundred, whose text an article in the project has."""
        wanted = tuple(hashes)
        rows = self._connection.execute(f"SELECT sha256 FROM article WHERE sha256 IN ({marks(wanted)})", wanted)
        return frozenset(sha256 for (sha256,) in rows)


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ", ".join("?" * len(values))
