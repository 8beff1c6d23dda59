"""The composition root: the only file that sees every layer. It wires them and holds no logic."""

import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator import cli, logs, paths
from annotator.garbage import collect_seldom
from annotator.services.identity import person_at_work
from annotator.services.projects import Person


class Program:
    """The faces of the program. Qt is imported when a window is wanted, not for the command line."""

    def show_window(self, project: Path | None, *, sample: bool) -> int:
        """Opens the window and answers the exit code when it is closed."""
        from annotator.ui.application import run_window

        return run_window(project, sample=sample)

    def play_tour(self, folder: Path) -> int:
        """Plays the tour into a folder."""
        from annotator.ui.tour import run_tour

        return run_tour(folder)

    def person(self) -> Person:
        """Who works at this machine, the same in the window and on the command line."""
        return person_at_work(paths.person_file())


def end_when_asked() -> None:
    """From now on a signal to end the program lets it tidy up: the project is closed, half a change taken back."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Under nohup it is not to be heard.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def run(words: Sequence[str]) -> int:
    """Does what the words say."""
    end_when_asked()
    collect_seldom()
    logs.set_up(paths.log_file())
    return cli.main(words, Program())
