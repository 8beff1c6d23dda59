"""Names and phrases by their letters alone."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.phrases import clause_at, name_at, names_in, next_name, quoted_at
from annotator.domain.spans import Span

PROSE = (
    "The Red Banner said Gen. Pavel Ostin of the Ministry of Defense fled. In Belmar, Goran Tamrin’s son met the "
    "U.S. Embassy. However, Al-Nur and O’Brien didn’t. He said “the road is (mostly) closed” on Friday. "
    "Red Banner-led men."
)


def found(text: str) -> list[str]:
    return [name.cut(text) for name in names_in(text, 0, len(text))]


def place(words: str) -> Span:
    start = PROSE.index(words)
    return Span(start, start + len(words))


def test_names_of_a_news_text() -> None:
    assert found(PROSE) == [
        *("Red Banner", "Gen. Pavel Ostin of the Ministry of Defense", "Belmar", "Goran Tamrin", "U.S. Embassy"),
        *("Al-Nur", "O’Brien", "Friday", "Red Banner"),
    ]


def test_names_that_are_spelt_like_small_words_are_names() -> None:
    assert found("The US left. US Army men told us who. In the US, the WHO waits. Who? Us.") == [
        *("US", "US Army", "US", "WHO")
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Russia's Vladimir Putin met Iran’s President.", ["Russia", "Vladimir Putin", "Iran", "President"]),
        ("IRAN'S ARMY, O'Neill’s dog and D’Angelo", ["IRAN", "ARMY", "O'Neill", "D’Angelo"]),
        ("An F-16, two MQ-9s and COVID-19; AT&T and Mi-17", ["F-16", "MQ-9s", "COVID-19", "AT&T", "Mi-17"]),
        ("In the Panjshir, men met The Hague Court. He saw That.", ["Panjshir", "The Hague Court"]),
        ("They ate. (“The Guardian” said so.)\nMay said: Why? Because Ana left.", ["Guardian", "Ana"]),
    ],
)
def test_where_names_begin_and_end(text: str, names: list[str]) -> None:
    assert found(text) == names


@given(st.text(st.sampled_from("Aa bB.’s-ofthe “”(),\nÉé王"), max_size=60))
def test_names_are_in_order_inside_the_text_and_begin_with_a_capital(text: str) -> None:
    names = list(names_in(text, 0, len(text)))
    assert all(one.end <= other.start for one, other in itertools.pairwise(names))
    for name in names:
        assert name.end <= len(text)
        assert name.cut(text)[0].isupper()
        assert not name.cut(text).endswith((" ", "’s"))


def test_the_next_name_passes_over_those_that_are_taken() -> None:
    taken = {place("Red Banner"), place("Belmar")}
    assert next_name(PROSE, 0, taken.__contains__) == place("Gen. Pavel Ostin of the Ministry of Defense")
    assert next_name(PROSE, place("fled").end, taken.__contains__) == place("Goran Tamrin")
    assert next_name("nothing here", 0, taken.__contains__) is None


def test_the_name_that_holds_a_word() -> None:
    ministry = name_at(PROSE, 0, len(PROSE), place("Ministry"))
    assert ministry == place("Gen. Pavel Ostin of the Ministry of Defense")
    assert name_at(PROSE, 0, len(PROSE), place("fled")) is None


@pytest.mark.parametrize(
    ("words", "around"), [("mostly", "mostly"), ("road", "the road is (mostly) closed"), ("Friday", None)]
)
def test_what_stands_between_quote_marks_or_brackets(words: str, around: str | None) -> None:
    quoted = quoted_at(PROSE, 0, len(PROSE), place(words))
    assert (quoted.cut(PROSE) if quoted else None) == around


def test_a_clause_ends_at_punctuation() -> None:
    text = "They fled, he said, because the bridge (and the road) was closed; nobody knew."
    start = text.index("bridge")
    clause = clause_at(text, 0, len(text), Span(start, start + 6))
    assert clause is not None
    assert clause.cut(text) == "because the bridge (and the road) was closed"
