"""The Qt application: which project is in the window, and how one follows another."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import createdByPython

from annotator import paths
from annotator.errors import AnnotatorError, DamagedProject, ForeignFile
from annotator.services.identity import person_at_work
from annotator.services.projects import open_project
from annotator.services.strangers import TakenIn, is_known
from annotator.services.workspace import Workspace
from annotator.ui import crash
from annotator.ui.backing_up import BackingUp
from annotator.ui.desk import make_desk
from annotator.ui.jobs import Jobs
from annotator.ui.main_window import MainWindow
from annotator.ui.settings import Settings
from annotator.ui.stopping import quit_when_asked
from annotator.ui.theme import Theme, set_blinking
from annotator.ui.widgets.plain import tell

_WRITTEN_ANEW = "This project came from elsewhere, so it was written anew; as it came it is kept among the backups."


class Application:
    """Holds the open window. There is one project at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.theme = Theme(settings.theme)
        self.theme.apply()
        if not settings.blinks:
            set_blinking(is_on=False)
        self.window: MainWindow | None = None
        self._start: QDialog | None = None

    def begin(self, project: Path | None, *, sample: bool) -> None:
        """Shows a project, the sample, the one open last, or the start window."""
        last = next((Path(name) for name in self.settings.recent if Path(name).exists()), None)
        if sample:
            self.show_sample()
        elif project or last:
            self.show_project(project or last or Path())
        if self.window is None and self._start is None:
            self.show_start()

    def show_start(self) -> None:
        """The start window."""
        from annotator.ui.dialogs.start import StartDialog

        start = self._start = StartDialog(self.settings)
        start.chosen.connect(self.show_project)
        start.sample_wanted.connect(self.show_sample)
        start.show()

    def show_project(self, path: Path) -> None:
        """Opens a project in place of the one in the window; says why when it cannot be opened."""
        if self.window is not None and self.window.controls.desk.workspace.records.path == path.resolve():
            self.window.raise_()
            return
        try:
            workspace, taken = self._opened(path)
        except DamagedProject as error:
            self._show_damaged(path, str(error))
        except ForeignFile as error:
            # A project whose first page is gone looks like a file of another program.
            from annotator.services.restoring import found_for

            if found_for(path):
                self._show_damaged(path, str(error))
            else:
                tell(self.window or self._start, "Open project", str(error))
        except AnnotatorError as error:
            tell(self.window or self._start, "Open project", str(error))
        else:
            if workspace is not None:
                window = self.show_workspace(workspace)
                if taken is not None and taken.is_rebuilt and not taken.recovered:
                    window.controls.desk.notices.said.emit(_WRITTEN_ANEW)

    def _opened(self, path: Path) -> tuple[Workspace | None, TakenIn | None]:
        """The open project, none when it was given up; and what became of it, if it came from elsewhere."""
        taken = None
        if not is_known(path):
            from annotator.ui.dialogs.looking_over import LookingOver

            taken = LookingOver(path, self.window or self._start).look()
            if taken is None:
                return None, None
        return open_project(path, person_at_work(paths.person_file()), was_looked_over=True, taken=taken), taken

    def _show_damaged(self, path: Path, sentence: str) -> None:
        """Offers the backups of a damaged project, and to salvage what can be read of it."""
        from annotator.services.restoring import found_for, project_id
        from annotator.ui.dialogs.backups import BackupDialog

        if self.window is None and self._start is None:
            self.show_start()
        dialog = BackupDialog(path, found_for(path, project_id(path)), self.window or self._start, sentence)
        dialog.made.connect(self._show_made)
        dialog.open()

    def _show_made(self, path: Path, lines: list[str]) -> None:
        self.show_project(path)
        if lines and self.window is not None:
            from annotator.ui.dialogs.report import ReportDialog

            ReportDialog("Salvage", f"What could be read is in {path.name}, a new file.", lines, self.window).open()

    def show_sample(self) -> None:
        """The sample project, made at its place if it is not there."""
        path = paths.sample_project_file()
        if path.exists():
            self.show_project(path)
            return
        from annotator.services.samples import sample_project

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            workspace = sample_project(path, person_at_work(paths.person_file()))
        except (AnnotatorError, OSError) as error:
            tell(None, "Sample project", str(error))
            return
        self.show_workspace(workspace)

    def show_workspace(self, workspace: Workspace) -> MainWindow:
        """A window on an open project; the one before is closed."""
        before, self.window = self.window, None
        if before is not None:
            before.close()
            before.deleteLater()
        self.settings.remember_project(workspace.records.path)
        desk = make_desk(workspace, Jobs(), self.settings, self.theme)
        # A project that opens another must be done with its own event first.
        self.window = MainWindow(desk, lambda path: QTimer.singleShot(0, lambda: self.show_project(path)))
        BackingUp(desk, self.window)
        self.window.show()
        if workspace.records.recovered:
            desk.notices.said.emit("Recovered from a session that was interrupted; nothing that was saved is lost.")
        if self._start is not None:
            self._start.close()
            self._start = None
        return self.window

    def close(self) -> None:
        """Closes the window where the end of the program has not done so: a session may end without asking windows."""
        if self.window is not None and self.window.isVisible():
            self.window.close()


def make_qt_application() -> QApplication:
    """The QApplication, made once."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        return application
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Annotator")
    application.setApplicationDisplayName("Annotator")
    application.setDesktopFileName("annotator")
    return application


def run_window(project: Path | None, *, sample: bool) -> int:
    """Opens the window and answers the exit code when it is closed."""
    qt_application = make_qt_application()
    crash.install()
    is_asked_to_end = quit_when_asked(qt_application)
    application = Application(Settings(paths.settings_file()))
    application.begin(project, sample=sample)
    # What is there now stays: the collector of garbage need not look through it again and again, 50 ms each time.
    gc.freeze()
    code = 0 if is_asked_to_end() else qt_application.exec()
    application.close()
    let_go_of_clipboard()
    return code


def let_go_of_clipboard() -> None:
    """Leaves what was copied there without a part of this program, which Qt would destroy after Python and crash."""
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        data = clipboard.mimeData(mode)
        if data is not None and createdByPython(data):
            clipboard.setText(data.text(), mode)
