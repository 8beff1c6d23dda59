"""Claims: content, sources, cues and nesting by keys, the choices in the inspector, and the cards."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPlainTextEdit

from annotator.ui.forms.claim import ClaimForm
from annotator.ui.main_window import MainWindow
from annotator.ui.models.claims import ClaimRow
from annotator.ui.models.queue import ROW
from annotator.ui.panels.claims import ClaimPanel
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork
from tests.ui.texts import QUOTES, STRIKE

Ask = Callable[..., list[tuple[object, ...]]]
CLAIMS = "SELECT quote, cue_quote FROM claim ORDER BY start"
NESTING = "SELECT i.quote, o.quote FROM claim i LEFT JOIN claim o ON o.id = i.within_id ORDER BY i.start, i.quote"
SOURCES = (
    "SELECT s.quote, e.name FROM claim_source s JOIN claim c ON c.id = s.claim_id "
    "LEFT JOIN entity e ON e.id = s.entity_id ORDER BY c.start, s.number"
)
STRIKE_IS_ON = "Harbour Union members would strike"
FEAR = "officials feared 300 ships would wait off Port Vale"
WAIT = "300 ships would wait off Port Vale"


def cards(window: MainWindow) -> list[ClaimRow]:
    """The claims as they are listed."""
    panel = window.findChild(ClaimPanel)
    assert panel is not None
    model = panel.list.model()
    found = [model.index(number, 0).data(ROW) for number in range(model.rowCount())]
    return [row for row in found if isinstance(row, ClaimRow)]


def chosen(window: MainWindow) -> str:
    """The words of the chosen claim."""
    claim = window.controls.claims.claim
    return claim.quote if claim else ""


def test_content_source_and_cue_are_set_by_three_keys(window: MainWindow, player: Player, rows: Ask) -> None:
    player.select(STRIKE_IS_ON)
    player.press("C")
    player.select("Mara Lind")
    player.press("S")
    player.select("said")
    player.press("U")
    assert rows(CLAIMS) == [(STRIKE_IS_ON, "said")]
    assert rows(SOURCES) == [("Mara Lind", "Mara Lind")]
    assert rows(QUOTES) == [("actor", "Mara Lind")], "the source is a mention too"
    ((start, end, manner, act, stance),) = rows('SELECT start, "end", manner, act, stance FROM claim')
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert STRIKE[start:end] == STRIKE_IS_ON
    assert (manner, act, stance) == ("indirect", "states", "affirms")
    parts = window.view.decorations.parts
    assert {mark.id.partition("/")[2] for mark in parts} == {"content", "source0", "cue"}


@pytest.mark.parametrize("key", ["Shift+C", "S", "U", "I", "Shift+I", "B", "Shift+Del"])
def test_without_a_chosen_claim_its_keys_are_refused(key: str, work: AtWork, player: Player, rows: Ask) -> None:
    before = rows("SELECT count(*) FROM history")
    player.select("Mara Lind")
    player.press(key)
    assert "claim first" in work.status
    assert player.finder is None
    assert rows("SELECT count(*) FROM history") == before


def test_a_claim_needs_a_selection(work: AtWork, player: Player, rows: Ask) -> None:
    player.go(STRIKE.index("strike"))
    player.press("C")
    assert "Select the words" in work.status
    assert rows(CLAIMS) == []


def test_the_same_content_twice_is_refused(work: AtWork, player: Player, rows: Ask) -> None:
    player.claim([(STRIKE_IS_ON, 1)], [], None)
    player.select(STRIKE_IS_ON)
    player.press("C")
    assert "already" in work.status
    assert len(rows(CLAIMS)) == 1


def test_a_claim_has_several_sources_in_the_order_they_were_given(work: AtWork, player: Player, rows: Ask) -> None:
    player.claim([("it", 1)], [("Tom Lind", 1), ("Mara Lind", 1)], ("denied", 1))
    assert rows(SOURCES) == [("Tom Lind", "Tom Lind"), ("Mara Lind", "Mara Lind")]
    player.select("Tom Lind")
    player.press("S")
    assert "already" in work.status
    assert len(rows(SOURCES)) == 2


def test_a_chosen_mention_becomes_the_source(player: Player, rows: Ask) -> None:
    player.tag("Mara Lind", "A")
    player.claim([(STRIKE_IS_ON, 1)], [], None)
    player.press("Ctrl+Home")
    player.press("Tab")
    player.press("S")
    assert rows(SOURCES) == [("Mara Lind", "Mara Lind")]
    assert rows(QUOTES) == [("actor", "Mara Lind")], "no second mention"


def test_a_quotation_in_two_pieces_is_direct_speech(player: Player, rows: Ask) -> None:
    player.claim([("We stop", 1), ("at noon", 1)], [("Mara Lind", 2)], ("said", 2))
    ((quote, content, manner),) = rows("SELECT quote, content, manner FROM claim")
    assert quote == "We stop … at noon"
    first, second = STRIKE.index("We stop"), STRIKE.index("at noon")
    numbers = [int(part) for part in str(content).translate(str.maketrans("[](),-;", "       ")).split()]
    assert numbers == [first, first + 7, second, second + 7]
    assert manner == "direct"


def test_a_claim_inside_another_is_put_there_by_itself(window: MainWindow, player: Player, rows: Ask) -> None:
    player.claim([(FEAR, 1)], [("The Courier", 1)], ("wrote that", 1))
    player.claim([(WAIT, 1)], [("officials", 1)], ("feared", 1))
    assert rows(NESTING) == [(WAIT, FEAR), (FEAR, None)] or rows(NESTING) == [(FEAR, None), (WAIT, FEAR)]
    assert [(row.number, row.depth, row.outer) for row in cards(window)] == [(1, 0, None), (2, 1, 1)]


def test_the_finder_puts_a_claim_inside_another_and_out_again(player: Player, rows: Ask) -> None:
    player.claim([(STRIKE_IS_ON, 1)], [("Mara Lind", 1)], None)
    player.claim([(WAIT, 1)], [("officials", 1)], None)
    player.press("I")
    assert player.finder is not None
    player.type("mara")
    player.press("Return")
    assert rows(NESTING) == [(STRIKE_IS_ON, None), (WAIT, STRIKE_IS_ON)]
    player.press("I")
    player.press("Return")
    assert rows(NESTING) == [(STRIKE_IS_ON, None), (WAIT, None)]


def test_shift_i_moves_a_claim_in_and_step_by_step_out(work: AtWork, player: Player, rows: Ask) -> None:
    player.claim([(STRIKE_IS_ON, 1)], [], None)
    player.press("Shift+I")
    assert "no claim before" in work.status
    player.claim([("it", 1)], [], None)
    player.press("Shift+I")
    player.claim([("We stop", 1)], [], None)
    player.press("Shift+I")
    assert rows(NESTING) == [(STRIKE_IS_ON, None), ("it", STRIKE_IS_ON), ("We stop", "it")]
    player.press("Shift+I")
    assert rows(NESTING)[2] == ("We stop", STRIKE_IS_ON)
    player.press("Shift+I")
    assert rows(NESTING)[2] == ("We stop", None)


def test_a_claim_is_never_put_inside_itself(work: AtWork, player: Player, rows: Ask) -> None:
    player.claim([(FEAR, 1)], [], None)
    player.claim([(WAIT, 1)], [("officials", 1)], None)
    player.press("P")
    player.press("I")
    player.press("Return")
    assert "inside itself" in work.status
    assert (FEAR, None) in rows(NESTING)


def test_n_and_p_walk_from_claim_to_claim_and_stop_at_the_ends(
    work: AtWork, window: MainWindow, player: Player
) -> None:
    for words in ("We stop", STRIKE_IS_ON, "it"):
        player.claim([(words, 1)], [], None)
    player.press("Escape", 2)
    assert chosen(window) == ""
    walked = []
    for _ in range(3):
        player.press("N")
        walked.append(chosen(window))
    assert walked == [STRIKE_IS_ON, "it", "We stop"]
    player.press("N")
    assert "last claim" in work.status
    player.press("P", 2)
    assert chosen(window) == STRIKE_IS_ON
    player.press("P")
    assert "first claim" in work.status


def test_every_choice_is_set_in_the_inspector_by_keyboard(player: Player, rows: Ask) -> None:
    player.claim([("it", 1)], [("Tom Lind", 1)], ("denied", 1))
    for field, value in (
        ("Stance", "denies"),
        ("Act", "threatens"),
        ("Manner", "reported"),
        ("Certainty", "possible"),
        ("Medium", "written statement"),
        ("Source type", "unspecified"),
    ):
        player.set(field, value)
    assert rows("SELECT stance, act, manner, certainty, medium, source_type FROM claim") == [
        ("denies", "threatens", "reported", "possible", "written statement", "unspecified")
    ]


def form(window: MainWindow) -> ClaimForm:
    """The form of the chosen claim."""
    found = window.controls.inspector.form
    assert isinstance(found, ClaimForm)
    return found


def test_note_wording_and_doubt_are_kept(window: MainWindow, player: Player, rows: Ask) -> None:
    player.claim([("it", 1)], [], None)
    for key, words in (("wording", "The union will not strike."), ("note", "Whose deputy?")):
        field = form(window).fields[key]
        assert isinstance(field, QPlainTextEdit)
        field.setFocus()
        player.type(words)
    box = form(window).fields["unsure"]
    assert isinstance(box, QCheckBox)
    box.setFocus()
    player.press("Space")
    player.press("Escape")
    assert rows("SELECT wording, note, unsure FROM claim") == [("The union will not strike.", "Whose deputy?", 1)]


def take_away(window: MainWindow, words: str) -> None:
    """Pushes the button that takes a row of the form away."""
    buttons = form(window).findChildren(QAbstractButton)
    button = next(one for one in buttons if one.accessibleName() == f"Take away {words}")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_sources_and_cue_are_taken_away_by_their_buttons(window: MainWindow, player: Player, rows: Ask) -> None:
    player.claim([("it", 1)], [("Tom Lind", 1), ("Mara Lind", 1)], ("denied", 1))
    take_away(window, "Tom Lind")
    take_away(window, "denied")
    assert rows(SOURCES) == [("Mara Lind", "Mara Lind")]
    assert rows(CLAIMS) == [("it", "")]
    assert len(rows(QUOTES)) == 2, "the mentions stay"


def test_a_claim_is_about_the_chosen_mention_or_one_that_is_asked_for(
    window: MainWindow, player: Player, rows: Ask
) -> None:
    player.tag("Port Vale", "L")
    player.tag("Harbour Union", "A")
    player.claim([(STRIKE_IS_ON, 1)], [], None)
    player.press("B")
    assert player.finder is not None
    player.type("port")
    player.press("Return")
    player.press("Ctrl+Home")
    player.press("Tab")
    player.press("B")
    about = rows("SELECT e.name FROM claim_about a JOIN entity e ON e.id = a.entity_id ORDER BY a.number")
    assert about == [("Port Vale",), ("Harbour Union",)]
    player.press("Escape")
    take_away(window, "Port Vale")
    assert rows("SELECT e.name FROM claim_about a JOIN entity e ON e.id = a.entity_id") == [("Harbour Union",)]


@pytest.mark.parametrize("key", ["Shift+Del", "Delete"])
def test_a_deleted_claim_leaves_mentions_and_inner_claims(
    key: str, window: MainWindow, player: Player, rows: Ask
) -> None:
    player.claim([(FEAR, 1)], [("The Courier", 1)], ("wrote that", 1))
    player.claim([(WAIT, 1)], [("officials", 1)], ("feared", 1))
    player.press("P")
    assert chosen(window) == FEAR
    player.press(key)
    assert rows(NESTING) == [(WAIT, None)]
    assert rows(SOURCES) == [("officials", "officials")]
    assert len(rows(QUOTES)) == 2
    assert [row.claim.quote for row in cards(window)] == [WAIT]


def test_cards_stand_in_reading_order_with_number_sources_and_words(window: MainWindow, player: Player) -> None:
    player.claim([("We stop", 1)], [("Mara Lind", 2)], ("said", 2))
    player.claim([(FEAR, 1)], [("The Courier", 1)], ("wrote that", 1))
    player.claim([(STRIKE_IS_ON, 1)], [], None)
    assert [(row.number, row.claim.quote, row.sources) for row in cards(window)] == [
        (1, STRIKE_IS_ON, ()),
        (2, "We stop", ("Mara Lind",)),
        (3, FEAR, ("The Courier",)),
    ]
    panel = window.findChild(ClaimPanel)
    assert panel is not None
    spoken = panel.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Claim 2: Mara Lind: We stop"


def test_a_renamed_source_is_renamed_on_its_card(window: MainWindow, player: Player, rows: Ask) -> None:
    player.claim([("it", 1)], [("Tom Lind", 1)], None)
    ((entity,),) = rows("SELECT id FROM entity")
    player.press("Escape", 3)
    player.press("Ctrl+1")
    player.press("Home")
    player.press("Down")
    assert window.controls.desk.focus.entity == entity
    player.press("F6")
    player.press("Return")
    player.press("Ctrl+A")
    player.type("Thomas")
    player.press("Escape")
    assert [row.sources for row in cards(window)] == [("Thomas (“Tom Lind”)",)]


def test_a_click_on_a_card_chooses_the_claim_and_shows_its_form(window: MainWindow, player: Player) -> None:
    player.claim([(STRIKE_IS_ON, 1)], [], None)
    player.claim([("it", 1)], [], ("denied", 1))
    player.press("Ctrl+2")
    panel = window.findChild(ClaimPanel)
    assert panel is not None
    place = panel.list.visualRect(panel.list.model().index(0, 0)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen(window) == STRIKE_IS_ON
    assert STRIKE_IS_ON in form(window).heading.text()
    player.press("Down")
    assert chosen(window) == "it"
