"""The schema editor by key and mouse: what it adds, changes and removes, what becomes of records, and undo of each."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QTreeWidget,
    QWidget,
)

from annotator.editing.schema_json import Section
from annotator.ui.concordance import Concordance
from annotator.ui.dialogs.faults import Faults
from annotator.ui.dialogs.schema import shaping
from annotator.ui.dialogs.schema.dialog import SchemaDialog
from annotator.ui.dialogs.schema.outline import Chosen
from annotator.ui.dialogs.schema.removing import Removal
from annotator.ui.models.entities import EntityListModel
from annotator.ui.tour.player import Player
from tests.building import SCHEMA
from tests.ui.at_work import AtWork
from tests.ui.conftest import Ask
from tests.ui.texts import QUOTES


def opened(work: AtWork) -> SchemaDialog:
    """The editor, from the menu."""
    entry = work.window.findChild(QAction, "labels")
    assert entry is not None
    assert entry.text() == "Schema…"
    entry.trigger()
    return asked(SchemaDialog)  # type: ignore[no-any-return]


def asked(dialog_type: type[Any]) -> Any:
    """The dialog that is open now."""
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, dialog_type), dialog
    return dialog


def named(owner: QWidget, widget_type: type[Any], name: str) -> Any:
    """A visible widget by its name for screen readers."""
    found = [one for one in owner.findChildren(widget_type) if one.accessibleName() == name and one.isVisible()]
    assert len(found) == 1, (name, found)
    return found[0]


def click(owner: QWidget, words: str) -> None:
    """Clicks a button in sight."""
    (button,) = [one for one in owner.findChildren(QPushButton) if one.text() == words and one.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def ok(work: AtWork, dialog: QWidget) -> None:
    """Presses OK and goes back to the text."""
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    back(work)


def back(work: AtWork) -> None:
    """Back to the text."""
    work.window.activateWindow()
    QApplication.processEvents()
    work.window.view.setFocus()


def choose(owner: QWidget, name: str, words: str) -> None:
    """Chooses from a box by typing, as the keyboard does."""
    box = named(owner, QComboBox, name)
    box.setFocus()
    for _ in range(box.count()):
        if box.currentText().startswith(words):
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    for _ in range(box.count()):
        if box.currentText().startswith(words):
            return
        QTest.keyClick(box, Qt.Key.Key_Up)
    raise AssertionError(f"{name} does not offer {words}")


def name_it(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """What is typed into the next question for a name."""
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (words, True))


def schema(rows: Ask) -> dict[str, Any]:
    """The schema in the file."""
    ((text,),) = rows("SELECT schema FROM project")
    return dict(json.loads(str(text)))


def keys(rows: Ask, section: str) -> list[str]:
    """The keys of a section in the file."""
    return [entry["key"] for entry in schema(rows)[section]]


def said(dialog: QWidget) -> str:
    """Everything the dialog says."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.text() and label.isVisible())


