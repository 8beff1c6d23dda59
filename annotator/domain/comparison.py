"""What several annotators say of the same things in an article: who has what, where they differ, what is settled."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from annotator.domain.claims import Claim
from annotator.domain.decisions import Decision
from annotator.domain.ids import AnnotatorId, ClaimId
from annotator.domain.matching import Compared, label_of, match, sources_of, spans_of
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.domain.values import Value


class Difference(StrEnum):
    """What annotators can differ in, in the order that costs least to settle."""

    MISSING = "missing"
    LABEL = "other label"
    BOUNDARY = "other boundary"
    ENTITY = "other entity"
    SOURCE = "other source"
    CONTENT = "other content"
    CUE = "other cue"
    WITHIN = "quoted in another"
    STANCE = "other stance"
    ACT = "other act"
    MANNER = "other manner"
    CERTAINTY = "other certainty"
    ATTRIBUTE = "other attribute"
    NUMBER = "other number or date"


_IN_ORDER = {kind: number for number, kind in enumerate(Difference)}


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that a record says: which kind of difference another value would be, its field, and the value."""

    kind: Difference
    key: str
    value: Hashable


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in the text with the record of each annotator who marked it, sorted by the annotators' ids.

    kinds are the differences, in their order; without any, everybody who is compared says the same. decision is the
    latest on any of the records. It settles the item unless a record came or was changed after it.
    """

    versions: tuple[Compared, ...]
    kinds: tuple[Difference, ...] = ()
    decision: Decision | None = None
    is_settled: bool = False

    @property
    def key(self) -> str:
        """Names the item as long as its records stay: the least of their ids."""
        return min(version.id for version in self.versions)

    @property
    def is_agreed(self) -> bool:
        """Whether everybody who is compared says the same."""
        return not self.kinds

    @property
    def hull(self) -> Span:
        """From the first code point that anybody marked to the last."""
        spans = [spans_of(version) for version in self.versions]
        return Span(min(one[0].start for one in spans), max(one[-1].end for one in spans))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it was given, each once; none for claims."""
        found = dict.fromkeys(label_of(version) for version in self.versions)
        return tuple(label for label in found if label)

    def of(self, annotator: AnnotatorId) -> Compared | None:
        """What an annotator has here."""
        return next((version for version in self.versions if version.author == annotator), None)


def compare(
    records: Iterable[Compared], decisions: Iterable[Decision], annotators: Collection[AnnotatorId]
) -> tuple[Item, ...]:
    """The items of one article in reading order. Records of others than these annotators are left out.

    matching.match says which records make an item. Each is in exactly one.
    """
    wanted = set(annotators)
    groups = match(record for record in records if record.author in wanted)
    place: dict[str, tuple[Compared, ...]] = {record.id: group for group in groups for record in group}
    outer: dict[str, str] = {
        record.id: _least(place, record.within)
        for group in groups
        for record in group
        if isinstance(record, Claim) and record.within
    }
    items = [Item(group, _kinds(group, len(wanted), outer)) for group in groups]
    standing = latest_on(decisions)
    return tuple(sorted((settled(item, standing) for item in items), key=_reading_order))


def _least(place: Mapping[str, tuple[Compared, ...]], outer: ClaimId) -> str:
    """One name for the claims that are taken for one; a claim of somebody else is named by itself."""
    return min((record.id for record in place.get(outer, ())), default=outer)


def _reading_order(item: Item) -> tuple[int, int, int, str]:
    whole, order = item.hull, (Claim, Mention)
    kind = next((number for number, one in enumerate(order, start=1) if isinstance(item.versions[0], one)), 0)
    return whole.start, -whole.end, kind, item.key


