"""Krippendorff's alpha against its definition, pair by pair, for any number of people and missing values."""

from collections import Counter
from collections.abc import Callable
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.alpha import add_item, alpha, masi_distance
from annotator.agreement.base import Adding, Score, stats_of

Item = dict[int, int]
ITEMS = st.lists(st.dictionaries(st.integers(0, 3), st.integers(0, 4), max_size=4), max_size=8)


def measured(items: list[Item], difference: str) -> Score:
    adding = Adding()
    for item in items:
        add_item(adding, "", item)
    return alpha(stats_of(adding.tally, "").get(None, {}), difference)


def squared(difference: str, totals: Counter[int]) -> Callable[[int, int], float]:
    """The metric differences of the paper, each squared."""

    def ordinal(one: int, other: int) -> float:
        low, high = sorted((one, other))
        between = sum(totals[rank] for rank in range(low, high + 1))
        return (between - (totals[low] + totals[high]) / 2) ** 2

    return {
        "nominal": lambda one, other: float(one != other),
        "ordinal": ordinal,
        "interval": lambda one, other: float((one - other) ** 2),
        "ratio": lambda one, other: ((one - other) / (one + other)) ** 2 if one + other else 0.0,
    }[difference]


def by_definition(items: list[Item], difference: str) -> float | None:
    paired = [list(item.values()) for item in items if len(item) > 1]
    totals = Counter(value for values in paired for value in values)
    n, delta = sum(totals.values()), squared(difference, totals)
    observed = sum(delta(*pair) / (len(values) - 1) for values in paired for pair in permutations(values, 2))
    everything = [value for values in paired for value in values]
    expected = sum(delta(*pair) for pair in permutations(everything, 2))
    return 1 - (n - 1) * observed / expected if expected else None


@pytest.mark.parametrize("difference", ["nominal", "ordinal", "interval", "ratio"])
@given(items=ITEMS)
def test_alpha_is_what_its_definition_says(items: list[Item], difference: str) -> None:
    found, wanted = measured(items, difference), by_definition(items, difference)
    paired = [item for item in items if len(item) > 1]
    assert found.n == len(paired)
    if wanted is None:
        assert found.value is None
        assert found.undefined
        return
    assert found.value == pytest.approx(wanted)
    details = dict(found.details)
    alike = sum((one == other) / (len(item) - 1) for item in paired for one, other in permutations(item.values(), 2))
    assert details["percent agreement"] == pytest.approx(alike / sum(map(len, paired)))
    values = Counter(value for item in paired for value in item.values())
    assert details["largest share of one value"] == pytest.approx(max(values.values()) / sum(values.values()))


@given(items=ITEMS, order=st.permutations(range(4)))
def test_neither_the_order_of_items_nor_that_of_people_matters(items: list[Item], order: list[int]) -> None:
    other = [{order[who]: value for who, value in item.items()} for item in reversed(items)]
    for difference in ("nominal", "ordinal", "interval"):
        assert measured(items, difference).value == pytest.approx(measured(other, difference).value)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("a", "a", 0),
        ("", "", 0),
        ("", "a", 1),
        ("a", "b", 1),
        ("a", "ab", 1 - 1 / 2 * 2 / 3),
        ("ab", "a", 1 - 1 / 2 * 2 / 3),
        ("ab", "bc", 1 - 1 / 3 * 1 / 3),
        ("abc", "abcd", 1 - 3 / 4 * 2 / 3),
        ("abcd", "cdef", 1 - 2 / 6 * 1 / 3),
    ],
)
def test_the_distance_of_sets_is_that_of_passonneau(one: str, other: str, distance: float) -> None:
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(distance)
