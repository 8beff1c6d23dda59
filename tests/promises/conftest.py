"""A table of the promises after their tests: the figure that each reached, and the time it took."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

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


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = sorted(
        (promise, figure, report.duration, report.nodeid.rpartition("::")[2])
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
