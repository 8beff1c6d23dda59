"""The status bar: what was refused or went wrong, what is under way, and whether everything is saved."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar

from annotator.errors import DiskFull, LockedProject, ProjectChanged, ReadOnlyProject
from annotator.ui.desk import Desk
from annotator.ui.jobs import Job
from annotator.ui.widgets.plain import plain_label, plain_tip

_HINT = 6_000
"""Milliseconds that a hint stays."""
_LOOK = 3_000
"""Milliseconds after which it is looked again whether another program has touched the file."""
_CHANGED = "Changed by another program"
_WHY: tuple[tuple[type[Exception], str], ...] = (
    (DiskFull, "Last change not saved: disk full"),
    (LockedProject, "Last change not saved: file in use"),
    (ProjectChanged, _CHANGED),
    (ReadOnlyProject, "Last change not saved: file cannot be written"),
)


class StatusLine(QStatusBar):
    """Tells the truth: “Saved” stands there only while nothing has failed since, and nobody else has touched the file.

    state is where that is told.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job[object] | None = None
        self._trouble = self._no_backup = ""
        self.words = plain_label()
        self.state, self._person = plain_label(quiet=True), plain_label(quiet=True)
        for label in (self.state, self._person):
            label.setSizePolicy(label.sizePolicy().Policy.Minimum, label.sizePolicy().verticalPolicy())
        self._bar, self._cancel = QProgressBar(), QPushButton("Cancel")
        self._bar.setMaximumWidth(220)
        self._pause = QTimer(self, singleShot=True, interval=_HINT)
        self._pause.timeout.connect(lambda: self.words.setText(""))
        self.addWidget(self.words, 1)
        for widget in (self._bar, self._cancel, self.state, self._person):
            self.addPermanentWidget(widget)
        self._bar.hide()
        self._cancel.hide()
        self._cancel.clicked.connect(self._on_cancel)
        desk.notices.said.connect(self._say)
        desk.notices.refused.connect(self._say)
        desk.notices.failed.connect(self._fail)
        desk.notices.unsaved.connect(self._on_unsaved)
        desk.notices.backed_up.connect(self._on_backed_up)
        desk.notices.read_again.connect(self._on_edited)
        desk.edits.edited.connect(self._on_edited)
        desk.jobs.started.connect(self._on_started)
        self._look_again = QTimer(self, interval=_LOOK)
        self._look_again.timeout.connect(self._look)
        self._look_again.start()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_back)
        self._on_edited()

    def _on_back(self, state: Qt.ApplicationState) -> None:
        """Whoever comes back to the window hears at once what happened meanwhile."""
        if state == Qt.ApplicationState.ApplicationActive:
            self._look()

    def _look(self) -> None:
        """Whether another program has moved, replaced or written to the file."""
        if self._trouble == _CHANGED or not self.isVisible():
            return
        what = self._desk.workspace.records.touched()
        if what:
            self._trouble = _CHANGED
            self._fail(what)
            self._show_state()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self._pause.start()

    def _fail(self, words: str) -> None:
        self._pause.stop()
        self.words.setText(words)

    def _on_unsaved(self, error: Exception) -> None:
        self._trouble = next((words for kind, words in _WHY if isinstance(error, kind)), "Last change not saved")
        self._show_state()

    def _on_backed_up(self, error: str) -> None:
        self._no_backup = error
        self._show_state()

    def _on_edited(self) -> None:
        self._trouble = ""
        annotator = self._desk.workspace.annotator()
        self._person.setText(annotator.name if annotator else "")
        self._show_state()

    def _show_state(self) -> None:
        read_only = self._desk.workspace.records.read_only
        is_saving = self._job is not None and self._job.is_saving
        words = f"Read-only: {read_only}" if read_only else "Saving…" if is_saving else "Saved"
        words = "Saved, but no backup can be made" if words == "Saved" and self._no_backup else words
        self.state.setText(self._trouble or words)
        self.state.setToolTip(plain_tip(self._no_backup))
        # What is wrong must not be as quiet as what is as it should be.
        roles = QPalette.ColorRole
        is_wrong = bool(self._trouble or self._no_backup)
        self.state.setForegroundRole(roles.WindowText if is_wrong else roles.PlaceholderText)
        font = self.state.font()
        font.setBold(is_wrong)
        self.state.setFont(font)

    def _on_started(self, job: Job[object]) -> None:
        self._job = job
        self._bar.setRange(0, 0)
        self._bar.show()
        self._cancel.show()
        self.words.setText(_under_way(job))
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)
        self._show_state()

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_ended(self) -> None:
        # Whoever started the job may have said by now what it came to.
        if self._job is not None and self.words.text() == _under_way(self._job):
            self.words.setText("")
        self._job = None
        self._bar.hide()
        self._cancel.hide()
        self._show_state()

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _under_way(job: Job[object]) -> str:
    return f"{job.title}…"
