"""Promise 2: a power cut takes nothing on honest disks: of a project, a new one, one taken in, a copy, and exports.

cut_power.py notes what the program asks of the disk, and makes what may be left. The release form makes 5,000 states.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.promises.release import Reached, times
from tests.promises.test_01_crash import survived

pytestmark = pytest.mark.usefixtures("strace")


@pytest.mark.timeout(times(300, 2_000))
def test_nothing_acknowledged_is_lost_in_a_power_cut(reached: Reached) -> None:
    cuts = times(200, 5_000)
    said = survived("cut_power.py", "gestures", "--states", str(cuts))
    assert said["kills"] == str(cuts)
    reached(2, f"{cuts:,} power cuts {said['what']}, 0 lost, 0 damaged")


@pytest.mark.timeout(times(300, 2_000))
@pytest.mark.parametrize(("seed", "kind"), [(2, "with something hidden"), (3, "that was cut off")])
def test_a_project_that_is_taken_in_when_the_power_goes_is_old_or_new(seed: int, kind: str, reached: Reached) -> None:
    cuts = times(100, 2_500)
    said = survived("cut_power.py", "arrivals", "--states", str(cuts), "--seed", str(seed))
    assert said["kills"] == str(cuts)
    reached(2, f"{cuts:,} power cuts while a project {kind} is taken in {said['what']}, old or new, kept as it came")


def test_on_a_disk_that_lies_about_syncs_the_same_look_finds_losses() -> None:
    run = [sys.executable, str(Path(__file__).with_name("cut_power.py")), "gestures", "--states", "20", "--lying-disk"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "FAULT: a cut at call" in done.stdout, done.stdout + done.stderr
