"""Suggestions by keys: drawn apart, taken, rejected, hidden; the file says what became of them."""

import multiprocessing
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.domain.entities import Basis, Place, PlaceLevel
from annotator.domain.proposals import OPEN, Located, Meant, Proposals, ProposedClaim, ProposedMention, ProposedZone
from annotator.domain.spans import Span
from annotator.domain.suggestions import SuggestionRun, as_suggestions
from annotator.editing.importing import NewArticle
from annotator.services.proposing import Batch
from annotator.services.suggesting import store
from annotator.ui.dialogs import suggesters
from annotator.ui.dialogs.suggesters import Suggesters
from annotator.ui.dialogs.suggestions import SuggestionFigures
from tests.services.test_suggesting import StandIn, use_stand_in
from tests.ui.at_work import VALLEY, AtWork, at_work

MENTIONS = (
    "SELECT m.quote, m.label, e.name, m.derived_from != '' FROM mention m LEFT JOIN entity e ON e.id = entity_id "
)
CLAIMS = (
    "SELECT c.quote, c.cue_quote, c.source_type, s.quote, e.name, c.derived_from != '' FROM claim c "
    "JOIN claim_source s ON s.claim_id = c.id JOIN entity e ON e.id = s.entity_id"
)
REJECTED = "SELECT quote, kind, label FROM rejection"


def span(words: str, nth: int = 1) -> Span:
    start = -1
    for _ in range(nth):
        start = VALLEY.index(words, start + 1)
    return Span(start, start + len(words))


def name(words: str, nth: int = 1, label: str = "actor", score: float = 0.6) -> ProposedMention:
    return ProposedMention(label, (span(words, nth),), score, words, None, "names")


NAMES = (
    name("Taliban"),
    name("Taliban", 2),
    name("Ruiz", 2),
    name("Kabul", label="location"),
)
CLAIM = ProposedClaim(
    (span("the Taliban-controlled bridge was open"),), ((span("Ana Ruiz"),),), (span("said"),), None, 0.7, "", "claims"
)


def suggest(
    work: AtWork,
    *mentions: ProposedMention,
    claims: tuple[ProposedClaim, ...] = (),
    zones: tuple[ProposedZone, ...] = (),
) -> None:
    """Stores suggestions for the shown article and shows it again."""
    desk = work.window.controls.desk
    article = desk.contents.article
    assert article is not None
    runs = tuple(SuggestionRun(article.id, proposer, "1", article.sha256) for proposer in ("names", "claims"))
    store(desk.workspace, Batch(runs, as_suggestions(article.id, Proposals(mentions, claims, zones))))
    desk.contents.show(article.id)
    work.window.view.setFocus()
    QApplication.processEvents()


@pytest.fixture
def work(tmp_path: Path, qapp: object) -> Iterator[AtWork]:
    with at_work(tmp_path / "work") as window:
        yield window


def shown(work: AtWork) -> list[str]:
    return [VALLEY[one.hull.start : one.hull.end] for one in work.window.controls.suggesting.shown]


