"""Entities: linked while tagging, asked for when in doubt, named, merged and deleted."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget

from annotator.domain.links import Between
from annotator.editing import connecting
from annotator.ui.forms.entity import EntityForm
from annotator.ui.main_window import MainWindow
from annotator.ui.models.entities import EntityRow
from annotator.ui.models.queue import ROW
from annotator.ui.panels.entities import EntityPanel
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.texts import LINKS

Ask = Callable[..., list[tuple[object, ...]]]
ALIASES = "SELECT e.name, a.text FROM alias a JOIN entity e ON e.id = a.entity_id ORDER BY e.name, a.number"


def panel(window: MainWindow) -> EntityPanel:
    """The list of entities."""
    found = window.findChild(EntityPanel)
    assert found is not None
    return found


def listed(window: MainWindow) -> list[str]:
    """What the list of entities says, headings and all."""
    model = panel(window).list.model()
    return [str(model.index(number, 0).data()) for number in range(model.rowCount())]


def row_of(window: MainWindow, name: str) -> QModelIndex:
    """Where an entity is listed."""
    model = panel(window).list.model()
    return next(model.index(n, 0) for n in range(model.rowCount()) if model.index(n, 0).data() == name)


def choose(player: Player, name: str) -> None:
    """Lets go of everything, then clicks an entity in its list."""
    player.press("F6")
    player.press("Escape", 3)
    click(player.window, name)


def click(window: MainWindow, name: str) -> None:
    """Clicks an entity in its list."""
    view = panel(window).list
    view.scrollTo(row_of(window, name))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(row_of(window, name)).center())
    QApplication.processEvents()


def push(window: MainWindow, words: str) -> None:
    """Pushes a button of the form in sight."""
    form = window.controls.inspector.form
    button = next(one for one in form.findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were asked; each is answered with its first button."""
    questions: list[str] = []

    def answer(box: QMessageBox) -> int:
        questions.append(box.text())
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return questions


