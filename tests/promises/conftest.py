"""A table of the promises after their tests: the figure that each reached, and the time it took."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator import paths
from tests.promises.release import PROMISES, RELEASE, Reached


@pytest.fixture
def reached(record_property: Callable[[str, object], None]) -> Reached:
    """Says what a test has reached of a promise."""

    def say(promise: int, figure: str) -> None:
        record_property("reached", (promise, figure))

    return say


@pytest.fixture(scope="session")
def strace() -> None:
    """Skips what needs strace where it is not there, or may not be used."""
    # In a process of its own, because it forks.
    ask = [sys.executable, "-c", "from tests.promises import tracing; print(tracing.why_not())"]
    root = Path(__file__).parents[2]
    if reason := subprocess.run(ask, cwd=root, capture_output=True, text=True, check=True).stdout.strip():
        pytest.skip(reason)


@pytest.fixture
def quick_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory where there is one: for what is played ten thousand times and is not about the disk."""
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory, prefix="annotator-") as folder:
        monkeypatch.setattr(paths, "backup_folder", lambda: Path(folder) / "backups")
        yield Path(folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = sorted(
        (promise, figure, report.duration, report.nodeid.rpartition("::")[2].partition("@")[0])
        for report in terminalreporter.stats.get("passed", ())
        for name, value in getattr(report, "user_properties", ())
        if name == "reached"
        for promise, figure in [value]
    )
    if not rows:
        return
    terminalreporter.section(f"what was reached ({'release' if RELEASE else 'short'} form)")
    for promise, figure, seconds, test in rows:
        terminalreporter.write_line(f"{promise:2}  {PROMISES[promise]}: {figure}  ({seconds:.1f} s, {test})")
