"""Keys: sets without clashes, the user's own keys, the dialog; read back from the window and the settings file."""

import json
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QPushButton, QTreeWidgetItem, QWidget

from annotator import paths
from annotator.domain.schemas import parse
from annotator.services.projects import DEFAULT_SCHEMA, ShippedSchema, shipped_schemas
from annotator.ui.acting import Action
from annotator.ui.actions import all_actions
from annotator.ui.dialogs.keys import KeysDialog
from annotator.ui.keying import with_letters
from annotator.ui.keys import KEY_SETS, LEFT, RIGHT, STANDARD, Clash, KeySet, clashes, table
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.tour.player import Player
from annotator.ui.widgets.plain import plain_tip
from tests.ui.at_work import AtWork
from tests.ui.conftest import Ask
from tests.ui.texts import QUOTES

pytestmark = pytest.mark.usefixtures("qapp")  # what the standard keys are depends on the platform that Qt runs on
SETS = pytest.mark.parametrize("chosen", KEY_SETS, ids=lambda chosen: chosen.id)
MARKING = (
    *("label actor", "label location", "label date", "label quantity", "label other", "claim", "source", "cue", "undo"),
    *("next mention", "previous mention", "next claim", "previous claim", "entity", "remove", "sentence", "done"),
)
HANDS = {
    "left": {*"QWERTASDFGZXCVB", *"12345", "Tab", "Backtab", "Esc"},
    "right": {*"YUIOPHJKLNM,.;'[]", "Backspace", "Return", "Left", "Right", "Up", "Down"},
}
PORTABLE = QKeySequence.SequenceFormat.PortableText


def standard() -> tuple[Action, ...]:
    """The actions of a new project's window."""
    return all_actions(parse(paths.resource(DEFAULT_SCHEMA).read_text(encoding="utf-8")))


def keys_of(window: MainWindow, name: str) -> list[str]:
    """The keys of a menu entry as they work now."""
    found = window.findChild(QAction, name)
    assert found is not None
    return [key.toString(PORTABLE) for key in found.shortcuts()]


# Sets


@SETS
def test_no_key_of_a_set_does_two_things(chosen: KeySet) -> None:
    actions = standard()
    keys = table(actions, chosen, {})
    assert clashes(actions, keys) == {}
    assert [action.id for action in actions if action.keys and not keys[action.id]] == [], "and none is lost"


@pytest.mark.parametrize("shipped", shipped_schemas(), ids=lambda shipped: shipped.key)
def test_no_label_of_a_schema_has_the_key_of_an_action(shipped: ShippedSchema) -> None:
    actions = all_actions(shipped.schema)
    assert clashes(actions, table(actions, STANDARD, {})) == {}


@pytest.mark.parametrize("chosen", [LEFT, RIGHT], ids=lambda chosen: chosen.id)
def test_what_marking_needs_lies_under_one_hand(chosen: KeySet) -> None:
    keys = table(standard(), chosen, {})
    for id_ in MARKING:
        bare = {key.split("+")[-1] or "+" for key in keys[id_]}
        assert bare & HANDS[chosen.id], f"{id_}: {keys[id_]}"
    assert any(len(key) == 1 for key in keys["undo"]), "undo is a letter"


@pytest.mark.parametrize("chosen", [LEFT, RIGHT], ids=lambda chosen: chosen.id)
def test_what_every_set_keeps_is_given_to_nothing_else(chosen: KeySet) -> None:
    given = {key for keys in (*chosen.instead.values(), *chosen.beside.values(), chosen.labels) for key in keys}
    assert not given & {"X", "Space", "T", "M", "Z"}


def test_a_set_names_only_actions_that_are_there() -> None:
    known = {action.id for action in standard()}
    for chosen in KEY_SETS:
        assert {*chosen.instead, *chosen.beside} <= known


def test_an_action_whose_key_a_set_gave_away_keeps_it_with_more_held_down() -> None:
    chosen = KeySet("test", "Test", instead={"claim": ("S",)})
    keys = table(standard(), chosen, {})
    assert keys["claim"] == ("S",)
    assert keys["exact claim"] == ("Alt+S",)
    assert keys["source"] == ("Ctrl+Alt+S",)
    assert clashes(standard(), keys) == {}


# Clashes


