"""Work in a process of its own, which may hang, fill the memory or die: nothing but that work is lost.

What strangers have made is read in such processes, with limits. They answer with plain data.
"""

import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from io import BytesIO
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from tempfile import mkdtemp
from types import ModuleType
from typing import Any, TypeVar

from annotator.errors import AnnotatorError, WorkStopped
from annotator.garbage import collect_seldom

logger = logging.getLogger(__name__)

T = TypeVar("T")

MEMORY = 1_000_000_000
"""Bytes that reading a stranger's file may take."""
PATIENCE = 60.0
"""Seconds after which a stranger's file is given up when nothing more has been read of it."""
SHORT_PATIENCE = 10.0
"""The same for the beginning of a file, while somebody waits for it."""
NICER = 10
"""By how much a process steps back whose work nobody waits for."""
_START = 60.0
"""Seconds that a process may take to begin."""
_BEAT = 0.2
"""Seconds after which whoever waits for a step is asked whether it is still wanted."""
_IDLE = 60.0
"""Seconds that a process without work is kept."""
_KEPT = 2
_NOT_BEGUN = -1
_STEP, _END, _REFUSED, _NO_MEMORY, _FAULT, _FAILED = range(6)
_TO_END = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_NO_CONNECTION = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"})


@dataclass(frozen=True, slots=True)
class _Limits:
    memory: int
    nicer: int
    idle: float


