"""Agreement in the window: worked out in the background, read in tables, saved for a paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QTableWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.editing import tagging
from annotator.services.projects import Person
from annotator.ui.agreement_window import AgreementWindow
from tests.building import find, new_id
from tests.ui.at_work import AtWork, at_work
from tests.ui.test_corpora import push

BEN = Person(AnnotatorId(new_id()), "Ben")


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """Ana's window on two articles that Ben tagged too: one alike, one under another label."""
    del qtbot
    with at_work(tmp_path / "ana") as opened:
        opened.player.tag("Ana Ruiz", "A", kind="person")
        opened.player.tag("Kabul", "L")
        workspace = opened.window.controls.desk.workspace
        ana, article = workspace.author, workspace.records.queue(QueueFilter(), workspace.author.annotator)[0]
        text = workspace.records.text(article)
        workspace.switch_to(BEN.id, BEN.name)
        workspace.do(tagging.tag, article, find(text, "Ana Ruiz"), "actor")
        workspace.do(tagging.tag, article, find(text, "Kabul"), "other")
        workspace.author = ana
        yield opened


def compared(work: AtWork, qtbot: QtBot) -> AgreementWindow:
    """F9: the window once it has compared."""
    work.player.press("F9")
    window = work.window.findChild(AgreementWindow)
    assert window is not None
    qtbot.waitUntil(lambda: work.window.controls.desk.jobs.current is None, timeout=30_000)
    assert window.report is not None, window.said.text()
    return window


def rows(table: QTableWidget) -> list[list[str]]:
    """What a table says."""
    model = table.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_scores_values_and_articles_are_shown(work: AtWork, qtbot: QtBot) -> None:
    window = compared(work, qtbot)
    scores = {(row[0], row[1]): row for row in rows(window.scores.table)}
    exact = next(row for (what, measure), row in scores.items() if what == "Mentions" and "exact" in measure.lower())
    assert exact[4] == "0.500"
    assert any(row[4] == "undefined" and row[9] for row in scores.values())
    window.scores.which.setCurrentIndex(window.scores.which.findData("pairs"))
    assert {row[3] for row in rows(window.scores.table)} == {"Ana and Ben"}
    assert window.values.which.count() > 0
    assert window.methods.toPlainText().startswith("Agreement was measured on 1 article")
    (article,) = rows(window.articles.table)
    assert article[0] == "Fighters leave the valley"


def test_an_article_of_the_list_is_shown_in_the_main_window(work: AtWork, qtbot: QtBot) -> None:
    window = compared(work, qtbot)
    second = work.rows("SELECT id FROM article ORDER BY seq")[1][0]
    work.window.controls.desk.focus.show_article(second)  # type: ignore[arg-type]
    window.articles.table.cellActivated.emit(0, 0)
    assert work.window.controls.desk.focus.article != second


def test_a_cell_of_values_that_met_shows_where_and_leads_there(work: AtWork, qtbot: QtBot) -> None:
    window = compared(work, qtbot)
    values = window.values
    titles = [values.which.itemText(at) for at in range(values.which.count())]
    values.which.setCurrentIndex(titles.index("Words in mentions"))
    names = [values.table.horizontalHeaderItem(at).text() for at in range(values.table.columnCount())]  # type: ignore[union-attr]
    row, column = names.index("location"), names.index("other")
    values.table.setCurrentCell(row, column)
    assert "“location” met “other”" in values.met.text()
    assert rows(values.cases) == [["Fighters leave the valley", "Ana and Ben", "1"]]
    values.table.setCurrentCell(column, row)
    assert rows(values.cases) == []
    values.table.setCurrentCell(row, column)
    second = work.rows("SELECT id FROM article ORDER BY seq")[1][0]
    work.window.controls.desk.focus.show_article(second)  # type: ignore[arg-type]
    values.cases.cellActivated.emit(0, 0)
    assert work.window.controls.desk.focus.article != second


def test_one_person_alone_cannot_be_compared(work: AtWork, qtbot: QtBot) -> None:
    window = compared(work, qtbot)
    item = window.people.item(0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    push(window, "Compare")
    assert "at least two" in window.said.text()


def test_methods_are_copied_and_tables_and_pictures_saved(
    work: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = compared(work, qtbot)
    push(window, "Copy methods")
    assert QApplication.clipboard().text() == window.methods.toPlainText()
    for button, name in (
        ("Save tables (CSV)…", "tables"),
        ("Save table (LaTeX)…", "table.tex"),
        ("Save pictures (SVG)…", "pictures"),
    ):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        push(window, button)
    assert "exact" in (tmp_path / "tables" / "scores.csv").read_text(encoding="utf-8-sig").lower()
    assert "\\begin{" in (tmp_path / "table.tex").read_text(encoding="utf-8")
    assert (tmp_path / "pictures" / "scores.svg").read_text(encoding="utf-8").startswith("<svg")
