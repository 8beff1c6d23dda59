"""Accounts of one event: claims that tell of the same thing, side by side, and the event row they make together."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.domain.articles import Article
from annotator.domain.claims import Claim
from annotator.domain.entities import Entity
from annotator.domain.events import Quantity, When
from annotator.domain.ids import ClaimId, EntityId
from annotator.domain.links import CONTRADICTS, SAME_EVENT, Link


@dataclass(frozen=True, slots=True)
class Account:
    """A claim with what it takes to read it without its article.

    chain is who says so, from the article's publisher inwards to the speaker; entities holds all that the claim names.
    """

    claim: Claim
    article: Article
    chain: tuple[str, ...]
    entities: Mapping[EntityId, Entity]

    def name(self, entity: EntityId | None) -> str:
        """What an entity is called, empty for none."""
        known = self.entities.get(entity) if entity else None
        return known.name if known else ""

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says it, by the names of the entities where they are known."""
        return tuple(self.name(source.entity) or source.quote for source in self.claim.sources)

    @property
    def path(self) -> tuple[str, ...]:
        """The chain as it is shown: it ends with nobody where the claim has no source of its own."""
        is_open = not self.claim.sources and self.claim.source_type != "article"
        return (*self.chain, *(("nobody named",) if is_open else ()))

    @property
    def words(self) -> str:
        """The claim in one plain sentence where somebody wrote one, else its words."""
        return self.claim.wording or self.claim.quote

    @property
    def is_denial(self) -> bool:
        """Whether the source says that it is not so."""
        return self.claim.stance == "denies"


def outer_claims(claim: Claim, find: Callable[[ClaimId], Claim | None]) -> tuple[Claim, ...]:
    """The claims this one is quoted in, the outermost first; ends where find has none, and where a circle closes."""
    chain: list[Claim] = []
    seen, step = {claim.id}, claim.within
    while step is not None and step not in seen and (outer := find(step)) is not None:
        seen.add(step)
        chain.insert(0, outer)
        step = outer.within
    return tuple(chain)


def account_of(claim: Claim, outers: Sequence[Claim], article: Article, entities: Mapping[EntityId, Entity]) -> Account:
    """A claim with its chain of speakers; outers are the claims it is quoted in, the outermost first."""

    def speaker(one: Claim) -> str:
        known = ((source, entities.get(source.entity) if source.entity else None) for source in one.sources)
        return " and ".join(entity.name if entity else source.quote for source, entity in known)

    speakers = [name for one in (*outers, claim) if (name := speaker(one))]
    publisher = article.publisher
    if publisher and (not speakers or speakers[0].casefold() != publisher.casefold()):
        speakers.insert(0, publisher)
    return Account(claim, article, tuple(speakers), entities)


@dataclass(frozen=True, slots=True)
class Toll:
    """One kind of number over all accounts: the lowest low, the highest high, and the best where all agree on one.

    whom names those it is of, empty when nobody says; numbers of different people are never put together.
    """

    what: str
    low: int | None
    best: int | None
    high: int | None
    words: tuple[str, ...]
    whom: str = ""


