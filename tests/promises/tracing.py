"""Runs a child under strace from the moment that it is ready: to note what it asks of the disk, or to let a call fail.

POSIX only, and only where there is one thread: in scripts.
"""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

from tests.promises.killing import ended

_SET_PTRACER, _ANY = 0x59616D61, -1
NOTHING = "a child said nothing"


def why_not() -> str:
    """Why nothing can be traced here; empty when it can."""
    if not sys.platform.startswith("linux") or shutil.which("strace") is None:
        return "strace is not there"
    try:
        traced(lambda: lambda write: write(b"."), ["-e", "trace=fsync", "-o", os.devnull])
    except (AssertionError, OSError) as error:
        return f"strace may not be used: {error}"
    return ""


def traced(ready: Callable[[], Callable[[Callable[[bytes], object]], object]], options: Sequence[str]) -> bytes:
    """What a child said. ready is not traced; what it answers is called under strace, with a way to say something."""
    (said, say), (wait, go) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.close(said)
        os.close(go)
        os._exit(_work(ready, wait, say))
    os.close(say)
    os.close(wait)
    try:
        if os.read(said, 1) != b"r":
            raise AssertionError(NOTHING)
        run = ["strace", "-f", "-p", str(child), *options]
        with subprocess.Popen(run, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            words = tracer.stderr.readline()
            if "attached" not in words:
                raise AssertionError(words.strip() or "it ended at once")
            os.write(go, b"g")
            heard = b"".join(iter(lambda: os.read(said, 1 << 16), b""))
            tracer.stderr.read()
        ended(child)
        return heard
    except BaseException:
        os.close(go)
        with contextlib.suppress(AssertionError, ChildProcessError):
            ended(child)
        go = -1
        raise
    finally:
        os.close(said)
        if go >= 0:
            os.close(go)


def _work(ready: Callable[[], Callable[[Callable[[bytes], object]], object]], wait: int, say: int) -> int:
    import traceback

    try:
        with contextlib.suppress(OSError, AttributeError):  # where only relatives may trace
            ctypes.CDLL(None).prctl(_SET_PTRACER, _ANY, 0, 0, 0)
        work = ready()
        os.write(say, b"r")
        if os.read(wait, 1) != b"g":
            return 0
        work(lambda words: _told(say, words))
    except BaseException:
        traceback.print_exc()
        return 2
    return 0


def _told(say: int, words: bytes) -> None:
    try:
        os.write(say, words)
    except OSError:  # the call that was to fail was this one, which is none of the program's
        os.write(say, words)
