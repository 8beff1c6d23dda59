"""Kills a process in the middle of a long job, again and again, and looks whether anything is there by half.

imports: a table of articles comes in, batch by batch; merges: a teammate's file is brought in; migrations: a project of
an old format is opened; arrivals: one from elsewhere is replaced by a clean file. The parent kills at a random moment
and opens the project. What came in is whole batches: all that were acknowledged and at most one more. Every other time
one undo takes all of it back, else the job is done again and completes it. After a migration or an arrival the file is
to the letter what it was, or what it is to be. POSIX only.

    python tests/promises/kill_jobs.py imports --kills 100
"""

import argparse
import csv
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator import paths
from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.editing.importing import NewArticle
from annotator.services import documents, teamwork
from annotator.services.importing import About, Report, take_batch
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from annotator.storage import backups
from annotator.storage.checking import check
from annotator.storage.migrating import migrations
from annotator.storage.project_file import ProjectFile
from annotator.storage.taking_in import Arrival, Rebuilt, rebuilt
from tests.building import TEXT, made, make_entity, make_mention
from tests.promises.formats import every_format, fixture
from tests.promises.killing import killed
from tests.storage.raw import interrupt, plant

ARTICLES = 4 * documents.BATCH - 50
EDITS, RECORDS = 12, 300
MARK = b"hidden by a stranger"
CLARA, ANNA = (Person(AnnotatorId(f"0190ffff-0000-7000-8000-00000000000{n}"), name) for n, name in ((1, "C"), (2, "A")))


class Job(Protocol):
    """Work that is killed."""

    life: float
    """Seconds that it takes, and a little more."""

    def fresh(self, path: Path) -> None:
        """Puts a project there as it is before the work."""

    def work(self, path: Path, writer: int) -> None:
        """The child: writes a byte when it begins, and one for each step that is saved."""

    def fault(self, path: Path, steps: int, *, is_undo: bool) -> str:
        """What is wrong after the child was killed; empty when nothing is."""


