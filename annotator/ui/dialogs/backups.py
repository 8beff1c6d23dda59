"""The backups of a project: what each holds and how it differs from now; one is opened as a new file."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.services.restoring import Backup, Difference, Why, differences, is_of, report, restore, salvages
from annotator.ui.jobs import Job, Jobs
from annotator.ui.widgets.closing import foot
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.sheets import fill, sheet

_COLUMNS = ("When", "Why made", "Articles", "Mentions", "Claims", "Size")
_WHY = {
    Why.EDITS: "while working",
    Why.CLOSING: "on closing",
    Why.MIGRATION: "before a new format",
    Why.BRING_IN: "before a teammate’s file came in",
    Why.IMPORT: "before an import",
    Why.BULK: "before a large change",
    Why.ARRIVAL: "as it came from elsewhere",
}
_PLURALS = {"entity": "entities"}
_SAVES = "The backup is opened as a new file beside the project. The present file stays as it is."
_NONE = "There is no backup of this project on this computer."
_SALVAGES = "Salvaging makes a new file beside it of every row that is whole. The present file stays as it is."


class BackupDialog(QDialog):
    """The newest backup is chosen first. With damage, a sentence, it is about a file that cannot be opened.

    made is sent with the path of the new file, and with the lines of a report when it was salvaged.
    """

    made = Signal(object, object)

    def __init__(self, project: Path, backups: list[Backup], parent: QWidget | None, damage: str = "") -> None:
        super().__init__(parent)
        self._project, self._backups, self._damage = project, backups, damage
        self._jobs, self._making, self._is_over, self._is_closed = Jobs(), Jobs(), False, False
        self._counted: dict[Path, str] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Damaged project" if damage else "Restore from backup")
        self.resize(820, 460)
        self.table = self._make_table()
        self.words = plain_label(wrap=True)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.hide()
        self.buttons = foot(QDialogButtonBox.StandardButton.Cancel)
        self.restore = self.buttons.addButton("Restore", QDialogButtonBox.ButtonRole.AcceptRole)
        self.restore.setEnabled(bool(backups))
        self.buttons.accepted.connect(self._restore)
        self.buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        if damage:
            whole.addWidget(plain_label(damage, wrap=True))
            self.salvage = self.buttons.addButton("Salvage what can be read", QDialogButtonBox.ButtonRole.ActionRole)
            self.salvage.clicked.connect(self._salvage)
        whole.addWidget(plain_label(self._sentence(), wrap=True, quiet=True))
        whole.addWidget(self.table, 1)
        if not backups:
            self.table.hide()
            whole.addStretch(1)
            self.resize(560, 160)
        whole.addWidget(self.words)
        whole.addWidget(self.progress)
        whole.addWidget(self.buttons)
        self.finished.connect(self._stop)
        self.table.currentCellChanged.connect(self._show)
        if backups:
            self.restore.setDefault(True)
            self.table.setCurrentCell(0, 0)
            self.table.setFocus()
        elif damage:
            self.salvage.setDefault(True)
            self.salvage.setFocus()

    def _sentence(self) -> str:
        if not self._backups:
            return f"{_NONE} {_SALVAGES}" if self._damage else _NONE
        if self._damage:
            return f"{_SAVES} Salvaging reads every row that is whole, with what was done since the last backup."
        return _SAVES

    def _make_table(self) -> QTableWidget:
        table = sheet("Backups, the newest first", _COLUMNS)
        fill(table, map(self._cells, self._backups))
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_COLUMNS.index("Why made"), QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(self._restore)
        return table

    def _cells(self, one: Backup) -> tuple[str, ...]:
        why = _WHY[one.why] + ("" if is_of(one, self._project) else ", of another copy of the project")
        counts = (f"{count:,}" for count in (one.articles, one.mentions, one.claims))
        return (f"{one.made.astimezone():%Y-%m-%d %H:%M:%S}", why, *counts, _size(one.size))

    @property
    def _chosen(self) -> Backup | None:
        row = self.table.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    # How it differs from now

    def _show(self) -> None:
        if self._is_over or self._damage or (chosen := self._chosen) is None:
            return
        self.words.setText(self._counted.get(chosen.path, "Counting what was done since…"))
        if chosen.path in self._counted:
            return
        if self._jobs.current is not None:
            self._jobs.current.cancel()  # what is chosen now follows when it has ended
            return
        found = Difference()
        job: Job[None] = Job("Counting", lambda: differences(chosen.path, self._project, found), lambda _: None)
        self._jobs.run(job)

        def done(error: str) -> None:
            if not job.is_cancelled:
                self._counted[chosen.path] = error or said(found)
            self._show()

        job.ended.connect(done)

    def _stop(self) -> None:
        self._is_over = self._is_closed = True
        for job in (self._jobs.current, self._making.current):
            if job is not None:
                job.cancel()

    # A new file

    def _restore(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self._make(lambda: iter([(1, 1, (restore(chosen, self._project), []))]))

    def _salvage(self) -> None:
        def steps() -> Iterator[tuple[int, int, tuple[Path, list[str]] | None]]:
            for done, total, found in salvages(self._project):
                yield done, total, (found[0], report(found[1])) if found is not None else None

        self._make(steps)

    def _make(self, steps: Callable[[], Iterator[tuple[int, int, tuple[Path, list[str]] | None]]]) -> None:
        """In the background, one at a time; the dialog stays open and says so when it cannot be done."""
        if self._making.current is not None:
            return
        self._is_over = True  # nothing is counted any more
        results = list[tuple[Path, list[str]]]()

        def done(error: str) -> None:
            if self._is_closed:  # what was made is there, and nobody waits for it
                return
            self.progress.hide()
            self._enable(is_on=True)
            self._is_over = False
            if error:
                self.words.setText(error)
            elif results:
                self.accept()
                self.made.emit(*results[0])

        self._enable(is_on=False)
        self.progress.show()
        job: Job[tuple[Path, list[str]]] = Job("Making a new file", steps, results.append)
        self._making.run(job)
        job.ended.connect(done)

    def _enable(self, *, is_on: bool) -> None:
        """Whether something may be chosen; what is under way can always be cancelled."""
        self.table.setEnabled(is_on)
        for button in self.buttons.buttons():
            if button is not self.buttons.button(QDialogButtonBox.StandardButton.Cancel):
                button.setEnabled(is_on and (button is not self.restore or bool(self._backups)))


def said(found: Difference) -> str:
    """The difference in words: since then, 12 mentions made, 1 claim changed."""
    parts = [
        f"{count:,} {_called(kind, count)} {how}"
        for how, counts in (("made", found.made), ("changed", found.changed), ("deleted", found.deleted))
        for kind, count in counts.items()
    ]
    return f"Since then: {', '.join(parts)}." if parts else "It holds just what the project holds now."


def _called(kind: str, count: int) -> str:
    return kind if count == 1 else _PLURALS.get(kind, f"{kind}s")


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
