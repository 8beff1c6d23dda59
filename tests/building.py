"""Small builders of records and projects that the suites share. Ids and times are counted, so runs are alike."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from annotator.domain.annotators import Annotator, AnnotatorKind
from annotator.domain.articles import Article, text_hash
from annotator.domain.assignments import Assignment, State
from annotator.domain.authors import Author, Timestamp, timestamp
from annotator.domain.claims import Claim, Source
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.entities import Entity
from annotator.domain.ids import (
    AnnotatorId,
    ArticleId,
    AssignmentId,
    ClaimId,
    EntityId,
    MentionId,
    ProjectId,
    uuid7,
)
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.spans import Span, quoted
from annotator.paths import resource
from annotator.storage.project_file import ProjectFile

SCHEMA = resource("schemas/news_claims.json").read_text(encoding="utf-8")
TEXT = "Ana Ruiz said the bridge was safe. “It will hold,” Ruiz told the Daily Post."

_START = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
_count = itertools.count(1)


def new_id() -> str:
    """A UUIDv7 that is greater than all before it in this run."""
    return uuid7(1_790_000_000_000 + next(_count), 0)


def new_time() -> Timestamp:
    """A moment later than all before it in this run."""
    return timestamp(_START + timedelta(milliseconds=next(_count)))


def make_author(annotator: str = "") -> Author:
    """Somebody at work, with counted ids and times; a new annotator unless one is given."""
    return Author(AnnotatorId(annotator or new_id()), new_time, new_id)


ANNA, BEN = make_author(), make_author()


def make_annotator(author: Author = ANNA, name: str = "Anna") -> Annotator:
    """The record of an author."""
    now = author.now()
    return Annotator(author.annotator, name, AnnotatorKind.PERSON, now, now)


def make_project(name: str = "Bridges") -> Project:
    """A project with the schema that the program comes with."""
    now = new_time()
    return Project(ProjectId(new_id()), name, SCHEMA, now, now)


def make_article(text: str = TEXT, author: Author = ANNA, **fields: Any) -> Article:
    """An article with this text."""
    now = author.now()
    title = fields.pop("title", text.split("\n", 1)[0][:40])
    return Article(ArticleId(author.new_id()), title, text_hash(text), len(text), author.annotator, now, now, **fields)


def make_entity(name: str = "Ana Ruiz", kind: str = "person", author: Author = ANNA, **fields: Any) -> Entity:
    """An entity of this name."""
    now = author.now()
    return Entity(EntityId(author.new_id()), kind, name, author.annotator, now, now, **fields)


def make_mention(article: Article, text: str, *words: str, author: Author = ANNA, **fields: Any) -> Mention:
    """A mention of the words, one piece each, where they first stand in text one after another."""
    now, spans = author.now(), find(text, *(words or ("Ana Ruiz",)))
    entity = fields.pop("entity", None)
    return Mention(
        id=MentionId(author.new_id()),
        article=article.id,
        label=fields.pop("label", "actor"),
        spans=spans,
        quote=quoted(text, spans),
        author=author.annotator,
        created=now,
        changed=now,
        entity=entity.id if isinstance(entity, Entity) else entity,
        **fields,
    )


def make_claim(article: Article, text: str, *content: str, author: Author = ANNA, **fields: Any) -> Claim:
    """A claim whose content is these words; by and cue are words of the text, entity is whom by means."""
    now, spans = author.now(), find(text, *(content or ("the bridge was safe",)))
    by, cue, entity = fields.pop("by", ""), fields.pop("cue", ""), fields.pop("entity", None)
    sources = (Source(find(text, by), by, entity.id if entity else None),) if by else ()
    return Claim(
        id=ClaimId(author.new_id()),
        article=article.id,
        content=spans,
        quote=quoted(text, spans),
        author=author.annotator,
        created=now,
        changed=now,
        sources=sources,
        cue=find(text, cue) if cue else (),
        cue_quote=cue,
        **fields,
    )


def make_assignment(article: Article, state: State = State.DOING, author: Author = ANNA) -> Assignment:
    """How far the author is with the article."""
    now = author.now()
    return Assignment(AssignmentId(author.new_id()), article.id, author.annotator, state, now, now)


def find(text: str, *words: str) -> tuple[Span, ...]:
    """Where the words stand in text, each after the one before."""
    spans: list[Span] = []
    for piece in words:
        start = text.index(piece, spans[-1].end if spans else 0)
        spans.append(Span(start, start + len(piece)))
    return tuple(spans)


def made(*records: Record, kind: EditKind = EditKind.TAG) -> Edit:
    """The edit that makes these records."""
    return Edit(kind, tuple(Change(None, record) for record in records), ("made",))


def changed(before: Record, **fields: Any) -> Edit:
    """The edit that gives a record other values."""
    return Edit(EditKind.DESCRIBE_MENTION, (Change(before, replace(before, **fields)),), ("changed",))


def deleted(*records: Record) -> Edit:
    """The edit that takes records away."""
    return Edit(EditKind.UNTAG, tuple(Change(record, None) for record in records), ("deleted",))


def a_project(folder: Path, name: str = "project.annot", *, with_ben: bool = False) -> ProjectFile:
    """A new project of ANNA's, open, in folder; its backups go beside it. BEN joins if wanted."""
    project = ProjectFile.create(folder / name, make_project(), make_annotator(), folder / "backups")
    if with_ben:
        project.apply(made(make_annotator(BEN, "Ben"), kind=EditKind.JOIN), BEN)
    return project


def reopened(project: ProjectFile) -> ProjectFile:
    """The same project after it was closed and opened again."""
    project.close()
    return ProjectFile.open(project.path, project.path.parent / "backups")


def add_article(
    project: ProjectFile, text: str = TEXT, author: Author = ANNA, group: str = "", **fields: Any
) -> Article:
    """Imports an article and answers its record."""
    article = make_article(text, author, **fields)
    edit = made(article, kind=EditKind.IMPORT)
    project.apply(edit, author, {article.sha256: text}, group)
    return article
