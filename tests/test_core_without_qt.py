"""The core needs no screen and no toolkit: its tests pass with PySide6 made impossible to import."""

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CORE = ("domain", "editing", "storage", "formats")


@pytest.mark.timeout(600)  # a whole run of the core's tests is longer than one test may be
def test_the_core_passes_its_tests_without_qt() -> None:
    folders = [str(TESTS / name) for name in CORE]
    assert all(Path(folder).is_dir() for folder in folders)
    plugins = ["-p", "tests.without_qt", "-p", "no:pytest-qt", "-p", "no:xvfb", "-p", "no:randomly", "-p", "no:timeout"]
    command = [sys.executable, "-m", "pytest", "-c", str(TESTS / "without_qt.ini"), *plugins, "-q", "-x"]
    done = subprocess.run(
        [*command, "-k", "not kill and not slow", *folders],
        capture_output=True,
        text=True,
        check=False,
        cwd=TESTS.parent,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
