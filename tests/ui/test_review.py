"""Review: two people's work compared and decided by keys; what is agreed is read back from the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QInputDialog,
    QLabel,
    QLineEdit,
    QTableView,
    QTableWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator.ui.article.lanes import LOUD, QUIET
from annotator.ui.colours import DEFICIENCIES, contrast, difference
from annotator.ui.models.queue import ROW
from annotator.ui.review.people import DARK_LANES, LIGHT_LANES, MOST
from annotator.ui.theme import DARK, LIGHT, Tones
from tests.ui.in_review import ANNA, BEN, NAMES, Coder, InReview, in_review
from tests.ui.texts import CLASHES, STRIKE

AGREED = "SELECT r.quote FROM {} r JOIN annotator n ON n.id = r.author_id JOIN article a ON a.id = r.article_id "
AGREED += "WHERE n.kind = 'consensus' AND a.title = ? ORDER BY r.start, r.\"end\" DESC"
DECISIONS = "SELECT verdict, reason, note FROM decision ORDER BY id"
STATES = (
    "SELECT a.title, s.state FROM assignment s JOIN article a ON a.id = s.article_id "
    "JOIN annotator n ON n.id = s.annotator_id WHERE n.kind = 'consensus' ORDER BY a.seq"
)
OTHERS = (
    "SELECT 'mention', id, label, quote, spans, entity_id, changed FROM mention WHERE author_id IN (?, ?) UNION ALL "
    "SELECT 'claim', id, stance, quote, content, cue_quote, changed FROM claim WHERE author_id IN (?, ?) ORDER BY 1, 2"
)
STANCES = (
    "SELECT c.stance FROM claim c JOIN annotator n ON n.id = c.author_id WHERE n.kind = 'consensus' ORDER BY c.start"
)
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
BOTH = (ANNA.id, BEN.id)
FIRST, SECOND, THIRD = "Dockers walk out", "Harbour opens again", "Clashes in the north"


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[InReview]:
    """Rita's window on what Anna and Ben did."""
    with in_review(tmp_path / "team") as opened:
        yield opened


@pytest.fixture
def on(work: InReview) -> InReview:
    """The same, with the first article in review."""
    work.player.press("F8")
    return work


def agreed(work: InReview, table: str, title: str = FIRST) -> list[object]:
    """The words of the agreed records of an article."""
    return [words for (words,) in work.rows(AGREED.format(table), title)]


def listed(work: InReview) -> list[str]:
    """The items of the list, in order, with how people differ."""
    views = work.window.findChildren(QTableView)
    model = next(view for view in views if view.accessibleName() == "Items to review").model()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


def current(work: InReview) -> str:
    """The framed words of the article."""
    board = work.window.view.board
    marks = [board.mentions.get(mark) for mark in board.chosen]
    return " / ".join(mark.spans[0].cut(work.window.view.text) for mark in marks if mark is not None)


def versions(work: InReview) -> dict[str, list[str]]:
    """The table of versions: each row's title with its cells; "" for the headings."""
    table = work.window.findChild(QTableWidget)
    assert table is not None
    columns = range(table.columnCount())
    model, spoken = table.model(), Qt.ItemDataRole.AccessibleTextRole
    heads = [str(model.headerData(column, Qt.Orientation.Horizontal, spoken)) for column in columns]
    rows = {
        str(model.headerData(row, Qt.Orientation.Vertical)): [str(model.index(row, c).data()) for c in columns]
        for row in range(table.rowCount())
    }
    return {"": heads} | rows


def entry(work: InReview, name: str) -> QAction:
    """A menu entry."""
    found = work.window.findChild(QAction, name)
    assert found is not None
    return found


def box(work: InReview, name: str) -> QComboBox:
    """A filter of the list."""
    return next(one for one in work.window.findChildren(QComboBox) if one.accessibleName() == f"Filter by {name}")


def choose(work: InReview, name: str, words: str) -> None:
    """Chooses an entry of a filter by keys."""
    filter_box = box(work, name)
    filter_box.setFocus()
    work.player.press("Home")
    for _ in range(filter_box.count()):
        if filter_box.currentText().startswith(words):
            break
        work.player.press("Down")
    assert filter_box.currentText().startswith(words), [filter_box.itemText(n) for n in range(filter_box.count())]
    work.window.view.setFocus()