def test_a_key_of_two_actions_clashes_in_both_and_so_does_the_beginning_of_another_s() -> None:
    def action(id_: str, *keys: str, on_article: bool = True) -> Action:
        return Action(id_, "", id_.title(), keys, print, on_article=on_article)

    actions = (action("one", "A"), action("two", "Ctrl+B", "A"), action("far", "A", on_article=False))
    found = clashes(actions, table(actions, STANDARD, {}))
    assert found["one"] == [Clash("A", "Two"), Clash("A", "Far")]
    assert found["two"] == [Clash("A", "One"), Clash("A", "Far")]
    assert found["far"] == [Clash("A", "One"), Clash("A", "Two")]
    actions = (action("zone", "Z, 1"), action("other", "Z, 2"), action("last", "Z"))
    assert clashes(actions, table(actions, STANDARD, {})).keys() == {"zone", "other", "last"}
    assert clashes(actions[:2], table(actions[:2], STANDARD, {})) == {}
    moving = (action("one", "Alt+Left"),)
    assert clashes(moving, table(moving, STANDARD, {})) == {"one": [Clash("Alt+Left", "Move by sentence")]}


def test_menus_take_no_letter_that_an_action_has_with_alt() -> None:
    assert with_letters(["File", "Edit", "Find"], ["Alt+F", "Ctrl+I", "Alt+E"]) == ["F&ile", "E&dit", "Fi&nd"]
    assert with_letters(["Go", "Go"], ["Alt+O"]) == ["&Go", "Go"]


# The settings file


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", "null", '{"claim": "K"}', '{"claim": [7]}', '{"claim": ["no key at all"]}', '{"claim": {}}'],
)
def test_what_cannot_be_read_in_the_settings_is_passed_over(work: AtWork, text: str, rows: Ask) -> None:
    settings = work.window.controls.desk.settings
    settings.key_changes, settings.key_set = text, "a third hand"
    work.reopen()
    assert keys_of(work.window, "claim") == ["C"]
    work.player.tag("Monday", "D")
    assert rows(QUOTES) == [("date", "Monday")]


def test_one_unreadable_change_leaves_the_others(work: AtWork) -> None:
    work.window.controls.desk.settings.key_changes = (
        '{"claim": 7, "cue": ["Ctrl+J"], "from later": ["X"], "label actor": ["K"]}'
    )
    work.reopen()
    assert keys_of(work.window, "claim") == ["C"]
    assert keys_of(work.window, "cue") == ["Ctrl+J"]
    assert keys_of(work.window, "label actor") == ["A"], "a label's key is the project's"


def test_the_table_of_sets_in_the_manual_is_true() -> None:
    text = paths.resource("manual/manual.md").read_text(encoding="utf-8")
    lines = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:5]] for line in text.splitlines()
             if line.count("|") == 5}  # fmt: skip
    ids = {
        "labels: actor, location, date, quantity, other name": [id_ for id_ in MARKING if id_.startswith("label ")],
        "new claim, add to content": ["claim", "content"],
        "source, cue": ["source", "cue"],
        "choose entity, take out": ["entity", "take out"],
        "remove": ["remove"],
        "undo, redo": ["undo", "redo"],
        "next, previous mention": ["next mention", "previous mention"],
        "next, previous claim": ["next claim", "previous claim"],
        "select sentence": ["sentence"],
        "done, on to the next": ["done"],
    }
    for words, actions in ids.items():
        for cell, chosen in zip(lines[words], KEY_SETS, strict=True):
            keys = table(standard(), chosen, {})
            portable = cell.replace("Enter", "Return").replace("Delete", "Del")
            written = {key for key in re.split(r"[ ,]+|and", portable) if key}
            assert written <= {key for id_ in actions for key in keys[id_]}, f"{words}, {chosen.name}"
            assert all(written & set(keys[id_]) for id_ in actions), f"{words}, {chosen.name}"


# The dialog


def opened(window: MainWindow) -> KeysDialog:
    """The dialog, from the menu."""
    entry = window.findChild(QAction, "keys")
    assert entry is not None
    entry.trigger()
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, KeysDialog)
    return dialog


