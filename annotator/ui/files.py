"""Projects and files: new, open, import, export, copies, and what is dropped on the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from annotator import paths
from annotator.editing.importing import check_text
from annotator.errors import AnnotatorError, EditRefused
from annotator.services import exporting, importing
from annotator.services.identity import person_at_work, remember_person
from annotator.services.projects import SUFFIX, Person, new_project
from annotator.ui.desk import Desk
from annotator.ui.dialogs.import_ import ImportDialog
from annotator.ui.jobs import Job
from annotator.ui.widgets.plain import tell

_FILTER = f"Annotator projects (*{SUFFIX})"


class Files:
    """open_other shows another project in place of this one."""

    def __init__(self, desk: Desk, window: QWidget, open_other: Callable[[Path], None]) -> None:
        self._desk, self._window, self._open_other = desk, window, open_other

    # Projects

    def new(self) -> None:
        """Asks where, makes a project, shows it."""
        path = ask_new_path(self._window, self._desk.settings.last_folder)
        if path is not None:
            make_project(self._window, path, self._open_other)

    def open(self) -> None:
        """Asks which project and shows it."""
        path = ask_open_path(self._window, self._desk.settings.last_folder)
        if path is not None:
            self._open_other(path)

    def save_copy(self) -> None:
        """Writes a whole copy of the project as it is now."""
        own = self._desk.workspace.records.path
        offered = str(own.with_name(f"{own.stem} copy{SUFFIX}"))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Save a copy as", offered, _FILTER)
        if not chosen:
            return
        target = _with_suffix(Path(chosen), SUFFIX)
        try:
            self._desk.workspace.records.save_copy(target)
        except AnnotatorError as error:
            tell(self._window, "Save a copy", str(error))
        else:
            self._desk.notices.said.emit(f"Copied to {target.name}.")

    def ask_name(self) -> None:
        """Asks what the person at work is called; everything she records is signed with it."""
        known = person_at_work(paths.person_file())
        name, ok = QInputDialog.getText(
            self._window, "My name", "Everything you record is signed with this name:", text=known.name
        )
        if not ok:
            return
        try:
            self._desk.workspace.sign_in(name)
            remember_person(paths.person_file(), Person(known.id, " ".join(name.split())))
        except EditRefused as refusal:
            tell(self._window, "My name", str(refusal))

    # Articles in

    def import_files(self) -> None:
        """Asks which text files to bring in."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._window,
            "Import articles",
            self._desk.settings.last_folder,
            "Text files (*.txt *.text *.md);;All files (*)",
        )
        self.bring_in([Path(name) for name in chosen])

    def import_folder(self) -> None:
        """Asks for a folder whose text files are brought in."""
        chosen = QFileDialog.getExistingDirectory(self._window, "Import a folder", self._desk.settings.last_folder)
        self.bring_in([Path(chosen)] if chosen else [])

    def drop(self, data: QMimeData) -> None:
        """Brings in dropped files and folders, or dropped words; shows a dropped project."""
        dropped = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(dropped) == 1 and dropped[0].suffix == SUFFIX:
            self._open_other(dropped[0])
        elif dropped:
            self.bring_in(dropped)
        elif data.hasText():
            self._bring_in_text(data.text())

    def paste(self) -> None:
        """Makes an article of the text on the clipboard."""
        self._bring_in_text(QGuiApplication.clipboard().text())

    def bring_in(self, chosen: list[Path]) -> None:
        """Shows what would come in, asks what is known about it, and imports it in the background."""
        if not chosen:
            return
        self._desk.settings.last_folder = str(chosen[0] if chosen[0].is_dir() else chosen[0].parent)
        files = importing.find_files(chosen)
        if not files:
            tell(self._window, "Import", "There is no text file in this folder (.txt, .text or .md).")
            return
        dialog = ImportDialog(files, self._window)
        dialog.accepted.connect(lambda: self.import_now(files, dialog.about()))
        dialog.open()

    def _bring_in_text(self, text: str) -> None:
        try:
            check_text(text)
        except EditRefused:
            self._desk.notices.refused.emit("There is no text on the clipboard.")
            return
        dialog = ImportDialog([], self._window, text)

        def take() -> None:
            article = importing.as_article(
                importing.Decoded(text, "clipboard", is_sure=True), "", "Pasted text", dialog.about()
            )
            report = importing.Report()
            batch = importing.Batch((article,), ())
            self._desk.attempt(lambda: importing.take_batch(self._desk.workspace, batch, report, ""))
            self._tell(report)

        dialog.accepted.connect(take)
        dialog.open()

    def import_now(self, files: list[Path], about: importing.About) -> None:
        """Imports files in the background; one undo takes all of them back."""
        report, group = importing.Report(), self._desk.workspace.author.new_id()
        job = Job(
            "Importing",
            lambda: importing.read_batches(files, about),
            lambda batch: importing.take_batch(self._desk.workspace, batch, report, group),
        )
        job.ended.connect(lambda error: self._tell(report, error, is_cancelled=job.is_cancelled))
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit("Another task is under way; wait for it or cancel it.")

    def _tell(self, report: importing.Report, error: str = "", *, is_cancelled: bool = False) -> None:
        stopped = "Cancelled. " if is_cancelled and not error else ""
        if error:
            tell(self._window, "Import", f"{error}\n\n{report.sentence}", report.details)
        elif report.refused:
            tell(
                self._window, "Import", f"{stopped}{report.sentence}\n\n{_first_lines(report.details)}", report.details
            )
        else:
            self._desk.notices.said.emit(f"{stopped}{report.sentence}")

    # Corpora out

    def export(self) -> None:
        """Asks where and writes the project as JSON Lines in the background."""
        wanted, own = exporting.WRITERS[0], self._desk.workspace.records.path
        offered = str(own.with_suffix(wanted.suffix))
        chosen, _ = QFileDialog.getSaveFileName(self._window, "Export", offered, f"{wanted.title} (*{wanted.suffix})")
        if chosen:
            self.export_now(_with_suffix(Path(chosen), wanted.suffix))

    def export_now(self, target: Path) -> None:
        """Writes target in the background, from the project as it is now."""
        wanted = exporting.WRITERS[0]
        try:
            snapshot = exporting.take_snapshot(self._desk.workspace)
        except AnnotatorError as error:
            tell(self._window, "Export", str(error))
            return
        job = Job("Exporting", lambda: exporting.export(snapshot, wanted, target), lambda _: None)

        def done(error: str) -> None:
            snapshot.close()
            if error:
                tell(self._window, "Export", error)
            else:
                self._desk.notices.said.emit("Cancelled." if job.is_cancelled else f"Exported to {target.name}.")

        job.ended.connect(done)
        if not self._desk.jobs.run(job):
            snapshot.close()
            self._desk.notices.refused.emit("Another task is under way; wait for it or cancel it.")


def ask_new_path(parent: QWidget | None, folder: str) -> Path | None:
    """Where a new project should be made."""
    offered = str(Path(folder or paths.documents_folder()) / f"My project{SUFFIX}")
    chosen, _ = QFileDialog.getSaveFileName(parent, "New project", offered, _FILTER)
    return _with_suffix(Path(chosen), SUFFIX) if chosen else None


def ask_open_path(parent: QWidget | None, folder: str) -> Path | None:
    """Which project should be opened."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "Open project", folder or str(paths.documents_folder()), _FILTER)
    return Path(chosen) if chosen else None


def make_project(parent: QWidget | None, path: Path, show: Callable[[Path], None]) -> None:
    """Makes a project and shows it, or says why not."""
    try:
        new_project(path, person_at_work(paths.person_file())).close()
    except AnnotatorError as error:
        tell(parent, "New project", str(error))
    else:
        show(path)


def _with_suffix(path: Path, suffix: str) -> Path:
    return path if path.suffix else path.with_name(path.name + suffix)


def _first_lines(words: str, most: int = 8) -> str:
    lines = words.splitlines()
    more = [f"… and {len(lines) - most} more, see the details"] if len(lines) > most else []
    return "\n".join([*lines[:most], *more])
