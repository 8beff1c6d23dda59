"""Which records of different annotators are about the same thing in the text: groups with at most one of each."""

from collections.abc import Callable, Hashable, Iterable, Iterator

from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, hull
from annotator.domain.zones import Zone

Compared = Mention | Claim | Zone
"""What is compared: whatever people mark in a text."""

HALF = 0.5
"""The share of the union that two contents, or two spans of one label, must have in common."""
_NEAREST = 48
"""Of many groups that lie over one place only as many are looked at, the latest to begin: else work would square."""
_Edge = tuple[int, float, Span, str, str]


def match(records: Iterable[Compared]) -> list[tuple[Compared, ...]]:
    """All records in groups, each with at most one record of an annotator, sorted by the annotators' ids.

    Records of one type are matched by rank: the same words under the same label, the same words, half of the union
    in common under the same label, anything in common. Of claims the content counts: the same content with the same
    sources, the same content, half of the union in common; what zones are called is their label. All records of a
    group have something in common with one another, claims half. Within a rank the larger share goes first, then what
    stands first. Neither the order of the records nor that of the annotators makes a difference.
    """
    everything = list(records)
    groups: list[_Group] = []
    for kind in (Mention, Claim, Zone):
        # The order of the ids decides only where nothing else does.
        here = sorted((one for one in everything if isinstance(one, kind)), key=lambda one: one.id)
        singles = [_Group(record) for record in here]
        if kind is Claim:
            ranks: tuple[Callable[[_Group], Hashable], ...] = (_content_and_sources, _words)
        else:
            ranks = (_words_and_label, _words)
        for rank in ranks:
            singles = _joined_by(rank, singles)
        groups += _joined_by_share(singles, needs_half=kind is Claim)
    return [tuple(sorted(group.records, key=lambda one: one.author)) for group in groups]


def spans_of(record: Compared) -> tuple[Span, ...]:
    """The words of a mention, the content of a claim, the stretch of a zone."""
    if isinstance(record, Mention):
        return record.spans
    return record.content if isinstance(record, Claim) else (record.span,)


def label_of(record: Compared) -> str:
    """A mention's label or a zone's kind; claims have none."""
    if isinstance(record, Mention):
        return record.label
    return record.kind if isinstance(record, Zone) else ""


def share(one: tuple[Span, ...], other: tuple[Span, ...]) -> float:
    """The code points that both have, of those that either has; 0 to 1. Spans are sorted and apart."""
    if one == other:
        return 1.0
    common = _common(one, other)
    return common / (sum(map(len, one)) + sum(map(len, other)) - common) if common else 0.0


def _common(one: tuple[Span, ...], other: tuple[Span, ...]) -> int:
    """How many code points are in both; the pieces are walked along once."""
    total = a = b = 0
    while a < len(one) and b < len(other):
        total += max(0, min(one[a].end, other[b].end) - max(one[a].start, other[b].start))
        if one[a].end <= other[b].end:
            a += 1
        else:
            b += 1
    return total


class _Group:
    """Records that are taken for one thing; joined groups are forgotten but for the one that took them in."""

    __slots__ = ("authors", "hull", "into", "key", "labels", "records", "spans")

    def __init__(self, record: Compared) -> None:
        self.records = [record]
        self.authors = {record.author}
        self.labels = {label_of(record)}
        self.spans = {spans_of(record)}
        self.hull = hull(spans_of(record))
        self.key: str = record.id
        self.into: _Group | None = None

    def take(self, other: "_Group") -> None:
        """Takes another group in."""
        self.records += other.records
        self.authors |= other.authors
        self.labels |= other.labels
        self.spans |= other.spans
        self.key = min(self.key, other.key)
        other.into = self

    def now(self) -> "_Group":
        """The group that this one is part of by now."""
        group = self
        while group.into is not None:
            group = group.into
        return group


def _words(group: _Group) -> Hashable:
    return spans_of(group.records[0])


def _words_and_label(group: _Group) -> Hashable:
    return spans_of(group.records[0]), label_of(group.records[0])


def _content_and_sources(group: _Group) -> Hashable:
    (record,) = group.records
    return spans_of(record), sources_of(record) if isinstance(record, Claim) else None


def sources_of(claim: Claim) -> frozenset[str | tuple[Span, ...]]:
    """Whom a claim is put down to: entities, and words where nobody is known."""
    return frozenset(source.entity or source.spans for source in claim.sources)


def _joined_by(rank: Callable[[_Group], Hashable], groups: list[_Group]) -> list[_Group]:
    """Groups of the same rank put together, as far as no annotator would be in one twice."""
    buckets: dict[Hashable, list[_Group]] = {}
    for group in groups:
        buckets.setdefault(rank(group), []).append(group)
    result: list[_Group] = []
    for bucket in buckets.values():
        made: list[_Group] = []
        # The fullest first, so that a lone second record of somebody does not break a complete group up.
        for group in sorted(bucket, key=lambda one: (-len(one.records), one.key)):
            taker = next((one for one in made[-_NEAREST:] if one.authors.isdisjoint(group.authors)), None)
            if taker is None:
                made.append(group)
            else:
                taker.take(group)
        result += made
    return result


def _joined_by_share(groups: list[_Group], *, needs_half: bool) -> list[_Group]:
    by_key = {group.key: group for group in groups}
    for _, _, _, one, other in sorted(_edges(groups, needs_half=needs_half)):
        first, second = by_key[one].now(), by_key[other].now()
        if first is second or not first.authors.isdisjoint(second.authors):
            continue
        least = HALF if needs_half else 0.0
        shares = (share(a, b) for a in first.spans for b in second.spans)
        if all(found >= least and found > 0 for found in shares):
            first.take(second)
    return [group for group in groups if group.into is None]


def _edges(groups: list[_Group], *, needs_half: bool) -> Iterator[_Edge]:
    """Pairs of groups that lie over each other, with their rank: half under the same label before anything."""
    begun: list[_Group] = []
    for group in sorted(groups, key=lambda one: (one.hull.start, -one.hull.end, one.key)):
        begun = [one for one in begun if one.hull.end > group.hull.start][-_NEAREST:]
        for other in begun:
            if not other.authors.isdisjoint(group.authors):
                continue
            (spans,), (others,) = group.spans, other.spans
            found = share(spans, others)
            is_half = found >= HALF
            if found and (is_half or not needs_half):
                rank = 0 if is_half and not group.labels.isdisjoint(other.labels) else 1
                yield rank, -found, min(group.hull, other.hull), min(group.key, other.key), max(group.key, other.key)
        begun.append(group)