def texts(window: QWidget) -> str:
    """Everything that any widget of the window says, to the eye or to a screen reader, and all rows of its lists."""
    found: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        for name in ("text", "toPlainText", "title", "currentText", "placeholderText", "windowTitle"):
            method = getattr(widget, name, None)
            if callable(method):
                found.append(str(method()))
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip()]
        if isinstance(widget, QComboBox):
            found += [widget.itemText(n) for n in range(widget.count())]
        if isinstance(widget, QTableView):
            model, columns = widget.model(), widget.columnCount() if isinstance(widget, QTableWidget) else 1
            cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(columns)]
            found += [str(cell.data(role)) for cell in cells for role in ROLES]
            heads = [(column, role) for column in range(columns) for role in ROLES]
            found += [str(model.headerData(column, Qt.Orientation.Horizontal, role)) for column, role in heads]
    found += [action.text() for action in window.findChildren(QAction)]
    return "\n".join(found)


# From start to end


def test_three_articles_are_reviewed_with_the_keyboard_only(work: InReview) -> None:
    press, before = work.player.press, work.rows(OTHERS, *BOTH, *BOTH)
    press("F8")
    press("A")
    assert agreed(work, "mention") == ["Mara Lind"]
    assert current(work) == "on Monday"
    press("1")
    assert current(work) == "Harbour Union members would strike"
    press("2")
    press("R")
    press("7")  # of the decision just made
    assert current(work) == "Harbour Union members"
    press("E")
    press("]")
    press("N")
    assert current(work) == "The Courier"
    press("0")
    for words in ("officials", "300 ships would wait off Port Vale", "Port Vale"):
        assert current(work) == words
        press("1")
    assert agreed(work, "mention") == ["Mara Lind", "on Monday", "Harbour Union members", "officials", "Port Vale"]
    assert agreed(work, "claim") == ["Harbour Union members would strike", "300 ships would wait off Port Vale"]
    assert work.rows(STANCES) == [("denies",), ("affirms",)]
    assert work.rows(DECISIONS)[:5] == [
        ("accept", "", ""),
        ("accept", "", ""),
        ("accept", "guideline unclear", ""),
        ("change", "", ""),
        ("reject", "", ""),
    ]
    press("Ctrl+Return")
    assert work.window.view.text.startswith(SECOND)
    press("A")
    press("Ctrl+Return")
    assert work.window.view.text == CLASHES
    press("A")
    assert current(work) == "15 Taliban fighters were killed near Baghlan"
    press("2")
    assert current(work) == "Taliban fighters"
    press("1")
    press("Ctrl+Return")
    assert "No other article" in work.status
    assert agreed(work, "mention", THIRD) == ["Taliban", "Baghlan", "Amrullah Saleh"]
    assert agreed(work, "claim", SECOND) == ["The strike at Port Vale is over"]
    assert work.rows(STATES) == [(FIRST, "reviewed"), (SECOND, "reviewed"), (THIRD, "reviewed")]
    assert work.rows(OTHERS, *BOTH, *BOTH) == before, "nobody's own records were touched"
    press("F8")
    assert not work.window.controls.review.is_on


# Looking


def test_lanes_are_quiet_where_people_agree_and_loud_where_they_differ(on: InReview) -> None:
    lanes = on.window.view.decorations.lanes
    assert lanes is not None
    assert lanes.signs == ("1", "2", "✓")
    looks = {(mark.spans[0].cut(STRIKE), mark.lane): mark.style.rsplit(":")[-1] for mark in lanes.marks}
    assert looks["Mara Lind", 0] == looks["Mara Lind", 1] == QUIET
    assert looks["Harbour Union", 0] == looks["Harbour Union members", 1] == LOUD
    assert ("on Monday", 1) not in looks
    on.player.press("1")
    looks = {(mark.spans[0].cut(STRIKE), mark.lane): mark.style.rsplit(":")[-1] for mark in lanes.marks}
    assert looks["on Monday", 0] == QUIET, "settled"
    assert looks["on Monday", 2] == LOUD, "agreed"
    on.player.press("F8")
    assert on.window.view.decorations.lanes is None


