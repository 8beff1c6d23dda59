"""Ends the program in many ways, in the middle of many things, and looks what it leaves: one file, with all in it.

Every way is tried in every situation, without a window and with one, each in a child of its own. POSIX only.

    python tests/promises/leave.py --kinds 60
"""

import argparse
import gc
import os
import random
import select
import shutil
import signal
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

from annotator import app, paths
from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.editing import tagging
from annotator.editing.importing import NewArticle
from annotator.services import exporting, strangers
from annotator.services.importing import Batch, Report, take_batch
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from annotator.storage.checking import check
from annotator.ui.application import Application, make_qt_application, run_window
from annotator.ui.jobs import Job
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from tests.building import TEXT, find

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000009"), "Ana")
BATCHES = [
    Batch(tuple(NewArticle(f"{number} {TEXT * 20}", f"Article {number}") for number in range(first, first + 200)), ())
    for first in range(0, 600, 200)
]
"""What an import has read."""
PATIENCE = 30
"""Seconds that a child may take to end."""
Say = Callable[[bytes], object]
BEGUN, SAVED = b"b", b"s"
"""What a child says: that it is there, that an edit is saved."""


class Stopped(Exception):
    """A fault of ours, in the middle of something."""


def begun(folder: Path) -> Workspace:
    """The project, open."""
    return open_project(folder / "work.annot", WHO, was_looked_over=True)


# In the middle of what


def nothing(workspace: Workspace, say: Say) -> object:
    """It is open."""
    say(BEGUN)
    return workspace


def annotations(workspace: Workspace, say: Say) -> object:
    """Something was tagged, and some of it taken back."""
    article = workspace.records.queue(QueueFilter(), WHO.id)[0]
    for word in ("Ana Ruiz", "bridge", "Daily Post"):
        workspace.do(tagging.tag, article, find(TEXT, word), "actor")
        say(SAVED)
    workspace.undo()
    say(SAVED)
    return workspace


def an_import(workspace: Workspace, say: Say) -> object:
    """Two batches of three have come in."""
    batches = iter(BATCHES)
    for batch in islice(batches, 2):
        take_batch(workspace, batch, Report(), "an import")
        say(SAVED)
    return batches


def a_long_list(workspace: Workspace, say: Say) -> object:
    """Rows are being read, as for an export, and not all of them were."""
    say(BEGUN)
    snapshot = exporting.take_snapshot(workspace)
    (jsonl,) = (one for one in exporting.WRITERS if one.key == "jsonl")
    going_on = exporting.export(snapshot, jsonl, workspace.records.path.parent.parent / "out.jsonl", exporting.Losses())
    next(going_on)
    return going_on, snapshot


def a_gesture(workspace: Workspace, say: Say) -> object:
    """A gesture met a fault of ours while it was written."""
    say(BEGUN)

    class Broken(dict[str, str]):
        def items(self) -> Any:
            raise Stopped

    try:
        workspace.records.apply(tagged(workspace), workspace.author, Broken(a="b"))
    except Stopped:
        return workspace
    raise AssertionError("it was saved")


def tagged(workspace: Workspace) -> Any:
    """The edit of a tag, which is not saved."""
    article = workspace.records.queue(QueueFilter(), WHO.id)[0]
    return tagging.tag(workspace.records, workspace.author, article, find(TEXT, "Ruiz"), "actor")


SITUATIONS = (nothing, annotations, an_import, a_long_list, a_gesture)


# How it ends


def close(workspace: Workspace) -> None:
    """As it should."""
    workspace.close()


def leave_a_block(workspace: Workspace) -> None:
    """An error in a with block."""
    with closing(workspace):
        raise Stopped


def raise_an_error(workspace: Workspace) -> None:
    """Nobody catches it."""
    raise Stopped


def exit_at_once(workspace: Workspace) -> None:
    """sys.exit."""
    sys.exit(3)


def fall_off_the_end(workspace: Workspace) -> None:
    """A script that forgets to close."""


def forget(workspace: Workspace) -> None:
    """It is thrown away, and the program goes on for a while."""
    del workspace
    gc.collect()


def fail_in_a_thread(workspace: Workspace) -> None:
    """A thread of the program ends by an error."""

    def fail() -> None:
        raise Stopped

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def signalled(number: int) -> Callable[[Workspace], None]:
    """The system asks it to end."""

    def end(_: object) -> None:
        os.kill(os.getpid(), number)

    end.__name__ = signal.Signals(number).name
    return end


ENDS = (
    *(close, leave_a_block, raise_an_error, exit_at_once, fall_off_the_end, forget, fail_in_a_thread),
    *(signalled(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)),
)


def without_a_window(situation: Any, end: Any) -> Callable[[Path, Say], None]:
    """A script, or the command line."""

    def run(folder: Path, say: Say) -> None:
        app.end_when_asked()
        workspace = begun(folder)
        held = situation(workspace, say)
        end(workspace)
        del held

    return run


# With a window


def at_rest(window: MainWindow, say: Say) -> None:
    """Nothing is going on."""


def tagging_by_hand(window: MainWindow, say: Say) -> None:
    """Something was tagged."""
    annotations(window.controls.desk.workspace, say)


def importing(window: MainWindow, say: Say) -> None:
    """An import is under way as a job of the window."""
    desk = window.controls.desk

    def steps() -> Iterator[tuple[int, int, Batch]]:
        for done, batch in enumerate(BATCHES):
            yield done, len(BATCHES), batch

    def take(batch: Batch) -> None:
        take_batch(desk.workspace, batch, Report(), "an import")
        say(SAVED)

    assert desk.jobs.run(Job("Importing", steps, take))


