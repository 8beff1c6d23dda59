"""The graph around an entity: which ones it shows, and choosing one of them by mouse and keys."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.entities import Entity
from annotator.domain.ids import EntityId
from annotator.domain.links import DIFFERENT, Between
from annotator.domain.schemas import EntityKind
from annotator.editing import connecting, uniting
from annotator.ui.models.ties import MOST, ties_of
from annotator.ui.widgets.graph import EntityGraph
from annotator.ui.widgets.signs import sign
from tests.ui.placed import Placed, entity_of, placed


class Graph:
    """The widget above a line of text, with what it has sent."""

    def __init__(self, at: Placed, qtbot: QtBot) -> None:
        self.at = at
        self.entities: dict[str, Entity] = {}
        self.host, self.other = QWidget(), QLineEdit()
        self.graph = EntityGraph(at.desk)
        whole = QVBoxLayout(self.host)
        whole.addWidget(self.graph)
        whole.addWidget(self.other)
        qtbot.addWidget(self.host)
        self.host.resize(380, 320)
        self.chosen: list[EntityId] = []
        self.graph.chosen.connect(self.chosen.append)
        self.host.show()
        qtbot.waitExposed(self.host)
        self.host.activateWindow()

    def add(self, *names: str, kind: str = "person") -> None:
        """Makes entities."""
        for name in names:
            self.entities[name] = entity_of(self.at.workspace, name, kind)
        self.at.apply(*(self.entities[name] for name in names))

    def link(self, origin: str, label: str, target: str, **days: str) -> None:
        """Links two of them."""
        ends = self.entities[origin].id, self.entities[target].id
        edit = self.at.workspace.do(connecting.connect, label, Between.ENTITIES, *ends)
        (change,) = edit.changes
        if days:
            self.at.workspace.do(connecting.describe_link, change.record.id, **days)  # type: ignore[arg-type]  # a link's

    def show(self, name: str) -> None:
        """Shows the graph of one."""
        self.graph.show_entity(self.entities[name])
        settle()

    def where(self, name: str) -> QPoint:
        """Where an entity's sign is."""
        at = self.graph.position_of(self.entities[name].id)
        assert at is not None
        return at.toPoint()


def settle() -> None:
    QApplication.processEvents()


@pytest.fixture
def at(tmp_path: Path, qtbot: QtBot) -> Iterator[Placed]:
    with placed(tmp_path) as made:
        yield made


@pytest.fixture
def graph(at: Placed, qtbot: QtBot) -> Graph:
    made = Graph(at, qtbot)
    made.add("Saleh", "Massoud")
    made.add("Front", "Taliban", kind="armed group")
    made.link("Saleh", "leads", "Front", since="2021-08-17")
    made.link("Saleh", "opposes", "Taliban")
    made.link("Massoud", "member of", "Front", since="2019-01-01", until="2021-09-01")
    return made


def test_it_hides_without_links_and_shows_with_them(graph: Graph) -> None:
    graph.add("Lonely")
    graph.show("Saleh")
    assert graph.graph.isVisible()
    assert graph.graph.height() >= 180
    graph.show("Lonely")
    assert not graph.graph.isVisible()


def test_two_that_were_kept_apart_are_not_linked(graph: Graph) -> None:
    graph.add("Salih")
    graph.at.workspace.do(uniting.keep_apart, graph.entities["Saleh"].id, graph.entities["Salih"].id)
    assert graph.at.workspace.records.links_of(graph.entities["Salih"].id)[0].label == DIFFERENT
    graph.show("Salih")
    assert not graph.graph.isVisible()


def test_a_click_chooses_a_neighbour_and_one_beside_it_nobody(graph: Graph) -> None:
    graph.show("Saleh")
    QTest.mouseClick(graph.graph, Qt.MouseButton.LeftButton, pos=graph.where("Taliban"))
    assert graph.chosen == [graph.entities["Taliban"].id]
    for place in (QPoint(4, 4), graph.where("Saleh")):
        QTest.mouseClick(graph.graph, Qt.MouseButton.LeftButton, pos=place)
    assert len(graph.chosen) == 1


