"""What the faces of the program list: the queue, entities with counts, and what a search finds."""

from collections.abc import Iterator, Sequence
from itertools import islice

from annotator.domain.annotators import Annotator
from annotator.domain.assignments import State
from annotator.domain.entities import Entity
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId
from annotator.domain.names import fold
from annotator.domain.queue import QueueFilter, QueueRow
from annotator.storage.records import StoredRecords, marks
from annotator.storage.tables.annotators import ANNOTATORS
from annotator.storage.tables.articles import ARTICLES
from annotator.storage.tables.entities import ENTITIES

_CHUNK = 400
_CANDIDATES = 400
"""Entities looked at for one search; whoever sees so many types another letter."""
_LAST = "\U0010ffff"


class Listing(StoredRecords):
    """StoredRecords with the longer lists."""

    def annotators(self) -> tuple[Annotator, ...]:
        """Everyone who signed something."""
        return tuple(ANNOTATORS.read(self._connection, "1 ORDER BY created, id"))

    def article_count(self) -> int:
        """How many articles there are."""
        return int(self._connection.execute("SELECT count(*) FROM article").fetchone()[0])

    def queue(self, wanted: QueueFilter, annotator: AnnotatorId) -> tuple[ArticleId, ...]:
        """The articles that pass the filter, in the order in which they were imported."""
        conditions, values = ["1"], []
        for word in wanted.words.casefold().split():
            conditions.append("instr(casefold(a.title || ' ' || a.publisher || ' ' || a.published), ?) > 0")
            values.append(word)
        if wanted.state is not None:
            conditions.append("coalesce(s.state, ?) = ?")
            values += [State.TO_DO.value, wanted.state.value]
        rows = self._connection.execute(
            "SELECT a.id FROM article a LEFT JOIN assignment s ON s.article_id = a.id AND s.annotator_id = ? "
            f"WHERE {' AND '.join(conditions)} ORDER BY a.seq",
            (annotator, *values),
        )
        return tuple(article for (article,) in rows)

    def queue_rows(self, articles: Sequence[ArticleId], annotator: AnnotatorId) -> tuple[QueueRow, ...]:
        """These articles, at most some hundred, with state and counts, in the order asked for."""
        found = {}
        for article in ARTICLES.read(self._connection, f"id IN ({marks(articles)})", tuple(articles)):
            assignment = self.assignment(article.id, annotator)
            state = assignment.state if assignment else State.TO_DO
            counts = self._connection.execute(
                "SELECT (SELECT count(*) FROM mention WHERE article_id = :article), "
                "(SELECT count(*) FROM claim WHERE article_id = :article)",
                {"article": article.id},
            ).fetchone()
            found[article.id] = QueueRow(article, state, *counts)
        return tuple(found[article] for article in articles if article in found)

    def entities_in(self, article: ArticleId) -> tuple[Entity, ...]:
        """The entities that a mention or a claim of the article names."""
        named = (
            "id IN (SELECT entity_id FROM mention WHERE article_id = :article "
            "UNION SELECT s.entity_id FROM claim c JOIN claim_source s ON s.claim_id = c.id "
            "WHERE c.article_id = :article "
            "UNION SELECT b.entity_id FROM claim c JOIN claim_about b ON b.claim_id = c.id "
            "WHERE c.article_id = :article)"
        )
        return tuple(ENTITIES.read(self._connection, named, {"article": article}))

    def mention_counts(self, entities: Sequence[EntityId]) -> dict[EntityId, int]:
        """How often each of these entities is mentioned in the project; those never mentioned are left out."""
        counts: dict[EntityId, int] = {}
        for chunk in _chunks(entities):
            counts |= self._connection.execute(
                f"SELECT entity_id, count(*) FROM mention WHERE entity_id IN ({marks(chunk)}) GROUP BY entity_id", chunk
            ).fetchall()
        return counts

    def all_entities(self, limit: int, offset: int) -> tuple[Entity, ...]:
        """Entities by kind and name, from offset on."""
        return tuple(ENTITIES.read(self._connection, "1 ORDER BY kind, name, id LIMIT ? OFFSET ?", (limit, offset)))

    def find_entities(self, words: str, kinds: Sequence[str], limit: int) -> tuple[Entity, ...]:
        """Entities in whose names each typed word begins a word; the same name first, then the much used ones."""
        typed = fold(words).split()
        if not typed:
            return ()
        longest = max(typed, key=len)
        keyed = "SELECT DISTINCT entity_id FROM entity_key WHERE key >= ? AND key < ? LIMIT ?"
        rows = self._connection.execute(keyed, (longest, longest + _LAST, _CANDIDATES))
        candidates = [self.entity(entity) for (entity,) in rows]
        fitting = [entity for entity in candidates if entity.kind in kinds and _has_words(entity, typed)]
        counts, wanted = self.mention_counts([entity.id for entity in fitting]), " ".join(typed)

        def rank(entity: Entity) -> tuple[bool, bool, int, str]:
            names = [fold(name) for name in entity.names]
            starts = any(name.startswith(wanted) for name in names)
            return wanted not in names, not starts, -counts.get(entity.id, 0), entity.name

        return tuple(sorted(fitting, key=rank)[:limit])


def _has_words(entity: Entity, typed: list[str]) -> bool:
    parts = [part for name in entity.names for part in fold(name).replace("-", " ").split()]
    return all(any(part.startswith(word) for part in parts) for word in typed)


def _chunks(values: Sequence[EntityId]) -> Iterator[tuple[EntityId, ...]]:
    rest = iter(values)
    while chunk := tuple(islice(rest, _CHUNK)):
        yield chunk
