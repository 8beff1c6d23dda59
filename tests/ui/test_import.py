"""Articles come in: the dialog, files dropped and pasted, what is refused, and a window that stays usable."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from annotator.services.importing import About
from annotator.ui.dialogs.import_ import ImportDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.tour.player import Player
from tests.ui.at_work import AtWork, settle
from tests.ui.texts import QUOTES, STRIKE

Ask = Callable[..., list[tuple[object, ...]]]
RUSSIAN = "Заседание правительства прошло в четверг вечером в здании порта.\n"
NEW = (
    "SELECT a.imported_from, a.encoding, t.text FROM article a JOIN text t ON t.sha256 = a.sha256 "
    "ORDER BY a.seq LIMIT -1 OFFSET 3"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with texts in several encodings, one below another folder, and some that are no texts."""
    folder = tmp_path / "in coming"
    (folder / "below").mkdir(parents=True)
    (folder / "1 russian.txt").write_bytes(RUSSIAN.encode("cp1251"))
    (folder / "2 wide.txt").write_bytes("Über Nacht\r\nfiel Schnee.\r\n".encode("utf-16"))
    (folder / "3 marked.md").write_bytes(b"\xef\xbb\xbfPlain words.\n")
    (folder / "below" / "4 deep.text").write_text("Deep words 🙂.\n", encoding="utf-8")
    (folder / "5 picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "6 empty.txt").write_bytes(b"")
    (folder / "7 blank.txt").write_text("  \n\n", encoding="utf-8")
    (folder / "ignored.bin").write_bytes(b"%PDF-1.7")
    (folder / ".hidden.txt").write_text("hidden", encoding="utf-8")
    return folder


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What message boxes said, with their details; each is closed at once."""
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(f"{box.text()}\n{box.detailedText()}"))
    return said


def drop(window: MainWindow, *paths: Path) -> None:
    """Drops files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window.controls.files.drop(data)
    settle(window)


def dialog_of(window: MainWindow) -> ImportDialog:
    """The dialog that is open, with the keyboard on it."""
    QApplication.processEvents()
    found = QApplication.activeModalWidget()
    assert isinstance(found, ImportDialog)
    return found


def wait(dialog: ImportDialog, qtbot: QtBot) -> None:
    """Until the preview is there."""
    qtbot.waitUntil(lambda: dialog.read_as.text() != "Reading…")


def is_asked(window: MainWindow) -> bool:
    """Whether a dialog is open."""
    return any(dialog.isVisible() for dialog in window.findChildren(ImportDialog))


def import_all(window: MainWindow, qtbot: QtBot) -> None:
    """Says yes in the dialog and waits until all are in."""
    dialog_of(window).accept()
    job = window.controls.desk.jobs.current
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass


def make_many(folder: Path, number: int) -> list[Path]:
    """So many small files."""
    folder.mkdir()
    for n in range(number):
        (folder / f"{n:04}.txt").write_text(f"Text {n}\n", encoding="utf-8")
    return sorted(folder.iterdir())


def test_a_dropped_folder_brings_in_its_texts_just_as_they_are(
    window: MainWindow, files: Path, rows: Ask, told: list[str], qtbot: QtBot
) -> None:
    drop(window, files)
    dialog = dialog_of(window)
    names = [dialog.list.item(number).text() for number in range(dialog.list.count())]
    assert "ignored.bin" not in names
    assert ".hidden.txt" not in names
    dialog.publisher.setText("Port Gazette")
    dialog.published.setText("2026-03-01")
    dialog.language.setText("de")
    import_all(window, qtbot)
    found = rows(NEW)
    assert [(name, text) for name, _, text in found] == [
        ("1 russian.txt", RUSSIAN),
        ("2 wide.txt", "Über Nacht\r\nfiel Schnee.\r\n"),
        ("3 marked.md", "Plain words.\n"),
        ("4 deep.text", "Deep words 🙂.\n"),
    ]
    assert str(found[0][1]).replace("_", "") == "cp1251"
    about = rows("SELECT DISTINCT publisher, published, language FROM article WHERE publisher != 'Post'")
    assert about == [("Port Gazette", "2026-03-01", "de")]
    (message,) = told
    assert "4 articles imported, 3 left out" in message
    assert "5 picture.txt: it is binary" in message
    assert "6 empty.txt: it is empty" in message
    assert "7 blank.txt: it is empty" in message


def test_the_preview_follows_the_file_and_the_encoding(window: MainWindow, files: Path, qtbot: QtBot) -> None:
    drop(window, files / "1 russian.txt", files / "3 marked.md", files / "6 empty.txt")
    dialog = dialog_of(window)
    wait(dialog, qtbot)
    assert dialog.preview.toPlainText() == RUSSIAN
    assert "cp1251" in dialog.read_as.text()
    assert "guess" in dialog.read_as.text()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    wait(dialog, qtbot)
    assert dialog.preview.toPlainText() == "Plain words.\n"
    assert "guess" not in dialog.read_as.text()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    wait(dialog, qtbot)
    assert dialog.preview.toPlainText() == ""
    assert "left out: it is empty" in dialog.read_as.text()
    dialog.reject()


def test_an_overruled_encoding_is_what_is_imported(
    window: MainWindow, files: Path, rows: Ask, told: list[str], qtbot: QtBot
) -> None:
    drop(window, files / "1 russian.txt", files / "3 marked.md")
    dialog = dialog_of(window)
    wait(dialog, qtbot)
    while dialog.encoding.currentText() != "koi8-r":
        before = dialog.encoding.currentIndex()
        QTest.keyClick(dialog.encoding, Qt.Key.Key_Down)
        assert dialog.encoding.currentIndex() == before + 1
        wait(dialog, qtbot)
    wrong = RUSSIAN.encode("cp1251").decode("koi8-r")
    assert dialog.preview.toPlainText() == wrong
    import_all(window, qtbot)
    assert [text for _, _, text in rows(NEW)] == [wrong, "Plain words.\n"]
    assert told == []


def test_an_encoding_that_makes_no_sense_leaves_the_file_out_with_the_reason(
    window: MainWindow, files: Path, rows: Ask, told: list[str], qtbot: QtBot
) -> None:
    drop(window, files / "1 russian.txt")
    dialog = dialog_of(window)
    wait(dialog, qtbot)
    QTest.keyClick(dialog.encoding, Qt.Key.Key_Down)
    wait(dialog, qtbot)
    assert dialog.encoding.currentText() == "utf-8"
    assert "left out: it is not utf-8: byte 1" in dialog.read_as.text()
    import_all(window, qtbot)
    assert rows(NEW) == []
    assert "1 russian.txt: it is not utf-8" in told[0]


def test_cancelling_the_dialog_brings_nothing_in(window: MainWindow, files: Path, rows: Ask) -> None:
    drop(window, files)
    dialog = dialog_of(window)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.controls.desk.jobs.current is None
    assert rows(NEW) == []


def test_a_folder_without_texts_is_told(window: MainWindow, tmp_path: Path, told: list[str]) -> None:
    (tmp_path / "bare").mkdir()
    drop(window, tmp_path / "bare")
    assert "no text file" in told[0]
    assert not is_asked(window)


def test_a_file_that_is_gone_is_named(
    window: MainWindow, files: Path, rows: Ask, told: list[str], qtbot: QtBot
) -> None:
    drop(window, files / "not there.txt", files / "3 marked.md")
    import_all(window, qtbot)
    assert len(rows(NEW)) == 1
    assert "not there.txt: it cannot be read" in told[0]


def test_a_date_that_is_not_finished_is_not_taken(window: MainWindow, files: Path, rows: Ask, qtbot: QtBot) -> None:
    drop(window, files / "3 marked.md")
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.published, "Friday 2026-03-01 or so")
    assert dialog.published.text() == "2026-03-01"
    dialog.reject()


