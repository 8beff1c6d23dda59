"""Records of another project come in as they are: same ids, same authors, same times; what is there already is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.comments import Comment
from annotator.domain.decisions import Decision
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.entities import Entity
from annotator.domain.found import Findings
from annotator.domain.ids import ArticleId
from annotator.domain.links import Between, Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.quotes import misquoted
from annotator.domain.records import Records
from annotator.domain.zones import Zone
from annotator.editing.importing import Import


@dataclass(slots=True)
class Receiving:
    """What is known from batch to batch of one import: articles under another id, and ids that are in the project.

    These are only of records that others refer to: those of millions of mentions would fill the memory.
    """

    source: str
    findings: Findings
    known: set[str] = field(default_factory=set)
    articles: dict[str, ArticleId] = field(default_factory=dict)


def take_records(
    records: Records, by: Author, lines: Iterable[tuple[Record, str, str]], receiving: Receiving
) -> Import:
    """Makes an edit of records, each with its text if it is an article, and how it is spelled in the history.

    A record that is in the project already is left as it is, and said so where the two differ. An article whose text is
    there under another id gives its annotations to that one. What needs a record that is missing is left out.
    """
    given = tuple(lines)
    taking = _Taking(records, receiving, records.ever_known(record.id for record, _, _ in given))
    for record, text, spelled in given:
        taking.take(record, text, spelled)
    articles = [change.after for change in taking.changes if isinstance(change.after, Article)]
    subject = (str(len(articles)), articles[0].title if articles else receiving.source)
    del by  # every gesture is called alike
    return Import(Edit(EditKind.IMPORT, tuple(taking.changes), subject), taking.texts, (), spelled=taking.spelled)


class _Taking:
    def __init__(self, records: Records, receiving: Receiving, known: frozenset[str]) -> None:
        self._records, self._receiving, self._known = records, receiving, known
        self.changes: list[Change] = []
        self.texts: dict[str, str] = {}
        self.spelled: dict[str, str] = {}
        self._texts: dict[ArticleId, str] = {}
        self._here: set[str] = set()
        self._by_text: dict[str, Article] = {}

    def take(self, found: Record, text: str, spelled: str) -> None:
        """Takes one record, if it fits."""
        if isinstance(found, Project):
            return
        record = self._in_its_article(found)
        there = self._records.find(type(record), record.id) if record.id in self._known else None
        if there is not None:
            self._remember(record)
            if there != record and not isinstance(record, Annotator):
                self._say(record, "is in the project in another form; that was kept")
            return
        if record.id in self._receiving.known or record.id in self._here:
            self._say(record, "stands twice in the file; the first one was taken")
            return
        if isinstance(record, Article) and self._is_known_text(record):
            return
        missing = self._missing(record)
        if missing:
            self._say(record, f"needs {missing}, which the file does not have")
            return
        if isinstance(record, Article):
            self.texts[record.sha256] = text
            self._texts[record.id] = text
            self._by_text[record.sha256] = record
        elif self._is_misquoted(record):
            self._say(record, "has words that are not those of the text at this place")
            return
        self._remember(record)
        self.changes.append(Change(None, record))
        if record is found:
            self.spelled[record.id] = spelled

    def _remember(self, record: Record) -> None:
        # What came with an earlier batch is found in the project.
        known = self._receiving.known if isinstance(record, _REFERRED_TO) else self._here
        known.add(record.id)

    def _in_its_article(self, record: Record) -> Record:
        """The record in the article of the project that has the same text."""
        articles = self._receiving.articles
        if not articles or not isinstance(record, _IN_ARTICLES) or record.article is None:
            return record
        here = articles.get(record.article)
        return record if here is None else replace(record, article=here)

    def _is_known_text(self, article: Article) -> bool:
        there = self._records.article_with_text(article.sha256) or self._by_text.get(article.sha256)
        if there is None:
            return False
        self._receiving.articles[article.id] = there.id
        self._receiving.known.add(there.id)
        self._say(article, f"has the text of “{there.title}”, which gets its annotations")
        return True

    def _missing(self, record: Record) -> str:
        for what, id_ in _needs(record):
            if id_ not in self._receiving.known and self._records.find(_TYPES[what], id_) is None:
                return f"the {what} {id_}"
        return ""

    def _is_misquoted(self, record: Record) -> bool:
        if not isinstance(record, _QUOTING):
            return False
        text = self._texts.get(record.article)
        if text is None:
            text = self._records.text(record.article)
        return misquoted(text, record) is not None

    def _say(self, record: Record, what: str) -> None:
        name = getattr(record, "name", "") or getattr(record, "title", "") or getattr(record, "quote", "")
        kind = type(record).__name__.lower()
        words = f"the {kind} “{name[:40]}”" if name else f"the {kind} {record.id}"
        self._receiving.findings.problem(self._receiving.source, f"{words} {what}")


# Put together here: in a condition that all records meet, they would be put together for each of them.
_IN_ARTICLES = (Mention, Claim, Zone, Assignment, Decision, Comment)
_QUOTING = (Mention, Claim)
_TYPES: dict[str, type[Any]] = {
    "annotator": Annotator,
    "article": Article,
    "entity": Entity,
    "claim": Claim,
    "comment": Comment,
}
_REFERRED_TO = tuple(_TYPES.values())


def _needs(record: Record) -> list[tuple[str, str]]:
    """What a record refers to."""
    needed = [("annotator", author)] if (author := getattr(record, "author", "")) else []
    match record:
        case Mention():
            needed += [("article", record.article)] + ([("entity", record.entity)] if record.entity else [])
        case Claim():
            needed += [("article", record.article), *(("entity", entity) for entity in record.entities)]
            needed += [("claim", record.within)] if record.within else []
        case Zone() | Decision():
            needed.append(("article", record.article))
        case Assignment():
            needed += [("article", record.article), ("annotator", record.annotator)]
        case Comment():
            needed += [("article", record.article)] if record.article else []
            needed += [("comment", record.reply_to)] if record.reply_to else []
        case Link():
            kind = "claim" if record.between is Between.CLAIMS else "entity"
            needed += [(kind, record.origin), (kind, record.target)]
    return needed
