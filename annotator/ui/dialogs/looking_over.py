"""While a project from elsewhere is looked over and written anew before it is opened: how far it is, and a way out."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from annotator.errors import ProjectFileError
from annotator.services.strangers import TakenIn, takes_in
from annotator.ui.jobs import Job, Jobs
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label

_SOON = 400
"""Milliseconds: a small project is looked over before anybody could read this."""


class LookingOver(QDialog):
    """Shown only when it takes a moment."""

    def __init__(self, project: Path, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._project, self._jobs = project, Jobs()
        self._failed: list[ProjectFileError] = []
        self._taken: list[TakenIn] = []
        self.setWindowTitle("Open project")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(460)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        words = (
            f"“{project.name}” comes from elsewhere, or was changed since it was last closed on this computer. "
            "It is looked over first, and written anew where it can be; as it came it is kept among the backups."
        )
        whole.addWidget(plain_label(words, wrap=True))
        whole.addWidget(self.bar)
        whole.addWidget(self.buttons)

    def look(self) -> TakenIn | None:
        """Takes it in, and answers what became of it: None when that was given up. Raises ProjectFileError.

        The window stays alive meanwhile.
        """
        job: Job[TakenIn] = Job("Looking the project over", self._steps, self._taken.append)
        job.progressed.connect(self._show)
        self.rejected.connect(job.cancel)
        waiting = QEventLoop()
        job.ended.connect(waiting.quit)
        late = QTimer(self, singleShot=True, interval=_SOON)
        late.timeout.connect(self.show)
        late.start()
        self._jobs.run(job)
        waiting.exec()
        late.stop()
        is_given_up = job.is_cancelled or not self._taken  # to close what is shown counts as giving up, too
        self.close()
        self._jobs.stop()
        self.deleteLater()
        if self._failed:
            raise self._failed[0]
        return None if is_given_up else self._taken[0]

    def _steps(self) -> Iterator[tuple[int, int, TakenIn | None]]:
        try:
            yield from takes_in(self._project)
        except ProjectFileError as error:
            self._failed.append(error)
        except OSError as error:
            self._failed.append(ProjectFileError(f"“{self._project.name}” was not opened: {error.strerror}."))

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
