"""Where a place is, said by key: the gazetteer is built at first use, and what was taken is in the file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator import paths
from annotator.domain.gazetteers import Listed
from annotator.places import areas
from annotator.places.areas import AreaNames
from annotator.services import places as service
from tests.ui.at_work import AtWork, at_work

PLACE = "SELECT place_level, round(lat), round(lon), coordinate_basis, country FROM entity"


@pytest.fixture
def placed(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[AtWork]:
    """A location is tagged; the world is the countries and a few areas, and not built yet."""
    del qtbot

    def few(names: AreaNames | None = None) -> Iterator[Listed]:
        return islice(areas.listed_areas(names), 400)

    monkeypatch.setattr(service, "listed_areas", few)
    monkeypatch.setattr(service, "settlements_file", lambda: None)
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path / "cache")
    with at_work(tmp_path / "placed", "Report\n\nFighting went on in Afghanistan all day.\n") as opened:
        opened.player.tag("Afghanistan", "L")
        yield opened


def look_up(work: AtWork, qtbot: QtBot) -> None:
    """Presses Y, and waits for the finder where the gazetteer is built first."""
    work.player.press("Y")
    qtbot.waitUntil(lambda: work.player.finder is not None)


def test_enter_takes_the_first_and_undo_takes_it_back(placed: AtWork, qtbot: QtBot) -> None:
    look_up(placed, qtbot)
    placed.player.press("Return")
    known = next(listed for listed in areas.listed_areas() if listed.id == "geonames:1149361")
    assert known.point is not None
    assert placed.rows(PLACE) == [("country", round(known.point[0]), round(known.point[1]), "centroid", "AFG")]
    assert placed.rows("SELECT scheme, value FROM external_id") == [("geonames", "1149361")]
    placed.player.press("Ctrl+Z")
    assert placed.rows(PLACE) == [(None, None, None, None, "")]


def test_the_lists_of_places_are_let_go_of_with_the_window(placed: AtWork, qtbot: QtBot, tmp_path: Path) -> None:
    def open_lists() -> list[str]:
        return [one.path for one in psutil.Process().open_files() if one.path.startswith(str(tmp_path / "cache"))]

    look_up(placed, qtbot)
    placed.player.press("Escape")
    assert open_lists() != []
    placed.window.close()
    assert open_lists() == []


def test_unknown_is_an_answer(placed: AtWork, qtbot: QtBot) -> None:
    look_up(placed, qtbot)
    finder = placed.player.finder
    assert finder is not None
    placed.player.press("Down", finder.list.model().rowCount())
    placed.player.press("Return")
    assert placed.rows(PLACE) == [(None, None, None, "unknown", "")]


def coordinates_field(work: AtWork) -> QLineEdit:
    """The field of the place's form, with the keyboard."""
    (entity,) = work.rows("SELECT id FROM entity")[0]
    work.window.controls.desk.focus.choose_entity(entity)  # type: ignore[arg-type]  # an id as the file has it
    form = work.window.controls.inspector.form
    line = next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == "Coordinates")
    line.setFocus()
    line.selectAll()
    return line


def coordinates(work: AtWork, words: str) -> None:
    """Types coordinates into the place's form."""
    coordinates_field(work)
    work.player.type(words)
    work.player.press("Return")


@pytest.mark.parametrize("words", ["35.79 N, 69.22 E", "35.79, 69.22", "35°47'24\"N 69°13'12\"E"])
def test_coordinates_are_typed_in_usual_ways(placed: AtWork, words: str) -> None:
    coordinates(placed, words)
    assert placed.rows(PLACE) == [(None, 36.0, 69.0, "estimated", "")]


def test_what_is_no_coordinates_is_refused_with_a_sentence(placed: AtWork) -> None:
    coordinates(placed, "over there")
    assert "over there" in placed.status
    assert placed.rows(PLACE) == [(None, None, None, None, "")]


def test_coordinates_that_could_not_be_saved_stay_and_are_saved_later(placed: AtWork) -> None:
    with closing(sqlite3.connect(placed.path, isolation_level=None)) as locked:
        line = coordinates_field(placed)
        locked.execute("BEGIN EXCLUSIVE")
        placed.player.type("35.79, 69.22")
        placed.player.press("Return")
        assert "Another program is writing" in placed.status
        locked.execute("ROLLBACK")
    assert line.text() == "35.79, 69.22"
    placed.player.press("Escape")
    assert placed.rows(PLACE) == [(None, 36.0, 69.0, "estimated", "")]


def test_the_button_says_that_it_is_unknown(placed: AtWork) -> None:
    coordinates(placed, "35.79, 69.22")
    form = placed.window.controls.inspector.form
    button = next(one for one in form.findChildren(QPushButton) if one.text() == "Unknown")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert placed.rows(PLACE) == [(None, None, None, "unknown", "")]
