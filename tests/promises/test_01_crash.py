"""Promise 1: what was tagged is saved at once, and a crash takes nothing.

kill_gestures.py and kill_jobs.py kill the program's own code, kill_backups.py (promise 7) kills backups. The release
form: 1,000 kills in gestures and 120 in each kind of job; migrations are killed in promise 8.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.promises.release import Reached, times

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")


def survived(script: str, *words: str) -> re.Match[str]:
    """What a script of this folder says after it has killed its children, and found no fault."""
    run = [sys.executable, str(Path(__file__).with_name(script)), *words]
    done = subprocess.run(run, capture_output=True, text=True, timeout=times(280, 1_800), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    said = re.search(
        r"(?P<kills>\d+) (kills,|power cuts|faults,|kinds of exit,) (?P<what>.*), 0 (wrong|faults)", done.stdout
    )
    assert said, done.stdout
    return said


@pytest.mark.timeout(times(300, 2_000))
def test_nothing_acknowledged_is_lost_or_half_there(reached: Reached) -> None:
    kills = times(200, 1_000)
    said = survived("kill_gestures.py", "--kills", str(kills))
    assert said["kills"] == str(kills)
    reached(1, f"{kills:,} kills in gestures: {said['what']}, 0 lost, 0 partial, 0 damaged")


@pytest.mark.timeout(times(300, 2_000))
@pytest.mark.parametrize("job", ["imports", "merges"])
def test_what_a_killed_job_left_is_whole_batches_to_take_back_or_complete(job: str, reached: Reached) -> None:
    kills = times(6, 120)
    said = survived("kill_jobs.py", job, "--kills", str(kills))
    assert said["kills"] == str(kills)
    reached(1, f"{kills:,} kills in {job}: {said['what']}, 0 partial, each undone by one undo or completed by a repeat")
