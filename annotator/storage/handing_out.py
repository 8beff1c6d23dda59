"""Writing a part of a project as a project of its own, whose changes can be brought back in."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.authors import Author
from annotator.domain.documents import TYPE_NAMES, to_document
from annotator.domain.edits import Change, EditKind, Record
from annotator.domain.ids import ArticleId
from annotator.domain.links import Between
from annotator.domain.selections import only_by
from annotator.storage import journal
from annotator.storage.opening import create_file
from annotator.storage.rows import write_rows, write_texts
from annotator.storage.snapshots import SnapshotCorpus
from annotator.version import VERSION

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody is given: articles, with everybody's records in them or, blind, with her own and the zones only."""

    annotator: Annotator
    articles: tuple[ArticleId, ...]
    is_blind: bool = True


def write_part(snapshot: Path, target: Path, part: Part, author: Author) -> None:
    """Writes target from a copy of a project. Raises ProjectFileError when it exists or cannot be written."""
    corpus = SnapshotCorpus(snapshot)
    try:

        def fill(connection: sqlite3.Connection) -> None:
            given = _given(corpus, part)
            connection.execute("BEGIN IMMEDIATE")
            while batch := list(islice(given, _BATCH)):
                _write(connection, corpus, batch, part, author)
            connection.execute("COMMIT")

        create_file(target.resolve(), fill)
    finally:
        corpus.close()


def _given(corpus: SnapshotCorpus, part: Part) -> Iterator[tuple[Record, str]]:
    """Records in an order in which none comes before what it refers to, articles with their texts."""
    yield from ((annotator, "") for annotator in corpus.annotators())
    yield corpus.project, ""
    yield from ((entity, "") for entity in corpus.entities())
    claims: set[str] = set()
    for id_ in part.articles:
        annotated = corpus.annotated(id_)
        yield annotated.article, annotated.text
        shown = only_by(annotated, (part.annotator.id,)) if part.is_blind else annotated
        claims |= {claim.id for claim in shown.claims}
        marks: tuple[Record, ...] = (*shown.claims, *shown.mentions, *shown.zones)
        words: tuple[Record, ...] = (*shown.assignments, *shown.decisions, *shown.comments)
        yield from ((record, "") for record in (*marks, *words))
    for link in corpus.links():
        if link.between is Between.ENTITIES or (link.origin in claims and link.target in claims):
            yield link, ""
    if not part.is_blind:
        yield from ((comment, "") for comment in corpus.entity_comments())


def _write(
    connection: sqlite3.Connection,
    corpus: SnapshotCorpus,
    batch: list[tuple[Record, str]],
    part: Part,
    author: Author,
) -> None:
    records = [record for record, _ in batch]
    write_texts(connection, {record.sha256: text for record, text in batch if isinstance(record, Article)})
    write_rows(connection, [Change(None, record) for record in records])
    spelled = [(TYPE_NAMES[type(record)], None, to_document(record)) for record in records]
    subject = json.dumps([part.annotator.name, part.annotator.id], ensure_ascii=False)
    changes = json.dumps(spelled, ensure_ascii=False, separators=(",", ":"))
    columns = (author.new_id(), EditKind.HAND_OUT.value, subject, journal.Step.DO.value, None, author.annotator)
    seq = journal.append(connection, (*columns, author.now(), "", changes, VERSION))
    connection.executemany(
        "INSERT INTO touched VALUES (?, ?, ?, ?, ?, 0)", _rows_touched(corpus, (record.id for record in records), seq)
    )


def _rows_touched(corpus: SnapshotCorpus, records: Iterable[str], seq: int) -> Iterator[tuple[object, ...]]:
    """The records are as these events left them: whoever knows the events learns nothing new from the row."""
    for record in records:
        for touch in corpus.heads_of(record):
            yield record, seq, touch.event, touch.lamport, " ".join(sorted(touch.parents))
