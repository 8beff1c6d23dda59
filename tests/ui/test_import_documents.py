"""Pages, PDF files, tables and archives in the import dialog: previewed beside the window, mapped, and brought in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF, QMimeData, Qt, QUrl
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.import_ import ImportDialog
from annotator.ui.tour.player import Player
from tests.formats.documents_made import HEADLINE, PARAGRAPHS, page, zipped
from tests.ui.at_work import AtWork, settle
from tests.ui.conftest import Ask
from tests.ui.test_accessibility import nameless
from tests.ui.test_import import wait

NEW = (
    "SELECT a.title, a.publisher, a.byline, a.published, t.text FROM article a JOIN text t ON t.sha256 = a.sha256 "
    "ORDER BY a.seq LIMIT -1 OFFSET 3"
)
CSV = (
    "kopf,inhalt,date,source\nEins,Worte von eins.,2026-03-01,Gazette\nZwei,Worte von zwei.,03/04/2026,Post\nDrei,,,\n"
)
Asked = Callable[..., ImportDialog]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes said, with their details; each is closed at once."""
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(f"{box.text()}\n{box.detailedText()}"))
    return said


@pytest.fixture
def asked(work: AtWork, tmp_path: Path, qtbot: QtBot) -> Asked:
    """Drops files with these contents and gives the dialog when it has read the first."""

    def ask(**contents: str | bytes) -> ImportDialog:
        data, urls = QMimeData(), []
        for name, content in contents.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            urls.append(QUrl.fromLocalFile(str(path)))
        data.setUrls(urls)
        work.window.controls.files.drop(data)
        settle(work.window)
        QApplication.processEvents()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ImportDialog)
        wait(dialog, qtbot)
        return dialog

    return ask


def take(work: AtWork, dialog: ImportDialog, qtbot: QtBot) -> None:
    """Pushes Import and waits until all are in."""
    import_button(dialog).click()
    job = work.window.controls.desk.jobs.current
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass


def import_button(dialog: ImportDialog) -> QPushButton:
    """The button that says how much is imported."""
    return next(one for one in dialog.findChildren(QPushButton) if one.text().startswith("Import"))


def is_shown(dialog: ImportDialog, widget: QWidget) -> bool:
    """Whether it is on the screen."""
    return widget.isVisibleTo(dialog)


def choose(dialog: ImportDialog, field: str, column: str, qtbot: QtBot) -> None:
    """Chooses a column by the keyboard."""
    box = dialog.columns.boxes[field]
    box.setFocus()
    while box.currentText() != column:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentIndex() == before + 1
        wait(dialog, qtbot)


def test_a_page_is_shown_as_it_will_come_in_and_comes_so(work: AtWork, asked: Asked, rows: Ask, qtbot: QtBot) -> None:
    dialog = asked(page_html=page())
    assert dialog.preview.toPlainText() == "\n\n".join((HEADLINE, *PARAGRAPHS))
    assert dialog.said.text() == f"{HEADLINE} · Ana Ruiz · 2026-03-01 · The Gazette · en"
    assert dialog.read_as.text().startswith("Web page, ")
    assert import_button(dialog).text() == "Import 1 article"
    assert not is_shown(dialog, dialog.encoding)
    assert is_shown(dialog, dialog.boilerplate)
    assert not is_shown(dialog, dialog.columns)
    assert nameless(dialog) == []
    take(work, dialog, qtbot)
    assert rows(NEW) == [(HEADLINE, "The Gazette", "Ana Ruiz", "2026-03-01", "\n\n".join((HEADLINE, *PARAGRAPHS)))]
    qtbot.waitUntil(lambda: work.status == "1 article imported.")


def test_boilerplate_comes_as_zones_when_it_is_kept(
    work: AtWork, asked: Asked, player: Player, rows: Ask, qtbot: QtBot
) -> None:
    dialog = asked(page_html=page())
    QTest.keyClick(dialog.boilerplate, Qt.Key.Key_Down)
    wait(dialog, qtbot)
    assert "Cookie policy" in dialog.preview.toPlainText()
    dialog.publisher.setText("Typed")
    take(work, dialog, qtbot)
    assert rows("SELECT kind, count(*) FROM zone GROUP BY kind ORDER BY kind") == [
        ("boilerplate", 2), ("byline", 1), ("caption", 1), ("credit", 1), ("headline", 1),
    ]  # fmt: skip
    assert [row[1] for row in rows(NEW)] == ["Typed"]
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    work.window.activateWindow()  # a platform without windows does not go back to it by itself
    qtbot.waitUntil(lambda: QApplication.activeWindow() is work.window)
    player.press("Ctrl+Z")
    assert (rows(NEW), rows("SELECT * FROM zone")) == ([], [])


def test_a_table_is_mapped_by_keyboard_and_previewed_at_once(
    work: AtWork, asked: Asked, rows: Ask, told: list[str], qtbot: QtBot
) -> None:
    dialog = asked(rows_csv=CSV)
    assert is_shown(dialog, dialog.columns)
    assert not is_shown(dialog, dialog.encoding)
    assert not is_shown(dialog, dialog.boilerplate)
    assert "not said which column has the text" in dialog.read_as.text()
    assert not import_button(dialog).isEnabled()
    assert dialog.columns.chosen() == {"published": "date", "publisher": "source"}
    assert nameless(dialog) == []
    choose(dialog, "text", "inhalt", qtbot)
    choose(dialog, "title", "kopf", qtbot)
    assert dialog.preview.toPlainText().startswith("Eins · 2026-03-01 · Gazette\n\nWorte von eins.")
    assert "the first 2 articles" in dialog.read_as.text()
    assert import_button(dialog).isEnabled()
    assert import_button(dialog).text() == "Import 1 file"
    take(work, dialog, qtbot)
    assert rows(NEW) == [
        ("Eins", "Gazette", "", "2026-03-01", "Worte von eins."),
        ("Zwei", "Post", "", "", "Worte von zwei."),
    ]
    (message,) = told
    assert "2 articles imported, 1 left out, 1 to look at." in message
    assert "rows.csv, line 4: there is no text in “inhalt”" in message
    assert "rows.csv, line 3: “03/04/2026” is not clear as a day" in message


