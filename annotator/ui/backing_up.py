"""Backups while one works: when enough is in none yet, one is made in the background and nobody notices."""

from collections.abc import Iterator
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer

from annotator.domain.backups import Why
from annotator.errors import LockedProject
from annotator.services.backups import MOST_EDITS, MOST_MINUTES
from annotator.ui.desk import Desk
from annotator.ui.jobs import Job, Jobs


class BackingUp(QObject):
    """Looks at every edit; the first that is in no backup starts the clock. Lives as long as the window."""

    def __init__(self, desk: Desk, window: QObject) -> None:
        super().__init__(window)
        self._desk, self._jobs, self._enough = desk, Jobs(), MOST_EDITS
        self._clock = QTimer(self, singleShot=True, interval=MOST_MINUTES * 60_000)
        self._clock.timeout.connect(self._begin)
        desk.edits.edited.connect(self._on_edited)
        self._on_edited()

    def _on_edited(self) -> None:
        backups = self._desk.workspace.backups
        if backups is None or not backups.edits:
            return
        if not self._clock.isActive():
            self._clock.start()
        if backups.edits >= self._enough:
            self._begin()

    def _begin(self) -> None:
        backups = self._desk.workspace.backups
        if backups is None or self._jobs.current is not None:
            return

        def steps() -> Iterator[tuple[int, int, None]]:
            # While an import writes all the time there is no moment to be had; the clock goes on.
            with suppress(LockedProject):
                backups.make(Why.EDITS)
            yield 1, 1, None

        self._clock.stop()
        job: Job[None] = Job("Backing up", steps, lambda _: None)
        self._jobs.run(job)
        job.ended.connect(self._on_ended)

    def _on_ended(self, error: str) -> None:
        backups = self._desk.workspace.backups
        self._enough = MOST_EDITS
        if error and backups is not None:
            # Not again with every edit: what is in the way now will be for a while.
            self._enough += backups.edits
            self._desk.notices.said.emit(error)
        self._desk.notices.backed_up.emit(error)
        if backups is not None and backups.edits:
            self._clock.start()
