"""Letter keys on keyboards that write other letters: key events as the system sends them, with scan codes."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.keyboards import is_other_letter, latin_key
from annotator.ui.main_window import MainWindow
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.conftest import Ask
from tests.ui.texts import QUOTES

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
XKB = {"A": 38, "C": 54, "D": 40, "E": 26, "L": 46, "P": 33, "S": 39, "Z": 52, "[": 34, "]": 35, ".": 60}
"""Codes as X11 and Wayland count keys: Linux's code and 8."""


def strike(target: QWidget, letter: str, place: str, modifiers: Qt.KeyboardModifier = NONE) -> bool:
    """The key in the place of a Latin one is pressed and writes a letter of its own; whether somebody took it."""
    typed = letter if modifiers in {NONE, SHIFT} else ""
    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifiers, XKB[place], 0, 0, typed)
    event.ignore()
    QApplication.sendEvent(target, event)
    return event.isAccepted()


@pytest.mark.parametrize("letter", ["ф", "α", "ش", "ש", "ա", "ა", "ᄆ"])
def test_a_letter_of_any_script_counts_as_the_one_in_its_place(
    window: MainWindow, player: Player, rows: Ask, letter: str
) -> None:
    player.select("Monday")
    assert strike(window.view, letter, "A")
    assert rows(QUOTES) == [("actor", "Monday")]
    assert rows("SELECT count(*) FROM history WHERE kind = 'tag'") == [(1,)], "once"


def test_shift_ctrl_and_alt_count(window: MainWindow, player: Player, rows: Ask) -> None:
    player.claim([("We stop", 1)], [], None)
    player.select("at noon")
    strike(window.view, "с", "C", SHIFT)
    assert rows("SELECT quote FROM claim") == [("We stop … at noon",)]
    player.go(window.view.text.index("Harbour"))
    player.press("Shift+Right", 4)
    strike(window.view, "в", "D", ALT)
    assert rows(QUOTES) == [("date", "Harb")]
    strike(window.view, "я", "Z", CTRL)
    assert rows(QUOTES) == []
    strike(window.view, "я", "Z", CTRL | SHIFT)
    assert rows(QUOTES) == [("date", "Harb")]


def test_signs_in_the_place_of_letters_count_as_well(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Union", "O")
    strike(window.view, "х", "[")
    assert rows(QUOTES) == [("other", "Harbour Union")]
    strike(window.view, "х", "[", SHIFT)
    assert rows(QUOTES) == [("other", "Union")]


def test_a_letter_that_an_action_has_for_its_key_is_left_to_it(work: AtWork, player: Player, rows: Ask) -> None:
    work.window.controls.desk.settings.key_changes = '{"claim": ["Ф"]}'
    work.reopen()
    work.player.select("Monday")
    strike(work.window.view, "ф", "A")
    assert rows("SELECT quote FROM claim") == [("Monday",)]
    assert rows(QUOTES) == [], "and not the letter in its place as well"
    entry = work.window.findChild(QAction, "claim")
    assert entry is not None
    entry.setEnabled(False)
    work.player.select("at noon")
    strike(work.window.view, "ф", "A")
    assert rows("SELECT quote FROM claim") == [("Monday",)]
    assert rows(QUOTES) == [], "nor when that action is off"


def test_latin_letters_and_keys_without_an_action_are_left_alone(window: MainWindow, player: Player, rows: Ask) -> None:
    player.select("Monday")
    for letter in ("ö", "é", "ł"):
        strike(window.view, letter, "A")
    strike(window.view, "я", "Z")
    assert rows(QUOTES) == []


def test_text_fields_get_the_letter(window: MainWindow, player: Player, rows: Ask) -> None:
    player.select("Monday")
    player.press("Ctrl+L")
    box = window.controls.queue.filter_box
    assert strike(box, "ф", "A")
    assert box.text() == "ф"
    assert rows(QUOTES) == []


def test_an_action_that_is_off_stays_off(window: MainWindow, player: Player, rows: Ask) -> None:
    entry = window.findChild(QAction, "label actor")
    assert entry is not None
    entry.setEnabled(False)
    player.select("Monday")
    strike(window.view, "ф", "A")
    assert rows(QUOTES) == []


def test_keys_follow_another_key_set(work: AtWork, player: Player, rows: Ask) -> None:
    work.window.controls.desk.settings.key_set = "left"
    work.reopen()
    work.player.select("Port Vale")
    strike(work.window.view, "ы", "S")
    assert rows(QUOTES) == [("location", "Port Vale")]
    strike(work.window.view, "к", "P")  # where a Latin keyboard has P: no letter of this set
    work.player.press("R")
    assert rows(QUOTES) == []


def test_undo_by_a_letter_works_as_well(work: AtWork, player: Player, rows: Ask) -> None:
    work.window.controls.desk.settings.key_set = "right"
    work.reopen()
    work.player.select("Port Vale")
    strike(work.window.view, "д", "L")
    assert rows(QUOTES) == [("location", "Port Vale")]
    event = QKeyEvent(QEvent.Type.KeyPress, ord("Н"), NONE, 21 + 8, 0, 0, "н")
    QApplication.sendEvent(work.window.view, event)
    assert rows(QUOTES) == []


@pytest.mark.parametrize(
    ("platform", "scan_code", "virtual_key", "letter"),
    [
        *(("xcb", 38, 0, "A"), ("wayland", 52, 0, "Z"), ("wayland-egl", 24, 0, "Q"), ("offscreen", 58, 0, "M")),
        *(("windows", 30, 65, "A"), ("windows", 44, 0, "Z"), ("windows", 16, 0, "Q"), ("windows", 51, 0, ",")),
        *(
            ("cocoa", 0, 0, "A"),
            ("cocoa", 0, 6, "Z"),
            ("cocoa", 0, 12, "Q"),
            ("cocoa", 0, 46, "M"),
            ("cocoa", 0, 43, ","),
        ),
        *(("xcb", 0, 0, None), ("windows", 1, 0, None), ("xcb", 9, 0, None), ("cocoa", 0, 36, None)),
    ],
)
def test_places_of_keys(platform: str, scan_code: int, virtual_key: int, letter: str | None) -> None:
    assert latin_key(platform, scan_code, virtual_key) == letter


def test_which_letters_are_not_latin() -> None:
    assert all(is_other_letter(ord(letter)) for letter in "ЖΩשش中")
    assert not any(is_other_letter(ord(letter)) for letter in "AzÖÉŁ1;[×")
    assert not is_other_letter(Qt.Key.Key_F1)
