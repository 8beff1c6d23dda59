"""Undo and redo of every kind of gesture, what the menu says, and how long it reaches back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from annotator.services.importing import About
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.texts import QUOTES, STRIKE, everything

Ask = Callable[..., list[tuple[object, ...]]]
Gesture = Callable[[Player], object]


def prepare(player: Player) -> None:
    """Some mentions and claims that the gestures work on; the claim “We stop” is chosen."""
    player.tag("Mara Lind", "A")
    player.tag("Port Vale", "L")
    player.claim([("it", 1)], [("Tom Lind", 1)], ("denied", 1))
    player.claim([("We stop", 1)], [], None)


def keys(*presses: str) -> Gesture:
    """The gesture of these keys."""

    def run(player: Player) -> None:
        for key in presses:
            player.press(key)

    return run


def on(words: str, *presses: str) -> Gesture:
    """The gesture of selecting words and pressing these keys."""

    def run(player: Player) -> None:
        player.select(words)
        keys(*presses)(player)

    return run


def first_mention(*presses: str) -> Gesture:
    """The gesture of these keys on the first mention."""
    return keys("Ctrl+Home", "Tab", *presses)


def rename(player: Player) -> None:
    """Gives the first entity another name."""
    keys("Escape", "Escape", "Escape", "Ctrl+1", "Home", "Down", "F6", "Return", "Ctrl+A")(player)
    player.type("Mara L.")
    player.press("Return")


def title(player: Player) -> None:
    """Gives the article another title."""
    keys("Escape", "Escape", "Escape", "Return", "Ctrl+A")(player)
    player.type("Strike")
    player.press("Return")


GESTURES: dict[str, tuple[Gesture, str]] = {
    "tag": (on("Harbour Union", "O"), "tag “Harbour Union” as Other name"),
    "retag": (first_mention("O"), "retag “Mara Lind” as Other name"),
    "resize": (first_mention("]"), "move edge to “Mara Lind said”"),
    "untag": (first_mention("Delete"), "remove Actor “Mara Lind”"),
    "kind": (first_mention("6"), "change to Mara Lind"),
    "unlink": (first_mention("Shift+E"), "take “Mara Lind” out of Mara Lind"),
    "link": (first_mention("E", "T", "Return"), "link “Mara Lind” to Tom Lind"),
    "new claim": (on("at noon", "C"), "claim “at noon”"),
    "content": (on("at noon", "Shift+C"), "add “at noon” to claim"),
    "source": (on("officials", "S"), "add source “officials”"),
    "cue": (on("said", "U"), "set cue “said”"),
    "within": (keys("Shift+I"), "move claim “We stop”"),
    "about": (first_mention("B"), "change to claim “We stop”"),
    "delete claim": (keys("P", "Shift+Del"), "delete claim “it”"),
    "state": (keys("Ctrl+Shift+3"), "set “Dockers walk out” done"),
    "rename": (rename, "change to Mara L."),
    "title": (title, "change to article “Strike”"),
}


@pytest.mark.parametrize("name", GESTURES)
def test_each_gesture_is_taken_back_and_done_again_whole(name: str, work: AtWork, player: Player, rows: Ask) -> None:
    gesture, words = GESTURES[name]
    prepare(player)
    before = everything(rows)
    gesture(player)
    after = everything(rows)
    assert after != before
    assert work.action("undo") == f"Undo {words}"
    player.press("Ctrl+Z")
    assert everything(rows) == before
    assert work.status == f"Undone: {words}."
    assert work.action("redo") == f"Redo {words}"
    player.press("Ctrl+Y")
    assert everything(rows) == after
    assert work.status == f"Done again: {words}."


def test_the_menu_names_what_undo_would_take_back(work: AtWork, player: Player) -> None:
    player.tag("Harbour Union", "A")
    assert work.action("undo") == "Undo tag “Harbour Union” as Actor"
    assert work.action("redo") == "Redo"
    player.press("Ctrl+Z")
    assert work.action("redo") == "Redo tag “Harbour Union” as Actor"


def test_an_ampersand_in_the_words_is_no_menu_letter(tmp_path: Path, qtbot: QtBot) -> None:
    from tests.ui.at_work import at_work

    with at_work(tmp_path / "and", "Title\n\nSmith&Sons deny it.\n") as other:
        other.player.go(other.window.view.text.index("Smith"))
        other.player.press("Shift+Right", len("Smith&Sons"))
        other.player.press("O")
        assert other.action("undo") == "Undo tag “Smith&&Sons” as Other name"


def test_another_gesture_after_undo_ends_redo(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "O")
    player.tag("Monday", "D")
    player.press("Ctrl+Z")
    player.tag("300", "Q")
    player.press("Ctrl+Shift+Z")
    assert "nothing to redo" in work.status
    assert rows(QUOTES) == [("other", "Harbour Union"), ("quantity", "300")]


def test_marks_on_the_page_follow_undo_and_redo(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "O")
    ((id_,),) = rows("SELECT id FROM mention")
    marks = work.window.view.board.mentions
    assert marks is not None
    assert str(id_) in marks
    player.press("Ctrl+Z")
    assert str(id_) not in marks
    player.press("Ctrl+Y")
    assert str(id_) in marks


def test_undo_from_another_article_works_there(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "O")
    player.press("Ctrl+PgDown")
    player.press("Ctrl+Z")
    assert rows(QUOTES) == []
    player.press("Ctrl+PgUp")
    assert work.window.view.text == STRIKE
    assert work.window.controls.desk.contents.mentions() == []


def test_undo_and_redo_survive_closing_the_window(work: AtWork, rows: Ask) -> None:
    prepare(work.player)
    whole = everything(rows)
    work.reopen()
    assert work.action("undo") == "Undo claim “We stop”"
    work.player.press("Ctrl+Z", 3)
    assert rows("SELECT count(*) FROM claim_source") == [(0,)] or rows("SELECT cue_quote FROM claim") == [("",)]
    halfway = everything(rows)
    work.reopen()
    assert everything(rows) == halfway
    work.player.press("Ctrl+Shift+Z", 3)
    assert everything(rows) == whole


def test_ctrl_z_in_a_box_takes_back_letters_and_nothing_of_the_project(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Harbour Union", "O")
    player.press("Ctrl+L")
    player.type("xyz")
    player.press("Ctrl+Z")
    box = work.window.controls.queue.filter_box
    assert isinstance(box, QLineEdit)
    assert box.text() != "xyz"
    assert rows(QUOTES) == [("other", "Harbour Union")]


def test_an_import_is_taken_back_whole_though_it_shows_one_of_its_articles(
    work: AtWork, player: Player, rows: Ask, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"More {number}\n", encoding="utf-8")
    work.window.controls.files.import_now(sorted(folder.iterdir()), About())
    job = work.window.controls.desk.jobs.current
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass
    player.press("Ctrl+PgDown", 3)
    assert work.window.view.text == "More 0\n"
    player.press("Ctrl+Z")
    assert rows("SELECT count(*) FROM article") == [(3,)]
    assert work.window.view.text == STRIKE, "an article that is there is shown instead"
    player.press("Ctrl+Y")
    assert rows("SELECT count(*) FROM article") == [(8,)]
