"""Which numbers and days of two people are compared, worked by hand."""

import pytest

from annotator.agreement.kappa import PERCENT
from annotator.agreement.numbers import DATES, NUMBERS
from annotator.agreement.units import ArticleUnits
from annotator.domain.events import Event, Quantity, When
from tests.agreement.compared import PEOPLE, score, units
from tests.building import make_article, make_claim

ANNA, BEN, CLEO = PEOPLE[:3]
TEXT = "Ana Ruiz said the bridge was safe."
Numbers = tuple[Quantity, ...]


def killed(low: int | None = None, best: int | None = None, high: int | None = None) -> Quantity:
    return Quantity("killed", low=low, best=best, high=high)


def article(*events: Event, said: tuple[When, ...] = ()) -> ArticleUnits:
    """One claim of each person, all with the same content."""
    made, people = make_article(TEXT), (ANNA, BEN, CLEO)[: max(len(events), len(said))]
    told = [
        make_claim(
            made,
            TEXT,
            author=who,
            event=events[number] if events else Event(),
            said_on=said[number] if said else When(),
        )
        for number, who in enumerate(people)
    ]
    return units(made, TEXT, *told, people=people)


@pytest.mark.parametrize(
    ("mine", "theirs", "agreement", "n"),
    [
        ((killed(10, 12, 15),), (killed(best=12),), 1.0, 1),
        ((killed(10, None, 15),), (killed(best=10),), 1.0, 1),  # the lowest where none is the best
        ((killed(high=15),), (killed(best=15),), 1.0, 1),
        ((killed(best=0),), (killed(best=0),), None, 1),  # nothing to tell from chance, yet compared
        ((killed(best=12), killed(best=15)), (killed(best=12),), 1.0, 1),  # the first of several
        ((killed(), killed(best=15)), (killed(best=15),), 1.0, 1),
        ((killed(best=12),), (killed(best=13),), 0.0, 1),
        ((killed(best=12),), (), None, 0),
        ((killed(),), (killed(best=12),), None, 0),
        ((Quantity("", best=5),), (Quantity("", best=5),), None, 0),  # nobody knows of what
        ((killed(best=12),), (Quantity("injured", best=12),), None, 0),
    ],
)
def test_the_best_number_of_each_quantity_is_compared(
    mine: Numbers, theirs: Numbers, agreement: float | None, n: int
) -> None:
    both = article(Event(quantities=mine), Event(quantities=theirs))
    for label in ("killed", ""):
        found = score(NUMBERS, PERCENT, both, label=label)
        assert found.n == n
        if agreement is not None:
            assert found.value == agreement


def test_all_quantities_count_together_and_each_by_itself() -> None:
    both = article(
        Event(quantities=(killed(best=12), Quantity("injured", best=5))),
        Event(quantities=(Quantity("injured", best=6), killed(best=12))),
        Event(quantities=(killed(best=12),)),
    )
    values = [score(NUMBERS, PERCENT, both, label=label).value for label in ("killed", "injured")]
    assert values == [1, 0]
    assert score(NUMBERS, PERCENT, both).n == 2


def days(earliest: str = "", latest: str = "") -> When:
    return When("on Friday", earliest, latest)


@pytest.mark.parametrize(
    ("mine", "theirs", "overlap", "same"),
    [
        (days("2026-05-01", "2026-05-03"), days("2026-05-01", "2026-05-03"), 1, 1),
        (days("2026-05-01", "2026-05-03"), days("2026-05-03", "2026-05-09"), 1, 0),
        (days("2026-05-01", "2026-05-03"), days("2026-05-04", "2026-05-09"), 0, 0),
        (days("2026-05-01"), days("2026-05-04", "2026-05-09"), 1, 0),
        (days("", "2026-05-03"), days("", "2026-05-03"), 1, 1),
        (days("", "2026-05-03"), days("2026-05-04"), 0, 0),
        (days(), days("2026-05-04"), None, None),
        (days("2026-05-04"), days(), None, None),
        (days(), days(), None, None),
        (days("2026-05"), days("2026-05"), None, None),  # no days
    ],
)
@pytest.mark.parametrize("label", ["event date", "said on"])
def test_days_are_compared_where_both_know_some(
    mine: When, theirs: When, overlap: int | None, same: int | None, label: str
) -> None:
    is_said = label == "said on"
    both = article(said=(mine, theirs)) if is_said else article(Event(date=mine), Event(date=theirs))
    found = [score(DATES, measure, both, label=label) for measure in DATES.measures]
    assert [one.value for one in found] == [overlap, same]
    assert {one.n for one in found} == {0 if overlap is None else 1}
