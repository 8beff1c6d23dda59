"""Projects and files: new, open, import, copies, and what is dropped on the window."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator import paths
from annotator.domain.annotators import AnnotatorKind
from annotator.domain.backups import Why
from annotator.domain.ids import AnnotatorId
from annotator.domain.projects import SUFFIX
from annotator.editing.importing import check_text
from annotator.errors import AnnotatorError, EditRefused
from annotator.services import importing
from annotator.services.identity import person_at_work, remember_person
from annotator.services.projects import Person, new_project
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_file, ask_files, ask_folder, ask_new_file, ask_one_of, ask_words
from annotator.ui.jobs import BUSY, Job
from annotator.ui.teamwork import Teamwork
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
        target = ask_new_file(self._window, "Save a copy as", own.with_name(f"{own.stem} copy{SUFFIX}"), _FILTER)
        if target is None:
            return
        try:
            self._desk.workspace.records.save_copy(target)
        except AnnotatorError as error:
            tell(self._window, "Save a copy", str(error))
        else:
            self._desk.notices.said.emit(f"Copied to {target.name}.")

    def check(self) -> None:
        """Goes through the whole project in the background and says whether it is sound."""
        from annotator.services.checking import Checked, checking

        path, checked = self._desk.workspace.records.path, Checked()
        job: Job[None] = Job("Checking the project", lambda: checking(path, checked), lambda _: None)

        def say(error: str) -> None:
            if error or job.is_cancelled:
                self._desk.notices.said.emit(error or "The check was cancelled.")
            elif checked.is_sound:
                self._desk.notices.said.emit("The project is sound: its records are as its history says.")
            else:
                text = "This project is damaged. Nothing was changed. File, Restore from backup… has earlier states."
                tell(self._window, "Check this project", text, "\n".join(checked.faults))

        job.ended.connect(say)
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def ask_backup(self) -> None:
        """Shows the backups of the project; the one that is chosen becomes a new file, which is opened."""
        from annotator.services.restoring import found_for
        from annotator.ui.dialogs.backups import BackupDialog

        records = self._desk.workspace.records
        dialog = BackupDialog(records.path, found_for(records.path, records.project().id), self._window)
        dialog.made.connect(lambda path, _: self._open_other(path))
        dialog.open()

    def ask_name(self) -> None:
        """Asks what the person at work is called; everything she records is signed with it."""
        try:
            known = person_at_work(paths.person_file())
            name = ask_words(self._window, "My name", "Everything you record is signed with this name:", known.name)
            if name is None:
                return
            self._desk.workspace.sign_in(name)
            remember_person(paths.person_file(), Person(known.id, " ".join(name.split())))
        except AnnotatorError as error:
            tell(self._window, "My name", str(error))

    def ask_person(self) -> bool:
        """Asks who works now, among those known at this machine and in the project, or a new one; False for nobody."""
        from annotator.services.identity import people_at_work

        workspace = self._desk.workspace
        here = [Person(one.id, one.name) for one in workspace.records.annotators() if one.kind is AnnotatorKind.PERSON]
        try:
            before = people_at_work(paths.person_file())
        except AnnotatorError as error:
            tell(self._window, "Who is working", str(error))
            return False
        known = {person.id: person for person in (*before, *here)}
        chosen = ask_one_of(
            self._window,
            "Who is working",
            "Everything recorded from now on is signed by (choose, or type a new name):",
            [person.name for person in known.values()],
        )
        if chosen is None:
            return False
        name = " ".join(chosen.split())
        found = [person for person in known.values() if person.name == name]
        person = found[0] if found else Person(AnnotatorId(workspace.author.new_id()), name)
        try:
            workspace.switch_to(person.id, person.name)
            remember_person(paths.person_file(), person)
        except AnnotatorError as error:
            tell(self._window, "Who is working", str(error))
            return False
        return True

    # Articles in

    def import_files(self) -> None:
        """Asks which documents or annotated corpora to bring in."""
        from annotator.services.corpora import READERS
        from annotator.services.documents import ARCHIVES, SUFFIXES

        corpora = {suffix for reader in READERS for suffix in reader.suffixes}
        articles = SUFFIXES | ARCHIVES
        kinds = f"Articles and corpora ({_masks(articles | corpora)});;Articles ({_masks(articles)});;All files (*)"
        self.bring_in(ask_files(self._window, "Import", self._desk.settings.last_folder, kinds))

    def import_folder(self) -> None:
        """Asks for a folder whose texts, pages and other documents are brought in."""
        chosen = ask_folder(self._window, "Import a folder", self._desk.settings.last_folder)
        self.bring_in([chosen] if chosen else [])

    def drop(self, data: QMimeData) -> None:
        """Brings in dropped files and folders, or dropped words; shows a dropped project."""
        dropped = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(dropped) == 1 and dropped[0].suffix == SUFFIX:
            Teamwork(self._desk, self._window).bring_in_or(dropped[0], self._open_other)
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
        from annotator.services.recognising import Known, looks

        found: list[Known] = []
        job: Job[Known] = Job("Looking at the files", lambda: looks(chosen), found.append)

        def go(error: str) -> None:
            if error and self._window.isVisible():
                tell(self._window, "Import", error)
            elif found and not job.is_cancelled and self._window.isVisible():
                self._bring_in_known(chosen, found[0])

        job.ended.connect(go)
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def _bring_in_known(self, chosen: list[Path], found: Any) -> None:
        from annotator.ui.corpora import Corpora

        corpora, files = Corpora(self._desk, self._window), list(found.files)
        if found.is_own:
            corpora.bring_in_own(chosen)
            return
        if found.reader:
            corpora.bring_in(chosen, found.reader)
            return
        if not files:
            tell(self._window, "Import", "There is no text file, page or other document in this folder.")
            return
        from annotator.ui.dialogs.import_ import ImportDialog

        dialog = ImportDialog(files, self._window)
        dialog.accepted.connect(lambda: self.import_now(files, dialog.about(), dialog.encodings, dialog.by_head))
        dialog.open()

    def _bring_in_text(self, text: str) -> None:
        try:
            check_text(text)
        except EditRefused as refusal:
            what = (
                f"This text cannot be an article: {refusal}." if text.strip() else "There is no text on the clipboard."
            )
            self._desk.notices.refused.emit(what)
            return
        from annotator.ui.dialogs.import_ import ImportDialog

        dialog = ImportDialog([], self._window, text)

        def take() -> None:
            report = importing.Report()
            batch = importing.Batch((importing.pasted(text, dialog.about()),), ())
            self._desk.attempt(lambda: importing.take_batch(self._desk.workspace, batch, report, ""))
            self._tell(report)

        dialog.accepted.connect(take)
        dialog.open()

    def import_now(
        self,
        files: list[Path],
        about: importing.About,
        encodings: Mapping[Path, str] | None = None,
        by_head: Mapping[tuple[str, ...], Mapping[str, str]] | None = None,
    ) -> None:
        """Imports files in the background; one undo takes all of them back."""
        from annotator.services.documents import read_batches

        report, group = importing.Report(), self._desk.workspace.author.new_id()
        job = Job(
            "Importing",
            self._desk.workspace.backed_up(Why.IMPORT, lambda: read_batches(files, about, encodings, by_head)),
            lambda batch: importing.take_batch(self._desk.workspace, batch, report, group),
            is_saving=True,
        )
        job.ended.connect(lambda error: self._tell(report, error, is_cancelled=job.is_cancelled))
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def _tell(self, report: importing.Report, error: str = "", *, is_cancelled: bool = False) -> None:
        if not self._window.isVisible():  # closed meanwhile: what came in is saved, and nobody is there to be told
            return
        stopped = "Cancelled. " if is_cancelled and not error else ""
        if error:
            tell(self._window, "Import", f"{error}\n\n{report.sentence}", report.details)
        elif report.needs_telling:
            tell(
                self._window, "Import", f"{stopped}{report.sentence}\n\n{_first_lines(report.details)}", report.details
            )
        else:
            self._desk.notices.said.emit(f"{stopped}{report.sentence}")


def _masks(suffixes: Iterable[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in sorted(suffixes) if suffix)


def ask_new_path(parent: QWidget | None, folder: str) -> Path | None:
    """Where a new project should be made."""
    offered = Path(folder or paths.documents_folder()) / f"My project{SUFFIX}"
    return ask_new_file(parent, "New project", offered, _FILTER)


def ask_open_path(parent: QWidget | None, folder: str) -> Path | None:
    """Which project should be opened."""
    return ask_file(parent, "Open project", folder or str(paths.documents_folder()), _FILTER)


def make_project(parent: QWidget | None, path: Path, show: Callable[[Path], None]) -> None:
    """Asks which schema it should code by, makes a project and shows it, or says why not."""
    from annotator.ui.dialogs.schema_choice import SchemaChoice

    dialog = SchemaChoice(parent, str(path.parent))

    def make() -> None:
        schema = dialog.text
        # Later: the window behind the dialog gives way to the new project, and would take the dialog along.
        QTimer.singleShot(0, lambda: _make_now(parent, path, schema, show))

    dialog.accepted.connect(make)
    dialog.open()


def _make_now(parent: QWidget | None, path: Path, schema: str, show: Callable[[Path], None]) -> None:
    try:
        new_project(path, person_at_work(paths.person_file()), schema=schema).close()
    except AnnotatorError as error:
        tell(parent, "New project", str(error))
    else:
        show(path)


def _first_lines(words: str, most: int = 8) -> str:
    lines = words.splitlines()
    more = [f"… and {len(lines) - most} more, see the details"] if len(lines) > most else []
    return "\n".join([*lines[:most], *more])
