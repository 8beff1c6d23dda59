"""The command palette, the hover card, the search in all articles: driven by keys."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.spans import Span
from annotator.editing import linking
from annotator.ui.article.hover import HoverCard
from annotator.ui.concordance import Concordance
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work
from tests.ui.conftest import Ask
from tests.ui.texts import QUOTES, STRIKE


def offered(player: Player) -> list[str]:
    """What the palette offers."""
    finder = player.finder
    assert finder is not None
    model = finder.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_letters_find_and_do_an_action(work: AtWork, player: Player, rows: Ask) -> None:
    player.select("Mara Lind")
    player.press("Ctrl+K")
    player.type("tag as act")
    assert offered(player)[0] == "Tag as Actor"
    player.press("Return")
    assert rows(QUOTES) == [("actor", "Mara Lind")]
    player.press("Ctrl+K")
    assert offered(player)[0] == "Tag as Actor", "what was taken last comes first"
    player.press("Escape")


def test_letters_anywhere_in_order_are_enough(work: AtWork, player: Player) -> None:
    player.press("Ctrl+K")
    player.type("pgnum")
    assert "Paragraph numbers" in offered(player)
    player.press("Escape")


def test_entities_and_articles_are_gone_to(work: AtWork, player: Player) -> None:
    player.tag("Harbour Union", "A")
    player.press("Ctrl+K")
    player.type("harb")
    assert "Harbour Union" in offered(player)
    while player.finder is not None and player.finder.list.currentIndex().data() != "Harbour Union":
        player.press("Down")
    player.press("Return")
    focus = work.window.controls.desk.focus
    assert focus.latest == "entity"
    before = focus.article
    player.press("Ctrl+K")
    player.type("heading")
    assert "Heading" in offered(player)
    player.press("Return")
    assert focus.article != before
    assert work.window.view.text.startswith("Heading")


# The hover card


def card_of(work: AtWork) -> HoverCard:
    """The window's card."""
    found: HoverCard = work.window.controls.card
    return found


def test_the_mouse_at_rest_shows_what_a_mention_is(work: AtWork, player: Player, qtbot: QtBot) -> None:
    player.tag("Mara Lind", "A")
    player.press("Escape", 2)
    card, view = card_of(work), work.window.view
    desk = work.window.controls.desk
    (entity,) = desk.contents.entities()
    desk.do(linking.rename_entity, entity.id, "<b>Mara</b>")
    place = view.place_of(Span(STRIKE.index("Mara") + 1, STRIKE.index("Mara") + 2)).center().toPoint()
    # It may lie there since another test, and then does not move.
    QTest.mouseMove(view.viewport(), place + QPoint(60, 200))
    QTest.mouseMove(view.viewport(), place + QPoint(2, 0))
    qtbot.waitUntil(card.isVisible)
    assert card.heading.text() == "Actor: <b>Mara</b>"
    assert card.heading.textFormat() is Qt.TextFormat.PlainText
    assert "Person" in card.body.text()
    assert card.foot.text().startswith("Ana, 2")
    QTest.mouseMove(view.viewport(), place + QPoint(60, 200))
    assert not card.isVisible()


def test_the_card_comes_by_key_and_goes_with_the_caret(work: AtWork, player: Player) -> None:
    player.press("Ctrl+Space")
    assert "Nothing is marked" in work.status
    player.tag("Mara Lind", "A")
    player.select("would strike")
    player.press("C")
    player.press("Escape", 2)
    player.go(STRIKE.index("strike"))
    player.press("Ctrl+Space")
    card = card_of(work)
    assert card.isVisible()
    assert card.heading.text() == "Post › nobody named › “would strike”"
    player.press("Right")
    assert not card.isVisible()
    for key in ("Escape", "Ctrl+K"):
        player.press("Ctrl+Space")
        assert card.isVisible()
        player.press(key)
        assert not card.isVisible(), key
    player.press("Escape")


# The search in all articles


