"""What was saved stays saved, whatever happens to the program; the long form is kill_gestures.py by itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("kill_gestures.py")


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
def test_nothing_acknowledged_is_lost_in_200_kills() -> None:
    run = [sys.executable, str(SCRIPT), "--kills", "200"]
    done = subprocess.run(run, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "200 kills" in done.stdout
    assert " 0 faults" in done.stdout
