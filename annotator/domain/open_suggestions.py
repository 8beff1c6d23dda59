"""Which suggestions of an article are to be shown, kept in step with what a person marks and rejects."""

from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.domain.suggestions import Key, Place, Rejection, Suggestion, SuggestionKind
from annotator.domain.zones import Zone

_BUCKET = 512
"""Code points that are looked after together when suggestions are compared with what is there."""

_MOST_CROSSING = 64
"""More names than these that cross each other are no language, and are shown by their rank alone."""

Annotation = Mention | Claim | Zone


class OpenSuggestions:
    """What is to be shown: nothing rejected, and nothing that repeats or contradicts an annotation.

    annotations and rejections are those of the person at work; out_of_play are kinds of zones, whosoever's, that hide
    what is suggested in them. Of suggested names that cross each other the surer one
    is shown, but one that is all of another and more under the same label before that; the same one by several
    proposers once, with the entity that one of them knows. After a change only what is near it is judged anew.
    """

    def __init__(
        self,
        suggestions: Iterable[Suggestion] = (),
        annotations: Iterable[Annotation] = (),
        rejections: Iterable[Rejection] = (),
        out_of_play: Collection[str] = (),
    ) -> None:
        self._out_of_play = out_of_play
        self._groups = [sorted(group, key=_rank) for group in groups(suggestions)]
        self._near: defaultdict[int, list[int]] = defaultdict(list)
        self._by_key: defaultdict[Key, list[int]] = defaultdict(list)
        for number, group in enumerate(self._groups):
            for bucket in {bucket for one in group for bucket in _buckets(one.hull)}:
                self._near[bucket].append(number)
            for key in {one.key for one in group}:
                self._by_key[key].append(number)
        self._there: defaultdict[int, dict[str, Annotation]] = defaultdict(dict)
        for record in annotations:
            self._hold(record)
        self._no = Counter(rejection.key for rejection in rejections)
        self._open = [self._judged(group) for group in self._groups]
        self._shown = {one.id: one for found in self._open for one in found}
        self._order: list[Place] = sorted(one.place for one in self._shown.values())

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[Suggestion]:
        """All in reading order."""
        return (self._shown[place[2]] for place in self._order)

    def get(self, suggestion: str) -> Suggestion | None:
        """The one of this id, if it is to be shown."""
        return self._shown.get(suggestion)

    def at(self, offset: int) -> Suggestion | None:
        """The one with the fewest code points that holds the code point at offset."""
        near = (one for number in self._near.get(offset // _BUCKET, ()) for one in self._open[number])
        holding = [one for one in near if any(span.start <= offset < span.end for span in one.spans)]
        return min(holding, key=lambda one: (sum(map(len, one.spans)), one.id), default=None)

    def after(self, place: Place) -> Suggestion | None:
        """The one that follows a place in reading order; from the last the first of all."""
        if not self._order:
            return None
        return self._shown[self._order[bisect_right(self._order, place) % len(self._order)][2]]

    def change(
        self, changes: Iterable[tuple[Annotation | Rejection | None, Annotation | Rejection | None]]
    ) -> tuple[list[Suggestion], list[Suggestion]]:
        """Takes over records as they were and are; gives what is not to be shown any more, and what is from now on."""
        numbers = set[int]()
        for before, after in changes:
            for record in (before, after):
                if isinstance(record, Rejection):
                    numbers.update(self._by_key.get(record.key, ()))
                elif record is not None:
                    numbers.update(n for bucket in _buckets(_extent(record)) for n in self._near.get(bucket, ()))
            self._take(before, after)
        gone, new = list[Suggestion](), list[Suggestion]()
        for number in sorted(numbers):
            was, now = self._open[number], self._judged(self._groups[number])
            if was != now:
                self._open[number] = now
                gone += [one for one in was if one not in now]
                new += [one for one in now if one not in was]
        for one in gone:
            del self._shown[one.id]
            del self._order[bisect_left(self._order, one.place)]
        for one in new:
            self._shown[one.id] = one
            insort(self._order, one.place)
        return gone, new

    def _take(self, before: Annotation | Rejection | None, after: Annotation | Rejection | None) -> None:
        if isinstance(before, Rejection):
            self._no[before.key] -= 1
        elif before is not None:
            for bucket in _buckets(_extent(before)):
                self._there[bucket].pop(before.id, None)
        if isinstance(after, Rejection):
            self._no[after.key] += 1
        elif after is not None:
            self._hold(after)

    def _hold(self, record: Annotation) -> None:
        for bucket in _buckets(_extent(record)):
            self._there[bucket][record.id] = record

    def _judged(self, group: Sequence[Suggestion]) -> list[Suggestion]:
        free = [one for one in group if self._no[one.key] <= 0 and not self._speaks_against(one)]
        taken, found = list[Span](), list[Suggestion]()
        for one in _wholes_first(free):
            at = bisect_left(taken, one.hull)
            if not any(other.overlaps(one.hull) for other in taken[max(0, at - 1) : at + 1]):
                taken.insert(at, one.hull)
                found.append(one)
        return found

    def _speaks_against(self, one: Suggestion) -> bool:
        """Whether somebody has marked this already, or something that does not go with it."""
        near = (record for bucket in _buckets(one.hull) for record in self._there.get(bucket, {}).values())
        return any(self._is_out_of_play(record, one) or _contradicts(record, one) for record in near)

    def _is_out_of_play(self, record: Annotation, one: Suggestion) -> bool:
        return isinstance(record, Zone) and record.kind in self._out_of_play and record.span.contains(one.hull)


def groups(suggestions: Iterable[Suggestion]) -> Iterator[list[Suggestion]]:
    """Suggestions that have a say in whether one of them is shown: names that cross, and the same by several."""
    names: list[Suggestion] = []
    same: defaultdict[str, list[Suggestion]] = defaultdict(list)
    for one in suggestions:
        if one.kind is SuggestionKind.MENTION:
            names.append(one)
        else:
            same[one.id].append(one)
    yield from same.values()
    group, end = list[Suggestion](), 0
    for one in sorted(names, key=lambda one: one.place):
        if group and one.hull.start >= end:
            yield group
            group = []
        group.append(one)
        end = max(end, one.hull.end)
    if group:
        yield group


def _rank(one: Suggestion) -> tuple[bool, bool, float, int, str]:
    # Where the article has two who may be meant, a name that is known of one of them is no longer certain.
    return not one.may_be, one.known_entity is None, -one.score, -len(one.hull), one.proposer


def _wholes_first(ranked: list[Suggestion]) -> list[Suggestion]:
    """In the order of their rank, but one that is all of another and more under the same label before that one.

    “Baghlan” may be known and “Baghlan Province” not: it is the province that is meant there.
    """
    if len(ranked) > _MOST_CROSSING:
        return ranked
    result: list[Suggestion] = []
    for one in ranked:
        inside = (n for n, other in enumerate(result) if _is_more_than(one, other))
        result.insert(next(inside, len(result)), one)
    return result


def _is_more_than(one: Suggestion, other: Suggestion) -> bool:
    return one.label == other.label and one.hull != other.hull and one.hull.contains(other.hull)


def _extent(record: Annotation) -> Span:
    return record.span if isinstance(record, Zone) else record.hull


def _buckets(span: Span) -> range:
    return range(span.start // _BUCKET, (span.end - 1) // _BUCKET + 1)


def _contradicts(record: Annotation, one: Suggestion) -> bool:
    match record:
        case Mention():
            # By its pieces: what stands in a gap has nothing to do with it.
            if one.kind is not SuggestionKind.MENTION or not any(
                a.overlaps(b) for a in record.spans for b in one.spans
            ):
                return False
            is_nested = record.hull.contains(one.hull) or one.hull.contains(record.hull)
            # Inside words that are tagged otherwise there may be another name; the same words are judged already.
            return record.label == one.label or record.hull == one.hull or not is_nested
        case Claim():
            return one.kind is SuggestionKind.CLAIM and _share(record.content, one.spans) >= 0.5
        case Zone():
            return one.kind is SuggestionKind.ZONE and record.span.overlaps(one.hull)


def _share(some: tuple[Span, ...], others: tuple[Span, ...]) -> float:
    """How much two have in common, from 0 to 1."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)
    return both / (sum(map(len, some)) + sum(map(len, others)) - both)
