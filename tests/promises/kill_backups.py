"""Kills a process while it makes backups, again and again, and looks whether anything bad has a final name.

A child goes on editing and backing up; the parent kills it at a random moment, opens every new file under a final name
and compares it with the project. POSIX only.

    python tests/promises/kill_backups.py --kills 60
"""

import argparse
import os
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.domain.authors import Author
from annotator.domain.backups import Backup, Why
from annotator.storage import backups, journal
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA, TEXT, a_project, add_article
from tests.promises.killing import killed

LONGEST_LIFE = 0.12
"""Seconds a child may work before it is killed: some backups long."""
ARTICLES, LETTERS = 40, 40_000


def main() -> int:
    """Runs the loop and says what came of it; 1 when a bad file had a final name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    dice, began, good, parts, faults = random.Random(seed), time.monotonic(), set[Path](), 0, list[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        with a_project(folder) as project:
            for number in range(ARTICLES):
                add_article(project, f"{number} {TEXT} " + "word " * (LETTERS // 5))
        for _ in range(options.kills):
            killed(lambda writer: _work(project.path, folder / "kept", writer), dice.uniform(0, LONGEST_LIFE))
            ProjectFile.open(project.path, folder / "kept").close()  # takes back what was half written to the project
            for home in (folder / "kept").iterdir():
                parts += len(list(home.glob(".*.part")))
                for part in home.glob(".*.part"):
                    part.unlink()
                new = [one for one in backups.listed(home) if one.path not in good]
                faults += [fault for one in new if (fault := _fault(one, project.path))]
                good |= {one.path for one in new}
                strange = {path for path in home.iterdir() if path not in good}
                faults += [f"a strange file: {path.name}" for path in strange]
    print(
        f"seed {seed}: {options.kills} kills, {parts} in the middle of a backup, "
        f"{len(good)} backups under final names, {len(faults)} faults, {time.monotonic() - began:.1f} s"
    )
    for fault in faults:
        print("FAULT:", fault)
    return 1 if faults or not good else 0


def _work(path: Path, kept: Path, writer: int) -> None:
    """The child: edits and backups without end."""
    project, author, number = ProjectFile.open(path, kept), Author(ANNA.annotator), 0
    while True:
        number += 1
        add_article(project, f"{os.getpid()} {number}", author)
        with backups.reading(path) as connection:
            backups.make(connection, path, kept, Why.EDITS, datetime.now(UTC))
        os.write(writer, b".")


def _fault(one: Backup, project: Path) -> str:
    """What is wrong with a backup; empty when it is whole, says the truth and is a part of the project's past."""
    try:
        with closing(sqlite3.connect(f"{one.path.as_uri()}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",) or journal.broken_at(copy) is not None:
                return f"{one.path.name} is damaged"
            head, (length,) = journal.head(copy), copy.execute("SELECT count(*) FROM history").fetchone()
            (articles,) = copy.execute("SELECT count(*) FROM article").fetchone()
    except sqlite3.DatabaseError as error:
        return f"{one.path.name} cannot be read: {error}"
    with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)) as now:
        ((there,),) = now.execute("SELECT hash FROM history WHERE seq = ?", (length,)).fetchall()
    if (head, articles) != (there, one.articles) or not head.startswith(one.head):
        return f"{one.path.name} is not what the project was"
    return ""


if __name__ == "__main__":
    sys.exit(main())
