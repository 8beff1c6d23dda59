"""The tour: a whole session played through real keys and clicks, with pictures. The proof where there is no screen."""

import logging
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop

from annotator.domain.ids import AnnotatorId, IdSource
from annotator.errors import AnnotatorError
from annotator.services.projects import Person
from annotator.services.samples import sample_project
from annotator.ui.application import Application, make_qt_application
from annotator.ui.corpora import Corpora
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.tour.player import Player
from annotator.ui.tour.session import play

logger = logging.getLogger(__name__)

_PROJECT, _EXPORT = "tour.annot", "tour.jsonl"
_SIZE = (1440, 900)


def run_tour(folder: Path) -> int:
    """Plays the tour; leaves in folder the project, its export and numbered pictures, in place of those of before."""
    make_qt_application()
    folder = folder.resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob("[0-9][0-9]-*.png"), folder / _PROJECT, folder / _EXPORT):
            old.unlink(missing_ok=True)
    except OSError as error:
        raise AnnotatorError(f"The tour cannot write to “{folder}”: {error.strerror}.") from error
    with tempfile.TemporaryDirectory() as kept:
        settings = Settings(Path(kept) / "settings.ini")
        settings.looks_ahead = False  # the same pictures with and without a language model
        application = Application(settings)
        application.theme.choose("light")
        who = Person(AnnotatorId(IdSource()()), "Tour")
        window = application.show_workspace(sample_project(folder / _PROJECT, who))
        window.resize(*_SIZE)
        player = Player(window, folder)
        play(player)
        _export(window, folder / _EXPORT)
        window.close()
    logger.info("tour: %d keys, %d clicks, %d pictures", player.keys, player.clicks, player.pictures)
    return 0


def _export(window: MainWindow, target: Path) -> None:
    jobs, wait = window.controls.desk.jobs, QEventLoop()
    Corpora(window.controls.desk, window).export_now(target)
    if jobs.current is not None:
        jobs.current.ended.connect(wait.quit)
        wait.exec()
