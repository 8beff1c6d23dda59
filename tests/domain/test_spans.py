"""Spans are half open, never empty, and counted in code points."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import GAP, Span, check_pieces, covers, holders, hull, joined, quoted

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 60), st.integers(1, 20))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (4, 3), (-1, 2)])
def test_a_span_holds_at_least_one_character(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Span(start, end)


def test_spans_count_code_points() -> None:
    text = "😀 Ana é"
    assert Span(2, 5).cut(text) == "Ana"
    assert len(Span(2, 5)) == 3


@pytest.mark.parametrize(
    ("a", "b", "overlaps", "contains"),
    [
        ((0, 3), (3, 5), False, False),
        ((0, 4), (3, 5), True, False),
        ((0, 5), (3, 5), True, True),
        ((3, 5), (3, 5), True, True),
        ((3, 5), (0, 9), True, False),
    ],
)
def test_overlap_and_containment(a: tuple[int, int], b: tuple[int, int], *, overlaps: bool, contains: bool) -> None:
    assert Span(*a).overlaps(Span(*b)) is overlaps
    assert Span(*a).contains(Span(*b)) is contains


@given(SPANS, SPANS)
def test_overlap_is_sharing_a_code_point(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(shared)
    assert a.contains(b) == (len(shared) == len(b))


@given(st.lists(SPANS))
def test_joining_keeps_the_code_points_and_leaves_pieces_apart(spans: list[Span]) -> None:
    result = joined(spans)
    points = {point for span in spans for point in range(span.start, span.end)}
    assert {point for span in result for point in range(span.start, span.end)} == points
    assert all(a.end < b.start for a, b in pairwise(result))
    assert joined(result) == result
    if result:
        check_pieces(result)
        assert covers(result, tuple(spans))
        assert all(hull(result).contains(span) for span in spans)


@given(st.text(alphabet=" \n\t\u00a0ab", max_size=12), st.integers(0, 11), st.integers(1, 12))
def test_trimming_takes_away_blanks_and_only_those(text: str, start: int, length: int) -> None:
    span = Span(start, start + length)
    bare = span.trimmed(text)
    words = span.cut(text).strip()
    assert (bare is None) == (not words)
    if bare is not None:
        assert bare.cut(text) == words
        assert span.contains(bare)


def test_the_words_of_several_pieces_are_quoted_with_a_gap() -> None:
    text = "Ana and Ben Ruiz"
    assert quoted(text, (Span(0, 3), Span(12, 16))) == f"Ana{GAP}Ruiz"
    assert quoted(text, (Span(0, 3),)) == "Ana"
    assert quoted(text, ()) == ""


@pytest.mark.parametrize(
    "pieces", [(), (Span(4, 6), Span(0, 2)), (Span(0, 3), Span(2, 5)), (Span(0, 3), Span(4, 6), Span(5, 9))]
)
def test_pieces_are_sorted_and_apart(pieces: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match="span"):
        check_pieces(pieces)


def test_pieces_may_touch() -> None:
    check_pieces((Span(0, 3), Span(3, 5)))


def test_covering_means_each_piece_inside_one() -> None:
    outer = (Span(0, 4), Span(6, 9))
    assert covers(outer, (Span(1, 3), Span(6, 9)))
    assert not covers(outer, (Span(3, 7),))
    assert not covers(outer, (Span(1, 3), Span(3, 7)))
    assert not covers(outer, ())


@given(st.lists(SPANS, max_size=12), st.lists(st.tuples(SPANS, st.sampled_from("abc")), max_size=12))
def test_holders_are_those_that_contain_the_span_the_shortest_first(
    wanted: list[Span], labelled: list[tuple[Span, str]]
) -> None:
    found = holders(wanted, labelled)
    assert set(found) == set(wanted)
    for span, labels in found.items():
        shortest: dict[str, int] = {}
        for holder, label in labelled:
            if holder.contains(span):
                shortest[label] = min(len(holder), shortest.get(label, len(holder)))
        assert list(labels) == sorted(shortest, key=lambda label: (shortest[label], label))
