"""The claim's form by keyboard and mouse: days, numbers, event, the fields a schema adds, sources and the chain."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import EntityId
from annotator.editing import describing, designing, uniting
from annotator.services.exporting import Losses, export, take_snapshot, writer
from annotator.ui.article.hover import HoverCard
from annotator.ui.forms.fields import ChoiceField
from annotator.ui.models.queue import ROW
from annotator.ui.panels.claims import ClaimPanel
from annotator.ui.tour.player import Player
from tests.building import SCHEMA
from tests.ui.at_work import AtWork, at_work
from tests.ui.clashes import (
    DENIED,
    KILLED,
    NUMBERS,
    PARTIES,
    SAID,
    WHEN,
    claim,
    field,
    fill,
    form,
    name_all,
    publish,
    push,
)
from tests.ui.conftest import Ask
from tests.ui.texts import CLASHES, STRIKE, everything

DAYS = "SELECT event_earliest, event_latest FROM claim"


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    with at_work(tmp_path / "clashes", CLASHES, STRIKE) as opened:
        publish(opened)
        yield opened


def redesign(work: AtWork, **changes: Any) -> None:
    """Gives the project a schema whose claims are other ones: attributes are added, event and parts replaced."""
    data = json.loads(SCHEMA)
    data["claim"]["attributes"] += changes.pop("attributes", [])
    data["claim"] |= changes
    desk = work.window.controls.desk
    assert desk.do(designing.replace_schema, json.dumps(data)) is not None, work.status
    QApplication.processEvents()


TYPED_DAYS = {
    "2021-08-20": ("2021-08-20", "2021-08-20"),
    "2021-08-18 – 2021-08-22": ("2021-08-18", "2021-08-22"),
    "2021-08-18 to 2021-08-22": ("2021-08-18", "2021-08-22"),
    "20 August 2021": ("2021-08-20", "2021-08-20"),
    "2021-08": ("2021-08-01", "2021-08-31"),
    "2021-08-18 –": ("2021-08-18", ""),
    "– 2021-08-18": ("", "2021-08-18"),
}


@pytest.mark.parametrize("words", TYPED_DAYS)
def test_days_are_typed_in_any_of_these_ways(words: str, work: AtWork, player: Player, rows: Ask) -> None:
    claim(player)
    before = everything(rows)
    fill(player, field(form(work), QLineEdit, "When it happened"), words)
    assert rows(DAYS) == [TYPED_DAYS[words]]
    player.press("Escape")
    player.press("Ctrl+Z")
    assert everything(rows) == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("03/04/2021", "may be 3 Apr 2021 or 4 Mar 2021: write it as 2021-08-22"),
        ("soon", "“soon” is no date; write it as 2021-08-22"),
        ("2021-08-22 – 2021-08-18", "cannot be before the first one"),
    ],
)
@pytest.mark.parametrize("name", ["When it happened", "Said on"])
def test_other_days_are_refused_with_a_sentence(name: str, words: str, says: str, work: AtWork, player: Player) -> None:
    claim(player)
    box = field(form(work), QLineEdit, name)
    fill(player, box, words)
    assert says in work.status
    assert box.text() == ""
    assert work.rows(WHEN) == work.rows(SAID) == []


def test_days_are_given_to_words_that_were_kept_and_taken_away_by_a_button(
    work: AtWork, player: Player, rows: Ask
) -> None:
    claim(player)
    for key, query, name in (("Shift+D", WHEN, "When it happened"), ("Shift+S", SAID, "Said on")):
        player.select("Friday")
        player.press(key)
        fill(player, field(form(work), QLineEdit, name), "2021-08-13")
        player.press("Escape")
        assert rows(query) == [("Friday", "2021-08-13", "2021-08-13")]
    push(form(work), "Take away “Friday”")
    push(form(work), "Take away Friday")
    assert rows(WHEN) == rows(SAID) == []


def test_event_type_relation_and_mode(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player)
    before, steps = everything(rows), "SELECT count(*) FROM undo_stack WHERE is_undone = 0"
    ((first,),) = rows(steps)
    player.set("Event type", "ASSAULT")
    player.set("Place relation", "near")
    fill(player, field(form(work), QLineEdit, "Mode"), "air strike")
    assert rows("SELECT event_type, place_relation, event_mode FROM claim") == [("ASSAULT", "near", "air strike")]
    ((last,),) = rows(steps)
    player.press("Escape")
    player.press("Ctrl+Z")
    assert rows("SELECT event_type, place_relation, event_mode FROM claim") == [("ASSAULT", "near", "")]
    player.press("Ctrl+Z", int(str(last)) - int(str(first)) - 1)
    assert everything(rows) == before


def counted(player: Player) -> None:
    """A claim with one number."""
    claim(player)
    player.select("15 Taliban fighters")
    player.press("Shift+Q")


def test_low_best_and_high_are_typed_one_after_another_with_tab(work: AtWork, player: Player, rows: Ask) -> None:
    counted(player)
    before = everything(rows)
    low = field(form(work), QLineEdit, "Low, 15 Taliban fighters")
    low.setFocus()
    player.type("10")
    player.press("Tab")
    assert QApplication.focusWidget() is field(form(work), QLineEdit, "Best, 15 Taliban fighters")
    player.press("Tab")
    player.type("1,200")
    player.press("Tab")
    assert rows(NUMBERS) == [("killed", "15 Taliban fighters", None, 10, 15, 1200)]
    player.press("Escape")
    player.press("Ctrl+Z", 2)
    assert everything(rows) == before


def test_with_large_letters_nothing_is_cut_off_at_the_right(work: AtWork, player: Player) -> None:
    font = work.window.font()
    font.setPointSize(15)
    work.window.setFont(font)
    counted(player)
    QApplication.processEvents()
    shown = form(work)
    assert shown.fontInfo().pointSize() == 15
    seen = shown.parentWidget()
    assert seen is not None
    assert shown.width() <= seen.width()


def test_tab_goes_through_a_claim_from_top_to_bottom(work: AtWork, player: Player) -> None:
    counted(player)
    player.select("Amrullah Saleh")
    player.press("S")
    player.select("a doctor")
    player.press("T")
    player.press("Return")
    shown, stops = form(work), list[QWidget]()
    while (stop := QApplication.focusWidget()) is not None and shown.isAncestorOf(stop):
        stops.append(stop)
        player.press("Tab")
    names = [stop.accessibleName() for stop in stops]
    assert names.index("Low, 15 Taliban fighters") < names.index("Note")
    heights = [stop.mapTo(shown, stop.rect().center()).y() for stop in stops]
    assert all(
        one <= following + stop.height() for (one, following), stop in zip(pairwise(heights), stops, strict=False)
    )


@pytest.mark.parametrize(
    ("name", "words", "says"),
    [
        ("Low", "abc", "“abc” is no number"),
        ("Low", "-3", "is no number"),
        ("Low", "16", "lowest number cannot be above the best one"),
        ("High", "14", "lowest number cannot be above the best one"),
        ("High", "9" * 25, "too large"),
    ],
)
def test_what_is_no_number_is_refused_and_what_was_saved_shows(
    name: str, words: str, says: str, work: AtWork, player: Player, rows: Ask
) -> None:
    counted(player)
    box = field(form(work), QLineEdit, f"{name}, 15 Taliban fighters")
    fill(player, box, words)
    assert says in work.status
    assert box.text() == ""
    assert rows(NUMBERS) == [("killed", "15 Taliban fighters", None, None, 15, None)]


def test_what_is_counted_is_chosen_and_a_number_taken_away(work: AtWork, player: Player, rows: Ask) -> None:
    counted(player)
    before = everything(rows)
    player.set("What is counted", "injured")
    assert rows("SELECT what FROM claim_quantity") == [("injured",)]
    push(form(work), "Take away “15 Taliban fighters”")
    assert rows(NUMBERS) == []
    assert "none: select how many" in " ".join(label.text() for label in form(work).findChildren(QLabel))
    player.press("Ctrl+Z", 2)
    assert everything(rows) == before


def test_the_first_of_two_numbers_goes_and_the_second_stays(work: AtWork, player: Player, rows: Ask) -> None:
    counted(player)
    player.select("At least 40")
    player.press("Shift+Q")
    push(form(work), "Take away “15 Taliban fighters”")
    assert rows(NUMBERS) == [("injured", "At least 40", None, 40, None, None)]
    assert field(form(work), QLineEdit, "Low, At least 40").text() == "40"


def test_parties_and_place_are_added_and_taken_away_by_mouse(work: AtWork, player: Player, rows: Ask) -> None:
    name_all(player)
    claim(player)
    before = everything(rows)
    for words, button in (("tali", 1), ("saleh", 2)):
        adds = [one for one in form(work).findChildren(QAbstractButton) if one.text() == "add…" and one.isVisible()]
        assert len(adds) == 3, "about, who did it, to whom"
        adds[button].click()
        player.type(words)
        player.press("Return")
    assert rows(PARTIES) == [("actor", "Taliban"), ("recipient", "Amrullah Saleh")]
    push(form(work), "Where it happened")
    player.type("bagh")
    player.press("Return")
    assert rows("SELECT e.name FROM claim c JOIN entity e ON e.id = c.place_id") == [("Baghlan",)]
    push(form(work), "Take away Taliban")
    assert rows(PARTIES) == [("recipient", "Amrullah Saleh")]
    player.press("Ctrl+Z", 4)
    assert everything(rows) == before


def test_addressee_and_medium_are_taken_away(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player)
    for words, key in (("the Post", "T"), ("in a tweet", "M")):
        player.select(words)
        player.press(key)
    push(form(work), "Take away the Post")
    push(form(work), "Take away in a tweet")
    assert rows("SELECT addressee_quote, addressee_id, medium_quote FROM claim") == [("", None, "")]


def test_a_source_comes_from_the_list_of_entities_or_the_panel(work: AtWork, player: Player, rows: Ask) -> None:
    name_all(player)
    claim(player)
    before = everything(rows)
    push(form(work), "from the list of entities…")
    player.type("saleh")
    player.press("Return")
    sources = (
        "SELECT s.quote, e.name, s.start FROM claim_source s JOIN entity e ON e.id = s.entity_id ORDER BY s.number"
    )
    assert rows(sources) == [("Amrullah Saleh", "Amrullah Saleh", None)]
    assert rows("SELECT source_type FROM claim") == [("named",)]
    ((taliban,),) = rows("SELECT id FROM entity WHERE name = 'Taliban'")
    player.press("Ctrl+1")
    player.press("Home")
    for _ in range(8):
        if work.window.controls.desk.focus.entity == taliban:
            break
        player.press("Down")
    player.press("F6")
    player.press("S")
    assert [row[0] for row in rows(sources)] == ["Amrullah Saleh", "Taliban"]
    player.press("Ctrl+Z", 2)
    assert everything(rows) == before


ADDED = [
    {"key": "source_note", "name": "Remark", "type": "text", "tier": "core", "required": True},
    {"key": "grade", "name": "Grade", "type": "choice", "choices": ["A", "B"], "tier": "optional"},
    {"key": "topics", "name": "Topics", "type": "many choices", "choices": ["war", "aid"], "tier": "core"},
    {"key": "checked", "name": "Checked", "type": "flag", "tier": "core"},
    {"key": "weight", "name": "Weight", "type": "number", "tier": "core"},
    {"key": "due", "name": "Due", "type": "date", "tier": "core"},
    {"key": "witness", "name": "Witness", "type": "entity", "tier": "core"},
    {"key": "others", "name": "Others", "type": "entities", "tier": "core"},
    {"key": "hidden", "name": "Hidden", "type": "text", "tier": "off"},
]


def values(rows: Ask) -> dict[str, list[str]]:
    """The attributes of the only claim."""
    ((stored,),) = rows("SELECT attributes FROM claim")
    found: dict[str, list[str]] = json.loads(str(stored)) if stored else {}
    return found


def test_a_field_of_each_type_appears_when_the_schema_adds_it(work: AtWork, player: Player, rows: Ask) -> None:
    name_all(player)
    claim(player)
    redesign(work, attributes=ADDED)
    player.press("Escape", 3)
    player.press("N")
    before = everything(rows)
    assert not [one for one in form(work).findChildren(QLineEdit) if one.accessibleName() == "Hidden"]
    fill(player, field(form(work), QLineEdit, "Remark"), " heard twice ")
    fill(player, field(form(work), QLineEdit, "Weight"), "12.5")
    fill(player, field(form(work), QLineEdit, "Due"), "2021-09")
    field(form(work), ChoiceField, "Grade").setFocus()
    player.press("B")
    topics = field(form(work), ChoiceField, "Topics")
    topics.setFocus()
    player.press("Down")
    assert topics.view().isVisible(), "the list opens, and nothing is added"
    QTest.keyClick(topics.view(), Qt.Key.Key_Escape)
    player.press("A")
    player.press("Down")
    QTest.keyClick(topics.view(), Qt.Key.Key_Down)
    QTest.keyClick(topics.view(), Qt.Key.Key_Return)
    checkbox(work, "Checked").setFocus()
    player.press("Space")
    for name, typed in (("Witness", "saleh"), ("Others", "tali"), ("Others", "bagh")):
        push(form(work), f"Choose: {name}")
        player.type(typed)
        player.press("Return")
    ids = {str(name): str(id_) for name, id_ in rows("SELECT name, id FROM entity")}
    assert values(rows) == {
        "source_note": ["heard twice"],
        "weight": ["12.5"],
        "due": ["2021-09"],
        "grade": ["B"],
        "topics": ["aid", "war"],
        "checked": ["yes"],
        "witness": [ids["Amrullah Saleh"]],
        "others": [ids["Taliban"], ids["Baghlan"]],
    }
    push(form(work), "Take aid away")
    push(form(work), "Take away Taliban")
    assert (values(rows)["topics"], values(rows)["others"]) == (["war"], [ids["Baghlan"]])
    player.press("Ctrl+Z", 12)
    assert everything(rows) == before


def test_attributes_that_name_an_entity_follow_when_it_is_merged_or_deleted(
    work: AtWork, player: Player, rows: Ask
) -> None:
    name_all(player)
    claim(player)
    redesign(work, attributes=ADDED)
    player.press("Escape", 3)
    player.press("N")
    for name, typed in (("Witness", "saleh"), ("Others", "tali"), ("Others", "saleh")):
        push(form(work), f"Choose: {name}")
        player.type(typed)
        player.press("Return")
    ids = {str(name): EntityId(str(id_)) for name, id_ in rows("SELECT name, id FROM entity")}
    saleh, taliban = ids["Amrullah Saleh"], ids["Taliban"]
    desk, before = work.window.controls.desk, everything(rows)
    assert desk.do(uniting.merge, taliban, saleh) is not None
    assert values(rows) == {"witness": [taliban], "others": [taliban]}
    player.press("Ctrl+Z")
    assert everything(rows) == before
    assert desk.do(uniting.delete_entity, saleh) is not None
    assert values(rows) == {"others": [taliban]}
    player.press("Ctrl+Z")
    assert everything(rows) == before


def test_a_choice_that_could_not_be_saved_is_not_shown_as_if_it_were(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player)
    with closing(sqlite3.connect(work.path, isolation_level=None)) as locked:
        locked.execute("BEGIN EXCLUSIVE")
        field(form(work), ChoiceField, "Stance").setFocus()
        player.press("D")
        assert "Another program is writing" in work.status
        locked.execute("ROLLBACK")
    assert field(form(work), ChoiceField, "Stance").currentData() == "affirms"
    assert rows("SELECT stance FROM claim") == [("affirms",)]


def checkbox(work: AtWork, words: str) -> QCheckBox:
    """A box to tick, by its words."""
    return next(one for one in form(work).findChildren(QCheckBox) if one.text() == words)


@pytest.mark.parametrize(
    ("name", "words"),
    [("Weight", "abc"), ("Weight", "nan"), ("Weight", "1_000"), ("Due", "Friday"), ("Due", "2021-13-01")],
)
def test_a_value_of_the_wrong_type_is_refused(name: str, words: str, work: AtWork, player: Player, rows: Ask) -> None:
    redesign(work, attributes=ADDED)
    claim(player)
    box = field(form(work), QLineEdit, name)
    fill(player, box, words)
    assert f"{name}: “{words}” is no " in work.status
    assert box.text() == ""
    assert values(rows) == {}


def test_what_could_not_be_saved_stays_in_its_field_and_is_saved_later(work: AtWork, player: Player, rows: Ask) -> None:
    redesign(work, attributes=ADDED)
    counted(player)
    locked = sqlite3.connect(work.path, isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")
    typed = {"Low, 15 Taliban fighters": "10", "When it happened": "2021-08-20", "Said on": "2021-08-21", "Remark": "x"}
    for name, words in typed.items():
        fill(player, field(form(work), QLineEdit, name), words)
        assert "Another program is writing" in work.status
    locked.execute("ROLLBACK")
    locked.close()
    assert {name: field(form(work), QLineEdit, name).text() for name in typed} == typed
    player.press("Escape")
    assert rows(NUMBERS) == [("killed", "15 Taliban fighters", None, 10, 15, None)]
    assert (rows(WHEN), rows(SAID)) == ([("", "2021-08-20", "2021-08-20")], [("", "2021-08-21", "2021-08-21")])
    assert values(rows) == {"source_note": ["x"]}


def test_event_addressee_and_medium_show_only_where_the_schema_has_them(work: AtWork, player: Player) -> None:
    claim(player)
    parts = [part for part in json.loads(SCHEMA)["claim"]["parts"] if part["key"] not in {"addressee", "medium"}]
    redesign(work, event={"tier": "off"}, parts=parts)
    player.press("Escape", 3)
    player.press("N")
    words = {label.text() for label in form(work).findChildren(QLabel) if label.isVisible()}
    assert not words & {"Event type", "When", "Numbers", "Said to", "Medium’s words"}
    assert {"Sources", "Cue", "About"} <= words


def nest(player: Player) -> None:
    """A chain of three: the Post, the doctor's tweet, and Saleh inside it."""
    player.claim([("At least 40 people were hurt on 03/04/2021, a doctor said on Thursday, August 21", 1)], [], None)
    player.select("The Taliban")
    player.press("S")
    player.claim([("At least 40 people were hurt", 1)], [("a doctor", 1)], None)


