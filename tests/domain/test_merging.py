"""What people did to a record apart from each other comes to the same, in whatever order it arrives."""

import json
from typing import Any

import pytest

from annotator.domain.merging import Event, merged, part_of, with_part
from tests.domain.copies import Copy, base


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


def test_whoever_saw_one_of_them_only_has_settled_nothing() -> None:
    coordinator = base()
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    anna.set(label="location")
    ben.set(label="date")
    third = Copy("d", anna.known)
    third.set(note="apart")
    third.take(ben)
    assert [conflict.field for conflict in merged(third.known.values()).conflicts] == ["label"]


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


def test_who_deletes_and_takes_it_back_wants_nothing_else_than_the_others() -> None:
    coordinator = base()
    anna, ben = Copy("z", coordinator.known), Copy("b", coordinator.known)
    whole = anna.seen
    anna.do(None)
    anna.do(whole)
    ben.set(label="location")
    ben.take(anna)
    result = merged(ben.known.values())
    assert result.document == (whole or {}) | {"label": "location"}
    assert result.conflicts == ()


def test_what_is_needed_stays_as_it_was_before_it_was_deleted() -> None:
    anna = base()
    anna.set(label="location")
    whole = anna.seen
    anna.do(None)
    assert merged(anna.known.values(), is_needed=True).document == whole
    ben = Event("b", 9, frozenset({"elsewhere"}), {"id": "r"}, None)
    assert merged([ben], is_needed=True).document is None, "nobody here knows how it was"
    assert merged([ben, Event("e", 9, frozenset({"b"}), {"id": "r"}, None)], is_needed=True).document is None


def test_who_takes_back_a_deletion_that_is_not_known_here_sets_all_of_it() -> None:
    coordinator = base()
    (first,) = coordinator.known.values()
    again = Event("z", 9, frozenset({"elsewhere"}), None, {"id": "r", "label": "date"})
    assert merged([first, again]).document == (first.after or {}) | {"label": "date"}


def test_an_undone_change_counts_as_the_latest_word() -> None:
    coordinator = base()
    anna = Copy("a", coordinator.known)
    whole = anna.seen
    anna.set(label="date")
    coordinator.take(anna)
    anna.do(whole)
    coordinator.take(anna)
    assert coordinator.seen == whole


SCHEMA: dict[str, Any] = {
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


def test_what_is_no_list_of_entries_is_kept_as_it_is() -> None:
    odd = {"maps": {}, "none": [], "numbers": [{"key": 1}, {"key": "a"}], "twice": [{"key": "a"}, {"key": "a"}]}
    odd |= {"words": ["key", "=a"], "mixed": [{"key": "a"}, "b"], "signs": {"=a": ["b"]}}
    copy = asked(SCHEMA | odd, SCHEMA | odd | {"name": "Here"}, SCHEMA | odd | {"help": "there"})
    assert schema_of(copy) == SCHEMA | odd | {"name": "Here", "help": "there"}
    assert merged(copy.known.values()).conflicts == ()


def test_a_field_is_settled_by_its_name() -> None:
    document = base().seen
    assert document is not None
    assert part_of(document, "label") == "actor"
    assert with_part(document, "label", "date") == document | {"label": "date"}
    assert with_part(document, "note", None)["note"] is None
    assert part_of(document, "nothing like it") is None


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


def asked(schema: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], *, first: str = "a") -> Copy:
    """A copy of who knows what two people made of a schema; of two that do not know each other, a's counts less."""
    coordinator = Copy("c")
    coordinator.do({"id": "p", "schema": json.dumps(schema)})
    anna, ben = Copy(first, coordinator.known), Copy("b", coordinator.known)
    anna.set(schema=json.dumps(mine))
    ben.set(schema=json.dumps(theirs))
    coordinator.take(anna)
    coordinator.take(ben)
    return coordinator


def schema_of(copy: Copy) -> dict[str, Any]:
    assert copy.seen is not None
    return dict(json.loads(copy.seen["schema"]))


