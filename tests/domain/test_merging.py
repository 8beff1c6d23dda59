"""What people did to a record apart from each other comes to the same, in whatever order it arrives."""

import json
import random
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.merging import Event, merged

FIELDS = ("label", "note", "level")


class Copy:
    """A person's copy of one record: the events she knows, and what she sees."""

    def __init__(self, person: str, known: dict[str, Event] | None = None) -> None:
        self.person, self.known = person, dict(known or {})

    @property
    def seen(self) -> dict[str, Any] | None:
        return merged(self.known.values()).document

    def do(self, after: dict[str, Any] | None) -> Event:
        """Puts the record into another state, as a gesture does."""
        past = {parent for event in self.known.values() for parent in event.parents}
        event = Event(
            id=f"{self.person}{len(self.known)}",
            lamport=1 + max((event.lamport for event in self.known.values()), default=0),
            parents=frozenset(self.known.keys() - past),
            before=self.seen,
            after=after,
        )
        self.known[event.id] = event
        return event

    def set(self, **fields: str) -> Event:
        """Sets fields."""
        return self.do((self.seen or {"id": "r"}) | fields)

    def take(self, other: "Copy") -> None:
        """Brings in all that another knows."""
        self.known |= other.known


def base() -> Copy:
    coordinator = Copy("c")
    coordinator.do({"id": "r", "label": "actor", "note": "", "level": "name", "changed": "1"})
    return coordinator


def test_no_event_is_no_record() -> None:
    assert merged([]).document is None


def test_different_fields_are_joined_without_a_conflict() -> None:
    coordinator = base()
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    anna.set(label="location", changed="2")
    ben.set(note="why?", changed="3")
    anna.take(ben)
    result = merged(anna.known.values())
    assert result.document == {"id": "r", "label": "location", "note": "why?", "level": "name", "changed": "3"}
    assert result.conflicts == ()


def test_one_field_set_in_two_ways_is_a_conflict_until_somebody_sets_it_again() -> None:
    coordinator = base()
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    anna.set(label="location")
    ben.set(label="date")
    coordinator.take(ben)
    coordinator.take(anna)
    (conflict,) = merged(coordinator.known.values()).conflicts
    assert conflict.field == "label"
    assert {value for _, value in conflict.values} == {"location", "date"}
    coordinator.set(label="quantity")
    ben.take(coordinator)
    assert merged(ben.known.values()).conflicts == ()
    assert ben.seen == coordinator.seen
    assert ben.seen is not None
    assert ben.seen["label"] == "quantity"


def test_whoever_saw_both_and_went_on_has_settled_it() -> None:
    coordinator = base()
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    anna.set(label="location")
    ben.set(label="date")
    third = Copy("d", ben.known)
    ben.take(anna)
    ben.set(changed="9")
    third.set(note="apart")
    third.take(ben)
    assert merged(third.known.values()).conflicts == ()


def test_the_same_change_by_both_is_no_conflict() -> None:
    coordinator = base()
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    anna.set(label="location")
    ben.set(label="location")
    ben.take(anna)
    assert merged(ben.known.values()).conflicts == ()


def test_deleting_what_nobody_changed_deletes_it() -> None:
    coordinator = base()
    anna = Copy("a", coordinator.known)
    anna.do(None)
    coordinator.take(anna)
    assert coordinator.seen is None


def test_what_one_deletes_while_another_works_on_it_stays_and_is_in_conflict() -> None:
    coordinator = base()
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    anna.do(None)
    ben.set(note="important")
    ben.take(anna)
    result = merged(ben.known.values())
    assert result.document is not None
    assert result.document["note"] == "important"
    assert [conflict.field for conflict in result.conflicts] == [""]


def test_a_deletion_that_was_undone_deletes_nothing() -> None:
    coordinator = base()
    anna = Copy("a", coordinator.known)
    whole = anna.seen
    anna.do(None)
    anna.do(whole)
    coordinator.take(anna)
    assert coordinator.seen == whole


def test_an_undone_change_counts_as_the_latest_word() -> None:
    coordinator = base()
    anna = Copy("a", coordinator.known)
    whole = anna.seen
    anna.set(label="date")
    coordinator.take(anna)
    anna.do(whole)
    coordinator.take(anna)
    assert coordinator.seen == whole


