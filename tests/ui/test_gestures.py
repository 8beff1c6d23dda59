"""Gestures on the article: keys in, rows out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from tests.ui.at_work import VALLEY, WINDOWS, AtWork, at_work

PLACES = 'SELECT label, quote, start, "end" FROM mention ORDER BY start, "end", label'


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """A window on two short articles."""
    with at_work(tmp_path) as opened:
        yield opened


def test_a_label_key_tags_the_selection_snapped_to_words(work: AtWork) -> None:
    start = VALLEY.index("Ana Ruiz")
    work.player.go(start + 1)
    work.player.press("Shift+Right", 4)
    work.player.press("A")
    assert work.rows(PLACES) == [("actor", "Ana Ruiz", start, start + 8)]


def test_with_alt_just_the_letters_are_tagged(work: AtWork) -> None:
    start = VALLEY.index("Taliban-controlled")
    work.player.go(start)
    work.player.press("Shift+Right", 4)
    work.player.press("Alt+A")
    assert work.rows(PLACES) == [("actor", "Tali", start, start + 4)]


def test_with_nothing_selected_the_word_at_the_caret_is_tagged(work: AtWork) -> None:
    start = VALLEY.index("Taliban-controlled")
    work.player.go(start)
    work.player.press("A")
    assert work.rows(PLACES) == [("actor", "Taliban", start, start + 7)]


def test_the_same_label_twice_is_refused_and_another_label_is_fine(work: AtWork) -> None:
    work.player.tag("Kabul", "L")
    work.player.press("Escape", 2)
    work.player.select("Kabul")
    work.player.press("L")
    assert "already" in work.status
    assert len(work.rows(PLACES)) == 1
    work.player.press("A")
    work.player.press("Escape")
    assert [label for label, *_ in work.rows(PLACES)] == ["actor", "location"]


def test_another_key_on_a_chosen_mention_changes_its_label(work: AtWork) -> None:
    work.player.tag("Kabul", "L")
    work.player.press("O")
    assert [row[:2] for row in work.rows(PLACES)] == [("other", "Kabul")]
    assert work.rows("SELECT count(*) FROM entity") == [(0,)], "the place that only this mention named is gone"


def test_brackets_move_the_edges_word_by_word(work: AtWork) -> None:
    work.player.tag("Taliban", "A")
    work.player.press("]")
    work.player.press("[")
    assert [row[1] for row in work.rows(PLACES)] == ["the Taliban-controlled"]
    work.player.press("{")
    work.player.press("}")
    assert [row[1] for row in work.rows(PLACES)] == ["Taliban"]
    work.player.press("Alt+]")
    assert [row[1] for row in work.rows(PLACES)] == ["Taliban-"]


def test_tab_walks_through_the_mentions_and_delete_removes_one(work: AtWork) -> None:
    for words, key in (("Ana Ruiz", "A"), ("Kabul", "L"), ("15", "Q")):
        work.player.tag(words, key)
    work.player.press("Escape", 2)
    work.player.press("Ctrl+Home")
    work.player.press("Tab", 2)
    work.player.press("Delete")
    assert [row[1] for row in work.rows(PLACES)] == ["Ana Ruiz", "Kabul"]
    work.player.press("Ctrl+End")
    work.player.press("Shift+Tab", 2)
    work.player.press("Delete")
    assert [row[1] for row in work.rows(PLACES)] == ["Kabul"]
    work.player.press("Tab", 2)
    assert "no mention after" in work.status


def test_emoji_chinese_and_windows_line_ends_keep_offsets_right(work: AtWork) -> None:
    work.player.press("Ctrl+PgDown")
    work.player.tag("Ruiz", "A")
    work.player.tag("林若岚", "A")
    work.player.tag("Kabul", "L")
    work.player.tag("Ana Ruiz", "O")
    rows = work.rows('SELECT m.quote, m.start, m."end", substr(t.text, m.start + 1, m."end" - m.start) FROM mention m '
                     "JOIN article a ON a.id = m.article_id JOIN text t ON t.sha256 = a.sha256")  # fmt: skip
    assert {quote for quote, *_ in rows} == {"Ruiz", "林若岚", "Kabul", "Ana Ruiz"}
    for quote, start, end, cut in rows:
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert WINDOWS[start:end] == quote == cut


def test_copying_takes_the_stored_text(work: AtWork) -> None:
    work.player.press("Ctrl+PgDown")
    work.player.press("Ctrl+A")
    work.player.press("Ctrl+C")
    assert QApplication.clipboard().text() == WINDOWS


def test_letters_typed_in_a_box_tag_nothing(work: AtWork) -> None:
    work.player.press("Ctrl+L")
    work.player.type("Local")
    assert work.window.controls.queue.filter_box.text() == "Local"
    assert work.rows(PLACES) == []


def test_clicks_select_words_paragraphs_and_mentions(work: AtWork) -> None:
    view = work.window.view
    word = work.player.find("Taliban")
    place = view.place_of(word).center().toPoint()
    place.setX(place.x() + 6)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.selection() == word
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    chosen = view.selection()
    assert chosen is not None
    assert chosen.cut(VALLEY).startswith("Ana Ruiz said")
    assert chosen.cut(VALLEY).rstrip().endswith("denied it.")
    work.player.press("Right")
    work.player.tag("Kabul", "L")
    work.player.press("Escape", 2)
    work.player.click(work.player.find("Kabul"))
    assert view.board.chosen == {row for (row,) in work.rows("SELECT id FROM mention")}


def test_sentences_and_paragraphs_are_selected_by_key(work: AtWork) -> None:
    work.player.go(VALLEY.index("bridge"))
    work.player.press(".")
    selection = work.window.view.selection()
    assert selection is not None
    assert selection.cut(VALLEY) == "Ana Ruiz said that the Taliban-controlled bridge was open."
    work.player.press(".")
    selection = work.window.view.selection()
    assert selection is not None
    assert selection.cut(VALLEY).endswith("Taliban fighters denied it.")
    work.player.press("Ctrl+Up")
    work.player.press("Shift+Ctrl+Down")
    selection = work.window.view.selection()
    assert selection is not None
    assert selection.cut(VALLEY).startswith("Ana Ruiz said")


def test_find_goes_from_hit_to_hit_and_leaves_the_hit_selected(work: AtWork) -> None:
    work.player.press("Ctrl+F")
    work.player.type("taliban")
    work.player.press("Return")
    work.player.press("Escape")
    first = VALLEY.index("Taliban")
    second = VALLEY.index("Taliban", first + 1)
    assert work.window.view.selection() == Span(second, second + 7)
    work.player.press("A")
    assert [row[2] for row in work.rows(PLACES)] == [second]


def test_the_same_name_is_linked_and_a_bare_surname_is_asked_for(work: AtWork) -> None:
    work.player.tag("Ana Ruiz", "A")
    work.player.select("Ruiz", 2)
    work.player.press("A")
    finder = work.player.finder
    assert finder is not None, "the program asks"
    work.player.press("Return")
    linked = work.rows("SELECT e.name, m.quote FROM mention m JOIN entity e ON e.id = m.entity_id ORDER BY m.start")
    assert linked == [("Ana Ruiz", "Ana Ruiz"), ("Ana Ruiz", "Ruiz")]
    assert work.rows("SELECT text, kind FROM alias") == [("Ruiz", "spelling")]


def test_the_finder_makes_a_new_entity_or_leaves_it_open(work: AtWork) -> None:
    work.player.tag("Ana Ruiz", "A")
    work.player.select("Ruiz", 2)
    work.player.press("A")
    work.player.press("Escape")
    assert work.rows("SELECT entity_id FROM mention WHERE quote = 'Ruiz'") == [(None,)]
    work.player.press("E")
    work.player.type("Juan Ruiz")
    work.player.press("Ctrl+Return")
    work.player.press("1")
    assert work.rows("SELECT kind FROM entity WHERE name = 'Juan Ruiz'") == [("person",)]
    assert work.rows("SELECT count(*) FROM entity") == [(2,)]


def test_a_digit_sets_the_kind_of_the_entity(work: AtWork) -> None:
    work.player.tag("Taliban", "A")
    work.player.press("2")
    assert work.rows("SELECT name, kind FROM entity") == [("Taliban", "armed group")]
    work.player.press("8")
    assert work.rows("SELECT kind FROM entity") == [("place",)]
    work.player.tag("Kabul", "L")
    work.player.press("1")
    assert "cannot be one" in work.status


def test_a_claim_gets_content_sources_cue_and_an_outer_claim(work: AtWork) -> None:
    work.player.claim(
        [("a tweet claimed that 15 men were killed near Kabul", 1)], [("the Post", 1)], ("According to", 1)
    )
    work.player.claim([("15 men were killed near Kabul", 1)], [("a tweet", 1)], ("claimed that", 1))
    work.player.claim([("The road", 1), ("is closed", 1)], [("Ruiz", 2)], ("said", 2))
    rows = work.rows(
        "SELECT c.quote, c.cue_quote, c.manner, o.quote FROM claim c LEFT JOIN claim o ON o.id = c.within_id "
        "ORDER BY c.start"
    )
    assert rows == [
        ("The road … is closed", "said", "direct", None),
        ("a tweet claimed that 15 men were killed near Kabul", "According to", "indirect", None),
        (
            "15 men were killed near Kabul",
            "claimed that",
            "indirect",
            "a tweet claimed that 15 men were killed near Kabul",
        ),
    ]
    sources = work.rows("SELECT s.quote, e.name, e.kind FROM claim_source s JOIN entity e ON e.id = s.entity_id "
                        "ORDER BY s.start")  # fmt: skip
    assert ("a tweet", "a tweet", "unnamed source") in sources
    assert len(sources) == 3


def test_the_inspector_sets_a_claim_s_choices_by_keyboard(work: AtWork) -> None:
    work.player.claim([("it", 1)], [], ("denied", 1))
    work.player.set("Stance", "denies")
    work.player.set("Certainty", "probable")
    assert work.rows("SELECT stance, certainty, source_type FROM claim") == [("denies", "probable", "unspecified")]
    assert work.window.view.hasFocus(), "Escape went back to the text"


def test_undo_reaches_back_beyond_closing_and_says_what_it_does(work: AtWork) -> None:
    work.player.tag("Taliban", "A")
    assert work.action("undo") == "Undo tag “Taliban” as Actor"
    work.player.tag("Kabul", "L")
    work.player.claim([("it", 1)], [("Taliban fighters", 1)], ("denied", 1))
    before = work.rows("SELECT quote FROM mention ORDER BY start"), work.rows("SELECT quote, cue_quote FROM claim")
    work.reopen()
    assert work.action("undo") == "Undo set cue “denied”"
    for _ in range(20):
        work.player.press("Ctrl+Z")
    assert work.rows("SELECT count(*) FROM mention") == [(0,)]
    assert work.rows("SELECT count(*) FROM claim") == [(0,)]
    assert work.rows("SELECT count(*) FROM entity") == [(0,)]
    work.reopen()
    assert work.action("redo").startswith("Redo import")
    for _ in range(20):
        work.player.press("Ctrl+Shift+Z")
    assert "nothing to redo" in work.status
    after = work.rows("SELECT quote FROM mention ORDER BY start"), work.rows("SELECT quote, cue_quote FROM claim")
    assert after == before


def test_ctrl_return_ends_an_article_and_shows_the_next(work: AtWork) -> None:
    work.player.tag("Kabul", "L")
    assert work.rows("SELECT state FROM assignment") == [("doing",)]
    work.player.press("Ctrl+Return")
    assert work.rows("SELECT state FROM assignment") == [("done",)]
    assert work.window.view.text == WINDOWS
    work.player.press("Ctrl+PgUp")
    assert work.window.view.text == VALLEY


def test_zoom_and_the_place_of_panels_are_remembered(work: AtWork) -> None:
    usual = work.window.view.font_size
    work.player.press("Ctrl++", 3)
    _dock(work, "inspector").hide()
    work.reopen()
    assert work.window.view.font_size == usual + 3
    assert not _dock(work, "inspector").isVisible()
    assert _dock(work, "queue").isVisible()


def _dock(work: AtWork, name: str) -> QDockWidget:
    found = work.window.findChild(QDockWidget, name)
    assert found is not None
    return found


def test_enter_in_the_finder_makes_nothing_when_nothing_is_offered(work: AtWork) -> None:
    work.player.tag("Kabul", "L")
    work.player.press("E")
    assert work.player.finder is not None
    work.player.press("Return")
    work.player.press("Escape")
    assert work.rows("SELECT count(*) FROM entity") == [(1,)]
    assert work.rows("SELECT count(*) FROM history WHERE kind = 'link'") == [(0,)]


def test_enter_brings_a_closed_inspector_back(work: AtWork) -> None:
    _dock(work, "inspector").close()
    work.player.tag("Kabul", "L")
    work.player.press("Return")
    assert _dock(work, "inspector").isVisible()
    assert not work.window.view.hasFocus()


def test_n_goes_back_to_the_claim_that_is_worked_on(work: AtWork) -> None:
    work.player.claim([("it", 1)], [], ("denied", 1))
    work.player.tag("Kabul", "L")
    assert work.window.controls.desk.focus.latest == "mention"
    work.player.press("N")
    assert work.window.controls.desk.focus.latest == "claim"


def test_find_sees_one_blank_where_a_windows_line_ends(work: AtWork) -> None:
    work.player.press("Ctrl+PgDown")
    work.player.press("Ctrl+F")
    work.player.type("line ana")
    work.player.press("Escape")
    selection = work.window.view.selection()
    assert selection is not None
    assert selection.cut(WINDOWS) == "line\r\nAna"
