"""What a machine suggested becomes a person's record, or is rejected; both are undone like anything else."""

from collections.abc import Sequence
from dataclasses import replace

from annotator.domain.authors import Author
from annotator.domain.claims import Claim, Source
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import Entity
from annotator.domain.ids import ArticleId, EntityId, RejectionId
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.records import Records
from annotator.domain.spans import Span, quoted
from annotator.domain.suggestions import Rejection, Suggestion, SuggestionKind
from annotator.editing.claiming import claim, guessed_type, mention_on
from annotator.editing.queueing import started
from annotator.editing.tagging import is_tagged, made
from annotator.editing.zoning import mark_zone
from annotator.errors import EditRefused


def accept(records: Records, by: Author, suggestion: Suggestion) -> Edit:
    """Makes the record that is suggested, with all it needs: a name's entity, a claim's sources as mentions.

    The record remembers the suggestion's id as what it is derived from. Raises EditRefused where it is there already.
    """
    match suggestion.kind:
        case SuggestionKind.MENTION:
            changes = _mention(records, by, suggestion, {})
            changes += started(records, by, suggestion.article)
        case SuggestionKind.CLAIM:
            changes = _claim(records, by, suggestion)
        case SuggestionKind.ZONE:
            changes = mark_zone(records, by, suggestion.article, suggestion.hull, suggestion.label).changes
    return Edit(EditKind.ACCEPT_SUGGESTION, changes, (_words(records, suggestion),))


def accept_all(records: Records, by: Author, suggestions: Sequence[Suggestion]) -> Edit:
    """Makes the mentions that are suggested, in one edit; those that are there are passed over.

    All that name a new entity by the same words name one. Raises EditRefused where nothing is left to make.
    """
    changes: list[Change] = []
    named: dict[str, EntityId] = {}
    count = 0
    for one in suggestions:
        label = records.schema.label(one.label)
        if one.kind is SuggestionKind.MENTION and not is_tagged(records, one.article, one.spans, label, by.annotator):
            changes += _mention(records, by, one, named)
            count += 1
    if not count:
        raise EditRefused("All of these are tagged already.")
    for article in dict.fromkeys(one.article for one in suggestions):
        changes += started(records, by, article)
    return Edit(EditKind.ACCEPT_SUGGESTIONS, tuple(changes), (_words(records, suggestions[0]), str(count)))


def reject(records: Records, by: Author, suggestion: Suggestion) -> Edit:
    """Says no to a suggestion: these words are not suggested under this label any more, whoever suggests them."""
    now, words = by.now(), _words(records, suggestion)
    rejection = Rejection(
        id=RejectionId(by.new_id()),
        article=suggestion.article,
        kind=suggestion.kind.value,
        label=suggestion.label,
        spans=suggestion.spans,
        quote=words,
        author=by.annotator,
        created=now,
        changed=now,
    )
    changes = (Change(None, rejection), *started(records, by, suggestion.article))
    return Edit(EditKind.REJECT_SUGGESTION, changes, (words,))


def _words(records: Records, suggestion: Suggestion) -> str:
    return quoted(records.text(suggestion.article), suggestion.spans)


def _mention(records: Records, by: Author, one: Suggestion, named: dict[str, EntityId]) -> tuple[Change, ...]:
    label = records.schema.label(one.label)
    words = fold(_words(records, one))
    known = records.find(Entity, one.known_entity) if one.known_entity else None
    # It may have been merged, deleted or made another kind since it was suggested.
    entity = known.id if known is not None and known.kind in label.kinds else named.get(words)
    changes = made(records, by, one.article, one.spans, label, entity, one.entity_name, one.entity_kind)
    mention = changes[-1].record
    assert isinstance(mention, Mention)
    if any(isinstance(change.record, Entity) for change in changes) and mention.entity:
        named[words] = mention.entity
    return (*changes[:-1], Change(None, replace(mention, derived_from=one.id)))


def _claim(records: Records, by: Author, one: Suggestion) -> tuple[Change, ...]:
    first, *rest = claim(records, by, one.article, one.spans).changes
    record = first.record
    assert isinstance(record, Claim)
    text = records.text(one.article)
    changes: list[Change] = []
    sources: list[Source] = []
    for spans in one.sources:
        source, needed = _source(records, by, one.article, spans, text, changes)
        sources.append(source)
        changes += needed
    kinds = {change.record.id: change.record.kind for change in changes if isinstance(change.record, Entity)}
    record = replace(
        record,
        sources=tuple(sources),
        source_type=guessed_type(records, tuple(sources), kinds),
        cue=one.cue,
        cue_quote=quoted(text, one.cue),
        manner=one.manner or record.manner,
        derived_from=one.id,
    )
    return (*changes, Change(None, record), *rest)


def _source(
    records: Records, by: Author, article: ArticleId, spans: tuple[Span, ...], text: str, sofar: Sequence[Change]
) -> tuple[Source, tuple[Change, ...]]:
    """A source on these words; what the claim's other sources have made already is not made twice."""
    new = [change.record for change in sofar]
    there = next((record for record in new if isinstance(record, Mention) and record.spans == spans), None)
    if there is not None:
        return Source(spans, quoted(text, spans), there.entity), ()
    mention, changes = mention_on(records, by, article, spans)
    return Source(spans, quoted(text, spans), mention.entity if mention else None), changes
