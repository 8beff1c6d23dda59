"""Before annotations are carried over: from which version, how many have one certain place, and which stay behind."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotators import consensus_id
from annotator.domain.articles import Article
from annotator.domain.attributes import spoken
from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention
from annotator.editing.carrying import Left, Moved
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_new_file
from annotator.ui.edits import short
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import isolated, plain_label, plain_tip, tell
from annotator.ui.widgets.sheets import sheet
from annotator.ui.widgets.unseen import shown

_COLUMNS = ("Annotation", "Words", "Why it stays behind")


class CarryOverDialog(QDialog):
    """chosen is sent with the version to be looked at; what came of it is handed to take and show_all."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, article: Article, versions: tuple[Article, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._versions = desk, versions
        self._waiting = 0
        self._agreed = consensus_id(desk.workspace.records.project().id)
        self.moved: list[Moved] = []
        self.left: list[Left] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Carry over from another version")
        self.resize(820, 480)
        head = plain_label(f"To {isolated(article.title)} {_said(article)}", wrap=True)
        self.box = QComboBox()
        self.box.setAccessibleName("From which version")
        for version in versions:
            self.box.addItem(f"From {isolated(short(version.title, 60))} {_said(version)}")
        self.progress = QProgressBar()
        self.outcome = plain_label(wrap=True)
        self.table = sheet("What stays behind", _COLUMNS)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for column in (1, 2):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self.go = self.buttons.addButton("Carry over", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save = self.buttons.addButton("Save list…", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self._save)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        for part in (head, self.box, self.progress, self.outcome):
            whole.addWidget(part)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.buttons)
        self.box.currentIndexChanged.connect(self.choose)

    @property
    def version(self) -> Article:
        """The version that is chosen."""
        return self._versions[self.box.currentIndex()]

    def expect(self, annotations: int) -> None:
        """How many answers will come, unless the looking is cut short."""
        self._waiting = annotations

    def choose(self) -> None:
        """Begins with the version that is chosen."""
        self.moved, self.left = [], []
        self.table.setRowCount(0)
        self.outcome.clear()
        self.progress.setRange(0, 0)
        self.progress.show()
        for part in (self.go, self.save, self.box):
            part.setEnabled(False)
        self.chosen.emit(self.version)

    def take(self, worked: list[Moved | Left]) -> None:
        """Some answers; those about agreed records are passed over, since a decision is about its own text."""
        self._waiting -= len(worked)
        for one in worked:
            if one.annotation.author != self._agreed:
                (self.moved if isinstance(one, Moved) else self.left).append(one)  # type: ignore[arg-type]

    def show_progress(self, done: int, total: int) -> None:
        """How far the looking is."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def show_all(self, error: str) -> None:
        """What would be carried over and what not; or why nothing can."""
        self.progress.hide()
        self.box.setEnabled(True)
        if error or self._waiting:
            self.outcome.setText(error or "Cancelled. Close this and begin anew.")
            return
        total, certain = len(self.moved) + len(self.left), len(self.moved)
        if not total:
            self.outcome.setText("Nothing is annotated in that version.")
            return
        few = "They keep the names of those who made them; comments and decisions stay with the other version."
        self.outcome.setText(
            f"{certain:,} of {total:,} annotations have one certain place in this text: the same words between the "
            f"same words. {few}"
        )
        self.table.setVisible(bool(self.left))
        self.table.setRowCount(len(self.left))
        for row, one in enumerate(self.left):
            for column, words in enumerate(self._cells(one)):
                item = QTableWidgetItem(shown(words))
                item.setToolTip(plain_tip(words))
                self.table.setItem(row, column, item)
        self.go.setEnabled(certain > 0)
        self.save.setEnabled(bool(self.left))
        if certain:
            self.go.setDefault(True)
            self.go.setFocus()

    def _cells(self, left: Left) -> tuple[str, str, str]:
        annotation = left.annotation
        if isinstance(annotation, Mention):
            return self._desk.schema.label(annotation.label).name, " ".join(annotation.quote.split()), left.reason
        if isinstance(annotation, Claim):
            return "Claim", " ".join(annotation.quote.split()), left.reason
        words = annotation.span.cut(self._desk.workspace.records.text(annotation.article))
        return f"Zone: {spoken(annotation.kind)}", " ".join(words.split()), left.reason

    def _save(self) -> None:
        offered = self._desk.workspace.records.path.with_name("Stays behind.txt")
        target = ask_new_file(self, "Save list", Path(offered), "Text (*.txt)")
        if target is None:
            return
        try:
            target.write_text("".join("\t".join(self._cells(one)) + "\n" for one in self.left), encoding="utf-8")
        except OSError as error:
            tell(self, "Save list", f"“{target.name}” could not be written: {error.strerror}.")


def _said(article: Article) -> str:
    about = (isolated(article.publisher), article.published[:10], f"came in {article.created[:10]}")
    return f"({', '.join(part for part in about if part)}, {article.length:,} characters)"
