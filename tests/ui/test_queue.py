"""The list of articles: filter, states, going on by key, and two thousand of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.queue import QueueRow
from annotator.editing.importing import NewArticle
from annotator.services.projects import new_project, open_project
from annotator.ui.main_window import MainWindow
from annotator.ui.models.queue import ROW, QueueModel
from annotator.ui.tour.player import Player
from tests.ui.at_work import WHO, AtWork, at_work
from tests.ui.texts import ARABIC, MIXED, STRIKE

Ask = Callable[..., list[tuple[object, ...]]]
STATES = "SELECT a.title, s.state FROM assignment s JOIN article a ON a.id = s.article_id ORDER BY a.seq"


def titles(window: MainWindow) -> list[str]:
    """The titles that are listed."""
    model = window.controls.queue.list.model()
    return [str(model.index(number, 0).data()) for number in range(model.rowCount())]


def row(window: MainWindow, number: int) -> QueueRow:
    """One row of the list."""
    found = window.controls.queue.list.model().index(number, 0).data(ROW)
    assert isinstance(found, QueueRow)
    return found


def counted(window: MainWindow) -> str:
    """What stands below the list."""
    labels = [label.text() for label in window.controls.queue.findChildren(QLabel)]
    return next(words for words in labels if "article" in words)


def push(window: MainWindow, words: str) -> None:
    """Pushes one of the buttons for a state."""
    buttons = window.controls.queue.findChildren(QPushButton)
    QTest.mouseClick(next(one for one in buttons if one.text() == words), Qt.MouseButton.LeftButton)


def test_all_articles_are_listed_in_their_order_and_counted(window: MainWindow) -> None:
    assert titles(window) == ["Dockers walk out", "Heading", "السوق"]
    assert counted(window) == "3 articles"
    assert window.view.text == STRIKE


def test_words_filter_by_title_case_ignored(window: MainWindow, player: Player, qtbot: QtBot) -> None:
    player.press("Ctrl+L")
    player.type("WALK")
    qtbot.waitUntil(lambda: titles(window) == ["Dockers walk out"])
    assert counted(window) == "1 of 3 articles"
    player.press("Ctrl+A")
    player.press("Backspace")
    qtbot.waitUntil(lambda: counted(window) == "3 articles")


def test_a_filter_that_nothing_passes_leaves_the_article_in_sight(
    work: AtWork, window: MainWindow, player: Player, qtbot: QtBot
) -> None:
    player.press("Ctrl+L")
    player.type("zzz")
    qtbot.waitUntil(lambda: titles(window) == [])
    assert counted(window) == "0 of 3 articles"
    assert window.view.text == STRIKE
    player.press("Ctrl+PgDown")
    assert "last article" in work.status
    assert window.view.text == STRIKE


def test_percent_and_underscore_are_letters_like_others(window: MainWindow, player: Player, qtbot: QtBot) -> None:
    for words in ("%", "_", "'", '"'):
        player.press("Ctrl+L")
        player.press("Ctrl+A")
        player.type(words)
        qtbot.waitUntil(lambda: titles(window) == [])
        player.press("Ctrl+A")
        player.press("Backspace")
        qtbot.waitUntil(lambda: len(titles(window)) == 3)


def test_buttons_list_the_articles_of_one_state(window: MainWindow, player: Player) -> None:
    player.tag("Monday", "D")
    player.press("Ctrl+PgDown")
    player.press("Ctrl+Shift+3")
    push(window, "Doing")
    assert titles(window) == ["Dockers walk out"]
    push(window, "Done")
    assert titles(window) == ["Heading"]
    push(window, "To do")
    assert titles(window) == ["السوق"]
    push(window, "All")
    assert len(titles(window)) == 3


def test_the_first_tag_begins_an_article_and_keys_set_its_state(
    work: AtWork, window: MainWindow, player: Player, rows: Ask
) -> None:
    assert rows(STATES) == []
    player.tag("Monday", "D")
    assert rows(STATES) == [("Dockers walk out", "doing")]
    for key, state in (("Ctrl+Shift+3", "done"), ("Ctrl+Shift+1", "to do"), ("Ctrl+Shift+2", "doing")):
        player.press(key)
        assert rows(STATES) == [("Dockers walk out", state)]
        assert row(window, 0).state == state
    player.press("Ctrl+Shift+2")
    assert "already" in work.status


def test_next_and_previous_go_by_key_and_stop_at_the_ends(work: AtWork, window: MainWindow, player: Player) -> None:
    shown = []
    for _ in range(2):
        player.press("Ctrl+PgDown")
        shown.append(window.view.text)
    assert shown == [MIXED, ARABIC]
    player.press("Ctrl+PgDown")
    assert "last article" in work.status
    player.press("Ctrl+PgUp", 2)
    assert window.view.text == STRIKE
    player.press("Ctrl+PgUp")
    assert "first article" in work.status
    assert window.controls.queue.list.currentIndex().row() == 0


def test_ctrl_return_marks_done_and_goes_on_until_the_last(
    work: AtWork, window: MainWindow, player: Player, rows: Ask
) -> None:
    player.press("Ctrl+Return", 2)
    assert rows(STATES) == [("Dockers walk out", "done"), ("Heading", "done")]
    assert window.view.text == ARABIC
    player.press("Ctrl+Return")
    assert [state for _, state in rows(STATES)] == ["done"] * 3
    assert "last article" in work.status
    history = rows("SELECT count(*) FROM history")
    player.press("Ctrl+Return")
    assert rows("SELECT count(*) FROM history") == history, "done already"


def test_ctrl_return_keeps_what_is_being_typed(window: MainWindow, player: Player, rows: Ask) -> None:
    player.press("Return")
    player.press("Ctrl+A")
    player.type("Strike")
    player.press("Ctrl+Return")
    assert rows("SELECT title FROM article ORDER BY seq")[0] == ("Strike",)
    assert titles(window)[0] == "Strike"


@pytest.mark.parametrize("key", ["Ctrl+PgDown", "Ctrl+Shift+3"])
def test_going_on_by_key_keeps_what_is_being_typed(key: str, player: Player, rows: Ask) -> None:
    player.press("Return")
    player.press("Ctrl+A")
    player.type("Strike")
    player.press(key)
    player.press("F6")
    assert rows("SELECT title FROM article ORDER BY seq")[0] == ("Strike",)


def test_counts_of_mentions_and_claims_follow_edits_and_undo(window: MainWindow, player: Player) -> None:
    player.tag("Monday", "D")
    player.tag("300", "Q")
    player.claim([("it", 1)], [], None)
    assert (row(window, 0).mentions, row(window, 0).claims) == (2, 1)
    player.press("Ctrl+Z")
    assert (row(window, 0).mentions, row(window, 0).claims) == (2, 0)


def test_the_state_and_the_first_article_not_done_are_there_on_another_day(work: AtWork) -> None:
    work.player.press("Ctrl+Return")
    work.reopen()
    assert work.window.view.text == MIXED
    assert row(work.window, 0).state == "done"


def test_a_changed_title_is_listed_at_once(window: MainWindow, player: Player) -> None:
    player.press("Return")
    player.press("Ctrl+A")
    player.type("Another")
    player.press("Return")
    assert titles(window)[0] == "Another"
    assert window.controls.queue.list.currentIndex().row() == 0


def test_home_and_end_go_to_the_first_and_last_article(window: MainWindow, player: Player) -> None:
    window.controls.queue.list.setFocus()
    player.press("End")
    assert window.view.text == ARABIC
    player.press("Home")
    assert window.view.text == STRIKE


def test_a_click_shows_an_article(window: MainWindow) -> None:
    view = window.controls.queue.list
    place = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.view.text == MIXED


def test_ctrl_l_brings_a_closed_list_back_so_that_letters_tag_nothing(
    window: MainWindow, player: Player, rows: Ask
) -> None:
    from PySide6.QtWidgets import QDockWidget

    dock = window.findChild(QDockWidget, "queue")
    assert dock is not None
    dock.close()
    player.go(STRIKE.index("Monday"))
    player.press("Ctrl+L")
    player.type("dock")
    assert rows("SELECT count(*) FROM mention") == [(0,)]
    assert dock.isVisible()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two thousand articles."""
    path = tmp_path_factory.mktemp("many") / "many.annot"
    workspace = new_project(path, WHO)
    workspace.bring_in([NewArticle(f"Number {n}\n\nWords.\n", f"Number {n:04}") for n in range(2_000)], "")
    workspace.close()
    return path


