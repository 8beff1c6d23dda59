"""Comments, the history of records, and corrections, driven by keys and read back from the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QTableWidget, QToolTip
from pytestqt.qtbot import QtBot

from annotator.domain.ids import AnnotatorId
from annotator.editing import commenting, deciding
from annotator.editing.deciding import Word
from annotator.ui.dialogs.corrections import CorrectionsDialog
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.discussion import Discussion
from tests.building import new_id
from tests.ui.at_work import AtWork, at_work
from tests.ui.test_corpora import push

THREADS = "SELECT c.text, c.quote, c.mark, a.name FROM comment c JOIN annotator a ON a.id = c.author_id ORDER BY c.id"


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """Ana's window on two articles."""
    del qtbot
    with at_work(tmp_path / "ana") as opened:
        yield opened


def discussion(work: AtWork, qtbot: QtBot) -> Discussion:
    """Ctrl+M: the comments, with the keyboard in the field."""
    work.player.press("Ctrl+M")
    qtbot.waitUntil(lambda: bool(work.window.findChildren(Discussion)))
    found = work.window.findChild(Discussion)
    assert found is not None
    qtbot.waitUntil(found.field.hasFocus)
    return found


def say(found: Discussion, words: str) -> None:
    """Types into the field and says it with Ctrl+Enter."""
    QTest.keyClicks(found.field, words)
    QTest.keyClick(found.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def cells(table: QTableWidget) -> list[list[str]]:
    """What a table says."""
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def trigger(work: AtWork, name: str) -> None:
    """A menu entry."""
    action = work.window.findChild(QAction, name)
    assert action is not None
    action.trigger()


def test_a_thread_on_a_mention_is_begun_answered_and_resolved_by_keys(work: AtWork, qtbot: QtBot) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    found = discussion(work, qtbot)
    assert "Ana Ruiz" in found.about.text()
    say(found, "Is she the mayor? @Ben")
    ((about,),) = work.rows("SELECT about_id FROM comment")
    assert work.rows("SELECT id FROM mention") == [(about,)]
    found.field.setPlainText("Yes.")
    push(found, "Reply")
    assert "Yes." in found.spoken.toPlainText()
    push(found, "Resolve")
    assert found.list.model().rowCount() == 0
    found.filter.setCurrentIndex(found.filter.findData("all"))
    assert found.list.model().rowCount() == 1
    assert "resolved it" in found.spoken.toPlainText()
    push(found, "Reopen")
    assert [row[0] for row in work.rows(THREADS)] == ["Is she the mayor? @Ben", "Yes.", "", ""]
    assert [row[2] for row in work.rows(THREADS)] == ["", "", "resolves", "reopens"]


def test_selected_words_can_be_commented_and_are_shown_again(work: AtWork, qtbot: QtBot) -> None:
    work.player.select("the Taliban-controlled bridge")
    found = discussion(work, qtbot)
    say(found, "Which bridge?")
    ((_, quote, _, who),) = work.rows(THREADS)
    assert (quote, who) == ("the Taliban-controlled bridge", "Ana")
    work.window.view.put_caret(0)
    found.list.activated.emit(found.list.currentIndex())
    span = work.window.view.selection()
    assert span is not None
    assert span.cut(work.window.view.text) == "the Taliban-controlled bridge"


def test_nothing_is_said_by_an_empty_field_and_escape_goes_back_to_the_text(work: AtWork, qtbot: QtBot) -> None:
    found = discussion(work, qtbot)
    say(found, "  ")
    assert work.rows(THREADS) == []
    assert "write something" in work.status
    QTest.keyClick(found.field, Qt.Key.Key_Escape)
    assert work.window.view.hasFocus()


def test_only_threads_that_name_me(work: AtWork, qtbot: QtBot) -> None:
    workspace = work.window.controls.desk.workspace
    article = work.window.controls.desk.focus.article
    for words in ("@Ana look", "@Anabel look", "nobody"):
        workspace.do(commenting.comment, article, words)
    found = discussion(work, qtbot)
    assert found.list.model().rowCount() == 3
    found.filter.setCurrentIndex(found.filter.findData("to me"))
    assert found.list.model().rowCount() == 1


def test_the_history_says_who_did_what_and_brings_a_state_back(work: AtWork, qtbot: QtBot) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    work.player.press("L")
    assert work.rows("SELECT label FROM mention") == [("location",)]
    work.player.press("F7")
    dialog = work.window.findChild(HistoryDialog)
    assert dialog is not None
    lines = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert [line.split("  ", 1)[1].split(":")[0] for line in lines] == ["Ana", "Ana"]
    assert ["label", "actor", "location"] in cells(dialog.table)
    assert not dialog.restore.isEnabled(), "it is so now"
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Tab)
    assert not dialog.table.hasFocus(), "Tab leads out of the table"
    dialog.list.setCurrentRow(0)
    default = [button.text() for button in dialog.findChildren(QPushButton) if button.isDefault()]
    assert default == ["Close"], "Return restores nothing"
    text = work.window.view.text
    start = text.index("Ana Ruiz")
    assert ["spans", "–", f"characters {start + 1} to {start + 8}"] in cells(dialog.table)
    push(dialog, "Restore this state")
    assert work.rows("SELECT label FROM mention") == [("actor",)]
    work.window.activateWindow()
    qtbot.waitUntil(work.window.isActiveWindow)
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT label FROM mention") == [("location",)]


