"""From starting Python to the first painted article, against a bare window of the toolkit."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measuring import median, show

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
print("painted", flush=True)
"""
OURS = """
import sys
from pathlib import Path
from annotator.ui.application import Application, make_qt_application
from annotator.services.projects import open_project
from annotator.ui.settings import Settings
from annotator.services.projects import Person
WHO = Person("0190ffff-0000-7000-8000-000000000001", "Benchmark")
application = make_qt_application()
folder = Path(sys.argv[1])
window = Application(Settings(folder / "settings.ini")).show_workspace(open_project(folder / "start.annot", WHO))
application.processEvents()
window.grab()
print("painted", flush=True)
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
            bare.append(run(BARE, name))
            ours.append(run(OURS, name))
    show("start to first paint / bare window", median(ours), median(bare), 2.0)


def run(program: str, folder: str) -> float:
    """Seconds from starting one process to its first paint, with the byte code that an installed program has."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", program, folder]
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"painted"
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()
