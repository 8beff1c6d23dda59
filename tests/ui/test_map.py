"""The map dock, by mouse and keys, on a desk of its own."""

import math
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.entities import Placed as PlacedEntity
from annotator.domain.ids import EntityId, MentionId
from annotator.editing import linking, tagging
from annotator.ui.jobs import Job
from annotator.ui.map import sheet as sheet_module
from annotator.ui.map.camera import Camera
from annotator.ui.map.inks import inks
from annotator.ui.map.land import in_view
from annotator.ui.map.names import Fonts, names_in
from annotator.ui.map.pictures import as_svg
from annotator.ui.map.sheet import MapSheet
from annotator.ui.map.spots import Shape, dots_in, spots_of
from annotator.ui.map.view import MapView
from annotator.ui.panels.map import MapPanel
from annotator.ui.theme import DARK, LIGHT
from tests.ui.at_work import at_work
from tests.ui.placed import PLACES, Placed, entity_of, placed


class Map:
    """The panel beside a line of text, with what it has sent."""

    def __init__(self, at: Placed, qtbot: QtBot) -> None:
        self.at = at
        self.host = QWidget()
        self.panel = MapPanel(at.desk)
        self.other = QLineEdit()
        whole = QVBoxLayout(self.host)
        whole.addWidget(self.panel, 1)
        whole.addWidget(self.other)
        self.host.resize(640, 520)
        qtbot.addWidget(self.host)
        self.chosen: list[EntityId] = []
        self.points: list[tuple[float, float]] = []
        self.panel.chosen.connect(self.chosen.append)
        at.desk.focus.show_article(at.articles[0])
        self.host.show()
        qtbot.waitExposed(self.host)
        self.host.activateWindow()
        qtbot.waitUntil(lambda: self.panel.findChild(MapView) is not None)
        settle()

    @property
    def view(self) -> MapView:
        """What is drawn on."""
        view = self.panel.findChild(MapView)
        assert view is not None
        return view

    def where(self, name: str) -> QPoint:
        """Where a place is in the view."""
        place = self.view.position_of(self.at.ids[name])
        assert place is not None, f"{name} is out of view"
        return place

    def sees(self, name: str) -> bool:
        """Whether a place is drawn in view."""
        return self.view.position_of(self.at.ids[name]) is not None

    def ask(self, title: str = "Click where Hesar Bridge is") -> None:
        """Asks for a point."""
        self.panel.ask_point(title, lambda lat, lon: self.points.append((lat, lon)))
        settle()

    def button(self, name: str) -> QToolButton:
        """A button by what a screen reader calls it."""
        return next(one for one in self.panel.findChildren(QToolButton) if one.accessibleName() == name)

    def wheel(self, at: QPoint, turned: int) -> None:
        """Turns the wheel by eighths of a degree."""
        place = QPointF(at)
        event = QWheelEvent(
            place,
            QPointF(self.view.mapToGlobal(at)),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003  # Qt's
        )
        QApplication.sendEvent(self.view, event)
        settle()

    def key(self, key: Qt.Key, times: int = 1) -> None:
        """Presses a key where the keyboard is."""
        for _ in range(times):
            widget = QApplication.focusWidget()
            assert widget is not None
            QTest.keyClick(widget, key)
        settle()


def settle() -> None:
    QApplication.processEvents()


def click(view: QWidget, at: QPoint) -> None:
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    settle()


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot) -> Iterator[Placed]:
    with placed(tmp_path / "ordner größe") as made:
        yield made


@pytest.fixture
def shown(at: Placed, qtbot: QtBot) -> Map:
    return Map(at, qtbot)


