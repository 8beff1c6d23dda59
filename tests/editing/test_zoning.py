"""Zones of an article: whatever is marked in whatever order, each letter is what was said of it last."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.domain.zones import Zone
from annotator.editing import zoning
from annotator.errors import EditRefused
from tests.editing.bench import Bench

TEXT = "Two men.\n\nPhoto: AFP\r\n Read  more. "
KINDS = ("caption", "credit", "boilerplate")
SPANS = st.builds(
    lambda start, length: Span(start, min(len(TEXT), start + length)),
    st.integers(0, len(TEXT) - 1),
    st.integers(1, len(TEXT)),
)
MARKS = st.lists(st.tuples(st.sampled_from(("body", *KINDS)), SPANS), max_size=7)


def zones(bench: Bench) -> list[Zone]:
    return list(bench.records.zones_in(bench.article))


def shown(bench: Bench) -> list[tuple[str, str]]:
    return [(zone.kind, zone.span.cut(TEXT)) for zone in zones(bench)]


def marked(bench: Bench, kind: str, span: Span) -> bool:
    """Whether there was anything to change."""
    try:
        if kind == "body":
            bench.do(zoning.mark_body, bench.article, span)
        else:
            bench.do(zoning.mark_zone, bench.article, span, kind)
    except EditRefused:
        return False
    return True


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=MARKS)
def test_each_letter_is_what_was_said_of_it_last(bench: Bench, marks: list[tuple[str, Span]]) -> None:
    marked(bench, "body", Span(0, len(TEXT)))
    said = dict.fromkeys(range(len(TEXT)), "body")
    for kind, span in marks:
        before = {at: said[at] for at in said if not TEXT[at].isspace()}
        said |= dict.fromkeys(range(span.start, span.end), kind)
        changed = before != {at: said[at] for at in before}
        count = len(zones(bench))
        is_done = marked(bench, kind, span)
        # Where no letter changes, two of one kind become one over the blanks between them.
        assert is_done if changed else not is_done or len(zones(bench)) < count
    here = {at: zone.kind for zone in zones(bench) for at in range(zone.span.start, zone.span.end)}
    assert {at: here.get(at, "body") for at in before_blanks(said)} == before_blanks(said)
    assert all(zone.span.trimmed(TEXT) == zone.span for zone in zones(bench)), "none begins or ends with a blank"
    ordered = sorted(zone.span for zone in zones(bench))
    assert not any(one.overlaps(other) for one, other in pairwise(ordered))


def before_blanks(said: dict[int, str]) -> dict[int, str]:
    """What was said of the letters; blanks go with either side."""
    return {at: kind for at, kind in said.items() if not TEXT[at].isspace()}


def test_zones_of_one_kind_that_touch_become_one(bench: Bench) -> None:
    for quote in ("Photo:", "AFP", " "):
        marked(bench, "credit", bench.words(quote)[0])
    assert shown(bench) == [("credit", "Photo:"), ("credit", "AFP")]
    bench.do(zoning.mark_zone, bench.article, bench.words(": A")[0], "credit")
    assert shown(bench) == [("credit", "Photo: AFP")]


def test_what_is_left_of_a_zone_is_never_only_blanks(bench: Bench) -> None:
    marked(bench, "caption", bench.words("Photo: AFP")[0])
    marked(bench, "credit", bench.words("Photo:")[0])
    marked(bench, "boilerplate", bench.words("AFP")[0])
    assert shown(bench) == [("credit", "Photo:"), ("boilerplate", "AFP")]
    marked(bench, "body", bench.words("hoto")[0])
    assert shown(bench) == [("credit", "P"), ("credit", ":"), ("boilerplate", "AFP")]


@pytest.mark.parametrize(
    ("kind", "words", "sentence"),
    [
        ("sidebar", "Two", "There is no zone “sidebar”"),
        ("credit", "\n\n", "nothing but blanks"),
        ("body", "\n\n", "nothing but blanks"),
        ("body", "Two", "plain body already"),
        ("caption", "hoto", "caption already"),
    ],
)
def test_what_makes_no_sense_is_refused(bench: Bench, kind: str, words: str, sentence: str) -> None:
    marked(bench, "caption", bench.words("Photo")[0])
    gesture = (zoning.mark_body,) if kind == "body" else (zoning.mark_zone,)
    bench.refused(sentence, *gesture, bench.article, bench.words(words)[0], *([] if kind == "body" else [kind]))
    bench.refused("nothing but blanks", zoning.mark_zone, bench.article, Span(len(TEXT), len(TEXT) + 3), "credit")
    assert shown(bench) == [("caption", "Photo")]
