"""Changing fields of one record: the part that all such gestures share."""

import dataclasses
from typing import Any, TypeVar

from annotator.domain.articles import Article, is_date
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Entity
from annotator.domain.ids import ArticleId, ClaimId, MentionId
from annotator.domain.intervals import Interval
from annotator.domain.mentions import Mention
from annotator.domain.records import Records
from annotator.domain.schemas import Schema
from annotator.domain.values import with_value
from annotator.errors import EditRefused

R = TypeVar("R")


def changed(by: Author, record: R, **fields: Any) -> R:
    """The record with other fields and the time of now. Raises EditRefused when nothing would change."""
    if all(getattr(record, name) == value for name, value in fields.items()):
        raise EditRefused("Nothing to change: it is so already.")
    return dataclasses.replace(record, **fields, changed=by.now())  # type: ignore[type-var]


def describe_article(records: Records, by: Author, article: ArticleId, **fields: Any) -> Edit:
    """Sets what is known about an article: title, publisher, byline, url, published, language, text_quality."""
    before = records.article(article)
    fixed = fields.keys() & {"id", "sha256", "length", "author", "created"}
    if fixed:
        raise EditRefused("An article's text never changes once it is in.")
    check_date(str(fields.get("published", "")))
    after: Article = changed(by, before, **fields)
    return Edit(EditKind.DESCRIBE_ARTICLE, (Change(before, after),), (after.title,))


def check_date(words: str) -> None:
    """Raises EditRefused unless the words are empty or an ISO date."""
    if not is_date(words):
        raise EditRefused(f"“{words}” is no date; write it as 2021-08-22, or 2021-08, or 2021.")


def is_backwards(first: str, last: str) -> bool:
    """Whether of two ISO days, months or years the last is over before the first begins; empty ones are open."""
    return bool(first and last) and Interval.of_iso(last).latest < Interval.of_iso(first).earliest


def describe_mention(records: Records, by: Author, mention: MentionId, **fields: Any) -> Edit:
    """Sets level, used_as, unsure or note of a mention."""
    before = records.mention(mention)
    _check_choices(records.schema, fields)
    after: Mention = changed(by, before, **fields)
    return Edit(EditKind.DESCRIBE_MENTION, (Change(before, after),), (after.quote,))


def describe_claim(records: Records, by: Author, claim: ClaimId, **fields: Any) -> Edit:
    """Sets source_type, manner, act, stance, certainty, medium, about, wording, unsure or note of a claim."""
    before = records.claim(claim)
    _check_choices(records.schema, fields)
    after = changed(by, before, **fields)
    return Edit(EditKind.DESCRIBE_CLAIM, (Change(before, after),), (after.quote,))


def set_value(
    records: Records, by: Author, record: Mention | Entity | Claim, key: str, values: tuple[str, ...]
) -> Edit:
    """Sets an attribute that the schema adds to mentions, entities or claims; no values take it away."""
    match record:
        case Mention():
            before: Mention | Entity | Claim = records.mention(record.id)
            kind, subject = EditKind.DESCRIBE_MENTION, record.quote
        case Entity():
            before, kind, subject = records.entity(record.id), EditKind.DESCRIBE_ENTITY, record.name
        case Claim():
            before, kind, subject = records.claim(record.id), EditKind.DESCRIBE_CLAIM, record.quote
    after = changed(by, before, attributes=with_value(before.attributes, key, values))
    return Edit(kind, (Change(before, after),), (subject,))


def _check_choices(schema: Schema, fields: dict[str, Any]) -> None:
    for choice in (*schema.mention_choices, *schema.claim_choices):
        value = fields.get(choice.key)
        if value and value not in choice.choices:
            raise EditRefused(f"{choice.key.replace('_', ' ').capitalize()} cannot be “{value}”.")
