"""Tagging words by key and mouse, read back from the file."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.spans import Span
from annotator.ui.main_window import MainWindow
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.texts import ARABIC, CUTS, MENTIONS, MIXED, QUOTES, STRIKE

Ask = Callable[..., list[tuple[object, ...]]]
LABELS = {"A": "actor", "L": "location", "D": "date", "Q": "quantity", "O": "other"}


def place(window: MainWindow, words: str) -> QPoint:
    """A point in the first letter of the words."""
    start = window.view.text.index(words)
    return window.view.place_of(Span(start, start + 1)).center().toPoint() + QPoint(3, 0)


@pytest.mark.parametrize("key", LABELS)
def test_each_label_key_tags_the_selected_words(key: str, player: Player, rows: Ask) -> None:
    where = player.select("Harbour Union")
    player.press(key)
    player.press("Escape")
    assert rows(MENTIONS) == [(LABELS[key], "Harbour Union", where.start, where.end)]


@pytest.mark.parametrize("key", LABELS)
def test_with_alt_each_label_key_takes_just_the_letters(key: str, player: Player, rows: Ask) -> None:
    start = STRIKE.index("Harbour")
    player.go(start)
    player.press("Right", 2)
    player.press("Shift+Right", 3)
    player.press(f"Alt+{key}")
    player.press("Escape")
    assert rows(MENTIONS) == [(LABELS[key], "rbo", start + 2, start + 5)]


def test_a_ragged_selection_grows_to_whole_words_and_loses_its_blanks(player: Player, rows: Ask) -> None:
    start = STRIKE.index("Harbour")
    player.go(start - 1)
    player.press("Shift+Right", len(" Harbour Un"))
    player.press("O")
    assert rows(QUOTES) == [("other", "Harbour Union")]


def test_a_selection_made_backwards_is_tagged_alike(player: Player, rows: Ask) -> None:
    start = STRIKE.index("Harbour")
    player.go(start + len("Harbour Union"))
    player.press("Shift+Left", len("Harbour Union") - 2)
    player.press("O")
    assert rows(MENTIONS) == [("other", "Harbour Union", start, start + 13)]


def test_the_word_at_the_caret_is_tagged_without_its_possessive(player: Player, rows: Ask) -> None:
    player.go(STRIKE.index("Lind’s") + 2)
    player.press("A")
    assert rows(QUOTES) == [("actor", "Lind")]


def test_a_selection_of_blanks_is_refused(work: AtWork, player: Player, rows: Ask) -> None:
    player.go(STRIKE.index("\n\n"))
    player.press("Shift+Right", 2)
    player.press("A")
    assert work.status != ""
    assert rows(MENTIONS) == []


def test_the_same_label_on_the_same_words_is_refused_and_nothing_is_written(
    work: AtWork, player: Player, rows: Ask
) -> None:
    player.tag("Port Vale", "L")
    history = rows("SELECT count(*) FROM history")
    player.press("Escape", 2)
    player.select("Port Vale")
    player.press("L")
    assert "already" in work.status
    assert rows(QUOTES) == [("location", "Port Vale")]
    assert rows("SELECT count(*) FROM history") == history


def test_a_second_label_on_the_same_words_and_a_nested_tag_are_fine(player: Player, rows: Ask) -> None:
    player.tag("Port Vale", "L")
    player.select("Port Vale")
    player.press("O")
    player.select("Port")
    player.press("O")
    assert rows(QUOTES) == [("other", "Port"), ("location", "Port Vale"), ("other", "Port Vale")]


def test_a_label_key_on_a_chosen_mention_changes_it_in_place(player: Player, rows: Ask) -> None:
    player.tag("Monday", "Q")
    (before,) = rows("SELECT id FROM mention")
    player.press("D")
    assert rows("SELECT id, label, quote FROM mention") == [(*before, "date", "Monday")]


def test_relabelling_a_mention_as_what_it_is_changes_nothing(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Monday", "D")
    before = rows("SELECT * FROM mention"), rows("SELECT count(*) FROM history")
    player.press("D")
    assert work.status != ""
    assert (rows("SELECT * FROM mention"), rows("SELECT count(*) FROM history")) == before


@pytest.mark.parametrize("key", ["Delete", "Backspace"])
def test_the_chosen_mention_is_removed(key: str, player: Player, rows: Ask) -> None:
    player.tag("Monday", "D")
    player.tag("300", "Q")
    player.press(key)
    assert rows(QUOTES) == [("date", "Monday")]


def test_with_nothing_chosen_delete_removes_nothing(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Monday", "D")
    player.press("Escape")
    player.press("Delete")
    assert "Choose" in work.status
    assert rows(QUOTES) == [("date", "Monday")]


@pytest.mark.parametrize(
    ("key", "quote"),
    [
        ("[", "that Harbour Union"),
        ("]", "Harbour Union members"),
        ("{", "Union"),
        ("}", "Harbour"),
        ("Alt+[", " Harbour Union"),
        ("Alt+]", "Harbour Union "),
        ("Alt+{", "arbour Union"),
        ("Alt+}", "Harbour Unio"),
    ],
)
def test_brackets_move_an_edge(key: str, quote: str, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "O")
    player.press(key)
    start = STRIKE.index(quote)
    ((label, stored, first, last),) = rows(MENTIONS)
    assert label == "other"
    assert str(stored).strip() == quote.strip()
    assert isinstance(first, int)
    assert isinstance(last, int)
    assert STRIKE[first:last] == stored
    assert (first, last) == (start, start + len(quote)) or stored == quote.strip()


def test_an_edge_stops_at_the_ends_of_the_text(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Dockers", "O")
    player.press("[")
    assert "cannot be moved" in work.status
    player.press("Alt+[")
    assert rows(MENTIONS) == [("other", "Dockers", 0, 7)]


def test_an_edge_never_passes_the_other_one(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Monday", "D")
    player.press("}")
    assert "cannot be moved" in work.status
    player.press("{")
    assert rows(QUOTES) == [("date", "Monday")]


def test_tab_and_shift_tab_walk_in_reading_order_and_stop_at_the_ends(
    work: AtWork, window: MainWindow, player: Player
) -> None:
    for words, key in (("300", "Q"), ("Monday", "D"), ("Dockers", "O")):
        player.tag(words, key)
    player.press("Escape", 2)
    player.press("Ctrl+Home")
    walked = []
    for _ in range(3):
        player.press("Tab")
        chosen = window.controls.marking.mention
        walked.append(chosen.quote if chosen else "")
    assert walked == ["Dockers", "Monday", "300"]
    player.press("Tab")
    assert "no mention after" in work.status
    player.press("Shift+Tab", 2)
    chosen = window.controls.marking.mention
    assert chosen is not None
    assert chosen.quote == "Dockers"
    player.press("Shift+Tab")
    assert "no mention before" in work.status


def test_every_digit_sets_the_kind_it_stands_for(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "A")
    kinds = []
    for digit in "87654321":
        player.press(digit)
        kinds += [kind for (kind,) in rows("SELECT kind FROM entity")]
    wanted = [kind.key for kind in reversed(work.window.controls.desk.schema.kinds)]
    assert kinds == wanted


def test_a_digit_with_nothing_chosen_is_refused(work: AtWork, player: Player, rows: Ask) -> None:
    player.press("2")
    assert "Choose a mention or an entity" in work.status
    assert rows("SELECT count(*) FROM entity") == [(0,)]


@pytest.mark.parametrize("key", ["Ctrl+L", "Ctrl+F"])
def test_letters_and_signs_in_a_box_do_nothing_to_the_article(key: str, player: Player, rows: Ask) -> None:
    player.tag("Monday", "D")
    before = rows("SELECT count(*) FROM history")
    player.press(key)
    player.type("ALDQOCSUINPE12]")
    player.press("Backspace")
    player.press("Delete")
    assert rows(QUOTES) == [("date", "Monday")]
    assert rows("SELECT count(*) FROM history") == before


def test_a_double_click_selects_a_word_for_the_next_key(window: MainWindow, player: Player, rows: Ask) -> None:
    QTest.mouseDClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=place(window, "Lind’s"))
    assert window.view.selection() == player.find("Lind’s") or window.view.selection() == player.find("Lind", 2)
    player.press("A")
    assert rows(QUOTES) == [("actor", "Lind")]


def test_a_third_click_selects_the_paragraph(window: MainWindow, player: Player) -> None:
    spot = place(window, "Harbour")
    QTest.mouseDClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    selection = window.view.selection()
    assert selection is not None
    assert selection.cut(STRIKE).strip() == STRIKE.split("\n\n")[1]


def test_dragging_with_the_mouse_selects_and_alt_keeps_it_exact(window: MainWindow, player: Player, rows: Ask) -> None:
    ground = window.view.viewport()
    begin, end = place(window, "Harbour"), place(window, "Union members")
    for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier):
        QTest.mousePress(ground, Qt.MouseButton.LeftButton, modifier, begin + QPoint(12, 0))
        QTest.mouseMove(ground, (begin + end) / 2)
        QTest.mouseMove(ground, end + QPoint(12, 0))
        QTest.mouseRelease(ground, Qt.MouseButton.LeftButton, modifier, end + QPoint(12, 0))
        QApplication.processEvents()
        player.press("O")
    quotes = [str(quote) for _, quote in rows(QUOTES)]
    assert "Harbour Union" in quotes
    (exact,) = [quote for quote in quotes if quote != "Harbour Union"]
    assert exact in "Harbour Union"


def test_clicks_go_from_the_smallest_mention_outwards(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Harbour", "O")
    player.tag("Harbour Union", "O")
    player.press("Escape", 2)
    player.press("Ctrl+Home")
    chosen = []
    for _ in range(3):
        QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=place(window, "Harbour"))
        QApplication.processEvents()
        mention = window.controls.marking.mention
        chosen.append(mention.quote if mention else "")
    assert chosen == ["Harbour", "Harbour Union", "Harbour"]
    player.press("Delete")
    assert rows(QUOTES) == [("other", "Harbour Union")]


def test_a_click_beside_all_mentions_lets_go(window: MainWindow, player: Player) -> None:
    player.tag("Monday", "D")
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=place(window, "officials"))
    assert window.controls.marking.mention is None
    assert window.view.board.chosen == frozenset()


def test_places_are_code_points_beside_emoji_chinese_and_combining_letters(player: Player, rows: Ask) -> None:
    player.press("Ctrl+PgDown")
    for words, key, nth in (("Zoë", "A", 1), ("王小明", "A", 1), ("Cafe\u0301", "O", 1), ("Port Vale", "L", 1)):
        player.tag(words, key, nth)
    player.tag("Zoë", "O", 2)
    found = rows(CUTS)
    assert [quote for quote, *_ in found] == ["Zoë", "王小明", "Cafe\u0301", "Port Vale", "Zoë"]
    for quote, start, end, cut in found:
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert MIXED[start:end] == quote == cut


def test_places_are_right_in_text_from_right_to_left(player: Player, rows: Ask) -> None:
    player.press("Ctrl+PgDown", 2)
    player.tag("أحمد كريم", "A")
    player.tag("سامي", "A")
    player.tag("Omar", "A")
    found = rows(CUTS)
    assert [quote for quote, *_ in found] == ["أحمد كريم", "سامي", "Omar"]
    for quote, start, end, cut in found:
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert ARABIC[start:end] == quote == cut


def test_a_selection_over_paragraphs_keeps_the_line_ends(player: Player, rows: Ask) -> None:
    player.press("Ctrl+PgDown")
    wanted = player.select("hall.\r\n\r\nTail")
    player.press("O")
    assert rows(MENTIONS) == [("other", "hall.\r\n\r\nTail", wanted.start, wanted.end)]


def test_copying_gives_the_stored_text_with_its_line_ends(player: Player) -> None:
    player.press("Ctrl+PgDown")
    player.press("Ctrl+A")
    player.press("Ctrl+C")
    assert QApplication.clipboard().text() == MIXED
    player.go(MIXED.index("hall."))
    player.press("Shift+Right", len("hall.\n\nTail"))
    player.press("Ctrl+C")
    assert QApplication.clipboard().text() == "hall.\r\n\r\nTail"


def test_typing_into_the_text_changes_nothing_of_it(window: MainWindow, player: Player, rows: Ask) -> None:
    player.type("xyzXYZ ,;")
    player.press("Return")
    player.press("Escape")
    player.press("Ctrl+X")
    assert rows("SELECT text FROM text t JOIN article a ON a.sha256 = t.sha256 ORDER BY a.seq")[0] == (STRIKE,)
    assert window.view.toPlainText() == STRIKE