def test_half_a_date_does_not_get_into_the_file(window: MainWindow, files: Path, rows: Ask, qtbot: QtBot) -> None:
    drop(window, files / "3 marked.md")
    dialog = dialog_of(window)
    QTest.keyClicks(dialog.published, "2026-0")
    dialog.accept()
    assert dialog.isVisible(), "it waits for the rest of the date"
    QTest.keyClicks(dialog.published, "3")
    import_all(window, qtbot)
    assert rows("SELECT published FROM article WHERE imported_from = '3 marked.md'") == [("2026-03",)]


def test_words_are_pasted_by_key_and_dropped_from_another_window(
    window: MainWindow, player: Player, rows: Ask, qtbot: QtBot
) -> None:
    QApplication.clipboard().setText("Pasted 🙂 headline\n\nWords.")
    player.press("Ctrl+V")
    dialog = dialog_of(window)
    assert dialog.preview.toPlainText() == "Pasted 🙂 headline\n\nWords."
    dialog.accept()
    data = QMimeData()
    data.setText("Dropped headline\n\nWords.")
    window.controls.files.drop(data)
    dialog_of(window).accept()
    assert rows("SELECT a.title, t.text FROM article a JOIN text t ON t.sha256 = a.sha256 "
                "ORDER BY a.seq LIMIT -1 OFFSET 3") == [
        ("Pasted 🙂 headline", "Pasted 🙂 headline\n\nWords."),
        ("Dropped headline", "Dropped headline\n\nWords."),
    ]  # fmt: skip


