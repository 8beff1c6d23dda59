"""What opening an article costs in memory, against its text and rows as Python objects.

A process that made the project would hold its memory on, and hand the peak down; so each part is a process of its own.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path

from annotator.domain.ids import ArticleId
from annotator.domain.queue import QueueFilter
from annotator.services.projects import open_project
from annotator.services.workspace import Workspace
from tests.benchmarks.measuring import peak_megabytes, show_sizes

SIZES = (("1 MB, 20,000 mentions", "1000000", "20000"), ("2 MB, 50,000 mentions", "2000000", "50000"))
PROJECT = "benchmark.annot"


def main() -> None:
    """Measures both for each size."""
    for name, length, mentions in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            part("make", folder, length, mentions)
            show_sizes(f"open {name} / text and rows", float(part("window", folder)), float(part("rows", folder)), 3.0)


def part(*words: str) -> str:
    """What one of the processes prints."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-m", "tests.benchmarks.memory", *words]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return done.stdout.decode()


def make(folder: Path, length: str, mentions: str) -> None:
    """A project whose first article is short and whose second is the one to open."""
    from tests.benchmarks.making import project_with, text_of

    project_with(folder, text_of(int(length)), int(mentions), before=text_of(2_000)).close()


def rows(folder: Path) -> None:
    """The size of the objects that are read, in MB."""
    workspace = open_here(folder)
    records, article = workspace.records, second(workspace)
    parts = (records.mentions_in, records.claims_in, records.entities_in, records.zones_in)
    print(size([records.text(article), [read(article) for read in parts]], set()) / 1e6)


def size(held: object, seen: set[int]) -> int:
    """Bytes of an object and of all that it refers to, each counted once."""
    if id(held) in seen:
        return 0
    seen.add(id(held))
    inner: list[object] = []
    if isinstance(held, list | tuple):
        inner = list(held)
    elif is_dataclass(held):
        inner = [getattr(held, field.name) for field in fields(held)]
    return sys.getsizeof(held) + sum(size(each, seen) for each in inner)


def window(folder: Path) -> None:
    """By how many MB the process grows until the article is painted and its ruler counted."""
    from PySide6.QtWidgets import QApplication

    from tests.benchmarks.making import window_on

    workspace = open_here(folder)
    shown, article = window_on(workspace, folder), second(workspace)
    before = peak_megabytes()
    shown.controls.desk.focus.show_article(article)
    for _ in range(2_000):
        QApplication.processEvents()
    print(peak_megabytes() - before)
    assert shown.controls.desk.contents.mentions()
    shown.close()


def open_here(folder: Path) -> Workspace:
    """The project in the folder."""
    from tests.benchmarks.making import WHO

    return open_project(folder / PROJECT, WHO)


def second(workspace: Workspace) -> ArticleId:
    """The article to open."""
    return workspace.records.queue(QueueFilter(), workspace.author.annotator)[1]


PARTS: dict[str, Callable[..., None]] = {"make": make, "rows": rows, "window": window}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
    else:
        main()
