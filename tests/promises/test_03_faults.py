"""Promise 3: a full disk or a failing one loses nothing, and what the program says is true.

sweep_faults.py lets each call fail that five annotations, an import, a copy, and opening a project make; fill_disk.py
fills a disk. The release form lets every call fail, the short one some by chance.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.promises.release import Reached, times
from tests.promises.test_01_crash import survived

FILL = [sys.executable, str(Path(__file__).with_name("fill_disk.py"))]


@pytest.mark.usefixtures("strace")
@pytest.mark.timeout(times(300, 3_600))
def test_every_call_that_fails_loses_nothing_and_is_told_truly(reached: Reached) -> None:
    said = survived("sweep_faults.py", "--every", str(times(60, 1)))
    assert int(said["kills"]) >= times(30, 560)
    reached(
        3, f"{int(said['kills']):,} faults, {said['what']}: 0 damaged, 0 lost, 0 false “saved”, 0 false “not saved”"
    )


MOUNTING = ["unshare", "--mount", "--propagation", "private"]


@pytest.fixture
def mountable(tmp_path: Path) -> Path:
    """A folder that a small disk can be mounted on."""
    try:
        subprocess.run([*MOUNTING, "mount", "-t", "tmpfs", "tmpfs", tmp_path], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no small disk can be mounted here: {error}")
    return tmp_path


def test_a_full_disk_loses_nothing_and_one_works_on_when_there_is_room(mountable: Path, reached: Reached) -> None:
    done = subprocess.run([*MOUNTING, *FILL, mountable, "--mount"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    reached(3, f"a disk of 2 MiB: {done.stdout.strip()}")


def test_the_window_says_that_the_disk_is_full_until_something_is_saved_again(
    mountable: Path, reached: Reached
) -> None:
    root = Path(__file__).parents[2]
    window = [*MOUNTING, sys.executable, "-m", "tests.promises.fill_window", str(mountable)]
    done = subprocess.run(window, capture_output=True, text=True, check=False, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    reached(3, f"the window on a full disk: {done.stdout.strip()}")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of files")
def test_files_that_may_not_grow_lose_nothing(tmp_path: Path, reached: Reached) -> None:
    done = subprocess.run([*FILL, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    reached(3, f"no file above 1 MiB: {done.stdout.strip()}")
