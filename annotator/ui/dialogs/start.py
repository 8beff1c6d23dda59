"""What is shown when there is no project to open: make one, open one, or try the sample."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout

from annotator.ui.files import ask_new_path, ask_open_path, make_project
from annotator.ui.settings import Settings
from annotator.ui.widgets.plain import PlainLink, plain_label


class StartDialog(QDialog):
    """chosen is sent with the path of a project; sample_wanted when the sample project should be shown."""

    chosen = Signal(object)
    sample_wanted = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.setWindowTitle("Annotator")
        self.setMinimumWidth(520)
        heading = plain_label("Annotator")
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.8)
        heading.setFont(font)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(28, 24, 28, 24)
        whole.setSpacing(12)
        whole.addWidget(heading)
        whole.addWidget(plain_label("Record who did what, where, and who says so.", quiet=True))
        whole.addSpacing(8)
        row = QHBoxLayout()
        for words, act in (
            ("New project…", self._new),
            ("Open project…", self._open),
            ("Sample project", self.sample_wanted.emit),
        ):
            button = QPushButton(words)
            button.setMinimumHeight(36)
            button.clicked.connect(act)
            row.addWidget(button)
        whole.addLayout(row)
        recent = [Path(name) for name in settings.recent if Path(name).exists()]
        if recent:
            whole.addWidget(plain_label("Opened lately", quiet=True))
        for path in recent:
            link = PlainLink(f"{path.stem} – {path.parent}")
            link.clicked.connect(lambda _=False, path=path: self.chosen.emit(path))
            whole.addWidget(link)
        whole.setAlignment(Qt.AlignmentFlag.AlignTop)

    def _new(self) -> None:
        path = ask_new_path(self, self._settings.last_folder)
        if path is not None:
            make_project(self, path, self.chosen.emit)

    def _open(self) -> None:
        path = ask_open_path(self, self._settings.last_folder)
        if path is not None:
            self.chosen.emit(path)
