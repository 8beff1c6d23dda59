"""How much shows: densities, numbers, hidden characters, lanes of overlapping mentions, preferences, the ruler."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QColor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QDoubleSpinBox, QListWidget, QSpinBox
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from annotator.ui.article.hidden import find_hidden, list_hidden
from annotator.ui.article.reading import Density
from annotator.ui.article.ruler import Ruler
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work

HIDDEN = (
    "Ana\u200f met\u202e evil\u202c Ben\u00a0Bo.\tZero\u200bwidth "
    "\ufeffhere \u200d 👩🏽\u200d🚒 می\u200cخواهم\r\nEnd.\n"
)


def height(work: AtWork) -> float:
    """How high the article is."""
    return work.window.view.document().documentLayout().documentSize().height()


def trigger(work: AtWork, name: str) -> None:
    """Chooses a menu entry."""
    found = work.window.findChild(QAction, name)
    assert found is not None
    found.trigger()


def test_h_cycles_three_densities_that_are_remembered(work: AtWork, player: Player) -> None:
    view, heights = work.window.view, {}
    player.tag("Mara Lind", "A")
    for density in (Density.CLEAN, Density.LINES, Density.NAMES):
        player.press("H")
        assert view.reading.density is density
        heights[density] = height(work)
    assert heights[Density.CLEAN] < heights[Density.LINES] < heights[Density.NAMES]
    player.press("Shift+H")
    assert view.reading.density is Density.LINES
    work.reopen()
    assert work.window.view.reading.density is Density.LINES
    checked = [work.window.findChild(QAction, f"density {density}") for density in Density]
    work.window.menuBar().actions()[5].menu().aboutToShow.emit()  # type: ignore[attr-defined]  # a QMenu
    assert [entry.isChecked() for entry in checked if entry] == [False, True, False]


def test_ten_mentions_on_one_line_have_lanes_and_room_of_their_own(work: AtWork, player: Player) -> None:
    view, words = work.window.view, "Mara Lind said on Monday that Harbour Union members would"
    start = view.text.index(words)
    before, second = height(work), view.text.index("“We stop")
    top = view.place_of(Span(second, second + 1)).top()
    parts = words.split(" ")
    for count in range(10, 0, -1):
        player.select(" ".join(parts[:count]))
        player.press("O")
        player.press("Escape", 2)
    number = view.offsets.paragraph_at(start)
    pieces = view.board.mentions.pieces(number)
    assert sorted(piece.lane for piece in pieces) == list(range(10))
    assert height(work) > before
    assert view.place_of(Span(second, second + 1)).top() > top
    player.press("Ctrl+Z", 10)
    assert height(work) == before
    assert view.place_of(Span(second, second + 1)).top() == pytest.approx(top)


def test_small_turns_of_a_wheel_add_up(work: AtWork) -> None:
    view = work.window.view
    ground, size = view.viewport(), view.font_size
    middle = QPointF(ground.rect().center())
    for expected in (0, 0, 0, 1, 1):
        wheel = QWheelEvent(
            *(middle, QPointF(ground.mapToGlobal(middle.toPoint())), QPoint(0, 0), QPoint(0, 30)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(ground, wheel)
        assert view.font_size == size + expected


def test_preferences_are_seen_at_once_and_cancel_brings_back(work: AtWork, player: Player) -> None:
    view, before = work.window.view, work.window.view.reading
    for button, is_kept in (
        (QDialogButtonBox.StandardButton.Cancel, False),
        (QDialogButtonBox.StandardButton.Ok, True),
    ):
        work.window.activateWindow()  # without a window manager nothing else does
        QApplication.processEvents()
        view.setFocus()
        player.press("Ctrl+,")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        fields = {box.accessibleName(): box for box in dialog.findChildren(QDoubleSpinBox)}
        (measure,) = dialog.findChildren(QSpinBox)
        fields["Size"].setValue(17)
        fields["Line spacing"].setValue(1.5)
        measure.setValue(60)
        assert (view.reading.points, view.reading.spacing, view.reading.measure) == (17, 1.5, 60)
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        QTest.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
        assert (view.reading == before) is not is_kept
    work.reopen()
    assert work.window.view.reading.measure == 60


def test_hidden_characters_are_told_from_those_that_build_letters() -> None:
    found = [HIDDEN[place] for place in find_hidden(HIDDEN)]
    assert found == ["\u200f", "\u202e", "\u202c", "\u00a0", "\u200b", "\ufeff", "\u200d"]
    kinds = list_hidden(HIDDEN)
    assert [kind.name for kind in kinds if kind.turns] == [
        "RIGHT-TO-LEFT MARK",
        "RIGHT-TO-LEFT OVERRIDE",
        "POP DIRECTIONAL FORMATTING",
    ] or {kind.code for kind in kinds if kind.turns} == {"U+200F", "U+202E", "U+202C"}
    assert list_hidden("Plain text.\r\nWith 👩🏽\u200d🚒.\n") == []


def test_hidden_characters_are_shown_and_listed(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", HIDDEN) as work:
        view = work.window.view
        before = view.grab().toImage()
        work.player.press("Ctrl+Shift+H")
        assert view.reading.hidden
        assert view.grab().toImage() != before
        trigger(work, "list hidden")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        (shown,) = dialog.findChildren(QListWidget)
        assert shown.count() == 7
        rows = [shown.item(row).text() for row in range(7)]
        assert "1 × RIGHT-TO-LEFT OVERRIDE (U+202E), changes the writing direction" in rows
        shown.setCurrentRow(rows.index("1 × NO-BREAK SPACE (U+00A0)"))
        dialog.activateWindow()  # without a window manager nothing else does
        QApplication.processEvents()
        shown.setFocus()
        work.player.press("Return")
        selection = view.selection()
        assert selection is not None
        assert selection.cut(HIDDEN) == "\u00a0"
        work.player.press("Escape")


def test_paragraph_numbers_are_shown_and_remembered(work: AtWork) -> None:
    before = work.window.view.grab().toImage()
    trigger(work, "numbers")
    assert work.window.view.grab().toImage() != before
    work.reopen()
    assert work.window.view.reading.numbers


def test_the_ruler_shows_a_mention_far_down_and_goes_there(tmp_path: Path, qtbot: QtBot) -> None:
    text = "".join(f"Paragraph {number} of many.\n" for number in range(400))
    with at_work(tmp_path / "p", text) as work:
        view, player = work.window.view, work.player
        (ruler,) = view.findChildren(Ruler)
        player.press("Ctrl+End")
        player.press("Up")
        player.press("Ctrl+Right", 2)
        player.press("A")
        player.press("Escape", 2)
        player.press("Ctrl+Home")

        def marked() -> list[int]:
            image, page = ruler.grab().toImage(), QColor(view.decorations.ink.tones.page)
            return [y for y in range(image.height()) if image.pixelColor(4, y) != page]

        qtbot.waitUntil(lambda: bool(marked()))
        assert min(marked()) > ruler.height() * 0.9
        QTest.mouseClick(ruler, Qt.MouseButton.LeftButton, pos=QPoint(6, marked()[0]))
        assert view.in_sight()[1] > len(text) - 60
        player.press("Ctrl+Z")
        qtbot.waitUntil(lambda: not marked())
