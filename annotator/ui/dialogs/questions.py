"""The system's own dialogs for files, folders and a few words. Imported by Qt when first asked, not at the start."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.ui.widgets.plain import plain_tip
from annotator.ui.widgets.unseen import shown


def ask_new_file(parent: QWidget | None, title: str, offered: Path, kind: str) -> Path | None:
    """Where to write a file; the suffix of the offered one is added where it lacks. None when cancelled."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(offered), kind)
    path = Path(chosen)
    return (path if path.suffix else path.with_name(path.name + offered.suffix)) if chosen else None


def ask_files(parent: QWidget | None, title: str, folder: str, kind: str) -> list[Path]:
    """Which files; none when cancelled."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getOpenFileNames(parent, title, folder, kind)
    return [Path(name) for name in chosen]


def ask_file(parent: QWidget | None, title: str, folder: str, kind: str) -> Path | None:
    """Which file; None when cancelled."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getOpenFileName(parent, title, folder, kind)
    return Path(chosen) if chosen else None


def ask_folder(parent: QWidget | None, title: str, folder: str) -> Path | None:
    """Which folder; None when cancelled."""
    from PySide6.QtWidgets import QFileDialog

    chosen = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(chosen) if chosen else None


def ask_one_of(parent: QWidget | None, title: str, question: str, offered: list[str]) -> str | None:
    """One of several lines, or another that is typed; None when cancelled."""
    from PySide6.QtWidgets import QInputDialog

    known = {shown(words): words for words in offered}
    words, ok = QInputDialog.getItem(parent, shown(title), plain_tip(question), list(known), 0, True)  # noqa: FBT003 - may be edited
    return known.get(words, words) if ok else None


def ask_words(parent: QWidget | None, title: str, question: str, usual: str) -> str | None:
    """A line of text; None when cancelled."""
    from PySide6.QtWidgets import QInputDialog, QLineEdit

    words, ok = QInputDialog.getText(parent, shown(title), plain_tip(question), QLineEdit.EchoMode.Normal, usual)
    return words if ok else None
