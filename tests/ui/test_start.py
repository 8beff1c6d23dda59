"""What a start does not need is imported later: the window is there sooner."""

import os
import subprocess
import sys
from pathlib import Path

import annotator

LATER = (
    "psutil",
    "rapidfuzz",
    "regex",
    "spacy",
    "dateparser",
    "annotator.domain.comparison",
    "docx",
    "lxml",
    "openpyxl",
    "pypdfium2",
    "trafilatura",
    "annotator.domain.found",
    "annotator.formats.document_kinds",
    "annotator.formats.registry",
    "annotator.places.ranking",
    "annotator.services.accounts",
    "annotator.services.documents",
    "annotator.services.duplicates",
    "annotator.services.learning",
    "annotator.services.known_names",
    "annotator.services.places",
    "annotator.services.reading",
    "annotator.services.restoring",
    "annotator.services.suggesting",
    "annotator.ui.claims_window",
    "annotator.storage.pages",
    "annotator.ui.corpora",
    "annotator.ui.dialogs.backups",
    "annotator.ui.dialogs.learning",
    "annotator.ui.dialogs.splitting",
    "annotator.ui.dialogs.suggestions",
    "annotator.ui.forms.claim",
    "annotator.ui.forms.entity",
    "annotator.ui.forms.mention",
    "annotator.ui.name_lists",
    "annotator.ui.review",
    "annotator.ui.same_or_not",
    "annotator.ui.widgets.graph",
)


def test_the_window_is_imported_without_what_is_used_later() -> None:
    program = "import sys, annotator.ui.main_window; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "annotator.ui.main_window" in loaded
    assert not loaded.intersection(LATER)


def test_no_source_is_read_for_the_toolkits_sake() -> None:
    """PySide6 looks for its own name in the source of all that is imported later, unless it is kept from that."""
    program = "import linecache, annotator.ui.main_window; print(*linecache.cache, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    own = str(Path(annotator.__file__).parent)
    assert not [path for path in run.stdout.splitlines() if path.startswith(own)]


COPIES_AND_CLOSES = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from annotator.ui import application
from annotator.ui.main_window import MainWindow

def work():
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    if not windows or not windows[0].view.text:
        QTimer.singleShot(100, work)
        return
    windows[0].view.selectAll()
    windows[0].view.copy()
    print(len(QApplication.clipboard().text()), flush=True)
    windows[0].close()

made = application.make_qt_application

def made_and_used():
    qt_application = made()
    QTimer.singleShot(100, work)
    return qt_application

application.make_qt_application = made_and_used
sys.exit(application.run_window(None, sample=True))
"""


def test_a_window_that_was_copied_from_ends_without_a_crash(tmp_path: Path) -> None:
    homes = {f"XDG_{name}_HOME": str(tmp_path / name) for name in ("CONFIG", "DATA", "CACHE", "STATE", "DOCUMENTS")}
    environment = os.environ | homes | {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    command = [sys.executable, "-c", COPIES_AND_CLOSES]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=100)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 100
