"""What is wrong with a schema is found, at its line, and said in words; any JSON at all can be asked about."""

import json
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.json_places import read_nodes
from annotator.domain.schema_checking import Problem, problems
from annotator.domain.schemas import parse
from annotator.errors import FormatError
from annotator.paths import resource
from tests.building import SCHEMA

FILES = sorted(path.name for path in resource("schemas").glob("*.json"))


def changed(old: str, new: str) -> tuple[str, int]:
    """The default schema with other words in one place, and the line of that place."""
    assert SCHEMA.count(old) == 1, old
    return SCHEMA.replace(old, new), SCHEMA[: SCHEMA.index(old)].count("\n") + 1


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_that_come_with_the_program_are_right(name: str) -> None:
    text = resource(f"schemas/{name}").read_text(encoding="utf-8")
    assert problems(text) == ()
    parse(text)


def test_seven_schemas_come_with_the_program() -> None:
    wanted = "blank conll_2003 event_coding fact_check news_claims ontonotes parc_polnear".split()
    assert [f"{name}.json" for name in wanted] == FILES


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"version": 1,', '"version": 2,', "This program reads schemas of version 1"),
        ('"annotator-schema"', '"brat"', "This is not a schema of this program"),
        ('"key": "date",  ', '"key": "actor", ', "There is a label “actor” already"),
        ('"hotkey": "D"', '"hotkey": "a"', "“a” is the key of “Actor” already: give “Date” another."),
        ('"hotkey": "D"', '"hotkey": "7"', "has to be one letter or sign"),
        ('"hotkey": "D"', '"hotkey": "\\u200b"', "has to be one letter or sign"),
        ('"hotkey": "D"', '"hotkey": " "', "has to be one letter or sign"),
        ('{"key": "updates"', '{"key": "supports"', "There is a link “supports” already"),
        (
            '"key": "headline", "digit": 1',
            '"key": "headline", "digit": 1, "digit": 1',
            "“digit” stands twice in the same",
        ),
        (
            '"claim": {"hotkey": "C", "light": "#745801"',
            '"claim": {"hotkey": "C", "light": "blue"',
            "“blue” is no colour",
        ),
        ('"hotkey": "T"', '"hotkey": "Q"', "“Q” is the key of “Quantity” already: give “addressee” another."),
        ('"#AE5E0F"', '"orange"', "“orange” is no colour of label “date”: write it as #0072B2."),
        ('"name": "Quantity"', '"name": " "', "“name” of label “quantity” is empty: fill it."),
        ('"name": "Quantity", ', "", "“name” is missing in label “quantity”: add it."),
        ('"links_to": "date"', '"links_to": "dates"', "“links_to” of label “date” has to be one of “entity”"),
        ('"kinds": ["place"]', '"kinds": ["town"]', "Label “location” names the entity kind “town”"),
        ('"kinds": ["place"]', '"kinds": []', "Label “location” links to entities: name in “kinds”"),
        ('"key": "armed group", "digit": 2', '"key": "armed group", "digit": 1', "1 is the digit of “person” already."),
        ('"key": "person", "digit": 1', '"key": "person", "digit": "1"', "“digit” of entity kind “person” has to be a"),
        ('"digit": 8', '"digit": 10', "The digit of “place” has to be 1 to 9"),
        ('"default_sector": "REB"', '"default_sector": "ARMY"', "“ARMY” is not in the list “sectors”"),
        (
            '"key": "role", "type": "text"',
            '"key": "rolle", "type": "word"',
            "“type” of attribute “rolle” has to be one",
        ),
        (
            '"key": "role", "type": "text"',
            '"key": "role", "type": "flag"',
            "“type” of attribute “role” has to be “text”",
        ),
        ('"default": "place", "on"', '"default": "site", "on"', "The default of attribute “used_as”, “site”, is not"),
        ('"on": ["location"]', '"on": ["town"]', "Attribute “used_as” is for the label “town”"),
        ('"choices": ["affirms","denies","doubts"], ', "", "Attribute “stance” needs “choices”"),
        ('["affirms","denies","doubts"]', '["affirms","denies","denies"]', "“denies” stands twice in “choices”"),
        ('["affirms","denies","doubts"]', '["affirms","denies",""]', "A value of “choices” is empty"),
        ('["affirms","denies","doubts"]', '"affirms"', "“choices” of attribute “stance” has to be a list"),
        ('"list": "sectors"', '"list": "branches"', "takes its choices from the list “branches”"),
        ('"type_list": "event types"', '"type_list": "events"', "list “events”, which is not in “lists”"),
        (
            '"key": "about", "type": "entities", "tier": "core"',
            '"key": "about", "type": "entities", "tier": "x"',
            "“tier”",
        ),
        ('"key": "cue",  ', '"key": "verb", ', "A claim has the parts “content”"),
        (
            '{"key": "updates", "hotkey": "K", "from": "claim"',
            '{"key": "updates", "from": "entity"',
            "from claim to claim",
        ),
        (
            '{"key": "updates", "hotkey": "K"',
            '{"key": "updates", "hotkey": "P"',
            "“P” is the key of “supports” already",
        ),
        ('{"key": "credit", "digit": 4', '{"key": "credit", "digit": 3', "3 is the digit of “caption” already."),
        ('"zone_hotkey": "Z",', '"zones": [],', "“zones” stands twice in the same object"),
        ('{"key": "headline", "digit": 1}', '"headline"', "Each zone kind has to be an object"),
        ('"key": "headline",', '"key": "headline", "out_of_play": "no",', "“headline” has to be true or false"),
        ('"key": "headline",', '"key": "headline", "help": 5,', "“help” of zone kind “headline” has to be words"),
        ('"key": "armed group",', '"key": "armed group", "acts": 1,', "“acts” of entity kind “armed group” has to"),
        ('"key": "role",', '"key": "role", "name": 5,', "“name” of attribute “role” has to be words"),
        ('"key": "role",', '"key": "role", "required": "yes",', "“required” of attribute “role” has to be true"),
        ('{"key": "updates",', '{"key": "updates", "symmetric": 0,', "“symmetric” of link “updates” has to be true"),
    ],
)
def test_a_fault_is_said_with_its_line(old: str, new: str, message: str) -> None:
    text, line = changed(old, new)
    found = problems(text)
    assert [problem for problem in found if message in problem.message and problem.line == line], found


