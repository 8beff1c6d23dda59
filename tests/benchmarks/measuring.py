"""Measuring: best and median times, peak memory, and the row that is printed."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from annotator.garbage import collect_seldom

collect_seldom()  # as the program does when it starts


def seconds(work: Callable[[], object]) -> float:
    """How long work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def median(times: Iterable[float]) -> float:
    """The middle one."""
    return statistics.median(times)


def percentile(times: Iterable[float], share: float) -> float:
    """The time that this share (0 to 1) of all do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def peak_megabytes() -> float:
    """The most memory that this process has held, in MB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage says of a process begins with the peak of the one that started it.
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1_000
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1_000_000 if sys.platform == "darwin" else 1_000)


def show(what: str, ours: float, floor: float, aim: float) -> None:
    """Prints a row: both times in milliseconds, their ratio, the ratio aimed at."""
    _print(what, f"{ours * 1e3:.2f}ms", f"{floor * 1e3:.2f}ms", ours / floor, aim, f"{peak_megabytes():.0f} MB")


def show_sizes(what: str, ours: float, floor: float, aim: float) -> None:
    """Prints a row: both sizes in MB, their ratio, the ratio aimed at."""
    _print(what, f"{ours:.1f}MB", f"{floor:.1f}MB", ours / floor, aim, "")


def _print(what: str, ours: str, floor: str, ratio: float, aim: float, memory: str) -> None:
    print(f"{what:44} {ours:>10} {floor:>10} {ratio:>6.2f} {aim:>5.1f}  {memory}".rstrip(), flush=True)
