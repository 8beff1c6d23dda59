"""What a claim tells of: addressee, medium, dates, and the event with its parties, place and numbers."""

from dataclasses import replace
from typing import Any

from annotator.domain.authors import Author
from annotator.domain.claims import Claim, Source
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.entities import PLACE
from annotator.domain.events import LARGEST, Event, Quantity, When
from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.records import Records
from annotator.domain.schemas import EventBlock
from annotator.domain.spans import Span, quoted
from annotator.editing.claiming import chosen_words, mention_on
from annotator.editing.describing import changed, check_date, is_backwards
from annotator.errors import EditRefused


def set_addressee(records: Records, by: Author, claim: ClaimId, spans: tuple[Span, ...]) -> Edit:
    """Says to whom it is said, by words of the article; no spans take it away."""
    before = records.claim(claim)
    if not spans:
        return _set(by, before, EditKind.SET_ADDRESSEE, "", addressee=None)
    _check_part(records, "addressee", "to whom they are said")
    text = records.text(before.article)
    spans = chosen_words(text, spans)
    # In an agreed claim the words are tagged for the agreed result too.
    hand = replace(by, annotator=before.author)
    mention, changes = mention_on(records, hand, before.article, spans)
    addressee = Source(spans, quoted(text, spans), mention.entity if mention else None)
    after = changed(by, before, addressee=addressee)
    return Edit(EditKind.SET_ADDRESSEE, (*changes, Change(before, after)), (addressee.quote,))


def set_medium_words(records: Records, by: Author, claim: ClaimId, spans: tuple[Span, ...]) -> Edit:
    """Says which words tell the medium ("in a tweet"); no spans take them away."""
    before = records.claim(claim)
    if spans:
        _check_part(records, "medium", "the words of a medium")
    text = records.text(before.article)
    spans = chosen_words(text, spans) if spans else ()
    quote = quoted(text, spans)
    return _set(by, before, EditKind.SET_MEDIUM, quote, medium_spans=spans, medium_quote=quote)


def set_said_on(records: Records, by: Author, claim: ClaimId, when: When) -> Edit:
    """Says on what day it was said."""
    _check_when(when)
    if when and not any(known.key == "said_on" and known.is_on for known in records.schema.claim_attributes):
        raise EditRefused("In this project claims do not say when they were made: its schema says so.")
    return _set(by, records.claim(claim), EditKind.SET_DATE, when.words or when.earliest, said_on=when)


def set_event_date(records: Records, by: Author, claim: ClaimId, when: When) -> Edit:
    """Says when it is said to have happened."""
    _check_when(when)
    before = records.claim(claim)
    if when:
        _event_block(records)
    event = replace(before.event, date=when)
    return _set(by, before, EditKind.SET_DATE, when.words or when.earliest, event=event)


def describe_event(records: Records, by: Author, claim: ClaimId, **fields: Any) -> Edit:
    """Sets type, mode, actors, recipients, place or relation of the event."""
    before, block = records.claim(claim), _event_block(records)
    for key, choices in (("type", block.types), ("relation", block.place_relations)):
        if fields.get(key) and choices and fields[key] not in choices:
            raise EditRefused(f"“{fields[key]}” is not on the list of the project's schema.")
    place = fields.get("place")
    if place is not None and records.entity(place).kind != PLACE:
        raise EditRefused(f"“{records.entity(place).name}” is no place.")
    if place is not None and not (before.event.relation or fields.get("relation")) and block.place_relations:
        fields["relation"] = block.place_relations[0]
    return _set_event(by, before, replace(before.event, **fields))


def add_party(records: Records, by: Author, claim: ClaimId, role: str, entity: EntityId) -> Edit:
    """Adds who did it (role actors) or to whom it was done (recipients)."""
    before, name = records.claim(claim), records.entity(entity).name
    had = before.event.actors if role == "actors" else before.event.recipients
    if entity in had:
        raise EditRefused(f"“{name}” is there already.")
    return describe_event(records, by, claim, **{role: (*had, entity)})


def add_quantity(records: Records, by: Author, claim: ClaimId, quantity: Quantity) -> Edit:
    """Adds a number to the event, with its words."""
    before = records.claim(claim)
    _check_quantity(records, quantity)
    if any(known.spans == quantity.spans and known.what == quantity.what for known in before.event.quantities):
        raise EditRefused(f"“{quantity.words or quantity.what}” is a number of this claim already.")
    event = replace(before.event, quantities=(*before.event.quantities, quantity))
    return _set(by, before, EditKind.ADD_QUANTITY, quantity.words or quantity.what, event=event)


def change_quantity(records: Records, by: Author, claim: ClaimId, index: int, **fields: Any) -> Edit:
    """Sets what, words, whom, low, best or high of the number with this index."""
    before = records.claim(claim)
    quantities = _with_index(before, index)
    try:
        after = replace(quantities[index], **fields)
    except ValueError as error:
        sentence = str(error)
        raise EditRefused(f"{sentence[0].upper()}{sentence[1:]}.") from error
    _check_quantity(records, after)
    event = replace(before.event, quantities=(*quantities[:index], after, *quantities[index + 1 :]))
    return _set_event(by, before, event)


def remove_quantity(records: Records, by: Author, claim: ClaimId, index: int) -> Edit:
    """Takes the number with this index away."""
    before = records.claim(claim)
    quantities = _with_index(before, index)
    event = replace(before.event, quantities=quantities[:index] + quantities[index + 1 :])
    gone = quantities[index]
    return _set(by, before, EditKind.REMOVE_QUANTITY, gone.words or gone.what, event=event)


def _with_index(claim: Claim, index: int) -> tuple[Quantity, ...]:
    if not 0 <= index < len(claim.event.quantities):
        raise EditRefused("The claim has no such number.")
    return claim.event.quantities


def _check_quantity(records: Records, quantity: Quantity) -> None:
    block = _event_block(records)
    if block.quantities and quantity.what not in block.quantities:
        raise EditRefused(f"“{quantity.what}” is not one of the numbers of the project's schema.")
    for number in (quantity.low, quantity.best, quantity.high):
        if number is not None and number > LARGEST:
            raise EditRefused(f"{number:,} is too large: write a number up to {LARGEST:,}.")


def _event_block(records: Records) -> EventBlock:
    block = records.schema.event
    if block is None or not block.is_on:
        raise EditRefused("In this project claims say nothing about events: switch the event block on in the schema.")
    return block


def _check_part(records: Records, key: str, what: str) -> None:
    if all(part.key != key for part in records.schema.claim_parts):
        raise EditRefused(f"In this project claims do not have {what}: its schema says so.")


def _check_when(when: When) -> None:
    check_date(when.earliest)
    check_date(when.latest)
    if is_backwards(when.earliest, when.latest):
        raise EditRefused(f"The last day ({when.latest}) cannot be before the first one ({when.earliest}).")


def _set_event(by: Author, before: Claim, event: Event) -> Edit:
    return _set(by, before, EditKind.SET_EVENT, before.quote, event=event)


def _set(by: Author, before: Claim, kind: EditKind, subject: str, **fields: Any) -> Edit:
    after: Claim = changed(by, before, **fields)
    return Edit(kind, (Change(before, after),), (subject,))