def test_every_item_stands_in_the_list_and_the_versions_side_by_side(on: InReview) -> None:
    assert listed(on) == [
        "“on Monday”, Date: missing",
        "“Harbour Union members would strike”, Claim: stance",
        "“Harbour Union”, Actor: boundary, entity",
        "“The Courier”, Actor: missing",
        "“officials”, Actor: missing",
        "“300 ships would wait off Port Vale”, Claim: missing",
        "“Port Vale”, Location, Other name: label, entity, attribute",
    ]
    assert versions(on)[""] == ["1 Anna Adler", "2 Ben Brandt"]
    assert versions(on)["Label"][0] == "Date"
    on.player.press("N")
    table = versions(on)
    assert table["≠ Stance"] == ["affirms", "denies"]
    assert table["Source"] == ["Mara Lind", "Mara Lind"]
    on.player.press("2")
    on.player.press("Shift+N")
    on.player.press("Ctrl+4")
    choose(on, "state", "Settled")
    on.player.press("Ctrl+4")
    on.player.press("Home")
    on.player.press("Down")
    table = versions(on)
    assert table[""][-1] == "✓ Agreed result"
    assert table["≠ Stance"] == ["affirms", "denies", "denies"]
    assert "The version of 2 Ben Brandt was taken by you" in texts(on.window)


def test_n_goes_round_the_open_items_both_ways(on: InReview) -> None:
    seen = [current(on)]
    for _ in range(7):
        on.player.press("N")
        seen.append(current(on))
    assert seen[0] == seen[7] == "on Monday"
    assert len(set(seen)) == 7
    on.player.press("Shift+N")
    assert current(on) == "Port Vale"


def test_a_click_chooses_the_smallest_item_and_again_the_larger(on: InReview) -> None:
    place = on.player.find("Harbour Union")
    on.player.click(place)
    assert current(on) == "Harbour Union members"
    on.player.click(place)
    assert current(on) == "Harbour Union members would strike"


def test_filters_by_kind_annotator_label_and_state(on: InReview) -> None:
    choose(on, "kind", "Missing")
    assert len(listed(on)) == 4
    choose(on, "annotator", "Ben")
    assert [words.partition(",")[0] for words in listed(on)] == ["“The Courier”"]
    choose(on, "annotator", "Anybody")
    choose(on, "label", "Claims")
    assert [words.partition(",")[0] for words in listed(on)] == ["“300 ships would wait off Port Vale”"]
    choose(on, "label", "Any label")
    choose(on, "kind", "Alike")
    assert [words.partition(",")[0] for words in listed(on)] == ["“Mara Lind”"]
    on.player.press("A")
    assert listed(on) == []
    choose(on, "state", "Settled")
    assert listed(on) == ["“Mara Lind”, Actor: alike, settled"]


def test_a_sample_is_small_the_same_every_time_and_says_its_seed(on: InReview, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("1", True))
    on.window.controls.review.ask_sample()
    first = listed(on)
    # Anna has actors, a place, a date and claims; Ben actors, another name and a claim.
    assert 3 <= len(first) <= 7
    assert "1 at random per person and label, seed " in texts(on.window)
    on.player.press("F8")
    on.player.press("F8")
    on.window.controls.review.ask_sample()
    assert listed(on) == first
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("many", True))
    on.window.controls.review.ask_sample()
    assert "no number" in on.status
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("0", True))
    on.window.controls.review.ask_sample()
    assert len(listed(on)) == 8


# Deciding


def test_a_version_that_is_not_there_is_not_taken(on: InReview) -> None:
    on.player.press("2")
    assert "2 Ben Brandt has nothing here" in on.status
    on.player.press("5")
    assert on.rows(DECISIONS) == []


def test_an_undo_opens_the_item_again_and_makes_it_the_current_one(on: InReview) -> None:
    on.player.press("1")
    on.player.press("2")
    assert len(on.rows(DECISIONS)) == 2
    on.player.press("Ctrl+Z")
    assert current(on) == "Harbour Union members would strike"
    assert len(on.rows(DECISIONS)) == 1
    assert agreed(on, "claim") == []
    on.player.press("Ctrl+Z")
    assert (current(on), agreed(on, "mention")) == ("on Monday", [])
    assert len(listed(on)) == 7
    on.player.press("Ctrl+Shift+Z")
    assert agreed(on, "mention") == ["on Monday"]


def test_a_decision_is_reopened_by_key(on: InReview) -> None:
    on.player.press("1")
    choose(on, "state", "Open or settled")
    on.player.press("Ctrl+4")
    on.player.press("Home")
    assert current(on) == "on Monday"
    on.player.press("O")  # on the list, too
    assert on.rows(DECISIONS) == []
    assert agreed(on, "mention") == []
    on.player.press("O")
    assert "Nothing was decided" in on.status


