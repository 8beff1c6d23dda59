"""Claims: content, sources, cue, and whose words they are quoted in."""

from dataclasses import replace

from annotator.domain.attributes import starting_values
from annotator.domain.authors import Author
from annotator.domain.claims import Claim, Source, guessed_manner
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import UNNAMED_SOURCE, Entity
from annotator.domain.ids import ArticleId, ClaimId, EntityId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.proposals import NOBODY, Meant
from annotator.domain.records import Records
from annotator.domain.spans import Span, covers, hull, joined, quoted
from annotator.editing.describing import changed
from annotator.editing.ownership import own_claims
from annotator.editing.queueing import started
from annotator.editing.tagging import made
from annotator.errors import EditRefused


def claim(records: Records, by: Author, article: ArticleId, content: tuple[Span, ...]) -> Edit:
    """Makes a claim of the words under content, inside the smallest claim whose content holds them all."""
    text = records.text(article)
    content = chosen_words(text, content)
    others = own_claims(records, by, article)
    if any(other.content == content for other in others):
        raise EditRefused("These words are the content of a claim already.")
    is_nesting = records.schema.allows_nesting
    outer = [other for other in others if is_nesting and covers(other.content, content)]
    innermost = min(outer, key=lambda other: sum(map(len, other.content)), default=None)
    now = by.now()
    start = records.schema.start
    made_claim = Claim(
        id=ClaimId(by.new_id()),
        article=article,
        content=content,
        quote=quoted(text, content),
        author=by.annotator,
        created=now,
        changed=now,
        within=innermost.id if innermost else None,
        source_type=guessed_type(records, (), {}),
        manner=_starting_manner(records, text, content),
        act=start("act"),
        stance=start("stance"),
        certainty=start("certainty"),
        medium=start("medium"),
        author_stance=start("author_stance"),
        attributes=starting_values(records.schema.claim_attributes),
    )
    changes = (Change(None, made_claim), *started(records, by, article))
    return Edit(EditKind.NEW_CLAIM, changes, (made_claim.quote,))


def add_content(records: Records, by: Author, claim: ClaimId, spans: tuple[Span, ...]) -> Edit:
    """Adds pieces to a claim's content."""
    before = records.claim(claim)
    text = records.text(before.article)
    content = joined((*before.content, *chosen_words(text, spans)))
    manner = before.manner
    if manner == _starting_manner(records, text, before.content):
        manner = _starting_manner(records, text, content)
    after = changed(by, before, content=content, quote=quoted(text, content), manner=manner)
    return Edit(EditKind.ADD_CONTENT, (Change(before, after),), (quoted(text, joined(spans)),))


def add_source(records: Records, by: Author, claim: ClaimId, spans: tuple[Span, ...]) -> Edit:
    """Adds a source: the mention on these words if there is one, else a new mention under the actor label."""
    before = records.claim(claim)
    text = records.text(before.article)
    spans = chosen_words(text, spans)
    # In an agreed claim the words are tagged for the agreed result too.
    hand = replace(by, annotator=before.author)
    mention, changes = mention_on(records, hand, before.article, spans)
    return _with_source(records, by, before, spans, mention.entity if mention else None, changes)


def add_mention_as_source(records: Records, by: Author, claim: ClaimId, mention: MentionId) -> Edit:
    """Adds a mention's words and entity as a source."""
    found = records.mention(mention)
    return _with_source(records, by, records.claim(claim), found.spans, found.entity, ())


def add_entity_as_source(records: Records, by: Author, claim: ClaimId, entity: EntityId) -> Edit:
    """Adds an entity as a source that no words of the article are marked for."""
    before, name = records.claim(claim), records.entity(entity).name
    if any(source.entity == entity for source in before.sources):
        raise EditRefused(f"“{name}” is a source of this claim already.")
    return _with_source(records, by, before, (), entity, ())


def remove_source(records: Records, by: Author, claim: ClaimId, index: int) -> Edit:
    """Takes the source with this index away; its mention stays."""
    before = records.claim(claim)
    if not 0 <= index < len(before.sources):
        raise EditRefused("The claim has no such source.")
    gone = before.sources[index]
    sources = before.sources[:index] + before.sources[index + 1 :]
    source_type = _followed_type(records, before, sources, {})
    after = changed(by, before, sources=sources, source_type=source_type)
    return Edit(EditKind.REMOVE_SOURCE, (Change(before, after),), (gone.quote,))