def in_a_dialog(window: MainWindow, say: Say) -> None:
    """A dialog waits for an answer."""
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()


WINDOW_SITUATIONS = (at_rest, tagging_by_hand, importing, in_a_dialog)


def close_window(window: MainWindow) -> None:
    """By its button."""
    window.close()


def quit_all(window: MainWindow) -> None:
    """By the system's menu."""
    QApplication.quit()


def end_of_the_loop(window: MainWindow) -> None:
    """Without asking the window, as at the end of a session."""
    QApplication.exit(0)


WINDOW_ENDS = (
    *(close_window, quit_all, end_of_the_loop),
    *(signalled(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)),
)


def with_a_window(situation: Any, end: Any) -> Callable[[Path, Say], None]:
    """The window, as the program shows it."""

    def run(folder: Path, say: Say) -> None:
        app.end_when_asked()
        settings = Settings(paths.settings_file())
        settings.looks_ahead = False
        make_qt_application()

        def act() -> None:
            (window,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
            say(BEGUN)
            situation(window, say)
            QTimer.singleShot(50, lambda: end(window))

        QTimer.singleShot(0, act)
        sys.exit(run_window(folder / "work.annot", sample=False))

    return run


def before_the_loop(number: signal.Signals) -> Callable[[Path, Say], None]:
    """A signal comes when the window is there and nobody waits for events yet, though some are taken care of."""

    def run(folder: Path, say: Say) -> None:
        app.end_when_asked()
        make_qt_application()
        usual = Application.begin

        def begin(application: Application, project: Path | None, *, sample: bool) -> None:
            usual(application, project, sample=sample)
            say(BEGUN)
            os.kill(os.getpid(), number)
            QApplication.processEvents()

        Application.begin = begin  # type: ignore[method-assign, assignment]  # this process does nothing else
        sys.exit(run_window(folder / "work.annot", sample=False))

    return run


ALWAYS: dict[str, Callable[[Path, Say], None]] = {
    f"window: {number.name} before its loop": before_the_loop(number)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
}
"""Those that are tried however few are."""
KINDS: dict[str, Callable[[Path, Say], None]] = (
    {
        f"{end.__name__} in {situation.__name__}": without_a_window(situation, end)
        for end in ENDS
        for situation in SITUATIONS
    }
    | {
        f"window: {end.__name__} in {situation.__name__}": with_a_window(situation, end)
        for end in WINDOW_ENDS
        for situation in WINDOW_SITUATIONS
    }
    | ALWAYS
)


def main() -> int:
    """Tries the ways and says what was left; 1 when that was more than one file, or less than all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kinds", type=int, default=len(KINDS))
    options = parser.parse_args()
    top, mine, began, faults = Path(mkdtemp()).resolve(), os.getpid(), time.monotonic(), list[str]()
    others = sorted(KINDS.keys() - ALWAYS.keys())
    chosen = [*ALWAYS, *random.SystemRandom().sample(others, min(options.kinds - len(ALWAYS), len(others)))]
    try:
        for place in ("backup_folder", "cache_folder", "settings_file", "person_file", "log_file", "learned_folder"):
            setattr(paths, place, lambda place=place: top / "own" / place)
        prepare(top)
        for name in chosen:
            faults += [f"{name}: {fault}" for fault in tried(name, top)]
    finally:
        if os.getpid() == mine:
            shutil.rmtree(top)
    took = time.monotonic() - began
    print(f"{len(chosen)} kinds of exit, exactly 1 file after each, {len(faults)} faults, {took:.1f} s")
    for fault in faults:
        print("FAULT:", fault)
    return 1 if faults else 0


def prepare(top: Path) -> None:
    """The project as it is before."""
    (top / "work").mkdir()
    with closing(new_project(top / "work" / "work.annot", WHO)) as workspace:
        workspace.bring_in([NewArticle(TEXT, "Bridge")], "")
    shutil.copy(top / "work" / "work.annot", top / "before.annot")


def tried(name: str, top: Path) -> Iterator[str]:
    """What is wrong after one way to end."""
    folder = top / "work"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(top / "before.annot", folder / "work.annot")
    strangers.remember(folder / "work.annot")  # or the window would look it over first
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _be(KINDS[name], folder, writer)
    os.close(writer)
    heard = b""
    while select.select([reader], [], [], PATIENCE)[0] and (news := os.read(reader, 1 << 10)):
        heard += news
    os.close(reader)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    # Ctrl+C ends a script so, after it has tidied up.
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGINT:
        yield f"it was ended by {signal.Signals(os.WTERMSIG(status)).name}"
    if not heard:
        yield "it never began"
    if (left := sorted(path.name for path in folder.iterdir())) != ["work.annot"]:
        yield f"it left {left}"
    if wrong := [fault for _, _, fault in check(folder / "work.annot") if fault]:
        yield f"the project is damaged: {wrong}"
    if (there := edits(folder / "work.annot")) < edits(top / "before.annot") + heard.count(SAVED):
        yield f"{there} edits are there, {heard.count(SAVED)} were said to be saved"


def edits(path: Path) -> int:
    """How many another connection sees."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM history").fetchone()[0])


def _be(run: Callable[[Path, Say], None], folder: Path, writer: int) -> None:
    """Is the child, to the very end of a Python program."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    if not os.environ.get("SHOWS_ERRORS"):
        os.dup2(nowhere, 2)
    run(folder, lambda word: os.write(writer, word))
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
