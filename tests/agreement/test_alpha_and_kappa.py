"""Chance-corrected agreement on items: the published examples, and what must hold whatever the values."""

import random
from collections.abc import Hashable, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from annotator.agreement.alpha import add_item, alpha, masi_distance
from annotator.agreement.base import Adding, Stats, stats_of
from annotator.agreement.kappa import add_for_fleiss, cohen_kappa, fleiss_kappa, percent_agreement

# Krippendorff (2011), example C: four observers, twelve units, * is missing.
FOUR_BY_TWELVE = """
1 2 3 3 2 1 4 1 2 * * *
1 2 3 3 2 2 4 1 2 5 * 3
* 3 3 3 2 3 4 2 2 5 1 *
1 2 3 3 2 4 4 1 2 5 1 *
""".strip().splitlines()
# Fleiss's table as widely printed: ten subjects, fourteen raters, how many chose each of five categories.
FOURTEEN_RATERS = """
0 0 0 0 14/0 2 6 4 2/0 0 3 5 6/0 3 9 2 0/2 2 8 1 1/7 7 0 0 0/3 2 6 3 0/2 5 3 2 2/6 5 2 1 0/0 2 2 3 7
""".strip().split("/")


def stats(items: Iterable[Sequence[Hashable]], raters: int = 0) -> Stats:
    """The sums of items; each is what annotator 0, 1, 2 and so on said of it, None for nothing."""
    adding = Adding()
    for item in items:
        values = {number: value for number, value in enumerate(item) if value is not None}
        add_item(adding, "", values)
        add_for_fleiss(adding, "", values, raters)
    return stats_of(adding.tally, "").get(None, {})


def pair(items: Iterable[Sequence[Hashable]]) -> Stats:
    """The sums of the first two annotators."""
    adding = Adding()
    for item in items:
        add_item(adding, "", dict(enumerate(item)))
    return stats_of(adding.tally, "").get((0, 1), {})


@pytest.mark.parametrize(
    ("difference", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_the_published_example_with_missing_values(difference: str, published: float) -> None:
    rows = [[None if word == "*" else float(word) for word in row.split()] for row in FOUR_BY_TWELVE]
    found = alpha(stats(zip(*rows, strict=True)), difference)
    assert found.value == pytest.approx(published, abs=0.0005)
    assert found.n == 11  # the twelfth unit has one value


def test_kappa_of_the_published_two_by_two_table() -> None:
    items = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = cohen_kappa(pair(items))
    assert found.value == pytest.approx(0.40)
    assert dict(found.details)["percent agreement"] == pytest.approx(0.70)


def test_fleiss_kappa_of_the_published_table() -> None:
    items = [[value for value, count in enumerate(line.split()) for _ in range(int(count))] for line in FOURTEEN_RATERS]
    assert fleiss_kappa(stats(items, 14)).value == pytest.approx(0.210, abs=0.0005)


def test_fleiss_kappa_counts_only_items_that_all_judged() -> None:
    items = [("a", "a", "b"), ("b", "b", "b"), ("a", "b", None)]
    assert fleiss_kappa(stats(items, 3)).n == 2
    assert "three people" in fleiss_kappa(stats([("a", "b")], 2)).undefined


def test_kappa_is_that_of_scikit_learn() -> None:
    source = random.Random(4)
    items = [(source.choice("abc"), source.choice("aabc")) for _ in range(200)]
    mine, theirs = zip(*items, strict=True)
    assert cohen_kappa(pair(items)).value == pytest.approx(cohen_kappa_score(mine, theirs))


def test_masi_weighs_sets_by_how_they_lie() -> None:
    """Passonneau (2006): Jaccard times 1, 2/3, 1/3 or 0."""
    a, b, c, abc = frozenset("a"), frozenset("b"), frozenset("ac"), frozenset("abc")
    assert masi_distance(abc, abc) == 0
    assert masi_distance(a, b) == 1
    assert masi_distance(a, abc) == pytest.approx(1 - 1 / 3 * 2 / 3)
    assert masi_distance(frozenset("ab"), c) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance(frozenset(), a) == 1


def test_alpha_of_sets_worked_by_hand() -> None:
    """Two items: {a} met {a, b}, {b} met {b}. Observed 2 * (1 - 1/3); of all 12 ordered pairs of values
    {a}-{a,b} has 2/3, {a}-{b} twice 1, {a,b}-{b} twice 2/3, {b}-{b} 0: expected 2 * (2/3 + 2 + 4/3) = 8 over 12."""
    a, b, ab = frozenset("a"), frozenset("b"), frozenset("ab")
    found = alpha(stats([(a, ab), (b, b)]), "masi")
    assert found.value == pytest.approx(1 - (2 * (2 / 3) / 4) / (8 / 12))


@pytest.mark.parametrize("measure", [alpha, cohen_kappa])
def test_what_cannot_be_said_is_undefined_with_the_reason(measure: object) -> None:
    assert callable(measure)
    nothing, same = measure({}), measure(pair([("a", "a"), ("a", "a")]))
    assert nothing.value is None
    assert nothing.words() == "undefined, because no item was judged by two people"
    assert same.value is None
    assert "everybody always gave the same value" in same.words()
    assert dict(same.details)["percent agreement"] == 1


VALUES = st.sampled_from([1, 2, 3, 5])
ITEMS = st.lists(st.tuples(st.none() | VALUES, st.none() | VALUES, st.none() | VALUES), max_size=12)


@given(ITEMS, st.permutations([0, 1, 2]), st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_exchanging_annotators_changes_no_alpha(
    items: list[tuple[int | None, ...]], order: list[int], difference: str
) -> None:
    one = alpha(stats(items), difference)
    other = alpha(stats([[item[place] for place in order] for item in items]), difference)
    assert one.undefined == other.undefined
    assert one.value is None or one.value == pytest.approx(other.value)


@given(st.lists(VALUES, min_size=2).filter(lambda values: len(set(values)) > 1))
def test_full_agreement_is_one(values: list[int]) -> None:
    items = [(value, value, value) for value in values]
    for difference in ("nominal", "ordinal", "interval", "ratio"):
        assert alpha(stats(items), difference).value == pytest.approx(1)
    assert cohen_kappa(pair(items)).value == pytest.approx(1)
    assert fleiss_kappa(stats(items, 3)).value == pytest.approx(1)
    assert percent_agreement(stats(items)).value == 1
