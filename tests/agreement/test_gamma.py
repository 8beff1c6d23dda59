"""Gamma: disorders worked by hand, the best alignment against all alignments, chance, and gamma-cat against alpha."""

import random
from collections.abc import Iterator, Sequence
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.agreement import gamma_alignment
from annotator.agreement.alpha import add_item, alpha
from annotator.agreement.base import Adding, stats_of
from annotator.agreement.gamma import MENTION_GAMMA, add_categories, expected_disorder, gamma, gamma_cat
from annotator.agreement.gamma_alignment import Marked, aligned
from tests.agreement.compared import PEOPLE, score, units
from tests.building import make_article, make_mention

TEXT = "Ana Ruiz said the bridge was safe. Men left Orsa on Friday, the Daily Post wrote. " * 3
GAMMA, GAMMA_CAT = MENTION_GAMMA.measures


def test_disorder_of_two_people_worked_by_hand() -> None:
    """One unit the same (0), one shifted by 5 of 10 (((5 + 5) / 20)^2 = 1/4) with another label (+ 1), one alone (1).

    2.25 over a mean of 2.5 units.
    """
    found = aligned([[(0, 10, "a"), (20, 30, "a")], [(0, 10, "a"), (25, 35, "b"), (90, 95, "a")]])
    assert found.disorder == pytest.approx(2.25 / 2.5)
    assert found.groups == ((0, 2), (1, 3), (4,))


def test_disorder_of_three_people_worked_by_hand() -> None:
    """Two agree, the third has nothing there: (0 + 1 + 1) / 3, over a mean of 2/3 units."""
    assert aligned([[(0, 10, "a")], [(0, 10, "a")], []]).disorder == pytest.approx((2 / 3) / (2 / 3))


def all_alignments(people: Sequence[Sequence[Marked]]) -> Iterator[list[list[int]]]:
    """Every way to put units side by side, at most one of each person in a group."""
    owner = [number for number, its in enumerate(people) for _ in its]

    def placed(unit: int, groups: list[list[int]]) -> Iterator[list[list[int]]]:
        if unit == len(owner):
            yield [list(group) for group in groups]
            return
        for group in groups:
            if all(owner[other] != owner[unit] for other in group):
                group.append(unit)
                yield from placed(unit + 1, groups)
                group.pop()
        yield from placed(unit + 1, [*groups, [unit]])

    return placed(0, [])


def disorder(people: Sequence[Sequence[Marked]], groups: list[list[int]]) -> float:
    """The paper's disorder of an alignment, by its definition."""
    marks = [mark for its in people for mark in its]
    pairs = len(people) * (len(people) - 1) / 2
    cost = 0.0
    for group in groups:
        real = [(marks[one], marks[other]) for at, one in enumerate(group) for other in group[:at]]
        near = sum(((abs(a[0] - b[0]) + abs(a[1] - b[1])) / (a[1] - a[0] + b[1] - b[0])) ** 2 for a, b in real)
        cost += (near + sum(a[2] != b[2] for a, b in real) + pairs - len(real)) / pairs
    return cost / (len(marks) / len(people))


MARK = st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from("ab")).map(lambda m: (m[0], m[0] + m[1], m[2]))
THREE = st.lists(st.lists(MARK, max_size=2), min_size=2, max_size=3).filter(any)


@settings(deadline=None, max_examples=40)
@given(THREE)
def test_the_best_alignment_is_the_best_of_all(people: list[list[Marked]]) -> None:
    best = min(disorder(people, groups) for groups in all_alignments(people))
    found = aligned(people)
    assert found.is_exact
    assert found.disorder == pytest.approx(best)


@settings(deadline=None, max_examples=40)
@given(THREE)
def test_where_it_is_not_exact_it_is_never_below_the_best_and_says_so(people: list[list[Marked]]) -> None:
    with patch.object(gamma_alignment, "MOST_CANDIDATES", 0):
        found = aligned(people)
    best = min(disorder(people, groups) for groups in all_alignments(people))
    assert found.disorder >= best - 1e-9
    assert found.disorder == pytest.approx(disorder(people, [list(group) for group in found.groups]))
    assert not found.is_exact or found.disorder == pytest.approx(best)


def marked(*people: Sequence[str]) -> object:
    article = make_article(TEXT)
    mentions = [
        make_mention(article, TEXT, words, author=who)
        for who, its in zip(PEOPLE, people, strict=False)
        for words in its
    ]
    return units(article, TEXT, *mentions, people=PEOPLE[: len(people)])


def test_full_agreement_is_one_and_less_agreement_less() -> None:
    same, near, apart = (
        score(MENTION_GAMMA, GAMMA, marked(("Ana Ruiz", "Orsa", "Friday"), its)).value  # type: ignore[arg-type]
        for its in (("Ana Ruiz", "Orsa", "Friday"), ("Ana", "Orsa", "on Friday"), ("bridge", "Daily Post", "wrote"))
    )
    assert same == 1
    assert near is not None
    assert apart is not None
    assert 1 > near > apart


def test_the_same_seed_gives_the_same_gamma_and_its_precision_is_told() -> None:
    article = marked(("Ana Ruiz", "Orsa"), ("Ana", "Friday"))
    one, other = (score(MENTION_GAMMA, GAMMA, article) for _ in range(2))  # type: ignore[arg-type]
    assert one == other
    assert dict(one.details)["share aligned exactly"] == 1
    assert 0 < dict(one.details)["precision of chance"] < 0.2


def test_random_annotations_have_a_gamma_near_zero() -> None:
    source = random.Random(5)
    values = []
    for _ in range(12):
        people = [[(at, at + 6, source.choice("ab")) for at in source.sample(range(400), 12)] for _ in range(2)]
        expected, _ = expected_disorder(people, 406, source)
        values.append(1 - aligned(people).disorder / expected)
    assert abs(sum(values) / len(values)) < 0.1


@given(st.lists(st.tuples(*[st.none() | st.sampled_from("abc")] * 3), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_gamma_cat_of_units_given_beforehand_is_alpha(items: list[tuple[str | None, ...]]) -> None:
    """As the paper (2017) shows, missing values included."""

    people = [
        [(at * 100, at * 100 + 5, str(item[who])) for at, item in enumerate(items) if item[who]] for who in range(3)
    ]
    by_alpha, by_gamma = Adding(), Adding()
    for item in items:
        add_item(by_alpha, "", {number: value for number, value in enumerate(item) if value is not None})
    if any(people):
        add_categories(by_gamma, aligned(people), [0, 1, 2], [len(its) for its in people])
    one = alpha(stats_of(by_alpha.tally, "").get(None, {}))
    other = gamma_cat(stats_of(by_gamma.tally, "").get(None, {}))
    assert one.value == (None if other.value is None else pytest.approx(other.value))


def test_labels_count_the_less_the_further_units_lie_apart() -> None:

    adding = Adding()
    people: list[list[Marked]] = [[(0, 10, "a"), (50, 60, "a")], [(5, 15, "b"), (61, 71, "a")]]
    best = aligned(people)
    assert best.groups == ((0, 2), (1, 3))
    add_categories(adding, best, [0, 1], [2, 2])
    assert {key: amount for key, amount in adding.tally.items() if key[1] is None} == {
        ("", None, ("c", "a", "b")): 0.75
    }


def test_nothing_marked_is_undefined() -> None:
    assert gamma({}).words() == "undefined, because nobody marked any unit"
    assert gamma_cat({}).undefined == "no units of two people are aligned"