def row(dialog: KeysDialog, words: str) -> QTreeWidgetItem:
    """An action's row."""
    (found,) = dialog.list.findItems(words, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    return found


def give(player: Player, dialog: KeysDialog, action: str, key: str, *, add: bool = False) -> None:
    """Finds an action by its words and gives it a key, all by keys."""
    dialog.box.setFocus()
    dialog.box.selectAll()
    player.type(action)
    assert dialog.list.currentItem() is row(dialog, action)
    dialog.press.setFocus()
    player.press(key)
    press(player, dialog.add if add else dialog.use)


def press(player: Player, button: QWidget) -> None:
    """Presses a button by key."""
    button.setFocus()
    player.press("Space")


def ok(dialog: KeysDialog) -> None:
    """Presses OK and goes back to the text."""
    window = dialog.parentWidget()
    assert isinstance(window, MainWindow)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    box.button(QDialogButtonBox.StandardButton.Ok).click()
    window.activateWindow()  # without a window manager nothing else does
    QApplication.processEvents()
    window.view.setFocus()


def test_another_key_works_at_once_is_shown_everywhere_and_is_kept(work: AtWork, player: Player, rows: Ask) -> None:
    dialog = opened(work.window)
    give(player, dialog, "New claim from selection", "Ctrl+J")
    give(player, dialog, "Choose entity", "Ctrl+U", add=True)
    assert dialog.count.text() == "No clashes."
    assert keys_of(work.window, "claim") == ["C"], "nothing is changed before OK"
    ok(dialog)
    assert keys_of(work.window, "claim") == ["Ctrl+J"]
    assert keys_of(work.window, "entity") == ["E", "Ctrl+U"]
    player.select("at noon")
    player.press("C")
    assert rows("SELECT count(*) FROM claim") == [(0,)], "the old key is gone"
    player.press("Ctrl+J")
    assert rows("SELECT quote FROM claim") == [("at noon",)]
    player.press("F1")
    sheet = QApplication.activeModalWidget()
    assert sheet is not None
    assert "E or Ctrl+U" in [label.text() for label in sheet.findChildren(QLabel)]
    player.press("Escape")
    kept = Settings(work.path.parent / "settings.ini")
    work.window.controls.desk.settings.store.sync()
    assert json.loads(kept.key_changes) == {"claim": ["Ctrl+J"], "entity": ["E", "Ctrl+U"]}
    work.reopen()
    assert keys_of(work.window, "claim") == ["Ctrl+J"]


def test_hints_and_tool_tips_name_the_new_key(work: AtWork, player: Player) -> None:
    player.tag("Mara Lind", "A")
    before = [widget.toolTip() for widget in work.window.controls.inspector.findChildren(QWidget)]
    assert plain_tip("Choose another entity (E)") in before
    dialog = opened(work.window)
    give(player, dialog, "Choose entity", "Ctrl+M")
    give(player, dialog, "New claim from selection", "Ctrl+J")
    ok(dialog)
    after = [widget.toolTip() for widget in work.window.controls.inspector.findChildren(QWidget)]
    assert plain_tip("Choose another entity (Ctrl+M)") in after
    assert any("press Ctrl+J" in label.text() for label in work.window.findChildren(QLabel))
    player.press("N")
    assert "press Ctrl+J" in work.status


def test_a_clash_is_said_beside_both_rows_and_counted_and_nothing_is_taken(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    give(player, dialog, "New claim from selection", "Ctrl+E", add=True)
    assert row(dialog, "New claim from selection").text(2) == "Ctrl+E is also: Export"
    assert row(dialog, "Export").text(2) == "Ctrl+E is also: New claim from selection"
    assert row(dialog, "Export").text(1) == "Ctrl+E"
    assert dialog.count.text().startswith("⚠ 1 clash:")
    dialog.list.setFocus()
    dialog.list.setCurrentItem(row(dialog, "New claim from selection"))
    press(player, dialog.back)
    assert row(dialog, "Export").text(2) == ""
    assert dialog.count.text() == "No clashes."


def test_a_key_is_said_to_clash_before_it_is_taken(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    dialog.list.setCurrentItem(row(dialog, "New claim from selection"))
    dialog.press.setFocus()
    player.press("Ctrl+E")
    assert "Ctrl+E is also: Export" in [label.text() for label in dialog.findChildren(QLabel)]
    assert row(dialog, "New claim from selection").text(1) == "C"


def test_cancel_leaves_all_as_it_was(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    give(player, dialog, "New claim from selection", "Ctrl+J")
    dialog.set_box.setCurrentIndex(1)
    rejected: list[bool] = []
    dialog.rejected.connect(lambda: rejected.append(True))
    dialog.list.setFocus()
    player.press("Escape")
    assert rejected == [True]
    assert keys_of(work.window, "claim") == ["C"]
    assert work.window.controls.desk.settings.key_changes == "{}"
    assert work.window.controls.desk.settings.key_set == "standard"


def test_keys_are_taken_away_and_given_back(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    dialog.list.setCurrentItem(row(dialog, "Remove"))
    away = [widget for widget in dialog.findChildren(QWidget) if widget.accessibleName() == "Take away Backspace"]
    press(player, away[-1])
    assert row(dialog, "Remove").text(1) == "Del"
    give(player, dialog, "New claim from selection", "Ctrl+J")
    press(player, dialog.all_back)
    assert row(dialog, "Remove").text(1) == "Del or Backspace"
    assert row(dialog, "New claim from selection").text(1) == "C"
    ok(dialog)
    assert json.loads(work.window.controls.desk.settings.key_changes) == {}


def test_a_label_s_key_is_not_changed_here(work: AtWork) -> None:
    dialog = opened(work.window)
    dialog.list.setCurrentItem(row(dialog, "Tag as Actor"))
    assert not dialog.press.isEnabled()
    assert any("Edit, Schema…" in label.text() for label in dialog.findChildren(QLabel))


def test_each_part_of_the_dialog_has_a_name_for_screen_readers(work: AtWork) -> None:
    dialog = opened(work.window)
    parts: list[QWidget] = [dialog.set_box, dialog.box, dialog.list, dialog.press]
    parts += [one for one in dialog.findChildren(QPushButton) if not isinstance(one.parent(), QDialogButtonBox)]
    assert len(parts) == 8
    assert all(part.accessibleName() for part in parts)


# One hand


def choose_set(window: MainWindow, chosen: KeySet) -> None:
    """Chooses a key set in the dialog."""
    dialog = opened(window)
    dialog.set_box.setCurrentIndex(KEY_SETS.index(chosen))
    assert dialog.count.text() == "No clashes."
    ok(dialog)


def test_a_session_with_the_left_hand(work: AtWork, player: Player, rows: Ask) -> None:
    choose_set(work.window, LEFT)
    for words, key in (("Mara Lind", "A"), ("Port Vale", "S"), ("Monday", "D"), ("300", "F"), ("Harbour Union", "G")):
        player.select(words)
        player.press(key)
    labels = {quote: label for label, quote in rows(QUOTES)}
    assert labels == {
        "Mara Lind": "actor",
        "Port Vale": "location",
        "Monday": "date",
        "300": "quantity",
        "Harbour Union": "other",
    }
    player.press("Q")
    assert "Harbour Union" not in {quote for _, quote in rows(QUOTES)}
    player.press("R")
    assert "Harbour Union" in {quote for _, quote in rows(QUOTES)}
    player.press("Shift+R")
    assert "Harbour Union" not in {quote for _, quote in rows(QUOTES)}
    player.select("at noon")
    player.press("C")
    player.select("officials")
    player.press("V")
    player.select("said", 2)
    player.press("B")
    assert rows("SELECT c.quote, s.quote, c.cue_quote FROM claim c JOIN claim_source s ON s.claim_id = c.id") == [
        ("at noon", "officials", "said")
    ]
    assert work.window.controls.desk.schema.label("location").hotkey == "L", "the project keeps its own"
    player.press("Ctrl+D")
    assert rows("SELECT state FROM assignment") == [("done",)]


def test_a_session_with_the_right_hand(work: AtWork, player: Player, rows: Ask) -> None:
    choose_set(work.window, RIGHT)
    for words, key in (("Mara Lind", "K"), ("Port Vale", "L"), ("Monday", "J"), ("300", "I"), ("Harbour Union", "O")):
        player.select(words)
        player.press(key)
    assert {label for label, _ in rows(QUOTES)} == {"actor", "location", "date", "quantity", "other"}
    player.press("Y")
    assert "Harbour Union" not in {quote for _, quote in rows(QUOTES)}
    player.select("at noon")
    player.press("H")
    player.select("said", 2)
    player.press("U")
    assert rows("SELECT quote, cue_quote FROM claim") == [("at noon", "said")]
    player.press("Ctrl+Home")
    player.press("N")
    player.press("Backspace")
    assert "Mara Lind" not in {quote for _, quote in rows(QUOTES)}
    player.press("Shift+Return")
    assert rows("SELECT state FROM assignment") == [("done",)]


def test_a_letter_for_undo_is_a_letter_where_words_are_typed(work: AtWork, player: Player, rows: Ask) -> None:
    choose_set(work.window, LEFT)
    player.tag("Monday", "D")
    player.press("Ctrl+L")
    player.type("r")
    assert work.window.controls.queue.filter_box.text() == "r"
    player.press("Ctrl+1")
    player.press("R")
    assert rows(QUOTES) == [("date", "Monday")], "in a list it looks for a row"
    player.press("F6")
    player.press("R")
    assert rows(QUOTES) == []


def test_a_letter_goes_with_its_set(work: AtWork, player: Player, rows: Ask) -> None:
    choose_set(work.window, LEFT)
    choose_set(work.window, RIGHT)
    choose_set(work.window, LEFT)
    player.tag("Monday", "D")
    player.press("R")
    assert rows(QUOTES) == []
    choose_set(work.window, STANDARD)
    player.tag("Monday", "D")
    player.press("R")
    player.press("Y")
    assert rows(QUOTES) == [("date", "Monday")]
    player.press("Ctrl+Z")
    assert rows(QUOTES) == []


def test_a_menu_gives_up_its_letter_to_an_action_with_alt(work: AtWork, player: Player, rows: Ask) -> None:
    titles = [entry.text() for entry in work.window.menuBar().actions()]
    assert titles[:2] == ["&File", "&Edit"]
    choose_set(work.window, LEFT)
    assert work.window.menuBar().actions()[0].text() == "F&ile"
    player.select("Monday")
    player.press("Alt+F")
    assert rows(QUOTES) == [("quantity", "Monday")]
