"""Finding in all articles: every hit in its line of context."""

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.domain.ids import ArticleId, ProjectId
from annotator.domain.occurrences import Searchable
from annotator.domain.queries import Query, Term
from annotator.domain.spans import Span
from annotator.domain.words import snapped
from annotator.errors import FormatError
from annotator.storage.search_index import SearchIndex, TextReader

MOST = 5_000
"""Hits that are listed."""
_CONTEXT = 90
"""Code points on either side of a hit."""
_SECONDS = 0.25
"""The time that a regular expression may take for one article."""
_INDEX_BATCH, _MATCH_BATCH = 100, 40

Find = Callable[[str, str], list[Span]]
"""Finds hits in a text, given with its title; they are in order and apart."""
Row = tuple[ArticleId, str, str, str]
Step = tuple[int, int, tuple["Hit", ...]]


@dataclass(frozen=True, slots=True)
class Hit:
    """Words found in an article, with what stands left and right of them on one line."""

    article: ArticleId
    title: str
    published: str
    span: Span
    left: str
    words: str
    right: str


@dataclass(slots=True)
class Report:
    """What a search came to."""

    hits: int = 0
    articles: int = 0
    is_cut: bool = False
    too_slow: list[str] = field(default_factory=list)


def index_path(project: ProjectId) -> Path:
    """Where a project's index is kept: with the other caches of this user, not beside the project."""
    return paths.cache_folder() / f"{project}.search"


def search(project: Path, index: Path, query: Query, report: Report, most: int = MOST) -> Iterator[Step]:
    """Brings the index up to date, then yields hits article by article, with how far it is.

    Raises FormatError for a pattern that is none.
    """
    find = matcher(query, report)
    reader = TextReader(project)
    try:
        articles = reader.articles()
        wanted = None
        if query.terms:
            wanted = yield from _narrowed(reader, index, [sha256 for _, sha256, *_ in articles], query)
        candidates = [row for row in articles if wanted is None or row[1] in wanted]
        yield from _matched(reader, candidates, find, report, most)
    finally:
        reader.close()


def _narrowed(reader: TextReader, index: Path, hashes: list[str], query: Query) -> Generator[Step, None, set[str]]:
    """Adds what the index lacks; its value is the hashes of the texts that may have hits."""
    known = SearchIndex(index)
    try:
        missing = known.missing(hashes)
        for start in range(0, len(missing), _INDEX_BATCH):
            known.add(reader.texts(missing[start : start + _INDEX_BATCH]))
            yield min(start + _INDEX_BATCH, len(missing)), len(missing), ()
        return known.find(query.terms)
    finally:
        known.close()


def _matched(reader: TextReader, candidates: list[Row], find: Find, report: Report, most: int) -> Iterator[Step]:
    for start in range(0, len(candidates), _MATCH_BATCH):
        batch = candidates[start : start + _MATCH_BATCH]
        texts = dict(reader.texts([row[1] for row in batch]))
        hits: list[Hit] = []
        for article, sha256, title, published in batch:
            text = texts.get(sha256, "")
            spans = find(text, title)
            room = most - report.hits
            report.is_cut |= len(spans) > room
            hits += [_hit(article, title, published, text, span) for span in spans[:room]]
            report.articles += bool(spans[:room])
            report.hits += min(len(spans), room)
        yield start + len(batch), len(candidates), tuple(hits)
        if report.is_cut:
            return


def _hit(article: ArticleId, title: str, published: str, text: str, span: Span) -> Hit:
    left = _line(text[max(0, span.start - _CONTEXT) : span.start])
    right = _line(text[span.end : span.end + _CONTEXT])
    return Hit(article, title, published, span, left, _line(span.cut(text)), right)


def _line(words: str) -> str:
    """On one line: blanks and line ends become single blanks, those at the ends stay one."""
    begin = " " if words[:1].isspace() else ""
    end = " " if words[-1:].isspace() and words.strip() else ""
    return f"{begin}{' '.join(words.split())}{end}"


def matcher(query: Query, report: Report) -> Find:
    """What finds a query's hits in a text, given the text and its title."""
    if query.pattern:
        pattern = _compiled(query.pattern, match_case=query.match_case)

        def by_pattern(text: str, title: str) -> list[Span]:
            try:
                found = pattern.finditer(text, timeout=_SECONDS, concurrent=True)
                return [Span(*match.span()) for match in found if match.end() > match.start()]
            except TimeoutError:
                report.too_slow.append(title)
                return []

        return by_pattern

    def by_terms(text: str, title: str) -> list[Span]:
        del title
        searchable = Searchable(text)
        found = [_hits_of(searchable, term, match_case=query.match_case) for term in query.terms]
        if not all(found):
            return []
        joined = list(_joined(text, (hit for hits in found for hit in hits)))
        # Where all that was typed stands together somewhere, the single words elsewhere are not what was meant.
        together = [whole for whole in joined if all(any(whole.contains(hit) for hit in hits) for hits in found)]
        return together or joined

    return by_terms


def _hits_of(searchable: Searchable, term: Term, *, match_case: bool) -> list[Span]:
    if not term.is_prefix:
        return searchable.find(term.words, whole_words=True, match_case=match_case)
    hits = []
    for hit in searchable.find(term.words, match_case=match_case):
        whole = snapped(searchable.text, hit)
        if whole is not None and whole.start == hit.start:
            hits.append(whole)
    return hits


def _joined(text: str, hits: Iterable[Span]) -> Iterator[Span]:
    """Hits that overlap, or have only blanks between them, are one."""
    current: Span | None = None
    for hit in sorted(hits):
        if current is not None and (hit.start <= current.end or not text[current.end : hit.start].strip()):
            current = Span(current.start, max(current.end, hit.end))
            continue
        if current is not None:
            yield current
        current = hit
    if current is not None:
        yield current


@lru_cache(maxsize=16)
def _compiled(pattern: str, *, match_case: bool) -> Any:
    import regex

    try:
        return regex.compile(pattern, regex.VERSION1 | regex.MULTILINE | (0 if match_case else regex.IGNORECASE))
    except regex.error as error:
        raise FormatError(f"This is no regular expression: {error.msg} at letter {(error.pos or 0) + 1}.") from error
    except ValueError as error:  # of flags that contradict each other or ours
        raise FormatError(f"This is no regular expression: {error}.") from error
    except RecursionError as error:
        raise FormatError("This regular expression has too many brackets inside each other.") from error


def check(query: Query) -> None:
    """Raises FormatError when a query's pattern is none."""
    if query.pattern:
        _compiled(query.pattern, match_case=query.match_case)
