"""Strangers' files are read in another process: what it does not survive is left out, and the rest comes in."""

import mmap
import multiprocessing
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from annotator.domain.ids import AnnotatorId
from annotator.errors import FormatError, ProjectFileError, WorkStopped
from annotator.services import teamwork, workers
from annotator.services.documents import preview, read_batches
from annotator.services.importing import About, Batch
from annotator.services.projects import Person, new_project
from annotator.services.workers import Worker, made, steps_apart

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-00000000000c"), "Ana")
WORDS = "words of an article"
needs_fifo = pytest.mark.skipif(sys.platform == "win32", reason="files that never end are made with mkfifo")


def counts(number: int) -> Iterator[int | tuple[str, int]]:
    for n in range(number):
        yield n
        yield "step", n


def hangs() -> Iterator[int]:
    yield 7
    while True:
        pass


def fills_the_memory() -> Iterator[int]:
    yield 7
    kept = []
    while True:
        kept.append(bytearray(50_000_000))


def fills_shared_memory() -> Iterator[int]:
    """What no limit of the system counts."""
    yield 7
    kept = []
    while True:
        kept.append(mmap.mmap(-1, 50_000_000))
        for page in range(0, 50_000_000, mmap.PAGESIZE):
            kept[-1][page] = 1


def dies() -> Iterator[int]:
    yield 7
    os._exit(3)


def fails() -> Iterator[int]:
    yield 7
    raise KeyError(WORDS)


def refuses() -> Iterator[int]:
    yield 7
    raise FormatError("No.")


def connects() -> Iterator[int]:
    yield 7
    socket.create_connection(("127.0.0.1", 9))


def process_id() -> Iterator[tuple[int]]:
    yield (os.getpid(),)


def reader() -> BaseProcess:
    (process,) = [one for one in multiprocessing.active_children() if one.name == "reading"]
    return process


@pytest.fixture(autouse=True)
def fresh() -> None:
    """No process is left of earlier work."""
    while workers._free:  # noqa: SLF001 - the processes that wait for work
        workers._free.pop().close()  # noqa: SLF001


def test_steps_come_in_their_order_and_places_do_not() -> None:
    assert [step for step in steps_apart(counts, 3) if step is not None] == [("step", 0), ("step", 1), ("step", 2)]


def test_a_process_is_kept_for_the_next_file_unless_it_was_given_up() -> None:
    (first,), (second,) = (list(filter(None, steps_apart(process_id))) for _ in range(2))
    assert first == second
    with pytest.raises(WorkStopped):
        list(steps_apart(hangs, patience=0.3))
    (third,) = filter(None, steps_apart(process_id))
    assert third != first


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (hangs, "it did not get on for 5 seconds and was given up"),
        (dies, "the process that worked on it has ended unasked"),
        (fails, "this program fails on it (KeyError); the log says where"),
        (connects, "it cannot be read: no connections from here"),
        (fills_the_memory, "it takes more than 1 GB of memory"),
        (fills_shared_memory, "it takes more than 1 GB of memory"),
    ],
)
def test_what_work_does_not_survive_is_told_with_its_place(work: object, words: str) -> None:
    assert callable(work)
    with pytest.raises(WorkStopped) as stopped:
        list(steps_apart(work, patience=5 if work is hangs else 60))
    assert (str(stopped.value), stopped.value.position) == (words, 7)


def test_errors_that_users_understand_come_as_they_are() -> None:
    with pytest.raises(FormatError, match=r"^No\.$"):
        list(steps_apart(refuses))


def test_words_of_an_article_do_not_get_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(WorkStopped):
        list(steps_apart(fails))
    assert "KeyError" in caplog.text
    assert WORDS not in caplog.text


def leaves_a_file() -> Iterator[int]:
    Path(tempfile.gettempdir(), "left").write_text("a copy of a project", encoding="utf-8")
    yield from hangs()


def test_what_a_process_leaves_behind_is_cleared_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    worker = Worker("reading")
    with pytest.raises(WorkStopped):
        list(worker.steps(leaves_a_file, patience=2))
    assert list(tmp_path.iterdir()) == []


def test_giving_up_takes_no_second() -> None:
    steps = Worker("reading").steps(hangs)
    assert next(steps) is None
    began = time.monotonic()
    steps.close()
    assert time.monotonic() - began < 1
    assert [one for one in multiprocessing.active_children() if one.name == "reading"] == []


def texts(folder: Path, number: int) -> list[Path]:
    for n in range(number):
        (folder / f"{n:03}.txt").write_text(f"Text {n}.", encoding="utf-8")
    return sorted(folder.iterdir())


def read(files: list[Path]) -> list[Batch]:
    return [batch for _, _, batch in made(read_batches(files, About()))]


@needs_fifo
def test_a_file_that_holds_the_reader_up_is_left_out_and_the_others_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 2.0)
    files = texts(tmp_path, 450)
    for place in (0, 205):
        files[place].unlink()
        os.mkfifo(files[place])
    batches = read(files)
    titles = [article.title for batch in batches for article in batch.articles]
    assert titles == [f"Text {n}." for n in range(450) if n not in {0, 205}]
    assert [str(one) for batch in batches for one in batch.refused] == [
        f"{place:03}.txt: it did not get on for 2 seconds and was given up" for place in (0, 205)
    ]


@needs_fifo
def test_a_reader_that_is_killed_begins_again_after_the_file_it_was_at(tmp_path: Path) -> None:
    files = texts(tmp_path, 5)
    files[3].unlink()
    os.mkfifo(files[3])
    steps = read_batches(files, About())
    assert next(steps)[2] is None
    writing = os.open(files[3], os.O_WRONLY)  # when somebody reads
    reader().kill()
    (batch,) = [batch for _, _, batch in made(steps)]
    assert [article.title for article in batch.articles] == ["Text 0.", "Text 1.", "Text 2.", "Text 4."]
    os.close(writing)
    assert [str(one) for one in batch.refused] == ["003.txt: the process that worked on it has ended unasked"]


@needs_fifo
def test_a_table_that_stops_in_its_middle_is_read_up_to_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PATIENCE", 2.0)
    rows = "".join(f"Title {n},Words of {n}\n" for n in range(450))
    (tmp_path / "a.csv").write_text(f"title,text\n{rows}", encoding="utf-8")
    os.mkfifo(tmp_path / "b.csv")
    (tmp_path / "c.csv").write_text("title,text\nLast,Last words\n", encoding="utf-8")
    batches = read(sorted(tmp_path.iterdir()))
    titles = [article.title for batch in batches for article in batch.articles]
    assert titles == [*(f"Title {n}" for n in range(450)), "Last"]
    assert [one.name for batch in batches for one in batch.refused] == ["b.csv"]


@needs_fifo
def test_a_preview_is_given_up_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.services.documents.SHORT_PATIENCE", 0.5)
    os.mkfifo(tmp_path / "a.txt")
    assert preview(tmp_path / "a.txt", About()).fault.startswith("it did not get on")


def test_a_teammates_file_is_read_in_the_other_process(tmp_path: Path) -> None:
    workspace = new_project(tmp_path / "ours.annot", WHO)
    hers = tmp_path / "hers.annot"
    workspace.records.save_copy(hers)
    assert teamwork.look_at(workspace, hers).is_related
    reader().kill()
    assert [batch for _, _, batch in made(teamwork.batches(hers, frozenset()))] != []
    hers.write_bytes(hers.read_bytes()[:-10])
    with pytest.raises(ProjectFileError, match="is cut off"):
        teamwork.look_at(workspace, hers)
    workspace.close()
