"""Mentions: tagging words, changing the label, moving edges, taking the tag off."""

import dataclasses

from annotator.domain.attributes import starting_values
from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import AnnotatorId, ArticleId, EntityId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.names import guessed_level
from annotator.domain.records import Records
from annotator.domain.schemas import Label
from annotator.domain.spans import Span, hull, joined, quoted
from annotator.editing.describing import changed
from annotator.editing.identifying import guessed_kind, proposals
from annotator.editing.linking import bare_after, is_named_alone, new_entity
from annotator.editing.queueing import started
from annotator.errors import EditRefused


def tag(records: Records, by: Author, article: ArticleId, spans: tuple[Span, ...], label: str) -> Edit:
    """Makes a mention of the words under spans, linked to its entity when there is no doubt which one it is."""
    wanted = records.schema.label(label)
    changes = made(records, by, article, spans, wanted)
    mention = changes[-1].record
    assert isinstance(mention, Mention)
    return Edit(EditKind.TAG, changes + started(records, by, article), (mention.quote, wanted.name))


def made(
    records: Records,
    by: Author,
    article: ArticleId,
    spans: tuple[Span, ...],
    label: Label,
    entity: EntityId | None = None,
    name: str = "",
    kind: str = "",
    *,
    is_open: bool = False,
) -> tuple[Change, ...]:
    """The changes that make a mention; the mention is the last, before it a new entity if it names one.

    A given entity is the one it names; without it the words decide, or the name. kind is a new entity's, if allowed.
    is_open: it names none for now, a person is to be asked.
    """
    text = records.text(article)
    spans = _within(text, spans)
    _refuse_twice(records, article, spans, label, by.annotator)
    quote, now = quoted(text, spans), by.now()
    changes: tuple[Change, ...] = ()
    if entity is None and not is_open:
        entity, changes = _entity_of(records, by, name or quote, label, kind)
    mention = Mention(
        id=MentionId(by.new_id()),
        article=article,
        label=label.key,
        spans=spans,
        quote=quote,
        author=by.annotator,
        created=now,
        changed=now,
        entity=entity,
        level=_starting_level(records, quote),
        used_as=records.schema.starting_use(label),
        attributes=starting_values(records.schema.mention_attributes, label.key),
    )
    return (*changes, Change(None, mention))


def retag(records: Records, by: Author, mention: MentionId, label: str) -> Edit:
    """Changes a mention's label. An entity whose kind the new label does not allow is let go."""
    before, wanted = records.mention(mention), records.schema.label(label)
    if before.label == label:
        raise EditRefused(f"“{_short(before.quote)}” is tagged {wanted.name} already.")
    _refuse_twice(records, before.article, before.spans, wanted, before.author)
    changes: tuple[Change, ...] = ()
    entity = before.entity
    if entity is not None and records.entity(entity).kind not in wanted.kinds:
        changes = bare_after(records, before)
        entity = None
    if entity is None and wanted.links_to_entity:
        entity, made_entity = _entity_of(records, by, before.quote, wanted)
        changes += made_entity
    start = records.schema.starting_use(wanted)
    used_as = start and (before.used_as or start)
    after = changed(by, before, label=label, entity=entity, used_as=used_as)
    return Edit(EditKind.RETAG, (*changes, Change(before, after)), (before.quote, wanted.name))


def resize(records: Records, by: Author, mention: MentionId, spans: tuple[Span, ...]) -> Edit:
    """Gives a mention other words. A new entity that was named after the old words is named after the new ones."""
    before = records.mention(mention)
    spans = _within(records.text(before.article), spans)
    if spans == before.spans:
        raise EditRefused("The edge cannot be moved further.")
    changes = _covering(records, by, before, spans)
    return Edit(EditKind.RESIZE, changes, (quoted(records.text(before.article), spans),))


def add_piece(records: Records, by: Author, mention: MentionId, span: Span) -> Edit:
    """Adds words elsewhere in the article to a mention, which becomes discontiguous; words that touch are joined."""
    before = records.mention(mention)
    spans = _within(records.text(before.article), (*before.spans, span))
    if spans == before.spans:
        raise EditRefused("These words are in the mention already.")
    return Edit(EditKind.ADD_PIECE, _covering(records, by, before, spans), (before.quote,))


def _covering(records: Records, by: Author, before: Mention, spans: tuple[Span, ...]) -> tuple[Change, ...]:
    _refuse_twice(records, before.article, spans, records.schema.label(before.label), before.author)
    quote = quoted(records.text(before.article), spans)
    is_start = before.level == _starting_level(records, before.quote)
    level = _starting_level(records, quote) if is_start else before.level
    after = changed(by, before, spans=spans, quote=quote, level=level)
    changes = [Change(before, after)]
    if before.entity and is_named_alone(records, before):
        entity = records.entity(before.entity)
        # Keeps created equal to changed: nobody but the program has named it yet.
        changes.append(Change(entity, dataclasses.replace(entity, name=" ".join(quote.split()))))
    return tuple(changes)


def untag(records: Records, by: Author, mention: MentionId) -> Edit:
    """Takes a mention away; an entity that only it had named, and nobody has worked on, goes with it."""
    del by  # every gesture is called alike
    before = records.mention(mention)
    label = records.schema.label(before.label)
    gone = bare_after(records, before)
    return Edit(EditKind.UNTAG, (Change(before, None), *gone), (before.quote, label.name))


def _entity_of(
    records: Records, by: Author, quote: str, label: Label, kind: str = ""
) -> tuple[EntityId | None, tuple[Change, ...]]:
    """The entity to link at once and the change that makes it when it is new; none when the analyst must be asked."""
    if not label.links_to_entity or guessed_level(quote) == "pronoun":
        return None, ()
    found = proposals(records, quote, label)
    if found.certain is not None:
        return found.certain.id, ()
    if not found.is_unknown:
        return None, ()
    entity = new_entity(records, by, kind if kind in label.kinds else guessed_kind(quote, label), quote)
    return entity.id, (Change(None, entity),)


def _starting_level(records: Records, quote: str) -> str:
    return records.schema.start("level", guessed_level(quote))


def _within(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    trimmed = tuple(bare for span in spans if (bare := span.trimmed(text)) is not None)
    if not trimmed:
        raise EditRefused("There is no word here: select the words to tag.")
    return joined(trimmed)


def is_tagged(
    records: Records, article: ArticleId, spans: tuple[Span, ...], label: Label, annotator: AnnotatorId
) -> bool:
    """Whether the annotator has tagged just these words under the label; what others did is their judgement."""
    there = (other for other in records.mentions_at(article, hull(spans)) if other.author == annotator)
    return any(other.label == label.key and other.spans == spans for other in there)


def _refuse_twice(
    records: Records, article: ArticleId, spans: tuple[Span, ...], label: Label, annotator: AnnotatorId
) -> None:
    if is_tagged(records, article, spans, label, annotator):
        raise EditRefused(f"“{_short(quoted(records.text(article), spans))}” is tagged {label.name} already.")


def _short(quote: str) -> str:
    return quote if len(quote) <= 40 else f"{quote[:39]}…"
