"""Who suggests and when: ahead of the reader, in all articles, as chosen; what is old; articles by need."""

import multiprocessing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from annotator.domain.proposals import Proposals, ProposedMention
from annotator.domain.spans import Span
from annotator.domain.suggestions import SuggestionRun, as_suggestions
from annotator.editing.importing import NewArticle
from annotator.services.proposing import Batch
from annotator.services.suggesting import store
from annotator.ui.dialogs import suggesters
from annotator.ui.dialogs.suggesters import Suggesters
from annotator.ui.dialogs.suggestions import SuggestionFigures
from tests.services.test_suggesting import StandIn, use_stand_in
from tests.ui.at_work import AtWork
from tests.ui.test_suggestions import CLAIM, NAMES, shown, suggest, trigger, work

MENTIONS = (
    "SELECT m.quote, m.label, e.name, m.derived_from != '' FROM mention m LEFT JOIN entity e ON e.id = entity_id "
)
__all__ = ["work"]

RUNS = "SELECT a.title, r.proposer FROM suggestion_run r JOIN article a ON a.id = r.article_id ORDER BY a.seq, proposer"


def test_the_machine_looks_ahead_of_the_reader(work: AtWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    use_stand_in(monkeypatch)
    trigger(work, "suggest ahead")
    qtbot.waitUntil(lambda: shown(work) == ["Fighters leave the valley", "Kabul"])
    qtbot.waitUntil(lambda: len({title for title, _ in work.rows(RUNS)}) == 2)
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
    qtbot.waitUntil(lambda: "2 articles looked at, 3 suggestions" in work.status)
    assert shown(work) == ["Fighters leave the valley", "Kabul"]
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "0 articles looked at" in work.status)


def test_the_figures_say_which_suggestions_are_old(work: AtWork, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    use_stand_in(monkeypatch)
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "2 articles looked at" in work.status)
    assert "old" not in old_ones(work)
    StandIn.version = "en_stand_in 2"
    assert "2 by names, 2 by places, 2 by who is who, 2 by claim rules" in old_ones(work)


def test_the_machine_looks_in_a_process_of_its_own_which_may_end(work: AtWork, qtbot: QtBot) -> None:
    desk = work.window.controls.desk
    desk.settings.proposers_off = ["names", "places", "who is who", "claim rules"]
    trigger(work, "suggest all")
    qtbot.waitUntil(lambda: "2 articles looked at" in work.status, timeout=60_000)
    assert "zone" in {kind for (kind,) in work.rows("SELECT kind FROM suggestion")}
    (other,) = [one for one in multiprocessing.active_children() if one.name == "suggesting"]
    other.kill()
    other.join()
    desk.workspace.bring_in([NewArticle("A third one\n\nBy Ana Ruiz\n\nText.", "A third one")], "")
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
    qtbot.waitUntil(lambda: "2 articles looked at" in work.status)
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
