"""What a machine suggested becomes a person's record, or is rejected; both are undone like anything else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotator.domain.authors import Author
from annotator.domain.claims import Claim, Source
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import PLACE, Entity
from annotator.domain.identifiers import GEONAMES, Identifier
from annotator.domain.ids import ArticleId, EntityId, RejectionId
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.proposals import NOBODY, Located, Meant
from annotator.domain.records import Records
from annotator.domain.schemas import Label
from annotator.domain.spans import Span, covers, quoted
from annotator.domain.suggestions import Rejection, Suggestion, SuggestionKind
from annotator.editing.claiming import claim, guessed_type, mention_on
from annotator.editing.describing import changed
from annotator.editing.ownership import own_claims
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
    for one in {one.id: one for one in suggestions}.values():
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
    entity = _known(records, one.known_entity, label) or (None if one.may_be else named.get(words))
    name, is_open = one.entity_name, bool(one.may_be)
    changes = made(records, by, one.article, one.spans, label, entity, name, one.entity_kind, is_open=is_open)
    mention = changes[-1].record
    assert isinstance(mention, Mention)
    if any(isinstance(change.record, Entity) for change in changes) and mention.entity:
        named[words] = mention.entity
        changes = tuple(_placed(change, one.located) for change in changes)
    return (*changes[:-1], Change(None, replace(mention, derived_from=one.id)))


def _claim(records: Records, by: Author, one: Suggestion) -> tuple[Change, ...]:
    first, *rest = claim(records, by, one.article, one.spans).changes
    record = first.record
    assert isinstance(record, Claim)
    text = records.text(one.article)
    changes: list[Change] = []
    sources: list[Source] = []
    for place, spans in enumerate(one.sources):
        meant = one.meant[place] if place < len(one.meant) else NOBODY
        source, needed = _source(records, by, one.article, spans, meant, changes)
        sources.append(source)
        changes += needed
    kinds = {change.record.id: change.record.kind for change in changes if isinstance(change.record, Entity)}
    record = replace(
        record,
        sources=tuple(sources),
        source_type=guessed_type(records, tuple(sources), kinds),
        cue=one.cue,
        cue_quote=quoted(text, one.cue),
        manner=records.schema.start("manner", one.manner or record.manner),
        derived_from=one.id,
    )
    return (*changes, Change(None, record), *_quoted_in(records, by, record), *rest)


def _quoted_in(records: Records, by: Author, outer: Claim) -> Iterator[Change]:
    """Claims that were suggested and accepted before the one that they are quoted in; what a person made stays so."""
    for other in own_claims(records, by, outer.article) if records.schema.allows_nesting else ():
        if other.derived_from and other.within is None and covers(outer.content, other.content):
            yield Change(other, changed(by, other, within=outer.id))


def _placed(change: Change, located: Located | None) -> Change:
    """A new place is put where the suggestion says."""
    entity = change.after
    if located is None or change.before is not None or not isinstance(entity, Entity) or entity.kind != PLACE:
        return change
    scheme, _, value = located.identifier.partition(":")
    ids = (Identifier(scheme, value),) if scheme == GEONAMES else ()
    return Change(None, replace(entity, place=located.place, country=located.country, ids=ids))


def _known(records: Records, entity: EntityId | None, label: Label) -> EntityId | None:
    """An entity that was suggested, unless it has been merged, deleted or made another kind since."""
    known = records.find(Entity, entity) if entity else None
    return known.id if known is not None and known.kind in label.kinds else None


def _source(
    records: Records, by: Author, article: ArticleId, spans: tuple[Span, ...], meant: Meant, sofar: Sequence[Change]
) -> tuple[Source, tuple[Change, ...]]:
    """A source on these words; what the claim's other sources have made already is not made twice."""
    new, text, label = [change.record for change in sofar], records.text(article), records.schema.actor_label
    there = next((record for record in new if isinstance(record, Mention) and record.spans == spans), None)
    if there is not None:
        return Source(spans, quoted(text, spans), there.entity), ()
    if meant.entity and label is not None:
        meant = replace(meant, entity=_known(records, meant.entity, label))
    mention, changes = mention_on(records, by, article, spans, meant)
    return Source(spans, quoted(text, spans), mention.entity if mention else None), changes
