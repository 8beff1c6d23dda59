"""Lists of known actors and places, from a file into the project and out of it."""

from PySide6.QtWidgets import QWidget

from annotator.domain.backups import Why
from annotator.domain.known_names import KnownName, KnownNames
from annotator.editing.known_names import take_known_names
from annotator.errors import AnnotatorError, EditRefused
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_file, ask_new_file
from annotator.ui.jobs import BUSY, Job
from annotator.ui.widgets.plain import tell

_LISTS = "Lists of names (*.csv *.tsv *.jsonl)"
_MOST = 8
"""Problems that are shown at once; the others are behind a button."""


class NameLists:
    """Both directions run in the background and can be cancelled; one undo takes an import back."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        self._desk, self._window = desk, window

    def bring_in(self) -> None:
        """Asks for a list and makes or updates its entities."""
        path = ask_file(self._window, "Import a list of names", self._desk.settings.last_folder, _LISTS)
        if path is None:
            return
        from annotator.services import known_names

        try:
            found = known_names.read_list(path, self._desk.schema)
        except AnnotatorError as error:
            tell(self._window, "Import a list of names", str(error))
            return
        counts, group = [0], self._desk.workspace.author.new_id()

        def take(batch: tuple[KnownName, ...]) -> None:
            try:
                counts[0] += len(self._desk.workspace.do_in_group(group, take_known_names, batch, found.ids).changes)
            except EditRefused:  # nothing in this batch is new
                return

        steps = self._desk.workspace.backed_up(Why.IMPORT, lambda: known_names.batches(found.names))
        job: Job[tuple[KnownName, ...]] = Job("Importing names", steps, take)
        job.ended.connect(lambda error: self._tell(found, counts[0], error))
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    def _tell(self, found: KnownNames, changed: int, error: str) -> None:
        if not self._window.isVisible():
            return
        words = f"{len(found.names):,} names read, {changed:,} entities made or changed."
        problems = [problem.problem for problem in found.problems]
        if error:
            tell(self._window, "Import a list of names", f"{error}\n\n{words}", "\n".join(problems))
        elif problems:
            shown = "\n".join(problems[:_MOST])
            tell(self._window, "Import a list of names", f"{words}\n\n{shown}", "\n".join(problems))
        else:
            self._desk.notices.said.emit(words)

    def write(self) -> None:
        """Asks where and writes the project's entities as a list."""
        own = self._desk.workspace.records.path
        target = ask_new_file(self._window, "Export a list of names", own.with_name(f"{own.stem} names.csv"), _LISTS)
        if target is None:
            return
        from annotator.services import known_names

        job: Job[None] = Job("Exporting names", lambda: known_names.write_list(own, target), lambda _: None)

        def done(error: str) -> None:
            if error and self._window.isVisible():
                tell(self._window, "Export a list of names", error)
            else:
                self._desk.notices.said.emit(f"Exported to {target.name}.")

        job.ended.connect(done)
        if not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)
