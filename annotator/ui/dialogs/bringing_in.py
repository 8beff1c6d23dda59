"""Before a teammate's file comes in: what is new, changed and deleted, and what two people want differently."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.services.teamwork import Preview, Question, Teammate
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import isolated, plain_label

_COLUMNS = ("", "new", "changed", "deleted")
_MOST = 300
"""Conflicts that are asked about; of more, the others are kept as the program picks."""


class BringInDialog(QDialog):
    """Accepted when the user says bring in; answers tells how she settled the conflicts."""

    def __init__(self, desk: Desk, path: Path, found: Teammate, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._boxes: list[tuple[Question, QComboBox]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Bring in")
        self.resize(720, 520)
        people = ", ".join(isolated(one.name) for one in found.annotators)
        self.head = plain_label(f"{path.name}: project “{found.project.name}”, signed by {people}", wrap=True)
        self.warning = plain_label(wrap=True)
        if not found.is_related:
            self.warning.setText(
                "This file does not come from the project that is open. Its articles and what is recorded in them "
                "come in; its schema does not."
            )
        self.warning.setVisible(not found.is_related)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self._body = QVBoxLayout()
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self.take = self.buttons.addButton("Bring in", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setEnabled(False)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addWidget(self.head)
        whole.addWidget(self.warning)
        whole.addWidget(self.progress)
        whole.addLayout(self._body, 1)
        whole.addWidget(self.buttons)

    def show_progress(self, done: int, total: int) -> None:
        """How far looking at the file is."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def show_preview(self, found: Preview | None, error: str) -> None:
        """What would happen; or why nothing can."""
        self.progress.hide()
        if found is None:
            self._body.addWidget(plain_label(error or "Cancelled.", wrap=True))
            self._body.addStretch(1)
            return
        # What two people changed may stay as it is here, and can be settled all the same.
        is_vain = found.summary.is_empty and not found.questions
        if is_vain:
            self._body.addWidget(plain_label("There is nothing in it that the project does not have.", wrap=True))
        elif not found.summary.is_empty:
            self._body.addLayout(self._counts(found))
        if found.questions:
            self._body.addWidget(plain_label(_ASKED, wrap=True))
            self._body.addWidget(self._questions(found.questions), 1)
        if found.problems:
            self._body.addWidget(plain_label("Left out, and why", quiet=True))
            lines = QPlainTextEdit("\n".join(found.problems))
            lines.setReadOnly(True)
            lines.setAccessibleName("What is left out and why")
            self._body.addWidget(lines, 1)
        if not found.questions and not found.problems:
            self._body.addStretch(1)
        self.take.setEnabled(not is_vain)
        self.take.setDefault(True)
        self.take.setFocus()

    def _counts(self, found: Preview) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(len(_COLUMNS), 1)
        grid.setHorizontalSpacing(24)
        counts = (found.summary.new, found.summary.changed, found.summary.deleted)
        kinds = sorted({kind for part in counts for kind in part})
        for column, name in enumerate(_COLUMNS):
            grid.addWidget(_cell(name, is_number=column > 0, quiet=True), 0, column)
        for row, kind in enumerate(kinds, start=1):
            grid.addWidget(_cell(_PLURALS.get(kind, f"{kind}s")), row, 0)
            for column, part in enumerate(counts, start=1):
                grid.addWidget(_cell(f"{part[kind]:,}" if part[kind] else "–", is_number=True), row, column)
        return grid

    def _questions(self, questions: tuple[Question, ...]) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for row, question in enumerate(questions[:_MOST]):
            box = QComboBox()
            what = f"{_field(question)} of “{short(question.words)}”"
            box.setAccessibleName(what)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            for wish in _distinct(question):
                box.addItem(f"{wish[0]}: {wish[1]}", wish[2])
            place = next((n for n, wish in enumerate(_distinct(question)) if wish[2] == question.now), 0)
            box.setCurrentIndex(place)
            label = plain_label(what, wrap=True)
            label.setBuddy(box)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
            self._boxes.append((question, box))
        if len(questions) > _MOST:
            grid.addWidget(plain_label(f"… and {len(questions) - _MOST:,} more, kept as they are"), _MOST, 0)
        grid.setRowStretch(_MOST + 1, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def answers(self) -> list[tuple[Question, Any]]:
        """The conflicts with what was chosen for each."""
        return [(question, box.currentData()) for question, box in self._boxes]


_ASKED = "Two people want these differently. Choose one each; what the others wanted stays in the history."
_PLURALS = {"entity": "entities", "project": "project and schema"}


def _cell(words: str, *, is_number: bool = False, quiet: bool = False) -> QWidget:
    label = plain_label(words, quiet=quiet)
    label.setSizePolicy(label.sizePolicy().Policy.Minimum, label.sizePolicy().verticalPolicy())
    if is_number:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def _field(question: Question) -> str:
    if not question.field:
        return "Deleted by one, changed by another:"
    name = question.field.removeprefix("schema ").replace("=", "").replace("_", " ")
    return name[:1].upper() + name[1:]


def _distinct(question: Question) -> list[tuple[str, str, Any]]:
    """Who wants what: people who want the same are named together."""
    if not question.field:
        who = ", ".join(dict.fromkeys(wish.who for wish in question.wishes))
        return [("keep", "it was worked on", "keep"), (f"delete, as {who}", "", None)]
    found: dict[str, tuple[list[str], Any]] = {}
    for wish in question.wishes:
        found.setdefault(repr(wish.value), ([], wish.value))[0].append(wish.who)
    return [(", ".join(dict.fromkeys(who)), _said(value), value) for who, value in found.values()]


def _said(value: Any) -> str:
    if value is None or value in ("", [], ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        import json

        return short(json.dumps(value, ensure_ascii=False), 80)
    return short(str(value), 80)
