"""Learning from the project: what it is, how far it is, how good it came out, and whether to use it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.errors import AnnotatorError
from annotator.services import learned_models, learning
from annotator.services.exporting import take_snapshot
from annotator.services.learning import FEWEST_ARTICLES, FEWEST_MARKS
from annotator.services.learning_apart import LearningApart
from annotator.ui.desk import Desk
from annotator.ui.jobs import BUSY, Job
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import ask, plain_label
from annotator.ui.widgets.sheets import fill, sheet

_COLUMNS = (
    "On articles held out", "Without: precision", "recall", "F1", "Learned: precision", "recall", "F1", "Recorded",
)  # fmt: skip
_ABOUT = (
    "A model is trained on what people annotated here: claims with source and cue, and names under this project's "
    "labels. Nothing leaves this machine. A fifth of the articles is held out and tells how good it is beside what is "
    f"suggested without learning. At least {FEWEST_ARTICLES} articles with {FEWEST_MARKS} claims or names are needed; "
    "some hundred make it good. It takes minutes; you can go on working."
)


class Learning(QDialog):
    """Stands beside the window. Nothing is used before “Use the learned model”; what was in use before stays."""

    def __init__(self, desk: Desk, used: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._used = desk, used
        self._job: Job[None] | None = None
        self._apart: LearningApart | None = None
        self.setWindowTitle("Learn from this project")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 220)
        self.said = plain_label(self._in_use(), wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Progress of learning")
        self.bar.hide()
        self.table = sheet("Scores on articles held out, without learning and learned", _COLUMNS)
        self.table.hide()
        self._buttons = foot(QDialogButtonBox.StandardButton.Close)
        self.start = self._button("Learn", self._learn)
        self.forget = self._button("Forget what was learned", self._forget)
        self.forget.setVisible(self._is_used())
        self.use = self._button("Use the learned model", self._use)
        self.keep = self._button("Keep as it was", self.close)
        self.use.hide()
        self.keep.hide()
        self._buttons.rejected.connect(self.close)
        whole = QVBoxLayout(self)
        for widget in (plain_label(_ABOUT, wrap=True, quiet=True), self.said, self.bar):
            whole.addWidget(widget)
        whole.addWidget(self.table, 1)
        whole.addStretch()
        whole.addWidget(self._buttons)
        self.start.setDefault(True)

    def _button(self, words: str, do: Callable[[], object]) -> QPushButton:
        button = self._buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        button.clicked.connect(do)
        return button

    def _in_use(self) -> str:
        try:
            card = learned_models.current(self._desk.workspace.records.project().id)
        except AnnotatorError as error:
            return str(error)
        if card is None:
            return "Nothing has been learned from this project yet."
        learned = f"learned {card.created[:10]} from {card.counts.get('articles', 0):,} articles"
        return f"In use: {' and '.join(card.uses)}, {learned}."

    def _learn(self) -> None:
        wishes = self._desk.wishes
        try:
            copy = take_snapshot(self._desk.workspace)
        except AnnotatorError as error:
            self.said.setText(str(error))
            return
        self._apart = LearningApart(copy, learning.Asked(folder=wishes.folder))
        self._job = Job("Learning", self._apart.steps, lambda _: None)
        self._job.progressed.connect(self._show_progress)
        self._job.ended.connect(self._ended)
        if not self._desk.jobs.run(self._job):
            self._job = None
            self._clear()
            self.said.setText(BUSY)
            return
        self.said.setText("Learning…")
        self.start.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _ended(self, error: str) -> None:
        is_cancelled = self._job is not None and self._job.is_cancelled and not error
        self._job = None
        self.bar.hide()
        self.start.setEnabled(True)
        if error or is_cancelled or self._apart is None:
            self._clear()
            self.said.setText(error or "Cancelled. Nothing was changed.")
        elif self.isVisible():
            self._show(self._apart.outcome)
        else:
            self._clear()

    def _show(self, outcome: learning.Outcome) -> None:
        fill(self.table, map(_cells, outcome.rows))
        self.table.resizeColumnsToContents()
        self.table.show()
        self.resize(max(self.width(), 720), max(self.height(), 460))
        better, trained = outcome.better, tuple(outcome.savers)
        worse = tuple(part for part in trained if part not in better)
        counts = outcome.counts
        sentence = f"Learned from {counts['articles']:,} articles with {counts['claims']:,} claims"
        sentence += f" and {counts['names']:,} names."
        sentence += f" Better than without: {' and '.join(better)}." if better else ""
        sentence += f" Not better: {' and '.join(worse)}." if worse else ""
        self.said.setText(sentence)
        self.start.hide()
        self.forget.hide()
        self._buttons.button(QDialogButtonBox.StandardButton.Close).hide()
        self.use.show()
        self.keep.show()
        (self.use if better else self.keep).setDefault(True)
        (self.use if better else self.keep).setFocus()

    def _use(self) -> None:
        assert self._apart is not None
        outcome = self._apart.outcome
        try:
            learning.save(outcome, outcome.better or tuple(outcome.savers))
        except AnnotatorError as error:
            self.said.setText(str(error))
            return
        self._desk.notices.said.emit("What was learned is used for suggestions from now on.")
        self._used()
        self.close()

    def _is_used(self) -> bool:
        return learned_models.folder_of(self._desk.workspace.records.project().id).exists()

    def _forget(self) -> None:
        text = "Suggestions are those of the rules and the pipeline again. Learning can be done again at any time."
        if not ask(self, "Forget what was learned?", text, "Forget"):
            return
        try:
            learned_models.forget(self._desk.workspace.records.project().id)
        except (AnnotatorError, OSError) as error:
            self.said.setText(str(error))
            return
        self.forget.hide()
        self.said.setText(self._in_use())
        self._used()

    def _clear(self) -> None:
        if self._apart is not None:
            self._apart.close()
            self._apart = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Gives up what is under way."""
        if self._job is not None:
            self._job.cancel()
        else:
            self._clear()
        super().closeEvent(event)


def _cells(row: learning.Row) -> tuple[str, ...]:
    figures = [figure for one in (row.untrained, row.learned) for figure in (one.precision, one.recall, one.f1)]
    shown = ("–" if figure is None else f"{100 * figure:.0f} %" for figure in figures)
    return (row.what, *shown, f"{row.learned.gold:,}")
