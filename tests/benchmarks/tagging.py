"""From a key press to the painted mention: 1 MB with 20,000 mentions against 5 kB with none."""

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.ui.main_window import MainWindow
from tests.benchmarks.making import project_with, text_of, window_on
from tests.benchmarks.measuring import median, percentile, seconds, show

GESTURES = 60


def main() -> None:
    """Tags one name after the other near the middle of the article, then takes each back."""
    tag: dict[str, list[float]] = {}
    undo: dict[str, list[float]] = {}
    for name, length, mentions in (("small", 5_000, 0), ("large", 1_000_000, 20_000)):
        with tempfile.TemporaryDirectory() as folder:
            window = window_on(project_with(Path(folder), text_of(length), mentions), Path(folder))
            tag[name], undo[name] = gestures(window)
            window.close()
    show("key to painted mention, 1 MB 20,000 / 5 kB", median(tag["large"]), median(tag["small"]), 2.0)
    show("  the same, 95th percentile", percentile(tag["large"], 0.95), percentile(tag["small"], 0.95), 2.0)
    show("undo to painted text, 1 MB 20,000 / 5 kB", median(undo["large"]), median(undo["small"]), 2.0)


def gestures(window: MainWindow) -> tuple[list[float], list[float]]:
    """The times of single gestures, in seconds."""
    view, text = window.view, window.view.text
    start = text.find("Name", len(text) // 2)
    tags, undos = [], []
    for _ in range(GESTURES):
        view.put_caret(start)
        QApplication.processEvents()
        tags.append(seconds(lambda: key(window, Qt.Key.Key_A)))
        undos.append(seconds(lambda: key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)))
        start = text.find("Name", start + 1)
        if start < 0:
            start = text.find("Name")
    assert window.controls.desk.workspace.records.peek_redo(window.controls.desk.workspace.author.annotator)
    return tags, undos


def key(window: MainWindow, pressed: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key and lets the window paint."""
    QTest.keyClick(window.view, pressed, held)
    QApplication.processEvents()


if __name__ == "__main__":
    main()
