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


@settings(max_examples=40)
@given(THREE)
def test_the_best_alignment_is_the_best_of_all(people: list[list[Marked]]) -> None:
    best = min(disorder(people, groups) for groups in all_alignments(people))
    found = aligned(people)
    assert found.is_exact
    assert found.disorder == pytest.approx(best)


@settings(max_examples=40)
@given(THREE)
def test_where_it_is_not_exact_it_is_never_below_the_best_and_says_so(people: list[list[Marked]]) -> None:
    with patch.object(gamma_alignment, "MOST_CANDIDATES", 0):
        found = aligned(people)
    best = min(disorder(people, groups) for groups in all_alignments(people))
    assert found.disorder >= best - 1e-9
    assert found.disorder == pytest.approx(disorder(people, [list(group) for group in found.groups]))
    assert not found.is_exact or found.disorder == pytest.approx(best)


@pytest.mark.parametrize(("people", "length"), [(2, 1), (3, 2), (4, 9)])
def test_chance_is_found_in_a_text_with_fewer_letters_than_there_is_room_for(people: int, length: int) -> None:
    mark = (0, min(length, 2), "a")
    found, _ = expected_disorder([[mark]] * people, length, random.Random(1))
    assert 0 <= found <= people, "units that stand alone cost one each"


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
@settings(max_examples=40)
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


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ((4, 14), (40, 44), 22.2),
        ((4, 14), (4, 14), 0.0),
        ((4, 14), (20, 25), 3.2),
        ((4, 14), (14, 24), 1.0),
        ((20, 30), (20, 25), 0.11),
        ((20, 25), (14, 24), 0.22),
    ],
)
def test_distances_of_figure_10_of_the_paper(one: tuple[int, int], other: tuple[int, int], distance: float) -> None:
    """Mathet et al. (2015), figure 10, as test_positional_dissimilarity_figure10 of pygamma-agreement quotes it."""
    found = aligned([[(*one, "a")], [(*other, "a")]])
    assert float(found.positions[0, 1]) == pytest.approx(distance, abs=0.05)


def placed(*written: str) -> list[Marked]:
    """Units written as "1 5 a"."""
    parts = (unit.split() for unit in written)
    return [(int(start), int(end), label) for start, end, label in parts]


PYGAMMA: dict[str, tuple[float, list[list[Marked]]]] = {
    "fixture 01": (0.0625, [placed("1 5 a", "6 10 b", "11 15 a"), placed("2 6 a", "7 11 b", "12 16 a")]),
    "fixture 02": (0.7083333, [placed("1 5 a", "6 10 b", "20 24 a", "30 34 b"), placed("2 6 a", "31 35 b")]),
    "fixture 04": (0.4087564, [placed("1 5 a", "10 14 b"), placed("2 6 a", "11 15 b"), placed("1 4 a", "9 14 c")]),
    "fixture 02, third sample": (
        1.8558327,
        [
            placed("-2163698 -1763698 a", "-321951 78049 a", "2359 402359 a"),
            placed("-900381 -500381 a", "303689 703689 b", "661594 1061594 a"),
        ],
    ),
    "fixture 04, first sample": (
        0.8253427,
        [
            placed("373938 716439 c", "1130082 1613892 a"),
            placed("339553 673303 a", "845304 1238337 c"),
            placed("253388 677929 a", "1017483 1427270 a"),
        ],
    ),
    "fixture 04, third sample": (
        1.3278083,
        [
            placed("459006 843060 b", "1277804 1677230 a"),
            placed("244629 690938 b", "1137832 1527671 a"),
            placed("-106022 296146 b", "574941 985434 a"),
        ],
    ),
}


@pytest.mark.parametrize("name", PYGAMMA)
def test_disorders_that_pygamma_agreement_finds(name: str) -> None:
    """Best alignments by pygamma-agreement 0.5.9 (alpha = beta = delta empty = 1), which works in 32 bit.

    The figures are in dkpro-statistics, src/test/resources/pygamma/fixture_*.json.
    """
    expected, people = PYGAMMA[name]
    assert aligned(people).disorder == pytest.approx(expected, rel=1e-5)


def test_nothing_marked_is_undefined() -> None:
    assert gamma({}).words() == "undefined, because nobody marked any unit"
    assert gamma_cat({}).undefined == "no units of two people are aligned"
