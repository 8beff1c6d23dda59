"""Annotations carried over to another version of their text: those with one certain place, the rest listed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.domain.annotators import consensus_id
from annotator.domain.articles import Article
from annotator.domain.authors import Author
from annotator.domain.carrying import Carrier
from annotator.domain.claims import Claim, Source
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.events import When
from annotator.domain.ids import ClaimId, LinkId, MentionId, ZoneId
from annotator.domain.mentions import Mention
from annotator.domain.records import Records
from annotator.domain.spans import Span, quoted
from annotator.domain.zones import Zone
from annotator.editing.bringing_in import sign_of
from annotator.editing.queueing import started
from annotator.errors import EditRefused

Annotation = Mention | Claim | Zone


@dataclass(frozen=True, slots=True)
class Left:
    """An annotation that stays behind, and why in words."""

    annotation: Annotation
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """An annotation with the spans and words that it has in the other text; all else is as it was."""

    annotation: Annotation
    there: Annotation


def work_out(before: str, after: str, annotations: tuple[Annotation, ...]) -> Iterator[Moved | Left]:
    """One answer for each annotation of a text, asked of another version of it; a claim comes after its outer ones."""
    carrier = Carrier(before, after)
    left: set[str] = set()
    for annotation in _outer_first(annotations):
        try:
            if isinstance(annotation, Claim) and annotation.within in left:
                raise _Uncertain("the claim that it is quoted in stays behind")
            yield Moved(annotation, _moved(carrier, after, annotation))
        except _Uncertain as uncertain:
            left.add(annotation.id)
            yield Left(annotation, str(uncertain))


def carry_over(records: Records, by: Author, old: Article, new: Article, moved: tuple[Moved, ...]) -> Edit:
    """Writes copies of the moved annotations in the other article, signed by those who made them.

    What is there already, or was changed in the meantime, is passed over; links between two claims that came along
    come too. Raises EditRefused when nothing is left to carry.
    """
    unchanged = {record.id: record for record in records.annotations_in(old.id)}
    there = {sign_of(record): record for record in records.annotations_in(new.id)}
    agreed, now = consensus_id(records.project().id), by.now()
    claims: dict[ClaimId, ClaimId] = {}
    changes: list[Change] = []
    for one in moved:
        if one.annotation.author == agreed or unchanged.get(one.annotation.id) != one.annotation:
            continue
        known = there.get(sign_of(one.there))
        made = replace(one.there, article=new.id, created=now, changed=now)
        match made:
            case Mention():
                made = replace(made, id=MentionId(by.new_id()), derived_from=one.annotation.id)
            case Claim():
                id_ = known.id if isinstance(known, Claim) else ClaimId(by.new_id())
                claims[ClaimId(one.annotation.id)] = id_
                within = claims.get(made.within) if made.within else None
                made = replace(made, id=id_, within=within, derived_from=one.annotation.id)
            case Zone():
                made = replace(made, id=ZoneId(by.new_id()))
        if known is None:
            changes.append(Change(None, made))
    made_now = {change.record.id for change in changes}
    for link in {link.id: link for claim in claims for link in records.links_of(claim)}.values():
        ends = claims.get(ClaimId(link.origin)), claims.get(ClaimId(link.target))
        if ends[0] and ends[1] and made_now.intersection(ends):
            copy = replace(link, id=LinkId(by.new_id()), origin=ends[0], target=ends[1], created=now, changed=now)
            changes.append(Change(None, copy))
    if not changes:
        raise EditRefused("All that can be carried over is there already.")
    count = sum(isinstance(change.record, Mention | Claim | Zone) for change in changes)
    if any(getattr(change.record, "author", None) == by.annotator for change in changes):
        changes += started(records, by, new.id)
    return Edit(EditKind.CARRY_OVER, tuple(changes), (str(count), new.title))


class _Uncertain(Exception):
    pass


def _outer_first(annotations: tuple[Annotation, ...]) -> Iterator[Annotation]:
    claims = {one.id: one for one in annotations if isinstance(one, Claim)}

    def depth(claim: Claim) -> int:
        outer = claims.get(claim.within) if claim.within else None
        return 0 if outer is None else 1 + depth(outer)

    yield from (one for one in annotations if not isinstance(one, Claim))
    yield from sorted(claims.values(), key=lambda claim: (depth(claim), claim.hull))


def _moved(carrier: Carrier, text: str, annotation: Annotation) -> Annotation:
    def spans(where: tuple[Span, ...]) -> tuple[Span, ...]:
        found = carrier.carried(where) if where else ()
        if isinstance(found, str):
            raise _Uncertain(found)
        return found

    def source(one: Source) -> Source:
        return replace(one, spans=spans(one.spans))

    def when(one: When) -> When:
        return replace(one, spans=spans(one.spans))

    match annotation:
        case Mention():
            moved = spans(annotation.spans)
            return replace(annotation, spans=moved, quote=quoted(text, moved))
        case Zone():
            return replace(annotation, span=spans((annotation.span,))[0])
        case Claim():
            content, event = spans(annotation.content), annotation.event
            numbers = tuple(replace(one, spans=spans(one.spans)) for one in event.quantities)
            return replace(
                annotation,
                content=content,
                quote=quoted(text, content),
                sources=tuple(source(one) for one in annotation.sources),
                addressee=source(annotation.addressee) if annotation.addressee else None,
                cue=spans(annotation.cue),
                medium_spans=spans(annotation.medium_spans),
                said_on=when(annotation.said_on),
                event=replace(event, date=when(event.date), quantities=numbers),
            )
