"""The u-alpha family: worked by hand from the equations, and against figures that others published.

The worked example of Krippendorff et al. (2016) itself is behind a paywall and in no source that could be searched. The
figures are those that A. Lindahl's implementation, which follows the paper equation by equation, prints for its own
example: github.com/lindanna/unitized_alpha, figures in README.md, data at the foot of unitized_alpha.py.
"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.base import Adding, Stats, stats_of
from annotator.agreement.unitizing import GAP, OTHER, YES, add_segments, cu_alpha, ku_alpha, segments, u_alpha
from annotator.agreement.units import Unit
from annotator.domain.spans import Span

Marks = list[tuple[int, int, str]]


def stats(length: int, *people: Marks) -> Stats:
    adding = Adding()
    work = {n: segments([Unit(label, (Span(a, b),)) for a, b, label in its], length) for n, its in enumerate(people)}
    add_segments(adding, "", work)
    return stats_of(adding.tally, "").get(None, {})


def test_two_units_that_overlap_by_half() -> None:
    """Of 10 characters one has 0-4, the other 2-6, under one label.

    Label on label 2 characters, label on gap 2 and 2, gap on gap 4; both ways round 4, 8, 8 of 20. The label's total is
    8, the gap's 12; the units' squares are 16 + 16, the gaps' lengths 6 + 2 + 4. By chance label meets gap on
    2 * 20 * 8 * 12 / (400 - 44).
    """
    found = u_alpha(stats(10, [(0, 4, "a")], [(2, 6, "a")]))
    assert found.value == pytest.approx(1 - 8 / (2 * 20 * 96 / 356))
    assert found.n == 2


def test_labels_given_boundaries_and_boundaries_alone() -> None:
    """Of 12 characters: a 0-4 and b 6-10 against a 0-4 and a 6-10: every boundary the same, one label of two.

    Totals: a 12, b 4, gap 8. Squares: a 16 + 16 + 16, b 16, gaps 2 * 4. free = 576 - 72 = 504. Among units 8 of 16
    characters differ; by chance 2 * 12 * 4 of 12 * 12 - 48 + 2 * 48 + 16 - 16 = 192.
    """
    both = stats(12, [(0, 4, "a"), (6, 10, "b")], [(0, 4, "a"), (6, 10, "a")])
    assert u_alpha(both, alike=True).value == pytest.approx(1)
    assert cu_alpha(both).value == pytest.approx(1 - (8 / 16) / (96 / 192))
    assert u_alpha(both).value == pytest.approx(1 - 8 / (24 * (2 * 12 * 4 + 2 * 12 * 8 + 2 * 4 * 8) / 504))


def test_one_label_given_boundaries() -> None:
    """As before, with a as the label: of 12 characters of a, 4 lie on another; by chance 48 of 144 - 48 + 48."""
    marks = stats(12, [(0, 4, "yes"), (6, 10, "b")], [(0, 4, "yes"), (6, 10, "yes")])
    assert ku_alpha(marks).value == pytest.approx(1 - (4 / 12) / (48 / 144))


def test_three_people_worked_by_hand() -> None:
    """The first example, and a third person who marks nothing: label on label 2, on gap 6 and 6, gap on gap 16."""
    found = u_alpha(stats(10, [(0, 4, "a")], [(2, 6, "a")], []))
    assert found.value == pytest.approx(1 - 12 / (2 * 30 * 8 * 22 / (900 - 54)))


def test_three_people_weigh_as_two() -> None:
    same: Marks = [(0, 4, "a"), (6, 9, "b")]
    three = u_alpha(stats(12, same, same, [(0, 4, "a")]))
    assert three.value is not None
    assert 0 < three.value < 1
    assert u_alpha(stats(12, same, same, same)).value == pytest.approx(1)


ALEX: Marks = [(2, 5, "1"), (9, 11, "1"), (12, 20, "2")]
PAUL: Marks = [(2, 5, "1"), (7, 15, "2")]
SUSAN: Marks = [(2, 5, "1"), (10, 15, "2")]


def test_three_people_as_lindahl_published_them() -> None:
    """A continuum of 20, two labels, three people: u-alpha, |u-alpha and cu-alpha."""
    found = stats(20, ALEX, PAUL, SUSAN)
    said = (u_alpha(found), u_alpha(found, alike=True), cu_alpha(found))
    assert [round(score.value or 0, 3) for score in said] == [0.474, 0.433, 0.779]


@pytest.mark.parametrize(("label", "value"), [("1", 0.769), ("2", 0.787)])
def test_each_label_as_lindahl_published_it(label: str, value: float) -> None:
    """The same, label by label: what has another label than the one asked for is all of one label."""
    people = [[(a, b, YES if its == label else OTHER) for a, b, its in marks] for marks in (ALEX, PAUL, SUSAN)]
    assert ku_alpha(stats(20, *people)).value == pytest.approx(value, abs=0.0005)


def test_units_that_reach_into_gaps_do_not_count_there_for_labels() -> None:
    """Equation 10 by hand: of 10 characters one has a 0-4 and b 6-10, the other a 2-6 and a 7-9.

    On each other lie a and a on 2 characters, b and a on 2: totals a 6, b 2 of 8. Squares of what each unit shares: a
    4 + 4 + 4, b 4. Chance: a meets b on 6 * 2 / (8 - 16 / 8), both ways 4 of 8; seen are 4.
    """
    both = stats(10, [(0, 4, "a"), (6, 10, "b")], [(2, 6, "a"), (7, 9, "a")])
    assert cu_alpha(both).value == pytest.approx(0)
    same = stats(10, [(0, 4, "a"), (6, 10, "b")], [(2, 6, "a"), (7, 9, "b")])
    assert cu_alpha(same).value == pytest.approx(1)


def test_what_nobody_marked_is_undefined() -> None:
    assert u_alpha(stats(10, [], [])).words() == "undefined, because nobody marked any unit"
    assert "no units of two people" in cu_alpha(stats(10, [(0, 2, "a")], [(3, 5, "a")])).undefined


def test_stretches_out_of_play_are_no_part_of_the_continuum() -> None:
    laid = segments([Unit("a", (Span(4, 12),))], 20, [Span(0, 3), Span(10, 15)])
    assert laid == [(0, 1, GAP), (1, 7, "a"), (7, 12, GAP)]


def test_of_units_that_overlap_the_later_one_is_cut() -> None:
    laid = segments([Unit("b", (Span(2, 6),)), Unit("a", (Span(0, 4),)), Unit("c", (Span(1, 3),))], 6)
    assert laid == [(0, 4, "a"), (4, 6, "b")]


MARKS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from("ab")), max_size=5).map(
    lambda marks: [(start, start + size, label) for start, size, label in marks]
)


@given(st.lists(MARKS, min_size=2, max_size=4), st.randoms())
def test_segments_fill_the_continuum_and_the_order_of_people_does_not_matter(
    people: list[Marks], source: random.Random
) -> None:
    for its in people:
        laid = segments([Unit(label, (Span(a, b),)) for a, b, label in its], 30)
        assert [a for a, _, _ in laid] == [0, *(b for _, b, _ in laid)][:-1]
        assert laid[-1][1] == 30
    mixed = source.sample(people, len(people))
    one, other = u_alpha(stats(30, *people)), u_alpha(stats(30, *mixed))
    assert (one.value is None) == (other.value is None)
    assert one.value is None or one.value == pytest.approx(other.value)
    assert one.value is None or one.value <= 1