def set_cue(records: Records, by: Author, claim: ClaimId, spans: tuple[Span, ...]) -> Edit:
    """Sets the words that tell it is a claim, or takes them away when spans is empty."""
    before = records.claim(claim)
    text = records.text(before.article)
    cue = chosen_words(text, spans) if spans else ()
    after = changed(by, before, cue=cue, cue_quote=quoted(text, cue))
    return Edit(EditKind.SET_CUE, (Change(before, after),), (after.cue_quote,))


def set_within(records: Records, by: Author, claim: ClaimId, outer: ClaimId | None) -> Edit:
    """Puts a claim inside the one it is quoted in, or takes it out; a claim never ends up inside itself."""
    before = records.claim(claim)
    if outer is not None and not records.schema.allows_nesting:
        raise EditRefused("In this project no claim stands inside another: its schema says so.")
    step = outer
    while step is not None:
        if step == claim:
            raise EditRefused("A claim cannot be inside itself: the other one is already quoted in it.")
        step = records.claim(step).within
    if outer is not None and records.claim(outer).article != before.article:
        raise EditRefused("Both claims must be in the same article.")
    return Edit(EditKind.SET_WITHIN, (Change(before, changed(by, before, within=outer)),), (before.quote,))


def delete_claim(records: Records, by: Author, claim: ClaimId) -> Edit:
    """Deletes a claim and its links; those quoted in it move out to where it stood. Mentions stay."""
    before = records.claim(claim)
    inner = [Change(held, changed(by, held, within=before.within)) for held in records.claims_within(claim)]
    links = [Change(link, None) for link in records.links_of(claim)]
    return Edit(EditKind.DELETE_CLAIM, (*links, *inner, Change(before, None)), (before.quote,))


def _with_source(
    records: Records,
    by: Author,
    before: Claim,
    spans: tuple[Span, ...],
    entity: EntityId | None,
    changes: tuple[Change, ...],
) -> Edit:
    quote = quoted(records.text(before.article), spans)
    if spans and any(source.spans == spans for source in before.sources):
        raise EditRefused(f"“{quote}” is a source of this claim already.")
    quote = quote or (records.entity(entity).name if entity else "")
    sources = (*before.sources, Source(spans, quote, entity))
    kinds = {change.record.id: change.record.kind for change in changes if isinstance(change.record, Entity)}
    source_type = _followed_type(records, before, sources, kinds)
    after = changed(by, before, sources=sources, source_type=source_type)
    return Edit(EditKind.ADD_SOURCE, (*changes, Change(before, after)), (quote,))


def mention_on(
    records: Records, by: Author, article: ArticleId, spans: tuple[Span, ...], meant: Meant = NOBODY
) -> tuple[Mention | None, tuple[Change, ...]]:
    """The mention on just these words, and the changes that make it (under the actor label) where there is none.

    meant tells whom a new one names, where more is known than the words say.
    """
    linking = {label.key for label in records.schema.labels if label.links_to_entity}
    at_them = [m for m in records.mentions_at(article, hull(spans)) if m.author == by.annotator]
    there = [m for m in at_them if m.spans == spans and m.label in linking]
    if there:
        return there[0], ()
    label = records.schema.actor_label
    if label is None:
        return None, ()
    name, kind = meant.name, meant.kind
    changes = made(records, by, article, spans, label, meant.entity, name, kind, is_open=meant.is_open)
    mention = changes[-1].record
    assert isinstance(mention, Mention)
    return mention, changes


def _followed_type(records: Records, before: Claim, sources: tuple[Source, ...], new_kinds: dict[EntityId, str]) -> str:
    """The source type that follows the sources, unless the analyst has set another than the guess."""
    if before.source_type != guessed_type(records, before.sources, {}):
        return before.source_type
    return guessed_type(records, sources, new_kinds)


def guessed_type(records: Records, sources: tuple[Source, ...], new_kinds: dict[EntityId, str]) -> str:
    """How a claim's source is known, by its first source, unless the schema says it.

    new_kinds are those of entities that are not saved yet.
    """
    guess = "unspecified" if not sources else "unnamed"
    if sources and (entity := sources[0].entity) is not None:
        kind = new_kinds.get(entity) or records.entity(entity).kind
        guess = "unnamed" if kind == UNNAMED_SOURCE else "named"
    return records.schema.start("source_type", guess)


def _starting_manner(records: Records, text: str, content: tuple[Span, ...]) -> str:
    return records.schema.start("manner", guessed_manner(text, content))


def chosen_words(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans without blanks at their ends, joined where they touch. Raises EditRefused when nothing is left."""
    bare = joined(span for whole in spans if (span := whole.trimmed(text)) is not None)
    if not bare:
        raise EditRefused("Select the words first.")
    return bare