def test_a_fault_of_syntax_is_said_with_its_line() -> None:
    assert problems(SCHEMA.replace('"zone_hotkey": "Z",', '"zone_hotkey": "Z"')) == (
        Problem(SCHEMA[: SCHEMA.index('"lists"')].count("\n") + 1, "This is not valid JSON: Expecting ',' delimiter."),
    )


def test_all_faults_are_found_in_the_order_of_their_lines() -> None:
    text = SCHEMA.replace('"#AE5E0F"', '"orange"').replace('"digit": 8', '"digit": 10').replace('"Actor"', '""')
    lines = [problem.line for problem in problems(text)]
    assert len(lines) == 3
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("field", "is_right"),
    [
        ({"type": "flag", "default": True}, True),
        ({"type": "flag", "default": "yes"}, False),
        ({"type": "number", "default": 2.5}, True),
        ({"type": "number", "default": "two"}, False),
        ({"type": "many choices", "choices": ["a", "b"], "default": ["b", "a"]}, True),
        ({"type": "many choices", "choices": ["a", "b"], "default": ["c"]}, False),
        ({"type": "choice", "choices": ["a"], "default": "guess"}, True),
        ({"type": "choice", "list": "iso3166-1 alpha-3", "default": "AFG"}, True),
        ({"type": "text", "default": "x", "required": True}, True),
        ({"type": "choice", "choices": ["a", "b"], "default": ["a"]}, True),
        ({"type": "choice", "choices": ["a", "b"], "default": ["a", "b"]}, False),
        ({"type": "text", "default": ["x", "y"]}, False),
        ({"type": "text", "default": {"x": 1}}, False),
        ({"type": "many choices", "choices": ["a", "b"], "default": [["a"]]}, False),
    ],
)
def test_defaults_fit_their_type(field: dict[str, Any], is_right: bool) -> None:  # noqa: FBT001
    data: Any = json.loads(SCHEMA)
    data["claim"]["attributes"].append({"key": "extra", "tier": "core"} | field)
    assert (problems(json.dumps(data)) == ()) is is_right


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def places(data: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in JSON."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [here] * bool(here) + [place for key, value in inner for place in places(value, (*here, key))]


@settings(max_examples=200)
@given(st.data())
def test_any_change_to_a_schema_is_read_or_refused_in_words(data: st.DataObject) -> None:
    whole: Any = json.loads(SCHEMA)
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(places(whole)))
        inner = whole
        for key in way:
            inner = inner[key]
        if data.draw(st.booleans()):
            del inner[last]
        else:
            inner[last] = data.draw(JSON)
    text = json.dumps(whole, indent=data.draw(st.sampled_from([None, 1])))
    found = problems(text)
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in found)
    if not found:
        parse(text)
    else:
        with suppress(FormatError):
            parse(text)


def wrong(value: Any, kept: frozenset[str]) -> Any:
    """The same JSON with a number in the place of all words, but for those without which nothing could be read."""
    if isinstance(value, dict):
        return {key: inner if key in kept else wrong(inner, kept) for key, inner in value.items()}
    if isinstance(value, list):
        return [wrong(inner, kept) for inner in value]
    return 5 if isinstance(value, str) else value


def all_in(value: Any) -> list[Any]:
    """Every single value in records, and in what they hold."""
    if is_dataclass(value):
        return [one for field in fields(value) for one in all_in(getattr(value, field.name))]
    return [one for inner in value for one in all_in(inner)] if isinstance(value, tuple) else [value]


def test_where_a_stranger_has_numbers_for_words_the_schema_has_words() -> None:
    data = wrong(json.loads(SCHEMA), frozenset({"format", "links_to", "type", "tier", "list", "type_list"}))
    assert problems(json.dumps(data))
    numbers, right = ([one for one in all_in(parse(text)) if type(one) is int] for text in (json.dumps(data), SCHEMA))
    assert numbers == right, "digits, and nothing else"


@given(JSON | st.text())
def test_anything_can_be_asked_about(value: Any) -> None:
    text = value if isinstance(value, str) else json.dumps(value)
    assert problems(text)
    with pytest.raises(FormatError):
        parse(text)


@given(JSON, st.sampled_from([None, 2]))
def test_places_keep_the_values(value: Any, indent: int | None) -> None:
    def back(node: Any) -> Any:
        if node.kind == "object":
            return {key: back(inner) for key, inner in node.fields.items()}
        return [back(inner) for inner in node.items] if node.kind == "array" else node.scalar

    text = json.dumps(value, indent=indent)
    assert json.dumps(back(read_nodes(text)), sort_keys=True) == json.dumps(value, sort_keys=True)