def searched(work: AtWork, qtbot: QtBot, words: str) -> Concordance:
    """The window after a search."""
    work.player.press("Ctrl+Shift+F")
    window = work.window.controls.concordance()
    qtbot.waitUntil(window.isVisible)
    window.activateWindow()
    window.box.setFocus()
    QApplication.processEvents()
    window.box.clear()
    work.player.type(words)
    work.player.press("Return")
    qtbot.waitUntil(lambda: not window.count.text().startswith("Searching"))
    return window


def lines(window: Concordance) -> list[str]:
    """The hits as a screen reader says them."""
    model = window.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_hits_are_ticked_tagged_in_one_edit_and_taken_back(tmp_path: Path, qtbot: QtBot) -> None:
    texts = ("One\nThe Kesh river rose.", "Two\nAt Kesh, a bridge.\nkesh again.", "Three\nNothing.")
    with at_work(tmp_path / "p", *texts) as work:
        player, window = work.player, searched(work, qtbot, "kesh")
        assert window.count.text() == "3 hits in 2 articles"
        assert window.list.hasFocus()
        player.press("A")
        assert "Nothing is ticked" in window.count.text()
        player.press("Ctrl+A")
        player.press("Space")
        player.press("L")
        assert "Tagged 2 as Location" in window.count.text()
        assert work.rows("SELECT quote FROM mention WHERE label = 'location'") == [("Kesh",), ("kesh",)]
        assert work.rows("SELECT count(*) FROM history WHERE kind = 'tag all'") == [(1,)]
        assert work.rows("SELECT count(*) FROM entity") == [(1,)]
        assert sum("tagged location" in line for line in lines(window)) == 2
        player.press("Ctrl+Z")
        assert work.rows("SELECT count(*) FROM mention") == [(0,)]
        assert not any("tagged" in line for line in lines(window))
        player.press("Escape")
        assert not window.isVisible()


def test_what_stands_inside_a_mention_counts_as_tagged(tmp_path: Path, qtbot: QtBot) -> None:
    """Ticking all and tagging must not put a second mention inside each full name."""
    with at_work(tmp_path / "p", "One\nAna Kesh rose. Kesh fell.") as work:
        work.player.tag("Ana Kesh", "A")
        window = searched(work, qtbot, "kesh")
        assert ["tagged actor" in line for line in lines(window)] == [True, False]
        work.player.press("Ctrl+A")
        work.player.press("A")
        assert work.rows("SELECT quote, start FROM mention ORDER BY start") == [("Ana Kesh", 4), ("Kesh", 19)]
        assert all("tagged actor" in line for line in lines(window))
        work.player.press("Space")
        assert lines(window)[0].startswith("ticked"), "who wants one inside another ticks it"
        work.player.press("Escape")


def test_hits_are_sorted_by_what_stands_left_and_right(tmp_path: Path, qtbot: QtBot) -> None:
    texts = ("One\nalpha zulu hit delta", "Two\nbravo yankee hit charlie", "Three\nzeta able hit echo")
    with at_work(tmp_path / "p", *texts) as work:
        window = searched(work, qtbot, "hit")

        def order() -> list[str]:
            return [line.rsplit(", ", 1)[1] for line in lines(window)]

        assert order() == ["One", "Two", "Three"]
        work.player.press("Ctrl+2")
        assert order() == ["Three", "Two", "One"]
        work.player.press("Ctrl+3")
        assert order() == ["Two", "One", "Three"]
        work.player.press("Return")
        selection = work.window.view.selection()
        assert selection is not None
        assert work.window.view.text.startswith("Two")
        assert selection.cut(work.window.view.text) == "hit"
        window.close()


def test_a_bad_query_says_what_is_wrong(work: AtWork, qtbot: QtBot) -> None:
    window = searched(work, qtbot, "*")
    assert "type its beginning" in window.count.text()
    window.pattern.setChecked(True)
    window.box.setText("(x")
    work.player.press("Return")
    assert "no regular expression" in window.count.text()
    window.close()