@pytest.mark.parametrize("first", ["a", "z"])
def test_a_list_that_one_empties_while_another_adds_to_it_stays_a_list(first: str) -> None:
    one = SCHEMA | {"zones": [{"key": "caption"}]}
    both = SCHEMA | {"zones": [{"key": "caption"}, {"key": "credit"}]}
    assert schema_of(asked(one, SCHEMA, both, first=first))["zones"] == [{"key": "credit"}]


@pytest.mark.parametrize("first", ["a", "z"])
@pytest.mark.parametrize("is_to_stay", [True, False])
def test_a_label_that_one_takes_away_while_another_works_on_it_stays_and_is_in_conflict(
    first: str, *, is_to_stay: bool
) -> None:
    label = {"key": "armed group", "name": "Group", "help": "who fights"}
    renamed = label | {"name": "Armed group"}
    before, after = SCHEMA | {"mentions": [label]}, SCHEMA | {"mentions": [renamed]}
    copy = asked(before, SCHEMA | {"mentions": []}, after, first=first)
    assert schema_of(copy)["mentions"] == [renamed]
    (conflict,) = merged(copy.known.values()).conflicts
    assert sorted((value for _, value in conflict.values), key=bool) == [None, renamed]
    assert copy.seen is not None
    assert part_of(copy.seen, conflict.field) == renamed
    copy.do(with_part(copy.seen, conflict.field, renamed if is_to_stay else None) | {"changed": "2"})
    assert schema_of(copy)["mentions"] == ([renamed] if is_to_stay else [])
    assert merged(copy.known.values()).conflicts == ()


def test_a_label_is_asked_about_once_with_all_that_is_in_it() -> None:
    option = {"key": "tone", "type": "choice"}
    before, after = (
        SCHEMA | {"mentions": [{"key": "actor", "options": [option | more]}]} for more in ({}, {"name": "Tone"})
    )
    copy = asked(before, SCHEMA | {"mentions": []}, after, first="z")
    assert [conflict.field for conflict in merged(copy.known.values()).conflicts] == ["schema mentions =actor"]
    assert schema_of(copy)["mentions"] == after["mentions"]


def test_whoever_knew_of_the_work_takes_a_label_away_for_good() -> None:
    coordinator = Copy("c")
    coordinator.do({"id": "p", "schema": json.dumps(SCHEMA)})
    anna, ben = Copy("a", coordinator.known), Copy("b", coordinator.known)
    ben.set(schema=json.dumps(SCHEMA | {"mentions": [{"key": "actor", "name": "Player"}]}))
    anna.take(ben)
    anna.set(schema=json.dumps(SCHEMA | {"mentions": []}))
    ben.set(note="elsewhere")
    ben.take(anna)
    assert schema_of(ben)["mentions"] == []
    assert merged(ben.known.values()).conflicts == ()


BARE = {"key": "actor", "name": "Actor"}
ACTOR = BARE | {"help": "who acts"}