def test_blank_words_on_the_clipboard_are_refused(work: AtWork, player: Player, rows: Ask) -> None:
    QApplication.clipboard().setText(" \n ")
    player.press("Ctrl+V")
    assert "no text on the clipboard" in work.status
    assert not is_asked(work.window)


def test_a_pasted_text_that_cannot_be_taken_is_refused_with_its_own_reason(work: AtWork) -> None:
    data = QMimeData()
    data.setText("Words with a \0 in them")
    work.window.controls.files.drop(data)
    assert "NUL" in work.status


def test_the_same_text_twice_comes_in_once(
    work: AtWork, window: MainWindow, tmp_path: Path, rows: Ask, qtbot: QtBot
) -> None:
    for name, text in (("a.txt", STRIKE), ("b.txt", "New words.\n"), ("c.txt", "New words.\n")):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    drop(window, tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt")
    import_all(window, qtbot)
    assert [name for name, *_ in rows(NEW)] == ["b.txt"]
    qtbot.waitUntil(lambda: "1 article imported, 2 already in the project." in work.status)


def test_a_dropped_project_is_shown_instead(work: AtWork, tmp_path: Path, qtbot: QtBot) -> None:
    from annotator.services.projects import new_project
    from tests.ui.at_work import WHO

    other = new_project(tmp_path / "other.annot", WHO)
    other.close()
    drop(work.window, tmp_path / "other.annot")

    def shown() -> list[MainWindow]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]

    qtbot.waitUntil(lambda: [one.windowTitle() for one in shown()] == ["other – Annotator"])
    (work.window,) = shown()  # it is closed in place of the first one


def test_one_undo_takes_back_several_batches(
    window: MainWindow, player: Player, tmp_path: Path, rows: Ask, qtbot: QtBot
) -> None:
    window.controls.files.import_now(make_many(tmp_path / "many", 450), About())
    job = window.controls.desk.jobs.current
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass
    assert len(rows(NEW)) == 450
    assert rows("SELECT count(*) FROM history WHERE kind = 'import'") == [(4,)], "one before and three batches"
    player.press("Ctrl+Z")
    assert rows(NEW) == []
    player.press("Ctrl+Y")
    assert len(rows(NEW)) == 450


