"""A small file beside the project that says who has it open: advice to other copies of this program."""

import contextlib
import getpass
import json
import os
import platform
import weakref
from pathlib import Path

_LONGEST = 10_000
"""Letters of a lock file of ours, and more."""


class LockFile:
    """Held while the project is open for writing. holder says who else has it, when it could not be taken."""

    def __init__(self, project: Path) -> None:
        self.path = project.with_name(f".{project.name}.lock")
        self.holder = ""
        self._held: set[Path] = set()
        # The program may be asked to end at any moment, also before anybody could give the lock back.
        weakref.finalize(self, _give_back, self._held)

    def take(self) -> bool:
        """Takes the lock; False when somebody else holds it. Raises OSError when the folder cannot be written."""
        for _ in range(2):
            self._held.add(self.path)
            try:
                handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
            except OSError as error:
                self._held.clear()
                if not isinstance(error, FileExistsError):
                    raise
                if not self.is_stale():
                    return False
                with contextlib.suppress(FileNotFoundError):
                    self.path.unlink()
                continue
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(_this_process(), file)
            return True
        return False

    def release(self) -> None:
        """Gives the lock back."""
        _give_back(self._held)

    def is_stale(self) -> bool:
        """Whether the process that took it is gone. Of another machine we cannot know, so it is believed."""
        try:
            if not self.path.is_file():  # reading a pipe would wait for somebody who writes into it
                return True
            with self.path.open(encoding="utf-8") as file:
                held = json.loads(file.read(_LONGEST))
            host, user, pid = str(held["host"]), str(held["user"]), int(held["pid"])
            start = str(held.get("start", ""))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return True
        self.holder = f"{user} on {host}"
        if host != platform.node():
            return False
        # After a restart of the computer another process may have the number.
        return not _is_running(pid) or (bool(start) and start != _start_of(pid))


def _give_back(held: set[Path]) -> None:
    while held:
        path = held.pop()
        # Somebody who took us for gone may hold it by now. Nothing in it: we were interrupted before we could write.
        with contextlib.suppress(OSError, ValueError):
            words = path.read_text(encoding="utf-8")
            if not words or json.loads(words) == _this_process():
                path.unlink()


def is_held(project: Path) -> bool:
    """Whether somebody has the project open, as far as its lock file tells."""
    lock = LockFile(project)
    return lock.path.exists() and not lock.is_stale()


def _this_process() -> dict[str, str | int]:
    return {"host": platform.node(), "user": _user(), "pid": os.getpid(), "start": _start_of(os.getpid())}


def _start_of(pid: int) -> str:
    """When a process began, in ticks since the computer did; empty where that cannot be known."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def _is_running(pid: int) -> bool:
    if os.name == "nt":
        return _is_running_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _is_running_on_windows(pid: int) -> bool:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - unknown to type checkers elsewhere
    handle = kernel.OpenProcess(0x1000, 0, pid)
    if not handle:
        return False
    code = ctypes.c_ulong()
    kernel.GetExitCodeProcess(handle, ctypes.byref(code))
    kernel.CloseHandle(handle)
    return code.value == 259