def test_the_chain_shows_in_form_card_header_hover_and_export(work: AtWork, player: Player, tmp_path: Path) -> None:
    nest(player)
    labels = [label.text() for label in form(work).findChildren(QLabel)]
    assert "Post › The Taliban › a doctor" in labels
    panel = work.window.findChild(ClaimPanel)
    assert panel is not None
    card = panel.list.model().index(1, 0).data(ROW)
    assert (card.chain, card.sources) == (("The Taliban",), ("a doctor",))
    shown = [label.text() for label in work.window.findChildren(QLabel) if label.isVisible()]
    bare = [words.replace("\u2068", "").replace("\u2069", "") for words in shown]
    assert "Post  ›  The Taliban  ›  a doctor  ›  “At least 40 people were hurt”" in bare
    player.go(player.find("people").start)
    player.press("Ctrl+Space")
    hover = work.window.controls.card
    assert isinstance(hover, HoverCard)
    assert hover.heading.text() == "Post › The Taliban › a doctor › “At least 40 people were hurt”"
    lines = exported(work, tmp_path)
    chains = {line["quote"]: line.get("chain") for line in lines if line.get("type") == "claim"}
    assert chains["At least 40 people were hurt"] == ["The Taliban"]
    assert [chain for words, chain in chains.items() if "doctor" in words] == [None]


def exported(work: AtWork, folder: Path) -> list[dict[str, Any]]:
    """The lines of the project's export."""
    target, wanted = folder / "out.jsonl", writer("jsonl")
    assert wanted is not None
    list(export(take_snapshot(work.window.controls.desk.workspace), wanted, target, Losses()))
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_claim_of_the_article_itself_has_no_empty_chain(work: AtWork, player: Player) -> None:
    claim(player, DENIED)
    player.set("Source type", "article")
    desk = work.window.controls.desk
    assert desk.do(describing.describe_article, desk.focus.article, publisher="") is not None
    player.go(player.find("militants").start)
    player.press("Ctrl+Space")
    assert work.window.controls.card.heading.text() == f"“{DENIED}”"
    assert KILLED in player.view.text