@dataclass(frozen=True, slots=True)
class EventRow:
    """What one event comes to: one row of an event data set. lacks says in words what a row should have and this lacks.

    sources are the innermost speakers, offices the ones who pass it on (outer speakers, or the publisher);
    earliest and latest are ISO days that hold all accounts' dates, an end open where an account leaves it open.
    """

    claims: tuple[ClaimId, ...]
    type: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: Entity | None
    relation: str
    earliest: str
    latest: str
    tolls: tuple[Toll, ...]
    sources: tuple[str, ...]
    offices: tuple[str, ...]
    articles: tuple[str, ...]
    denied_by: tuple[str, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Accounts that links join as the same event or as contradicting each other."""

    accounts: tuple[Account, ...]
    links: tuple[Link, ...]

    @property
    def contradictions(self) -> tuple[Link, ...]:
        """The links that say that two accounts cannot both be true."""
        return tuple(link for link in self.links if link.label == CONTRADICTS)

    @property
    def is_event(self) -> bool:
        """Whether it is said to be one event, not only a contradiction."""
        return any(link.label == SAME_EVENT for link in self.links)

    @property
    def events(self) -> tuple[tuple[Account, ...], ...]:
        """The accounts by event: those linked as the same one together, others that tell of something alone."""
        groups = components((link.origin, link.target) for link in self.links if link.label == SAME_EVENT)
        group_of: dict[str, str] = {claim: group[0] for group in groups for claim in group}
        events: dict[str, list[Account]] = {}
        for account in self.accounts:
            id_ = account.claim.id
            if id_ in group_of or account.claim.event:
                events.setdefault(group_of.get(id_, id_), []).append(account)
        return tuple(tuple(told) for told in events.values() if not all(one.is_denial for one in told))


def components(links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The groups of ids that pairs join, each sorted, in order of their first id."""
    root: dict[str, str] = {}

    def find(id_: str) -> str:
        while root.setdefault(id_, id_) != id_:
            root[id_] = root[root[id_]]
            id_ = root[id_]
        return id_

    for one, other in links:
        low, high = sorted((find(one), find(other)))
        root[high] = low
    groups: dict[str, list[str]] = {}
    for id_ in sorted(root):
        groups.setdefault(find(id_), []).append(id_)
    return list(groups.values())


def differing(accounts: Sequence[Account]) -> tuple[str, ...]:
    """In what the accounts differ: numbers, dates, places, event types or stance, in words."""
    counted = dict.fromkeys(q.what for account in accounts for q in account.claim.event.quantities)
    found = [what for what in counted if len({said for one in accounts if (said := _said(one, what))}) > 1]
    dates = {(a.claim.event.date.earliest, a.claim.event.date.latest) for a in accounts}
    if len(dates - {("", "")}) > 1:
        found.append("date")
    if len({a.claim.event.place for a in accounts} - {None}) > 1:
        found.append("place")
    if len({a.claim.event.type for a in accounts} - {""}) > 1:
        found.append("event type")
    if len({a.claim.stance for a in accounts}) > 1:
        found.append("stance")
    return tuple(found)


def _said(account: Account, what: str) -> frozenset[object]:
    """All that one account says of what is counted: its figures, or its words where it gives none.

    One that tells of 15 killed fighters and 2 killed nurses says two things.
    """
    return frozenset(_figures(q) or q.words for q in account.claim.event.quantities if q.what == what)


def event_row(accounts: Sequence[Account]) -> EventRow:
    """The row that accounts of one event make: nothing in it is guessed, denials count in no number."""
    told = [account for account in accounts if not account.is_denial]
    events = [account.claim.event for account in told]
    place_account = _most_named_place(told)
    place = place_account.entities.get(place_account.claim.event.place or EntityId("")) if place_account else None
    earliest, latest = _days([event.date for event in events])
    row = EventRow(
        claims=tuple(account.claim.id for account in accounts),
        type=next((event.type for event in events if event.type), ""),
        actors=_names(told, lambda account: account.claim.event.actors),
        recipients=_names(told, lambda account: account.claim.event.recipients),
        place=place,
        relation=place_account.claim.event.relation if place_account else "",
        earliest=earliest,
        latest=latest,
        tolls=_tolls(told),
        sources=_each(_speakers(account) for account in told),
        offices=_each(map(_office, told)),
        articles=_each((account.article.title,) for account in accounts),
        denied_by=_each(_speakers(account) for account in accounts if account.is_denial),
        lacks=(),
    )
    return _with_lacks(row)


def _speakers(account: Account) -> tuple[str, ...]:
    """The claim's sources; where the article itself says so, its publisher."""
    return account.sources or (account.chain[-1:] if account.claim.source_type == "article" else ())


def _office(account: Account) -> tuple[str, ...]:
    """Who passes it on: the last one before the speaker, else the publisher."""
    outer = account.chain[:-1] if account.sources else account.chain
    return outer[-1:] or (account.article.publisher,)


def _days(dates: Iterable[When]) -> tuple[str, str]:
    """The first and last day of all dates together; an end that one of them leaves open is open."""
    known = [date for date in dates if date.earliest or date.latest]
    # Their words may be compared: all are whole days, and an open beginning is less than any.
    earliest = min((date.earliest for date in known), default="")
    latest = max((date.latest for date in known), default="")
    return earliest, latest if all(date.latest for date in known) else ""


def _with_lacks(row: EventRow) -> EventRow:
    # What PLOVER requires of a row, and what UCDP and ACLED cannot do without.
    needs = (
        (row.type, "event type"),
        (row.earliest or row.latest, "date"),
        (row.earliest or not row.latest, "first day"),
        (row.latest or not row.earliest, "last day"),
        (row.actors, "actor"),
        (row.place, "place"),
        (row.place is None or row.place.place.point, "coordinates of the place"),
        (row.sources, "source"),
    )
    counted = Counter(toll.what for toll in row.tolls)
    mixed = (f"one number of {what} for everybody" for what, tolls in counted.items() if tolls > 1)
    return replace(row, lacks=(*(words for value, words in needs if not value), *mixed))


def _most_named_place(told: Sequence[Account]) -> Account | None:
    """An account with the place that most accounts give; the first of those that equally many give."""
    placed = [account for account in told if account.claim.event.place]
    counts = Counter(account.claim.event.place for account in placed)
    return max(placed, key=lambda account: counts[account.claim.event.place], default=None)


def _tolls(told: Sequence[Account]) -> tuple[Toll, ...]:
    groups: dict[tuple[str, EntityId | None], list[Quantity]] = {}
    names: dict[EntityId | None, str] = {}
    for account in told:
        for quantity in account.claim.event.quantities:
            groups.setdefault((quantity.what, quantity.whom), []).append(quantity)
            names[quantity.whom] = account.name(quantity.whom)
    return tuple(toll(what, group, names[whom]) for (what, whom), group in groups.items())


def toll(what: str, quantities: Sequence[Quantity], whom: str = "") -> Toll:
    """What several accounts of one number come to.

    Low and high hold every number that is told, so that one of which only an end is told is both; its words say which.
    """
    return Toll(
        what,
        min((low for q in quantities if (low := _first(q.low, q.best, q.high)) is not None), default=None),
        _agreed([q for q in quantities if _figures(q)]),
        max((high for q in quantities if (high := _first(q.high, q.best, q.low)) is not None), default=None),
        _each((q.words,) for q in quantities if q.words),
        whom,
    )


def _first(*numbers: int | None) -> int | None:
    return next((number for number in numbers if number is not None), None)


def _agreed(quantities: Sequence[Quantity]) -> int | None:
    """The best figure when all that give figures give the same ones."""
    return quantities[0].best if len(set(map(_figures, quantities))) == 1 else None


def _figures(quantity: Quantity) -> tuple[int | None, int | None, int | None] | None:
    """Its numbers; None where it has only words."""
    figures = (quantity.low, quantity.best, quantity.high)
    return None if figures == (None, None, None) else figures


def _each(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group if name))


def _names(told: Sequence[Account], of: Callable[[Account], Iterable[EntityId]]) -> tuple[str, ...]:
    return _each((account.name(entity) for entity in of(account)) for account in told)