def test_what_is_said_of_one_table_counts_for_those_with_the_same_columns(
    work: AtWork, asked: Asked, rows: Ask, qtbot: QtBot
) -> None:
    other = "kopf,inhalt,date,source\nVier,Worte von vier.,,\n"
    dialog = asked(a_csv=CSV.partition("Zwei")[0], b_csv=other, c_csv="title,text\nFive,Words of five.\n")
    choose(dialog, "text", "inhalt", qtbot)
    dialog.list.setCurrentRow(1)
    wait(dialog, qtbot)
    assert dialog.columns.chosen()["text"] == "inhalt"
    assert dialog.preview.toPlainText() == "Worte von vier."
    dialog.list.setCurrentRow(2)
    wait(dialog, qtbot)
    assert dialog.columns.chosen() == {"text": "text", "title": "title"}
    take(work, dialog, qtbot)
    assert [row[4] for row in rows(NEW)] == ["Worte von eins.", "Worte von vier.", "Words of five."]


def test_a_pdf_made_by_another_program_comes_in_with_its_paragraphs(
    work: AtWork, tmp_path: Path, rows: Ask, qtbot: QtBot, asked: Asked
) -> None:
    writer = QPdfWriter(str(tmp_path / "made.pdf"))
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A5), QPageLayout.Orientation.Portrait, QMarginsF()))
    document = QTextDocument()
    document.setPlainText("\n\n".join(PARAGRAPHS))
    document.setPageSize(writer.pageLayout().paintRectPoints().size().toSizeF())
    document.print_(writer)
    del writer
    dialog = asked(made_pdf=(tmp_path / "made.pdf").read_bytes())
    assert is_shown(dialog, dialog.boilerplate)
    take(work, dialog, qtbot)
    assert [row[4] for row in rows(NEW)] == ["\n\n".join(PARAGRAPHS)]


def test_an_archive_says_how_many_documents_it_has(work: AtWork, asked: Asked, rows: Ask, qtbot: QtBot) -> None:
    dialog = asked(all_zip=zipped({"b.txt": "Second text.", "a.html": page(), "picture.png": "x"}))
    assert dialog.read_as.text().startswith("2 documents in the archive; the first: Web page")
    assert import_button(dialog).text() == "Import 1 file"
    take(work, dialog, qtbot)
    assert [row[0] for row in rows(NEW)] == [HEADLINE, "Second text."]


def test_a_file_that_cannot_be_read_is_told_before_and_after(
    work: AtWork, asked: Asked, rows: Ask, told: list[str], qtbot: QtBot
) -> None:
    dialog = asked(old_doc=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", scan_pdf=b"%PDF-1.4 broken")
    assert dialog.read_as.text() == "old.doc will be left out: this kind of document is not read; save it as .docx."
    dialog.list.setCurrentRow(1)
    wait(dialog, qtbot)
    assert "left out: it is damaged, or no PDF" in dialog.read_as.text()
    take(work, dialog, qtbot)
    assert rows(NEW) == []
    assert "0 articles imported, 2 left out." in told[0]


def test_the_window_answers_while_a_large_page_is_read_for_the_preview(asked: Asked, qtbot: QtBot) -> None:
    body = "".join(f"<p>{n}: the bridge fell, said somebody in a long letter to all of us.</p>" for n in range(60_000))
    dialog = asked(large_html=page(body))
    assert dialog.preview.toPlainText().startswith(HEADLINE)
    assert len(dialog.preview.toPlainText()) == 6_000


def test_going_quickly_from_file_to_file_shows_the_last_one(asked: Asked, qtbot: QtBot) -> None:
    dialog = asked(
        a_html=page("<p>Words of a.</p>"), b_html=page("<p>Words of b.</p>"), c_html=page("<p>Words of c.</p>")
    )
    for row in (1, 0, 1, 2):
        dialog.list.setCurrentRow(row)
    wait(dialog, qtbot)
    assert "Words of c." in dialog.preview.toPlainText()


def test_cancelling_while_a_file_is_read_does_no_harm(work: AtWork, tmp_path: Path, rows: Ask, qtbot: QtBot) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.html"))])
    work.window.controls.files.drop(data)
    settle(work.window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    box.button(QDialogButtonBox.StandardButton.Cancel).click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert rows(NEW) == []


def test_the_dialog_for_files_offers_all_kinds(work: AtWork, player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    offered: list[str] = []

    def answer(*words: str) -> tuple[list[str], str]:
        offered.append(words[3])
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer)
    player.press("Ctrl+I")
    masks = offered[0].partition(";;")[0]
    for suffix in ("txt", "html", "mht", "eml", "pdf", "docx", "epub", "csv", "xlsx", "jsonl", "zip", "ann"):
        assert f"*.{suffix}" in masks
