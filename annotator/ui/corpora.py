"""Corpora in and out of the window: recognised, asked about, worked at in the background, and reported."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from annotator.domain.backups import Why
from annotator.domain.found import Findings, FoundArticle, Losses
from annotator.domain.ids import ArticleId
from annotator.domain.selections import ALL, Selection
from annotator.errors import AnnotatorError
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_new_file
from annotator.ui.jobs import BUSY, Job
from annotator.ui.widgets.plain import ask, tell


class Corpora:
    """Formats are imported when they are first needed: a start of the window does not."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk, self._window = desk, window

    # In

    def bring_in(self, chosen: list[Path], key: str) -> None:
        """Shows what is in an annotated corpus, by the key of its reader, then brings it in."""
        from annotator.services import corpora
        from annotator.ui.dialogs.corpus import CorpusDialog

        reader = corpora.reader(key)
        assert reader is not None
        dialog = CorpusDialog(self._desk, reader, chosen, self._window)
        dialog.accepted.connect(lambda: self._take(reader, chosen, dialog.labels(), dialog.found.articles))
        dialog.open()

    def _take(self, reader: Any, paths: list[Path], labels: dict[str, str], total: int) -> None:
        from annotator.services import corpora

        workspace, findings = self._desk.workspace, Findings()
        taken = corpora.Taken(labels=list(labels.values()).count(corpora.NEW))
        group = workspace.author.new_id()
        try:
            mapped = corpora.with_new_labels(workspace, labels, group)
        except AnnotatorError as error:
            tell(self._window, "Import", str(error))
            return
        known = corpora.bringing(workspace, mapped, findings)

        def take(batch: tuple[FoundArticle, ...]) -> None:
            corpora.take_batch(workspace, batch, known, taken, group)

        job: Job[tuple[FoundArticle, ...]] = Job(
            "Importing",
            workspace.backed_up(Why.IMPORT, lambda: corpora.read_batches(reader, paths, findings, total)),
            take,
            is_saving=True,
        )
        job.ended.connect(lambda error: self._tell_taken(taken.sentence, findings, error))
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def bring_in_own(self, paths: list[Path]) -> None:
        """Brings in an export of this program: records with their ids, authors and times, nothing twice."""
        from annotator.services import corpora

        workspace, findings, taken = self._desk.workspace, Findings(), corpora.Taken()
        path, group = paths[0], workspace.author.new_id()
        receiving = corpora.Receiving(path.name, findings)
        job: Job[Any] = Job(
            "Importing",
            workspace.backed_up(Why.IMPORT, lambda: corpora.own_batches(path, findings)),
            lambda batch: corpora.take_own(workspace, batch, receiving, taken, group),
            is_saving=True,
        )
        job.ended.connect(lambda error: self._tell_taken(taken.sentence, findings, error))
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def _tell_taken(self, sentence: str, findings: Findings, error: str) -> None:
        if not self._window.isVisible():
            return
        lines = [f"{count:,} {what}" for what, count in findings.left_out.items()]
        lines += [str(problem) for problem in findings.problems]
        if error:
            sentence = f"{error}\n{sentence}"
        self._report("Import", sentence, lines, always=bool(error))

    # Out

    def ask_export(self, listed: tuple[ArticleId, ...]) -> None:
        """Asks for format and selection, then where, and writes in the background."""
        from annotator.services import exporting
        from annotator.ui.dialogs.export import ExportDialog

        dialog = ExportDialog(self._desk, listed, self._window)

        def go() -> None:
            wanted, selection, options = exporting.writer(dialog.writer_key()), dialog.selection(), dialog.options()
            own = self._desk.workspace.records.path
            if wanted is None:
                return
            offered = own.with_name(f"{own.stem} {wanted.key}") if wanted.is_folder else own.with_suffix(wanted.suffix)
            target = ask_new_file(self._window, "Export", offered, f"{wanted.title} (*{wanted.suffix})")
            if target is not None and self._may_write(target, selection, is_folder=wanted.is_folder):
                self.export_now(target, wanted.key, selection, options)

        dialog.accepted.connect(go)
        dialog.open()

    def _may_write(self, target: Path, selection: Selection, *, is_folder: bool) -> bool:
        """Asks before something is replaced that the system's dialog has not asked about: folders, and parts."""
        from annotator.services import exporting

        there = [place for place in exporting.in_the_way(target, selection) if place.is_dir() or selection.split]
        for place in there:
            refusal = exporting.why_not_replaced(place) if place.is_dir() and is_folder else ""
            if place.is_dir() and not is_folder:
                refusal = f"“{place.name}” is a folder."
            if refusal:
                tell(self._window, "Export", f"{refusal} Nothing was replaced; choose another name.")
                return False
        names = ", ".join(f"“{place.name}”" for place in there)
        question = f"{names} is there already, as an earlier export left it. Replace it?"
        if len(there) > 1:
            question = f"{names} are there already. Replace them?"
        return not there or ask(self._window, "Export", question, "Replace")

    def export_now(
        self, target: Path, key: str = "jsonl", selection: Selection = ALL, options: Mapping[str, str] | None = None
    ) -> None:
        """Writes target in the background, from the project as it is now."""
        from annotator.services import exporting

        wanted, losses = exporting.writer(key), Losses()
        assert wanted is not None
        chosen = exporting.with_options(wanted, options or {})
        try:
            snapshot = exporting.take_snapshot(self._desk.workspace)
        except AnnotatorError as error:
            tell(self._window, "Export", str(error))
            return
        job: Job[None] = Job(
            "Exporting",
            lambda: exporting.export(snapshot, chosen, target, losses, selection, replaces=True),
            lambda _: None,
        )

        def done(error: str) -> None:
            snapshot.close()
            if error and self._window.isVisible():
                tell(self._window, "Export", error)
            elif job.is_cancelled:
                self._desk.notices.said.emit("Cancelled.")
            elif self._window.isVisible():
                self._report("Export", f"Exported to {target.name}.", list(losses.sentences))

        job.ended.connect(done)
        if not self._desk.jobs.run(job):
            snapshot.close()
            self._desk.notices.refused.emit(BUSY)

    def _report(self, title: str, sentence: str, lines: list[str], *, always: bool = False) -> None:
        """A dialog when there is something to read, else a word in the status bar."""
        if not lines and not always:
            self._desk.notices.said.emit(sentence)
            return
        from annotator.ui.dialogs.report import ReportDialog

        ReportDialog(title, sentence, lines, self._window).open()