class _Coming:
    """Something comes into a project in batches."""

    def __init__(self, folder: Path, table: str) -> None:
        self.before, self.whole, self.table = folder / "before.annot", folder / "whole.annot", table

    def ready(self) -> None:
        """Does the job once, to know what it comes to."""
        shutil.copy(self.before, self.whole)
        self.counts, began = [self.count(self.whole)], time.monotonic()
        with closing(opened(self.whole)) as workspace:
            for _ in self.steps(workspace):
                self.counts.append(self.count(self.whole))
        self.life = (time.monotonic() - began) * 1.1

    def steps(self, workspace: Workspace) -> Iterator[None]:
        """Does the job, pausing after each batch."""
        raise NotImplementedError

    def fresh(self, path: Path) -> None:
        shutil.copy(self.before, path)

    def work(self, path: Path, writer: int) -> None:
        workspace = opened(path)
        os.write(writer, b".")
        for _ in self.steps(workspace):
            os.write(writer, b".")

    def fault(self, path: Path, steps: int, *, is_undo: bool) -> str:
        with closing(opened(path)) as workspace:
            there = self.count(path)
            if there not in self.counts[steps : steps + 2]:
                return f"{there} are there after {steps} steps of {self.counts}"
            if faults := [words for _, _, words in check(path) if words]:
                return f"after {steps} steps: {faults}"
            if not is_undo:
                for _ in self.steps(workspace):
                    pass
            elif there != self.counts[0]:
                workspace.undo()
        wanted = self.before if is_undo else self.whole
        return "" if said(path) == said(wanted) else f"after {steps} steps it does not become as {wanted.name}"

    def count(self, path: Path) -> int:
        """How many there are of what comes in."""
        with closing(sqlite3.connect(path)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {self.table}").fetchone()[0])


class Imports(_Coming):
    """A table of articles is imported."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "article")
        self.source = folder / "articles.csv"
        with self.source.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("title", "text"))
            rows.writerows((f"Article {number}", f"{number} {TEXT * 5}") for number in range(ARTICLES))
        # Files are read in a process of their own, which has nothing to do with what is written.
        self.batches = [batch for _, _, batch in documents.read_batches([self.source], About()) if batch is not None]
        with closing(new_project(self.before, CLARA)) as workspace:
            workspace.bring_in([NewArticle(TEXT, "There before")], "")
        self.ready()

    def steps(self, workspace: Workspace) -> Iterator[None]:
        report, group = Report(), workspace.author.new_id()
        for batch in self.batches:
            take_batch(workspace, batch, report, group)
            yield


class Merges(_Coming):
    """A teammate's file is brought in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "mention")
        self.source = folder / "anna.annot"
        with closing(new_project(self.before, CLARA)) as workspace:
            workspace.bring_in([NewArticle(TEXT, "Bridge")], "")
            workspace.records.save_copy(self.source)
        with closing(opened(self.source, ANNA)) as hers:
            article = hers.records.article(hers.records.queue(QueueFilter(), ANNA.id)[0])
            for number in range(EDITS):
                entity = make_entity(f"Entity {number}", author=hers.author)
                mentions = [make_mention(article, TEXT, author=hers.author, entity=entity) for _ in range(RECORDS)]
                hers.records.apply(made(entity, *mentions), hers.author)
        with closing(opened(self.before)) as workspace:
            known = workspace.records.known_rows()
        # Her file is read in a process of its own, which has nothing to do with what is written.
        self.batches = [batch for _, _, batch in teamwork.batches(self.source, known) if batch is not None]
        self.ready()

    def steps(self, workspace: Workspace) -> Iterator[None]:
        known, group = teamwork.merging(workspace, self.source.name), workspace.author.new_id()
        there = workspace.records.known_rows()
        for batch in self.batches:
            rows = tuple(row for row in batch.rows if row.id not in there)
            if rows:
                teamwork.take(workspace, replace(batch, rows=rows), known, group)
            yield
        teamwork.finish(workspace, known, group)


class Migrations:
    """A project of an old format is opened."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.turn, self.life = folder, 0, 0.0
        self.formats = every_format()[:-1]
        self.wholes = {version: folder / f"{version}.annot" for version in self.formats}
        for version, path in self.wholes.items():
            began = time.monotonic()
            ProjectFile.open(fixture(version, path), folder / "backups").close()
            self.life = max(self.life, (time.monotonic() - began) * 1.1)

    def fresh(self, path: Path) -> None:
        self.turn += 1
        self.version = self.formats[self.turn % len(self.formats)]
        fixture(self.version, path)

    def work(self, path: Path, writer: int) -> None:
        os.write(writer, b".")
        ProjectFile.open(path, self.folder / "backups")
        os.write(writer, b".")

    def fault(self, path: Path, steps: int, *, is_undo: bool) -> str:
        del is_undo
        old, new = dump(fixture(self.version, self.folder / "old.annot")), dump(self.wholes[self.version])
        found = dump(path)
        if found not in (old, new) or (steps and found != new):
            return f"format {self.version} is something between after {steps} steps"
        ProjectFile.open(path, self.folder / "backups").close()
        return "" if dump(path) == new else f"format {self.version} does not become format {len(migrations())}"


class Arrivals:
    """A project from elsewhere is replaced by a clean file: every other time killed while that is put in its place.

    Every third has a journal beside it that is to be played back first.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.turn, self.life = folder, -1, 0.0
        self.sound = folder / "sound.annot"
        self.lives = dict.fromkeys((False, True), (0.0, 0.0))
        with closing(new_project(self.sound, CLARA)) as workspace:
            workspace.bring_in([NewArticle(f"{TEXT} {number}", f"{number}") for number in range(200)], "")
        self.wanted, path = dump(self.sound), folder / "first.annot"
        for self.turn in (0, 1):
            self.fresh(path)
            began = time.monotonic()
            with closing(Arrival(path, folder / "backups")) as arrival:
                *_, found = rebuilt(arrival.path, arrival.clean, arrival.kept)
                read = time.monotonic()
                assert isinstance(found, Rebuilt)
                assert arrival.replace(found)
            now = time.monotonic()
            self.lives[self.is_cut_off] = (now - began) * 1.1, (now - read) * 1.1

    @property
    def is_cut_off(self) -> bool:
        """Whether there is a journal."""
        return self.turn % 3 == 2

    def fresh(self, path: Path) -> None:
        self.turn += 1
        self.life = self.lives[self.is_cut_off][self.turn % 2]
        if self.is_cut_off:
            interrupt(self.sound, path)
        else:
            shutil.copyfile(self.sound, path)
            plant(path, MARK)
        self.came = path.read_bytes()

    def work(self, path: Path, writer: int) -> None:
        tempfile.tempdir = str(self.folder)
        if self.turn % 2 == 0:
            os.write(writer, b".")
        arrival = Arrival(path, self.folder / "backups")
        *_, found = rebuilt(arrival.path, arrival.clean, arrival.kept)
        assert isinstance(found, Rebuilt)
        if self.turn % 2:
            os.write(writer, b".")
        assert arrival.replace(found)
        os.write(writer, b".")
        arrival.close()

    def fault(self, path: Path, steps: int, *, is_undo: bool) -> str:
        del is_undo
        found = path.read_bytes()
        is_old = self.is_cut_off or MARK in found
        kept = [one.path.read_bytes() for one in backups.made_of(path, self.folder / "backups")]
        if (is_old and steps and not self.is_cut_off) or (MARK in found and found != self.came):
            return f"it is something between after {steps} steps"
        if not is_old and self.came not in kept:
            return "as it came it is nowhere"
        ProjectFile.open(path, self.folder / "backups").close()  # a journal that is there is played back
        if dump(path) != self.wanted:
            return f"it does not hold what it held, after {steps} steps"
        with closing(Arrival(path, self.folder / "backups")) as arrival:
            *_, again = rebuilt(arrival.path, arrival.clean, arrival.kept)
            if not isinstance(again, Rebuilt) or not arrival.replace(again) or dump(path) != self.wanted:
                return "it cannot be taken in afterwards"
        left = [one.name for one in self.folder.iterdir() if one.name.startswith(f".{path.name}")]
        return f"this is left: {left}" if left else ""


def opened(path: Path, who: Person = CLARA) -> Workspace:
    """A project of ours at work."""
    return open_project(path, who, was_looked_over=True)


def said(path: Path) -> Counter[object]:
    """What a project says, whoever imported it and when."""
    with closing(sqlite3.connect(path)) as connection:
        articles = connection.execute("SELECT title, text FROM article JOIN text USING (sha256)").fetchall()
        return Counter([*articles, *connection.execute('SELECT article_id, start, "end", quote, label FROM mention')])


def dump(path: Path) -> Counter[str]:
    """All rows of all tables, the tables, and the format."""
    with closing(sqlite3.connect(path)) as connection:
        return Counter([*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())])


