"""Changing the schema: what each gesture does to the schema and to the records that follow it, all in one edit."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.events import Quantity
from annotator.domain.ids import AnnotatorId, ArticleId, ClaimId, EntityId, MentionId
from annotator.domain.links import Between
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.schemas import LabelKind
from annotator.domain.spans import Span
from annotator.domain.values import Value, value_of
from annotator.editing import (
    choosing,
    claiming,
    connecting,
    consequences,
    describing,
    designing,
    linking,
    recounting,
    tagging,
    zoning,
)
from annotator.editing.consequences import Consequences
from annotator.editing.importing import NewArticle
from annotator.editing.schema_json import Section
from annotator.errors import EditRefused
from annotator.paths import resource
from annotator.services.projects import Person, new_project
from annotator.services.workspace import Workspace

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000008"), "Ana")
TEXT = "Ana Ruiz met Bo Lind in Kabul. Fifteen men died, she said."
WEAPON = {
    "key": "weapon",
    "name": "Weapon",
    "hotkey": "Y",
    "light": "#112233",
    "dark": "#DDEEFF",
    "links_to": None,
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = new_project(tmp_path / "design.annot", WHO)
    opened.bring_in([NewArticle(TEXT, "Text")], "")
    yield opened
    opened.close()


def article(workspace: Workspace) -> ArticleId:
    (found,) = workspace.records.queue(QueueFilter(), WHO.id)
    return found


def tagged(workspace: Workspace, words: str, label: str) -> Mention:
    start = TEXT.index(words)
    edit = workspace.do(tagging.tag, article(workspace), (Span(start, start + len(words)),), label)
    return next(change.after for change in edit.changes if isinstance(change.after, Mention))


def claimed(workspace: Workspace) -> ClaimId:
    start = TEXT.index("Fifteen")
    return ClaimId(workspace.do(claiming.claim, article(workspace), (Span(start, start + 16),)).changes[0].record.id)


def data(workspace: Workspace) -> dict[str, Any]:
    return dict(json.loads(workspace.records.project().schema))


def keys(workspace: Workspace, section: str) -> list[str]:
    return [entry["key"] for entry in data(workspace)[section]]


def one_undo(workspace: Workspace, before: Any) -> None:
    """Undo brings every letter of the schema back, and the records."""
    workspace.undo()
    assert workspace.records.project() == before


def test_a_label_is_added_changed_moved_and_removed(workspace: Workspace) -> None:
    before = workspace.records.project()
    workspace.do(designing.add, Section.LABELS, WEAPON, 1)
    assert keys(workspace, "mentions")[:3] == ["actor", "weapon", "location"]
    workspace.do(designing.change, Section.LABELS, "weapon", {"name": "Arms", "guidelines": "Only *named* arms."})
    label = workspace.records.schema.label("weapon")
    assert (label.name, label.guidelines, label.kind) == ("Arms", "Only *named* arms.", LabelKind.PLAIN)
    workspace.do(designing.move, Section.LABELS, "weapon", 9)
    assert keys(workspace, "mentions")[-1] == "weapon"
    workspace.do(designing.change, Section.LABELS, "weapon", {"guidelines": None})
    assert "guidelines" not in data(workspace)["mentions"][-1]
    workspace.do(designing.remove, Section.LABELS, "weapon")
    assert keys(workspace, "mentions") == ["actor", "location", "date", "quantity", "other"]
    for _ in range(4):
        workspace.undo()
    one_undo(workspace, before)


@pytest.mark.parametrize(
    ("gesture", "arguments", "fields", "sentence"),
    [
        (designing.add, (Section.LABELS, WEAPON | {"hotkey": "A"}), {}, "“A” is the key of “Actor” already"),
        (designing.add, (Section.LABELS, WEAPON | {"key": "actor"}), {}, "There is a label “actor” already"),
        (designing.add, (Section.LABELS, WEAPON | {"light": "red"}), {}, "is no colour"),
        (designing.add, (Section.LABELS, {"key": "x"}), {}, "is missing"),
        (designing.change, (Section.LABELS, "weapon", {"name": "W"}), {}, "does not have this label"),
        (designing.change, (Section.LABELS, "actor", {"key": "agent"}), {}, "A key never changes"),
        (designing.change, (Section.LABELS, "actor", {"name": "Actor"}), {}, "Nothing to change"),
        (designing.change, (Section.LABELS, "actor", {"kinds": []}), {}, "links to entities"),
        (designing.change, (Section.MENTION_ATTRIBUTES, "level", {"type": "text"}), {}, "has to be “choice”"),
        (designing.change, (Section.KINDS, "person", {"digit": 2}), {}, "is the digit of “person” already"),
        (designing.remove, (Section.KINDS, "place"), {}, "links to entities"),
        (choosing.remove_list, ("sectors",), {}, "list “sectors”, which is not in “lists”"),
        (choosing.remove_list, ("colours",), {}, "does not have the list"),
        (choosing.add_list, ("sectors",), {}, "There is a list “sectors” already"),
        (choosing.add_choice, (Section.CLAIM_ATTRIBUTES, "stance", " "), {}, "needs a name"),
        (choosing.add_choice, (Section.CLAIM_ATTRIBUTES, "stance", "denies"), {}, "stands twice"),
        (choosing.add_choice, (Section.ENTITY_ATTRIBUTES, "sector", "X"), {}, "change that list"),
        (choosing.remove_choice, (Section.CLAIM_ATTRIBUTES, "stance", "hopes"), {}, "cannot be chosen"),
        (choosing.remove_choice, (Section.CLAIM_ATTRIBUTES, "stance", "denies", "hopes"), {}, "cannot be chosen"),
        (designing.replace_schema, ('{"format": 1}',), {}, "Line 1: This is not a schema"),
    ],
)
def test_what_makes_no_sense_is_refused(
    workspace: Workspace, gesture: Any, arguments: tuple[Any, ...], fields: dict[str, Any], sentence: str
) -> None:
    before = workspace.records.project()
    with pytest.raises(EditRefused, match=sentence):
        workspace.do(gesture, *arguments, **fields)
    assert workspace.records.project() == before


def test_a_fault_that_was_there_before_does_not_stop_other_changes(workspace: Workspace) -> None:
    def spoil(records: Any, by: Any) -> Any:
        project = records.project()
        return describing_schema(records, by, project.schema.replace('"hotkey": "D"', '"hotkey": "L"'))

    def describing_schema(records: Any, by: Any, text: str) -> Any:
        from annotator.domain.edits import Change, Edit, EditKind
        from annotator.editing.describing import changed

        project = records.project()
        return Edit(EditKind.IMPORT_SCHEMA, (Change(project, changed(by, project, schema=text)),), ("x",))

    workspace.do(spoil)
    workspace.do(designing.change, Section.LABELS, "actor", {"name": "Agent"})
    assert workspace.records.schema.label("actor").name == "Agent"


def test_a_label_in_use_is_not_removed_without_a_word(workspace: Workspace) -> None:
    tagged(workspace, "Ana Ruiz", "actor")
    tagged(workspace, "Bo Lind", "actor")
    found = consequences.consequences(workspace.records, Section.LABELS, "actor")
    assert (found.mentions, found.sentence) == (2, "2 mentions")
    with pytest.raises(EditRefused, match="“Actor” is in use: 2 mentions"):
        workspace.do(designing.remove, Section.LABELS, "actor")


def test_mentions_of_a_removed_label_move_to_another_in_one_edit(workspace: Workspace) -> None:
    moved, twice = tagged(workspace, "Kabul", "location"), tagged(workspace, "Ana Ruiz", "location")
    tagged(workspace, "Ana Ruiz", "actor")
    before, count = workspace.records.project(), len(workspace.records.all_entities(9, 0))
    edit = workspace.do(designing.remove, Section.LABELS, "location", "actor")
    assert len(workspace.records.mentions_in(article(workspace))) == 2, "the same words are not tagged twice"
    after = workspace.records.mention(moved.id)
    assert (after.label, after.entity, after.used_as) == ("actor", moved.entity, "")
    with pytest.raises(EditRefused):
        workspace.records.mention(twice.id)
    assert data(workspace)["mention_attributes"][1]["on"] == ["actor"], "and so do conditions"
    assert edit.subject == ("label", "Location")
    one_undo(workspace, before)
    assert workspace.records.mention(moved.id) == moved
    assert len(workspace.records.all_entities(9, 0)) == count


def test_mentions_go_with_their_label_and_take_entities_along_that_only_they_named(workspace: Workspace) -> None:
    mention, worked_on = tagged(workspace, "Ana Ruiz", "actor"), tagged(workspace, "Bo Lind", "actor")
    kabul = tagged(workspace, "Kabul", "location")
    assert worked_on.entity is not None
    workspace.do(linking.rename_entity, worked_on.entity, "Bo A. Lind")
    workspace.do(designing.remove, Section.LABELS, "actor", with_records=True)
    assert [left.id for left in workspace.records.mentions_in(article(workspace))] == [kabul.id]
    assert {entity.name for entity in workspace.records.all_entities(9, 0)} == {"Bo A. Lind", "Kabul"}
    workspace.undo()
    assert workspace.records.mention(MentionId(mention.id)) == mention
    assert len(workspace.records.all_entities(9, 0)) == 3


def test_a_label_that_names_something_else_lets_entities_go_that_do_not_fit(workspace: Workspace) -> None:
    person, place = tagged(workspace, "Ana Ruiz", "actor"), tagged(workspace, "Kabul", "location")
    asked = consequences.consequences_of_kinds(workspace.records, "actor", "entity", ("place",))
    assert (asked.mentions, asked.letting_go) == (1, 1)
    workspace.do(designing.set_kind, "actor", LabelKind.LOCATION)
    label = workspace.records.schema.label("actor")
    assert (label.kind, label.kinds) == (LabelKind.LOCATION, ("place",))
    assert workspace.records.mention(person.id).entity is None
    assert [entity.name for entity in workspace.records.all_entities(9, 0)] == ["Kabul"]
    workspace.undo()
    assert workspace.records.mention(person.id) == person
    workspace.do(designing.set_kind, "location", LabelKind.DATE)
    assert workspace.records.mention(place.id).entity is None
    assert "kinds" not in data(workspace)["mentions"][1]
    workspace.do(designing.set_kind, "location", LabelKind.PLAIN)
    assert data(workspace)["mentions"][1]["links_to"] is None
    with pytest.raises(EditRefused, match="Add an entity kind for it first"):
        workspace.do(designing.set_kind, "location", LabelKind.OTHER_ENTITY)


def test_an_entity_kind_in_use_becomes_another(workspace: Workspace) -> None:
    mention = tagged(workspace, "Ana Ruiz", "actor")
    entity = workspace.records.entity(EntityId(str(mention.entity)))
    assert consequences.consequences(workspace.records, Section.KINDS, "person") == Consequences(entities=1)
    with pytest.raises(EditRefused, match="“person” is in use: 1 entity"):
        workspace.do(designing.remove, Section.KINDS, "person", with_records=True)
    workspace.do(designing.remove, Section.KINDS, "person", "crowd")
    assert workspace.records.entity(entity.id).kind == "crowd"
    assert "person" not in workspace.records.schema.label("actor").kinds
    workspace.undo()
    assert workspace.records.entity(entity.id) == entity


def test_a_condition_goes_with_the_only_label_it_named(workspace: Workspace) -> None:
    workspace.do(designing.remove, Section.LABELS, "location")
    assert keys(workspace, "mention_attributes") == ["level"], "for all is not what it said"


def test_labels_allow_the_kind_that_came_instead(workspace: Workspace) -> None:
    workspace.do(designing.remove, Section.KINDS, "place", "crowd")
    assert workspace.records.schema.label("location").kinds == ("crowd",)
    assert workspace.records.schema.label("actor").kinds.count("crowd") == 1


def test_new_records_start_with_the_values_of_the_schema(workspace: Workspace) -> None:
    add: Any = designing.add
    workspace.do(add, Section.MENTION_ATTRIBUTES, {"key": "mood", "type": "text", "default": "calm", "on": ["actor"]})
    workspace.do(add, Section.ENTITY_ATTRIBUTES, {"key": "armed", "type": "flag", "default": True, "on": ["person"]})
    workspace.do(add, Section.CLAIM_ATTRIBUTES, {"key": "check", "type": "number", "default": 2})
    workspace.do(add, Section.CLAIM_ATTRIBUTES, {"key": "off", "type": "text", "default": "x", "tier": "off"})
    person, place = tagged(workspace, "Ana Ruiz", "actor"), tagged(workspace, "Kabul", "location")
    assert person.attributes == (Value("mood", ("calm",)),)
    assert place.attributes == ()
    entity = workspace.records.entity(EntityId(str(person.entity)))
    assert entity.attributes == (Value("armed", ("yes",)),)
    assert workspace.records.claim(claimed(workspace)).attributes == (Value("check", ("2",)),)
    workspace.do(linking.set_kind, entity.id, "state body")
    assert workspace.records.entity(entity.id).sectors == ("GOV",)
    workspace.do(linking.set_kind, entity.id, "armed group")
    assert workspace.records.entity(entity.id).sectors == ("REB",), "it came with the kind"


def test_a_schema_without_nesting_puts_no_claim_inside_another(workspace: Workspace) -> None:
    workspace.do(designing.replace_schema, resource("schemas/parc_polnear.json").read_text(encoding="utf-8"))
    outer = claimed(workspace)
    start = TEXT.index("Fifteen")
    inner = workspace.do(claiming.claim, article(workspace), (Span(start, start + 7),)).changes[0].record
    assert workspace.records.claim(ClaimId(inner.id)).within is None
    with pytest.raises(EditRefused, match="no claim stands inside another"):
        workspace.do(claiming.set_within, ClaimId(inner.id), outer)


def test_links_and_zones_follow_their_labels(workspace: Workspace) -> None:
    one, other = tagged(workspace, "Ana Ruiz", "actor").entity, tagged(workspace, "Bo Lind", "actor").entity
    assert one is not None and other is not None  # noqa: PT018
    workspace.do(connecting.connect, "leads", Between.ENTITIES, one, other)
    workspace.do(zoning.mark_zone, article(workspace), Span(0, 8), "caption")
    assert consequences.consequences(workspace.records, Section.LINKS, "leads").sentence == "1 link"
    workspace.do(designing.remove, Section.LINKS, "leads", "member of")
    assert [link.label for link in workspace.records.links_of(one)] == ["member of"]
    workspace.do(designing.remove, Section.LINKS, "member of", with_records=True)
    assert workspace.records.links_of(one) == ()
    workspace.do(designing.remove, Section.ZONES, "caption", "summary")
    assert [zone.kind for zone in workspace.records.zones_in(article(workspace))] == ["summary"]
    workspace.do(designing.remove, Section.ZONES, "summary", with_records=True)
    assert workspace.records.zones_in(article(workspace)) == ()
    for _ in range(4):
        workspace.undo()
    assert [link.label for link in workspace.records.links_of(one)] == ["leads"]
    assert [zone.kind for zone in workspace.records.zones_in(article(workspace))] == ["caption"]


def test_a_typed_attribute_is_added_and_its_values_go_with_it(workspace: Workspace) -> None:
    mention = tagged(workspace, "Ana Ruiz", "actor")
    key = designing.new_key(workspace.records, Section.MENTION_ATTRIBUTES, "Mood, now")
    assert key == "mood_now"
    field = {"key": key, "name": "Mood", "type": "many choices", "choices": ["glad", "sad"], "on": ["actor"]}
    workspace.do(designing.add, Section.MENTION_ATTRIBUTES, field)
    attribute = workspace.records.schema.mention_attributes[-1]
    assert (attribute.name, attribute.choices, attribute.on, attribute.is_field) == (
        "Mood",
        ("glad", "sad"),
        ("actor",),
        False,
    )
    workspace.do(describing.set_value, workspace.records.mention(mention.id), key, ("glad", "sad"))
    workspace.do(choosing.rename_choice, Section.MENTION_ATTRIBUTES, key, "glad", "happy")
    assert value_of(workspace.records.mention(mention.id).attributes, key) == ("happy", "sad")
    assert choosing.consequences_of_choice(workspace.records, Section.MENTION_ATTRIBUTES, key, "sad").mentions == 1
    with pytest.raises(EditRefused, match="“sad” is in use: 1 mention"):
        workspace.do(choosing.remove_choice, Section.MENTION_ATTRIBUTES, key, "sad")
    workspace.do(choosing.remove_choice, Section.MENTION_ATTRIBUTES, key, "sad", "happy")
    assert value_of(workspace.records.mention(mention.id).attributes, key) == ("happy",)
    with pytest.raises(EditRefused, match="“Mood” is in use: 1 mention"):
        workspace.do(designing.remove, Section.MENTION_ATTRIBUTES, key)
    workspace.do(designing.remove, Section.MENTION_ATTRIBUTES, key, with_records=True)
    assert workspace.records.mention(mention.id).attributes == ()
    workspace.undo()
    workspace.undo()
    assert value_of(workspace.records.mention(mention.id).attributes, key) == ("happy", "sad")


def test_records_follow_a_choice_of_their_fields_and_of_lists(workspace: Workspace) -> None:
    claim, mention = claimed(workspace), tagged(workspace, "Ana Ruiz", "actor")
    assert mention.entity is not None
    do: Any = workspace.do
    do(linking.describe_entity, mention.entity, sectors=("GOV", "MIL"))
    do(recounting.describe_event, claim, type="ASSAULT", relation="in")
    workspace.do(recounting.add_quantity, claim, Quantity("killed", "Fifteen men"))
    workspace.do(recounting.add_quantity, claim, Quantity("injured", "some"))
    before = workspace.records.claim(claim), workspace.records.entity(mention.entity)
    rename: Any = choosing.rename_choice
    workspace.do(rename, Section.CLAIM_ATTRIBUTES, "stance", "affirms", "asserts")
    workspace.do(rename, choosing.LIST, "sectors", "GOV", "STATE")
    workspace.do(rename, choosing.LIST, "event types", "ASSAULT", "ATTACK")
    workspace.do(rename, choosing.QUANTITIES, "", "killed", "dead")
    workspace.do(rename, choosing.RELATIONS, "", "in", "within")
    after, entity = workspace.records.claim(claim), workspace.records.entity(mention.entity)
    assert (after.stance, after.event.type, after.event.relation) == ("asserts", "ATTACK", "within")
    assert [quantity.what for quantity in after.event.quantities] == ["dead", "injured"]
    assert entity.sectors == ("STATE", "MIL")
    assert workspace.records.schema.choice("stance").default == "asserts"
    assert workspace.records.schema.sectors[0] == "STATE"
    workspace.do(choosing.remove_choice, choosing.QUANTITIES, "", "dead", with_values=True)
    assert [quantity.what for quantity in workspace.records.claim(claim).event.quantities] == ["injured"]
    workspace.do(choosing.remove_choice, choosing.LIST, "sectors", "MIL", with_values=True)
    assert workspace.records.entity(mention.entity).sectors == ("STATE",)
    for _ in range(7):
        workspace.undo()
    assert (workspace.records.claim(claim), workspace.records.entity(mention.entity)) == before


def test_lists_and_their_words_in_order(workspace: Workspace) -> None:
    workspace.do(choosing.add_list, "colours")
    for word in ("red", "blue"):
        workspace.do(choosing.add_choice, choosing.LIST, "colours", word)
    workspace.do(choosing.move_choice, choosing.LIST, "colours", "blue", 0)
    assert workspace.records.schema.list_values("colours") == ("blue", "red")
    workspace.do(choosing.remove_list, "colours")
    assert workspace.records.schema.list_values("colours") == ()


def test_a_whole_schema_comes_in_and_says_what_it_does_not_know(workspace: Workspace) -> None:
    tagged(workspace, "Ana Ruiz", "actor")
    before = workspace.records.project()
    text = resource("schemas/conll_2003.json").read_text(encoding="utf-8")
    assert consequences.unknown_to(workspace.records, text) == Consequences(mentions=1)
    edit = workspace.do(designing.replace_schema, text)
    assert edit.subject == ("CoNLL-2003",)
    assert workspace.records.schema.labels[0].key == "PER"
    assert workspace.records.schema.label("actor").name == "actor", "the mention still shows"
    one_undo(workspace, before)


def test_what_is_exported_can_come_in_again(workspace: Workspace) -> None:
    before = data(workspace)
    workspace.do(designing.add, Section.LABELS, WEAPON)
    text = designing.exported(workspace.records)
    workspace.undo()
    workspace.do(designing.replace_schema, text)
    assert data(workspace)["mentions"] == [*before["mentions"], WEAPON]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Consequences(), ""),
        (Consequences(mentions=1), "1 mention"),
        (Consequences(mentions=1200, entities=2), "1,200 mentions and 2 entities"),
        (Consequences(mentions=1, claims=1, links=3), "1 mention, 1 claim and 3 links"),
    ],
)
def test_consequences_in_words(counts: Consequences, words: str) -> None:
    assert counts.sentence == words
