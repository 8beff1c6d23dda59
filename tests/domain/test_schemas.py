"""A schema is read from JSON, or refused with what is wrong in it."""

import json
from typing import Any

import pytest

from annotator.domain.schemas import parse
from annotator.errors import FormatError
from tests.building import SCHEMA


def without(*path: str) -> str:
    data: Any = json.loads(SCHEMA)
    inner = data
    for key in path[:-1]:
        inner = inner[0] if isinstance(inner, list) else inner[key]
    inner = inner[0] if isinstance(inner, list) else inner
    del inner[path[-1]]
    return json.dumps(data)


def test_the_schema_that_comes_with_the_program() -> None:
    schema = parse(SCHEMA)
    assert [label.key for label in schema.labels][:2] == ["actor", "location"]
    assert schema.actor_label == schema.labels[0]
    assert schema.label("actor").links_to_entity
    assert not schema.label("date").links_to_entity
    assert [part.key for part in schema.claim_parts] == ["content", "source", "cue"]
    assert schema.part("cue").key == "cue"
    assert schema.kind_with_digit(1) == "person"
    assert schema.kind_with_digit(0) is None
    assert schema.choice("level").choices == ("name", "nominal", "pronoun")
    assert schema.choice("stance").default == "affirms"


def test_hotkeys_and_digits_are_given_once() -> None:
    schema = parse(SCHEMA)
    hotkeys = [label.hotkey for label in schema.labels] + [part.hotkey for part in schema.claim_parts]
    assert len({key.lower() for key in hotkeys}) == len(hotkeys)
    assert len({kind.digit for kind in schema.kinds}) == len(schema.kinds)


def test_a_label_that_the_schema_lost_still_shows() -> None:
    label = parse(SCHEMA).label("weapon")
    assert (label.key, label.name, label.hotkey) == ("weapon", "weapon", "")
    assert not label.links_to_entity


@pytest.mark.parametrize("look_up", ["part", "choice"])
def test_an_unknown_part_or_choice_is_an_error(look_up: str) -> None:
    with pytest.raises(KeyError):
        getattr(parse(SCHEMA), look_up)("weapon")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not valid JSON: line 1"),
        ("{\n nope", "not valid JSON: line 2"),
        ("{}", "not a schema of this program"),
        ("[]", "field|not a schema"),
        ("null", "field|not a schema"),
        ('{"format": "annotator-schema", "version": 2}', "version 1"),
        (without("mentions"), "'mentions'"),
        (without("mentions", "hotkey"), "'hotkey'"),
        (without("entity_kinds", "digit"), "'digit'"),
        (without("claim", "parts"), "'parts'"),
        (without("name"), "'name'"),
        (SCHEMA.replace('"mentions": [', '"mentions": [null, ', 1), "field"),
    ],
)
def test_what_is_wrong_with_a_schema_is_said(text: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        parse(text)
