"""The shortcut sheet, built from the table that the menus are built from."""

from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from annotator.ui.acting import Action
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.widths import letters

_MOVING = (
    ("Arrows, Ctrl+arrows", "Move by letter, word and paragraph"),
    ("Alt+Left, Alt+Right", "Move by sentence"),
    ("Shift with any of these", "Select on the way"),
    ("Double click, triple click", "Select a word, a paragraph"),
    ("Ctrl+wheel", "Larger or smaller text"),
    ("Alt while tagging", "Just the letters selected, without snapping to words"),
)
_KEYS_LETTERS = 13


class ShortcutSheet(QDialog):
    """All keys in groups, with a box to find one."""

    def __init__(self, actions: tuple[Action, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(1120, 720)
        self._rows: list[tuple[QLabel, QLabel, str]] = []
        self._headings: list[tuple[QLabel, range]] = []
        self.box = QLineEdit(placeholderText="Find a shortcut", clearButtonEnabled=True)
        self.box.setAccessibleName("Find a shortcut")
        self.box.textChanged.connect(self._filter)
        columns = QHBoxLayout()
        columns.setSpacing(28)
        for titles in (
            ("Mark", "Entities"),
            ("Claim", "Go", "Moving"),
            ("Review", "File", "Edit", "Team", "View", "Help", "Exact"),
        ):
            columns.addWidget(self._column(_groups(actions), titles), 1)
        inside = QWidget()
        inside.setLayout(columns)
        area = QScrollArea(widgetResizable=True)
        area.setAccessibleName("Shortcuts")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.addWidget(self.box)
        whole.addWidget(area, 1)
        self.box.setFocus()

    def shown(self) -> list[str]:
        """What the sheet says of each key."""
        return [words.text() for _, words, _ in self._rows]

    def _column(self, groups: dict[str, list[tuple[str, str]]], titles: tuple[str, ...]) -> QWidget:
        column, grid = QWidget(), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        line = 0
        for title in titles:
            heading = plain_label(title)
            font = heading.font()
            font.setBold(True)
            heading.setFont(font)
            heading.setContentsMargins(0, 10 if line else 0, 0, 2)
            grid.addWidget(heading, line, 0, 1, 2)
            first = len(self._rows)
            for line_number, (keys, words) in enumerate(groups.get(title, []), start=line + 1):
                key_label, words_label = plain_label(keys, wrap=True, quiet=True), plain_label(words, wrap=True)
                key_label.setFixedWidth(letters(key_label, _KEYS_LETTERS))
                grid.addWidget(key_label, line_number, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(words_label, line_number, 1, Qt.AlignmentFlag.AlignTop)
                self._rows.append((key_label, words_label, f"{keys} {words}".casefold()))
            self._headings.append((heading, range(first, len(self._rows))))
            line += 1 + len(groups.get(title, []))
        whole = QVBoxLayout(column)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(grid)
        whole.addStretch(1)
        return column

    def _filter(self, words: str) -> None:
        for key_label, words_label, searched in self._rows:
            for label in (key_label, words_label):
                label.setVisible(words.casefold() in searched)
        for heading, rows in self._headings:
            heading.setVisible(any(words.casefold() in self._rows[row][2] for row in rows))


def _groups(actions: tuple[Action, ...]) -> dict[str, list[tuple[str, str]]]:
    keyed = sorted((action for action in actions if action.keys), key=heading_of)
    groups = {title: [_row(action) for action in actions] for title, actions in groupby(keyed, key=heading_of)}
    return groups | {"Moving": [*_MOVING, *groups.get("Moving", [])]}


def heading_of(action: Action) -> str:
    """The group that an action stands in."""
    if action.menu:
        return action.menu
    beginnings = {"kind": "Entities", "caret": "Moving", "extend": "Moving", "density": "View"}
    return beginnings.get(action.id.partition(" ")[0], "Exact")


def _row(action: Action) -> tuple[str, str]:
    keys = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in action.keys]
    return " or ".join(dict.fromkeys(key for key in keys if key)), action.text.rstrip("…")
