"""Learning in a process of its own, so that the window never waits for it, and can end it at any time."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from annotator.errors import WorkStopped
from annotator.services.exporting import Snapshot
from annotator.services.learned_models import NotLearned
from annotator.services.learning import Asked, Outcome, learn
from annotator.services.workers import NICER, Worker


class LearningApart:
    """Learns from a copy of a project. outcome holds what came of it, ready to be saved, until it is closed."""

    def __init__(self, copy: Snapshot, asked: Asked) -> None:
        self._copy, self._asked = copy, asked
        self._folder = tempfile.TemporaryDirectory(prefix="annotator-")
        self.outcome = Outcome()

    def steps(self) -> Iterator[tuple[int, int, None]]:
        """The steps of learn; the other process ends with them, also when they are given up. Raises NotLearned."""
        folder = Path(self._folder.name)
        worker, last = Worker("learning", nicer=NICER), (0, 1, None)
        try:
            for said in worker.steps(_work, self._copy.path, self._asked, folder):
                if isinstance(said, Outcome):
                    self.outcome = said
                    self.outcome.savers = {path.name: partial(_copy, path) for path in folder.iterdir()}
                    continue
                last = said or last
                # Whoever gives it up need not wait for a long step.
                yield last
        except WorkStopped as error:
            raise NotLearned(
                f"Learning was stopped: {error}. Perhaps there is too little memory; try again."
            ) from error
        finally:
            worker.close()
            self._copy.close()
            if not self.outcome.savers:
                self._folder.cleanup()

    def close(self) -> None:
        """Deletes what was not saved. What is under way cleans up by itself."""
        self._copy.close()
        self._folder.cleanup()


def _copy(whole: Path, target: Path) -> None:
    if whole.is_dir():
        shutil.copytree(whole, target)
    else:
        shutil.copyfile(whole, target)


def _work(project_file: Path, asked: Asked, folder: Path) -> Iterator[Any]:
    """What the other process does: it says how far it is, and at last what came of it."""
    outcome = Outcome()
    yield from learn(project_file, asked, outcome)
    savers: dict[str, Callable[[Path], None]] = outcome.savers
    for part, save in savers.items():
        save(folder / part)
    outcome.savers = {}
    yield outcome
