"""Corpora in and out of the window: what is asked, what comes to the file or the project, and what is reported."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QFileDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui import corpora
from annotator.ui.dialogs.corpus import CorpusDialog
from annotator.ui.dialogs.export import ExportDialog
from annotator.ui.dialogs.report import ReportDialog
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, at_work, settle
from tests.ui.conftest import Ask
from tests.ui.texts import everything

WHERE = "The bridge\n\nAna Ruiz said that the bridge in Orsa was safe. 🙂 Ruiz left Orsa.\n"
OTHER = "Another day\n\nNobody said anything in Orsa.\n"
MENTIONS = "SELECT label, quote, start FROM mention ORDER BY start"
BRAT = "T1\tPER 12 20\tAna Ruiz\nT2\tWEAPON 35 41\tbridge\nT3\tLOC 45 49\tOrsa\nT4\tLOC 2 9\tnowhere\n"


@pytest.fixture
def brat(tmp_path: Path) -> Path:
    """A corpus of one article; one line gives other words than the text."""
    folder = tmp_path / "brat corpus"
    folder.mkdir()
    (folder / "one.txt").write_text(WHERE, encoding="utf-8")
    (folder / "one.ann").write_text(BRAT, encoding="utf-8")
    return folder


def offered(found: QWidget, name: str) -> QComboBox:
    """A list to choose from, by what a screen reader says."""
    return next(box for box in found.findChildren(QComboBox) if box.accessibleName() == name)


def choose(found: QWidget, name: str, words: str) -> None:
    """Chooses by the beginning of the words, as the keyboard does."""
    box = offered(found, name)
    row = next(row for row in range(box.count()) if box.itemText(row).startswith(words))
    box.setCurrentIndex(row)


def push(found: QWidget, words: str) -> None:
    """Pushes a button."""
    next(one for one in found.findChildren(QPushButton) if one.text() == words).click()


def export(work: AtWork, qtbot: QtBot, **chosen: str) -> None:
    """Ctrl+E, what is to be chosen, and Export; waits until it is written."""
    work.player.press("Ctrl+E")
    dialog = work.window.findChild(ExportDialog)
    assert dialog is not None
    for name, words in chosen.items():
        choose(dialog, name.replace("_", " ").capitalize(), words)
    push(dialog, "Export…")
    qtbot.waitUntil(lambda: work.window.controls.desk.jobs.current is None, timeout=30_000)


def drop(work: AtWork, path: Path) -> None:
    """Drops a file or folder on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    work.window.controls.files.drop(data)
    settle(work.window)


def asked(work: AtWork, qtbot: QtBot, path: Path) -> CorpusDialog:
    """The dialog once it has read what was dropped."""
    drop(work, path)
    dialog = work.window.findChild(CorpusDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.sentence.text().startswith("Articles:"))
    return dialog


def take(work: AtWork, qtbot: QtBot, dialog: CorpusDialog) -> None:
    """Says Import, and waits until all is in."""
    push(dialog, "Import")
    qtbot.waitUntil(lambda: work.window.controls.desk.jobs.current is None, timeout=30_000)


