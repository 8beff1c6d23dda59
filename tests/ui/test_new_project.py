"""A new project: the schema is chosen by key or mouse, or comes from a file; faults of a file are shown by line."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.faults import Faults
from annotator.ui.dialogs.schema_choice import SchemaChoice
from annotator.ui.dialogs.start import StartDialog
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from tests.building import SCHEMA
from tests.ui.at_work import AtWork


def chosen_schema(path: Path) -> dict[str, Any]:
    """The schema in a project file."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    ((text,),) = connection.execute("SELECT schema FROM project").fetchall()
    connection.close()
    return dict(json.loads(text))


def asked(dialog_type: type[Any]) -> Any:
    """The dialog that is open now."""
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, dialog_type)
    return dialog


def click(owner: QWidget, words: str) -> None:
    """Clicks a button."""
    (button,) = [button for button in owner.findChildren(QPushButton) if button.text() == words]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_schema_is_chosen_by_keys(
    work: AtWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "other.annot"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    work.player.press("Ctrl+N")
    dialog = asked(SchemaChoice)
    assert dialog.list.currentItem().text() == "News claims"
    QTest.keyClicks(dialog.list, "Onto")
    assert dialog.list.currentItem().text() == "OntoNotes"
    labels = dialog.findChildren(QListWidget)[1]
    assert labels.count() == 18
    assert labels.item(0).text().startswith("Person   A")
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    def shown() -> list[MainWindow]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()]

    qtbot.waitUntil(lambda: [one.windowTitle() for one in shown()] == ["other – Annotator"])
    (work.window,) = shown()  # it is closed in place of the first one
    assert chosen_schema(path)["name"] == "OntoNotes"


def test_a_schema_comes_from_a_file_and_its_faults_are_shown(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, file = tmp_path / "new.annot", tmp_path / "own.json"
    file.write_text(SCHEMA.replace('"hotkey": "D"', '"hotkey": "A"').replace('"#AE5E0F"', '"orange"'), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    start = StartDialog(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(start)
    start.show()
    shown: list[Path] = []
    start.chosen.connect(shown.append)
    click(start, "New project…")
    dialog = asked(SchemaChoice)
    click(dialog, "From a file…")
    faults = asked(Faults)
    line = SCHEMA[: SCHEMA.index('"key": "date"')].count("\n") + 1
    rows = [
        (faults.list.topLevelItem(row).text(0), faults.list.topLevelItem(row).text(1))
        for row in range(faults.list.topLevelItemCount())
    ]
    assert [number for number, _ in rows] == [str(line)] * 2
    assert any("“orange” is no colour" in words for _, words in rows)
    assert faults.text.textCursor().blockNumber() == line - 1
    assert "2 things are wrong" in "".join(label.text() for label in faults.findChildren(QLabel))
    QTest.keyClick(faults, Qt.Key.Key_Escape)
    file.write_text(SCHEMA.replace('"News claims"', '"Ours"'), encoding="utf-8")
    click(dialog, "From a file…")
    assert dialog.list.currentItem().text() == "Ours (own.json)"
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    QTest.mouseClick(box.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown == [path])
    assert chosen_schema(path)["name"] == "Ours"
