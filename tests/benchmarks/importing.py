"""Importing 10,000 files of 5 kB, against writing the same texts with one executemany."""

import sqlite3
import tempfile
from functools import partial
from pathlib import Path

from annotator.services.documents import find_files, read_batches
from annotator.services.importing import About, Report, take_batch
from annotator.services.projects import new_project
from annotator.services.workers import made
from tests.benchmarks.making import WHO, text_of
from tests.benchmarks.measuring import seconds, show

FILES, LENGTH = 10_000, 5_000
PRAGMAS = ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON", "foreign_keys = ON")


def main() -> None:
    """Measures both in one folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "texts"
        source.mkdir()
        body = text_of(LENGTH)
        for number in range(FILES):
            (source / f"{number:05}.txt").write_text(f"Article {number}\n\n{body}"[:LENGTH], encoding="utf-8")
        floor = min(seconds(partial(raw, source, folder / f"raw{run}.db")) for run in range(2))
        workspace, report = new_project(folder / "ours.annot", WHO), Report()
        ours = seconds(lambda: import_all(source, workspace, report))
        assert report.imported == FILES, report.sentence
        workspace.close()
    show("import 10,000 files of 5 kB / executemany", ours, floor, 3.0)


def raw(source: Path, target: Path) -> None:
    """Reads the files and writes them in one transaction, with the same settings."""
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE article (id INTEGER PRIMARY KEY, title TEXT, text TEXT)")
    rows = ((path.stem, path.read_text(encoding="utf-8")) for path in sorted(source.iterdir()))
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO article (title, text) VALUES (?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()


def import_all(source: Path, workspace: object, report: Report) -> None:
    """What File, Import does, without the window."""
    from annotator.services.workspace import Workspace

    assert isinstance(workspace, Workspace)
    for _, _, batch in made(read_batches(find_files([source]), About())):
        take_batch(workspace, batch, report, "benchmark")


if __name__ == "__main__":
    main()