def latest_on(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decision that counts for each record that was decided on."""
    ordered = sorted(decisions, key=lambda one: (one.created, one.id))
    return {record: decision for decision in ordered for record in decision.about}


def settled(item: Item, standing: Mapping[str, Decision]) -> Item:
    """The item with the decision that counts for it."""
    found = [standing[version.id] for version in item.versions if version.id in standing]
    decision = max(found, key=lambda one: (one.created, one.id), default=None)
    is_settled = decision is not None and all(
        version.id in decision.about and version.changed <= decision.created for version in item.versions
    )
    if (decision, is_settled) == (item.decision, item.is_settled):
        return item
    return replace(item, decision=decision, is_settled=is_settled)


def _kinds(versions: tuple[Compared, ...], expected: int, outer: Mapping[str, str]) -> tuple[Difference, ...]:
    found = {Difference.MISSING} if len(versions) < expected else set()
    first = versions[0]
    if isinstance(first, Mention) and len({_said(one) for one in versions if isinstance(one, Mention)}) == 1:
        return tuple(found)  # as nearly all are; facets would take far longer
    told = [{(facet.kind, facet.key): facet.value for facet in facets(one, outer)} for one in versions]
    for kind, key in dict.fromkeys(place for one in told for place in one):
        if len({one.get((kind, key)) for one in told}) > 1:
            found.add(kind)
    return tuple(sorted(found, key=_IN_ORDER.__getitem__))


def _said(mention: Mention) -> tuple[object, ...]:
    return (mention.label, mention.spans, mention.entity, mention.level, mention.used_as, mention.attributes)


def facets(record: Compared, outer: Mapping[str, str]) -> tuple[Facet, ...]:
    """What a record says, as far as people are compared by it; notes, wordings and doubts are remarks and are not.

    outer names for a claim the one it is quoted in, by a name that all annotators share.
    """
    if isinstance(record, Mention):
        return (
            Facet(Difference.LABEL, "label", record.label),
            Facet(Difference.BOUNDARY, "words", record.spans),
            Facet(Difference.ENTITY, "entity", record.entity),
            Facet(Difference.ATTRIBUTE, "level", record.level),
            Facet(Difference.ATTRIBUTE, "used_as", record.used_as),
            *_added(record.attributes),
        )
    if isinstance(record, Claim):
        return (*_of_claim(record, outer), *_of_event(record), *_added(record.attributes))
    return Facet(Difference.LABEL, "kind", record.kind), Facet(Difference.BOUNDARY, "words", (record.span,))


def _added(attributes: tuple[Value, ...]) -> tuple[Facet, ...]:
    return tuple(Facet(Difference.ATTRIBUTE, value.key, value.values) for value in attributes)


def _of_claim(claim: Claim, outer: Mapping[str, str]) -> tuple[Facet, ...]:
    addressee = claim.addressee
    return (
        Facet(Difference.SOURCE, "sources", sources_of(claim)),
        Facet(Difference.CONTENT, "content", claim.content),
        Facet(Difference.CUE, "cue", claim.cue),
        Facet(Difference.WITHIN, "within", outer.get(claim.id)),
        Facet(Difference.STANCE, "stance", claim.stance),
        Facet(Difference.ACT, "act", claim.act),
        Facet(Difference.MANNER, "manner", claim.manner),
        Facet(Difference.CERTAINTY, "certainty", claim.certainty),
        Facet(Difference.ATTRIBUTE, "source_type", claim.source_type),
        Facet(Difference.ATTRIBUTE, "addressee", (addressee.entity or addressee.spans) if addressee else None),
        Facet(Difference.ATTRIBUTE, "medium", claim.medium),
        Facet(Difference.ATTRIBUTE, "medium_words", claim.medium_spans),
        Facet(Difference.ATTRIBUTE, "author_stance", claim.author_stance),
        Facet(Difference.ATTRIBUTE, "about", frozenset(claim.about)),
        Facet(Difference.NUMBER, "said_on", (claim.said_on.earliest, claim.said_on.latest)),
    )


def _of_event(claim: Claim) -> tuple[Facet, ...]:
    event = claim.event
    numbers = frozenset((one.what, one.whom, one.low, one.best, one.high, one.spans) for one in event.quantities)
    return (
        Facet(Difference.ATTRIBUTE, "event_type", event.type),
        Facet(Difference.ATTRIBUTE, "event_mode", event.mode),
        Facet(Difference.ATTRIBUTE, "actors", frozenset(event.actors)),
        Facet(Difference.ATTRIBUTE, "recipients", frozenset(event.recipients)),
        Facet(Difference.ATTRIBUTE, "event_place", event.place),
        Facet(Difference.ATTRIBUTE, "relation", event.relation),
        Facet(Difference.NUMBER, "event_date", (event.date.earliest, event.date.latest)),
        Facet(Difference.NUMBER, "numbers", numbers),
    )
