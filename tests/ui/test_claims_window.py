"""The claims of the project in their window, by key and mouse: table, accounts, problems; edits meanwhile."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from annotator.domain.claim_lists import ClaimOrder
from annotator.domain.ids import ClaimId
from annotator.domain.links import Between
from annotator.editing import claiming, connecting, describing, recounting
from annotator.ui.claims_window import ClaimsWindow
from annotator.ui.models.claim_table import COLUMNS
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work
from tests.ui.clashes import DENIED, KILLED, claim, name_all, publish
from tests.ui.conftest import Ask
from tests.ui.texts import CLASHES, STRIKE, everything

HURT, STRIKING = "At least 40 people were hurt", "would strike"
LINKS = (
    "SELECT l.label, o.quote, t.quote FROM link l JOIN claim o ON o.id = l.from_claim_id "
    "JOIN claim t ON t.id = l.to_claim_id"
)


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    with at_work(tmp_path / "clashes", CLASHES, STRIKE) as opened:
        publish(opened)
        prepare(opened.player)
        yield opened


def prepare(player: Player) -> None:
    """Three claims with numbers, one of them a denial, and one in another article, without a source."""
    name_all(player)
    for words, source, number in (
        (KILLED, "Amrullah Saleh", "15 Taliban fighters"),
        (DENIED, "The Taliban", ""),
        (HURT, "a doctor", "At least 40"),
    ):
        claim(player, words, source)
        if number:
            player.select(number)
            player.press("Shift+Q")
    player.press("P")
    player.set("Stance", "denies")
    player.press("P")
    player.select("Friday")
    player.press("Shift+D")
    player.press("Ctrl+PgDown")
    claim(player, STRIKING)
    player.press("Ctrl+PgUp")
    player.press("Escape", 3)


def opened(work: AtWork, qtbot: QtBot, keys: str = "Ctrl+Shift+C") -> ClaimsWindow:
    """The window, opened by a key from the article, when it has read."""
    back(work, qtbot)
    work.player.press(keys)
    window = work.window.findChild(ClaimsWindow)
    assert window is not None
    assert window.isVisible()
    settled(work, qtbot)
    return window


def back(work: AtWork, qtbot: QtBot) -> None:
    """Goes to the article, as by a click into the main window."""
    work.window.activateWindow()
    QApplication.processEvents()
    work.player.view.setFocus()
    qtbot.waitUntil(work.player.view.hasFocus)


def settled(work: AtWork, qtbot: QtBot) -> None:
    """Waits until nothing is read any more."""
    qtbot.waitUntil(lambda: work.window.controls.desk.jobs.current is None)
    QApplication.processEvents()


def listed(window: ClaimsWindow) -> list[str]:
    """The words of the claims in the table."""
    model = window.claims.model
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def expect(qtbot: QtBot, what: Callable[[], object], wanted: object) -> None:
    """Waits until it is so; the window reads a moment after an edit or a key."""

    def so() -> None:
        assert what() == wanted

    qtbot.waitUntil(so)


def column(window: ClaimsWindow, number: int) -> list[str]:
    """A column of the table."""
    model = window.claims.model
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def select(window: ClaimsWindow, *words: str) -> None:
    """Selects rows of the table by mouse, the second with Ctrl."""
    table, held = window.claims.table, Qt.KeyboardModifier.NoModifier
    for one in words:
        place = table.visualRect(window.claims.model.index(listed(window).index(one), 1)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, place)
        held = Qt.KeyboardModifier.ControlModifier
    QApplication.processEvents()


def grid(page: Any) -> dict[str, list[str]]:
    """The accounts side by side: what stands before each row, and its cells."""
    table = page.grid
    return {
        table.verticalHeaderItem(row).text(): [table.item(row, n).text() for n in range(table.columnCount())]
        for row in range(table.rowCount())
    }


def test_the_table_shows_all_claims_of_all_articles(work: AtWork, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    assert window.tabs.currentWidget() is window.claims
    assert listed(window) == [KILLED, DENIED, HURT, STRIKING]
    assert (
        column(window, 0)
        == [
            "Post › Amrullah Saleh",
            "Post › The Taliban",
            "Post › a doctor",
            "Post › nobody named",
        ]
        or column(window, 0)[0] == "Post › Amrullah Saleh"
    )
    assert column(window, 4)[0] == "20 Aug 2021"
    assert column(window, 5)[0] == "killed 15"
    assert column(window, 5)[2] == "injured at least 40"
    assert window.claims.count.text() == "4 claims"


def test_headers_and_the_box_sort(work: AtWork, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    wanted = {
        ClaimOrder.CONTENT: [KILLED, HURT, DENIED, STRIKING],
        ClaimOrder.STANCE: [KILLED, HURT, STRIKING, DENIED],
        ClaimOrder.NUMBER: [HURT, KILLED, DENIED, STRIKING],
        ClaimOrder.DATE: [KILLED, DENIED, HURT, STRIKING],
        ClaimOrder.ARTICLE: [KILLED, DENIED, HURT, STRIKING],
    }
    header = window.claims.table.horizontalHeader()
    for order, words in wanted.items():
        number = [known for _, known in COLUMNS].index(order)
        place = QPoint(header.sectionViewportPosition(number) + 10, header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        settled(work, qtbot)
        expect(qtbot, lambda: listed(window), words)
        assert window.claims.order.currentText() == f"By {order.value}"
    window.claims.order.setFocus()
    QTest.keyClick(window.claims.order, Qt.Key.Key_Home)
    QTest.keyClick(window.claims.order, Qt.Key.Key_Down)
    settled(work, qtbot)
    assert window.claims.order.currentText() == "By source"
    expect(qtbot, lambda: listed(window)[0], STRIKING)


def test_filters_by_words_days_and_number(work: AtWork, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    bar = window.claims.filter
    for box, words, wanted in (
        (bar.words, "saleh fighters", [KILLED]),
        (bar.words, "dockers", [STRIKING]),
        (bar.since, "2021-08-20", [KILLED]),
        (bar.since, "2021-08-21", []),
        (bar.until, "2021-08-20", [KILLED]),
        (bar.least, "16", [HURT]),
    ):
        QTest.keyClicks(box, words)
        expect(qtbot, lambda: listed(window), wanted)
        box.selectAll()
        QTest.keyClick(box, Qt.Key.Key_Backspace)
        expect(qtbot, lambda: len(listed(window)), 4)
    for box, words, says in (
        (bar.since, "Friday", "Write days as 2021-08-20, or 2021-08, or 2021."),
        (bar.least, "many", "“many” is no number that claims have: write digits only."),
        (bar.least, "9" * 30, f"“{'9' * 30}” is no number that claims have: write digits only."),
    ):
        QTest.keyClicks(box, words)
        expect(qtbot, window.claims.count.text, says)
        box.selectAll()
        QTest.keyClick(box, Qt.Key.Key_Backspace)
        expect(qtbot, window.claims.count.text, "4 claims")


def test_filters_by_stance_link_and_chosen_entity(work: AtWork, qtbot: QtBot, rows: Ask) -> None:
    link(work, KILLED, HURT)
    window = opened(work, qtbot)
    bar, desk = window.claims.filter, work.window.controls.desk
    assert bar.stance.width() >= bar.stance.sizeHint().width(), "it can be read"
    bar.stance.setFocus()
    QTest.keyClick(bar.stance, Qt.Key.Key_D)
    expect(qtbot, lambda: listed(window), [DENIED])
    QTest.keyClick(bar.stance, Qt.Key.Key_Home)
    QTest.keyClick(bar.linked, Qt.Key.Key_Space)
    expect(qtbot, lambda: listed(window), [KILLED, HURT])
    QTest.keyClick(bar.linked, Qt.Key.Key_Space)
    desk.focus.clear()
    expect(qtbot, lambda: len(listed(window)), 4)
    QTest.keyClick(bar.entity, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Choose an entity" in window.claims.count.text())
    ((saleh,),) = rows("SELECT id FROM entity WHERE name = 'Amrullah Saleh'")
    desk.focus.choose_entity(saleh)  # type: ignore[arg-type]
    expect(qtbot, lambda: listed(window), [KILLED])
    QTest.keyClick(window.claims.table, Qt.Key.Key_Return)
    settled(work, qtbot)
    assert listed(window) == [KILLED], "going to a claim does not choose another entity"
    desk.focus.clear()
    QTest.keyClick(bar.linked, Qt.Key.Key_Space)
    settled(work, qtbot)
    assert listed(window) == [KILLED]
    assert window.claims.count.text() == "1 claim", "the one chosen last stays the wanted one"


def test_enter_goes_to_the_claim_in_its_article(work: AtWork, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    select(window, STRIKING)
    QTest.keyClick(window.claims.table, Qt.Key.Key_Return)
    assert work.window.view.text == STRIKE
    chosen = work.window.controls.claims.claim
    assert chosen is not None
    assert chosen.quote == STRIKING


def claims_by_words(work: AtWork) -> dict[str, ClaimId]:
    """The claims by their words."""
    return {str(quote): ClaimId(str(id_)) for quote, id_ in work.rows("SELECT quote, id FROM claim")}


def link(work: AtWork, one: str, other: str, label: str = "contradicts") -> None:
    """Links two claims by their words."""
    ids = claims_by_words(work)
    desk = work.window.controls.desk
    assert desk.do(connecting.connect, label, Between.CLAIMS, ids[one], ids[other]) is not None


def test_k_links_the_two_that_are_selected_and_undo_takes_it_back(
    work: AtWork, player: Player, qtbot: QtBot, rows: Ask
) -> None:
    window = opened(work, qtbot)
    before = everything(rows)
    select(window, KILLED)
    QTest.keyClick(window.claims.table, Qt.Key.Key_K)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [(one.text(), one.isEnabled()) for one in menu.actions()] == [("Choose two claims to link them", False)]
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    select(window, KILLED, HURT)
    QTest.keyClick(window.claims.table, Qt.Key.Key_K)
    take(window, "Contradicts")
    assert rows(LINKS) == [("contradicts", KILLED, HURT)]
    expect(qtbot, lambda: listed(window), [KILLED, HURT, DENIED, STRIKING])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.claims.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert everything(rows) == before, "taken back without leaving the window"
    expect(qtbot, lambda: listed(window), [KILLED, DENIED, HURT, STRIKING])


def take(window: ClaimsWindow, words: str) -> None:
    """Takes an entry of the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    (entry,) = [one for one in menu.actions() if one.text() == words]
    assert entry.isEnabled()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    QApplication.processEvents()


