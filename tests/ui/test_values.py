"""Values by digits, and mentions in pieces."""

import json

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.conftest import Ask
from tests.ui.texts import STRIKE


def test_v_and_two_digits_set_a_value_of_a_mention(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.press("V")
    finder = player.finder
    assert finder is not None
    names = [finder.list.model().index(n, 0).data() for n in range(finder.list.model().rowCount())]
    assert names == ["Kind", "Level", "Unsure"]
    player.type("1")
    player.type("2")
    assert rows("SELECT kind FROM entity") == [("armed group",)]
    player.press("V")
    player.type("3")
    player.type("2")
    assert rows("SELECT unsure FROM mention") == [(1,)]
    player.press("V")
    player.type("9")
    assert player.finder is not None, "there is no ninth field"
    player.press("Escape")
    player.press("V")
    player.type("lev")
    player.press("Return")
    player.press("Down")
    player.press("Return")
    assert rows("SELECT level FROM mention") == [("nominal",)]


def test_a_value_is_set_again_on_the_next_claim(work: AtWork, player: Player, rows: Ask) -> None:
    for words in ("would strike", "at noon"):
        player.select(words)
        player.press("C")
    player.press("V")
    player.type("4")
    player.type("2")
    assert rows("SELECT stance FROM claim ORDER BY start") == [("affirms",), ("denies",)]
    player.press("P")
    player.press(",")
    assert rows("SELECT stance FROM claim ORDER BY start") == [("denies",), ("denies",)]
    player.press("Ctrl+Z")
    assert rows("SELECT stance FROM claim ORDER BY start") == [("affirms",), ("denies",)]


def test_v_needs_something_chosen(work: AtWork, player: Player) -> None:
    player.press("V")
    assert player.finder is None
    assert "Choose a mention or a claim" in work.status


def drag(work: AtWork, words: str, held: Qt.KeyboardModifier) -> None:
    """Drags the mouse over words."""
    view = work.window.view
    start = STRIKE.index(words)
    begin = view.place_of(Span(start, start + 1)).center().toPoint()
    end = view.place_of(Span(start + len(words), start + len(words) + 1)).center().toPoint()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, held, begin)
    QTest.mouseMove(view.viewport(), (begin + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, held, end)
    QApplication.processEvents()


def pieces(rows: Ask) -> list[str]:
    """The pieces of the only mention, in words."""
    ((spans, start, end),) = rows('SELECT spans, start, "end" FROM mention')
    found: list[list[int]] = json.loads(str(spans)) if spans else [[int(str(start)), int(str(end))]]
    return [STRIKE[first:last] for first, last in found]


def test_ctrl_and_the_mouse_add_a_piece_to_the_chosen_mention(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "O")
    drag(work, "Harbour Union", Qt.KeyboardModifier.ControlModifier)
    assert pieces(rows) == ["Mara Lind", "Harbour Union"]
    assert rows("SELECT quote FROM mention") == [("Mara Lind … Harbour Union",)]
    found = work.window.view.board.mentions.pieces(2)
    assert [piece.is_gap for piece in found] == [False, False, True]
    assert len({piece.lane for piece in found}) == 1
    assert STRIKE.split("\n")[2][found[2].start : found[2].end] == " said on Monday that "
    player.press("Ctrl+Z")
    assert pieces(rows) == ["Mara Lind"]


def test_a_double_click_with_ctrl_adds_a_word(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "O")
    place = work.window.view.place_of(Span(STRIKE.index("Monday") + 2, STRIKE.index("Monday") + 3)).center().toPoint()
    held = Qt.KeyboardModifier.ControlModifier
    viewport = work.window.view.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, held, place)
    player.press("Shift+Tab")
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, held, place + QPoint(1, 0))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, held, place + QPoint(1, 0))
    QApplication.processEvents()
    assert pieces(rows) == ["Mara Lind", "Monday"]


def test_plus_adds_a_piece_to_the_mention_chosen_last(work: AtWork, player: Player, rows: Ask) -> None:
    player.press("+")
    assert "Choose a mention" in work.status
    player.tag("Mara Lind", "O")
    player.select("would strike")
    player.press("+")
    player.select("at noon")
    player.press("+")
    assert pieces(rows) == ["Mara Lind", "would strike", "at noon"]
    player.select("at noon")
    player.press("+")
    assert "in the mention already" in work.status
