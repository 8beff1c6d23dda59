"""Articles as rows; SQLite numbers them in the order in which they come in."""

from annotator.domain.articles import Article, TextQuality
from annotator.storage.connection import Row
from annotator.storage.tables.base import Table

_COLUMNS = (
    "id",
    "title",
    "sha256",
    "length",
    "author_id",
    "created",
    "changed",
    "publisher",
    "byline",
    "url",
    "published",
    "language",
    "text_quality",
    "imported_from",
    "encoding",
)


def _to_row(article: Article) -> Row:
    return (
        article.id,
        article.title,
        article.sha256,
        article.length,
        article.author,
        article.created,
        article.changed,
        article.publisher,
        article.byline,
        article.url,
        article.published,
        article.language,
        article.text_quality.value,
        article.imported_from,
        article.encoding,
    )


def _from_row(row: Row) -> Article:
    *known, text_quality, imported_from, encoding = row
    return Article(*known, TextQuality(text_quality), imported_from, encoding)


ARTICLES = Table(Article, "article", _COLUMNS, _to_row, _from_row)
