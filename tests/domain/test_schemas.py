"""A schema is read from JSON, or refused with what is wrong in it."""

import json
from typing import Any

import pytest

from annotator.domain.attributes import COUNTRIES, YES, AttributeType
from annotator.domain.schemas import LabelKind, parse
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
    assert [part.key for part in schema.claim_parts] == ["content", "source", "cue", "addressee", "medium"]
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


def test_attributes_links_events_and_lists() -> None:
    schema = parse(SCHEMA)
    fields = {attribute.key: attribute for attribute in schema.entity_attributes}
    assert fields["sector"].type is AttributeType.CHOICES
    assert fields["sector"].choices == schema.sectors
    assert fields["sector"].choices[0] == "GOV"
    assert fields["sector"].is_field
    assert not fields["gender"].is_field
    assert not fields["gender"].is_on
    assert (fields["country"].choices, fields["country"].list_name) == ((), COUNTRIES)
    used_as = schema.mention_attributes[1]
    assert (used_as.name, used_as.on, used_as.default) == ("Used as", ("location",), ("place",))
    assert used_as.is_for("location")
    assert not used_as.is_for("actor")
    assert "author_stance" not in {choice.key for choice in schema.claim_choices}, "it is off"
    leads = schema.link("leads")
    assert leads is not None
    assert (leads.between, leads.is_dated, leads.is_symmetric) == ("entity", True, False)
    assert [link.hotkey for link in schema.links if link.between == "claim"] == ["R", "P", "X", "K", "E"]
    assert schema.event is not None
    assert schema.event.is_on
    assert schema.event.types[0] == "AGREE"
    assert "killed" in schema.event.quantities
    unnamed = next(kind for kind in schema.kinds if kind.key == "unnamed source")
    assert (unnamed.default_sector, unnamed.never_merged_automatically) == ("UNK", True)
    assert schema.zone_kinds[1].help.startswith("standfirst")


def test_what_a_label_names_follows_from_its_links_and_kinds() -> None:
    data: Any = json.loads(SCHEMA)
    data["entity_kinds"].append({"key": "ship", "digit": 9, "acts": False})
    data["mentions"].append(data["mentions"][0] | {"key": "ship", "kinds": ["ship"]})
    kinds = {label.key: label.kind for label in parse(json.dumps(data)).labels}
    assert kinds == {
        "actor": LabelKind.ACTOR,
        "location": LabelKind.LOCATION,
        "date": LabelKind.DATE,
        "quantity": LabelKind.QUANTITY,
        "other": LabelKind.PLAIN,
        "ship": LabelKind.OTHER_ENTITY,
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [(None, ()), ("", ()), (False, ()), (True, (YES,)), ("a", ("a",)), (3, ("3",)), (["a", "b"], ("a", "b"))],
)
def test_defaults_are_values_of_one_shape(written: object, read: tuple[str, ...]) -> None:
    data: Any = json.loads(SCHEMA)
    data["mention_attributes"] = [{"key": "x", "type": "text", "default": written}]
    assert parse(json.dumps(data)).mention_attributes[0].default == read


def test_a_label_that_the_schema_lost_still_shows() -> None:
    label = parse(SCHEMA).label("weapon")
    assert (label.key, label.name, label.hotkey) == ("weapon", "weapon", "")
    assert not label.links_to_entity


def test_a_label_of_entities_that_names_no_kinds_may_have_any() -> None:
    data = json.loads(SCHEMA)
    del data["mentions"][0]["kinds"]
    schema = parse(json.dumps(data))
    assert schema.labels[0].kinds == tuple(kind.key for kind in schema.kinds)
    assert schema.labels[0].kinds


@pytest.mark.parametrize("look_up", ["part", "choice"])
def test_an_unknown_part_or_choice_is_an_error(look_up: str) -> None:
    with pytest.raises(KeyError):
        getattr(parse(SCHEMA), look_up)("weapon")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1: This is not valid JSON"),
        ("{\n nope", "Line 2: This is not valid JSON"),
        ("{}", "not a schema of this program"),
        ("[]", "has to be an object"),
        ("null", "has to be an object"),
        ("[" * 100_000, "nested too deeply|not valid JSON"),
        ('{"format": "annotator-schema", "version": 2}', "version 1"),
        (without("mentions"), "“mentions” is missing"),
        (without("mentions", "hotkey"), "“hotkey” is missing"),
        (without("entity_kinds", "digit"), "“digit” is missing"),
        (without("claim", "parts"), "“parts” is missing"),
        (without("name"), "“name” is missing"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        parse(text)
