"""Reading in the background for a page: the newest wish counts, an older one under way is given up."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer

from annotator.ui.desk import Desk
from annotator.ui.jobs import Job

T = TypeVar("T")
_TRY_AGAIN = 150
"""Milliseconds after which it is tried again while another task is under way."""


class Reader(Generic[T]):
    """say is told how far it is, and at the end an error or nothing."""

    def __init__(self, desk: Desk, title: str, say: Callable[[str], None]) -> None:
        self._desk, self._title, self._say = desk, title, say
        self._job: Job[T] | None = None
        self._wanted: tuple[Callable[[], Iterator[tuple[int, int, T]]], Callable[[T], None]] | None = None
        self._again = QTimer(singleShot=True, interval=_TRY_AGAIN)
        self._again.timeout.connect(self._begin)

    def read(self, steps: Callable[[], Iterator[tuple[int, int, T]]], take: Callable[[T], None]) -> None:
        """Reads; what was wished before is forgotten."""
        self._wanted = (steps, take)
        if self._job is not None:
            self._job.cancel()
        else:
            self._begin()

    def stop(self) -> None:
        """Gives up."""
        self._wanted = None
        self._again.stop()
        if self._job is not None:
            self._job.cancel()

    def _begin(self) -> None:
        if self._wanted is None or self._job is not None:
            return
        steps, take = self._wanted
        job: Job[T] = Job(self._title, steps, take)
        if not self._desk.jobs.run(job):
            self._say("Another task is under way; this waits for it.")
            self._again.start()
            return
        self._job, self._wanted = job, None
        job.progressed.connect(lambda done, total: self._say(f"{self._title}… {done:,} of {total:,}"))
        job.ended.connect(self._on_ended)

    def _on_ended(self, error: str) -> None:
        was_cancelled = self._job is not None and self._job.is_cancelled
        self._job = None
        if self._wanted is not None:
            self._begin()
        else:
            self._say(error or ("Stopped before the end: open this page again to read it." if was_cancelled else ""))
