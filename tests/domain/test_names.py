"""Names are compared without case, accents, extra blanks and a possessive ending."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.entities import Alias
from annotator.domain.names import fold, guessed_level, name_keys
from tests.building import make_entity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Ruiz", "ANA  RUIZ"),
        ("José", "Jose\u0301"),
        ("Müller", "muller"),
        ("the UK's", "The UK"),
        ("Biden’s", "Biden"),
        ("Straße", "STRASSE"),
        (" Ana\u00a0Ruiz\n", "ana ruiz"),
        ("Москва", "МОСКВА"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Ana", "Anna"), ("Ruiz", "Ruiz Jr"), ("boss", "bos"), ("الوزير", "وزير")])
def test_different_names_fold_differently(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet="aAbé ß's’Ж東\u00a0", max_size=20))
def test_folded_names_are_tidy(name: str) -> None:
    folded = fold(name)
    assert folded == " ".join(folded.split())
    assert folded == folded.casefold()


def test_a_name_is_looked_up_by_the_whole_and_by_its_words() -> None:
    assert name_keys(("Abdul Qadir al-Kabir", "A. Q.")) == {
        "abdul qadir al-kabir",
        "abdul",
        "qadir",
        "al",
        "kabir",
        "a. q.",
        "a",
        "q",
    }
    assert name_keys(("…",)) == {"..."}
    assert name_keys(("",)) == frozenset()


def test_an_entity_is_called_by_any_of_its_names() -> None:
    entity = make_entity("Ana Ruiz", aliases=(Alias("A. Ruiz"),))
    assert entity.names == ("Ana Ruiz", "A. Ruiz")
    assert entity.is_called("ana ruiz’s")
    assert entity.is_called("A.  RUIZ")
    assert not entity.is_called("Ruiz")


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_an_entity_needs_a_name(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        make_entity(name)


@pytest.mark.parametrize(
    ("quote", "level"),
    [
        ("Ana Ruiz", "name"),
        ("the Taliban", "name"),
        ("She", "pronoun"),
        ("their", "pronoun"),
        ("the ex-vice president", "nominal"),
        ("The governor", "nominal"),
        ("東京", "name"),
        ("الوزير", "name"),
        ("officials", "nominal"),
    ],
)
def test_the_level_of_a_mention_is_guessed(quote: str, level: str) -> None:
    assert guessed_level(quote) == level
