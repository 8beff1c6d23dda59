"""What became of suggestions: how many of each proposer's were accepted, changed and rejected."""

from PySide6.QtWidgets import QDialog, QHeaderView, QVBoxLayout, QWidget

from annotator.domain.attributes import spoken
from annotator.domain.suggestions import Tally
from annotator.services.proposing import Suggester
from annotator.services.suggesting import out_of_date
from annotator.ui.desk import Desk
from annotator.ui.widgets.closing import close_box
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.sheets import fill, sheet
from annotator.ui.widgets.waiting import waiting

_COLUMNS = ("Proposer", "What", "Proposed", "Accepted", "Changed", "Rejected", "Precision")


class SuggestionFigures(QDialog):
    """A table with a row for each proposer and label, as the person at work decided."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("What became of suggestions")
        self.resize(680, 380)
        with waiting():
            tallies = desk.workspace.records.tallies(desk.workspace.author.annotator)
            suggester = Suggester(desk.schema, desk.wishes)
            old = out_of_date(desk.workspace.records, suggester)
        names = {label.key: label.name for label in desk.schema.labels}
        self.table = sheet("What became of suggestions", _COLUMNS)
        header = self.table.horizontalHeader()
        for column in range(1, len(_COLUMNS)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        fill(self.table, (_cells(tally, names) for tally in tallies))
        buttons = close_box(self)
        whole = QVBoxLayout(self)
        about = (
            "Precision is the share accepted without a change of what you decided on. Suggestions are no annotations: "
            "exports, agreement and hand-outs leave them out."
            if tallies
            else "Nothing has been suggested yet. Mark, Suggest in all articles looks at every article."
        )
        whole.addWidget(plain_label(about, wrap=True, quiet=True))
        self.old = plain_label(_old(old), wrap=True)
        self.old.setVisible(bool(old))
        whole.addWidget(self.old)
        whole.addWidget(self.table, 1)
        whole.addWidget(buttons)


def _old(old: list[tuple[str, int]]) -> str:
    """Says which suggestions another version made than the one that would look now."""
    said = ", ".join(f"{articles:,} by {proposer}" for proposer, articles in old)
    return f"Some suggestions are old, because what made them has changed: {said}. Suggest in all articles renews them."


def _cells(tally: Tally, names: dict[str, str]) -> tuple[str, ...]:
    what = names.get(tally.label) or spoken(tally.label) or "Claim"
    counts = (tally.proposed, tally.accepted, tally.changed, tally.rejected)
    precision = "–" if tally.precision is None else f"{100 * tally.precision:.0f} %"
    return (tally.proposer, what, *(f"{count:,}" for count in counts), precision)
