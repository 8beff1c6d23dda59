"""A text that came in again in another version: annotations come over where it is certain, and the rest is listed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.carrying import CarryOverDialog
from tests.ui.at_work import VALLEY, AtWork, at_work
from tests.ui.test_corpora import push
from tests.ui.test_teamwork import back, wait

UPDATED = VALLEY.replace("\n\n", "\n\nUpdated on Tuesday.\n\n", 1).replace(
    "15 men were killed", "at least 20 people died"
)
CARRIED = (
    "SELECT m.quote, m.start, n.name FROM mention m JOIN annotator n ON n.id = m.author_id "
    "JOIN article a ON a.id = m.article_id JOIN mention old ON old.id = m.derived_from WHERE a.length = ? "
    "ORDER BY m.start"
)


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """A window on an article with four mentions and a claim, and its second version."""
    del qtbot
    with at_work(tmp_path / "work", VALLEY, UPDATED, "Something else.\n\nFar away.") as opened:
        opened.player.tag("Ana Ruiz", "A", kind="person")
        opened.player.tag("Taliban fighters", "A", kind="armed group")
        opened.player.tag("Kabul", "L")
        opened.player.tag("15 men", "A", kind="person")
        opened.player.claim([("the Taliban-controlled bridge was open", 1)], [("Ana Ruiz", 1)], ("said", 1))
        yield opened


def offered(work: AtWork, qtbot: QtBot) -> CarryOverDialog:
    """The dialog for the article that is shown, once all is worked out."""
    action = work.window.findChild(QAction, "carry over")
    assert action is not None
    action.trigger()
    wait(work, qtbot)
    return next(one for one in work.window.findChildren(CarryOverDialog) if one.isVisible())


def test_annotations_come_over_in_one_step_that_is_undone_and_the_rest_is_listed(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work.player.press("Ctrl+PgDown")
    dialog = offered(work, qtbot)
    assert "4 of 5 annotations have one certain place" in dialog.outcome.text()
    qtbot.waitUntil(dialog.table.isVisible)
    cells = [dialog.table.item(0, column) for column in range(3)]
    assert [cell.text() for cell in cells if cell] == ["Actor", "15 men", "“15 men” is not in this text"]
    saved = tmp_path / "rest.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    push(dialog, "Save list…")
    assert saved.read_text(encoding="utf-8") == "Actor\t15 men\t“15 men” is not in this text\n"
    push(dialog, "Carry over")
    back(work, qtbot)
    assert "4 annotations carried over, 1 left behind." in work.status
    expected = [(words, UPDATED.index(words), "Ana") for words in ("Ana Ruiz", "Taliban fighters", "Kabul")]
    assert work.rows(CARRIED, len(UPDATED)) == expected
    (claim,) = work.rows(
        "SELECT c.quote, c.cue_quote FROM claim c JOIN article a ON a.id = c.article_id WHERE a.length = ?",
        len(UPDATED),
    )
    assert claim == ("the Taliban-controlled bridge was open", "said")
    work.player.press("Ctrl+Z")
    assert work.rows(CARRIED, len(UPDATED)) == []
    assert work.rows("SELECT count(*) FROM mention") == [(4,)]
    work.player.press("Ctrl+Y")
    assert work.rows(CARRIED, len(UPDATED)) == expected


def test_what_is_there_already_does_not_come_twice(work: AtWork, qtbot: QtBot) -> None:
    work.player.press("Ctrl+PgDown")
    push(offered(work, qtbot), "Carry over")
    back(work, qtbot)
    push(offered(work, qtbot), "Carry over")
    back(work, qtbot)
    assert "All that can be carried over is there already." in work.status
    assert len(work.rows(CARRIED, len(UPDATED))) == 3


def test_an_article_without_another_version_says_how_to_name_one(work: AtWork) -> None:
    work.player.press("Ctrl+PgDown")
    work.player.press("Ctrl+PgDown")
    action = work.window.findChild(QAction, "carry over")
    assert action is not None
    action.trigger()
    assert "No other article has this one’s title or address." in work.status
