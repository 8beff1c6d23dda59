"""How well people agree: asked for, worked out in the background, shown in tables, saved for a paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.annotators import AnnotatorKind
from annotator.errors import AnnotatorError
from annotator.services import comparing
from annotator.services.comparing import Asked, Comparison, Found, Report
from annotator.services.exporting import take_snapshot
from annotator.ui.desk import Desk
from annotator.ui.dialogs.questions import ask_new_file
from annotator.ui.jobs import BUSY, Job
from annotator.ui.pages.months_page import MonthsPage
from annotator.ui.pages.review_page import ReviewPage
from annotator.ui.pages.scores_page import ArticlesPage, ScoresPage, ValuesPage
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.plain import plain_label, tell
from annotator.ui.widgets.unseen import shown
from annotator.ui.widgets.widths import letters


class AgreementWindow(QDialog):
    """Stays open beside the article. go shows an article by its id in the main window."""

    def __init__(self, desk: Desk, go: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.report: Report | None = None
        self.setWindowTitle("Agreement")
        self.setModal(False)
        self.resize(1360, 780)
        self.people = QListWidget()
        self.people.setAccessibleName("Who is compared")
        self.people.setItemDelegate(AiryRows(self.people))
        self.guidelines = QLineEdit()
        self.guidelines.setToolTip("Only for this comparison; the project keeps its own in Edit, Schema…")
        self.seed, self.draws = QSpinBox(), QSpinBox()
        self.slow = QCheckBox("Gamma too (takes minutes)")
        self.compare = QPushButton("Compare")
        self.said = plain_label(wrap=True, quiet=True)
        self.progress = QProgressBar()
        self.progress.hide()
        self.scores, self.values = ScoresPage(), ValuesPage()
        self.articles, self.months, self.review = ArticlesPage(), MonthsPage(), ReviewPage()
        self.methods = QPlainTextEdit()
        self.methods.setReadOnly(True)
        self.methods.setAccessibleName("Methods sentences")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("What came out")
        self._saving: list[QPushButton] = []
        self._build()
        self.articles.chosen.connect(go)
        self.values.chosen.connect(go)
        self.compare.clicked.connect(self._compare)
        self._list_people()
        if not desk.settings.agreement.isEmpty():
            self.restoreGeometry(desk.settings.agreement)

    def _build(self) -> None:
        self.seed.setRange(0, 2**31 - 1)
        self.draws.setRange(0, 10_000)
        self.draws.setValue(1_000)
        self.seed.setToolTip("The same seed draws the same articles for an interval, so that others can check it")
        self.draws.setToolTip("How often articles are drawn for an interval; 0 for no intervals")
        self.people.setMaximumHeight(150)
        self.people.setMinimumHeight(4 * self.people.fontMetrics().height() + 32)
        asked = QFormLayout()
        asked.addRow("People", self.people)
        asked.addRow("Guidelines", self.guidelines)
        asked.addRow("Seed", self.seed)
        asked.addRow("Draws", self.draws)
        asked.addRow("", self.slow)
        asked.addRow("", self.compare)
        left = QVBoxLayout()
        left.addLayout(asked)
        left.addWidget(self.progress)
        left.addWidget(self.said)
        left.addStretch(1)
        for words, save in (
            ("Copy methods", self._copy),
            ("Save tables (CSV)…", self._save_csv),
            ("Save table (LaTeX)…", self._save_latex),
            ("Save pictures (SVG)…", self._save_svg),
        ):
            button = QPushButton(words)
            button.setEnabled(False)
            button.clicked.connect(save)
            self._saving.append(button)
            left.addWidget(button)
        for page, title in (
            (self.scores, "Scores"),
            (self.values, "Values"),
            (self.articles, "Articles"),
            (self.months, "Months"),
            (self.review, "Review"),
            (self.methods, "Methods"),
        ):
            self.tabs.addTab(page, title)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(max(300, letters(side, 34)))
        whole = QHBoxLayout(self)
        whole.addWidget(side)
        whole.addWidget(self.tabs, 1)

    def _list_people(self) -> None:
        for annotator in self._desk.workspace.records.annotators():
            item = QListWidgetItem(shown(annotator.name))
            item.setData(Qt.ItemDataRole.UserRole, annotator.id)
            is_person = annotator.kind is AnnotatorKind.PERSON
            item.setCheckState(Qt.CheckState.Checked if is_person else Qt.CheckState.Unchecked)
            self.people.addItem(item)

    def _asked(self) -> Asked:
        rows = [self.people.item(row) for row in range(self.people.count())]
        chosen = [item for item in rows if item is not None and item.checkState() is Qt.CheckState.Checked]
        return Asked(
            annotators=tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in chosen),
            seed=self.seed.value(),
            draws=self.draws.value(),
            with_slow=self.slow.isChecked(),
            guidelines=self.guidelines.text().strip(),
        )

    def open_now(self) -> None:
        """Shows the window; compares at once the first time."""
        version = self._desk.workspace.records.schema.guidelines_version
        self.guidelines.setPlaceholderText(f"{version} (the project’s)" if version else "none is stated")
        self.show()
        self.raise_()
        self.activateWindow()
        if self.report is None and self.compare.isEnabled():
            self._compare()

    def _compare(self) -> None:
        asked, found = self._asked(), Found()
        if len(asked.annotators) < 2:
            self.said.setText("Choose at least two people.")
            return
        try:
            snapshot = take_snapshot(self._desk.workspace)
        except AnnotatorError as error:
            tell(self, "Agreement", str(error))
            return
        job: Job[None] = Job("Comparing", lambda: comparing.compare(snapshot, asked, found), lambda _: None)
        job.progressed.connect(self._on_progress)

        def done(error: str) -> None:
            snapshot.close()
            self.compare.setEnabled(True)
            self.progress.hide()
            if error:
                self.said.setText(error)
            elif found.report is not None and found.comparison is not None:
                self._show(found.report, found.comparison)

        job.ended.connect(done)
        if not self._desk.jobs.run(job):
            snapshot.close()
            self.said.setText(BUSY)
            return
        self.compare.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self.said.setText("")

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _show(self, report: Report, comparison: Comparison) -> None:
        if not report.articles and not report.review:
            self.said.setText("There is nothing to compare: no article was annotated by two of these people.")
            return
        self.report = report
        self.said.setText(
            f"{report.articles:,} of {report.of_articles:,} articles were annotated by two or more of them.\n\n"
            f"{comparing.READING_AID}"
        )
        self.scores.show_report(report)
        self.values.show_report(report, comparison.cases)
        self.articles.show_report(report)
        self.months.show_report(report)
        self.review.show_report(report)
        if not report.articles:
            self.tabs.setCurrentWidget(self.review)
        self.methods.setPlainText(comparing.methods(report))
        for button in self._saving:
            button.setEnabled(True)

    # What is taken away

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.methods.toPlainText())
        self.said.setText("Copied.")

    def _save_csv(self) -> None:
        self._save("agreement", "", comparing.save_csv)

    def _save_latex(self) -> None:
        self._save("agreement.tex", "LaTeX (*.tex)", comparing.save_latex)

    def _save_svg(self) -> None:
        self._save("agreement pictures", "", comparing.save_svg)

    def _save(self, name: str, kind: str, save: Callable[[Report, Path], None]) -> None:
        if self.report is None:
            return
        target = ask_new_file(self, "Save", self._desk.workspace.records.path.with_name(name), kind)
        if target is None:
            return
        try:
            save(self.report, target)
        except AnnotatorError as error:
            tell(self, "Save", str(error))
            return
        self.said.setText(f"Saved as {target.name}.")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remembers where it was."""
        self._desk.settings.agreement = QByteArray(self.saveGeometry())
        super().closeEvent(event)