def test_tab_goes_from_neighbour_to_neighbour_and_enter_chooses(graph: Graph) -> None:
    graph.show("Saleh")
    assert graph.graph.accessibleName() == "Links of Saleh"
    assert graph.graph.accessibleDescription() == "2 linked entities. Tab goes from one to the next"
    graph.graph.setFocus()
    QTest.keyClick(graph.graph, Qt.Key.Key_Tab)
    assert graph.graph.accessibleDescription() == "Front (armed group): leads from 2021. Enter chooses it"
    QTest.keyClick(graph.graph, Qt.Key.Key_Tab)
    assert graph.graph.accessibleDescription() == "Taliban (armed group): opposes. Enter chooses it"
    QTest.keyClick(graph.graph, Qt.Key.Key_Return)
    assert graph.chosen == [graph.entities["Taliban"].id]
    QTest.keyClick(graph.graph, Qt.Key.Key_Backtab)
    assert graph.graph.current == graph.entities["Front"].id
    QTest.keyClick(graph.graph, Qt.Key.Key_Tab)
    QTest.keyClick(graph.graph, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is graph.other
    assert graph.graph.current is None


def test_the_mouse_is_told_who_it_is_and_how_they_are_linked(graph: Graph) -> None:
    graph.show("Front")
    # From elsewhere: where another test has left the mouse just there, it would not move.
    QTest.mouseMove(graph.graph, QPoint(3, 3))
    QTest.mouseMove(graph.graph, graph.where("Massoud"))
    settle()
    assert "Massoud (person): ← member of 2019–2021" in graph.graph.toolTip()
    QTest.mouseMove(graph.graph, QPoint(3, 3))
    settle()
    assert graph.graph.toolTip() == ""


def test_links_among_the_neighbours_are_there_once_and_those_to_others_are_not(graph: Graph) -> None:
    graph.link("Front", "opposes", "Taliban")
    ties = ties_of(graph.at.workspace.records, graph.entities["Saleh"])
    assert [one.name for one in ties.neighbours] == ["Front", "Taliban"]
    names = {one.id: name for name, one in graph.entities.items()}
    told = {(names[tie.origin], names[tie.target], *tie.words, tie.is_symmetric) for tie in ties.ties}
    assert ("Saleh", "Front", "leads from 2021", False) in told
    assert len(told) == len(ties.ties) == 3
    assert sum(1 for tie in ties.ties if tie.words == ("opposes",) and tie.is_symmetric) == 2


def test_two_labels_in_one_direction_are_one_arrow(graph: Graph) -> None:
    graph.link("Saleh", "member of", "Front", until="2022-01-01")
    graph.link("Front", "part of", "Saleh")
    ties = ties_of(graph.at.workspace.records, graph.entities["Saleh"])
    assert (
        ties.words_between(graph.entities["Saleh"].id, graph.entities["Front"].id)
        == "leads from 2021; member of until 2022; ← part of"
    )
    assert len(ties.ties) == 3


def test_symmetric_links_are_one_line_whichever_way_they_were_drawn(graph: Graph) -> None:
    graph.link("Taliban", "family of", "Saleh")
    ties = ties_of(graph.at.workspace.records, graph.entities["Taliban"])
    assert [tie.words for tie in ties.ties] == [("opposes", "family of")]


def test_of_many_the_first_are_drawn_and_the_rest_is_counted(graph: Graph) -> None:
    names = [f"Member {number}" for number in range(MOST + 7)]
    graph.add("Party", kind="organisation")
    graph.add(*names)
    for name in names:
        graph.link(name, "member of", "Party")
    graph.show("Party")
    assert [one.name for one in graph.graph.neighbours] == names[:MOST]
    assert graph.graph.accessibleDescription().startswith(f"{MOST + 7} linked entities")
    assert graph.graph.height() >= 380
    places = [graph.where(name) for name in names[:MOST]]
    for number, place in enumerate(places):
        assert graph.graph.rect().contains(place)
        assert all((place - other).manhattanLength() > 15 for other in places[:number])


def test_it_follows_links_that_come_and_go(graph: Graph) -> None:
    graph.show("Massoud")
    assert graph.graph.isVisible()
    link = graph.at.workspace.records.links_of(graph.entities["Massoud"].id)[0]
    graph.at.workspace.do(connecting.disconnect, link.id)
    graph.show("Massoud")
    assert not graph.graph.isVisible()


def test_each_kind_has_a_shape_of_its_own(graph: Graph) -> None:
    """Never colour alone, and also for kinds that a project makes for itself."""
    schema = graph.at.desk.schema
    own = tuple(EntityKind(f"own {number}", 0) for number in range(4))
    wider = replace(schema, kinds=(*schema.kinds, *own))
    signs = [sign(wider, kind.key, QPointF(), 10) for kind in wider.kinds]
    assert all(one != other for number, one in enumerate(signs) for other in signs[:number])


def test_light_and_dark(graph: Graph) -> None:
    graph.show("Saleh")
    grounds = []
    for choice in ("dark", "light"):
        graph.at.desk.theme.choose(choice)
        settle()
        grounds.append(QColor(graph.graph.grab().toImage().pixel(20, 12)).lightness())
    assert grounds[0] < 60
    assert grounds[1] > 200
