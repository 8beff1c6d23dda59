"""Numbers and dates of claims that match: how many, and when, two people read out of the same words."""

from collections.abc import Iterator
from functools import partial

from annotator.agreement.alpha import RATIO, add_item
from annotator.agreement.base import Adding, Layer, Measure, Tally
from annotator.agreement.claims import RULE, matched_claims, share
from annotator.agreement.grouping import claim_groups
from annotator.agreement.kappa import PERCENT
from annotator.agreement.units import ArticleUnits
from annotator.domain.claims import Claim
from annotator.domain.events import When
from annotator.domain.intervals import Interval

_NO_DATES = "no two claims that match both have days"


def _count_numbers(article: ArticleUnits) -> Tally:
    adding = Adding()
    for group in claim_groups(article):
        best = {number: _numbers(claim) for number, claim in group.items()}
        for what in sorted({what for its in best.values() for what in its}):
            values = {number: its[what] for number, its in best.items() if what in its}
            add_item(adding, "", values)
            add_item(adding, what, values)
    return adding.tally


def _numbers(claim: Claim) -> dict[str, int]:
    """The first best number of each quantity, else the lowest or highest one."""
    found: dict[str, int] = {}
    for quantity in claim.event.quantities:
        number = next((one for one in (quantity.best, quantity.low, quantity.high) if one is not None), None)
        if number is not None and quantity.what:
            found.setdefault(quantity.what, number)
    return found


def _count_dates(article: ArticleUnits) -> Tally:
    adding = Adding()
    for pair in article.pairs:
        for mine, theirs in matched_claims(article, pair):
            for label, one, other in _dates(mine, theirs):
                for where in (None, pair):
                    adding.add(label, where, ("all",))
                    adding.add(label, where, ("overlap",), one.overlaps(other))
                    adding.add(label, where, ("same",), one == other)
    return adding.tally


def _dates(mine: Claim, theirs: Claim) -> Iterator[tuple[str, Interval, Interval]]:
    for label, one, other in (
        ("event date", mine.event.date, theirs.event.date),
        ("said on", mine.said_on, theirs.said_on),
    ):
        both = _interval(one), _interval(other)
        if both[0] and both[1]:
            yield label, both[0], both[1]


def _interval(when: When) -> Interval | None:
    """The days, if any are known and they are days."""
    try:
        found = Interval(when.earliest, when.latest)
    except ValueError:
        return None
    return None if found.is_empty else found


_overlapping = partial(share, same="overlap", nothing=_NO_DATES)
_same = partial(share, nothing=_NO_DATES)
NUMBERS = Layer(
    "numbers",
    "Numbers, given that claims match",
    "claim",
    "claims that match and have numbers",
    _count_numbers,
    (RATIO, PERCENT),
    "quantity",
    f"{RULE} Of numbers the best is compared, else the lowest or the highest.",
)
DATES = Layer(
    "dates",
    "Dates, given that claims match",
    "claim",
    "claims that match and have days",
    _count_dates,
    (
        Measure("date-overlap", "Share that overlaps", "share of intervals that overlap", "", _overlapping),
        Measure("date-same", "Share with the same days", "share with the same days", "", _same),
    ),
    "date",
    RULE,
)
