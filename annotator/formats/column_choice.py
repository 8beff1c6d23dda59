"""Which column of a table has what of an article: proposed by its name, and as the user says."""

from collections.abc import Iterable, Mapping, Sequence

from annotator.errors import UnreadableDocument
from annotator.formats.documents import Wishes

FIELDS = ("text", "title", "publisher", "byline", "published", "url", "language")
"""What a table can say of an article; text is the one that it must."""
_USUAL: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "content", "body", "article text", "full text", "fulltext", "article body", "articlebody",
        "article content",
        "maintext", "main text", "story", "article", "news text", "text content", "contents", "plain text", "document",
    ),
    "title": ("title", "headline", "heading", "article title", "head", "news title", "subject"),
    "publisher": (
        "publisher", "source", "publication", "source name", "sitename", "site name", "newspaper", "outlet", "site",
        "domain", "source domain", "media", "news source", "medium", "journal",
    ),
    "byline": ("byline", "by line", "author", "authors", "author name", "writer", "reporter", "creator"),
    "published": (
        "published", "date", "publication date", "date published", "datepublished", "published at",
        "published date", "publish date", "date publish", "pubdate", "pub date", "publishedat", "published on",
        "article date", "datetime", "day", "timestamp",
    ),
    "url": ("url", "link", "article url", "source url", "href", "permalink", "web url", "uri", "address"),
    "language": ("language", "lang", "article language", "language code"),
}  # fmt: skip


def proposed_columns(head: Sequence[str]) -> dict[str, str]:
    """For each field the column that is usually called so; fields without one are missing."""
    known = {_folded(name): name for name in reversed(head)}
    found: dict[str, str] = {}
    for field, names in _USUAL.items():
        column = next((known[name] for name in names if name in known), "")
        if column:
            found[field] = column
    return found


def chosen_columns(head: Sequence[str], wishes: Wishes) -> dict[str, str]:
    """The column of each field, as wished or proposed. Raises UnreadableDocument when none has the text."""
    wished = wishes.by_head.get(tuple(head))
    if wished is not None:
        chosen = {field: column for field, column in wished.items() if column in head}
    else:
        chosen = proposed_columns(head)
        for field, column in wishes.columns.items():
            chosen.pop(field, None)
            if column:
                chosen[field] = _column(head, column)
    if not chosen.get("text"):
        raise UnreadableDocument(f"it is not said which column has the text; there are {listed(head)}")
    return chosen


def _column(head: Sequence[str], wanted: str) -> str:
    by_name = {_folded(name): name for name in reversed(head)}
    found = wanted if wanted in head else by_name.get(_folded(wanted), "")
    if not found:
        raise UnreadableDocument(f"there is no column “{wanted}”; there are {listed(head)}")
    return found


def listed(head: Iterable[str], most: int = 20) -> str:
    """The names of columns for a sentence."""
    names = [f"“{name[:40]}”" for name in head if name.strip()]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more or "no columns with a name"


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("-", " ").replace(".", " ").split()).casefold()