JOBS: dict[str, Callable[[Path], Job]] = {
    "imports": Imports,
    "merges": Merges,
    "migrations": Migrations,
    "arrivals": Arrivals,
}


def main() -> int:
    """Runs the loop and says what came of it; 1 when something was there by half, or nothing was ever cut short."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    dice, cut_short, recovered, faults = random.Random(seed), 0, 0, list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        setattr(paths, "backup_folder", lambda: folder / "backups")  # noqa: B010 - the user's own are left alone
        job: Job = JOBS[options.job](folder)
        began = time.monotonic()
        for kill in range(options.kills):
            path = folder / "project.annot"
            job.fresh(path)
            heard, is_done = killed(lambda writer: job.work(path, writer), dice.uniform(0, job.life))  # noqa: B023
            cut_short += not is_done
            recovered += path.with_name(f"{path.name}-journal").exists()
            fault = job.fault(path, len(heard) - 1, is_undo=kill % 2 == 0)
            faults += [f"kill {kill}: {fault}"] if fault else []
            shutil.rmtree(folder / "backups", ignore_errors=True)
    print(
        f"seed {seed}: {options.kills} kills, {cut_short} before the job was done, {recovered} of them while it wrote, "
        f"{len(faults)} faults, {time.monotonic() - began:.1f} s"
    )
    for fault in faults:
        print("FAULT:", fault)
    return 1 if faults or not cut_short else 0


if __name__ == "__main__":
    sys.exit(main())
