"""Suggestions in the project file: all of one comes back, and languages are told apart by their codes."""

from dataclasses import fields, replace

import pytest

from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.proposals import NOBODY, OPEN, Located, Meant
from annotator.domain.spans import Span
from annotator.domain.suggestions import Suggestion, SuggestionKind
from annotator.storage.suggestions import from_row, language_code, to_row

BARE = Suggestion("1", ArticleId("a"), "names", SuggestionKind.MENTION, "actor", (Span(0, 5),), 0.5)
WHERE = Place(PlaceLevel.DISTRICT, 35.0, 0.0, Basis.GAZETTEER, "Baghlan", "Andarab")
ALL = replace(
    BARE,
    spans=(Span(0, 5), Span(7, 9)),
    entity_name="Ana Ruiz",
    known_entity=EntityId("e"),
    sources=((Span(10, 12), Span(14, 15)), (Span(20, 21),)),
    cue=(Span(30, 31),),
    within="2",
    manner="direct",
    entity_kind="person",
    may_be=("Ana", "Eva"),
    meant=(NOBODY, OPEN, Meant("Ana", "person", EntityId("e"))),
    located=Located(WHERE, "AFG", "geonames:1", "district, Baghlan, Afghanistan"),
)


@pytest.mark.parametrize("name", [field.name for field in fields(Suggestion)])
def test_a_suggestion_comes_back_with_each_of_its_fields(name: str) -> None:
    one = replace(BARE, **{name: getattr(ALL, name)})
    assert from_row(to_row(one)) == one


@pytest.mark.parametrize("where", [Place(), replace(WHERE, lat=None, lon=None), replace(WHERE, district="")])
def test_a_place_comes_back_with_what_is_known_of_it(where: Place) -> None:
    one = replace(ALL, located=Located(where, "", "", ""))
    assert from_row(to_row(one)) == one
    assert from_row(to_row(ALL)) == ALL


@pytest.mark.parametrize(
    ("languages", "code"),
    [
        (("English", "ENG", "en_US", "English (US)", " en "), "en"),
        (("Persian", "fas", "per", "Dari", "fa_AF"), "fa"),
        (("German", "Deutsch", "deu", "ger", "de-AT"), "de"),
        (("Chinese", "zho", "chi", "zh-Hans"), "zh"),
        (("Norwegian", "nor", "nob", "no"), "nb"),
        (("Klingon", "klingon"), "klingon"),
    ],
)
def test_a_language_is_understood_by_name_and_by_each_of_its_codes(languages: tuple[str, ...], code: str) -> None:
    assert {language_code(language) for language in languages} == {code}


@pytest.mark.parametrize(("language", "code"), [("", "en"), ("en-GB", "en"), ("FA", "fa"), ("ps", "ps")])
def test_an_article_in_no_language_is_taken_for_english(language: str, code: str) -> None:
    assert language_code(language) == code
