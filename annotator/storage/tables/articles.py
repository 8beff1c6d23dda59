"""Articles without their texts, which are kept by hash in a table of their own."""

from annotator.domain.articles import Article, TextQuality
from annotator.storage.tables.base import Row, Table

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
    return Article(
        id=row[0],
        title=row[1],
        sha256=row[2],
        length=row[3],
        author=row[4],
        created=row[5],
        changed=row[6],
        publisher=row[7],
        byline=row[8],
        url=row[9],
        published=row[10],
        language=row[11],
        text_quality=TextQuality(row[12]),
        imported_from=row[13],
        encoding=row[14],
    )


ARTICLES = Table("article", Article, _COLUMNS, _to_row, _from_row)
