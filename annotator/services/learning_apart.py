"""Learning in a process of its own, so that the window never waits for it, and can end it at any time."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from annotator.errors import AnnotatorError
from annotator.services.apart import step_back
from annotator.services.exporting import Snapshot
from annotator.services.learned_models import NotLearned
from annotator.services.learning import Asked, Outcome, learn

_PATIENCE = 0.5
"""Seconds."""


class LearningApart:
    """Learns from a copy of a project. outcome holds what came of it, ready to be saved, until it is closed."""

    def __init__(self, copy: Snapshot, asked: Asked) -> None:
        self._copy, self._asked = copy, asked
        self._folder = tempfile.TemporaryDirectory(prefix="annotator-")
        self.outcome = Outcome()

    def steps(self) -> Iterator[tuple[int, int, None]]:
        """The steps of learn; the other process ends with them, also when they are given up. Raises NotLearned."""
        context = get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        folder = Path(self._folder.name)
        process = context.Process(
            target=_work, args=(theirs, self._copy.path, self._asked, folder), name="learning", daemon=True
        )
        process.start()
        theirs.close()
        last = (0, 1, None)
        try:
            while True:
                # Whoever gives it up need not wait for a long step.
                if not ours.poll(_PATIENCE):
                    yield last
                    continue
                said = _next(ours)
                if said is None:
                    raise NotLearned("The process that learns has ended, perhaps for want of memory. Try again.")
                if isinstance(said, str):
                    raise NotLearned(said)
                if isinstance(said, Outcome):
                    self.outcome = said
                    self.outcome.savers = {path.name: partial(_copy, path) for path in folder.iterdir()}
                    return
                last = said
                yield last
        finally:
            process.kill()
            process.join()
            ours.close()
            self._copy.close()
            if not self.outcome.savers:
                self._folder.cleanup()

    def close(self) -> None:
        """Deletes what was not saved. What is under way cleans up by itself."""
        self._copy.close()
        self._folder.cleanup()


def _next(ours: Connection) -> Any:
    """What the other process says next; None when it has ended."""
    try:
        return ours.recv()
    except (EOFError, OSError):
        return None


def _copy(whole: Path, target: Path) -> None:
    if whole.is_dir():
        shutil.copytree(whole, target)
    else:
        shutil.copyfile(whole, target)


def _work(theirs: Connection, project_file: Path, asked: Asked, folder: Path) -> None:
    """What the other process does: it says how far it is, and at last what came of it."""
    step_back()
    outcome = Outcome()
    try:
        for step in learn(project_file, asked, outcome):
            theirs.send(step)
        savers: dict[str, Callable[[Path], None]] = outcome.savers
        for part, save in savers.items():
            save(folder / part)
    except AnnotatorError as error:
        theirs.send(str(error))
        return
    outcome.savers = {}
    theirs.send(outcome)
