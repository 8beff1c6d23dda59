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
        ("red red", (Term("red"),)),
        ("O'Brien – 15", (Term("O'Brien"), Term("15"))),
    ],
)
def test_words_phrases_and_beginnings(typed: str, terms: tuple[Term, ...]) -> None:
    assert parse_query(typed).terms == terms


@pytest.mark.parametrize("typed", ["", "  ", "*", "–", '""', "a *"])
def test_what_makes_no_sense_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(FormatError, match=r"[Tt]ype"):
        parse_query(typed)


def test_a_pattern_is_taken_as_it_is() -> None:
    assert parse_query(r"\d+ dead", is_pattern=True).pattern == r"\d+ dead"


def test_scripts_without_blanks_are_indexed_letter_by_letter() -> None:
    assert indexed("林若岚 met Zoë").split() == ["林", "若", "岚", "met", "zoe"]
    assert tokens("林若岚") == ["林", "若", "岚"]
    assert tokens("O’Brien's") == ["o", "brien"]
