"""Promise 4: a project is one file, to be copied at any moment between two actions, and one file when it is closed.

leave.py ends the program in every way, in the middle of everything. The release form: 200 copies between two actions
and 600 at any moment, and all kinds of exit.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from annotator.errors import ProjectFileError
from annotator.services.projects import Person, new_project
from annotator.storage.checking import check
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, TEXT, a_project, add_article
from tests.promises.release import Reached, times
from tests.promises.test_01_crash import survived
from tests.storage.raw import ask, files_in

ROOT = Path(__file__).parents[2]


@contextmanager
def annotating(path: Path, *options: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Another process that annotates the project, ended when the block ends."""
    run = [sys.executable, str(Path(__file__).with_name("annotating.py")), str(path), *options]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        try:
            yield child
        finally:
            child.kill()


def line(child: "subprocess.Popen[bytes]") -> int:
    """How many edits it says are saved."""
    assert child.stdout is not None
    words = child.stdout.readline()
    assert words, "the child has ended"
    return int(words)


def history(path: Path) -> list[str]:
    return [head for (head,) in ask(path, "SELECT hash FROM history ORDER BY seq")]


def copied(path: Path, target: Path) -> Path:
    """The main file alone, without what may lie beside it; as a mail program or a stick would take it."""
    target.parent.mkdir()
    target.write_bytes(path.read_bytes())
    return target


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with a_project(tmp_path) as project:
        for number in range(5):
            add_article(project, f"{number} {TEXT}")
    return project.path


def test_a_copy_between_two_actions_holds_all_that_was_saved(path: Path, tmp_path: Path, reached: Reached) -> None:
    copies: list[list[str]] = []
    count = times(30, 200)
    with annotating(path, "--steps") as child:
        assert child.stdin is not None
        line(child)
        for number in range(count):
            for _ in range(1 + number % 3):
                child.stdin.write(b"\n")
                child.stdin.flush()
                saved = line(child)
            copy = copied(path, tmp_path / str(number) / "mailed.annot")
            with ProjectFile.open(copy, tmp_path / "backups") as project:
                assert not project.read_only
                assert not project.recovered
            copies.append(history(copy))
            assert len(copies[-1]) == saved
            assert [fault for _, _, fault in check(copy) if fault] == []
    whole = history(path)
    assert all(one == whole[: len(one)] for one in copies), "each copy is a part of the project's past"
    reached(4, f"{count} copies of the main file alone between two actions: all that was acknowledged in each")


def test_a_copy_at_any_moment_is_whole_or_says_that_it_is_not(path: Path, tmp_path: Path, reached: Reached) -> None:
    found, rounds, count = Counter[str](), times(1, 20), 30
    for number in range(rounds):
        # A fresh one each time: what is annotated without end grows.
        work = copied(path, tmp_path / f"round {number}" / "work.annot")
        with annotating(work) as child:
            assert child.stdout is not None
            saved = line(child)
            for copy in range(count):
                while select.select([child.stdout], [], [], 0)[0]:
                    saved = line(child)
                mailed = copied(work, work.parent / str(copy) / "mailed.annot")
                found[fate(mailed, tmp_path, saved)] += 1
    assert not found["lost"]
    assert found["whole"] > rounds * count // 2
    figures = ", ".join(f"{found[name]} {name}" for name in ("whole", "refused", "found damaged by a check", "lost"))
    reached(4, f"{rounds * count} copies at any moment, in the middle of an action too: {figures}")


def fate(copy: Path, folder: Path, saved: int) -> str:
    """What a copy turns out to be when it is opened."""
    try:
        ProjectFile.open(copy, folder / "backups").close()
    except ProjectFileError:
        return "refused"
    if any(fault for _, _, fault in check(copy)):
        return "found damaged by a check"
    return "whole" if len(history(copy)) >= saved else "lost"


