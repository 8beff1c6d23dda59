"""What the faces of the program list: the queue, entities with counts, and what a search finds."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice

from annotator.domain.annotators import Annotator, consensus_id
from annotator.domain.articles import Article
from annotator.domain.assignments import State
from annotator.domain.claims import Claim
from annotator.domain.decisions import Decision
from annotator.domain.entities import PLACE, Basis, Entity, Place, Placed, PlaceLevel, Use
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId
from annotator.domain.mentions import Mention
from annotator.domain.names import fold, words_of
from annotator.domain.queue import Order, QueueFilter, QueueRow, Review
from annotator.domain.spans import Span
from annotator.storage.records import StoredRecords, marks
from annotator.storage.tables.annotators import ANNOTATORS
from annotator.storage.tables.articles import ARTICLES
from annotator.storage.tables.claims import NAMED_IN
from annotator.storage.tables.decisions import DECISIONS
from annotator.storage.tables.entities import ENTITIES
from annotator.storage.tables.mentions import MENTIONS

_CHUNK = 400
_MOST_MENTIONS = 5_000
_NEWEST = 5_000
"""Claims that a search while typing looks at: as many as take no time that is felt."""
_LAST = "\U0010ffff"
_ASSIGNED = "LEFT JOIN assignment s ON s.article_id = a.id AND s.annotator_id = ? "
_NEEDED = "LEFT JOIN suggestion_need n ON n.article_id = a.id "
_BY_NEED = "coalesce(s.state, '') = 'done', n.need IS NULL, -coalesce(n.need, 0), a.seq"
_OF_PEOPLE = "WHERE article_id = a.id AND author_id != ?"


class Listing(StoredRecords):
    """StoredRecords with the longer lists."""

    def annotators(self) -> tuple[Annotator, ...]:
        """Everyone who signed something."""
        return tuple(ANNOTATORS.read(self._connection, "1 ORDER BY created, id"))

    def article_count(self) -> int:
        """How many articles there are."""
        return int(self._connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def other_versions(self, article: Article, limit: int) -> tuple[Article, ...]:
        """Articles with its address or its title and another text, those that came in last first."""
        same = "id != ? AND (title != '' AND title = ? OR url != '' AND url = ?) ORDER BY seq DESC LIMIT ?"
        return tuple(ARTICLES.read(self._connection, same, (article.id, article.title, article.url, limit)))

    def queue(self, wanted: QueueFilter, annotator: AnnotatorId, limit: int = -1) -> tuple[ArticleId, ...]:
        """The articles that pass the filter, in its order; the first ones up to a limit."""
        return self._queue(wanted, annotator, "1", (), limit)

    def next_in_queue(self, wanted: QueueFilter, annotator: AnnotatorId, after: ArticleId) -> ArticleId | None:
        """The first article after one, in the filter's order, that passes it; from the beginning on when none follows.

        The one itself need not pass.
        """
        bound: tuple[object, ...] = (after,)
        beyond = "a.seq {} (SELECT seq FROM article WHERE id = ?)"
        if wanted.order is Order.BY_NEED:
            here = f"SELECT {_BY_NEED} FROM article a {_ASSIGNED}{_NEEDED}WHERE a.id = ?"
            beyond, bound = f"({_BY_NEED}) {{}} ({here})", (annotator, after)
        for compared in (">", "<"):
            found = self._queue(wanted, annotator, beyond.format(compared), bound, 1)
            if found:
                return found[0]
        return None

    def _queue(
        self, wanted: QueueFilter, annotator: AnnotatorId, condition: str, bound: tuple[object, ...], limit: int
    ) -> tuple[ArticleId, ...]:
        met, values = self._passing(wanted)
        needed, order = (_NEEDED, _BY_NEED) if wanted.order is Order.BY_NEED else ("", "a.seq")
        rows = self._connection.execute(
            f"SELECT a.id FROM article a {_ASSIGNED}{needed}WHERE {' AND '.join([condition, *met])} "
            f"ORDER BY {order} LIMIT ?",
            (annotator, *bound, *values, limit),
        )
        return tuple(article for (article,) in rows)

    def _passing(self, wanted: QueueFilter) -> tuple[list[str], list[object]]:
        """The conditions of a filter with their values."""
        conditions: list[str] = []
        values: list[object] = []
        words = wanted.words.casefold().split()
        if words:
            # One call of Python for each article, whatever the number of words: that is most of the time it takes.
            conditions.append("has_words(a.title || ' ' || a.publisher || ' ' || a.published, ?)")
            values.append("\0".join(words))
        if wanted.state is not None:
            conditions.append("coalesce(s.state, ?) = ?")
            values += [State.TO_DO.value, wanted.state.value]
        if wanted.review is None and not wanted.of_several:
            return conditions, values
        consensus = consensus_id(self.project().id)
        if wanted.review is not None:
            reviewed = (
                "EXISTS (SELECT 1 FROM assignment r WHERE r.article_id = a.id AND r.annotator_id = ? AND r.state = ?)"
            )
            is_open = wanted.review is Review.OPEN
            conditions.append(f"NOT {reviewed}" if is_open else reviewed)
            values += [consensus, (Review.REVIEWED if is_open else wanted.review).value]
        if wanted.of_several or wanted.review is Review.OPEN:
            # Least and greatest instead of a count of different ones, which would sort them for each article.
            least, most = (
                f"(SELECT {end}(author_id) FROM (SELECT author_id FROM mention {_OF_PEOPLE} UNION ALL "
                f"SELECT author_id FROM claim {_OF_PEOPLE} UNION ALL SELECT author_id FROM zone {_OF_PEOPLE}))"
                for end in ("min", "max")
            )
            conditions.append(f"{least} < {most}" if wanted.of_several else f"{least} IS NOT NULL")
            values += [consensus] * (6 if wanted.of_several else 3)
        return conditions, values

    def queue_rows(self, articles: Sequence[ArticleId], annotator: AnnotatorId) -> tuple[QueueRow, ...]:
        """These articles, at most some hundred, with states and counts, in the order asked for."""
        found = {}
        consensus = consensus_id(self.project().id)
        for article in ARTICLES.read(self._connection, f"id IN ({marks(articles)})", tuple(articles)):
            assignment = self.assignment(article.id, annotator)
            state = assignment.state if assignment else State.TO_DO
            mentions, claims = self._connection.execute(
                "SELECT (SELECT count(*) FROM mention WHERE article_id = :article), "
                "(SELECT count(*) FROM claim WHERE article_id = :article)",
                {"article": article.id},
            ).fetchone()
            reviewed = self.assignment(article.id, consensus)
            need = self._connection.execute(
                "SELECT unseen, disputed FROM suggestion_need WHERE article_id = ?", (article.id,)
            ).fetchone()
            review = reviewed.state if reviewed else None
            found[article.id] = QueueRow(article, state, mentions, claims, review, *(need or ()))
        return tuple(found[article] for article in articles if article in found)

    def decisions_for(self, annotator: AnnotatorId, limit: int) -> tuple[Decision, ...]:
        """The latest decisions on the annotator's records, and in the articles that she has done; the last first."""
        rows = self._connection.execute(
            """
            SELECT d.id FROM decision d WHERE d.article_id IN (
                SELECT article_id FROM assignment WHERE annotator_id = :annotator AND state = 'done'
            ) OR EXISTS (
                SELECT 1 FROM decision_about a LEFT JOIN mention m ON m.id = a.record_id
                LEFT JOIN claim c ON c.id = a.record_id LEFT JOIN zone z ON z.id = a.record_id
                WHERE a.decision_id = d.id AND :annotator IN (m.author_id, c.author_id, z.author_id)
            ) ORDER BY d.id DESC LIMIT :limit
            """,
            {"annotator": annotator, "limit": limit},
        ).fetchall()
        found = {one.id: one for one in DECISIONS.read(self._connection, *_one_of([id_ for (id_,) in rows]))}
        return tuple(found[id_] for (id_,) in rows if id_ in found)

    def entities_in(self, article: ArticleId) -> tuple[Entity, ...]:
        """The entities that a mention or a claim of the article names."""
        named = f"id IN (SELECT entity_id FROM mention WHERE article_id = :article UNION {NAMED_IN})"
        return tuple(ENTITIES.read(self._connection, named, {"article": article}))

    def mention_counts(self, entities: Sequence[EntityId]) -> dict[EntityId, int]:
        """How often each of these entities is mentioned in the project; those never mentioned are left out."""
        counts: dict[EntityId, int] = {}
        for chunk in _chunks(entities):
            counts |= self._connection.execute(
                f"SELECT entity_id, count(*) FROM mention WHERE entity_id IN ({marks(chunk)}) GROUP BY entity_id", chunk
            ).fetchall()
        return counts

    def noted_entities(self, words: str, limit: int) -> tuple[Entity, ...]:
        """Entities in whose description or role all the words stand."""
        having = "has_words(description || ' ' || role, ?) LIMIT ?"
        return tuple(ENTITIES.read(self._connection, having, ("\0".join(words.casefold().split()), limit)))

    def some_mentions(self, entity: EntityId, limit: int) -> tuple[Mention, ...]:
        """A few of the entity's mentions, the oldest first."""
        return tuple(MENTIONS.read(self._connection, "entity_id = ? ORDER BY id LIMIT ?", (entity, limit)))

    def used_in(self, entity: EntityId, limit: int) -> tuple[Use, ...]:
        """The articles that mention the entity, those that do it most first; looks at some thousand mentions."""
        some = 'SELECT article_id, start, "end" FROM mention WHERE entity_id = ? LIMIT ?'
        rows = self._connection.execute(
            f'SELECT m.article_id, a.title, a.published, count(*), min(m.start), m."end" FROM ({some}) m '
            "JOIN article a ON a.id = m.article_id GROUP BY m.article_id ORDER BY count(*) DESC, a.seq LIMIT ?",
            (entity, _MOST_MENTIONS, limit),
        ).fetchall()
        return tuple(
            Use(article, title, day, count, Span(start, end)) for article, title, day, count, start, end in rows
        )

    def placed_entities(self, limit: int) -> tuple[Placed, ...]:
        """The places that have coordinates, those with the most mentions first."""
        rows = self._connection.execute(
            "SELECT id, name, place_level, lat, lon, coordinate_basis, province, district, "
            "(SELECT count(*) FROM mention m WHERE m.entity_id = e.id) AS mentions "
            "FROM entity e WHERE lat IS NOT NULL AND kind = ? ORDER BY mentions DESC, name, id LIMIT ?",
            (PLACE, limit),
        )
        return tuple(_placed(*row) for row in rows)

    def all_entities(self, limit: int, offset: int) -> tuple[Entity, ...]:
        """Entities by kind and name, from offset on."""
        return tuple(ENTITIES.read(self._connection, "1 ORDER BY kind, name, id LIMIT ? OFFSET ?", (limit, offset)))

    def find_entities(self, words: str, kinds: Sequence[str], limit: int) -> tuple[Entity, ...]:
        """Entities in whose names each typed word begins a word; the same name first, then the much used ones."""
        whole = fold(words)
        typed = sorted(words_of(whole), key=len, reverse=True)
        if not typed:
            return ()
        first, *others = [(word, word + _LAST) for word in typed]
        has_others = "".join(
            " AND EXISTS (SELECT 1 FROM entity_key o WHERE o.entity_id = e.id AND o.key >= ? AND o.key < ?)"
            for _ in others
        )
        rows = self._connection.execute(
            f"""
            SELECT e.id FROM entity e
            WHERE e.id IN (SELECT entity_id FROM entity_key WHERE key >= ? AND key < ?)
            AND +e.kind IN ({marks(kinds)}) {has_others}
            ORDER BY EXISTS (SELECT 1 FROM entity_key n WHERE n.entity_id = e.id AND n.key = ? AND n.is_name) DESC,
            EXISTS (
                SELECT 1 FROM entity_key n WHERE n.entity_id = e.id AND n.key >= ? AND n.key < ? AND n.is_name
            ) DESC,
            (SELECT count(*) FROM mention m WHERE m.entity_id = e.id) DESC, e.name, e.id
            LIMIT ?
            """,
            (*first, *kinds, *(bound for pair in others for bound in pair), whole, whole, whole + _LAST, limit),
        )
        return tuple(self.entity(entity) for (entity,) in rows.fetchall())

    def find_claims(self, words: str, limit: int) -> tuple[Claim, ...]:
        """Claims with all words in content or wording, the newest first; looks at the newest few thousand only."""
        newest = "SELECT id, quote, wording FROM claim ORDER BY id DESC LIMIT ?"
        rows = self._connection.execute(
            f"SELECT id FROM ({newest}) WHERE has_words(quote || ' ' || wording, ?) LIMIT ?",
            (_NEWEST, "\0".join(words.casefold().split()), limit),
        ).fetchall()
        return tuple(self.claim(claim) for (claim,) in rows)


def _placed(
    entity: EntityId,
    name: str,
    level: str | None,
    lat: float,
    lon: float,
    basis: str | None,
    province: str,
    district: str,
    mentions: int,
) -> Placed:
    place = Place(PlaceLevel(level) if level else None, lat, lon, Basis(basis) if basis else None, province, district)
    return Placed(entity, name, place, mentions)


def _one_of(ids: list[str]) -> tuple[str, tuple[str]]:
    """The condition that a row has one of these ids, with its value."""
    return "id IN (SELECT value FROM json_each(?))", (json.dumps(ids),)


def _chunks(values: Sequence[EntityId]) -> Iterator[tuple[EntityId, ...]]:
    rest = iter(values)
    while chunk := tuple(islice(rest, _CHUNK)):
        yield chunk
