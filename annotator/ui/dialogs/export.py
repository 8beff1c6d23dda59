"""Before an export: the format and what it cannot carry, which articles and whose records, split into parts or not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.assignments import State
from annotator.domain.ids import ArticleId
from annotator.domain.selections import GROUPS, Selection, Split
from annotator.services.exporting import WRITERS, Option, options_of
from annotator.ui.desk import Desk
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label, plain_row
from annotator.ui.widgets.unseen import shown

_TOGETHER = {"": "nothing", "publisher": "articles of one publisher", "published": "articles of one day"}


class ExportDialog(QDialog):
    """Accepted when the user says export; it tells what she chose. listed are the articles that pass the filter."""

    def __init__(self, desk: Desk, listed: tuple[ArticleId, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._listed = desk, listed
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export")
        self.resize(620, 400)
        self.format = QComboBox()
        self.format.setAccessibleName("Format")
        for writer in WRITERS:
            self.format.addItem(f"{writer.title} ({'folder' if writer.is_folder else writer.suffix})", writer.key)
        self.cannot = plain_label(wrap=True, quiet=True)
        self.choices: dict[str, QComboBox] = {}
        self.articles, self.people = QComboBox(), QComboBox()
        self.in_play = QCheckBox("Leave out what is in zones out of play (credits, boilerplate, by-lines)")
        self.split, self.parts = QCheckBox("Split into train, dev and test"), QWidget()
        self.shares = QLineEdit("0.8, 0.1, 0.1")
        self.seed, self.by = QSpinBox(), QComboBox()
        self.problem = plain_label(wrap=True)
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self._export = self.buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self._fill()
        self._build()
        self.format.currentIndexChanged.connect(self._show_format)
        self.shares.textChanged.connect(self._check)
        self.split.toggled.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._show_format()
        self._check()

    def _fill(self) -> None:
        total = self._desk.workspace.records.article_count()
        self.articles.addItem(f"All ({total:,})", "all")
        if len(self._listed) != total:
            self.articles.addItem(f"The {len(self._listed):,} that the filter of the list shows", "listed")
        if self._desk.focus.article is not None:
            self.articles.addItem("The article that is shown", "shown")
        for state in (State.DONE, State.DOING, State.TO_DO):
            self.articles.addItem(f"Those that are {state.value}", state)
        self.articles.setAccessibleName("Articles")
        self.people.addItem("Everybody", "")
        for annotator in self._desk.workspace.records.annotators():
            agreed = annotator.kind is AnnotatorKind.CONSENSUS
            self.people.addItem("What reviewers accepted" if agreed else shown(annotator.name), annotator.id)
        self.people.setAccessibleName("Whose records")
        self.seed.setRange(0, 2**31 - 1)
        for group in GROUPS:
            self.by.addItem(_TOGETHER[group], group)

    def _build(self) -> None:
        rows = QFormLayout()
        rows.addRow("Format", self.format)
        rows.addRow("", self.cannot)
        self._rows = rows
        rows.addRow("Articles", self.articles)
        rows.addRow("Records of", self.people)
        rows.addRow("", self.in_play)
        rows.addRow("", self.split)
        self.parts.setEnabled(False)
        self.split.toggled.connect(self.parts.setEnabled)
        parts = self._parts = QFormLayout(self.parts)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.addRow("Shares", self.shares)
        parts.addRow("", self.problem)
        parts.addRow("Seed", self.seed)
        parts.addRow("Keep together", self.by)
        whole = QVBoxLayout(self)
        rows.addRow("", self.parts)
        whole.addLayout(rows)
        whole.addStretch(1)
        whole.addWidget(self.buttons)

    def _show_format(self) -> None:
        wanted = WRITERS[self.format.currentIndex()]
        for box in self.choices.values():
            self._rows.removeRow(box)
        self.choices = {option.key: self._choice(option) for option in options_of(wanted)}
        cannot = wanted.cannot
        self.cannot.setText(f"Cannot carry: {'; '.join(cannot)}." if cannot else "Carries everything.")

    def _choice(self, option: Option) -> QComboBox:
        """A row for an option of the format, below what it cannot carry."""
        box = QComboBox()
        box.setAccessibleName(option.title)
        for value, words in option.choices:
            box.addItem(words, value)
        below = self._rows.getWidgetPosition(self.cannot)[0] + 1 + len(self.choices)  # type: ignore[index]
        plain_row(self._rows, option.title, box, below)
        return box

    def _split(self) -> Split | None:
        if not self.split.isChecked():
            return None
        train, dev, test = (float(share) for share in self.shares.text().split(","))
        return Split((train, dev, test), self.seed.value(), str(self.by.currentData()))

    def _check(self) -> None:
        try:
            self._split()
        except ValueError:
            self.problem.setText("Write three shares that make up the whole, such as 0.8, 0.1, 0.1.")
        else:
            self.problem.setText("")
        self._parts.setRowVisible(self.problem, bool(self.problem.text()))
        self._export.setEnabled(not self.problem.text())

    def writer_key(self) -> str:
        """The format that was chosen."""
        return str(self.format.currentData())

    def options(self) -> dict[str, str]:
        """What was chosen of the format's options."""
        return {key: str(box.currentData()) for key, box in self.choices.items()}

    def selection(self) -> Selection:
        """What was chosen."""
        which, person, article = self.articles.currentData(), self.people.currentData(), self._desk.focus.article
        articles = self._listed if which == "listed" else (article,) if which == "shown" and article else ()
        return Selection(
            articles=articles,
            annotators=(person,) if person else (),
            states=(State(which),) if isinstance(which, State) else (),
            with_out_of_play=not self.in_play.isChecked(),
            split=self._split(),
        )