def test_a_label_that_is_cut_off_tells_the_whole_at_rest(work: AtWork, qtbot: QtBot) -> None:
    work.window.view.selectAll()
    found = discussion(work, qtbot)
    words = found.about.text()
    assert words.endswith("is closed.” According to the Post, a tweet claimed that 15 men were killed near Kabul.”")
    assert found.about.sizeHint().width() > found.about.width()
    place = found.about.rect().center()
    QApplication.sendEvent(found.about, QHelpEvent(QEvent.Type.ToolTip, place, found.about.mapToGlobal(place)))
    assert "killed near Kabul" in QToolTip.text()
    found.about.setText("Short")
    QApplication.sendEvent(found.about, QHelpEvent(QEvent.Type.ToolTip, place, found.about.mapToGlobal(place)))
    qtbot.waitUntil(lambda: QToolTip.text() == "")


def test_where_nobody_has_commented_it_says_what_to_do(work: AtWork, qtbot: QtBot) -> None:
    found = discussion(work, qtbot)
    assert found.list.model().rowCount() == 0
    assert "begins one" in found.spoken.placeholderText()


def test_corrections_say_what_was_agreed_and_why_and_are_saved_as_a_page(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.player.tag("Ana Ruiz", "A", kind="person")
    work.player.tag("Kabul", "L")
    desk = work.window.controls.desk
    article = desk.focus.article
    assert article is not None
    one, other = desk.workspace.records.mentions_in(article)
    desk.workspace.switch_to(AnnotatorId(new_id()), "Clara")
    desk.workspace.do(deciding.decide, article, Word((one,), reason="not a claim", note="<b>no</b>"))
    desk.workspace.do(deciding.decide, article, Word((other,), other))
    trigger(work, "corrections")
    dialog = work.window.findChild(CorrectionsDialog)
    assert dialog is not None
    dialog.person.setCurrentIndex(dialog.person.findText("Ana"))
    assert dialog.table.rowCount() == 1
    (shown,) = cells(dialog.table)
    assert shown[1:4] == ["actor “Ana Ruiz”", "–", "not a claim: <b>no</b>"]
    assert shown[4].startswith("Clara")
    default = [button.text() for button in dialog.findChildren(QPushButton) if button.isDefault()]
    assert default == ["Close"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "page.html"), ""))
    push(dialog, "Save as page…")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "actor “Ana Ruiz”" in page
    assert "&lt;b&gt;no&lt;/b&gt;" in page
    dialog.table.activated.emit(dialog.table.model().index(0, 0))
    span = work.window.view.selection()
    assert span is not None
    assert span.cut(work.window.view.text) == "Ana Ruiz"