SCHEMA = {
    "name": "News",
    "mentions": [{"key": "actor", "name": "Actor"}, {"key": "date", "name": "Date"}],
    "zones": [],
    "lists": {"sectors": ["GOV", "MIL"]},
}


def test_a_schema_that_grew_on_both_sides_is_joined() -> None:
    coordinator = Copy("c")
    coordinator.do({"id": "p", "name": "Bridges", "schema": json.dumps(SCHEMA)})
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    mine = json.loads(json.dumps(SCHEMA))
    mine["mentions"].append({"key": "weapon", "name": "Weapon"})
    mine["zones"].append({"key": "caption"})
    anna.set(schema=json.dumps(mine))
    theirs = json.loads(json.dumps(SCHEMA))
    theirs["mentions"] = [{"key": "vehicle", "name": "Vehicle"}, {"key": "actor", "name": "Akteur"}]
    ben.set(schema=json.dumps(theirs))
    anna.take(ben)
    result = merged(anna.known.values())
    assert result.document is not None
    assert result.conflicts == ()
    joined = json.loads(result.document["schema"])
    assert {label["key"]: label["name"] for label in joined["mentions"]} == {
        "actor": "Akteur", "weapon": "Weapon", "vehicle": "Vehicle"
    }  # fmt: skip
    assert joined["zones"] == [{"key": "caption"}]
    assert joined["lists"] == SCHEMA["lists"]


def test_one_label_renamed_in_two_ways_is_the_only_conflict() -> None:
    coordinator = Copy("c")
    coordinator.do({"id": "p", "schema": json.dumps(SCHEMA)})
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    for person, name in ((anna, "Party"), (ben, "Player")):
        changed = json.loads(json.dumps(SCHEMA))
        changed["mentions"][0]["name"] = name
        person.set(schema=json.dumps(changed))
    ben.take(anna)
    (conflict,) = merged(ben.known.values()).conflicts
    assert conflict.field == "schema mentions =actor name"


def played(seed: int) -> list[Copy]:
    """Three people who work apart and now and then bring in what another has."""
    chance = random.Random(seed)
    people = [Copy(name, base().known) for name in "abd"]
    for _ in range(chance.randrange(1, 14)):
        person = chance.choice(people)
        step = chance.random()
        if step < 0.3:
            person.take(chance.choice(people))
        elif step < 0.45 and person.seen is not None:
            person.do(None)
        elif person.seen is None:
            if step < 0.7:
                person.do({"id": "r", "label": "actor", "note": "", "level": "name", "changed": "1"})
        else:
            person.set(**{chance.choice(FIELDS): chance.choice("xyz")})
    return people


@settings(max_examples=400)
@given(st.integers(0, 2**32))
def test_every_order_of_bringing_in_gives_the_same_and_loses_nothing(seed: int) -> None:
    people = played(seed)
    results = []
    for order in permutations(people):
        whole = Copy("z")
        for person in order:
            whole.take(person)
            whole.take(person)
        shuffled = list(whole.known.values())
        random.Random(seed).shuffle(shuffled)
        results.append(merged(shuffled))
    assert all(result == results[0] for result in results)
    everything = {event.id: event for person in people for event in person.known.values()}
    past = {parent for event in everything.values() for parent in event.parents}
    heads = [event for event in everything.values() if event.id not in past]
    if any(head.after is not None for head in heads):
        assert results[0].document is not None
    fields = {conflict.field for conflict in results[0].conflicts}
    for head in heads:
        # What a person left last is what is there, or is shown as a conflict.
        if head.after is not None and head.before is not None and results[0].document is not None:
            for name, value in head.after.items():
                if head.before.get(name) != value and name not in fields:
                    assert results[0].document[name] == value


@pytest.mark.parametrize("value", [[], "actor", 3, None])
def test_plain_values_and_groups_in_one_place_do_not_break_it(value: object) -> None:
    coordinator = Copy("c")
    coordinator.do({"id": "p", "schema": json.dumps(SCHEMA)})
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    anna.set(schema=json.dumps(SCHEMA | {"mentions": value}))
    ben.set(schema=json.dumps(SCHEMA | {"mentions": [*SCHEMA["mentions"], {"key": "weapon"}]}))
    ben.take(anna)
    assert ben.seen is not None
    assert {"key": "weapon"} in json.loads(ben.seen["schema"])["mentions"]
