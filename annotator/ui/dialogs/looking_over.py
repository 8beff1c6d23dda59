"""While a project from elsewhere is looked over before it is opened: how far it is, and a way out."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from annotator.errors import ProjectFileError
from annotator.services.strangers import looks_over
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
            "It is looked over first."
        )
        whole.addWidget(plain_label(words, wrap=True))
        whole.addWidget(self.bar)
        whole.addWidget(self.buttons)

    def look(self) -> bool:
        """Looks it over, and answers whether it may be opened: False when that was given up. Raises ProjectFileError.

        The window stays alive meanwhile.
        """
        job: Job[None] = Job("Looking the project over", self._steps, lambda _: None)
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
        is_given_up = job.is_cancelled  # to close what is shown counts as giving up, too
        self.close()
        self._jobs.stop()
        self.deleteLater()
        if self._failed:
            raise self._failed[0]
        return not is_given_up

    def _steps(self) -> Iterator[tuple[int, int, None]]:
        try:
            yield from looks_over(self._project)
        except ProjectFileError as error:
            self._failed.append(error)

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
