"""What is said to have happened, gathered from a corpus: claims linked as the same event make one happening.

What event data sets have in common is worked out here; event_rows and plover spell it. Nothing is filled in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.accounts import Account, EventRow, account_of, components, event_row, outer_claims, toll
from annotator.domain.corpus import Corpus
from annotator.domain.entities import Entity, Place
from annotator.domain.events import Quantity
from annotator.domain.found import Losses
from annotator.domain.ids import EntityId
from annotator.domain.intervals import Interval
from annotator.domain.links import SAME_EVENT
from annotator.domain.precision import IN, Codes, codes
from annotator.domain.quantities import estimate


@dataclass(frozen=True, slots=True)
class Figures:
    """How many, over all accounts: the lowest, the one all agree on, the highest; all None where they are of different
    people. is_estimated says that a rule gave numbers to words such as dozens.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One event: the row its accounts make, those that tell it (denials are no telling), and all of them."""

    row: EventRow
    told: tuple[Account, ...]
    accounts: tuple[Account, ...]
    days: Interval
    is_estimated: bool = False
    """Whether words that are no number get one by the project's rule."""

    @property
    def id(self) -> str:
        """That of its first claim: it stays the same from export to export."""
        return min(self.row.claims)

    @property
    def place(self) -> Place:
        """Where, empty when nobody says."""
        return self.row.place.place if self.row.place else Place()

    @property
    def codes(self) -> Codes:
        """How exactly the place is known."""
        return codes(self.place.level, self.row.relation or IN)

    @property
    def actors(self) -> tuple[Entity, ...]:
        """Those who did it, each once."""
        return self._parties(lambda account: account.claim.event.actors)

    @property
    def recipients(self) -> tuple[Entity, ...]:
        """Those to whom it was done, each once."""
        return self._parties(lambda account: account.claim.event.recipients)

    @property
    def quantities(self) -> tuple[tuple[Account, Quantity], ...]:
        """All numbers that are told, with who tells them."""
        return tuple((account, quantity) for account in self.told for quantity in account.claim.event.quantities)

    @property
    def whats(self) -> tuple[str, ...]:
        """What is counted."""
        return tuple(dict.fromkeys(toll.what for toll in self.row.tolls))

    def figures(self, what: str, whom: frozenset[EntityId] | None = None) -> Figures:
        """How many, of everybody or only of some."""
        chosen = [q for _, q in self.quantities if q.what == what and (whom is None or q.whom in whom)]
        if len({q.whom for q in chosen}) > 1:
            return Figures()
        known = toll(what, chosen)
        guesses = [number for q in chosen if _is_bare(q) and (number := estimate(q.words)) is not None]
        if not self.is_estimated or not guesses:
            return Figures(known.low, known.best, known.high)
        lowest = min(guesses if known.low is None else [known.low, *guesses])
        # A guess is never set against what somebody counted.
        agreed = known.best if known.low is not None or len(set(guesses)) > 1 else guesses[0]
        return Figures(lowest, agreed, known.high, is_estimated=True)

    def _parties(self, of: Callable[[Account], Iterable[EntityId]]) -> tuple[Entity, ...]:
        found = {id_: account.entities.get(id_) for account in self.told for id_ in of(account)}
        return tuple(entity for entity in found.values() if entity is not None)


def gather(corpus: Corpus, take: Callable[[Happening], object], losses: Losses, *, is_estimated: bool) -> Iterator[int]:
    """Hands over each happening as soon as its last claim has been read; yields how many articles are done.

    Memory grows with entities and with links, not with articles.
    """
    entities = {entity.id: entity for entity in corpus.entities()}
    joined = components((link.origin, link.target) for link in corpus.links() if link.label == SAME_EVENT)
    group_of = {claim: number for number, group in enumerate(joined) for claim in group}
    waiting: dict[int, list[Account]] = {}

    def finish(accounts: Sequence[Account]) -> None:
        ordered = sorted(accounts, key=lambda one: (one.article.published, one.claim.id))
        happening = _happening(ordered, is_estimated=is_estimated)
        if not happening.told:
            losses.add("events that are only denied")
            return
        for words in happening.row.lacks:
            losses.add(f"events lack: {words}")
        take(happening)

    for done, annotated in enumerate(corpus.articles(), start=1):
        by_id = {claim.id: claim for claim in annotated.claims}
        for claim in annotated.claims:
            group = group_of.get(claim.id)
            if group is None and not claim.event:
                continue
            account = account_of(claim, outer_claims(claim, by_id.get), annotated.article, entities)
            if group is None:
                finish((account,))
                continue
            waiting.setdefault(group, []).append(account)
            if len(waiting[group]) == len(joined[group]):
                finish(waiting.pop(group))
        yield done
    # Claims that this part of the corpus does not have are not waited for any longer.
    for accounts in waiting.values():
        finish(accounts)


def _happening(accounts: Sequence[Account], *, is_estimated: bool) -> Happening:
    told = tuple(account for account in accounts if not account.is_denial)
    return Happening(event_row(accounts), told, tuple(accounts), _days(told), is_estimated)


def _days(told: Sequence[Account]) -> Interval:
    """The days that hold all accounts' dates: an end that one of them leaves open is open."""
    found = []
    for account in told:
        date = account.claim.event.date
        try:
            interval = Interval.spanning(date.earliest, date.latest)
        except ValueError:
            continue
        if not interval.is_empty:
            found.append(interval)
    if not found:
        return Interval()
    earliest, latest = [one.earliest for one in found], [one.latest for one in found]
    return Interval(min(earliest) if all(earliest) else "", max(latest) if all(latest) else "")


def _is_bare(quantity: Quantity) -> bool:
    return (quantity.low, quantity.best, quantity.high) == (None, None, None)


def in_words(account: Account, quantity: Quantity) -> str:
    """A number as it is told: “killed: 12–15 of Red Banner (“about a dozen”; says Ana Ruiz)”."""
    whom = account.name(quantity.whom)
    words = f"“{quantity.words}”" if quantity.words else ""
    by = f"says {' and '.join(account.sources)}" if account.sources else ""
    aside = "; ".join(part for part in (words, by) if part)
    main = " ".join(part for part in (quantity.figures or "no number", f"of {whom}" if whom else "") if part)
    return f"{quantity.what}: {main} ({aside})" if aside else f"{quantity.what}: {main}"
