"""Labels in the schema editor: what it changes, warns of and refuses; the window afterwards; the file."""

import json
import sqlite3
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QColorDialog,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from annotator.editing.schema_json import Section
from annotator.ui.dialogs.schema.dialog import SchemaDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.conftest import Ask
from tests.ui.texts import QUOTES


def opened(window: MainWindow) -> SchemaDialog:
    """The dialog, from the menu."""
    entry = window.findChild(QAction, "labels")
    assert entry is not None
    entry.trigger()
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SchemaDialog)
    return dialog


def field(dialog: SchemaDialog, name: str) -> QLineEdit:
    """A field of a label by its name for screen readers; the label is chosen for it in the list."""
    label = name.split(" of ")[1]
    dialog.show_entry(Section.LABELS, {"Other name": "other"}.get(label, label.casefold()))
    (found,) = [box for box in dialog.findChildren(QLineEdit) if box.accessibleName() == name]
    return found


def enter(player: Player, dialog: SchemaDialog, name: str, words: str) -> None:
    """Types something else into a field."""
    field(dialog, name).setFocus()
    player.press("Ctrl+A")
    player.type(words)


def button(dialog: SchemaDialog) -> QPushButton:
    """The button that says OK."""
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    return box.button(QDialogButtonBox.StandardButton.Ok)


def ok(dialog: SchemaDialog, window: MainWindow) -> None:
    """Presses OK and goes back to the text."""
    button(dialog).click()
    window.activateWindow()  # without a window manager nothing else does
    QApplication.processEvents()
    window.view.setFocus()


def label_box(window: MainWindow) -> QComboBox:
    """Where the inspector shows a mention's label; the form is made anew with the schema."""
    QApplication.processEvents()
    boxes = [box for box in window.findChildren(QComboBox) if box.accessibleName() == "Label"]
    return boxes[-1]


