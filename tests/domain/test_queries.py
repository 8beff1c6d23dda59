"""What may be typed to search all articles."""

import pytest

from annotator.domain.queries import Term, indexed, parse_query, tokens
from annotator.errors import FormatError


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("red banner", (Term("red"), Term("banner"))),
        ('"red banner" talib*', (Term("red banner"), Term("talib", is_prefix=True))),
        ('"red ban"*', (Term("red ban", is_prefix=True),)),
        ("“red banner", (Term("red banner"),)),
        ("“red ban”* “big\ttown”", (Term("red ban", is_prefix=True), Term("big town"))),
        ("red red", (Term("red"),)),
        ("O'Brien – 15", (Term("O'Brien"), Term("15"))),
    ],
)
def test_words_phrases_and_beginnings(typed: str, terms: tuple[Term, ...]) -> None:
    assert parse_query(typed).terms == terms


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type what to search for"),
        (" \t", "Type what to search for"),
        ("*", "type its beginning before it"),
        ("a *", "type its beginning before it"),
        ('a ""*', "type its beginning before it"),
        ("–", "at least one letter or digit"),
        ('""', "at least one letter or digit"),
        ("_", "at least one letter or digit"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(FormatError, match=sentence):
        parse_query(typed)


def test_a_pattern_of_blanks_is_refused_too() -> None:
    with pytest.raises(FormatError, match="Type what to search for"):
        parse_query("  ", is_pattern=True)


def test_case_is_kept_in_mind_with_words_and_with_a_pattern() -> None:
    assert [parse_query("US", is_pattern=is_pattern).match_case for is_pattern in (False, True)] == [False, False]
    assert parse_query("US", match_case=True).match_case
    assert parse_query("US", match_case=True, is_pattern=True).match_case


def test_a_pattern_is_taken_as_it_is() -> None:
    assert parse_query(r"\d+ dead", is_pattern=True).pattern == r"\d+ dead"


def test_scripts_without_blanks_are_indexed_letter_by_letter() -> None:
    assert indexed("林若岚 met Zoë").split() == ["林", "若", "岚", "met", "zoe"]
    assert tokens("林若岚") == ["林", "若", "岚"]
    assert tokens("O’Brien's") == ["o", "brien"]
