"""The status bar: what was refused or went wrong, what is under way, and whether everything is saved."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar

from annotator.ui.desk import Desk
from annotator.ui.jobs import Job
from annotator.ui.widgets.plain import plain_label

_HINT = 6_000
"""Milliseconds that a hint stays."""


class StatusLine(QStatusBar):
    """Tells the truth: “Saved” stands there only while nothing has failed since."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._job: Job[object] | None = None
        self.words = plain_label()
        self._state, self._person = plain_label(quiet=True), plain_label(quiet=True)
        for label in (self._state, self._person):
            label.setSizePolicy(label.sizePolicy().Policy.Minimum, label.sizePolicy().verticalPolicy())
        self._bar, self._cancel = QProgressBar(), QPushButton("Cancel")
        self._bar.setMaximumWidth(220)
        self._pause = QTimer(self, singleShot=True, interval=_HINT)
        self._pause.timeout.connect(lambda: self.words.setText(""))
        self.addWidget(self.words, 1)
        for widget in (self._bar, self._cancel, self._state, self._person):
            self.addPermanentWidget(widget)
        self._bar.hide()
        self._cancel.hide()
        self._cancel.clicked.connect(self._on_cancel)
        desk.notices.said.connect(self._say)
        desk.notices.refused.connect(self._say)
        desk.notices.failed.connect(self._fail)
        desk.edits.edited.connect(self._on_edited)
        desk.jobs.started.connect(self._on_started)
        self._on_edited()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self._pause.start()

    def _fail(self, words: str) -> None:
        self._pause.stop()
        self.words.setText(words)
        self._state.setText("Not saved")

    def _on_edited(self) -> None:
        records, annotator = self._desk.workspace.records, self._desk.workspace.annotator()
        self._state.setText(f"Read-only: {records.read_only}" if records.read_only else "Saved")
        self._person.setText(annotator.name if annotator else "")

    def _on_started(self, job: Job[object]) -> None:
        self._job = job
        self._bar.setRange(0, 0)
        self._bar.show()
        self._cancel.show()
        self.words.setText(_under_way(job))
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)

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

    def _on_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()


def _under_way(job: Job[object]) -> str:
    return f"{job.title}…"
