"""The look of the window: text size, panels, colours, the shortcut sheet, settings; and the inspector when it fails."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from annotator.ui.actions import all_actions
from annotator.ui.article.marks import Mark, MarkIndex
from annotator.ui.article.offsets import OffsetMap
from annotator.ui.article.reading import LARGEST, SMALLEST, USUAL
from annotator.ui.article.view import ArticleView
from annotator.ui.dialogs.shortcuts import ShortcutSheet
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.theme import DARK, LIGHT, Theme
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work
from tests.ui.texts import STRIKE

Ask = Callable[..., list[tuple[object, ...]]]
PIECES = (
    *("a", "Word", " ", "\t", "\r", "\n", "\r\n", "\u2028", "\u2029", "\u00a0", "\ufeff", "\u200f", "\ufffc", "\x0b"),
    *("e\u0301", "🙂", "👩🏽\u200d🚒", "王小明", "قال", "שלום", "\U00020000", "ﬁ", "\x0c", "\x85", "\ufdd0"),
)
TEXT = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


# Offsets


@given(TEXT)
def test_every_offset_comes_back_but_the_one_inside_a_windows_line_end(text: str) -> None:
    offsets = OffsetMap(text)
    for offset in range(len(text) + 1):
        inside = text[offset - 1 : offset + 1] == "\r\n" and offset > 0
        assert offsets.offset(offsets.position(offset)) == (offset - 1 if inside else offset)


@given(TEXT)
def test_positions_never_go_back_and_count_as_qt_counts(text: str) -> None:
    offsets = OffsetMap(text)
    positions = [offsets.position(offset) for offset in range(len(text) + 1)]
    assert positions == sorted(positions)
    assert positions[-1] == len(offsets.display.encode("utf-16-le")) // 2


@settings(max_examples=60)
@given(text=TEXT, data=st.data())
def test_what_is_selected_and_copied_is_the_stored_text(qapp: QApplication, text: str, data: st.DataObject) -> None:
    view = ArticleView(Theme("light"))
    view.show_text(text, [])
    document, offsets = view.document(), view.offsets
    assert document.blockCount() == offsets.paragraph_count
    for number in range(offsets.paragraph_count):
        assert document.findBlockByNumber(number).position() == offsets.paragraph_position(number)
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        view.select(Span(start, end))
        halves = {place for place in (start, end) if place and text[place - 1 : place + 1] == "\r\n"}
        if not halves:
            assert view.selection() == Span(start, end)
            # A clipboard takes a mark at the very beginning for one of byte order.
            copied = view.createMimeDataFromSelection().text()
            assert copied.lstrip("\ufeff") == text[start:end].lstrip("\ufeff")
    view.deleteLater()


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.integers(0, 30)), max_size=14),
    st.lists(st.integers(0, 13), max_size=5),
)
def test_underlines_in_one_lane_never_overlap(places: list[tuple[int, int, int]], gone: list[int]) -> None:
    offsets = OffsetMap("Some words of a text.\nAnd further words 🙂 below.\r\n" * 3)
    length = len(offsets.text)
    index = MarkIndex(offsets)
    for number, (start, size, gap) in enumerate(places):
        spans = [Span(start, min(start + size, length))]
        if gap and spans[0].end + gap + 3 <= length:
            spans.append(Span(spans[0].end + gap, spans[0].end + gap + 3))
        index.put(Mark(f"{number}", tuple(spans), "actor"))
        index.lanes(offsets.paragraph_at(start))  # what was asked before a change must not be answered after it
    for number in gone:
        index.remove(f"{number}")
    for paragraph in range(offsets.paragraph_count):
        assert index.lanes(paragraph) == MarkIndex(offsets, index).lanes(paragraph)
        pieces = index.pieces(paragraph)
        for one in pieces:
            for other in pieces:
                apart = one.end <= other.start or other.end <= one.start
                assert one.mark is other.mark or one.lane != other.lane or apart


# Text size


def test_zoom_keys_change_the_text_size_within_bounds(window: MainWindow, player: Player) -> None:
    view = window.view
    player.press("Ctrl++", 2)
    assert view.font_size == USUAL + 2
    player.press("Ctrl+-", 5)
    assert view.font_size == USUAL - 3
    player.press("Ctrl+-", 20)
    assert view.font_size == SMALLEST
    player.press("Ctrl++", 60)
    assert view.font_size == LARGEST
    player.press("Ctrl+0")
    assert view.font_size == USUAL


def test_ctrl_and_the_wheel_zoom_and_the_wheel_alone_does_not(window: MainWindow, player: Player) -> None:
    ground = window.view.viewport()
    middle = QPointF(ground.rect().center())
    for modifier, change in ((Qt.KeyboardModifier.NoModifier, 0), (Qt.KeyboardModifier.ControlModifier, 1)):
        wheel = QWheelEvent(
            *(middle, QPointF(ground.mapToGlobal(middle.toPoint())), QPoint(0, 120), QPoint(0, 120)),
            *(Qt.MouseButton.NoButton, modifier, Qt.ScrollPhase.NoScrollPhase, False),
        )
        QApplication.sendEvent(ground, wheel)
        assert window.view.font_size == USUAL + change


def test_the_line_at_the_top_stays_there_when_the_text_grows(tmp_path: Path, qtbot: QtBot) -> None:
    long = "".join(f"Paragraph {number}. {'Words and words. ' * 30}\n" for number in range(200))
    with at_work(tmp_path / "long", long) as other:
        view = other.window.view
        other.player.press("PgDown", 20)
        top = view.in_sight()[0]
        assert top > 0
        other.player.press("Ctrl++", 4)
        assert view.in_sight()[0] == top


# Panels


def dock(window: MainWindow, name: str) -> QDockWidget:
    """One of the panels around the article."""
    found = window.findChild(QDockWidget, name)
    assert found is not None
    return found


def test_the_labels_above_the_first_line_show_when_the_caret_comes_back_to_it(tmp_path: Path, qtbot: QtBot) -> None:
    del qtbot
    with at_work(tmp_path / "long", "\n\n".join(["Ana Ruiz said so."] * 200)) as other:
        view = other.window.view
        for keys in ("Ctrl+Home", "Ctrl+Up"):
            other.player.press("Ctrl+End")
            assert view.cursorRect().top() > 100
            other.player.press(keys, 1 if keys == "Ctrl+Home" else 250)
            assert view.caret == 0
            assert view.cursorRect().top() > view.cursorRect().height() / 2
        other.player.press("Down", 30)
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + view.cursorRect().top() - 2)
        before = view.verticalScrollBar().value()
        QTest.keyClick(view, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
        assert view.verticalScrollBar().value() == before, "a key that moves nothing does not scroll"


def test_panels_that_were_closed_moved_or_taken_out_are_so_on_another_day(work: AtWork) -> None:
    dock(work.window, "claims").close()
    work.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock(work.window, "inspector"))
    dock(work.window, "entities").setFloating(True)
    work.reopen()
    window = work.window
    assert not dock(window, "claims").isVisible()
    assert window.dockWidgetArea(dock(window, "inspector")) is Qt.DockWidgetArea.LeftDockWidgetArea
    assert dock(window, "entities").isFloating()
    assert dock(window, "queue").isVisible()


def test_a_closed_panel_comes_back_by_its_key(window: MainWindow, player: Player) -> None:
    for name, key in (("entities", "Ctrl+1"), ("claims", "Ctrl+2")):
        dock(window, name).close()
        player.press("F6")
        player.press(key)
        assert dock(window, name).isVisible()


def test_settings_that_make_no_sense_do_not_keep_the_window_shut(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "settings.ini").write_text(
        "[article]\nfont_size=-4\n[window]\ndocks=nonsense\ngeometry=@ByteArray(abc)\ntheme=pink\n", encoding="utf-8"
    )
    with at_work(tmp_path / "broken") as other:
        assert other.window.isVisible()
        assert SMALLEST <= other.window.view.font_size <= LARGEST


def test_a_text_size_that_is_no_number_is_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / "settings.ini").write_text("[article]\nfont_size=large\n", encoding="utf-8")
    assert Settings(tmp_path / "settings.ini").font_size == USUAL


# Colours


def menu_entry(window: MainWindow, name: str) -> QAction:
    """An entry of the menus."""
    found = window.findChild(QAction, name)
    assert found is not None
    return found


def test_light_and_dark_are_switched_at_once_and_remembered(work: AtWork) -> None:
    for choice, tones in (("dark", DARK), ("light", LIGHT)):
        menu_entry(work.window, choice).trigger()
        page = work.window.view.palette().color(QPalette.ColorRole.Base)
        assert page.name().upper() == tones.page
        assert QGuiApplication.palette().color(QPalette.ColorRole.Window).name().upper() == tones.window
        shown = work.window.view.viewport().grab().toImage()
        corner = shown.pixelColor(shown.width() - 3, shown.height() - 3)
        assert (corner.lightness() < 128) == tones.is_dark
    menu_entry(work.window, "dark").trigger()
    settings_file = work.path.parent / "settings.ini"
    work.reopen()
    assert Settings(settings_file).theme == "dark"
    menu_entry(work.window, "light").trigger()


# The shortcut sheet


def test_the_sheet_names_each_key_of_the_table_once_and_finds_it(
    window: MainWindow, player: Player, qtbot: QtBot
) -> None:
    player.press("F1")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, ShortcutSheet)
    labels = [label.text() for label in sheet.findChildren(QLabel)]
    shown = " or ".join(labels).split(" or ")
    for action in all_actions(window.controls.desk.schema):
        for key in action.keys:
            words = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            assert not words or words in shown, f"{action.id}: {words}"  # a system may lack a standard key
    player.type("merge nothing of the kind")
    assert [label for label in sheet.findChildren(QLabel) if label.isVisible() and "Tag as" in label.text()] == []
    sheet.box.clear()
    player.type("tag as actor")
    visible = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert "Tag as Actor" in visible
    assert "Tag as Location" not in visible
    assert "Mark" in visible
    assert "Claim" not in visible, "no heading stands over nothing"
    player.press("Escape")
    assert not sheet.isVisible()


# When saving fails


def test_a_note_that_cannot_be_saved_now_is_not_lost(
    work: AtWork, window: MainWindow, player: Player, rows: Ask
) -> None:
    player.tag("Monday", "D")
    note = window.controls.inspector.form.fields["note"]
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    player.type("long thought")
    other = sqlite3.connect(work.path)
    other.execute("BEGIN EXCLUSIVE")
    player.press("Escape")
    assert "is writing" in work.status
    other.rollback()
    other.close()
    assert note.toPlainText() == "long thought"
    note.setFocus()
    player.press("Escape")
    assert rows("SELECT note FROM mention") == [("long thought",)]


def test_enter_and_escape_walk_between_text_and_inspector(window: MainWindow, player: Player) -> None:
    player.tag("Monday", "D")
    player.press("Return")
    assert not window.view.hasFocus()
    player.press("Escape")
    assert window.view.hasFocus()
    chosen = window.controls.marking.mention
    assert chosen is not None
    assert chosen.quote == "Monday"


def test_the_menu_at_the_mouse_offers_what_can_be_done(window: MainWindow, player: Player, rows: Ask) -> None:
    player.go(STRIKE.index("Monday"))
    place = window.view.place_of(player.find("Monday")).center().toPoint()
    window.view.menu_wanted.emit(window.view.viewport().mapToGlobal(place))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    entries = {entry.text(): entry for entry in menu.actions()}
    assert {"Tag as Date", "New claim from selection", "Copy"} <= entries.keys()
    entries["Tag as Date"].trigger()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert rows("SELECT label, quote FROM mention") == [("date", "Monday")]
