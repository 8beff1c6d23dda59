"""Tag all the same, and finding in the article: hits are counted, marked, looked through."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work
from tests.ui.conftest import Ask
from tests.ui.texts import STRIKE

REPEATED = "Kesh fell. In Kesh, KESH and kesh. Keshian men left Kesh.\n"


def test_g_offers_the_other_places_and_tags_them_in_one_edit(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", REPEATED) as work:
        player, bar = work.player, work.window.controls.same
        player.tag("Kesh", "L")
        before = work.rows("SELECT count(*) FROM history")[0][0]
        player.press("G")
        assert bar.isVisible()
        assert bar.hasFocus()
        assert bar.count.text() == "1 of 4, 4 chosen"
        assert len(work.window.view.board.hits) == 4
        player.press("Right")
        player.press("Space")
        assert bar.count.text() == "2 of 4, 3 chosen"
        player.press("Return")
        assert not bar.isVisible()
        assert len(work.window.view.board.hits) == 0
        places = [start for (start,) in work.rows("SELECT start FROM mention ORDER BY start")]
        assert places == [0, 14, 29, 52], "without the second of the four"
        assert work.rows("SELECT count(DISTINCT entity_id) FROM mention") == [(1,)]
        assert work.rows("SELECT count(*) FROM history")[0][0] == int(str(before)) + 1
        player.press("Ctrl+Z")
        assert work.rows("SELECT start FROM mention") == [(0,)]
        assert work.window.view.hasFocus()


def test_case_and_whole_words_are_switched_by_letters(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", REPEATED) as work:
        player, bar = work.player, work.window.controls.same
        player.tag("Kesh", "L")
        player.press("G")
        player.press("C")
        assert bar.count.text() == "1 of 2, 2 chosen"
        player.press("W")
        assert bar.count.text() == "1 of 3, 3 chosen"
        player.press("Escape")
        assert not bar.isVisible()
        assert work.rows("SELECT count(*) FROM mention") == [(1,)]


def test_places_tagged_already_are_not_offered_and_none_left_is_said(work: AtWork, player: Player, rows: Ask) -> None:
    player.press("G")
    assert "Tag a name first" in work.status
    player.tag("Mara Lind", "A")
    player.press("G")
    player.press("Return")
    assert rows("SELECT count(*) FROM mention") == [(2,)]
    player.press("G")
    assert "nowhere else untagged" in work.status
    assert not work.window.controls.same.isVisible()


def test_shift_g_opens_the_search_in_all_articles(work: AtWork, player: Player) -> None:
    player.tag("Port Vale", "L")
    player.press("Shift+G")
    box = QApplication.focusWidget()
    window = work.window.controls.concordance()
    assert window.isVisible()
    assert window.box.text() == '"Port Vale"'
    assert box is not None
    window.close()


def test_find_counts_and_marks_the_hits_and_goes_round(work: AtWork, player: Player) -> None:
    bar, view = work.window.controls.find, work.window.view
    player.press("Ctrl+F")
    player.type("lind")
    assert bar.count.text() == f"1 of {STRIKE.casefold().count('lind')}"
    assert len(view.board.hits) == 4
    player.press("Return", 3)
    assert bar.count.text() == "4 of 4"
    player.press("Return")
    assert bar.count.text() == "1 of 4"
    player.press("Shift+Return")
    assert bar.count.text() == "4 of 4"
    player.press("Alt+C")
    assert bar.count.text() == "Not found"
    assert len(view.board.hits) == 0
    player.press("Alt+C")
    player.press("Alt+W")
    assert bar.count.text().endswith("of 4")
    player.press("Ctrl+A")
    player.type("lin")
    assert bar.count.text() == "Not found"
    player.press("Escape")
    assert len(view.board.hits) == 0
    assert view.hasFocus()


def test_finding_begins_where_one_is_and_not_at_the_last_search(work: AtWork, player: Player) -> None:
    """What still stands in the box is far below; typing over it must not search from there."""
    view = work.window.view
    player.press("Ctrl+F")
    player.type("Harbour")
    player.press("Escape")
    player.press("Ctrl+Home")
    player.press("Ctrl+F")
    player.type("lind")
    assert view.selection() == player.find("Lind")
    player.press("Return")
    player.type("x")
    player.press("Backspace")
    assert view.selection() == player.find("Lind", 2), "after Enter it goes on from there"


def test_f3_goes_on_without_the_line(work: AtWork, player: Player) -> None:
    view = work.window.view
    player.press("Ctrl+F")
    player.type("Lind")
    player.press("Escape")
    first = view.selection()
    player.press("F3")
    second = view.selection()
    assert first is not None
    assert second is not None
    assert second.start > first.start
    player.press("Shift+F3")
    assert view.selection() == first
    assert work.window.findChild(QAction, "find everywhere") is not None


def test_alt_enter_selects_from_where_one_was_to_the_hit(work: AtWork, player: Player, rows: Ask) -> None:
    player.go(STRIKE.index("Harbour"))
    player.press("Ctrl+F")
    player.type("strike")
    player.press("Alt+Return")
    assert work.window.view.hasFocus()
    player.press("C")
    assert rows("SELECT quote FROM claim") == [("Harbour Union members would strike",)]
    player.press("Ctrl+F")
    player.type("on mon")
    player.press("Alt+Return")
    player.press("C")
    assert rows("SELECT quote FROM claim ORDER BY start")[0] == ("on Monday that Harbour Union members would strike",)