def report(work: AtWork, qtbot: QtBot) -> ReportDialog:
    """What an import or export came to."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in work.window.findChildren(ReportDialog)))
    return next(one for one in work.window.findChildren(ReportDialog) if one.isVisible())


@pytest.fixture
def two(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """Two articles; in the first two mentions and a claim."""
    del qtbot
    with at_work(tmp_path / "two", WHERE, OTHER) as opened:
        opened.player.tag("Ana Ruiz", "A", kind="person")
        opened.player.tag("Orsa", "L")
        opened.player.claim([("the bridge in Orsa was safe", 1)], [("Ana Ruiz", 1)], None)
        yield opened


def test_the_labels_of_a_codebook_come_in_without_articles(two: AtWork, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "study.qdc"
    code = '<Code guid="11110000-aaaa-4bbb-8ccc-dddddddddddd" name="{}" isCodable="true"/>'
    codes = code.format("Trust") + code.replace("1111", "2222").format("Person")
    path.write_text(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{codes}</Codes></CodeBook>', encoding="utf-8")
    drop(two, path)
    dialog = two.window.findChild(CorpusDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.sentence.text().startswith("A codebook: labels: 2, no articles."))
    assert dialog.labels()["Person"] == "actor"
    take(two, qtbot, dialog)
    assert [label.name for label in two.window.controls.desk.schema.labels][-1] == "Trust"
    assert two.status == "1 new label in the schema."


def test_export_writes_the_shown_article_in_the_format_that_was_chosen(
    two: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    export(two, qtbot, format="brat", articles="The article that is shown")
    texts = [path for path in target.rglob("*.txt") if path.with_suffix(".ann").exists()]
    assert [path.read_text(encoding="utf-8") for path in texts] == [WHERE]
    assert "Ana Ruiz" in texts[0].with_suffix(".ann").read_text(encoding="utf-8")


def test_what_the_format_cannot_carry_is_said_before_and_counted_after(
    two: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, saved = tmp_path / "out.conll", tmp_path / "report.txt"
    names = iter((target, saved))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(names)), ""))
    two.player.press("Ctrl+E")
    dialog = two.window.findChild(ExportDialog)
    assert dialog is not None
    choose(dialog, "Format", "CoNLL-2003")
    assert "claims" in dialog.cannot.text()
    push(dialog, "Export…")
    told = report(two, qtbot)
    assert "1 claims" in told.details.toPlainText()
    push(told, "Save report…")
    assert "1 claims" in saved.read_text(encoding="utf-8")
    told.close()


def test_the_inner_of_nested_names_is_chosen_in_the_dialog(
    two: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.conll"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    two.player.tag("bridge in Orsa", "O")
    two.player.press("Ctrl+E")
    dialog = two.window.findChild(ExportDialog)
    assert dialog is not None
    choose(dialog, "Format", "CoNLL-2003")
    choose(dialog, "Nested mentions", "the inner")
    choose(dialog, "Format", "brat")
    assert not dialog.options()
    choose(dialog, "Format", "CoNLL-2003")
    choose(dialog, "Nested mentions", "the inner")
    push(dialog, "Export…")
    report(two, qtbot).close()
    lines = target.read_text(encoding="utf-8").splitlines()
    assert "Orsa -X- O B-location" in lines
    assert "bridge -X- O O" in lines


def test_an_export_to_the_same_folder_is_asked_about_and_one_with_other_files_refused(
    two: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    asked: list[str] = []
    told: list[str] = []
    answers = iter((False, True))

    def ask(*words: object) -> bool:
        asked.append(str(words[2]))
        return next(answers)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    monkeypatch.setattr(corpora, "ask", ask)
    monkeypatch.setattr(corpora, "tell", lambda *words: told.append(str(words[2])))

    def out() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in target.rglob("*") if path.is_file()}

    def export_brat() -> None:
        export(two, qtbot, format="brat")
        two.window.activateWindow()
        qtbot.waitUntil(two.window.isActiveWindow)

    export_brat()
    first = out()
    assert first
    assert not asked
    two.player.tag("safe", "O")
    export_brat()
    assert out() == first
    assert asked == ["“out” is there already, as an earlier export left it. Replace it?"]
    export_brat()
    second = out()
    assert any(b"safe" in words for name, words in second.items() if name.endswith(".ann"))
    (target / "notes.txt").write_text("mine", encoding="utf-8")
    export_brat()
    assert told == [
        "“notes.txt” in “out” is no part of an export of this program. Nothing was replaced; choose another name."
    ]
    assert out() == second | {"notes.txt": b"mine"}


def test_a_split_that_is_no_whole_cannot_be_exported(two: AtWork) -> None:
    two.player.press("Ctrl+E")
    dialog = two.window.findChild(ExportDialog)
    assert dialog is not None
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Export…")
    dialog.split.setChecked(True)
    for shares, is_right in (("0.8, 0.3, 0.1", False), ("much", False), ("0.5, 0.25, 0.25", True)):
        dialog.shares.setText(shares)
        assert button.isEnabled() == is_right
        assert bool(dialog.problem.text()) != is_right
    dialog.reject()


def test_our_own_export_comes_back_whole_and_a_second_time_adds_nothing(
    two: AtWork, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "all.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    export(two, qtbot, format="JSON Lines")
    assert json.loads(target.read_text(encoding="utf-8").splitlines()[0])
    told = {table: rows for table, rows in everything(two.rows).items() if table != "project"}
    drop(two, target)
    qtbot.waitUntil(lambda: two.window.controls.desk.jobs.current is None, timeout=30_000)
    assert {table: rows for table, rows in everything(two.rows).items() if table != "project"} == told
    with at_work(tmp_path / "empty", OTHER) as other:
        drop(other, target)
        qtbot.waitUntil(lambda: other.window.controls.desk.jobs.current is None, timeout=30_000)
        assert other.rows(MENTIONS) == two.rows(MENTIONS)
        assert other.rows("SELECT id, quote FROM claim") == two.rows("SELECT id, quote FROM claim")


def test_labels_of_a_corpus_become_what_was_chosen_and_one_undo_takes_all_back(
    work: AtWork, player: Player, rows: Ask, qtbot: QtBot, brat: Path
) -> None:
    before = everything(rows)
    dialog = asked(work, qtbot, brat)
    assert "Articles: 1, with mentions: 3" in dialog.sentence.text()
    assert "one.ann, line 4" in dialog.problems.text()
    assert dialog.preview.toPlainText() == WHERE
    assert offered(dialog, "PER becomes").currentText() == "Actor"
    choose(dialog, "WEAPON becomes", "a new label")
    take(work, qtbot, dialog)
    told = report(work, qtbot)
    assert "one.ann, line 4" in told.details.toPlainText()
    assert "“nowhere”" in told.details.toPlainText()
    told.close()
    new = "SELECT m.label, m.quote FROM mention m JOIN article a ON a.id = m.article_id ORDER BY m.start"
    assert [quote for _, quote in rows(new)] == ["Ana Ruiz", "bridge", "Orsa"]
    labels = [label for label, _ in rows(new)]
    assert (labels[0], labels[2]) == ("actor", "location")
    assert labels[1] in {one.key for one in work.window.controls.desk.schema.labels}
    work.window.activateWindow()
    qtbot.waitUntil(work.window.isActiveWindow)
    player.press("Ctrl+Z")
    after = everything(rows)
    del before["text"], after["text"]  # the words stay, so that it can be done again
    assert after == before


def test_a_label_can_be_left_out_and_an_import_given_up(work: AtWork, rows: Ask, qtbot: QtBot, brat: Path) -> None:
    before = everything(rows)
    asked(work, qtbot, brat).buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert everything(rows) == before
    qtbot.waitUntil(lambda: work.window.findChild(CorpusDialog) is None)
    dialog = asked(work, qtbot, brat)
    choose(dialog, "WEAPON becomes", "nothing")
    take(work, qtbot, dialog)
    told = report(work, qtbot)
    assert "1 mentions labelled “WEAPON”" in told.findChildren(QPlainTextEdit)[0].toPlainText()
    told.close()
    assert [quote for _, quote, _ in rows(MENTIONS)] == ["Ana Ruiz", "Orsa"]
