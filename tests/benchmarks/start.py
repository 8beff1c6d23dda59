"""From starting Python to the first painted article, against a bare window of the toolkit."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import median, seconds, show

RUNS = 7
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow, QTextEdit
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QTextEdit("text"))
window.resize(1440, 900)
window.show()
application.processEvents()
window.grab()
"""
OURS = """
import sys
from pathlib import Path
from annotator.ui.application import Application, make_qt_application
from annotator.services.projects import open_project
from annotator.ui.settings import Settings
from tests.benchmarks.making import WHO
application = make_qt_application()
folder = Path(sys.argv[1])
window = Application(Settings(folder / "settings.ini")).show_workspace(open_project(folder / "start.annot", WHO))
application.processEvents()
window.grab()
window.close()
"""


def main() -> None:
    """Measures whole processes, in turn, so that a slow moment of the machine meets both."""
    from annotator.services.samples import sample_project
    from tests.benchmarks.making import WHO

    with tempfile.TemporaryDirectory() as name:
        sample_project(Path(name) / "start.annot", WHO).close()
        run(OURS, name)
        bare, ours = [], []
        for _ in range(RUNS):
            bare.append(seconds(lambda: run(BARE, name)))
            ours.append(seconds(lambda: run(OURS, name)))
    show("start to first paint / bare window", median(ours), median(bare), 2.0)


def run(program: str, folder: str) -> None:
    """One process from start to end, with the byte code that an installed program has."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", program, folder], check=True, stderr=subprocess.DEVNULL, env=environment)


if __name__ == "__main__":
    main()
