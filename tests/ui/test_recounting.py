"""What a claim tells of, by keys: to whom, in which medium, who did it, where, when, how many; links; undo of each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.editing import designing
from annotator.paths import resource
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work
from tests.ui.clashes import DENIED, KILLED, NUMBERS, PARTIES, SAID, WHEN, claim, name_all, publish
from tests.ui.conftest import Ask
from tests.ui.texts import CLASHES, STRIKE, everything

LINKED = (
    "SELECT l.label, o.quote, t.quote FROM link l JOIN claim o ON o.id = l.from_claim_id "
    "JOIN claim t ON t.id = l.to_claim_id"
)


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    with at_work(tmp_path / "clashes", CLASHES, STRIKE) as opened:
        publish(opened)
        yield opened


def undone(player: Player, rows: Ask, gesture: Callable[[], object]) -> None:
    """Does a gesture that changes something; one Ctrl+Z takes all of it back, Ctrl+Y does it again."""
    before = everything(rows)
    gesture()
    after = everything(rows)
    assert after != before
    player.press("Ctrl+Z")
    assert everything(rows) == before
    player.press("Ctrl+Y")
    assert everything(rows) == after


def on(player: Player, words: str, key: str, nth: int = 1) -> Callable[[], None]:
    """Selecting words and pressing a key."""

    def run() -> None:
        player.select(words, nth)
        player.press(key)

    return run


def test_t_says_to_whom_it_is_said(player: Player, rows: Ask) -> None:
    claim(player)
    undone(player, rows, on(player, "the Post", "T"))
    told = "SELECT c.addressee_quote, e.name FROM claim c JOIN entity e ON e.id = c.addressee_id"
    assert rows(told) == [("the Post", "the Post")]
    assert rows("SELECT label, quote FROM mention") == [("actor", "the Post")], "it is a mention too"


def test_m_keeps_the_words_of_the_medium(player: Player, rows: Ask) -> None:
    claim(player)
    undone(player, rows, on(player, "in a tweet", "M"))
    ((words, start, end),) = rows("SELECT medium_quote, medium_start, medium_end FROM claim")
    assert words == "in a tweet" == CLASHES[int(str(start)) : int(str(end))]


def test_shift_s_says_when_it_was_said_and_warns_of_a_wrong_weekday(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player, DENIED)
    player.select("Thursday, August 21")
    player.press("Shift+S")
    assert rows(SAID) == [("Thursday, August 21", "2021-08-21", "2021-08-21")]
    assert "is a Saturday, not a Thursday" in work.status
    player.press("Ctrl+Z")
    undone(player, rows, on(player, "Thursday, August 21", "Shift+S"))


def test_shift_d_reads_a_weekday_by_the_articles_date(player: Player, rows: Ask) -> None:
    claim(player)
    undone(player, rows, on(player, "Friday", "Shift+D"))
    assert rows(WHEN) == [("Friday", "2021-08-20", "2021-08-20")]


def test_an_ambiguous_date_is_asked_and_the_choice_is_kept(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player, DENIED)
    on(player, "03/04/2021", "Shift+D")()
    assert player.finder is not None
    offers = [player.finder.list.model().index(n, 0).data() for n in range(player.finder.list.model().rowCount())]
    assert sorted(offers) == ["3 Apr 2021", "4 Mar 2021", "Leave it open"]
    assert rows(WHEN) == [], "nothing is saved before it was answered"
    player.type("mar")
    player.press("Return")
    assert rows(WHEN) == [("03/04/2021", "2021-03-04", "2021-03-04")]
    assert "choose" not in work.status, "it was chosen"
    player.press("Ctrl+Z")
    assert rows(WHEN) == []


def test_an_ambiguous_date_can_be_left_open(player: Player, rows: Ask) -> None:
    claim(player, DENIED)
    on(player, "03/04/2021", "Shift+D")()
    player.type("leave")
    player.press("Return")
    assert rows(WHEN) == [("03/04/2021", "", "")]
    on(player, "03/04/2021", "Shift+D")()
    player.press("Escape")
    assert rows(WHEN) == [("03/04/2021", "", "")]


def test_shift_a_and_shift_t_take_the_chosen_mention_or_ask(work: AtWork, player: Player, rows: Ask) -> None:
    name_all(player)
    claim(player)
    undone(player, rows, on(player, "Amrullah Saleh", "Shift+A"))
    assert rows(PARTIES) == [("actor", "Amrullah Saleh")]
    on(player, "Amrullah Saleh", "Shift+A")()
    assert "there already" in work.status
    player.press("Right")
    player.press("Escape", 2)
    player.press("N")

    def ask() -> None:
        player.press("Shift+T")
        assert player.finder is not None
        assert player.finder.title.text().startswith("To whom it was done")
        player.type("tali")
        player.press("Return")

    undone(player, rows, ask)
    assert rows(PARTIES) == [("actor", "Amrullah Saleh"), ("recipient", "Taliban")]


def test_shift_l_takes_a_place_and_offers_only_places(work: AtWork, player: Player, rows: Ask) -> None:
    name_all(player)
    claim(player)
    undone(player, rows, on(player, "Baghlan", "Shift+L"))
    where = "SELECT e.name, c.place_relation FROM claim c JOIN entity e ON e.id = c.place_id"
    assert rows(where) == [("Baghlan", "in")]
    on(player, "Amrullah Saleh", "Shift+L")()
    assert player.finder is not None, "a person is no place"
    assert [player.finder.list.model().index(n, 0).data() for n in range(player.finder.list.model().rowCount())] == [
        "Baghlan"
    ]
    player.press("Escape")


def test_shift_q_reads_number_what_and_whom(player: Player, rows: Ask) -> None:
    player.tag("Taliban", "A", kind="armed group")
    claim(player)
    undone(player, rows, on(player, "15 Taliban fighters", "Shift+Q"))
    assert rows(NUMBERS) == [("killed", "15 Taliban fighters", "Taliban", None, 15, None)]


def test_at_least_is_a_low_and_dozens_stay_words(player: Player, rows: Ask) -> None:
    claim(player, DENIED)
    on(player, "At least 40", "Shift+Q")()
    undone(player, rows, on(player, "dozens of militants", "Shift+Q"))
    assert rows(NUMBERS) == [
        ("injured", "At least 40", None, 40, None, None),
        ("displaced", "dozens of militants", None, None, None, None),
    ]


def test_what_is_counted_is_taken_by_a_digit_and_not_twice(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player, DENIED)
    for _ in range(2):
        player.select("300 ships")
        player.press("Shift+Q")
        assert player.finder is not None, "the words do not say what is counted"
        assert player.finder.title.text() == "What does “300 ships” count?"
        player.type("3")
    assert rows(NUMBERS) == [("detained", "300 ships", None, None, 300, None)]
    assert "already" in work.status


def test_k_links_by_digit_and_typing_the_source(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player, KILLED, "Amrullah Saleh")
    claim(player, DENIED)

    def link() -> None:
        player.press("K")
        player.type("3")
        assert player.finder is not None
        player.type("saleh")
        assert player.finder.list.model().rowCount() == 1
        player.press("Return")

    undone(player, rows, link)
    assert rows(LINKED) == [("contradicts", DENIED, KILLED)]
    link()
    assert "already" in work.status
    player.press("P")
    player.press("K")
    player.type("3")
    player.press("Return")
    assert "already" in work.status, "a contradiction holds in both directions"
    assert len(rows(LINKED)) == 1


def test_of_a_claim_and_the_one_quoted_in_it_k_takes_the_one_whose_words_were_typed(player: Player, rows: Ask) -> None:
    claim(player, "On Friday, 15 Taliban fighters were killed near Baghlan")
    claim(player, KILLED)
    claim(player, DENIED)
    player.press("K")
    player.type("3")
    player.type("15 tal")
    player.press("Return")
    assert rows(LINKED) == [("contradicts", DENIED, KILLED)]


def test_k_reaches_claims_of_other_articles(player: Player, rows: Ask) -> None:
    claim(player)
    player.press("Ctrl+PgDown")
    claim(player, "would strike")
    player.press("K")
    player.type("1")
    player.type("fighters")
    player.press("Return")
    assert rows(LINKED) == [("repeats", "would strike", KILLED)]


KEYS = ("T", "M", "Shift+S", "Shift+A", "Shift+T", "Shift+L", "Shift+D", "Shift+Q", "K")


@pytest.mark.parametrize("key", KEYS)
def test_without_a_claim_each_key_is_refused(key: str, work: AtWork, player: Player, rows: Ask) -> None:
    before = rows("SELECT count(*) FROM history")
    player.select("Friday")
    player.press(key)
    assert "claim first" in work.status
    assert player.finder is None
    assert rows("SELECT count(*) FROM history") == before


@pytest.mark.parametrize("key", ["T", "M", "Shift+S", "Shift+D", "Shift+Q"])
def test_where_no_word_is_words_are_asked_for(key: str, work: AtWork, player: Player, rows: Ask) -> None:
    claim(player)
    before = rows("SELECT count(*) FROM history")
    work.window.view.put_caret(CLASHES.index("\n\n") + 1)
    player.press(key)
    assert work.status.startswith("Select ")
    assert rows("SELECT count(*) FROM history") == before


def test_the_word_at_the_caret_will_do(work: AtWork, player: Player, rows: Ask) -> None:
    claim(player)
    work.window.view.put_caret(CLASHES.index("Friday") + 2)
    player.press("Shift+D")
    assert rows(WHEN) == [("Friday", "2021-08-20", "2021-08-20")]


def test_a_schema_without_these_parts_refuses_them(tmp_path: Path, qtbot: QtBot) -> None:
    with at_work(tmp_path / "blank", CLASHES) as opened:
        desk, player = opened.window.controls.desk, opened.player
        name_all(player)
        claim(player)
        assert (
            desk.do(designing.replace_schema, resource("schemas/parc_polnear.json").read_text(encoding="utf-8"))
            is not None
        )
        before = opened.rows("SELECT count(*) FROM history")
        player.press("N")
        for key in ("T", "M", "Shift+S", "Shift+D", "Shift+Q", "Shift+A"):
            player.select("Friday" if key != "Shift+A" else "Amrullah Saleh")
            player.press(key)
            assert "schema" in opened.status, (key, opened.status)
        assert opened.rows("SELECT count(*) FROM history") == before