def test_it_costs_nothing_before_it_is_seen(at: Placed, qtbot: QtBot) -> None:
    panel = MapPanel(at.desk)
    qtbot.addWidget(panel)
    at.desk.focus.show_article(at.articles[0])
    assert panel.findChild(MapView) is None
    panel.show()
    qtbot.waitUntil(lambda: panel.findChild(MapView) is not None)
    code = "import sys, annotator.ui.panels.map; print([m for m in sys.modules if m.startswith('annotator.ui.map')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_tab_behind_another_reads_nothing_until_it_is_raised(at: Placed, qtbot: QtBot) -> None:
    window, panel = QMainWindow(), MapPanel(at.desk)
    docks = [QDockWidget(title) for title in ("Map", "Other")]
    for dock, widget in zip(docks, (panel, QWidget()), strict=True):
        dock.setWidget(widget)
        window.addDockWidget(panel.area, dock)
    window.tabifyDockWidget(docks[0], docks[1])
    docks[1].raise_()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    qtbot.waitExposed(window)
    at.desk.focus.show_article(at.articles[0])
    settle()
    assert panel.findChild(MapView) is None
    docks[0].raise_()
    qtbot.waitUntil(lambda: panel.findChild(MapView) is not None)
    view = panel.findChild(MapView)
    assert view is not None
    qtbot.waitUntil(lambda: view.position_of(at.ids["Kabul"]) is not None)
    docks[1].raise_()
    settle()
    at.desk.do(linking.set_place, at.ids["Nowhere"], Place(None, 33.0, 66.0))
    settle()
    assert view.position_of(at.ids["Nowhere"]) is None
    docks[0].raise_()
    qtbot.waitUntil(lambda: view.position_of(at.ids["Nowhere"]) is not None)


def test_all_places_of_the_article_are_in_view_and_no_others(shown: Map) -> None:
    assert [name for name in PLACES if shown.sees(name)] == ["Kabul", "Baghlan", "Hesar"]
    assert shown.view.accessibleDescription().startswith("3 places. ")
    shown.at.desk.focus.show_article(shown.at.articles[1])
    settle()
    assert [name for name in PLACES if shown.sees(name)] == ["Kabul", "Lima"]


def test_a_click_on_a_place_chooses_its_entity_and_a_click_beside_it_nothing(shown: Map) -> None:
    click(shown.view, shown.where("Baghlan"))
    assert shown.chosen == [shown.at.ids["Baghlan"]]
    click(shown.view, QPoint(12, 12))
    assert shown.chosen == [shown.at.ids["Baghlan"]]


def test_tab_goes_from_the_most_mentioned_place_to_the_next_and_enter_chooses(shown: Map) -> None:
    shown.view.setFocus()
    shown.key(Qt.Key.Key_Tab)
    assert shown.view.accessibleDescription() == (
        "Kabul. populated place · Kabul. 34.528, 69.172 · gazetteer. 4 mentions. Enter chooses it"
    )
    shown.key(Qt.Key.Key_Tab)
    assert shown.view.current == shown.at.ids["Baghlan"]
    shown.key(Qt.Key.Key_Return)
    assert shown.chosen == [shown.at.ids["Baghlan"]]
    shown.key(Qt.Key.Key_Backtab)
    assert shown.view.current == shown.at.ids["Kabul"]
    shown.key(Qt.Key.Key_Tab, 3)
    assert QApplication.focusWidget() is shown.other
    assert shown.view.current is None


