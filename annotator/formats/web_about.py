"""What a web page says about itself: title, by-line, day, site, address, language. What is unsure is left empty."""

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from annotator.formats.documents import line_of
from annotator.formats.quiet import quieten
from annotator.formats.written_dates import iso_day

_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "BlogPosting",
    "OpinionNewsArticle", "ReviewNewsArticle", "Report", "LiveBlogPosting", "SocialMediaPosting",
})  # fmt: skip
_DAYS = frozenset(
    "article:published_time og:article:published_time og:published_time datepublished date_published publish_date "
    "publishdate publish-date pubdate dc.date.issued dcterms.issued dcterms.date.issued dc.issued citation_date "
    "citation_publication_date parsely-pub-date sailthru.date published_at published-date bt:pubdate".split()
)
"""Names of meta elements that say when an article was published, and nothing else."""
_MOST_VALUES = 20_000
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a page. published is an ISO date, address where the page came from."""

    title: str = ""
    byline: str = ""
    published: str = ""
    publisher: str = ""
    address: str = ""
    language: str = ""


def about_page(tree: Any) -> About:
    """Reads it from a page's head, its structured data and the usual places in its body."""
    from lxml import etree

    quieten()
    from trafilatura.metadata import extract_metadata

    said = None
    with contextlib.suppress(
        ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, etree.LxmlError
    ):
        # The day is read below: the library guesses one from any number in a page.
        said = extract_metadata(tree, None, {"extensive_search": False, "original_date": True})
    title, author, site, address = (getattr(said, name, "") for name in ("title", "author", "sitename", "url"))
    root = tree.getroottree().getroot()
    return About(
        title=_short(title) or _short(tree.findtext(".//title")),
        byline=_short(author),
        published=_published(tree),
        publisher=_short(site),
        address=_short(address) if str(address).startswith(("http://", "https://")) else "",
        language=_language(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""),
    )


def _short(words: object) -> str:
    line = line_of(words) if isinstance(words, str) else ""
    return line if len(line) <= _LONGEST else ""


def _language(tag: str) -> str:
    tag = tag.strip().replace("_", "-")
    return tag if tag.isascii() and tag.replace("-", "").isalnum() and 2 <= len(tag.split("-")[0]) <= 3 else ""


def _published(tree: Any) -> str:
    """The one day that the page says it was published; nothing when it says several in the same way."""
    for said in (_in_data(tree), _in_head(tree), _in_marks(tree)):
        days = {day for words in said if (day := iso_day(words))}
        if len(days) == 1:
            return days.pop()
    return ""


def _in_head(tree: Any) -> Iterator[str]:
    for element in tree.iter("meta"):
        names = (element.get(mark) or "" for mark in ("property", "name", "itemprop"))
        if any(name.strip().casefold() in _DAYS for name in names):
            yield element.get("content") or ""


def _in_marks(tree: Any) -> Iterator[str]:
    for element in tree.iter("time", "span", "abbr"):
        if element.get("pubdate") is not None or "datePublished" in (element.get("itemprop") or "").split():
            yield element.get("datetime") or element.get("content") or element.text or ""


def _in_data(tree: Any) -> Iterator[str]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                data = json.loads(script.text or "")
            except (ValueError, RecursionError):
                continue
            for value in _objects(data):
                kinds = value.get("@type")
                named = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and kind in _ARTICLES for kind in named):
                    day = value.get("datePublished")
                    yield day if isinstance(day, str) else ""


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, however deep, without going deep."""
    waiting, seen = [data], 0
    while waiting and seen < _MOST_VALUES:
        value = waiting.pop()
        seen += 1
        inside: Iterable[Any] = ()
        if isinstance(value, dict):
            yield value
            inside = value.values()
        elif isinstance(value, list):
            inside = value
        waiting += [one for one in inside if isinstance(one, dict | list)]
