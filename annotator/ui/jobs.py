"""Background work: one job at a time, with progress, that can be cancelled and leaves the window usable."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

logger = logging.getLogger(__name__)

T = TypeVar("T")
BUSY = "Another task is under way; wait for it or cancel it."
"""What is said to somebody who asks for another."""
Step = tuple[int, int, T]
"""How many are done, of how many, and what was made on the way; None while it is only waited for."""


class Job(QObject, Generic[T]):
    """Work under way. Its steps are made in the background and taken on the window's thread, one after the other.

    A step in which nothing was made is not taken: it says that the work gets on, or asks whether it is still wanted.

    is_saving says that its steps go into the project. progressed is sent with how many are done and of how many; ended
    with a sentence that is empty when all went well.
    """

    progressed = Signal(int, int)
    ended = Signal(str)
    _made = Signal(object)
    _stopped = Signal(object)

    def __init__(
        self,
        title: str,
        steps: Callable[[], Iterator[Step[T | None]]],
        take: Callable[[T], None],
        *,
        is_saving: bool = False,
    ) -> None:
        super().__init__()
        self.title, self.is_saving = title, is_saving
        self._steps, self._take = steps, take
        self._cancelled = threading.Event()
        # One step at a time: while the window takes it the background rests. Side by side the two would fight for the
        # interpreter, and the window would lose: each of its database calls would wait for the other's time slice.
        self._room = threading.Semaphore(1)
        self._error: BaseException | None = None
        self.make_room: Callable[[], None] = lambda: None
        self._made.connect(self._on_made, Qt.ConnectionType.QueuedConnection)
        self._stopped.connect(self._on_stopped, Qt.ConnectionType.QueuedConnection)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Stops before the next step; what was taken stays."""
        self._cancelled.set()
        self._room.release()

    def work(self) -> None:
        """Runs in the background."""
        for step in self._steps():
            self._room.acquire()
            if self.is_cancelled:
                return
            self._made.emit(step)

    def finish(self, future: "Future[None]") -> None:
        """Runs in the background when work has returned or raised."""
        self._stopped.emit(future.exception())

    def _on_made(self, step: Step[T | None]) -> None:
        done, total, result = step
        if self._error is None and not self.is_cancelled:
            try:
                if result is not None:
                    self._take(result)
            except Exception as error:  # shown to the user by whoever started the job
                self._error = error
                self.cancel()
            else:
                self.progressed.emit(done, total)
        self._room.release()

    def _on_stopped(self, error: BaseException | None) -> None:
        error = self._error or error
        if error is not None:
            logger.error("%s failed", self.title, exc_info=error)
        # Whoever hears of the end may show a message and wait for it to be closed: others must not wait with it.
        self.make_room()
        self.ended.emit(str(error) if error is not None else "")


class Jobs(QObject):
    """Runs jobs one at a time. started is sent with the job."""

    started = Signal(object)

    def __init__(self, executor: Executor | None = None) -> None:
        super().__init__()
        self._executor = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="annotator-job")
        self.current: Job[Any] | None = None

    def run(self, job: Job[Any]) -> bool:
        """Starts a job; False when another one is still under way."""
        if self.current is not None:
            return False
        self.current = job
        job.make_room = self._make_room
        self.started.emit(job)
        self._executor.submit(job.work).add_done_callback(job.finish)
        return True

    def stop(self) -> None:
        """Cancels what is under way and waits for it: before the window closes."""
        if self.current is not None:
            self.current.cancel()
        self._executor.shutdown(wait=True)

    def _make_room(self) -> None:
        self.current = None
