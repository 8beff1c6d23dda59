"""Queue, entities, claims, import and export in the window."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from annotator.services.importing import About
from annotator.ui import files
from annotator.ui.acting import MARKING, REVIEWING
from annotator.ui.actions import all_actions
from annotator.ui.corpora import Corpora
from annotator.ui.dialogs.import_ import ImportDialog
from annotator.ui.dialogs.shortcuts import ShortcutSheet
from annotator.ui.forms.entity import EntityForm
from annotator.ui.models.entities import EntityRow
from annotator.ui.models.queue import ROW
from annotator.ui.panels.claims import ClaimPanel
from annotator.ui.panels.entities import EntityPanel
from tests.ui.at_work import VALLEY, AtWork, at_work, settle


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    """A window on two short articles."""
    with at_work(tmp_path) as opened:
        yield opened


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with files of several encodings, and some that are no texts."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_bytes("Заседание правительства прошло в четверг в Кабуле.".encode("cp1251"))
    (folder / "b.txt").write_bytes("\ufeffÜber Nacht\r\nfiel Schnee.\r\n".encode("utf-16"))
    (folder / "c.txt").write_bytes(b"Plain words.\n")
    (folder / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "empty.txt").write_bytes(b"")
    return folder


def wait_for_job(work: AtWork, qtbot: QtBot) -> None:
    """Waits until the job under way has ended."""
    jobs = work.window.controls.desk.jobs
    assert jobs.current is not None
    with qtbot.waitSignal(jobs.current.ended):
        pass


def test_import_names_what_was_left_out_and_one_undo_takes_all_back(
    work: AtWork, texts: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(files, "tell", lambda *words: told.append(" ".join(map(str, words[1:]))))
    found = sorted(texts.iterdir())
    work.window.controls.files.import_now(found, About(publisher="Gazette", published="2026-01-02"))
    wait_for_job(work, qtbot)
    rows = work.rows("SELECT a.imported_from, a.encoding, a.publisher, t.text FROM article a "
                     "JOIN text t ON t.sha256 = a.sha256 WHERE a.publisher = 'Gazette' ORDER BY a.seq")  # fmt: skip
    assert [row[0] for row in rows] == ["a.txt", "b.txt", "c.txt"]
    assert rows[0][3] == "Заседание правительства прошло в четверг в Кабуле."
    assert rows[1][3] == "Über Nacht\r\nfiel Schnee.\r\n"
    assert "binary.txt: it is binary, not text" in told[0]
    assert "empty.txt: it is empty" in told[0]
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT count(*) FROM article") == [(2,)]
    work.player.press("Ctrl+Shift+Z")
    assert work.rows("SELECT count(*) FROM article") == [(5,)]


def test_the_same_text_is_not_imported_twice(work: AtWork, tmp_path: Path, qtbot: QtBot) -> None:
    again = tmp_path / "again.txt"
    again.write_text(VALLEY, encoding="utf-8", newline="")
    work.window.controls.files.import_now([again], About())
    wait_for_job(work, qtbot)
    qtbot.waitUntil(lambda: "already in the project" in work.status)
    assert work.rows("SELECT count(*) FROM article") == [(2,)]


def test_a_cancelled_import_leaves_whole_batches(work: AtWork, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(1_200):
        (folder / f"{number:04}.txt").write_text(f"Text {number}\n", encoding="utf-8")
    work.window.controls.files.import_now(sorted(folder.iterdir()), About())
    job = work.window.controls.desk.jobs.current
    assert job is not None
    job.progressed.connect(lambda done, _: job.cancel() if done >= 400 else None)
    wait_for_job(work, qtbot)
    assert work.rows("SELECT count(*) FROM article") == [(402,)]
    qtbot.waitUntil(lambda: work.status.startswith("Cancelled"))
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT count(*) FROM article") == [(2,)]


def test_dropped_files_open_the_import_dialog(work: AtWork, texts: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(texts / "c.txt"))])
    work.window.controls.files.drop(data)
    settle(work.window)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    dialog.accept()
    settle(work.window)
    assert work.rows("SELECT count(*) FROM article") == [(3,)]


def test_a_text_is_pasted_as_an_article(work: AtWork) -> None:
    QApplication.clipboard().setText("Pasted headline\n\nPasted words.")
    work.player.press("Ctrl+V")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    dialog.publisher.setText("Wire")
    dialog.accept()
    assert work.rows("SELECT title, publisher FROM article ORDER BY seq DESC LIMIT 1") == [("Pasted headline", "Wire")]


def test_export_writes_the_project_as_it_was_when_asked(work: AtWork, tmp_path: Path, qtbot: QtBot) -> None:
    work.player.tag("Kabul", "L")
    target = tmp_path / "out.jsonl"
    Corpora(work.window.controls.desk, work.window).export_now(target)
    work.player.tag("Taliban", "A")
    if work.window.controls.desk.jobs.current is not None:
        wait_for_job(work, qtbot)
    text = target.read_text(encoding="utf-8")
    assert '"quote":"Kabul"' in text
    assert '"quote":"Taliban"' not in text


def test_the_queue_filters_and_counts(work: AtWork, qtbot: QtBot) -> None:
    queue = work.window.controls.queue
    work.player.tag("Kabul", "L")
    work.player.press("Ctrl+L")
    work.player.type("FIGHTERS")
    qtbot.waitUntil(lambda: queue.list.model().rowCount() == 1)
    row = queue.list.model().index(0, 0).data(ROW)
    assert (row.article.title, row.state, row.mentions, row.claims) == ("Fighters leave the valley", "doing", 1, 0)


def test_choosing_an_entity_marks_its_mentions(work: AtWork) -> None:
    work.player.tag("Taliban", "A")
    work.player.tag("Taliban", "A", 2)
    work.player.press("Escape", 2)
    panel = work.window.findChild(EntityPanel)
    assert panel is not None
    model = panel.list.model()
    rows = [model.index(number, 0) for number in range(model.rowCount())]
    (index,) = [i for i in rows if isinstance(i.data(ROW), EntityRow) and i.data(ROW).entity]
    assert (index.data(ROW).here, index.data(ROW).total) == (2, 2)
    panel.list.setCurrentIndex(index)
    assert work.window.view.board.chosen == {id_ for (id_,) in work.rows("SELECT id FROM mention")}


def test_an_entity_is_renamed_given_an_alias_and_merged(work: AtWork) -> None:
    work.player.tag("Ana Ruiz", "A")
    work.player.tag("Taliban", "A")
    desk = work.window.controls.desk
    ana = work.rows("SELECT id FROM entity WHERE name = 'Ana Ruiz'")[0][0]
    desk.focus.choose_entity(ana)  # type: ignore[arg-type]  # an id as the file has it
    form = work.window.controls.inspector.form
    assert isinstance(form, EntityForm)
    work.player.press("Return")
    work.player.press("Ctrl+A")
    work.player.type("Ana Ruiz Soto")
    work.player.press("Return")
    assert work.rows("SELECT name FROM entity WHERE id = ?", ana) == [("Ana Ruiz Soto",)]
    assert work.rows("SELECT text FROM alias WHERE entity_id = ?", ana) == [("Ana Ruiz",)]
    work.window.controls.asking.merge(ana)  # type: ignore[arg-type]
    work.player.type("tali")
    work.player.press("Return")
    assert work.rows("SELECT name FROM entity") == [("Taliban",)]
    assert {name for (name,) in work.rows("SELECT text FROM alias")} == {"Ana Ruiz", "Ana Ruiz Soto"}
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT count(*) FROM entity") == [(2,)]


def test_deleting_an_entity_asks_only_when_mentions_exist(work: AtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def say_yes(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", say_yes)
    work.player.tag("Kabul", "L")
    kabul = work.rows("SELECT id FROM entity")[0][0]
    work.window.controls.asking.delete(kabul)  # type: ignore[arg-type]
    assert len(asked) == 1
    assert "1 mention" in asked[0]
    assert work.rows("SELECT quote, entity_id FROM mention") == [("Kabul", None)]
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT name FROM entity") == [("Kabul",)]
    assert work.rows("SELECT entity_id FROM mention") == [(kabul,)]


def test_claim_cards_stand_in_reading_order(work: AtWork) -> None:
    work.player.claim([("is closed", 1)], [("Ruiz", 2)], None)
    work.player.claim([("it", 1)], [], ("denied", 1))
    panel = work.window.findChild(ClaimPanel)
    assert panel is not None
    model = panel.list.model()
    assert [model.index(number, 0).data() for number in range(model.rowCount())] == ["it", "is closed"]
    panel.list.clicked.emit(model.index(1, 0))
    parts = work.window.view.decorations.parts
    assert {mark.id.partition("/")[2] for mark in parts} == {"content", "source0"}


def test_every_key_of_the_table_is_on_the_shortcut_sheet(work: AtWork, qtbot: QtBot) -> None:
    sheet = ShortcutSheet(all_actions(work.window.controls.desk.schema), work.window)
    qtbot.addWidget(sheet)
    shown = sheet.shown()
    for action in all_actions(work.window.controls.desk.schema):
        if action.keys:
            assert action.text.rstrip("…") in shown, action.id


@pytest.mark.parametrize("mode", [MARKING, REVIEWING])
def test_no_two_actions_share_a_key_in_one_mode(mode: str, work: AtWork) -> None:
    from PySide6.QtGui import QKeySequence

    seen: dict[str, str] = {}
    for action in all_actions(work.window.controls.desk.schema):
        for key in action.keys if action.mode in {"", mode} else ():
            text = QKeySequence(key).toString()
            assert text not in seen, f"{action.id} and {seen.get(text)} share {text}"
            seen[text] = action.id


def test_what_another_program_writes_is_noticed_and_can_be_read_again(work: AtWork) -> None:
    work.player.tag("Kabul", "L")
    connection = sqlite3.connect(work.path)
    connection.execute("UPDATE article SET publisher = 'Somebody else'")
    connection.commit()
    connection.close()
    work.player.press("Escape", 2)
    work.player.select("Taliban")
    work.player.press("A")
    assert "Another program has written" in work.status
    assert work.rows("SELECT quote FROM mention") == [("Kabul",)]
    work.player.press("F5")
    work.player.tag("Taliban", "A")
    assert work.rows("SELECT quote FROM mention ORDER BY start") == [("Taliban",), ("Kabul",)]
    assert work.rows("SELECT DISTINCT publisher FROM article") == [("Somebody else",)]


def test_a_locked_file_is_a_sentence_and_the_window_goes_on(work: AtWork) -> None:
    connection = sqlite3.connect(work.path)
    connection.execute("BEGIN EXCLUSIVE")
    work.player.select("Kabul")
    work.player.press("L")
    assert "is writing" in work.status
    connection.rollback()
    connection.close()
    work.player.press("L")
    assert work.rows("SELECT quote FROM mention") == [("Kabul",)]


def test_choosing_an_entity_scrolls_to_a_mention_of_it(work: AtWork, tmp_path: Path, qtbot: QtBot) -> None:
    long = "First words.\n\n" + "Many words in between. " * 2_000 + "\n\nAna Ruiz stands at the end.\n"
    with at_work(tmp_path / "long", long) as other:
        other.player.press("Ctrl+End")
        other.player.tag("Ana Ruiz", "A")
        other.player.press("Escape", 2)
        other.player.press("Ctrl+Home")
        bar = other.window.view.verticalScrollBar()
        assert bar.value() < 100
        panel = other.window.findChild(EntityPanel)
        assert panel is not None
        panel.list.setCurrentIndex(panel.list.model().index(1, 0))
        assert bar.value() > bar.maximum() / 2


def test_what_is_known_of_an_article_is_changed_in_the_inspector(work: AtWork) -> None:
    work.player.press("Return")
    for _ in range(3):
        work.player.press("Tab")
    work.player.press("Ctrl+A")
    work.player.type("2021-08-22")
    work.player.press("Return")
    assert work.rows("SELECT published FROM article ORDER BY seq LIMIT 1") == [("2021-08-22",)]
    row = work.window.controls.queue.list.model().index(0, 0).data(ROW)
    assert row.article.published == "2021-08-22"
    assert work.window.view.hasFocus()
