"""The status bar tells the truth: saved, saving, read-only and why, disk full, and what others do to the file."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from annotator.errors import AnnotatorError
from annotator.services.importing import About
from tests.storage.raw import mode, tamper
from tests.ui.at_work import VALLEY, AtWork, at_work, settle


@pytest.fixture
def work(tmp_path: Path, qtbot: QtBot) -> Iterator[AtWork]:
    del qtbot
    with at_work(tmp_path, VALLEY) as one:
        yield one


def come_back() -> None:
    """As when another window was in front."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)


def is_loud(work: AtWork) -> bool:
    """Whether the state stands out."""
    return bool(work.window.statusBar().state.font().bold())  # type: ignore[attr-defined]  # StatusLine


def test_it_says_saved_while_everything_is(work: AtWork) -> None:
    assert work.state == "Saved"
    work.player.tag("Ana Ruiz", "A", kind="person")
    assert work.state == "Saved"
    assert not is_loud(work)


def test_a_change_that_another_program_holds_up_is_told_until_one_is_saved(work: AtWork) -> None:
    with closing(sqlite3.connect(work.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(AnnotatorError, match="was not tagged"):
            work.player.tag("Ana Ruiz", "A", kind="person")
        assert work.state == "Last change not saved: file in use"
        assert is_loud(work)
        other.execute("ROLLBACK")
    assert work.rows("SELECT count(*) FROM mention") == [(0,)]
    work.player.press("Esc")
    work.player.tag("Kabul", "L", kind="")
    assert work.state == "Saved"


def test_what_another_program_writes_is_told_before_anything_is_done(work: AtWork) -> None:
    tamper(work.path, "UPDATE article SET title = 'Another title'")
    come_back()
    assert work.state == "Changed by another program"
    assert "has written to" in work.status
    work.player.press("F5")
    assert work.state == "Saved"
    come_back()
    assert work.state == "Saved"


def test_the_same_without_coming_back(work: AtWork, qtbot: QtBot) -> None:
    tamper(work.path, "UPDATE article SET title = 'Another title'")
    qtbot.waitUntil(lambda: work.state == "Changed by another program")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_a_file_that_was_replaced_is_told(work: AtWork) -> None:
    shutil.copy(work.path, work.path.with_name("other.annot"))
    os.replace(work.path.with_name("other.annot"), work.path)
    come_back()
    assert work.state == "Changed by another program"
    assert "moved, deleted or replaced" in work.status


def test_read_only_says_why(work: AtWork) -> None:
    with mode(work.path, 0o444):
        work.reopen()
        assert work.state == "Read-only: the file is write-protected"


def test_saving_is_told_while_articles_come_in(work: AtWork, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(300):
        (tmp_path / "in" / f"{number}.txt").write_text(f"Text {number}", encoding="utf-8")
    work.window.controls.files.import_now(sorted((tmp_path / "in").iterdir()), About())
    assert work.state == "Saving…"
    settle(work.window)
    assert work.state == "Saved"