def test_a_reason_and_a_note_can_be_given_before_and_after(on: InReview) -> None:
    on.player.press("R")
    on.player.press("5")
    on.player.press("Shift+R")
    on.player.type("Days count.")
    on.player.press("Return")
    on.player.press("1")
    assert on.rows(DECISIONS) == [("accept", "missed", "Days count.")]
    on.player.press("R")
    on.player.press("3")
    assert on.rows(DECISIONS) == [("accept", "entity", "Days count.")], "of what was just decided"
    on.player.press("N")
    on.player.press("R")
    on.player.press("2")
    on.player.press("1")
    assert on.rows(DECISIONS)[1] == ("accept", "label", "")


def test_a_changed_version_is_edited_in_the_form_and_the_verdict_says_so(on: InReview) -> None:
    on.player.press("N")
    on.player.press("E")
    on.player.set("Stance", "doubts")
    assert on.rows("SELECT stance FROM claim WHERE derived_from != ''") == [("doubts",)]
    assert on.rows(DECISIONS) == [("change", "", "")]
    on.player.press("E")  # once more: the same version is edited further
    on.player.set("Act", "threatens")
    assert on.rows("SELECT stance, act FROM claim WHERE derived_from != ''") == [("doubts", "threatens")]
    assert len(on.rows(DECISIONS)) == 1


def test_label_keys_do_not_tag_while_reviewing(on: InReview) -> None:
    before = on.rows("SELECT count(*) FROM mention")
    on.player.select("Tom Lind")
    for key in ("L", "D", "Q", "C", "G", "Z"):
        on.player.press(key)
        assert on.player.finder is None
    assert on.rows("SELECT count(*) FROM mention") == before
    on.player.press("F8")
    on.player.select("Tom Lind")
    on.player.press("L")
    assert on.rows("SELECT count(*) FROM mention") != before


def test_an_article_with_something_open_is_settled_only_when_asked_twice(on: InReview) -> None:
    on.player.press("Ctrl+Return")
    assert "8 open, 7 of them differences" in on.status
    assert on.rows(STATES) == []
    on.player.press("N")
    on.player.press("Ctrl+Return")
    assert on.rows(STATES) == []
    on.player.press("Ctrl+Return")
    assert on.rows(STATES) == [(FIRST, "reviewed")]
    assert on.window.view.text.startswith(SECOND)


def test_a_record_that_was_changed_after_the_decision_opens_its_item_again(on: InReview) -> None:
    on.player.press("1")
    on.window.close()
    anna = Coder(on.path, ANNA)
    anna.retag(0, "on Monday", "other")
    anna.close()
    on.reopen()
    on.player.press("F8")
    assert "“on Monday”, Other name: missing" in listed(on)
    assert "Open again" in texts(on.window)
    on.player.press("1")
    assert agreed(on, "mention") == ["on Monday"]
    assert len(on.rows(DECISIONS)) == 1, "the one before gave way"


# Whom


def test_one_teammate_alone_is_reviewed_record_by_record(on: InReview) -> None:
    menu = next(one for one in on.window.findChildren(QToolButton) if one.accessibleName() == "Whom to compare").menu()
    menu.aboutToShow.emit()
    next(entry for entry in menu.actions() if entry.text().startswith("Anna")).trigger()
    assert versions(on)[""] == ["1 Ben Brandt"]
    assert len(listed(on)) == 5
    on.player.press("1")
    on.player.press("0")
    on.player.press("A")
    assert {verdict for verdict, *_ in on.rows(DECISIONS)} == {"accept", "reject"}
    assert len(on.rows(DECISIONS)) == 5
    assert listed(on) == []
    menu.aboutToShow.emit()
    assert [entry.isEnabled() for entry in menu.actions()] == [False, True], "one at least is compared"


def test_somebody_else_s_decision_and_the_own_work_are_compared_too(tmp_path: Path, qtbot: QtBot) -> None:
    with in_review(tmp_path / "team", BEN) as work:
        work.player.press("F8")
        assert versions(work)[""] == ["1 Anna Adler", "2 Ben Brandt"]


# Blind