def test_selected_claims_stand_side_by_side_with_a_sign_where_they_differ(work: AtWork, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    select(window, KILLED, DENIED)
    found = grid(window.claims)
    assert found["Stance  ≠"] == ["affirms", "denies"]
    assert found["Words"] == [KILLED, DENIED]
    assert "Certainty" in found, "where they agree there is no sign"
    assert found["Killed"] == ["15", "–"]


def test_a_claim_stands_beside_those_it_is_linked_to(work: AtWork, qtbot: QtBot) -> None:
    link(work, KILLED, HURT)
    window = opened(work, qtbot)
    select(window, KILLED)
    assert grid(window.claims)["Words"] == [KILLED, HURT]


def test_all_selected_is_no_burden(work: AtWork, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    QTest.keyClick(window.claims.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert grid(window.claims)["Words"] == listed(window)


def test_an_edit_meanwhile_shows_and_what_is_selected_stays(work: AtWork, player: Player, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    select(window, KILLED, HURT)
    ids = claims_by_words(work)
    desk = work.window.controls.desk
    assert desk.do(describing.describe_claim, ids[KILLED], wording="Fifteen fell") is not None
    assert listed(window)[0] == "Fifteen fell", "at once"
    expect(qtbot, lambda: grid(window.claims)["Words"], ["Fifteen fell", HURT])
    back(work, qtbot)
    player.press("Ctrl+Z")
    expect(qtbot, lambda: grid(window.claims)["Words"], [KILLED, HURT])
    link(work, DENIED, STRIKING)
    expect(qtbot, lambda: listed(window), [DENIED, STRIKING, KILLED, HURT])
    assert grid(window.claims)["Words"] == [KILLED, HURT], "the rows moved, the same two are selected"
    player.press("N")
    player.press("Shift+Del")
    expect(qtbot, lambda: listed(window), [DENIED, STRIKING, HURT])


def test_accounts_that_differ_with_the_row_they_make(work: AtWork, qtbot: QtBot) -> None:
    ids = claims_by_words(work)
    desk = work.window.controls.desk
    assert desk.do(recounting.change_quantity, ids[HURT], 0, what="killed") is not None
    assert desk.do(recounting.describe_event, ids[KILLED], type="ASSAULT") is not None
    window = opened(work, qtbot, "Ctrl+Shift+A")
    assert window.accounts.count.text().startswith("No claims are linked yet")
    link(work, KILLED, HURT, "same event")
    link(work, KILLED, DENIED)
    link(work, DENIED, HURT, "same event")
    link(work, STRIKING, HURT, "repeats")
    page = window.accounts
    head = "Assault, 20 Aug 2021\n3 accounts · 1 contradiction · differ in killed, stance"
    expect(qtbot, lambda: page.model.index(0, 0).data(), head)
    settled(work, qtbot)
    assert page.count.text() == "1 group of accounts"
    assert grid(page)["Killed  ≠"] == ["15", "–", "at least 40"]
    lines = dict(line.split(": ", 1) for line in page.row.text().split("\n"))
    assert lines["numbers"].startswith("killed: low 15, best –, high 40")
    assert lines["date"].startswith("2021-08-20")
    assert lines["source_original"] == "Amrullah Saleh, a doctor"
    assert lines["source_office"] == "Post"
    assert lines["denied by"] in {"The Taliban", "Taliban"}
    assert lines["lacks"] == "actor, place"


def test_accounts_that_only_contradict_are_events_of_their_own(work: AtWork, qtbot: QtBot) -> None:
    link(work, KILLED, HURT)
    window = opened(work, qtbot, "Ctrl+Shift+A")
    page = window.accounts
    assert grid(page)["Words"] == [KILLED, HURT]
    assert page.exported.text().startswith("The 2 event rows that would be exported")
    one, other = page.row.text().split("\n\n")
    assert "source_original: Amrullah Saleh" in one
    assert "source_original: a doctor" in other


def test_the_group_that_is_looked_at_stays_when_others_come(work: AtWork, qtbot: QtBot) -> None:
    link(work, HURT, STRIKING)
    window = opened(work, qtbot, "Ctrl+Shift+A")
    assert grid(window.accounts)["Words"] == [STRIKING, HURT]
    link(work, KILLED, DENIED)
    expect(qtbot, window.accounts.model.rowCount, 2)
    settled(work, qtbot)
    assert grid(window.accounts)["Words"] == [STRIKING, HURT]
    QTest.keyClick(window.accounts.list, Qt.Key.Key_Home)
    assert grid(window.accounts)["Words"] == [KILLED, DENIED]


def problems(window: ClaimsWindow) -> dict[str, list[str]]:
    """What is listed under each kind."""
    tree = window.problems.tree
    found: dict[str, list[str]] = {}
    for number in range(tree.topLevelItemCount()):
        head = tree.topLevelItem(number)
        assert isinstance(head, QTreeWidgetItem)
        rows = [head.child(row).text(0) for row in range(head.childCount())]  # type: ignore[union-attr]
        found[head.text(0).partition(":")[0]] = rows
    return found


def test_problems_are_listed_gone_to_and_gone_after_mending(work: AtWork, player: Player, qtbot: QtBot) -> None:
    player.press("N")
    player.select("dozens of militants")
    player.press("Shift+Q")
    window = opened(work, qtbot, "Ctrl+Shift+P")
    assert problems(window) == {"No source": [STRIKING], "Number without figures": [KILLED]}
    assert window.problems.count.text() == "2 problems"
    QTest.keyClick(window.problems.tree, Qt.Key.Key_Return)
    assert work.window.view.text == STRIKE
    back(work, qtbot)
    player.select("Mara Lind")
    player.press("S")
    expect(qtbot, lambda: problems(window), {"Number without figures": [KILLED]})
    player.press("Ctrl+Z")
    expect(qtbot, lambda: len(problems(window)), 2)
    player.press("Ctrl+Y")
    player.press("Ctrl+PgUp")
    player.press("Ctrl+Z", 1)
    expect(qtbot, lambda: len(problems(window)), 2)


def test_the_problem_that_is_looked_at_stays_chosen(work: AtWork, qtbot: QtBot) -> None:
    ids = claims_by_words(work)
    desk = work.window.controls.desk
    window = opened(work, qtbot, "Ctrl+Shift+P")
    current = window.problems.tree.currentItem()
    assert current is not None
    assert current.text(0) == STRIKING
    assert desk.do(describing.describe_claim, ids[KILLED], source_type="unnamed") is not None
    assert desk.do(claiming.remove_source, ids[KILLED], 0) is not None
    expect(qtbot, lambda: problems(window), {"No source": [KILLED, STRIKING]})
    assert window.problems.tree.currentItem().text(0) == STRIKING  # type: ignore[union-attr]


def test_closed_while_reading_it_stops_and_opens_again(work: AtWork, player: Player, qtbot: QtBot) -> None:
    window = opened(work, qtbot)
    for _ in range(3):
        window.claims.read()
        window.claims.read()
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.isVisible()
        settled(work, qtbot)
        assert work.window.controls.desk.jobs.current is None
        again = opened(work, qtbot)
        assert again is window
        expect(qtbot, lambda: listed(window), [KILLED, DENIED, HURT, STRIKING])
        expect(qtbot, window.claims.count.text, "4 claims")


def test_words_of_an_article_are_never_mark_up_in_tips(work: AtWork, qtbot: QtBot) -> None:
    ids = claims_by_words(work)
    work.window.controls.desk.do(describing.describe_claim, ids[KILLED], wording="<b>bold</b>")
    window = opened(work, qtbot)
    assert window.claims.model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;b&gt;bold&lt;/b&gt;</qt>"