def press_on(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key with the keyboard on a widget."""
    widget.setFocus()
    QTest.keyClick(widget, key, held)
    QApplication.processEvents()


def test_a_label_is_added_by_keys_and_tags_at_once(
    work: AtWork, player: Player, rows: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schema(rows)
    dialog = opened(work)
    name_it(monkeypatch, "Weapon")
    press_on(dialog.outline, Qt.Key.Key_Insert)
    assert keys(rows, "mentions")[:2] == ["actor", "weapon"]
    assert dialog.outline.chosen == Chosen("mentions", "weapon")
    assert "Not in use yet" in said(dialog)
    assert "⚠" not in said(dialog), "the new colours can be read"
    named(dialog, QLineEdit, "Key of Weapon").setFocus()
    player.type("x")
    named(dialog, QPlainTextEdit, "Guidelines of Weapon").setFocus()
    player.type("No tools.")
    ok(work, dialog)
    assert work.action("label weapon") == "Tag as Weapon"
    menu = next(one for one in work.window.findChildren(QMenu) if one.title().replace("&", "") == "Mark")
    texts = [entry.text() for entry in menu.actions()]
    assert texts.index("Tag as Weapon") < texts.index("Choose entity…")
    player.tag("Mara Lind", "X")
    assert rows(QUOTES) == [("weapon", "Mara Lind")]
    assert "No tools." in [label.text() for label in work.window.findChildren(QLabel) if label.isVisible()]
    player.press("Escape", 3)
    player.press("Ctrl+Z", 3)
    assert schema(rows) == before
    assert "Tag as Weapon" not in [entry.text() for entry in menu.actions()]
    player.select("Tom Lind")
    player.press("X")
    assert rows(QUOTES) == [], "the label is gone, and its key with it"


@pytest.mark.parametrize("way", ["instead", "delete"])
def test_removing_a_label_in_use_asks_what_becomes_of_its_mentions(
    work: AtWork, player: Player, rows: Ask, way: str
) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Tom Lind", "A", kind="person")
    before, entities = schema(rows), rows("SELECT name FROM entity ORDER BY name")
    dialog = opened(work)
    assert "In use: 2 mentions in this project" in said(dialog)
    press_on(dialog.outline, Qt.Key.Key_Delete)
    removal = asked(Removal)
    assert "“Actor” is in use: 2 mentions." in said(removal)
    assert keys(rows, "mentions")[0] == "actor", "nothing is done before it is answered"
    if way == "instead":
        choose(removal, "Instead", "Other name")
    else:
        (radio,) = [one for one in removal.findChildren(QRadioButton) if one.text() == "Remove those mentions"]
        QTest.keyClick(radio, Qt.Key.Key_Space)
    ok(work, removal)
    assert "actor" not in keys(rows, "mentions")
    moved = [("other", "Mara Lind"), ("other", "Tom Lind")]
    assert rows(QUOTES) == (moved if way == "instead" else [])
    assert rows("SELECT count(*) FROM history WHERE kind = 'remove from schema'") == [(1,)]
    click(dialog, "Undo")
    assert schema(rows) == before
    assert rows(QUOTES) == [("actor", "Mara Lind"), ("actor", "Tom Lind")]
    assert rows("SELECT name FROM entity ORDER BY name") == entities


def test_escape_keeps_a_label_and_one_that_is_not_in_use_goes_unasked(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    dialog = opened(work)
    press_on(dialog.outline, Qt.Key.Key_Delete)
    QTest.keyClick(asked(Removal), Qt.Key.Key_Escape)
    dialog.show_entry(Section.LABELS, "date")
    click(dialog, "Remove…")
    assert keys(rows, "mentions") == ["actor", "location", "quantity", "other"]
    assert dialog.isVisible()


def test_a_label_that_names_something_else_says_what_that_does(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    dialog = opened(work)
    choose(dialog, "Names of Actor", "Location")
    assert "1 mention lets its entity go" in said(dialog)
    assert rows("SELECT count(*) FROM mention WHERE entity_id IS NULL") == [(0,)]
    ok(work, dialog)
    assert rows("SELECT count(*) FROM mention WHERE entity_id IS NULL") == [(1,)]
    assert schema(rows)["mentions"][0]["kinds"] == ["place"]
    player.press("Ctrl+Z")
    assert rows("SELECT count(*) FROM mention WHERE entity_id IS NULL") == [(0,)]
    assert "person" in schema(rows)["mentions"][0]["kinds"]


def test_entries_move_up_and_down_by_key(work: AtWork, rows: Ask) -> None:
    dialog = opened(work)
    press_on(dialog.outline, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert keys(rows, "mentions")[:2] == ["location", "actor"]
    assert dialog.outline.chosen.key == "actor"
    press_on(dialog.outline, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    press_on(dialog.outline, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert keys(rows, "mentions")[:2] == ["actor", "location"]
    assert rows("SELECT count(*) FROM history WHERE kind = 'change schema'") == [(2,)]


def test_a_field_with_choices_and_a_condition(
    work: AtWork, player: Player, rows: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(work)
    dialog.outline.choose(Chosen(Section.MENTION_ATTRIBUTES.value))
    table = named(dialog, QTreeWidget, "Fields of mentions")
    assert [table.topLevelItem(row).text(0) for row in range(2)] == ["Level", "Used as"]
    name_it(monkeypatch, "Mood")
    click(dialog, "Add…")
    assert schema(rows)["mention_attributes"][-1] == {"key": "mood", "name": "Mood", "type": "text", "tier": "optional"}
    choose(dialog, "Values of Mood", "One of some choices")
    assert "Attribute “mood” needs “choices”" in said(dialog)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    assert not box.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    named(dialog, QLineEdit, "New choice of Mood").setFocus()
    for word in ("glad", "sad"):
        player.type(word)
        player.press("Return")
    assert dialog.isVisible(), "Enter adds, it does not close"
    only = named(dialog, QListWidget, "Only for of Mood")
    only.setCurrentRow(0)
    press_on(only, Qt.Key.Key_Space)
    choose(dialog, "Starts as of Mood", "sad")
    ok(work, dialog)
    made = schema(rows)["mention_attributes"][-1]
    assert made == {
        "key": "mood",
        "name": "Mood",
        "type": "choice",
        "tier": "optional",
        "choices": ["glad", "sad"],
        "on": ["actor"],
        "default": "sad",
    }
    player.press("Ctrl+Z", 4)
    assert keys(rows, "mention_attributes") == ["level", "used_as"]


def test_renaming_a_choice_renames_it_in_the_records(work: AtWork, player: Player, rows: Ask) -> None:
    player.select("Mara Lind")
    player.press("C")
    player.press("Escape", 2)
    dialog = opened(work)
    dialog.show_entry(Section.CLAIM_ATTRIBUTES, "stance")
    choices = named(dialog, QListWidget, "Choices of Stance")
    choices.setFocus()
    player.press("F2")
    player.press("Ctrl+A")
    player.type("asserts")
    player.press("Return")
    assert rows("SELECT stance FROM claim") == [("asserts",)]
    choices.setFocus()
    choices.setCurrentRow(0)
    player.press("Del")
    removal = asked(Removal)
    assert "“asserts” is in use: 1 claim." in said(removal)
    choose(removal, "Instead", "doubts")
    ok(work, removal)
    assert rows("SELECT stance FROM claim") == [("doubts",)]
    stance = next(field for field in schema(rows)["claim"]["attributes"] if field["key"] == "stance")
    assert (stance["choices"], stance["default"]) == (["denies", "doubts"], "doubts")
    click(dialog, "Undo")
    click(dialog, "Undo")
    assert rows("SELECT stance FROM claim") == [("affirms",)]
    assert named(dialog, QListWidget, "Choices of Stance").item(0).text() == "affirms"


def test_kinds_links_zones_and_lists(work: AtWork, player: Player, rows: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(work)
    for where, words in ((Section.KINDS, "Militia"), (Section.LINKS, "Quotes"), (Section.ZONES, "Quote box")):
        dialog.outline.choose(Chosen(where.value))
        name_it(monkeypatch, words)
        click(dialog, "Add…")
    dialog.show_entry(Section.KINDS, "militia")
    choose(dialog, "Sector of new ones of militia", "REB")
    dialog.show_entry(Section.LINKS, "quotes")
    choose(dialog, "Joins of Quotes", "two entities")
    QTest.keyClick(named(dialog, QCheckBox, "Says from when and until when of Quotes"), Qt.Key.Key_Space)
    dialog.show_entry(Section.ZONES, "quote box")
    QTest.keyClick(
        named(dialog, QCheckBox, "Out of play: no suggestions, left out of agreement of quote box"), Qt.Key.Key_Space
    )
    dialog.outline.choose(Chosen("list"))
    name_it(monkeypatch, "colours")
    click(dialog, "Add…")
    named(dialog, QLineEdit, "New choice of colours").setFocus()
    player.type("red")
    player.press("Return")
    dialog.outline.choose(Chosen("quantities"))
    named(dialog, QLineEdit, "New choice of Quantities").setFocus()
    player.type("arrested")
    player.press("Return")
    ok(work, dialog)
    found = schema(rows)
    assert found["entity_kinds"][-1] == {"key": "militia", "digit": 9, "default_sector": "REB"}
    assert found["links"][-1] == {"key": "quotes", "name": "Quotes", "from": "entity", "to": "entity", "dated": True}
    assert found["zones"][-1] == {"key": "quote box", "digit": 7, "out_of_play": True}
    assert found["lists"]["colours"] == ["red"]
    assert found["claim"]["event"]["quantities"][-1] == "arrested"
    assert work.action("kind militia") == "Entity is: militia"


def test_a_schema_goes_out_and_comes_in(
    work: AtWork, player: Player, rows: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    player.tag("Mara Lind", "A")
    before, file = schema(rows), tmp_path / "schema.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    dialog = opened(work)
    click(dialog, "Export…")
    assert json.loads(file.read_text(encoding="utf-8")) == before
    file.write_text(SCHEMA.replace('"#AE5E0F"', '"orange"'), encoding="utf-8")
    click(dialog, "Import…")
    faults = asked(Faults)
    assert "“orange” is no colour" in faults.list.topLevelItem(0).text(1)
    QTest.keyClick(faults, Qt.Key.Key_Escape)
    assert schema(rows) == before
    other = SCHEMA.replace('"key": "actor"', '"key": "agent"').replace('"News claims"', '"Ours"')
    file.write_text(other, encoding="utf-8")
    questions: list[str] = []
    answers = [False, True]

    def answer(_: QWidget, __: str, words: str, ___: str) -> bool:
        questions.append(words)
        return answers.pop(0)

    monkeypatch.setattr(shaping, "ask", answer)
    click(dialog, "Import…")
    assert "of 1 mention in this project" in questions[0]
    assert schema(rows) == before
    click(dialog, "Import…")
    assert schema(rows)["name"] == "Ours"
    assert rows(QUOTES) == [("actor", "Mara Lind")]
    click(dialog, "Undo")
    assert schema(rows) == before


def test_cancel_drops_what_was_entered(work: AtWork, player: Player, rows: Ask) -> None:
    before = schema(rows)
    dialog = opened(work)
    named(dialog, QLineEdit, "Description of Actor").setFocus()
    player.type("who acts")
    player.press("Escape")
    back(work)
    assert schema(rows) == before
    assert QApplication.activeModalWidget() is None


def test_lists_of_labels_and_kinds_elsewhere_follow(
    work: AtWork, player: Player, rows: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    player.press("Ctrl+Shift+F")
    concordance = next(one for one in work.window.findChildren(Concordance) if one.isVisible())
    concordance.close()
    dialog = opened(work)
    name_it(monkeypatch, "Weapon")
    press_on(dialog.outline, Qt.Key.Key_Insert)
    dialog.show_entry(Section.KINDS, "place")
    name_it(monkeypatch, "Militia")
    press_on(dialog.outline, Qt.Key.Key_Insert)
    choose_kinds = [label["kinds"] for label in schema(rows)["mentions"] if label["key"] == "actor"]
    assert "militia" not in choose_kinds[0], "a label names a new kind only when it is told to"
    dialog.show_entry(Section.LABELS, "actor")
    kinds = named(dialog, QListWidget, "Kinds of Actor")
    kinds.setCurrentRow(kinds.count() - 1)
    press_on(kinds, Qt.Key.Key_Space)
    ok(work, dialog)
    assert "Weapon" in [button.text() for button in concordance.findChildren(QPushButton)]
    player.tag("Mara Lind", "A")
    player.press("9")
    assert rows("SELECT kind FROM entity") == [("militia",)]
    views = work.window.findChildren(QTableView)
    panel = next(model for view in views if isinstance(model := view.model(), EntityListModel))
    texts = [panel.index(row, 0).data() for row in range(panel.rowCount())]
    assert "militia" in texts


def test_what_happened_and_tables_by_key(work: AtWork, player: Player, rows: Ask) -> None:
    dialog = opened(work)
    dialog.outline.choose(Chosen("event"))
    choose_activated(named(dialog, QComboBox, "Shown of events"), player, "No")
    assert schema(rows)["claim"]["event"]["tier"] == "off"
    QTest.keyClick(named(dialog, QCheckBox, "With a mode: the weapon, the form of protest"), Qt.Key.Key_Space)
    assert "mode" not in schema(rows)["claim"]["event"]
    dialog.outline.choose(Chosen("links"))
    table = named(dialog, QTreeWidget, "Links")
    assert [table.headerItem().text(column) for column in range(3)] == ["Name", "In use", "Key"]
    table.setFocus()
    player.press("Down", 2)
    player.press("Return")
    assert dialog.outline.chosen == Chosen("links", "contradicts")
    assert dialog.isVisible()
    dialog.outline.setFocus()
    player.press("Return")
    assert named(dialog, QLineEdit, "Name of Contradicts").hasFocus(), "Enter goes into the form"


def choose_activated(box: QComboBox, player: Player, words: str) -> None:
    """Chooses by opening the list."""
    box.setFocus()
    for _ in range(box.count()):
        player.press("Down")
        if box.currentText() == words:
            return
    raise AssertionError(words)


def test_what_is_refused_is_said_and_stays_in_sight(work: AtWork, player: Player, rows: Ask) -> None:
    before = schema(rows)
    dialog = opened(work)
    dialog.show_entry(Section.CLAIM_ATTRIBUTES, "stance")
    named(dialog, QLineEdit, "New choice of Stance").setFocus()
    player.type("denies")
    player.press("Return")
    assert "“denies” stands twice in “choices”: remove one." in said(dialog)
    assert schema(rows) == before
    choices = named(dialog, QListWidget, "Choices of Stance")
    choices.setFocus()
    player.press("F2")
    player.press("Ctrl+A")
    player.type("doubts")
    player.press("Return")
    assert "stands twice" in said(dialog)
    assert choices.item(0).text() == "affirms", "it is called as before"
    dialog.show_entry(Section.KINDS, "place")
    assert "stands twice" not in said(dialog)
    click(dialog, "Remove…")
    assert "Label “location” links to entities" in said(dialog)