def test_dragging_moves_the_map_with_the_mouse_and_chooses_nothing(shown: Map) -> None:
    before = shown.where("Kabul")
    QTest.mousePress(shown.view, Qt.MouseButton.LeftButton, pos=before)
    for step in (20, 40, 60):
        QTest.mouseMove(shown.view, before + QPoint(step, -step // 2))
    QTest.mouseRelease(shown.view, Qt.MouseButton.LeftButton, pos=before + QPoint(60, -30))
    settle()
    assert (shown.where("Kabul") - before - QPoint(60, -30)).manhattanLength() <= 2
    assert shown.chosen == []


def test_the_wheel_zooms_around_the_mouse_and_by_as_much_as_it_turns(shown: Map) -> None:
    kabul, scale = shown.where("Kabul"), shown.view.camera.scale
    shown.wheel(kabul, 120)
    assert (shown.where("Kabul") - kabul).manhattanLength() <= 2
    once = shown.view.camera.scale / scale
    assert once > 1.1
    for _ in range(8):
        shown.wheel(kabul, -15)
    assert math.isclose(shown.view.camera.scale, scale, rel_tol=1e-9)


def test_a_double_click_zooms_in_where_it_is(shown: Map) -> None:
    at, scale = QPoint(60, 60), shown.view.camera.scale
    under = shown.view.camera.to_degrees(60, 60)
    QTest.mouseDClick(shown.view, Qt.MouseButton.LeftButton, pos=at)
    settle()
    assert math.isclose(shown.view.camera.scale, 2 * scale)
    assert shown.view.camera.to_degrees(60, 60) == pytest.approx(under)


def test_keys_move_zoom_and_bring_all_places_back(shown: Map) -> None:
    shown.view.setFocus()
    fitted, kabul = shown.view.camera, shown.where("Kabul")
    shown.key(Qt.Key.Key_Right)
    assert shown.where("Kabul").x() < kabul.x()
    shown.key(Qt.Key.Key_Down)
    assert shown.where("Kabul").y() < kabul.y()
    shown.key(Qt.Key.Key_Plus)
    assert shown.view.camera.scale > fitted.scale
    shown.key(Qt.Key.Key_Minus, 2)
    assert shown.view.camera.scale < fitted.scale
    shown.key(Qt.Key.Key_0)
    assert shown.view.camera == fitted


def test_buttons_do_the_same(shown: Map) -> None:
    fitted = shown.view.camera
    click(shown.button("Zoom in"), shown.button("Zoom in").rect().center())
    assert shown.view.camera.scale > fitted.scale
    click(shown.button("Show all places"), shown.button("Show all places").rect().center())
    assert shown.view.camera == fitted


# A point


def test_a_click_answers_the_question_for_a_point_and_ends_it(shown: Map) -> None:
    shown.ask()
    banner = shown.panel.findChild(QPushButton)
    assert banner is not None
    assert banner.isVisible()
    assert "Click where Hesar Bridge is · Esc cancels" in {
        widget.accessibleName() for widget in shown.panel.findChildren(QWidget)
    }
    assert shown.view.cursor().shape() is Qt.CursorShape.CrossCursor
    click(shown.view, shown.where("Baghlan"))
    [(lat, lon)] = shown.points
    assert (lat, lon) == pytest.approx((36.13, 68.7), abs=0.03)
    assert not shown.chosen
    assert not banner.isVisible()
    click(shown.view, shown.where("Baghlan"))
    assert len(shown.points) == 1
    assert shown.chosen == [shown.at.ids["Baghlan"]]


def test_escape_and_cancel_take_no_point(shown: Map) -> None:
    shown.ask()
    shown.key(Qt.Key.Key_Escape)
    assert not shown.view.is_asking
    shown.ask()
    cancel = shown.panel.findChild(QPushButton)
    assert cancel is not None
    click(cancel, cancel.rect().center())
    assert not shown.view.is_asking
    assert shown.points == []


def test_without_a_mouse_the_middle_of_the_map_is_the_point(shown: Map) -> None:
    shown.ask()
    shown.key(Qt.Key.Key_Left)
    shown.key(Qt.Key.Key_Return)
    middle = shown.view.camera.to_degrees(shown.view.width() / 2, shown.view.height() / 2)
    assert shown.points == [pytest.approx(middle)]


def test_the_map_can_be_dragged_while_a_point_is_asked_for(shown: Map) -> None:
    shown.ask()
    QTest.mousePress(shown.view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(shown.view, QPoint(150, 100))
    QTest.mouseRelease(shown.view, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    assert shown.view.is_asking
    assert shown.points == []


def test_a_point_is_asked_for_before_the_map_was_ever_seen(at: Placed, qtbot: QtBot) -> None:
    panel = MapPanel(at.desk)
    qtbot.addWidget(panel)
    panel.ask_point("X", lambda *_: None)
    panel.show()
    view = panel.findChild(MapView)
    assert view is not None
    assert view.is_asking


# In step


def test_an_edit_places_moves_and_removes_and_undo_takes_it_back(shown: Map) -> None:
    desk, nowhere = shown.at.desk, shown.at.ids["Nowhere"]
    desk.do(linking.set_place, nowhere, Place(PlaceLevel.SITE, 9.0, 38.7, Basis.DRAWN))
    settle()
    assert shown.sees("Nowhere"), "a place that was given coordinates comes into view"
    desk.workspace.undo()
    settle()
    assert not shown.sees("Nowhere")


def test_the_place_of_the_desk_s_entity_comes_into_view(shown: Map) -> None:
    shown.view.setFocus()
    shown.key(Qt.Key.Key_Plus, 9)
    shown.key(Qt.Key.Key_Right, 20)
    assert not shown.sees("Kabul")
    shown.at.desk.focus.choose_entity(shown.at.ids["Kabul"])
    settle()
    assert shown.sees("Kabul")


def test_what_happened_while_it_was_hidden_is_there_when_it_is_seen(shown: Map, qtbot: QtBot) -> None:
    shown.host.hide()
    shown.at.desk.do(linking.set_place, shown.at.ids["Nowhere"], Place(None, 33.0, 66.0))
    assert "3 places" in shown.view.accessibleDescription()
    shown.host.show()
    qtbot.waitUntil(lambda: shown.sees("Nowhere"))


def test_an_article_that_was_opened_while_it_was_hidden_is_there_when_it_is_seen(shown: Map, qtbot: QtBot) -> None:
    shown.host.hide()
    shown.at.desk.focus.show_article(shown.at.articles[1])
    shown.host.show()
    qtbot.waitUntil(lambda: shown.sees("Lima") and not shown.sees("Baghlan"))


def test_an_entity_that_was_chosen_before_the_map_was_made_does_not_move_it(at: Placed, qtbot: QtBot) -> None:
    at.desk.focus.show_article(at.articles[0])
    at.desk.focus.choose_entity(at.ids["Baghlan"])
    shown = Map(at, qtbot)
    fitted = shown.view.camera
    shown.view.fit()
    assert shown.view.camera == fitted


def whole_project(shown: Map, qtbot: QtBot) -> None:
    """Ticks the box and waits until the places were read."""
    box = shown.panel.findChild(QCheckBox)
    assert box is not None
    box.click()
    qtbot.waitUntil(lambda: shown.sees("Lima"))


def test_the_whole_project_s_places_are_read_in_the_background_and_kept_in_step(shown: Map, qtbot: QtBot) -> None:
    whole_project(shown, qtbot)
    assert "4 places" in shown.view.accessibleDescription()
    shown.view.setFocus()
    shown.key(Qt.Key.Key_Tab)
    assert "5 mentions" in shown.view.accessibleDescription()
    mention: MentionId = shown.at.desk.contents.mentions_of(shown.at.ids["Kabul"])[0].id
    shown.at.desk.do(tagging.untag, mention)
    settle()
    assert "4 mentions" in shown.view.accessibleDescription()
    shown.at.desk.workspace.undo()
    settle()
    assert "5 mentions" in shown.view.accessibleDescription()
    shown.at.desk.do(linking.set_place, shown.at.ids["Nowhere"], Place(None, 1.0, 2.0))
    settle()
    assert shown.sees("Nowhere")
    shown.at.desk.focus.show_article(shown.at.articles[1])
    settle()
    assert all(shown.sees(name) for name in PLACES)


def test_what_another_program_placed_is_there_when_the_project_is_read_again(shown: Map, qtbot: QtBot) -> None:
    whole_project(shown, qtbot)
    elsewhere = entity_of(shown.at.workspace, "Elsewhere", "place", Place(None, 5.0, 5.0))
    shown.at.apply(elsewhere)  # tells nobody, as another program would not
    shown.at.desk.focus.show_article(shown.at.articles[1])
    settle()
    assert shown.view.position_of(elsewhere.id) is None
    shown.at.desk.contents.show(shown.at.articles[1])
    qtbot.waitUntil(lambda: shown.view.position_of(elsewhere.id) is not None)


def test_while_another_task_is_under_way_the_project_s_places_wait_for_it(shown: Map, qtbot: QtBot) -> None:
    go_on = threading.Event()

    def steps() -> Iterator[tuple[int, int, None]]:
        go_on.wait(20)
        yield 1, 1, None

    assert shown.at.jobs.run(Job("Something long", steps, lambda _: None))
    box = shown.panel.findChild(QCheckBox)
    assert box is not None
    box.click()
    settle()
    assert not shown.sees("Lima")
    go_on.set()
    qtbot.waitUntil(lambda: shown.sees("Lima"))


def test_a_project_that_cannot_be_read_is_said(shown: Map, qtbot: QtBot) -> None:
    failed: list[str] = []
    shown.at.desk.notices.failed.connect(failed.append)
    path = shown.at.workspace.records.path
    path.rename(path.with_name("elsewhere.annot"))
    box = shown.panel.findChild(QCheckBox)
    assert box is not None
    box.click()
    qtbot.waitUntil(lambda: bool(failed))


def test_names_cover_neither_each_other_nor_a_larger_place(qapp: QApplication) -> None:
    rng = random.Random(4)
    places = [
        PlacedEntity(EntityId(str(n)), f"Place {n}", Place(None, rng.uniform(30, 38), rng.uniform(60, 75)), n)
        for n in range(400)
    ]
    spots = spots_of(places)
    camera = Camera(width=900, height=600).fitted([spot.point for spot in spots])
    dots = dots_in(camera, spots)
    names = names_in(camera, dots, places[0].entity, [], Fonts.of(QFont()))
    assert names[0].words == "Place 0", "the chosen one has its name, however small it is"
    assert 15 < len(names) < 400
    for number, name in enumerate(names):
        assert not any(name.box.intersects(other.box) for other in names[:number])
        assert QRectF(0, 0, 900, 600).contains(name.box)


def test_a_country_is_named_also_when_its_middle_is_out_of_view(qapp: QApplication) -> None:
    camera = Camera(width=600, height=400).fitted([(36.7, 67.1), (36.9, 67.3)])
    view = QRectF(camera.x - 300 / camera.scale, camera.y - 200 / camera.scale, 600 / camera.scale, 400 / camera.scale)
    names = names_in(camera, [], None, in_view(camera.scale, view), Fonts.of(QFont()))
    assert "Afghanistan" in {name.words for name in names}


def test_without_coordinates_it_says_what_to_do(at: Placed, qtbot: QtBot) -> None:
    for name in PLACES:
        at.workspace.do(linking.set_place, at.ids[name], Place(PlaceLevel.SITE))
    shown = Map(at, qtbot)
    assert shown.view.accessibleDescription().startswith("No place here has coordinates yet: choose a location, press ")
    assert shown.view.camera.scale == pytest.approx(max(shown.view.width(), shown.view.height()))


def test_the_shape_says_what_coordinates_rest_on_and_the_area_how_often_a_place_is_named(shown: Map) -> None:
    spots = {spot.placed.name: spot for spot in spots_of(shown.at.workspace.records.placed_entities(10))}
    shapes = {name: spot.shape for name, spot in spots.items()}
    assert shapes == {"Kabul": Shape.DISC, "Lima": Shape.DISC, "Baghlan": Shape.RING, "Hesar": Shape.DIAMOND}
    assert (spots["Kabul"].radius / spots["Baghlan"].radius) ** 2 == pytest.approx(5 / 2)


# Pictures


def test_pictures_bear_the_credit_and_what_is_in_view(
    shown: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    shown.at.desk.notices.said.connect(said.append)
    for suffix, action in ((".svg", "Drawing (SVG)…"), (".png", "Picture (PNG)…")):
        target = tmp_path / f"map{suffix}"
        monkeypatch.setattr(sheet_module, "ask_new_file", lambda *_, target=target: target)
        menu = shown.button("Export the map").menu()
        next(entry for entry in menu.actions() if entry.text() == action).trigger()
        assert said[-1] == f"Map saved to map{suffix}."
    drawing = (tmp_path / "map.svg").read_text(encoding="utf-8")
    assert "Outlines: Natural Earth. Places: GeoNames (CC BY 4.0)" in drawing
    assert all(f">{name}<" in drawing for name in ("Kabul", "Baghlan", "Hesar"))
    assert "Nowhere" not in drawing
    picture = QImage(str(tmp_path / "map.png"))
    assert (picture.width(), picture.height()) == (2 * shown.view.width(), 2 * shown.view.height())


def test_a_picture_that_cannot_be_written_is_said(shown: Map, tmp_path: Path) -> None:
    failed: list[str] = []
    shown.at.desk.notices.failed.connect(failed.append)
    sheet = shown.panel.findChild(MapSheet)
    assert sheet is not None
    sheet.export_now(tmp_path / "no such folder" / "map.png")
    [words] = failed
    assert words.startswith("The map could not be saved to map.png: ")
    assert words.endswith("Choose another folder.")


def test_names_from_outside_stay_plain_in_a_drawing(shown: Map) -> None:
    shown.at.desk.do(linking.rename_entity, shown.at.ids["Kabul"], "<script>a&b</script>")
    settle()
    drawing = as_svg(shown.view.scene(inks(LIGHT, shown.at.desk.schema))).decode()
    assert "<script>" not in drawing
    assert "&lt;script&gt;" in drawing


def test_light_and_dark(shown: Map) -> None:
    schema = shown.at.desk.schema
    assert inks(LIGHT, schema).land != inks(DARK, schema).land
    shown.at.desk.theme.choose("dark")
    settle()
    ground = QColor(shown.view.grab().toImage().pixel(12, 12))
    assert ground.lightness() < 90
    shown.at.desk.theme.choose("light")
    settle()
    assert QColor(shown.view.grab().toImage().pixel(12, 12)).lightness() > 200


# In the window


def test_by_keys_only_from_the_text_to_the_map_and_to_the_next_mention(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path, "Ana was in Kabul. Later Kabul was quiet.\n") as work:
        desk, player = work.window.controls.desk, work.player
        for nth in (1, 2):
            player.select("Kabul", nth)
            player.press("L")
        (kabul,) = (entity for entity in desk.contents.entities() if entity.name == "Kabul")
        desk.do(linking.set_place, kabul.id, PLACES["Kabul"])
        player.press("Ctrl+Home")
        player.press("Ctrl+3")
        panel = work.window.findChild(MapPanel)
        assert panel is not None
        player.press("Tab")
        view = panel.findChild(MapView)
        assert view is not None
        assert view.current == kabul.id
        for place in ("Kabul", "Later Kabul"):
            player.press("Return")
            mention = desk.contents.mention(desk.focus.mention)
            assert mention is not None
            assert mention.hull.end == work.window.view.text.index(place) + len(place)
            player.press("Ctrl+3")  # the place is still the one that Tab came to


def test_a_click_on_the_map_says_where_a_place_is_and_undo_takes_it_back(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path, "Ana was in Hesar.\n") as work:
        desk, player = work.window.controls.desk, work.player
        player.select("Hesar")
        player.press("L")
        (hesar,) = desk.contents.entities()
        work.window.controls.point_on_map(hesar.id)
        settle()
        view = work.window.findChild(MapView)
        assert view is not None
        at = QPoint(view.width() // 3, view.height() // 3)
        lat, lon = view.camera.to_degrees(at.x(), at.y())
        click(view, at)
        [(saved_lat, saved_lon, basis)] = work.rows("SELECT lat, lon, coordinate_basis FROM entity")
        assert (saved_lat, saved_lon) == (pytest.approx(lat, abs=1e-3), pytest.approx(lon, abs=1e-3))
        assert basis == "drawn"
        assert view.position_of(hesar.id) is not None
        player.press("F6")
        player.press("Ctrl+Z")
        assert work.rows("SELECT lat, lon FROM entity") == [(None, None)]
        assert view.position_of(hesar.id) is None
