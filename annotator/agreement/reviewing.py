"""What became of people's records in review: how many were looked at, and how often each of their fields was changed.

Projects that code events publish no coefficients of agreement: they rely on a second reader, and how often that reader
steps in is what they can report. The figures come from decisions and from the agreed records that were made by them.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from annotator.agreement.base import Key, Score, Stat, Tally, undefined
from annotator.agreement.bootstrap import draws_of, percentiles
from annotator.agreement.report import Changed, Reviewed
from annotator.agreement.sums import Sums
from annotator.agreement.units import Around
from annotator.domain.claims import Claim
from annotator.domain.comparison import facets, latest_on
from annotator.domain.corpus import AnnotatedArticle
from annotator.domain.decisions import Decision
from annotator.domain.matching import Compared, label_of
from annotator.domain.mentions import Mention
from annotator.domain.selections import in_play

RULE = (
    "A record counts as reviewed where the latest decision on it was made after its last change. Of a field those "
    "records count that were not rejected and where it is filled in, before or after. Notes and wordings do not count."
)
"""How the figures are made, as a sentence of a report."""
KINDS = ("mentions", "claims", "zones")
WAITING, AS_IT_WAS, CHANGED, REJECTED = "waiting", "as it was", "changed", "rejected"
_KEPT, _MOVED = "field kept", "field changed"
_Place = tuple[int, str, str]
"""Whose (-1 for everybody), what (one of KINDS), and under which label (empty for all)."""

_Interval = Callable[[list[int], list[int]], tuple[float, float] | None]
"""From the columns of what counts and of what does not."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What there is to look up in an article."""

    records: dict[str, Compared]
    standing: dict[str, Decision]
    results: frozenset[str]


class Reviewing:
    """Counts what became of the records of the people in around, article by article."""

    def __init__(self, around: Around) -> None:
        self._around, self._sums = around, Sums()
        self._numbers = {one.id: number for number, one in enumerate(around.annotators)}
        self._ends: dict[Key, tuple[int, int]] = {}

    def add(self, annotated: AnnotatedArticle) -> None:
        """Takes the next article, whether or not several people annotated it."""
        everything: tuple[Compared, ...] = (*annotated.mentions, *annotated.claims, *annotated.zones)
        results = frozenset(decision.result for decision in annotated.decisions)
        seen = _Seen({record.id: record for record in everything}, latest_on(annotated.decisions), results)
        shown = in_play(annotated, self._around.out_of_play)
        wanted, tally = self._around.labels, Tally()
        inside: tuple[Compared, ...] = (*shown.mentions, *shown.claims, *shown.zones)
        for record in inside:
            number = self._numbers.get(record.author)
            if number is not None and not (wanted and isinstance(record, Mention) and record.label not in wanted):
                for stat in _told(record, seen):
                    key: Key = ("", None, (number, _kind(record), label_of(record), *stat))
                    tally[key] = tally.get(key, 0.0) + 1
        for key in tally:
            self._ends[key] = self._ends.get(key, (len(self._sums), 0))[0], len(self._sums)
        self._sums.append(tally)

    def lines(self, draws: int) -> tuple[Reviewed, ...]:
        """The figures: of everybody and of each person, over all labels and for each; nothing if nothing was decided.

        draws is how often articles are drawn for the intervals of the rates.
        """
        total = self._sums.total()
        if not any(stat[3] in {AS_IT_WAS, CHANGED, REJECTED} for _, _, stat in total):
            return ()
        columns: dict[_Place, dict[Stat, list[int]]] = {}
        for column, (_, _, stat) in enumerate(self._sums.keys):
            for place in _places(stat):
                columns.setdefault(place, {}).setdefault(stat[3:], []).append(column)
        amounts = [total[key] for key in self._sums.keys]
        drawn = _drawn(self._sums, draws, self._around.seed)
        ends = [self._ends[key] for key in self._sums.keys]

        def interval(part: list[int], rest: list[int]) -> tuple[float, float] | None:
            # One article alone says nothing about how articles differ.
            its = [ends[column] for column in (*part, *rest)]
            return _interval(drawn, part, rest) if min(its)[0] < max(last for _, last in its) else None

        return tuple(self._line(place, columns[place], amounts, interval) for place in sorted(columns, key=self._order))

    def _order(self, place: _Place) -> tuple[int, int, int, str]:
        person, kind, label = place
        known = [one.key for one in self._around.schema.labels]
        return (
            person,
            KINDS.index(kind),
            known.index(label) if label in known else -1 if not label else len(known),
            label,
        )

    def _line(
        self, place: _Place, its: dict[Stat, list[int]], amounts: Sequence[float], interval: _Interval
    ) -> Reviewed:
        def rate(part: list[int], rest: list[int], why: str) -> Score:
            n = sum(amounts[column] for column in (*part, *rest))
            if not n:
                return undefined(why)
            return Score(sum(amounts[column] for column in part) / n, int(n), interval=interval(part, rest))

        def count(outcome: str) -> int:
            return int(sum(amounts[column] for column in its.get((outcome,), ())))

        person, kind, label = place
        fields = dict.fromkeys(str(stat[1]) for stat in its if len(stat) == 2)
        found = tuple(
            Changed(field, rate(its.get((_MOVED, field), []), its.get((_KEPT, field), []), "")) for field in fields
        )
        other_way = [*its.get((CHANGED,), ()), *its.get((REJECTED,), ())]
        return Reviewed(
            person="" if person < 0 else self._around.annotators[person].name,
            kind=kind,
            label=label,
            records=sum(map(count, (WAITING, AS_IT_WAS, CHANGED, REJECTED))),
            as_it_was=count(AS_IT_WAS),
            changed=count(CHANGED),
            rejected=count(REJECTED),
            rate=rate(other_way, its.get((AS_IT_WAS,), []), "none of them was reviewed"),
            fields=tuple(sorted(found, key=lambda one: (-(one.rate.value or 0), -one.rate.n, one.field))),
        )


