"""Articles come in: new records, each text once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.domain.articles import LONGEST_TEXT, Article, TextQuality, text_hash
from annotator.domain.authors import Author, Timestamp
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import ArticleId, ZoneId
from annotator.domain.records import Records
from annotator.domain.spans import Span
from annotator.domain.zones import Zone
from annotator.editing.describing import check_date
from annotator.errors import EditRefused


@dataclass(frozen=True, slots=True)
class NewArticle:
    """A text on its way in, with what is known about it. published is an ISO date or empty.

    zones are stretches that are not plain body, each with its kind.
    """

    text: str
    title: str
    publisher: str = ""
    byline: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    text_quality: TextQuality = TextQuality.ORIGINAL
    imported_from: str = ""
    encoding: str = ""
    zones: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """An edit with the texts it brings, by hash, and the names of those that were in the project before.

    unmarked counts by their kind the zones that the schema does not have. spelled is how new records are spelled in the
    history, by their ids, where that is known already.
    """

    edit: Edit
    texts: dict[str, str]
    known: tuple[str, ...]
    unmarked: Mapping[str, int] = field(default_factory=dict)
    spelled: Mapping[str, str] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        """How many articles come in."""
        return sum(isinstance(change.record, Article) for change in self.edit.changes)


def import_articles(records: Records, by: Author, articles: Sequence[NewArticle]) -> Import:
    """Adds articles whose text is not in the project yet. Raises EditRefused for a text no project can hold."""
    changes: list[Change] = []
    texts: dict[str, str] = {}
    known: list[str] = []
    kinds = {kind.key for kind in records.schema.zone_kinds}
    unmarked: Counter[str] = Counter()
    for new in articles:
        check_text(new.text)
        check_date(new.published)
    hashes = [text_hash(new.text) for new in articles]
    there, now = records.known_texts(hashes), by.now()
    for new, sha256 in zip(articles, hashes, strict=True):
        if sha256 in texts or sha256 in there:
            known.append(new.imported_from or new.title)
            continue
        texts[sha256] = new.text
        article = article_record(by, new, sha256, now)
        changes.append(Change(None, article))
        for kind, span in new.zones:
            if kind in kinds:
                changes.append(Change(None, Zone(ZoneId(by.new_id()), article.id, kind, span, by.annotator, now, now)))
            else:
                unmarked[kind] += 1
    subject = (str(len(texts)), articles[0].title if articles else "")
    return Import(Edit(EditKind.IMPORT, tuple(changes), subject), texts, tuple(known), unmarked)


def check_text(text: str) -> None:
    """Raises EditRefused, saying why, for a text that cannot be an article."""
    if not text.strip():
        raise EditRefused("it is empty")
    if len(text) > LONGEST_TEXT:
        raise EditRefused(f"it is longer than {LONGEST_TEXT:,} characters; split it first")
    nul = text.find("\0")
    if nul >= 0:
        raise EditRefused(f"it holds a NUL character (at character {nul + 1:,}), so it is probably not a text")


def article_record(by: Author, new: NewArticle, sha256: str, now: Timestamp) -> Article:
    """The record of a text that comes in."""
    return Article(
        id=ArticleId(by.new_id()),
        title=new.title,
        sha256=sha256,
        length=len(new.text),
        author=by.annotator,
        created=now,
        changed=now,
        publisher=new.publisher,
        byline=new.byline,
        url=new.url,
        published=new.published,
        language=new.language,
        text_quality=new.text_quality,
        imported_from=new.imported_from,
        encoding=new.encoding,
    )
