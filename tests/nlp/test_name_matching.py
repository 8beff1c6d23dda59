"""Known names in any text: the longest first, inside the text, over no line's end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import EntityId
from annotator.nlp.name_matching import NameMatcher

NAMES = (("Ana Ruiz", "a"), ("Ruiz", "a"), ("Ruiz", "b"), ("Jean-Luc Ory", "j"), ("police", "p"), ("کابل", "k"))
MATCHER = NameMatcher((name, EntityId(entity)) for name, entity in NAMES)


def found(text: str) -> list[tuple[str, str]]:
    return [(span.cut(text), "".join(sorted(entities))) for span, entities in MATCHER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz met Ruiz.", [("Ana Ruiz", "a"), ("Ruiz", "ab")]),
        ("Ana\nRuiz", [("Ruiz", "ab")]),
        ("Jean-Luc Ory’s", [("Jean-Luc Ory", "j")]),
        ("the police", []),
        ("در کابل بود", [("کابل", "k")]),
        ("Ruizes, ruiz", []),
        ("", []),
    ],
)
def test_names_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.text() | st.lists(st.sampled_from(["Ana", "Ruiz", " ", "\n", "-", "police", "🙂", "\0"])).map("".join))
def test_what_is_found_lies_in_the_text_in_order(text: str) -> None:
    end = 0
    for span, entities in MATCHER.find(text):
        assert end <= span.start < span.end <= len(text)
        assert entities
        end = span.end