def test_space_goes_to_the_first_then_accepts_and_goes_on(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    assert work.rows(MENTIONS) == []
    assert "“Taliban”" in work.status
    assert work.window.view.caret == span("Taliban").start
    work.player.press("Space", 2)
    assert work.rows(MENTIONS) == [("Taliban", "actor", "Taliban", 1), ("Taliban", "actor", "Taliban", 1)]
    assert work.window.view.caret == span("Ruiz", 2).start
    assert shown(work) == ["Ruiz", "Kabul"]


def test_accepting_is_one_undo(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space", 2)
    assert work.action("undo") == "Undo accepting of “Taliban”"
    work.player.press("Ctrl+Z")
    assert work.rows(MENTIONS) == []
    assert work.rows("SELECT name FROM entity") == []
    assert shown(work) == ["Taliban", "Taliban", "Ruiz", "Kabul"]


def test_x_rejects_for_good_until_it_is_undone(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    work.player.press("X")
    assert work.rows(REJECTED) == [("Taliban", "mention", "actor")]
    assert work.window.view.caret == span("Taliban", 2).start
    work.reopen()
    suggest(work, *(name("Taliban", score=0.9), *NAMES[1:]))
    assert shown(work) == ["Taliban", "Ruiz", "Kabul"]
    work.player.press("Ctrl+Z")
    assert work.rows(REJECTED) == []
    assert shown(work) == ["Taliban", "Taliban", "Ruiz", "Kabul"]


def test_shift_space_accepts_all_of_the_name_at_once(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    work.player.press("Shift+Space")
    assert [row[0] for row in work.rows(MENTIONS)] == ["Taliban", "Taliban"]
    assert work.rows("SELECT count(*) FROM entity") == [(1,)]
    work.player.press("Ctrl+Z")
    assert work.rows(MENTIONS) == []


def test_a_claim_is_accepted_whole(work: AtWork) -> None:
    suggest(work, claims=(CLAIM,))
    work.player.press("Space", 2)
    content = "the Taliban-controlled bridge was open"
    assert work.rows(CLAIMS) == [(content, "said", "named", "Ana Ruiz", "Ana Ruiz", 1)]
    assert work.rows(MENTIONS) == [("Ana Ruiz", "actor", "Ana Ruiz", 0)]
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT count(*) FROM claim") == [(0,)]
    assert work.rows("SELECT count(*) FROM mention") == [(0,)]
    assert work.rows("SELECT count(*) FROM entity") == [(0,)]


def test_a_source_is_whom_it_stands_for(work: AtWork) -> None:
    meant = (Meant("Ana Maria Ruiz", "person"),)
    suggest(work, claims=(replace(CLAIM, meant=meant),))
    work.player.press("Space", 2)
    assert work.rows("SELECT s.quote, e.name, e.kind FROM claim_source s JOIN entity e ON e.id = s.entity_id") == [
        ("Ana Ruiz", "Ana Maria Ruiz", "person")
    ]


def test_a_source_that_may_be_several_names_nobody_yet(work: AtWork) -> None:
    suggest(work, claims=(replace(CLAIM, meant=(OPEN,)),))
    work.player.press("Space", 2)
    assert work.rows("SELECT quote, entity_id FROM claim_source") == [("Ana Ruiz", None)]
    assert work.rows("SELECT count(*) FROM entity") == [(0,)]


def test_a_claim_accepted_before_the_one_that_quotes_it_is_put_into_it(work: AtWork) -> None:
    inner = ProposedClaim((span("15 men were killed"),), ((span("a tweet"),),), (span("claimed"),), 1, 0.9)
    outer = ProposedClaim((span("a tweet claimed that 15 men were killed"),), (), (span("According to"),), None, 0.5)
    suggest(work, claims=(inner, outer))
    shown = work.window.controls.suggesting.shown
    assert [one.hull.start for one in shown] == [outer.hull.start, inner.hull.start]
    work.window.view.put_caret(inner.hull.end - 1)
    work.player.press("Space")
    work.window.view.put_caret(outer.hull.start)
    work.player.press("Space")
    assert work.rows("SELECT i.quote, o.cue_quote FROM claim i JOIN claim o ON o.id = i.within_id") == [
        ("15 men were killed", "According to")
    ]


def test_whom_a_name_of_two_means_is_asked_with_both(work: AtWork) -> None:
    both = ("Ana Ruiz", "Eva Ruiz")
    suggest(work, name("Ana Ruiz"), replace(name("Ruiz", 2), may_be=both, entity_name="Ruiz"))
    work.player.press("Space", 3)
    finder = work.player.finder
    assert finder is not None
    assert work.rows(MENTIONS) == [("Ana Ruiz", "actor", "Ana Ruiz", 1), ("Ruiz", "actor", None, 1)]
    model = finder.list.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Eva Ruiz", "Ana Ruiz"]
    work.player.press("Return")
    assert work.rows("SELECT name FROM entity ORDER BY name") == [("Ana Ruiz",), ("Eva Ruiz",)]
    assert work.rows(MENTIONS)[1] == ("Ruiz", "actor", "Eva Ruiz", 1)


def test_a_place_is_put_where_the_suggestion_says(work: AtWork) -> None:
    place = Place(PlaceLevel.POPULATED_PLACE, 34.5, 69.2, Basis.GAZETTEER, "Kabul")
    located = Located(place, "AFG", "geonames:1138958", "populated place, Afghanistan")
    suggest(work, replace(name("Kabul", label="location"), located=located))
    work.player.press("Space")
    assert "populated place, Afghanistan" in work.status
    work.player.press("Space")
    assert work.rows("SELECT name, lat, lon, country FROM entity") == [("Kabul", 34.5, 69.2, "AFG")]
    assert work.rows("SELECT scheme, value FROM external_id") == [("geonames", "1138958")]


def test_all_of_a_name_of_two_are_accepted_without_assuming_one(work: AtWork) -> None:
    both = ("Afghan Taliban", "Pakistani Taliban")
    suggest(work, *(replace(name("Taliban", nth), may_be=both) for nth in (1, 2)))
    work.player.press("Space")
    work.player.press("Shift+Space")
    assert [row[2] for row in work.rows(MENTIONS)] == [None, None]
    assert "Afghan Taliban or Pakistani Taliban" in work.status


def test_enter_accepts_and_opens_the_inspector(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Space")
    work.player.press("Return")
    assert [row[0] for row in work.rows(MENTIONS)] == ["Taliban"]
    mention = work.window.controls.marking.mention
    assert mention is not None
    assert mention.quote == "Taliban"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert work.window.controls.inspector.isAncestorOf(focused)


def test_hidden_suggestions_leave_the_keys_as_they_were(work: AtWork) -> None:
    suggest(work, *NAMES)
    work.player.press("Shift+X")
    assert shown(work) == []
    work.player.press("Space")
    work.player.press("X")
    assert work.rows(MENTIONS) == []
    assert work.rows(REJECTED) == []
    work.reopen()
    assert shown(work) == []
    work.player.press("Shift+X")
    assert shown(work) == ["Taliban", "Taliban", "Ruiz", "Kabul"]


def test_what_is_tagged_is_not_suggested_again_nor_what_contradicts_it(work: AtWork) -> None:
    suggest(work, *NAMES, name("Ana Ruiz"), claims=(CLAIM,))
    work.player.tag("Ana", "A", kind="person")
    work.player.tag("Kabul", "A")
    assert shown(work) == ["the Taliban-controlled bridge was open", "Taliban", "Taliban", "Ruiz"]


def test_a_suggestion_is_an_outline_and_no_tint(work: AtWork) -> None:
    plain = work.window.view.grab().toImage()
    suggest(work, name("Kabul", label="location"))
    outlined = work.window.view.grab().toImage()
    assert outlined != plain
    work.player.press("Shift+X")
    assert work.window.view.grab().toImage() == plain
    work.player.tag("Kabul", "L")
    assert work.window.view.grab().toImage() != outlined


def test_while_reviewing_nothing_is_suggested(work: AtWork) -> None:
    suggest(work, *NAMES)
    action = work.window.findChild(QAction, "review")
    assert action is not None
    action.trigger()
    assert shown(work) == []
    action.trigger()
    assert len(shown(work)) == 4


def test_the_figures_say_what_became_of_them(work: AtWork) -> None:
    zone = ProposedZone("headline", span("Fighters leave the valley"), 0.6, "claims")
    suggest(work, *NAMES, zones=(zone,))
    work.player.press("Space", 4)
    work.player.press("X")
    work.window.controls.show_figures()
    dialog = work.window.findChild(SuggestionFigures)
    assert dialog is not None
    table = dialog.table
    model = table.model()
    rows = [[model.index(row, column).data() for column in range(7)] for row in range(table.rowCount())]
    assert rows == [
        ["claims", "Headline", "1", "1", "0", "0", "100 %"],
        ["names", "Actor", "3", "2", "0", "1", "67 %"],
        ["names", "Location", "1", "0", "0", "0", "–"],
    ]
    dialog.close()


RUNS = "SELECT a.title, r.proposer FROM suggestion_run r JOIN article a ON a.id = r.article_id ORDER BY a.seq, proposer"


def test_the_machine_looks_ahead_of_the_reader(work: AtWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    use_stand_in(monkeypatch)
    trigger(work, "suggest ahead")
    qtbot.waitUntil(lambda: shown(work) == ["Fighters leave the valley", "Kabul"], timeout=20_000)
    qtbot.waitUntil(lambda: len({title for title, _ in work.rows(RUNS)}) == 2, timeout=20_000)
    assert work.action("undo") == "Undo import of 2 articles", "that is what somebody did last"
    work.player.press("Space")
    work.player.press("X")
    work.player.press("Space")
    assert work.rows(MENTIONS) == [("Kabul", "location", "Kabul", 1)]


def test_suggest_in_all_articles_tells_what_it_came_to(
    work: AtWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_stand_in(monkeypatch)
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "2 articles looked at, 3 suggestions" in work.status, timeout=20_000)
    assert shown(work) == ["Fighters leave the valley", "Kabul"]
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "0 articles looked at" in work.status, timeout=20_000)


def trigger(work: AtWork, id_: str) -> None:
    action = work.window.findChild(QAction, id_)
    assert action is not None
    action.trigger()


def test_the_figures_say_which_suggestions_are_old(work: AtWork, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    use_stand_in(monkeypatch)
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "2 articles looked at" in work.status, timeout=20_000)
    assert "old" not in old_ones(work)
    StandIn.version = "en_stand_in 2"
    assert "2 by names, 2 by places, 2 by who is who, 2 by claim rules" in old_ones(work)


def test_the_machine_looks_in_a_process_of_its_own_which_may_end(work: AtWork, qtbot: QtBot) -> None:
    desk = work.window.controls.desk
    desk.settings.proposers_off = ["names", "places", "who is who", "claim rules"]
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "2 articles looked at" in work.status, timeout=60_000)
    assert "zone" in {kind for (kind,) in work.rows("SELECT kind FROM suggestion")}
    (other,) = multiprocessing.active_children()
    other.kill()
    other.join()
    desk.workspace.bring_in([NewArticle("A third one\n\nBy Ana Ruiz\n\nText.", "A third one")], "")
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "has ended" in work.status, timeout=60_000)
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "1 articles looked at" in work.status, timeout=60_000)


def test_articles_are_listed_by_need_when_asked(work: AtWork) -> None:
    queue, desk = work.window.controls.queue, work.window.controls.desk
    first, second = queue.listed
    runs = (SuggestionRun(second, "names", "1", desk.workspace.records.article(second).sha256),)
    new = ProposedMention("actor", (Span(0, 5),), 0.4, "First", None, "names", "person")
    store(desk.workspace, Batch(runs, as_suggestions(second, Proposals((new,)))))
    queue.order_box.setFocus()
    QTest.keyClick(queue.order_box, Qt.Key.Key_Down)
    assert queue.listed == (second, first)
    assert "1 new names, 0 disputed" in str(queue.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    QTest.keyClick(queue.order_box, Qt.Key.Key_Up)
    assert queue.listed == (first, second)


def test_order_by_need_says_when_no_machine_has_looked(work: AtWork) -> None:
    QTest.keyClick(work.window.controls.queue.order_box, Qt.Key.Key_Down)
    assert "No machine has looked" in work.status


def old_ones(work: AtWork) -> str:
    trigger(work, "suggestion figures")
    dialog = work.window.findChildren(SuggestionFigures)[-1]
    said = dialog.old.text() if dialog.old.isVisibleTo(dialog) else ""
    dialog.close()
    return said


def settings_dialog(work: AtWork) -> Suggesters:
    trigger(work, "suggesters")
    (dialog,) = work.window.findChildren(Suggesters)
    return dialog


def press_ok(dialog: Suggesters) -> None:
    buttons = dialog.findChild(QDialogButtonBox)
    assert buttons is not None
    QTest.mouseClick(buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)


def test_a_proposer_that_is_off_is_not_shown_any_more(work: AtWork) -> None:
    suggest(work, *NAMES, claims=(CLAIM,))
    dialog = settings_dialog(work)
    QTest.mouseClick(dialog.boxes["names"], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    press_ok(dialog)
    assert shown(work) == ["the Taliban-controlled bridge was open"]
    assert work.window.controls.desk.settings.proposers_off == ["names"]


def test_a_label_of_the_pipeline_becomes_what_was_chosen_for_it(
    work: AtWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_stand_in(monkeypatch)
    dialog = settings_dialog(work)
    choice = dialog.choices["PERSON"]
    assert choice.currentText() == "As guessed: Actor"
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentText() == "Not suggested"
    press_ok(dialog)
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "2 articles looked at" in work.status, timeout=20_000)
    assert "PERSON" in str(work.rows("SELECT version FROM suggestion_run WHERE proposer = 'names'"))
    assert work.rows("SELECT count(*) FROM suggestion WHERE label = 'actor'") == [(0,)]


def test_a_folder_is_used_only_after_a_warning(work: AtWork, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said: list[str] = []
    answers = iter((False, True))

    def ask(_parent: object, _title: str, text: str, _yes: str) -> bool:
        said.append(text)
        return next(answers)

    monkeypatch.setattr(suggesters, "ask", ask)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    (tmp_path / "meta.json").write_text('{"lang": "en", "name": "mine", "version": "1", "labels": {"ner": ["X"]}}')
    dialog = settings_dialog(work)
    for _ in range(2):
        QTest.mouseClick(dialog.choose_folder, Qt.MouseButton.LeftButton)
    assert all("runs what it brings along" in words for words in said)
    assert dialog.said.text().startswith("en_mine 1, in ")
    press_ok(dialog)
    assert work.window.controls.desk.settings.pipeline_folder == str(tmp_path)
