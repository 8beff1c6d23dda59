"""An edit's changes become rows, unless the stored rows are not what the edit thinks they are."""

from collections.abc import Iterator, Mapping, Sequence

from annotator.domain.articles import Article
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Record
from annotator.domain.ids import ArticleId
from annotator.domain.mentions import Mention
from annotator.errors import DamagedProject, ProjectChanged
from annotator.storage.connection import Database
from annotator.storage.tables import TABLE_OF
from annotator.storage.texts import Texts, quotes_fit


class Stale(ProjectChanged):
    """A record is not what the edit starts from."""


def write(db: Database, changes: Sequence[Change], texts: Mapping[str, str], shelf: Texts) -> None:
    """Makes the changes inside the transaction under way.

    Raises Stale when a record is not as it was before the change, DamagedProject when quoted words do not fit the
    text, and ValueError for a change that is no change of one record.
    """
    if texts:
        shelf.put(texts)
    for run in _runs(changes):
        _write_run(db, run)
    _check_articles(changes, texts)
    _check_quotes(changes, shelf)


def _runs(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes in order, neighbours of one type together so that they can be written in bulk."""
    run: list[Change] = []
    ids: set[str] = set()
    for change in changes:
        record = change.record
        if run and (type(record) is not type(run[0].record) or record.id in ids):
            yield run
            run, ids = [], set()
        run.append(change)
        ids.add(record.id)
    if run:
        yield run


def _write_run(db: Database, run: Sequence[Change]) -> None:
    table = TABLE_OF[type(run[0].record)]
    stored = table.read(db, [change.record.id for change in run])
    gone: list[str] = []
    made: list[Record] = []
    for change in run:
        before, after = change.before, change.after
        if before is not None and after is not None and (type(before), before.id) != (type(after), after.id):
            raise ValueError("a change must be of one record")
        if stored.get(change.record.id) != before:
            raise Stale(f"“{db.path.name}” has changed meanwhile, so this was not done. Try again.")
        if after is None:
            gone.append(change.record.id)
        else:
            made.append(after)
    if gone:
        table.delete(db, gone)
    if made:
        table.write(db, made)


def _check_articles(changes: Sequence[Change], texts: Mapping[str, str]) -> None:
    for change in changes:
        before, after = change.before, change.after
        if not isinstance(after, Article):
            continue
        if isinstance(before, Article) and (before.sha256, before.length) != (after.sha256, after.length):
            raise ValueError("an article's text never changes")
        if after.sha256 in texts and len(texts[after.sha256]) != after.length:
            raise ValueError("an article's length must be its text's")


def _check_quotes(changes: Sequence[Change], shelf: Texts) -> None:
    by_article: dict[ArticleId, list[Mention | Claim]] = {}
    for change in changes:
        if isinstance(change.after, Mention | Claim) and _has_new_words(change):
            by_article.setdefault(change.after.article, []).append(change.after)
    for article, records in by_article.items():
        text = shelf.of_article(article)
        if text is None:
            raise Stale("The article is no longer in the project, so this was not done.")
        if not all(quotes_fit(text, record) for record in records):
            raise DamagedProject(
                "The words to be marked do not stand in the article where they should, so nothing was saved."
            )


def _has_new_words(change: Change) -> bool:
    """Merging two entities touches thousands of mentions and no words: their texts need not be read."""
    match change.before, change.after:
        case Mention() as before, Mention() as after:
            return (before.article, before.spans, before.quote) != (after.article, after.spans, after.quote)
    return True
