"""Which records are put together: by the larger share, the label counting where half is in common, in any order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.comparison import Item
from annotator.domain.matching import share
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, joined
from tests.building import ANNA, BEN
from tests.domain.test_comparison import mention, two


def matched(items: tuple[Item, ...]) -> set[tuple[Span, ...]]:
    """The words of mentions that were put together."""
    return {tuple(one.spans[0] for one in item.versions if isinstance(one, Mention)) for item in items}


def test_what_was_marked_from_the_end_of_the_text_on_is_matched_as_well() -> None:
    backwards = [mention(start, 10 + start, who) for who in (ANNA, BEN) for start in (30, 0)]
    late, early, other_late, other_early = backwards
    shifted = replace(other_late, spans=(Span(31, 40),)), replace(other_early, spans=(Span(1, 10),))
    assert matched(two(late, early, *shifted)) == {(Span(0, 10), Span(1, 10)), (Span(30, 40), Span(31, 40))}


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_that_overlap_the_one_with_more_in_common_is_matched(*, is_first: bool) -> None:
    hers = [mention(0, 12, BEN), mention(1, 20, BEN)]
    items = two(mention(0, 20), *(hers if is_first else reversed(hers)))
    assert matched(items) == {(Span(0, 20), Span(1, 20)), (Span(0, 12),)}


def test_a_label_alike_counts_only_where_half_of_the_words_are_in_common() -> None:
    items = two(mention(0, 20), mention(0, 5, BEN), mention(2, 20, BEN, "location"))
    assert matched(items) == {(Span(0, 20), Span(2, 20)), (Span(0, 5),)}
    items = two(mention(0, 20), mention(0, 11, BEN), mention(2, 20, BEN, "location"))
    assert matched(items) == {(Span(0, 20), Span(0, 11)), (Span(2, 20),)}


PIECES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=4).map(
    lambda ends: joined(Span(start, start + length) for start, length in ends)
)


@given(PIECES, PIECES)
def test_the_share_is_of_the_code_points_that_either_has(one: tuple[Span, ...], other: tuple[Span, ...]) -> None:
    these, those = ({at for span in spans for at in range(span.start, span.end)} for spans in (one, other))
    assert share(one, other) == len(these & those) / len(these | those)