class Worker:
    """One other process, started for its first work and kept for the next; for one thread at a time.

    name is what the process is called; memory is the most it may take, in bytes, and idle how long it is kept without
    work, in seconds: 0 for no limit; nicer is by how much it steps back where others want the same core.
    """

    def __init__(self, name: str, memory: int = 0, nicer: int = 0, idle: float = 0) -> None:
        self._name = name
        self._limits = _Limits(memory, nicer, idle)
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._position: Any = None  # shared with the process
        self._used, self._is_over = 0.0, False
        self._clear: Callable[[], object] = lambda: None

    @property
    def is_ready(self) -> bool:
        """Whether the process is there and will be for a while."""
        is_fresh = not self._limits.idle or time.monotonic() - self._used < self._limits.idle / 2
        return is_fresh and self._process is not None and self._process.is_alive()

    def steps(self, work: Callable[..., Iterator[Any]], *args: Any, patience: float = 0) -> Generator[Any, None, None]:
        """What work(*args) yields there; None now and then while it is waited for.

        Whole numbers that it yields are not handed over: they say that it gets on, and where it is. Whoever does not
        want the rest closes the iterator, and the process ends at once. Raises the AnnotatorError that work raises, and
        WorkStopped when it fails otherwise, dies, takes too much memory, or does not get on for so many seconds;
        patience 0 waits for ever.
        """
        is_over = False
        try:
            for kind, what in self._said(work, args, patience):
                is_over = kind in {_END, _REFUSED, _FAILED}
                self._used = time.monotonic()
                if kind == _END:
                    return
                if kind == _REFUSED:
                    raise what
                if kind == _FAULT:
                    logger.error("work apart failed:\n%s", what)
                    continue
                if kind in {_NO_MEMORY, _FAILED}:
                    raise WorkStopped(what, self._position.value)
                yield what
        finally:
            if not is_over:
                self.close()

    def ask(self, work: Callable[..., Any], *args: Any, patience: float = 0) -> Any:
        """What work(*args) answers there, waited for. Raises as steps does."""
        return _last(self.steps(_answer, work, args, patience=patience))

    def close(self) -> None:
        """Ends the process at once, whatever it does; the next work starts another. Any thread may do so."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if process is not None:
            process.kill()
            process.join()
        if connection is not None:
            connection.close()
        self._clear()

    def end(self) -> None:
        """Closes it for good: work that another thread waits for is not begun anew."""
        self._is_over = True
        self.close()

    def _said(
        self, work: Callable[..., Any], args: tuple[Any, ...], patience: float, *, may_begin_anew: bool = True
    ) -> Iterator[tuple[int, Any]]:
        """What the process says; a step of None while nothing is heard. One that was gone already is replaced."""
        connection = self._given(work, args)
        position, since, looked = _NOT_BEGUN, time.monotonic(), time.monotonic()
        while True:
            if time.monotonic() - looked > _BEAT:
                self._look_at_memory()
                looked = time.monotonic()
            try:
                if connection.poll(_BEAT):
                    yield connection.recv()
                    since = time.monotonic()
                    continue
            except (EOFError, OSError) as error:
                if self._position.value == _NOT_BEGUN and may_begin_anew and not self._is_over:
                    self.close()
                    yield from self._said(work, args, patience, may_begin_anew=False)
                    return
                raise WorkStopped("the process that worked on it has ended unasked", self._position.value) from error
            if self._position.value != position:
                position, since = self._position.value, time.monotonic()
            elif patience and time.monotonic() - since > (patience if position >= 0 else _START):
                raise WorkStopped(f"it did not get on for {patience:.0f} seconds and was given up", position)
            yield _STEP, None

    def _look_at_memory(self) -> None:
        """Windows and macOS hold no process to a limit, and Linux only to what is its own; so it is looked at, too."""
        process, most = self._process, self._limits.memory
        if most and process is not None and process.pid is not None and memory_of(process.pid) > most:
            raise WorkStopped(_too_much(most), self._position.value)

    def _given(self, work: Callable[..., Any], args: tuple[Any, ...]) -> Connection:
        """Hands work over, to a new process where the last has ended for want of work."""
        if self.is_ready and self._connection is not None:
            self._position.value = _NOT_BEGUN
            with suppress(OSError):
                self._connection.send((work, args))
                return self._connection
        self.close()
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        self._position = context.RawValue("q", _NOT_BEGUN)
        # A process that is killed does not clear away what it has unpacked or copied.
        folder = mkdtemp(prefix="annotator-")
        self._clear = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        process = context.Process(
            target=_serve, args=(theirs, self._position, self._limits, folder), name=self._name, daemon=True
        )
        with _without_main(), uninterrupted():
            process.start()
            self._process, self._connection = process, ours
        theirs.close()
        ours.send((work, args))
        return ours


@contextmanager
def _without_main() -> Iterator[None]:
    """Meanwhile there is no main program that a new process would run once more: whoever's script this is, it is not
    needed there, and most are not written to be run twice.
    """
    with _starting:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextmanager
def uninterrupted(signals: Sequence[signal.Signals] = _TO_END) -> Iterator[None]:
    """Signals to end wait meanwhile: a new process that is left half told what to do complains in the terminal.

    It takes over that they wait, and so hears no Ctrl+C, which the terminal sends to both, before it can be deaf to it.
    """
    if sys.platform == "win32":
        yield
        return
    # It lets them through again once it has begun.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_starting = threading.Lock()
_free: list[Worker] = []


def steps_apart(work: Callable[..., Iterator[Any]], *args: Any, patience: float = 0) -> Iterator[Any]:
    """Worker.steps in a process for strangers' files, with its limits; it is kept for the next file."""
    patience = patience or PATIENCE
    worker = _free.pop() if _free else Worker("reading", MEMORY, idle=_IDLE)
    try:
        yield from worker.steps(work, *args, patience=patience)
    finally:
        if worker.is_ready and len(_free) < _KEPT:
            _free.append(worker)
        else:
            worker.close()


def made(steps: Iterator[tuple[int, int, T | None]]) -> Iterator[tuple[int, int, T]]:
    """The steps in which something was made, for whoever only waits."""
    return ((done, total, result) for done, total, result in steps if result is not None)


def memory_of(process: int) -> int:
    """Bytes that a process takes, by its number; 0 when it is gone or the system does not tell."""
    import psutil

    try:
        taken = psutil.Process(process).memory_info()
    except psutil.Error:
        return 0
    # Windows moves what is not used at the moment out of what is resident.
    return max(taken.rss, getattr(taken, "private", 0))


