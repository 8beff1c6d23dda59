"""The list of entities as a workbench: several chosen and merged, mentions dropped on one, ids pasted."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.ui.main_window import MainWindow
from annotator.ui.models.entities import MENTION_DRAG
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.conftest import Ask
from tests.ui.test_entities import choose, panel, row_of
from tests.ui.texts import LINKS

NAMES = "SELECT name FROM entity ORDER BY name"


@pytest.fixture
def three(player: Player) -> Player:
    """Three entities are there."""
    player.tag("Mara Lind", "A")
    player.tag("Tom Lind", "A")
    player.tag("Courier", "A")
    return player


def ctrl_click(window: MainWindow, name: str) -> None:
    """Adds an entity to what is selected."""
    view = panel(window).list
    place = view.visualRect(row_of(window, name)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)
    QApplication.processEvents()


def test_several_are_chosen_by_ctrl_and_merged_by_m_into_the_last(window: MainWindow, three: Player, rows: Ask) -> None:
    choose(three, "Mara Lind")
    ctrl_click(window, "Courier")
    ctrl_click(window, "Tom Lind")
    assert {entity.name for entity in panel(window).chosen()} == {"Mara Lind", "Courier", "Tom Lind"}
    panel(window).list.setFocus()
    three.press("M")
    assert rows(NAMES) == [("Tom Lind",)]
    assert {name for _, name in rows(LINKS)} == {"Tom Lind"}
    three.press("Ctrl+Z")
    assert len(rows(NAMES)) == 3
    assert all(quote == name for quote, name in rows(LINKS))


def test_shift_and_arrows_choose_neighbours(window: MainWindow, three: Player, rows: Ask) -> None:
    choose(three, "Mara Lind")
    panel(window).list.setFocus()
    three.press("Shift+Down")
    assert {entity.name for entity in panel(window).chosen()} == {"Mara Lind", "Tom Lind"}
    three.press("M")
    assert rows(NAMES) == [("Courier",), ("Tom Lind",)]


def test_one_alone_is_not_merged(work: AtWork, window: MainWindow, three: Player, rows: Ask) -> None:
    choose(three, "Mara Lind")
    panel(window).list.setFocus()
    three.press("M")
    assert "Select two or more" in work.status
    assert len(rows(NAMES)) == 3
    assert panel(window).list.selectionModel().isSelected(row_of(window, "Mara Lind"))


def drag(window: MainWindow, mention: str, target: str) -> tuple[bool, bool]:
    """Drags a mention in over the heading and drops it on an entity; whether entering and dropping were accepted."""
    view, data = panel(window).list, QMimeData()
    data.setData(MENTION_DRAG, mention.encode())
    button, plain, link = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.LinkAction
    entered = QDragEnterEvent(QPoint(4, 2), link, data, button, plain)
    QApplication.sendEvent(view.viewport(), entered)
    place = view.visualRect(row_of(window, target)).center()
    moved = QDragMoveEvent(place, link, data, button, plain)
    QApplication.sendEvent(view.viewport(), moved)
    dropped = QDropEvent(QPointF(place), link, data, button, plain)
    QApplication.sendEvent(view.viewport(), dropped)
    QApplication.processEvents()
    return entered.isAccepted(), dropped.isAccepted() and moved.isAccepted()


def test_a_mention_is_dropped_on_an_entity(window: MainWindow, three: Player, rows: Ask) -> None:
    ((mention,),) = rows("SELECT id FROM mention WHERE quote = 'Tom Lind'")
    assert drag(window, str(mention), "Mara Lind") == (True, True)
    assert ("Tom Lind", "Mara Lind") in rows(LINKS)
    three.press("F6")
    three.press("Ctrl+Z")
    assert ("Tom Lind", "Tom Lind") in rows(LINKS)


def test_a_mention_dropped_on_a_heading_stays(window: MainWindow, three: Player, rows: Ask) -> None:
    ((mention,),) = rows("SELECT id FROM mention WHERE quote = 'Tom Lind'")
    assert drag(window, str(mention), "person") == (True, False)
    assert ("Tom Lind", "Tom Lind") in rows(LINKS)


def test_an_id_is_pasted_as_an_address_and_not_twice(
    work: AtWork, window: MainWindow, three: Player, rows: Ask
) -> None:
    choose(three, "Mara Lind")
    form = window.controls.inspector.form
    line = next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == "Another id")
    for words, told in (("https://www.wikidata.org/wiki/Q42", ""), ("Q42", "already"), ("wikidata:X1", "like Q42")):
        line.setFocus()
        line.selectAll()
        three.type(words)
        three.press("Return")
        assert told in work.status
    assert rows("SELECT scheme, value FROM external_id") == [("wikidata", "Q42")]
    three.press("F6")
    three.press("Ctrl+Z")
    assert rows("SELECT scheme, value FROM external_id") == []


def test_merging_keeps_one_link_of_two_that_say_the_same(window: MainWindow, three: Player, rows: Ask) -> None:
    from annotator.domain.ids import EntityId
    from annotator.domain.links import Between
    from annotator.editing import connecting, uniting

    ids = {str(name): str(id_) for name, id_ in rows("SELECT name, id FROM entity")}
    desk = window.controls.desk
    for origin, target in (("Mara Lind", "Courier"), ("Courier", "Tom Lind"), ("Mara Lind", "Tom Lind")):
        desk.do(connecting.connect, "opposes", Between.ENTITIES, ids[origin], ids[target])
    desk.do(uniting.merge, EntityId(ids["Mara Lind"]), EntityId(ids["Tom Lind"]))
    assert len(rows("SELECT * FROM link")) == 1, "neither to itself nor twice"
    three.press("Ctrl+Z")
    assert len(rows("SELECT * FROM link")) == 3