@pytest.fixture
def model(many: Path) -> Iterator[tuple[QueueModel, list[str]]]:
    """The list of these articles, and the statements that the file was asked since."""
    workspace = open_project(many, WHO)
    asked: list[str] = []
    records = workspace.records
    rows_of = records.queue_rows

    def noted(articles: tuple[object, ...], annotator: object) -> object:
        asked.append(f"{len(articles)} rows")
        return rows_of(articles, annotator)  # type: ignore[arg-type]  # the ids as they came

    records.queue_rows = noted  # type: ignore[method-assign,assignment]  # counts what is read
    yield QueueModel(workspace), asked
    workspace.close()


def test_two_thousand_articles_are_listed_without_reading_their_rows(model: tuple[QueueModel, list[str]]) -> None:
    listing, asked = model
    assert listing.rowCount() == 2_000
    assert asked == []
    assert listing.index(1_990).data() == "Number 1990"
    assert asked == ["80 rows"], "the last page only"
    assert listing.index(1_999).data() == "Number 1999"
    assert asked == ["80 rows"]


def test_the_window_shows_two_thousand_articles_and_the_last_by_key(tmp_path: Path, qtbot: QtBot) -> None:
    texts = tuple(f"Number {n}\n\nWords.\n" for n in range(2_000))
    with at_work(tmp_path / "many", *texts) as other:
        view = other.window.controls.queue.list
        assert counted(other.window) == "2,000 articles"
        view.setFocus()
        other.player.press("Ctrl+End")
        assert other.window.view.text == texts[-1]
        view.scrollTo(view.model().index(0, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        other.player.press("Ctrl+L")
        other.player.type("number 1777")
        qtbot.waitUntil(lambda: view.model().rowCount() == 1)
        other.player.press("Ctrl+PgDown")
        assert other.window.view.text == texts[1777]
