"""Kills a child in the middle of its work. POSIX only, and where there is one thread: in scripts."""

import os
import select
import signal
import time
import traceback
from collections.abc import Callable

PATIENCE = 10
"""Seconds that a child may take to say its first word."""


def killed(work: Callable[[int], object], life: float) -> tuple[bytes, bool]:
    """What a child wrote to its pipe before it was killed, and whether it was done before that.

    The life is counted in seconds from its first word, so that getting ready is not all that a child ever does.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os._exit(_code(work, writer))
    os.close(writer)
    heard = b""
    deadline = time.monotonic() + PATIENCE
    while (left := deadline - time.monotonic()) > 0 and select.select([reader], [], [], left)[0]:
        deadline = deadline if heard else time.monotonic() + life
        if not (news := os.read(reader, 1 << 16)):
            break
        heard += news
    os.kill(child, signal.SIGKILL)
    while news := os.read(reader, 1 << 16):
        heard += news
    os.close(reader)
    return heard, ended(child)


def ended(child: int) -> bool:
    """Waits for a child; whether it came to its end by itself."""
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the child failed; what went wrong stands above")
    return os.WIFEXITED(status)


def _code(work: Callable[[int], object], writer: int) -> int:
    try:
        work(writer)
    except BaseException:
        traceback.print_exc()
        return 2
    return 0
