"""Identifiers are checked for their form, and pasted addresses become the bare number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.identifiers import Identifier, check, normalised, parse

RIGHT = [
    ("wikidata", "Q42"),
    ("geonames", "1147537"),
    ("iso3166", "AF"),
    ("iso3166", "AFG"),
    ("iso3166", "AF-BGL"),
    ("iso3166", "GB-1"),
    ("uri", "https://example.org/a?b#c"),
    ("uri", "urn:isbn:0451450523"),
    ("team", "anything at all"),
]
WRONG = [
    ("wikidata", "Q0", "Q42"),
    ("wikidata", "42", "Q42"),
    ("wikidata", "Q4２", "Q42"),
    ("geonames", "Q42", "1147537"),
    ("geonames", "٤٢", "1147537"),
    ("iso3166", "Afghanistan", "AFG"),
    ("iso3166", "af", "AFG"),
    ("uri", "example.org", "https"),
    ("uri", "https://[bad", "https"),
    ("uri", "https://a b", "https"),
    ("wikidata", " ", "empty"),
    ("Two Words", "x", "small letters"),
]


@pytest.mark.parametrize(("scheme", "value"), RIGHT)
def test_the_right_form_passes(scheme: str, value: str) -> None:
    assert check(scheme, value) == ""


@pytest.mark.parametrize(("scheme", "value", "hint"), WRONG)
def test_the_wrong_form_is_told_with_what_it_looks_like(scheme: str, value: str, hint: str) -> None:
    problem = check(scheme, value)
    assert hint in problem
    assert problem.endswith(".")


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("https://www.wikidata.org/wiki/Q42", "wikidata:Q42"),
        ("http://www.wikidata.org/entity/Q42", "wikidata:Q42"),
        ("https://m.wikidata.org/wiki/Special:EntityPage/Q42#P31", "wikidata:Q42"),
        ("wikidata.org/wiki/Q42", "wikidata:Q42"),
        ("https://www.geonames.org/1147537/baghlan.html", "geonames:1147537"),
        ("https://sws.geonames.org/1147537/", "geonames:1147537"),
        ("geonames.org/1147537/baghlan-province.html", "geonames:1147537"),
        ("q42", "wikidata:Q42"),
        ("wikidata:q42", "wikidata:Q42"),
        ("iso3166-2:af-bgl", "iso3166:AF-BGL"),
        ("https://example.org/Q42", "uri:https://example.org/Q42"),
        ("https://evilwikidata.org/wiki/Q42", "uri:https://evilwikidata.org/wiki/Q42"),
        ("team:A: 7", "team:A: 7"),
        ("uri:https://example.org/x", "uri:https://example.org/x"),
    ],
)
def test_what_is_pasted_becomes_scheme_and_value(pasted: str, expected: str) -> None:
    assert str(parse(f" {pasted} ")) == expected


def test_an_address_pasted_into_another_schemes_field_stays_wrong() -> None:
    found = normalised("geonames", "https://www.wikidata.org/wiki/Q42")
    assert found == Identifier("geonames", "https://www.wikidata.org/wiki/Q42")
    assert check(*(found.scheme, found.value))


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_the_checks(scheme: str, value: str) -> None:
    assert isinstance(check(scheme, value), str)
    found = parse(f"{scheme}:{value}")
    assert parse(value) == parse(value.strip())
    assert normalised(found.scheme, found.value) == normalised(found.scheme, found.value)
