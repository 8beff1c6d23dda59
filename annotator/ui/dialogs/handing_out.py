"""Before handing out: to whom, which articles, how many people read each, and whether they see what others recorded."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotators import AnnotatorKind
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.queue import QueueFilter
from annotator.services.teamwork import Deal, dealt
from annotator.ui.desk import Desk
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label


class HandOutDialog(QDialog):
    """Accepted when the user says hand out; it tells what she chose. listed are the articles that pass the filter."""

    def __init__(self, desk: Desk, listed: tuple[ArticleId, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._listed = desk, listed
        workspace = desk.workspace
        self._all = workspace.records.queue(QueueFilter(), workspace.author.annotator)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Hand out articles")
        self.resize(560, 460)
        self.people = QPlainTextEdit()
        self.people.setAccessibleName("Names, one in a line")
        self.people.setPlaceholderText("One name in a line")
        self.people.setTabChangesFocus(True)
        self.which = QComboBox()
        self.overlap, self.pilots, self.seed = QSpinBox(), QSpinBox(), QSpinBox()
        self.blind = QCheckBox("Blind: nobody sees what others recorded")
        self.blind.setChecked(True)
        self.outcome = plain_label(wrap=True)
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self._go = self.buttons.addButton("Hand out…", QDialogButtonBox.ButtonRole.AcceptRole)
        self._fill()
        self._build()
        self.people.textChanged.connect(self._show)
        self.which.currentIndexChanged.connect(self._show)
        for number in (self.overlap, self.pilots, self.seed):
            number.valueChanged.connect(self._show)
        self._show()

    def _fill(self) -> None:
        workspace = self._desk.workspace
        others = [
            one.name
            for one in workspace.records.annotators()
            if one.kind is AnnotatorKind.PERSON and one.id != workspace.author.annotator
        ]
        self.people.setPlainText("\n".join(others))
        self.which.addItem(f"All ({len(self._all):,})", "all")
        if len(self._listed) != len(self._all):
            self.which.addItem(f"The {len(self._listed):,} that the filter of the list shows", "listed")
        self.overlap.setRange(1, 6)
        self.pilots.setRange(0, len(self._all))
        self.seed.setRange(0, 2**31 - 1)

    def _build(self) -> None:
        rows = QFormLayout()
        rows.addRow("To", self.people)
        rows.addRow("Articles", self.which)
        rows.addRow("People for each", self.overlap)
        rows.addRow("First ones to all", self.pilots)
        rows.addRow("Seed", self.seed)
        rows.addRow("", self.blind)
        self.seed.setToolTip("The same seed deals the same articles to the same people")
        self.overlap.setToolTip("How many people read each article; agreement needs two")
        self.pilots.setToolTip("So many first articles go to everybody, to settle the guidelines")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.addLayout(rows)
        whole.addWidget(self.outcome)
        whole.addStretch(1)
        whole.addWidget(self.buttons)

    def _show(self) -> None:
        names = self.names()
        if not names:
            self.outcome.setText("Write the name of at least one person.")
        elif self.overlap.value() > len(names):
            self.outcome.setText(f"There are only {len(names)} people to read each article.")
        elif not self.articles():
            self.outcome.setText("There is no article to hand out.")
        else:
            loads = dealt(self.articles(), [AnnotatorId(name) for name in names], self.deal())
            said = [f"{name}: {len(given):,}" for name, given in loads.items()]
            self.outcome.setText(f"Articles for each: {', '.join(said)}.")
            self._go.setEnabled(True)
            return
        self._go.setEnabled(False)

    def names(self) -> list[str]:
        """The people, each once."""
        lines = (" ".join(line.split()) for line in self.people.toPlainText().splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def articles(self) -> tuple[ArticleId, ...]:
        """What is handed out."""
        return self._listed if self.which.currentData() == "listed" else self._all

    def deal(self) -> Deal:
        """How it is dealt."""
        return Deal(self.overlap.value(), self.pilots.value(), self.seed.value())

    def is_blind(self) -> bool:
        """Whether nobody is to see what others recorded."""
        return self.blind.isChecked()
