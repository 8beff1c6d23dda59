"""Zones: marked by paragraph, folded away, opened by whoever goes there."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work

TEXT = "Head\n\nBody one by Ana.\n\nCaption of Zoe here.\nPhoto: Reuters\n\nBody two.\n"
ZONES = 'SELECT kind, start, "end" FROM zone ORDER BY start'


def marked(work: AtWork) -> Player:
    """The caption's two lines are a zone."""
    player = work.player
    player.go(TEXT.index("Caption"))
    player.press("Shift+Down", 2)
    player.press("Z")
    player.type("3")
    player.press("Ctrl+Home")
    return player


def paragraph(work: AtWork) -> int:
    """Where the caret is."""
    return work.window.view.offsets.paragraph_at(work.window.view.caret)


def height(work: AtWork) -> float:
    """How high the article is."""
    return work.window.view.document().documentLayout().documentSize().height()


def test_z_and_a_digit_mark_whole_paragraphs_and_body_takes_back(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", TEXT) as work:
        player = marked(work)
        start = TEXT.index("Caption")
        assert work.rows(ZONES) == [("caption", start, TEXT.index("\n\nBody two"))]
        assert work.action("undo") == "Undo mark as caption"
        player.go(TEXT.index("Photo"))
        player.press("Z")
        player.type("4")
        cut = TEXT.index("\nPhoto")
        assert [(kind, first) for kind, first, _ in work.rows(ZONES)] == [("caption", start), ("credit", cut + 1)]
        player.press("Z")
        player.type("body")
        player.press("Return")
        assert [kind for kind, _, _ in work.rows(ZONES)] == ["caption"]
        player.press("Ctrl+Z", 3)
        assert work.rows(ZONES) == []


def test_folded_zones_are_stepped_over_and_remembered(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", TEXT) as work:
        player, before = marked(work), height(work)
        player.press("Shift+Z")
        assert height(work) < before
        seen = set()
        for _ in range(10):
            player.press("Down")
            seen.add(paragraph(work))
        assert seen == {1, 2, 3, 6, 7, 8} - {0}
        work.reopen()
        assert height(work) < before
        work.player.press("Shift+Z")
        assert height(work) == before


def test_searching_into_a_fold_opens_it(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", TEXT) as work:
        player, before = marked(work), height(work)
        player.press("Shift+Z")
        player.press("Ctrl+F")
        player.type("Reuters")
        assert height(work) == before


def test_a_click_on_the_line_of_a_fold_opens_it(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", TEXT) as work:
        player, before = marked(work), height(work)
        player.press("Shift+Z")
        view = work.window.view
        layout = view.document().documentLayout()
        place = layout.blockBoundingRect(view.document().findBlockByNumber(4))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, int(place.center().y())))
        QApplication.processEvents()
        assert height(work) == before


def test_tab_into_a_fold_opens_it(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", TEXT) as work:
        work.player.tag("Zoe", "A")
        player, before = marked(work), height(work)
        player.press("Shift+Z")
        assert height(work) < before
        player.press("Tab")
        assert height(work) == before


def test_going_from_name_to_name_leaves_out_boilerplate(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "p", TEXT) as work:
        player, view = marked(work), work.window.view

        def names(count: int) -> list[str]:
            found = []
            player.press("Ctrl+Home")
            for _ in range(count):
                player.press("F")
                selection = view.selection()
                found.append(selection.cut(TEXT) if selection else "")
            return found

        assert names(6) == ["Head", "Body", "Ana", "Caption of Zoe", "Photo", "Reuters"], "a caption counts"
        player.select("Caption of Zoe here.\nPhoto")
        player.press("Z")
        player.type("5")
        assert names(4) == ["Head", "Body", "Ana", "Body"], "boilerplate does not"
