"""The real window on a disk that is full: what the bar at the bottom says, and that one works on when there is room.

This must run where it may mount: unshare --mount python -m tests.promises.fill_window FOLDER
"""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from annotator import paths
from annotator.domain.queue import QueueFilter
from annotator.editing import commenting
from tests.ui.at_work import WHO, AtWork, at_work

FULL = "Last change not saved: disk full"
_FILLED = 100
"""Blocks of 4 KiB that stay free: some gestures fit."""


def main(folder: Path) -> None:
    """Fills the disk under the window and makes room again."""
    small, own = folder / "small", folder / "own"
    small.mkdir()
    own.mkdir()
    for name in ("backup_folder", "cache_folder", "learned_folder"):
        setattr(paths, name, lambda name=name: own / name)
    paths.person_file = lambda: own / "person.json"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small], check=True)
    application = QApplication.instance() or QApplication([])
    with at_work(small) as work:
        work.player.tag("Ana Ruiz", "A", kind="person")
        assert work.state == "Saved", work.state
        filler = small / "filler"
        free = os.statvfs(small).f_bavail * os.statvfs(small).f_bsize
        filler.write_bytes(bytes(free - _FILLED * 4096))
        fitted = until_refused(work)
        assert work.state == FULL, work.state
        before = work.rows("SELECT id, label FROM mention ORDER BY id")
        refused(work)
        assert work.state == FULL, work.state
        assert work.rows("SELECT id, label FROM mention ORDER BY id") == before
        work.player.press("PgDown")  # one can read on
        filler.unlink()
        work.player.press("Esc")
        work.player.tag("Kabul", "L", kind="")
        assert work.state == "Saved", work.state
        assert len(work.rows("SELECT id FROM mention")) == len(before) + 1
        work.reopen()
        assert len(work.rows("SELECT id FROM mention")) == len(before) + 1
        assert work.state == "Saved", work.state
    del application
    sys.stdout.write(f"{fitted} changes fitted, then “{FULL}”; saved again when there was room\n")


def until_refused(work: AtWork) -> int:
    """Writes comments until one is refused."""
    for count in range(10_000):
        if refused(work):
            return count
    raise AssertionError("the disk is never full")


def refused(work: AtWork) -> bool:
    """Whether a note on the mention cannot be saved."""
    controls = work.window.controls
    article = controls.desk.workspace.records.queue(QueueFilter(), WHO.id)[0]
    return controls.desk.do(commenting.comment, article, "word " * 1_500) is None


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
