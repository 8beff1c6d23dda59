"""Who suggests: which proposers look at articles, what a pipeline's labels become, and which pipeline it is."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.suggestions import Wishes
from annotator.errors import FormatError
from annotator.services.pipelines import About, about_folder, guesses, language_of, pipeline_for
from annotator.services.proposing import CLAIMS, KNOWN, LEARNED, NAMES, PLACES, WHO, ZONES
from annotator.ui.desk import Desk
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import ask, plain_label, tell
from annotator.ui.widgets.unseen import shown
from annotator.ui.widgets.widths import letters

_WHAT = {
    NAMES: "People, bodies, places, dates and amounts, by the pipeline below",
    KNOWN: "Names and aliases that this project knows, with their entity",
    PLACES: "Where the places are, by the world's list and the article's other places",
    WHO: "Spellings, surnames, roles and pronouns of one; a name of two is asked",
    CLAIMS: "Claims with content, cue and source, by rules over the sentence",
    LEARNED: "In the place of names and claim rules, what was learned from this project",
    ZONES: "Headlines, captions, credits, newsletter and share-bar text",
}
_GUESSED, _NOT = "As guessed", "Not suggested"
_CODE = (
    "Loading a pipeline runs what it brings along, as a program would. Use one only if you trust who made it. "
    "Projects cannot name pipelines: only you can, here."
)


class Suggesters(QDialog):
    """What is chosen holds from OK on, in this window and later ones; labels for projects with the same schema."""

    def __init__(self, desk: Desk, chosen: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._chosen = desk, chosen
        self._wishes = desk.settings.wishes(desk.schema.name)
        self._folder = self._wishes.folder
        self._language = language_of(desk.contents.article)
        self.setWindowTitle("Who suggests")
        self.resize(letters(self, 80), letters(self, 76))
        buttons = foot(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setSpacing(12)
        whole.addWidget(self._proposers())
        whole.addWidget(self._pipeline())
        whole.addWidget(self._labels(), 1)
        whole.addWidget(buttons)

    def _proposers(self) -> QGroupBox:
        box = QGroupBox("Proposers")
        grid = QGridLayout(box)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(16)
        self.boxes: dict[str, QCheckBox] = {}
        for row, (proposer, what) in enumerate(_WHAT.items()):
            tick = self.boxes[proposer] = QCheckBox(proposer.capitalize())
            tick.setChecked(proposer not in self._wishes.off)
            tick.setAccessibleDescription(what)
            grid.addWidget(tick, row, 0)
            grid.addWidget(plain_label(what, quiet=True), row, 1)
        return box

    def _pipeline(self) -> QGroupBox:
        box = QGroupBox("Pipeline")
        row = QHBoxLayout(box)
        self.said = plain_label("", wrap=True)
        self.choose_folder, self.use_installed = QPushButton("Choose folder…"), QPushButton("Use the installed one")
        for button in (self.choose_folder, self.use_installed):
            button.setAutoDefault(False)  # Return is OK, wherever the keyboard is
        self.choose_folder.clicked.connect(self._ask_folder)
        self.use_installed.clicked.connect(lambda: self._take(None))
        row.addWidget(self.said, 1)
        row.addWidget(self.choose_folder)
        row.addWidget(self.use_installed)
        self._tell()
        return box

    def _labels(self) -> QGroupBox:
        box = QGroupBox(f"Labels of the pipeline in projects with the schema {shown(self._desk.schema.name)}")
        said, schema = dict(self._wishes.labels), self._desk.schema
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(16)
        self.choices: dict[str, QComboBox] = {}
        for row, (name, guess) in enumerate(guesses(schema, self._about()).items()):
            choice = self.choices[name] = QComboBox()
            choice.setAccessibleName(f"What {name} becomes")
            choice.addItem(f"{_GUESSED}: {shown(schema.label(guess).name) if guess else _NOT.lower()}", None)
            choice.addItem(_NOT, "")
            for label in schema.labels:
                choice.addItem(shown(label.name), label.key)
            choice.setCurrentIndex(max(0, choice.findData(said[name])) if name in said else 0)
            label_ = plain_label(name)
            label_.setSizePolicy(choice.sizePolicy())
            label_.setBuddy(choice)
            grid.addWidget(label_, row, 0)
            grid.addWidget(choice, row, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(rows)
        QVBoxLayout(box).addWidget(area)
        return box

    def _about(self) -> About | None:
        with suppress(FormatError):  # the folder may have gone since it was chosen
            return pipeline_for(self._language, self._folder)
        return None

    def _tell(self) -> None:
        about = self._about()
        where = f"in {self._folder}" if self._folder is not None else "installed"
        if about is not None:
            self.said.setText(f"{about.version}, {where}")
        elif self._folder is not None:
            self.said.setText(f"There is no pipeline any more {where}.")
        else:
            self.said.setText(f"None is installed for the language {self._language}: names and claims need one.")
        self.use_installed.setEnabled(self._folder is not None)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Folder of a spaCy pipeline", str(self._folder or ""))
        if not chosen:
            return
        try:
            about = about_folder(Path(chosen))
        except FormatError as error:
            tell(self, "No pipeline", str(error))
            return
        if ask(self, "Use this pipeline?", f"{about.version}. {_CODE}", "Use it"):
            self._take(Path(chosen))

    def _take(self, folder: Path | None) -> None:
        self._folder = folder
        self._tell()

    def accept(self) -> None:
        """Keeps what is chosen and has the article looked at again where that changes something."""
        off = frozenset(proposer for proposer, tick in self.boxes.items() if not tick.isChecked())
        chosen = {name: choice.currentData() for name, choice in self.choices.items()}
        labels = dict(self._wishes.labels) | {name: key for name, key in chosen.items() if key is not None}
        kept = tuple(sorted((name, key) for name, key in labels.items() if chosen.get(name, key) is not None))
        wishes = Wishes(off, kept, self._folder)
        if wishes != self._wishes:
            self._desk.settings.set_wishes(self._desk.schema.name, wishes)
            self._chosen()
        super().accept()