def _too_much(most: int) -> str:
    return f"it takes more than {most / 1_000_000_000:g} GB of memory" if most else "there is not enough memory for it"


def _last(answers: Iterator[tuple[Any] | None]) -> Any:
    (answer,) = [found for found in answers if found is not None]
    return answer[0]


def _answer(work: Callable[..., Any], args: tuple[Any, ...]) -> Iterator[tuple[Any]]:
    yield (work(*args),)


# In the other process


def _serve(connection: Connection, position: Any, limits: _Limits, folder: str) -> None:
    """What the other process does until it is ended, or has had no work for a while."""
    _leave_ctrl_c_to_parent()
    sys.addaudithook(_refuse_connections)
    collect_seldom()
    tempfile.tempdir = folder
    _end_with_parent(folder)
    _keep_to(limits)
    with suppress(EOFError, OSError):  # nobody wants to know any more
        while connection.poll(limits.idle or None):
            work, args = connection.recv()
            said = _done(connection, position, work, args, limits.memory)
            _send(connection, said)
            if said[0] == _NO_MEMORY:
                return


def _done(
    connection: Connection, position: Any, work: Callable[..., Any], args: tuple[Any, ...], memory: int
) -> tuple[int, Any]:
    position.value = 0
    try:
        for step in work(*args):
            if isinstance(step, int):
                position.value = step
            else:
                _send(connection, (_STEP, step))
    except AnnotatorError as error:
        return _REFUSED, error
    except MemoryError:
        return _NO_MEMORY, _too_much(memory)
    except OSError as error:
        return _FAILED, f"it cannot be read: {error.strerror or error}"
    except Exception as error:  # a fault of ours that a file has found must not stop the files after it
        # Not the error's own words, which may be the article's.
        _send(connection, (_FAULT, "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__))
        return _FAILED, f"this program fails on it ({type(error).__name__}); the log says where"
    return _END, None


class _Packer(ForkingPickler):
    """Hands records over as their fields: made anew by their class in a third of the time that their states take."""

    known: dict[type, Callable[[Any], tuple[Any, ...]] | None] = {}

    def reducer_override(self, value: Any) -> Any:
        """How a value is made anew, of those that are not built in."""
        kind = type(value)
        if kind not in self.known:
            self.known[kind] = _fields_of(kind)
        fields_of = self.known[kind]
        return NotImplemented if fields_of is None else (type(value), fields_of(value))


def _fields_of(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    if not is_dataclass(kind):
        return None
    parts = [part for part in fields(kind) if part.init]  # the others follow from them
    names = [part.name for part in parts]
    if len(names) < 2 or any(part.kw_only for part in parts):
        return None  # the usual way will do
    return attrgetter(*names)


def _send(connection: Connection, what: tuple[int, Any]) -> None:
    packed = BytesIO()
    _Packer(packed).dump(what)
    connection.send_bytes(packed.getbuffer())


def _refuse_connections(event: str, _: tuple[object, ...]) -> None:
    if event in _NO_CONNECTION:
        raise PermissionError("no connections from here")


def _keep_to(limits: _Limits) -> None:
    """Limits this process. Windows knows no such thing, and macOS does not count all memory."""
    if sys.platform == "win32":
        return
    import resource

    if limits.nicer:
        with suppress(OSError):
            os.nice(limits.nicer)
    if limits.memory:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_ctrl_c_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TO_END)


def _end_with_parent(folder: str) -> None:
    """Has this process end when the one that has started it ends, however that does."""
    parent = parent_process()
    if parent is not None:
        # It waits for work on a pipe whose other end it holds as well, and so would wait for ever.
        threading.Thread(target=_end_with, args=(parent, folder), daemon=True).start()


def _end_with(parent: BaseProcess, folder: str) -> None:
    parent.join()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)
