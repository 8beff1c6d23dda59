"""Annotates a project without end, saying after each edit that is saved how many there are.

With --steps one edit is made for each line that comes in. Whoever starts it ends it.

    python tests/promises/annotating.py PROJECT --steps
"""

import argparse
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.domain.authors import Author
from annotator.domain.queue import QueueFilter
from annotator.storage.project_file import ProjectFile
from tests.building import ANNA
from tests.promises.kill_gestures import gestures


def main() -> None:
    """Opens the project and goes on until it is ended."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("project", type=Path)
    parser.add_argument("--steps", action="store_true")
    options = parser.parse_args()
    with ProjectFile.open(options.project, options.project.parent / "backups") as project:
        author, done = Author(ANNA.annotator), len(project.known_rows())
        articles = project.queue(QueueFilter(), ANNA.annotator)
        print(done, flush=True)
        while not options.steps or sys.stdin.readline():
            next(gestures(project, author, articles, random.Random(done)))
            done += 1
            print(done, flush=True)


if __name__ == "__main__":
    main()