def _kind(record: Compared) -> str:
    return KINDS[0] if isinstance(record, Mention) else KINDS[1] if isinstance(record, Claim) else KINDS[2]


def _places(stat: Stat) -> Iterator[_Place]:
    number, kind, label = int(str(stat[0])), str(stat[1]), str(stat[2])
    for person in (-1, number):
        yield from dict.fromkeys(((person, kind, ""), (person, kind, label)))


def _told(record: Compared, seen: _Seen) -> Iterator[Stat]:
    """What became of a record, and of each of its fields."""
    decision = seen.standing.get(record.id)
    if decision is None or record.changed > decision.created:
        yield (WAITING,)
        return
    result = seen.records.get(decision.result)
    if result is None or type(result) is not type(record):
        yield (REJECTED,)
        return
    before, after = (_fields(one, seen) for one in (record, result))
    fields = list(dict.fromkeys((*before, *after)))
    moved = {field for field in fields if before.get(field) != after.get(field)}
    yield (CHANGED if moved else AS_IT_WAS,)
    for field in fields:
        yield _MOVED if field in moved else _KEPT, field


def _fields(record: Compared, seen: _Seen) -> dict[str, Hashable]:
    """The fields that are filled in, by their names in words."""
    outer: dict[str, str] = {record.id: _agreed_outer(record, seen) or ""} if isinstance(record, Claim) else {}
    found = {facet.key.replace("_", " "): facet.value for facet in facets(record, outer)}
    return {field: value for field, value in found.items() if (any(value) if isinstance(value, tuple) else value)}


def _agreed_outer(claim: Claim, seen: _Seen) -> str | None:
    """The agreed claim that the one which this is quoted in became; none while that one is not settled.

    Then the agreed record says nothing either, so that nothing counts as changed.
    """
    if claim.within is None:
        return None
    decision = seen.standing.get(claim.within)
    if decision is not None:
        return decision.result or None
    return claim.within if claim.within in seen.results else None


def _drawn(sums: Sums, draws: int, seed: int) -> Any:
    """The sums of each draw of articles; None where there are none to draw."""
    if not draws or len(sums) < 2:
        return None
    return sums.weighted(draws_of(len(sums), draws, seed), range(len(sums.keys)))


def _interval(drawn: Any, part: list[int], rest: list[int]) -> tuple[float, float] | None:
    if drawn is None:
        return None
    some, whole = drawn[:, part].sum(axis=1), drawn[:, [*part, *rest]].sum(axis=1)
    values = [one / of for one, of in zip(some.tolist(), whole.tolist(), strict=True) if of]
    return percentiles(values) if 2 * len(values) >= len(drawn) else None
