"""A hostile document does nothing: whatever is in a file, a reader gives articles or a sentence, and soon.

Sound files of every format are broken by chance, and files made to keep a reader busy are read, in a process that has
a gigabyte to spend. The release form breaks far more files.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from annotator.formats.document_kinds import DOCUMENTS as KINDS
from annotator.formats.registry import READERS
from tests.promises.release import Reached, times
from tests.promises.trying_documents import DOCUMENTS, LONGEST, NAMES, Told, told_in

try:
    import resource  # noqa: F401
except ImportError:
    pytest.skip("memory is limited and measured as POSIX systems do it", allow_module_level=True)

from tests.promises.time_bombs import BOMBS

ROOT = Path(__file__).parents[2]
FIRST = int(os.environ.get("ANNOTATOR_FIRST", "0"))
FILES = times(60, int(os.environ.get("ANNOTATOR_FILES", "20000")))
"""Broken files of each format, and the number of the first: so ten million of each can be shared out over nights and
machines.
"""
_STEP = 1_000


class Reading:
    """The program that reads files; begun anew when one of them has ended it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    def ask(self, *words: str) -> Told:
        """What came of the files that the words name."""
        if self._process is None:
            run = [sys.executable, "-m", "tests.promises.trying_documents", str(self._folder)]
            with (self._folder / "errors").open("w", encoding="utf-8") as errors:
                self._process = subprocess.Popen(
                    run, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
                )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if line:
            return told_in(line)
        self._process.wait()
        self._process = None
        at = (self._folder / "at").read_text(encoding="utf-8")
        said = (self._folder / "errors").read_text(encoding="utf-8")[-3_000:]
        raise AssertionError(f"{at}: reading it took more than {LONGEST} s, or ended the process\n{said}")

    def close(self) -> None:
        """Ends it."""
        if self._process is not None:
            self._process.communicate()


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    program = Reading(tmp_path_factory.mktemp("reading"))
    yield program
    program.close()


def test_every_reader_and_every_kind_of_document_is_tried() -> None:
    assert {reader.key for reader in READERS} <= {*NAMES}
    endings = {Path(name).suffix for name in DOCUMENTS}
    assert all(endings & {*kind.suffixes} for kind in KINDS)
    assert {name for name, _ in BOMBS} <= {*NAMES}
    assert len(BOMBS) >= 150


@pytest.mark.parametrize("name", NAMES)
def test_broken_files_give_articles_or_a_sentence(name: str, reading: Reading, reached: Reached) -> None:
    whole = Told()
    for first in range(FIRST, FIRST + FILES, _STEP):
        told = reading.ask(name, str(first), str(min(_STEP, FIRST + FILES - first)))
        whole.faults += told.faults
        whole.seconds = max(whole.seconds, told.seconds)
        whole.read += told.read
        whole.count += told.count
        whole.megabytes = max(whole.megabytes, told.megabytes)
    assert not whole.faults, "\n".join(whole.faults[:3])
    assert whole.count == FILES
    # What is broken beyond reading shows nothing; three kinds are never read.
    assert whole.read > FILES / 10 or name in {"a.rtf", "a.odt", "refi-qdc"}
    figure = f"{FILES:,} broken files for {name}: 0 uncaught, {whole.seconds:.1f} s, {whole.megabytes:.0f} MB at most"
    reached(10, figure)


def test_files_made_to_keep_a_reader_busy_are_soon_done(tmp_path: Path, reached: Reached) -> None:
    slowest, most = 0.0, 0.0
    with closing(Reading(tmp_path)) as reading:  # what others have read before would count as theirs
        for name, what in BOMBS:
            told = reading.ask(name, what)
            assert not told.faults, told.faults[0]
            slowest, most = max(slowest, told.seconds), max(most, told.megabytes)
    assert most < 900  # of what a reader and the program may take together
    reached(10, f"{len(BOMBS)} files made to keep readers busy: {slowest:.1f} s and {most:.0f} MB at most")
