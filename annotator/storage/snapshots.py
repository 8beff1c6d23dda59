"""A private copy of the project, read from start to end by work in the background."""

from collections.abc import Iterator
from pathlib import Path

from annotator.domain.annotators import Annotator
from annotator.domain.comments import Comment
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.entities import Entity
from annotator.domain.histories import Touch
from annotator.domain.ids import ArticleId
from annotator.domain.links import Link
from annotator.domain.projects import Project
from annotator.storage.connection import connect, translated
from annotator.storage.events import heads_of
from annotator.storage.listing import Listing
from annotator.storage.tables.annotators import ANNOTATORS
from annotator.storage.tables.assignments import ASSIGNMENTS
from annotator.storage.tables.base import R, Table
from annotator.storage.tables.comments import COMMENTS
from annotator.storage.tables.entities import ENTITIES
from annotator.storage.tables.links import LINKS

_PAGE = 200


class SnapshotCorpus:
    """domain.corpus.Corpus over a copy. Made and used in one thread; memory does not grow with the articles."""

    def __init__(self, path: Path) -> None:
        with translated(path):
            self._connection = connect(path, read_only=True)
        self._records = Listing(self._connection)

    @property
    def project(self) -> Project:
        """The project itself."""
        return self._records.project()

    def article_count(self) -> int:
        """How many articles there are."""
        return self._records.article_count()

    def annotators(self) -> Iterator[Annotator]:
        """Everyone who signed something."""
        return iter(ANNOTATORS.read(self._connection, "1 ORDER BY created, id"))

    def entities(self) -> Iterator[Entity]:
        """All entities, by time of making."""
        return self._paged(ENTITIES)

    def links(self) -> Iterator[Link]:
        """All links, by time of making."""
        return self._paged(LINKS)

    def entity_comments(self) -> Iterator[Comment]:
        """The comments on entities."""
        return iter(COMMENTS.read(self._connection, "article_id IS NULL ORDER BY id"))

    def _paged(self, table: Table[R]) -> Iterator[R]:
        last = ""
        while page := table.read(self._connection, "id > ? ORDER BY id LIMIT ?", (last, _PAGE)):
            yield from page
            last = table.to_row(page[-1])[0]

    def articles(self) -> Iterator[AnnotatedArticle]:
        """All articles, in the order in which they were imported."""
        ids = [id_ for (id_,) in self._connection.execute("SELECT id FROM article ORDER BY seq")]
        yield from map(self.annotated, ids)

    def annotated(self, id_: ArticleId) -> AnnotatedArticle:
        """One article with everything in it. Raises EditRefused when it is not there."""
        article = self._records.article(id_)
        return AnnotatedArticle(
            article,
            self._records.text(article.id),
            self._records.mentions_in(article.id),
            self._records.claims_in(article.id),
            tuple(ASSIGNMENTS.read(self._connection, "article_id = ? ORDER BY id", (article.id,))),
            self._records.zones_in(article.id),
            self._records.decisions_in(article.id),
            self._records.comments_in(article.id),
        )

    def heads_of(self, record: str) -> list[Touch]:
        """The touches of a record that none came after."""
        return heads_of(self._connection, record)

    def close(self) -> None:
        """Closes the copy; deleting it is up to whoever made it."""
        self._connection.close()