def labels(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return SCHEMA | {"mentions": list(entries)} | more


@pytest.mark.parametrize("first", ["a", "z"])
@pytest.mark.parametrize(
    ("before", "mine", "theirs", "after"),
    [
        (
            [ACTOR],
            [{"key": "actor", "name": "Actor"}],
            [ACTOR | {"name": "Player"}],
            [{"key": "actor", "name": "Player"}],
        ),
        ([], [ACTOR], [ACTOR | {"hotkey": "A"}], [ACTOR | {"hotkey": "A"}]),
        ([ACTOR], [], [], []),
    ],
    ids=["one takes the help away", "both make it", "both take it away"],
)
def test_work_on_one_label_that_goes_together_is_no_conflict(
    before: list[dict[str, Any]],
    mine: list[dict[str, Any]],
    theirs: list[dict[str, Any]],
    after: list[dict[str, Any]],
    first: str,
) -> None:
    copy = asked(labels(*before), labels(*mine), labels(*theirs, help="ours"), first=first)
    assert schema_of(copy) == labels(*after, help="ours")
    assert merged(copy.known.values()).conflicts == ()


def test_a_label_that_was_taken_away_and_is_back_is_no_conflict() -> None:
    coordinator = Copy("c")
    coordinator.do({"id": "p", "schema": json.dumps(labels(ACTOR))})
    anna, ben = Copy("z", coordinator.known), Copy("b", coordinator.known)
    for schema in (labels(), labels(ACTOR)):
        anna.set(schema=json.dumps(schema))
    ben.set(schema=json.dumps(labels(ACTOR, help="ours")))
    ben.take(anna)
    assert schema_of(ben) == labels(ACTOR, help="ours")
    assert merged(ben.known.values()).conflicts == ()


def test_whoever_saw_a_label_without_its_removal_has_settled_nothing() -> None:
    copy = asked(labels(ACTOR), labels(), labels(ACTOR | {"name": "Player"}))
    apart = Copy("t", {id_: event for id_, event in copy.known.items() if id_[0] != "a"})
    apart.set(note="elsewhere")
    apart.take(copy)
    assert [conflict.field for conflict in merged(apart.known.values()).conflicts] == ["schema mentions =actor"]


def test_a_label_that_was_asked_about_is_not_asked_about_again() -> None:
    copy = asked(labels(ACTOR), labels(), labels(ACTOR | {"name": "Player"}))
    third = Copy("t", copy.known)
    assert copy.seen is not None
    copy.do(with_part(copy.seen, "schema mentions =actor", None) | {"changed": "2"})
    third.set(note="elsewhere")
    third.take(copy)
    assert schema_of(third)["mentions"] == []
    assert merged(third.known.values()).conflicts == ()


def test_a_list_of_words_that_one_took_away_comes_back_when_the_other_is_chosen() -> None:
    lists = {"event types": ["PROTEST"], "sectors": ["GOV"]}
    before, after = SCHEMA | {"lists": lists}, SCHEMA | {"lists": lists | {"event types": ["PROTEST", "ASSAULT"]}}
    copy = asked(before, SCHEMA | {"lists": {"sectors": ["GOV"]}}, after, first="z")
    (conflict,) = merged(copy.known.values()).conflicts
    assert [value for _, value in conflict.values] == [["PROTEST", "ASSAULT"], None]
    assert copy.seen is not None
    settled = with_part(copy.seen, conflict.field, ["PROTEST", "ASSAULT"])
    assert json.loads(settled["schema"])["lists"] == after["lists"]
    assert part_of(settled, conflict.field) == ["PROTEST", "ASSAULT"]


@pytest.mark.parametrize("value", [[], "actor", 3, None])
@pytest.mark.parametrize("first", ["a", "z"])
def test_plain_values_and_groups_in_one_place_do_not_break_it(value: object, first: str) -> None:
    coordinator = Copy("c")
    coordinator.do({"id": "p", "schema": json.dumps(SCHEMA)})
    anna, ben = Copy(first, coordinator.known), Copy("b", coordinator.known)
    anna.set(schema=json.dumps(SCHEMA | {"mentions": value}))
    ben.set(schema=json.dumps(SCHEMA | {"mentions": [*SCHEMA["mentions"], {"key": "weapon"}]}))
    ben.take(anna)
    assert ben.seen is not None
    assert {"key": "weapon"} in json.loads(ben.seen["schema"])["mentions"]


def test_a_record_that_was_changed_ten_thousand_times_on_both_sides_is_merged() -> None:
    """What each of these was done after, written down one by one, would be a hundred million ids."""
    coordinator = base()
    lines = {"anna": {"label": "location"}, "ben": {"note": "seen"}}
    (first,) = coordinator.known.values()
    assert first.after is not None
    known = [first]
    for who, fields in lines.items():
        before, parent = first.after, first.id
        for number in range(10_000):
            after = {**before, **fields, "changed": str(number)}
            known.append(Event(f"{who}{number}", number + 2, frozenset({parent}), before, after))
            before, parent = after, f"{who}{number}"
    result = merged(known)
    assert result.document == {**first.after, "label": "location", "note": "seen", "changed": "9999"}
    assert result.conflicts == ()