def test_a_blind_review_never_says_a_name(on: InReview) -> None:
    assert any(name in texts(on.window) for name in NAMES)
    entry(on, "blind").trigger()

    def check() -> None:
        QApplication.processEvents()
        said = texts(on.window)
        assert [name for name in NAMES if name in said] == []

    check()
    assert versions(on)[""] == ["1 Annotator 1", "2 Annotator 2"]
    for keys in ("N", "1", "2", "R", "1", "E", "Return", "Escape", "A", "Ctrl+2", "Down", "Delete", "F6"):
        on.player.press(keys)
        check()
    # A teammate's own claim is refused without her name.
    on.player.press("Ctrl+2")
    on.player.press("Home")
    on.player.press("F6")
    on.player.press("Delete")
    assert "nobody changes what others recorded" in on.status
    assert "Annotator" in on.status
    check()
    menu = next(one for one in on.window.findChildren(QToolButton) if one.accessibleName() == "Whom to compare").menu()
    menu.aboutToShow.emit()
    check()
    on.player.press("F8")
    on.player.press("F8")
    check()
    on.reopen()
    on.player.press("F8")
    check()
    blind = next(one for one in on.window.findChildren(QCheckBox) if one.text() == "Blind")
    QTest.mouseClick(blind, Qt.MouseButton.LeftButton)
    assert any(name in texts(on.window) for name in NAMES)


def test_blind_numbers_are_the_same_whenever_one_comes_back(on: InReview) -> None:
    entry(on, "blind").trigger()

    def order() -> list[str]:
        on.player.press("F8")
        on.player.press("F8")
        return listed(on) + versions(on)["Label"]

    first = order()
    on.player.press("Ctrl+PgDown")
    on.player.press("Ctrl+PgUp")
    assert order() == first
    on.reopen()
    on.player.press("F8")
    assert order() == first


# Whose marks are shown outside the review


def shown(work: InReview) -> list[str]:
    """The words that are marked in the article."""
    return sorted(mark.spans[0].cut(work.window.view.text) for mark in work.window.view.board.mentions)


def test_one_s_own_marks_are_shown_and_on_request_those_of_others_or_the_agreed_ones(work: InReview) -> None:
    assert shown(work) == []
    assert any("12 marks of others not shown" in label.text() for label in work.window.findChildren(QLabel))
    work.player.tag("Tom Lind", "A")
    assert shown(work) == ["Tom Lind"]
    work.player.press("Escape", 2)
    work.player.press("Ctrl+Home")
    work.player.press("Tab")
    chosen = work.window.controls.marking.mention
    assert chosen is not None
    assert chosen.quote == "Tom Lind", "Tab passes over what is not shown"
    entry(work, "whose everybody's").trigger()
    assert shown(work).count("Mara Lind") == 2
    assert len(list(work.window.view.decorations.claims)) > 0
    work.player.press("F8")
    work.player.press("A")
    work.player.press("F8")
    entry(work, "whose agreed").trigger()
    assert shown(work) == []
    assert len(list(work.window.view.decorations.claims)) == 0
    work.reopen()
    assert entry(work, "whose agreed").isChecked(), "remembered"


# The queue


def test_the_queue_shows_and_filters_by_the_state_of_the_review(on: InReview) -> None:
    model = on.window.controls.queue.list.model()
    assert model.index(0, 0).data(ROW).review is None
    on.player.press("1")
    assert model.index(0, 0).data(ROW).review == "in review"
    assert "in review" in str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    choose(on, "review", "In review")
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [FIRST]
    choose(on, "review", "Two or more annotators")
    assert model.rowCount() == 3
    choose(on, "review", "Reviewed")
    on.window.controls.queue.review_box.setCurrentIndex(5)
    on.window.controls.queue.read()
    assert model.rowCount() == 0


# Colours


@pytest.mark.parametrize(("colours", "tones"), [(LIGHT_LANES, LIGHT), (DARK_LANES, DARK)], ids=["light", "dark"])
def test_the_colours_of_lanes_are_told_apart_in_every_colour_vision(colours: tuple[str, ...], tones: Tones) -> None:
    assert len(colours) == MOST
    assert min(contrast(colour, tones.page) for colour in colours) >= 3
    pairs = [(a, b) for n, a in enumerate(colours) for b in colours[n + 1 :]]
    assert min(difference(a, b, sight) for a, b in pairs for sight in ("", *DEFICIENCIES)) >= 15


def test_the_review_is_imported_when_it_is_first_wanted(work: InReview) -> None:
    assert work.window.findChild(QDockWidget, "review") is None
    work.player.press("Ctrl+4")
    dock = work.window.findChild(QDockWidget, "review")
    assert dock is not None
    assert dock.isVisible()
    assert isinstance(QApplication.focusWidget(), QTableView)
    assert work.window.controls.review.is_on
    assert not isinstance(QApplication.focusWidget(), QLineEdit)