@pytest.mark.skipif(os.name != "posix", reason="needs fork and signals")
@pytest.mark.timeout(times(300, 600))
def test_one_file_is_left_however_the_program_ends(reached: Reached) -> None:
    said = survived("leave.py", "--kinds", str(times(14, 1_000)))
    assert int(said["kills"]) >= times(14, 50)
    reached(4, f"{said['kills']} kinds of exit, {said['what']}")


@pytest.fixture(autouse=True)
def signals_are_heard() -> Iterator[None]:
    """Who runs the tests in the background may have them and their children hear of no Ctrl+C and no lost terminal."""
    ignored = [
        number
        for name in ("SIGINT", "SIGHUP")
        if (number := getattr(signal, name, None)) is not None and signal.getsignal(number) is signal.SIG_IGN
    ]
    for number in ignored:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number in ignored:
        signal.signal(number, signal.SIG_IGN)


@pytest.fixture
def real(tmp_path: Path) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Starts the real program beside a project and a folder of articles, and waits until it has the project open."""
    folder = tmp_path / "work"
    (folder / "articles").mkdir(parents=True)
    for article in range(300):
        (folder / "articles" / f"{article}.txt").write_text(f"{article} {TEXT}", encoding="utf-8")
    new_project(folder / "work.annot", Person(ANNA.annotator, "Anna")).close()
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    environment = os.environ | homes | {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}

    def start(*run: str) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen(
            run,
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        # It is looked over first: it comes from elsewhere, as that program sees it.
        deadline = time.monotonic() + 60
        while not (folder / ".work.annot.lock").exists():
            if child.poll() is not None or time.monotonic() > deadline:
                child.kill()
                raise AssertionError(child.communicate()[1].decode())
        return child

    return start


ANNOTATOR = (sys.executable, "-m", "annotator")
IMPORT = ("import", "work.annot", "articles")


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("words", [IMPORT, ("work.annot",)])
def test_a_signal_to_the_real_program_leaves_one_file(
    tmp_path: Path, real: Callable[..., "subprocess.Popen[bytes]"], number: signal.Signals, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "work"
    with real(*ANNOTATOR, *words) as child:
        child.send_signal(number)
        try:
            said = child.communicate(timeout=60)[1].decode()
        finally:
            child.kill()
    assert "Traceback" not in said, said
    assert files_in(folder) == ["work.annot"]
    assert [fault for _, _, fault in check(folder / "work.annot") if fault] == []


def readers_of(child: "subprocess.Popen[bytes]") -> list[str]:
    """The processes that it has started to read what is brought in."""
    started = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
    return [one for one in started if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs to know what processes were started")
@pytest.mark.parametrize("end", [lambda pid: os.kill(pid, signal.SIGTERM), lambda pid: os.killpg(pid, signal.SIGINT)])
@pytest.mark.parametrize("later", [0.0, 0.002, 0.1, 0.3])
def test_to_end_an_import_while_its_reader_starts_says_no_word_of_python(
    real: Callable[..., "subprocess.Popen[bytes]"], end: Callable[[int], None], later: float
) -> None:
    # Ctrl+C in a terminal reaches the program and all that it has started.
    with real(*ANNOTATOR, *IMPORT) as child:
        deadline = time.monotonic() + 60
        while not readers_of(child) and child.poll() is None:
            assert time.monotonic() < deadline
        with suppress(subprocess.TimeoutExpired):
            child.wait(later)
        end(child.pid)
        try:
            said = child.communicate(timeout=60)[1].decode()
        finally:
            child.kill()
    assert said in {"", "Stopped. What was done before is saved.\n"}


@pytest.mark.skipif(shutil.which("nohup") is None, reason="needs nohup")
def test_a_program_that_is_to_go_on_without_its_terminal_does(
    tmp_path: Path, real: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    with real("nohup", *ANNOTATOR, *IMPORT) as child:
        child.send_signal(signal.SIGHUP)
        try:
            child.communicate(timeout=60)
        finally:
            child.kill()
    assert child.returncode == 0
    assert ask(tmp_path / "work" / "work.annot", "SELECT count(*) FROM article") == [(300,)]