def said(dialog: SchemaDialog) -> str:
    """Everything the dialog says."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.text() and label.isVisible())


def mentions(rows: Ask) -> list[dict[str, Any]]:
    """The labels in the schema in the file."""
    ((schema,),) = rows("SELECT schema FROM project")
    return list(json.loads(str(schema))["mentions"])


def test_a_new_name_key_and_colour_are_in_the_window_at_once_and_in_the_file(
    work: AtWork, player: Player, rows: Ask
) -> None:
    player.tag("Mara Lind", "A")
    before = mentions(rows)
    dialog = opened(work.window)
    enter(player, dialog, "Name of Actor", "Agent")
    enter(player, dialog, "Key of Actor", "x")
    enter(player, dialog, "On light of Actor", "#7700aa")
    ok(dialog, work.window)
    after = mentions(rows)
    assert after[0] == before[0] | {"name": "Agent", "hotkey": "X", "light": "#7700AA"}
    assert after[1:] == before[1:]
    assert rows("SELECT count(*) FROM history WHERE kind = 'describe label'") == [(1,)]
    assert work.action("label actor") == "Tag as Agent"
    assert work.action("undo") == "Undo change to label “Agent”"
    assert work.window.view.decorations.ink.colour("actor") == "#7700AA"
    ((id_,),) = rows("SELECT id FROM mention")
    mark = work.window.view.board.mentions.get(str(id_))
    assert mark is not None
    assert mark.words == ("Agent", "X")
    labels = label_box(work.window)
    assert labels.currentText() == "Agent  (X)"
    player.press("Escape", 3)
    player.select("Tom Lind")
    player.press("A")
    assert rows(QUOTES) == [("actor", "Mara Lind")], "the old key is gone"
    player.press("X")
    player.press("Escape")
    assert rows(QUOTES) == [("actor", "Mara Lind"), ("actor", "Tom Lind")]


def test_undo_brings_names_keys_and_colours_back_in_the_window(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    before = mentions(rows), work.window.view.decorations.ink.colour("actor")
    dialog = opened(work.window)
    enter(player, dialog, "Name of Actor", "Agent")
    enter(player, dialog, "Key of Actor", "X")
    enter(player, dialog, "On light of Actor", "#7700AA")
    ok(dialog, work.window)
    player.press("Ctrl+Z")
    assert (mentions(rows), work.window.view.decorations.ink.colour("actor")) == before
    assert work.action("label actor") == "Tag as Actor"
    entry = work.window.findChild(QAction, "label actor")
    assert entry is not None
    assert entry.shortcut() == QKeySequence("A")
    labels = label_box(work.window)
    assert labels.currentText() == "Actor  (A)"
    player.press("Ctrl+Y")
    assert work.action("label actor") == "Tag as Agent"


def test_marks_are_painted_in_the_new_colour(work: AtWork, player: Player) -> None:
    player.tag("Mara Lind", "A")

    def purple() -> int:
        picture = work.window.view.viewport().grab().toImage()
        colours = (picture.pixelColor(x, y) for x in range(500) for y in range(200))
        return sum(colour.name().upper() == "#AA00FF" for colour in colours)

    assert purple() == 0
    dialog = opened(work.window)
    enter(player, dialog, "On light of Actor", "#AA00FF")
    enter(player, dialog, "On dark of Actor", "#AA00FF")
    ok(dialog, work.window)
    assert purple() > 20
    player.press("Ctrl+Z", 2)
    assert purple() == 0


def test_each_changed_label_is_an_edit_of_its_own(work: AtWork, player: Player, rows: Ask) -> None:
    dialog = opened(work.window)
    enter(player, dialog, "Name of Actor", "Agent")
    enter(player, dialog, "Name of Date", "Time")
    ok(dialog, work.window)
    assert [mention["name"] for mention in mentions(rows)][:3] == ["Agent", "Location", "Time"]
    assert rows("SELECT count(*) FROM history WHERE kind = 'describe label'") == [(2,)]
    player.press("Ctrl+Z")
    assert [mention["name"] for mention in mentions(rows)][:3] == ["Agent", "Location", "Date"]


@pytest.mark.parametrize(
    "wanted",
    [{"Actor": "L", "Location": "A"}, {"Actor": "L", "Location": "X"}, {"Actor": "L", "Location": "D", "Date": "A"}],
)
def test_labels_can_hand_their_keys_to_each_other(
    work: AtWork, player: Player, rows: Ask, wanted: dict[str, str]
) -> None:
    dialog = opened(work.window)
    for name, key in wanted.items():
        enter(player, dialog, f"Key of {name}", key)
    ok(dialog, work.window)
    found = {mention["name"]: mention["hotkey"] for mention in mentions(rows)}
    assert found == {"Actor": "A", "Location": "L", "Date": "D", "Quantity": "Q", "Other name": "O"} | wanted


@pytest.mark.parametrize(
    ("name", "words", "sentence"),
    [
        ("Name of Actor", " ", "needs a name"),
        ("Key of Actor", "7", "no digit"),
        ("Key of Actor", "l", "is also the key of Location"),
        ("On light of Actor", "blue", "is no colour"),
        ("On dark of Actor", "#12", "is no colour"),
    ],
)
def test_what_makes_no_sense_is_said_and_ok_waits(
    work: AtWork, player: Player, rows: Ask, name: str, words: str, sentence: str
) -> None:
    before, dialog = mentions(rows), opened(work.window)
    enter(player, dialog, name, words)
    assert sentence in said(dialog)
    assert not button(dialog).isEnabled()
    player.press("Return")
    assert mentions(rows) == before
    enter(player, dialog, name, {"N": "Agent", "K": "X", "O": "#102030"}[name[0]])
    assert button(dialog).isEnabled()
    player.press("Escape")
    assert mentions(rows) == before


def test_a_key_that_another_action_has_is_a_warning_in_words(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    assert "⚠" not in said(dialog), "nothing is wrong with the default schema"
    enter(player, dialog, "Key of Actor", "N")
    assert "N is also: Next claim" in said(dialog)
    assert button(dialog).isEnabled()


def test_contrast_is_said_for_both_pages_with_a_warning_below_what_is_readable(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    enter(player, dialog, "On light of Actor", "#FFAA00")
    assert "1.8 : 1" in said(dialog)
    assert "On light a contrast of 1.8 : 1 is hard to read" in said(dialog)
    enter(player, dialog, "On light of Actor", "#000000")
    assert "hard to read" not in said(dialog)
    assert "20.4 : 1" in said(dialog)
    enter(player, dialog, "On dark of Actor", "#000000")
    assert "On dark a contrast of 1.2 : 1 is hard to read" in said(dialog)


def test_a_colour_is_chosen_in_the_system_s_dialog(work: AtWork, player: Player, rows: Ask) -> None:
    dialog = opened(work.window)
    dialog.show_entry(Section.LABELS, "date")
    swatch = next(
        one for one in dialog.findChildren(QPushButton) if one.accessibleName() == "Choose the colour of Date on dark"
    )
    swatch.setFocus()
    player.press("Space")
    choosing = dialog.findChild(QColorDialog)
    assert choosing is not None
    choosing.setCurrentColor(Qt.GlobalColor.cyan)
    choosing.accept()
    assert field(dialog, "On dark of Date").text() == "#00FFFF"
    ok(dialog, work.window)
    assert mentions(rows)[2]["dark"] == "#00FFFF"


def test_an_ampersand_in_a_name_is_no_menu_letter(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    enter(player, dialog, "Name of Actor", "R&D")
    ok(dialog, work.window)
    assert work.action("label actor") == "Tag as R&&D"
    work.reopen()
    assert work.action("label actor") == "Tag as R&&D"


def test_after_a_save_that_failed_ok_can_be_tried_again(work: AtWork, player: Player, rows: Ask) -> None:
    dialog = opened(work.window)
    enter(player, dialog, "Name of Actor", "Agent")
    enter(player, dialog, "Name of Date", "Time")
    other = sqlite3.connect(work.path)
    pending = ["BEGIN IMMEDIATE"]  # another program begins to write after the first of the two edits
    work.window.controls.desk.contents.edited.connect(lambda _: pending and other.execute(pending.pop()))
    button(dialog).click()
    assert dialog.isVisible()
    assert "is writing" in work.status
    other.rollback()
    other.close()
    ok(dialog, work.window)
    assert [mention["name"] for mention in mentions(rows)][:3] == ["Agent", "Location", "Time"]
    assert rows("SELECT count(*) FROM history WHERE kind = 'describe label'") == [(2,)]


def test_in_a_one_hand_set_the_project_s_keys_are_named_and_changed(work: AtWork, player: Player, rows: Ask) -> None:
    work.window.controls.desk.settings.key_set = "left"
    work.reopen()
    dialog = opened(work.window)
    assert "in it the first labels have A, S, D, F, G" in said(dialog)
    assert "⚠" not in said(dialog), "L is no clash: its place is taken by S"
    enter(work.player, dialog, "Key of Location", "X")
    ok(dialog, work.window)
    assert mentions(rows)[1]["hotkey"] == "X"
    entry = work.window.findChild(QAction, "label location")
    assert entry is not None
    assert entry.shortcut() == QKeySequence("S")


def test_nothing_changed_is_no_edit(work: AtWork, rows: Ask) -> None:
    dialog = opened(work.window)
    ok(dialog, work.window)
    assert rows("SELECT count(*) FROM history WHERE kind = 'describe label'") == [(0,)]


def test_what_another_program_wrote_is_shown_after_reading_again(work: AtWork, player: Player, rows: Ask) -> None:
    ((schema,),) = rows("SELECT schema FROM project")
    other = sqlite3.connect(work.path)
    with other:
        other.execute("UPDATE project SET schema = ?", (str(schema).replace('"Date"', '"Time"'),))
    other.close()
    player.press("F5")
    assert work.action("label date") == "Tag as Time"


def test_each_part_of_the_dialog_has_a_name_for_screen_readers(work: AtWork, player: Player) -> None:
    dialog = opened(work.window)
    player.press("Ctrl+Home")
    seen = set()
    for _ in range(80):
        for widget in dialog.findChildren(QWidget):
            is_box = isinstance(widget.parent(), QDialogButtonBox)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and not is_box:
                assert widget.accessibleName(), (dialog.outline.chosen, widget)
        seen.add(dialog.outline.chosen)
        player.press("Down")
    assert len(seen) > 50