def test_a_first_name_makes_an_entity_of_the_same_name(player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    assert player.finder is None, "nothing to ask"
    assert rows("SELECT name, kind FROM entity") == [("Mara Lind", "person")]
    assert rows(LINKS) == [("Mara Lind", "Mara Lind")]


def test_the_same_name_is_linked_at_once_also_in_another_article(player: Player, rows: Ask) -> None:
    player.tag("Port Vale", "L")
    player.press("Ctrl+PgDown")
    player.select("Port Vale")
    player.press("L")
    assert player.finder is None, "nothing to ask"
    assert rows(LINKS) == [("Port Vale", "Port Vale")] * 2
    assert rows("SELECT count(*) FROM entity") == [(1,)]


def test_a_description_starts_as_an_unnamed_source(player: Player, rows: Ask) -> None:
    player.tag("officials", "A")
    assert rows("SELECT name, kind FROM entity") == [("officials", "unnamed source")]


def test_dates_quantities_and_other_names_make_no_entities(player: Player, rows: Ask) -> None:
    for words, key in (("Monday", "D"), ("300", "Q"), ("Courier", "O")):
        player.tag(words, key)
        player.press("E")
        assert player.finder is None
    assert rows("SELECT count(*) FROM entity") == [(0,)]


def test_a_bare_surname_asks_among_all_who_bear_it_and_enter_takes(player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Tom Lind", "A")
    player.select("Lind", 2)
    player.press("A")
    finder = player.finder
    assert finder is not None
    model = finder.list.model()
    offered = {model.index(number, 0).data() for number in range(model.rowCount())}
    assert offered == {"Mara Lind", "Tom Lind"}
    player.type("tom")
    player.press("Return")
    assert player.finder is None
    assert ("Lind", "Tom Lind") in rows(LINKS)
    assert rows(ALIASES) == [("Tom Lind", "Lind")]


def test_down_in_the_finder_takes_the_second(player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Tom Lind", "A")
    player.select("Lind", 2)
    player.press("A")
    finder = player.finder
    assert finder is not None
    second = finder.list.model().index(1, 0).data()
    player.press("Down")
    player.press("Return")
    assert ("Lind", second) in rows(LINKS)


def test_ctrl_enter_makes_a_new_one_of_the_words_or_of_what_was_typed(player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.select("Lind", 2)
    player.press("A")
    player.press("Ctrl+Return")
    assert ("Lind", "Lind") in rows(LINKS)
    player.press("E")
    player.type("Per Lind")
    player.press("Ctrl+Return")
    assert ("Lind", "Per Lind") in rows(LINKS)
    assert rows("SELECT name FROM entity ORDER BY name") == [("Mara Lind",), ("Per Lind",)], "“Lind” was left bare"


def test_escape_leaves_the_mention_without_entity_and_goes_back_to_the_text(
    window: MainWindow, player: Player, rows: Ask
) -> None:
    player.tag("Mara Lind", "A")
    player.select("Lind", 2)
    player.press("A")
    player.press("Escape")
    assert QApplication.activePopupWidget() is None
    assert ("Lind", None) in rows(LINKS)
    player.press("E")
    assert player.finder is not None
    player.press("Return")
    assert ("Lind", "Mara Lind") in rows(LINKS)
    assert window.controls.marking.mention is not None


def test_shift_e_takes_a_mention_out_of_its_entity(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.press("Shift+E")
    assert rows(LINKS) == [("Mara Lind", None)]
    player.press("Shift+E")
    assert "no entity" in work.status


def test_only_fitting_kinds_are_offered_for_a_place(player: Player, rows: Ask) -> None:
    player.tag("Port Vale", "A")
    player.press("1")
    player.select("Port Vale")
    player.press("L")
    assert player.finder is None, "a person is no place"
    assert rows("SELECT name, kind FROM entity ORDER BY kind") == [("Port Vale", "person"), ("Port Vale", "place")]


def test_an_entity_is_renamed_by_keyboard_and_keeps_its_old_name(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Tom Lind", "A")
    player.press("Escape")
    choose(player, "Tom Lind")
    player.press("F6")
    player.press("Return")
    player.press("Ctrl+A")
    player.type("Thomas Lind")
    player.press("Escape")
    assert rows("SELECT name FROM entity") == [("Thomas Lind",)]
    assert rows(ALIASES) == [("Thomas Lind", "Tom Lind")]
    assert window.view.hasFocus(), "Escape went back to the text"
    assert "Thomas Lind" in listed(window)


def test_an_empty_name_is_refused_and_the_old_one_comes_back(
    work: AtWork, window: MainWindow, player: Player, rows: Ask
) -> None:
    player.tag("Tom Lind", "A")
    choose(player, "Tom Lind")
    player.press("F6")
    player.press("Return")
    player.press("Ctrl+A")
    player.press("Backspace")
    player.press("Return")
    assert rows("SELECT name FROM entity") == [("Tom Lind",)]
    assert "needs a name" in work.status
    field = window.controls.inspector.form.fields["name"]
    assert isinstance(field, QLineEdit)
    assert field.text() == "Tom Lind"


def test_without_entities_it_says_how_one_comes_about(window: MainWindow, player: Player) -> None:
    entities = panel(window)
    assert listed(window) == []
    assert "press the key of its label: A for Actor, L for Location" in entities.list.accessibleDescription()
    assert inked(entities.list)
    entities.filter_box.setText("nobody")
    assert entities.list.accessibleDescription() == "No entity has these words."
    entities.filter_box.clear()
    player.tag("Tom Lind", "A")
    assert entities.list.accessibleDescription() == ""


def inked(view: QWidget) -> bool:
    """Whether anything is drawn inside a view."""
    image = view.grab().toImage()
    inside = range(4, image.width() - 4, 2), range(4, image.height() - 4, 2)
    return len({image.pixelColor(x, y).name() for x in inside[0] for y in inside[1]}) > 3


def test_the_days_of_a_link_say_which_is_the_first(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Harbour Union", "A")
    (lind,), (union,) = rows("SELECT id FROM entity ORDER BY name DESC")
    desk = window.controls.desk
    assert desk.do(connecting.connect, "member of", Between.ENTITIES, lind, union) is not None
    choose(player, "Mara Lind")
    found = [
        label for label in window.controls.inspector.form.findChildren(QLabel) if label.text() in {"from", "until"}
    ]
    assert len(found) == 2
    QApplication.processEvents()
    assert all(label.width() >= label.sizeHint().width() for label in found)


def another_name(window: MainWindow) -> QLineEdit:
    """The line for a further name."""
    form = window.controls.inspector.form
    assert isinstance(form, EntityForm)
    return next(one for one in form.findChildren(QLineEdit) if one.accessibleName() == "Another name")


def test_a_further_name_is_added_and_links_from_then_on(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "A")
    choose(player, "Harbour Union")
    another_name(window).setFocus()
    player.type("Dockers")
    player.press("Return")
    assert rows(ALIASES) == [("Harbour Union", "Dockers")]
    player.press("F6")
    player.press("Escape", 2)
    player.select("Dockers")
    player.press("A")
    assert ("Dockers", "Harbour Union") in rows(LINKS)


def test_a_further_name_is_taken_away_by_its_button(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "A")
    choose(player, "Harbour Union")
    another_name(window).setFocus()
    player.type("Dockers")
    player.press("Return")
    buttons = window.controls.inspector.form.findChildren(QAbstractButton)
    QTest.mouseClick(
        next(one for one in buttons if one.accessibleName() == "Take away Dockers"), Qt.MouseButton.LeftButton
    )
    assert rows(ALIASES) == []


def test_a_name_typed_for_one_entity_does_not_wait_for_another(window: MainWindow, player: Player) -> None:
    player.tag("Harbour Union", "A")
    player.tag("Tom Lind", "A")
    choose(player, "Harbour Union")
    another_name(window).setFocus()
    player.type("Dockers")
    click(window, "Tom Lind")
    assert another_name(window).text() == ""


def test_two_entities_are_merged_by_the_finder_and_parted_by_undo(
    window: MainWindow, player: Player, rows: Ask
) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Tom Lind", "A")
    player.claim([("We stop", 1)], [("Mara Lind", 2)], None)
    before = [rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("entity", "alias", "mention", "claim_source")]
    choose(player, "Mara Lind")
    push(window, "Merge into…")
    finder = player.finder
    assert finder is not None
    player.type("tom")
    player.press("Return")
    assert rows("SELECT name FROM entity") == [("Tom Lind",)]
    assert rows(ALIASES) == [("Tom Lind", "Mara Lind")]
    assert {name for _, name in rows(LINKS)} == {"Tom Lind"}
    assert rows("SELECT e.name FROM claim_source s JOIN entity e ON e.id = s.entity_id") == [("Tom Lind",)]
    assert listed(window) == ["person", "Tom Lind"]
    player.press("Ctrl+Z")
    after = [rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("entity", "alias", "mention", "claim_source")]
    assert after == before
    assert listed(window) == ["person", "Mara Lind", "Tom Lind"]


def test_an_entity_without_mentions_is_deleted_unasked(
    window: MainWindow, player: Player, rows: Ask, asked: list[str]
) -> None:
    player.tag("Mara Lind", "A")
    choose(player, "Mara Lind")
    player.press("F6")
    player.set("Kind", "crowd")  # so that it is somebody's work and stays when its mention goes
    player.press("Ctrl+Home")
    player.press("Tab")
    player.press("Delete")
    assert rows("SELECT name FROM entity") == [("Mara Lind",)]
    assert listed(window) == []
    panel(window).whole_project.setFocus()
    player.press("Space")
    choose(player, "Mara Lind")
    push(window, "Delete…")
    assert asked == []
    assert rows("SELECT name FROM entity") == []


def test_an_entity_with_mentions_is_deleted_after_a_question_and_undo_brings_all_back(
    window: MainWindow, player: Player, rows: Ask, asked: list[str]
) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Mara Lind", "A", 2)
    player.claim([("We stop", 1)], [("Mara Lind", 2)], None)
    tables = ("entity", "alias", "mention", "claim", "claim_source")
    before = [rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables]
    choose(player, "Mara Lind")
    push(window, "Delete…")
    assert len(asked) == 1
    assert "2 mentions" in asked[0]
    assert rows(LINKS) == [("Mara Lind", None)] * 2
    assert rows("SELECT quote, entity_id FROM claim_source") == [("Mara Lind", None)]
    assert listed(window) == []
    player.press("Ctrl+Z")
    assert [rows(f"SELECT * FROM {table} ORDER BY 1") for table in tables] == before


def test_saying_no_deletes_nothing(
    window: MainWindow, player: Player, rows: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.button(QMessageBox.StandardButton.Cancel).click())
    player.tag("Mara Lind", "A")
    choose(player, "Mara Lind")
    push(window, "Delete…")
    assert rows("SELECT name FROM entity") == [("Mara Lind",)]


def test_a_click_on_the_entity_of_the_chosen_mention_shows_it(window: MainWindow, player: Player) -> None:
    player.tag("Mara Lind", "A")
    click(window, "Mara Lind")
    assert isinstance(window.controls.inspector.form, EntityForm)


def test_choosing_an_entity_marks_all_its_mentions_and_no_other(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Mara Lind", "A", 2)
    player.tag("Tom Lind", "A")
    player.press("Escape", 2)
    choose(player, "Mara Lind")
    assert window.view.board.chosen == {id_ for (id_,) in rows("SELECT id FROM mention WHERE quote = 'Mara Lind'")}
    choose(player, "Tom Lind")
    assert window.view.board.chosen == {id_ for (id_,) in rows("SELECT id FROM mention WHERE quote = 'Tom Lind'")}


def test_the_list_goes_by_kind_and_counts_here_and_in_all(window: MainWindow, player: Player) -> None:
    player.press("Ctrl+PgDown")
    player.tag("Port Vale", "L")
    player.press("Ctrl+PgUp")
    player.tag("Port Vale", "L")
    player.tag("Mara Lind", "A")
    assert listed(window) == ["person", "Mara Lind", "place", "Port Vale"]
    row = row_of(window, "Port Vale").data(ROW)
    assert isinstance(row, EntityRow)
    assert (row.here, row.total) == (1, 2)


def test_the_list_is_filtered_by_alias_and_without_accents(window: MainWindow, player: Player) -> None:
    player.press("Ctrl+PgDown")
    player.tag("Zoë", "A")
    player.tag("王小明", "A")
    panel(window).filter_box.setFocus()
    player.type("zoe")
    assert listed(window) == ["person", "Zoë"]
    player.press("Ctrl+A")
    panel(window).filter_box.insert("小明")  # QTest has no keys for these
    assert listed(window) == ["person", "王小明"]


def test_the_keyboard_walks_through_the_list_of_entities(window: MainWindow, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Tom Lind", "A")
    player.press("Escape", 2)
    player.press("Ctrl+1")
    player.press("Home")
    player.press("Down", 2)
    assert window.controls.desk.focus.entity in {id_ for (id_,) in rows("SELECT id FROM entity")}
    player.press("F6")
    assert window.view.hasFocus()
