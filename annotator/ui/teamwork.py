"""Teammates' files out of the window and in: asked about, worked at in the background, and reported."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from annotator.domain.backups import Why
from annotator.domain.ids import ArticleId
from annotator.errors import AnnotatorError, EditRefused
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_file, ask_folder
from annotator.ui.jobs import BUSY, Job
from annotator.ui.widgets.plain import tell


class Teamwork:
    """What it needs is imported when it is first needed: a start of the window does not."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk, self._window = desk, window

    # In

    def ask_bring_in(self) -> None:
        """Asks which teammate's file to bring in."""
        from annotator.domain.projects import SUFFIX

        kind = f"Annotator projects (*{SUFFIX})"
        path = ask_file(self._window, "Bring in", self._desk.settings.last_folder, kind)
        if path is not None:
            self._desk.settings.last_folder = str(path.parent)
            self.bring_in(path)

    def bring_in_or(self, path: Path, open_other: Callable[[Path], None]) -> None:
        """Brings a project file in that is another one of the project that is open; any other one is opened."""
        if path.resolve() == self._desk.workspace.records.path:
            open_other(path)
            return

        def go(found: Any, error: str) -> None:
            if found is not None and found.is_related:
                self._show(path, found)
            elif found is not None or error:  # whoever opens it says what is wrong with it
                open_other(path)

        self._look_at(path, go)

    def bring_in(self, path: Path) -> None:
        """Shows what the file would bring, then brings it in when the user says so."""

        def go(found: Any, error: str) -> None:
            if found is not None:
                self._show(path, found)
            elif error and self._window.isVisible():
                tell(self._window, "Bring in", error)

        self._look_at(path, go)

    def _look_at(self, path: Path, then: Callable[[Any, str], None]) -> None:
        """Looks in the background whose file it is. then is told, or why that cannot be said; neither when stopped."""
        from annotator.services import teamwork

        project, found = self._desk.workspace.records.project(), list[Any]()
        job: Job[Any] = Job("Opening the file", lambda: teamwork.looks_at(project, path), found.append)
        job.ended.connect(lambda error: then(found[0] if found and not job.is_cancelled else None, error))
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def _show(self, path: Path, found: Any) -> None:
        from annotator.services import exporting, teamwork
        from annotator.ui.dialogs.bringing_in import BringInDialog

        try:
            snapshot = exporting.take_snapshot(self._desk.workspace)
        except AnnotatorError as error:
            tell(self._window, "Bring in", str(error))
            return
        dialog = BringInDialog(self._desk, path, found, self._window)
        preview: list[teamwork.Preview] = []
        job: Job[Any] = Job(
            "Looking at what would come in",
            lambda: teamwork.preview(self._desk.workspace, snapshot, path),
            preview.append,
        )
        job.progressed.connect(dialog.show_progress)

        def show(error: str) -> None:
            if not job.is_cancelled:  # or it is gone
                dialog.show_preview(preview[0] if preview else None, error)

        job.ended.connect(show)
        dialog.rejected.connect(job.cancel)
        dialog.accepted.connect(lambda: self._bring_in_now(path, dialog.answers()))
        if not self._desk.jobs.run(job):
            snapshot.close()
            dialog.deleteLater()
            self._desk.notices.refused.emit(BUSY)
            return
        dialog.open()

    def _bring_in_now(self, path: Path, answers: list[tuple[Any, Any]]) -> None:
        from annotator.services import teamwork

        workspace = self._desk.workspace
        known, group = teamwork.merging(workspace, path.name), workspace.author.new_id()
        rows = workspace.records.known_rows()
        job: Job[Any] = Job(
            "Bringing in",
            workspace.backed_up(Why.BRING_IN, lambda: teamwork.batches(path, rows)),
            lambda batch: teamwork.take(workspace, batch, known, group),
            is_saving=True,
        )

        def done(error: str) -> None:
            kept = []
            if not error and not job.is_cancelled:
                teamwork.finish(workspace, known, group)
                kept = self._settled(answers, group)
            if self._window.isVisible():
                self._tell(path, teamwork.Summary.of(known), [*_problems(known), *kept], error)

        job.ended.connect(done)
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def _settled(self, answers: list[tuple[Any, Any]], group: str) -> list[str]:
        from annotator.services import teamwork

        kept = []
        for question, value in answers:
            try:
                teamwork.settle(self._desk.workspace, question, value, group)
            except EditRefused as refusal:
                kept.append(str(refusal))
        return kept

    def _tell(self, path: Path, summary: Any, problems: list[str], error: str) -> None:
        from annotator.ui.dialogs.report import ReportDialog

        sentence = f"{path.name}: " + (", ".join(summary.lines) or "nothing that the project does not have") + "."
        if error:
            sentence = f"{error}\n{sentence}"
        if error or problems:
            ReportDialog("Bring in", sentence, problems, self._window).open()
        else:
            self._desk.notices.said.emit(sentence)

    # Out

    def ask_hand_out(self, listed: tuple[ArticleId, ...]) -> None:
        """Asks to whom, which articles and how, and writes a file for each person."""
        from annotator.ui.dialogs.handing_out import HandOutDialog

        dialog = HandOutDialog(self._desk, listed, self._window)

        def go() -> None:
            folder = ask_folder(self._window, "Where the files go", self._desk.settings.last_folder)
            if folder is not None:
                self._hand_out(folder, dialog)

        dialog.accepted.connect(go)
        dialog.open()

    def _hand_out(self, folder: Path, dialog: Any) -> None:
        from annotator.editing.assigning import assign
        from annotator.services import exporting, teamwork

        workspace = self._desk.workspace
        try:
            people = [teamwork.person_called(workspace, name) for name in dialog.names()]
            teamwork.files_for(workspace, folder, people)
            given = teamwork.dealt(dialog.articles(), [person.id for person in people], dialog.deal())
            try:
                workspace.do(assign, people, given)
            except EditRefused:  # all of it was assigned before: it is handed out again
                if not any(given.values()):
                    raise
            snapshot = exporting.take_snapshot(workspace)
        except AnnotatorError as error:
            tell(self._window, "Hand out", str(error))
            return
        written: list[Path] = []
        is_blind = dialog.is_blind()
        job: Job[Path] = Job(
            "Handing out",
            lambda: teamwork.hand_out(workspace, snapshot, folder, people, given, is_blind=is_blind),
            written.append,
        )

        def done(error: str) -> None:
            snapshot.close()
            if not self._window.isVisible():
                return
            names = "\n".join(path.name for path in written)
            if error:
                tell(self._window, "Hand out", f"{error}\n\n{len(written)} of {len(people)} files were written.", names)
            else:
                count = len(written)
                self._desk.notices.said.emit(f"{count} file{'' if count == 1 else 's'} written to {folder.name}.")

        job.ended.connect(done)
        if not self._desk.jobs.run(job):
            snapshot.close()
            self._desk.notices.refused.emit(BUSY)


def _problems(known: Any) -> list[str]:
    return list(dict.fromkeys(problem.reason for problem in known.findings.problems))
