"""Every record can be spelled as plain JSON values and read back."""

import dataclasses
import json
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.articles import Article
from annotator.domain.claims import Claim, Source
from annotator.domain.comments import Comment
from annotator.domain.decisions import Decision
from annotator.domain.documents import TYPE_NAMES, TYPES_BY_NAME, from_document, to_document
from annotator.domain.edits import RECORD_TYPES, Record
from annotator.domain.entities import Basis, Entity, Place, PlaceLevel
from annotator.domain.events import Event, Quantity, When
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span, joined
from annotator.domain.spelling import spelled
from annotator.domain.suggestions import Rejection
from annotator.domain.values import Value
from annotator.domain.zones import Zone
from tests.building import (
    TEXT,
    make_annotator,
    make_article,
    make_assignment,
    make_claim,
    make_entity,
    make_mention,
    make_project,
)

PIECES = (
    st.lists(st.builds(lambda start, length: Span(start, start + length), st.integers(0, 99), st.integers(1, 9)))
    .map(joined)
    .filter(bool)
)
WORDS = st.text(max_size=10)


VALUES = st.lists(st.builds(Value, WORDS, st.lists(WORDS, min_size=1, max_size=3).map(tuple)), max_size=2).map(tuple)
WHEN = st.builds(When, WORDS, WORDS, WORDS, st.just(()) | PIECES)
NUMBERS = st.lists(st.none() | st.integers(0, 999), min_size=3, max_size=3).filter(
    lambda three: [n for n in three if n is not None] == sorted(n for n in three if n is not None)
)
QUANTITIES = st.builds(
    lambda what, words, spans, whom, three: Quantity(what, words, spans, whom, *three),
    *(WORDS, WORDS, st.just(()) | PIECES, st.none() | WORDS, NUMBERS),
)
NAMES = st.lists(WORDS, max_size=2).map(tuple)
EVENTS = st.builds(
    Event, WORDS, WORDS, NAMES, NAMES, st.none() | WORDS, WORDS, WHEN, st.lists(QUANTITIES, max_size=2).map(tuple)
)
POINTS = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
PLACES = st.builds(
    lambda level, point, basis, province: Place(level, point and point[0], point and point[1], basis, province),
    *(st.none() | st.sampled_from(PlaceLevel), POINTS, st.none() | st.sampled_from(Basis), WORDS),
)


def records() -> dict[type[Record], st.SearchStrategy[Any]]:
    """How to make any record of each type."""
    sources = st.lists(st.builds(Source, PIECES, WORDS, st.none() | WORDS), max_size=3).map(tuple)
    own: dict[type[Record], dict[str, st.SearchStrategy[Any]]] = {
        Entity: {"name": WORDS.filter(str.strip), "place": PLACES, "attributes": VALUES},
        Mention: {"spans": PIECES, "attributes": VALUES},
        Rejection: {"spans": PIECES},
        Decision: {"about": st.lists(WORDS, min_size=1, max_size=3).map(tuple)},
        Comment: {"text": WORDS.filter(str.strip), "article": WORDS, "spans": st.just(()) | PIECES},
        Link: {"origin": st.just("a"), "target": st.just("b")},
        Zone: {
            "span": st.builds(lambda start, length: Span(start, start + length), st.integers(0, 99), st.integers(1, 9))
        },
        Claim: {
            "content": PIECES,
            "cue": st.just(()) | PIECES,
            "sources": sources,
            "addressee": st.none() | st.builds(Source, PIECES, WORDS, st.none() | WORDS),
            "medium_spans": st.just(()) | PIECES,
            "said_on": WHEN,
            "event": EVENTS,
            "attributes": VALUES,
        },
    }
    return {
        record_type: st.builds(
            record_type,
            **own.get(record_type, {}),
            **{
                field.name: st.from_type(_hint(record_type, field.name))
                for field in dataclasses.fields(record_type)
                if field.name not in own.get(record_type, {})
            },
        )
        for record_type in RECORD_TYPES
    }


def _hint(record_type: type[Record], name: str) -> Any:
    return get_type_hints(record_type)[name]


@pytest.mark.parametrize("record_type", RECORD_TYPES)
@given(data=st.data())
def test_any_record_comes_back_from_json(record_type: type[Record], data: st.DataObject) -> None:
    record = data.draw(records()[record_type])
    document = json.loads(json.dumps(to_document(record)))
    assert from_document(record_type, document) == record
    # Documents alike in form to one that was read before are read by another way.
    assert from_document(record_type, document) == record


@pytest.mark.parametrize("record_type", RECORD_TYPES)
@given(data=st.data())
def test_a_record_is_spelled_as_its_document_is(record_type: type[Record], data: st.DataObject) -> None:
    record = data.draw(records()[record_type])
    assert spelled(record) == json.dumps(to_document(record), ensure_ascii=False, separators=(",", ":"))


def test_every_record_type_has_a_name_of_its_own() -> None:
    assert set(TYPE_NAMES) == set(RECORD_TYPES)
    assert {TYPES_BY_NAME[name] for name in TYPE_NAMES.values()} == set(RECORD_TYPES)


def test_spans_are_spelled_as_two_numbers() -> None:
    mention = make_mention(make_article(), TEXT, "Ana", "Ruiz")
    assert to_document(mention)["spans"] == [[0, 3], [4, 8]]


def test_fields_left_out_take_their_default() -> None:
    article = make_article()
    document = {name: value for name, value in to_document(article).items() if value != ""}
    assert from_document(Article, document) == article


SOUND: dict[str, Record] = {
    "project": make_project(),
    "annotator": make_annotator(),
    "article": make_article(),
    "entity": make_entity(),
    "mention": make_mention(make_article(), TEXT),
    "claim": make_claim(make_article(), TEXT, by="Ana Ruiz"),
    "assignment": make_assignment(make_article()),
}


@pytest.mark.parametrize("name", SOUND)
def test_an_unknown_field_and_a_missing_one_are_refused(name: str) -> None:
    document = to_document(SOUND[name])
    with pytest.raises(ValueError, match="unknown field 'colour'"):
        from_document(TYPES_BY_NAME[name], {**document, "colour": "red"})
    del document["id"]
    with pytest.raises(ValueError, match="missing"):
        from_document(TYPES_BY_NAME[name], document)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("mention", "quote", 5),
        ("mention", "quote", None),
        ("mention", "unsure", 1),
        ("mention", "spans", [[3, 3]]),
        ("mention", "spans", [[True, 3]]),
        ("mention", "spans", [[0, 3, 5]]),
        ("mention", "spans", [[0, 2.0]]),
        ("mention", "spans", [[5, 9], [0, 2]]),
        ("mention", "spans", []),
        ("mention", "spans", "0-3"),
        ("article", "length", True),
        ("article", "length", "5"),
        ("article", "text_quality", "beautiful"),
        ("assignment", "state", "nearly"),
        ("annotator", "kind", "cat"),
        ("entity", "name", " "),
        ("entity", "aliases", [{"text": "x", "kind": "rumour"}]),
        ("entity", "aliases", ["x"]),
        ("claim", "sources", [{"quote": "x"}]),
        ("claim", "about", "x"),
    ],
)
def test_a_value_of_another_type_is_refused(name: str, field: str, value: object) -> None:
    sound = to_document(SOUND[name])
    assert from_document(TYPES_BY_NAME[name], sound) == SOUND[name]
    document = {**sound, field: value}
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence differs by field
        from_document(TYPES_BY_NAME[name], document)