def test_cancelling_keeps_whole_batches_and_the_window_says_so(
    work: AtWork, window: MainWindow, tmp_path: Path, rows: Ask, qtbot: QtBot
) -> None:
    window.controls.files.import_now(make_many(tmp_path / "many", 1_000), About())
    job = window.controls.desk.jobs.current
    assert job is not None
    job.progressed.connect(lambda done, _: job.cancel() if done == 200 else None)
    with qtbot.waitSignal(job.ended):
        pass
    assert len(rows(NEW)) == 200
    qtbot.waitUntil(lambda: work.status == "Cancelled. 200 articles imported.")


def test_tagging_goes_on_while_articles_come_in(
    window: MainWindow, player: Player, tmp_path: Path, rows: Ask, qtbot: QtBot
) -> None:
    window.controls.files.import_now(make_many(tmp_path / "many", 600), About())
    job = window.controls.desk.jobs.current
    assert job is not None
    with qtbot.waitSignal(job.progressed):
        pass
    player.tag("Monday", "D")
    assert rows(QUOTES) == [("date", "Monday")]
    if window.controls.desk.jobs.current is not None:
        with qtbot.waitSignal(job.ended):
            pass
    assert len(rows(NEW)) == 600
    assert rows(QUOTES) == [("date", "Monday")]
    assert window.view.text == STRIKE


def test_a_second_import_waits_for_the_first(
    work: AtWork, window: MainWindow, tmp_path: Path, rows: Ask, qtbot: QtBot
) -> None:
    many = make_many(tmp_path / "many", 300)
    window.controls.files.import_now(many[:250], About())
    job = window.controls.desk.jobs.current
    assert job is not None
    window.controls.files.import_now(many[250:], About())
    assert "Another task is under way" in work.status
    with qtbot.waitSignal(job.ended):
        pass
    assert len(rows(NEW)) == 250


def test_closing_the_window_stops_the_import_at_a_whole_batch(work: AtWork, tmp_path: Path, qtbot: QtBot) -> None:
    work.window.controls.files.import_now(make_many(tmp_path / "many", 1_000), About())
    job = work.window.controls.desk.jobs.current
    assert job is not None
    qtbot.waitUntil(lambda: work.rows("SELECT count(*) FROM article") != [(3,)])
    work.reopen()
    ((number,),) = work.rows("SELECT count(*) FROM article")
    assert isinstance(number, int)
    assert (number - 3) % 200 == 0
    assert 200 <= number - 3 <= 1_000
    work.player.press("Ctrl+Z")
    assert work.rows("SELECT count(*) FROM article") == [(3,)]


def test_what_is_being_typed_stays_while_articles_come_in(
    window: MainWindow, player: Player, tmp_path: Path, rows: Ask, qtbot: QtBot
) -> None:
    player.tag("Monday", "D")
    note = window.controls.inspector.form.fields["note"]
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    player.type("which one")
    window.controls.files.import_now(make_many(tmp_path / "many", 10), About())
    job = window.controls.desk.jobs.current
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass
    assert note.toPlainText() == "which one"
    player.press("F6")
    assert rows("SELECT note FROM mention") == [("which one",)]


def test_a_name_half_typed_is_not_saved_because_articles_come_in(
    window: MainWindow, player: Player, tmp_path: Path, rows: Ask, qtbot: QtBot
) -> None:
    player.tag("Mara Lind", "A")
    window.controls.desk.focus.choose_entity(window.controls.desk.focus.entity)
    player.press("Return")
    player.press("Ctrl+A")
    player.type("Ma ")
    window.controls.files.import_now(make_many(tmp_path / "many", 10), About())
    job = window.controls.desk.jobs.current
    assert job is not None
    with qtbot.waitSignal(job.ended):
        pass
    player.type("L.")
    player.press("Return")
    assert rows("SELECT name FROM entity") == [("Ma L.",)]
    assert rows("SELECT text FROM alias") == [("Mara Lind",)]
