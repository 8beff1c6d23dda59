"""Agreement in the window: worked out in the background, read in tables, saved for a paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTableWidget
from pytestqt.qtbot import QtBot

from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.editing import designing, tagging
from annotator.services import comparing
from annotator.services.projects import Person
from annotator.ui.agreement_window import AgreementWindow
from tests.building import find, new_id
from tests.ui.at_work import AtWork, at_work
from tests.ui.in_review import in_review
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


def test_the_projects_guidelines_are_stated_unless_others_are_named(work: AtWork, qtbot: QtBot) -> None:
    work.window.controls.desk.do(designing.set_guidelines, "2.1")
    window = compared(work, qtbot)
    assert window.guidelines.placeholderText().startswith("2.1")
    assert "guidelines 2.1" in window.methods.toPlainText()
    window.guidelines.setFocus()
    QTest.keyClicks(window.guidelines, "1.9, pilot")
    push(window, "Compare")
    qtbot.waitUntil(lambda: "guidelines 1.9, pilot" in window.methods.toPlainText(), timeout=30_000)
    assert work.rows("SELECT json_extract(schema, '$.guidelines_version') FROM project") == [("2.1",)]


def test_months_are_drawn_and_a_point_tells_its_figures(work: AtWork, qtbot: QtBot) -> None:
    window = compared(work, qtbot)
    window.tabs.setCurrentWidget(window.months)
    # Where there is no screen, the mouse is in the window that was there first, and cannot leave 800 by 800.
    work.window.move(3_000, 0)
    window.setGeometry(0, 0, 780, 700)
    QApplication.processEvents()
    plot = window.months.plot
    assert "a small sample" in plot.accessibleDescription()
    (month,) = rows(window.months.table)
    assert month[-1] == "small"
    assert any("fewer than" in said for said in plot.legend)
    report = window.report
    assert report is not None
    courses = comparing.picture(report).courses
    number = len(courses) - 1
    point = courses[number].points[0]
    spot = plot.at(point, number, point.value).toPoint()
    QTest.mouseMove(plot, spot)
    qtbot.waitUntil(lambda: point.month in plot.toolTip())
    QTest.mouseMove(plot, QPoint(2, 2))
    qtbot.waitUntil(lambda: not plot.toolTip())


def test_what_became_of_records_in_review_is_told_field_by_field(tmp_path: Path, qtbot: QtBot) -> None:
    with in_review(tmp_path / "team") as work:
        for key in ("F8", "1", "1", "1", "2", "F8"):
            work.player.press(key)
        decided = work.rows("SELECT verdict, count(*) FROM decision GROUP BY verdict")
        window = compared(work, qtbot)
        window.tabs.setCurrentWidget(window.review)
        table = window.review.table
        told = {tuple(row[:3]): row[3:] for row in rows(table)}
        assert decided == [("accept", 4)]
        reviewed = [row for row in told if row[0] == "Everybody" and not row[2]]
        assert sum(int(told[row][1].split()[0]) for row in reviewed) == len(
            work.rows("SELECT DISTINCT record_id FROM decision_about")
        )
        changed = next(row for row, words in told.items() if row[0] == "Ben Brandt" and words[3] not in {"", "0"})
        table.setFocus()
        while tuple(rows(table)[table.currentRow()][:3]) != changed:
            QTest.keyClick(table, Qt.Key.Key_Down)
        fields = rows(window.review.fields)
        assert fields[0][1] not in {"–", "0.0 %"}
        assert changed[1] in window.review.whose.text()
        assert "were reviewed" in window.methods.toPlainText()


def test_who_shares_no_article_with_anybody_still_gets_the_review_of_her_work(tmp_path: Path, qtbot: QtBot) -> None:
    with in_review(tmp_path / "team") as work:
        for key in ("F8", "1", "1", "F8"):
            work.player.press(key)
        window = compared(work, qtbot)
        item = next(window.people.item(row) for row in range(window.people.count()))
        assert item is not None
        assert item.text() == "Anna Adler"
        item.setCheckState(Qt.CheckState.Unchecked)
        push(window, "Compare")
        qtbot.waitUntil(lambda: window.said.text().startswith("0 of 3 articles"), timeout=30_000)
        assert window.tabs.currentWidget() is window.review
        assert {row[0] for row in rows(window.review.table)} == {"Everybody", "Ben Brandt"}
        assert "Agreement was measured" not in window.methods.toPlainText()
