"""Labels and colours: what the labels are called, their keys and colours, and how well those can be read."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.schemas import Label
from annotator.editing import labelling
from annotator.errors import EditRefused
from annotator.ui.actions import all_actions
from annotator.ui.colours import READABLE, contrast
from annotator.ui.desk import Desk
from annotator.ui.keys import STANDARD, is_of_label, native, portable, table
from annotator.ui.theme import DARK, LIGHT, Tones, blend
from annotator.ui.widgets.plain import plain_label

_CHECKS: dict[str, Callable[[str], str]] = {
    "name": labelling.checked_name,
    "hotkey": labelling.checked_hotkey,
    "light": labelling.checked_colour,
    "dark": labelling.checked_colour,
}
_TITLES = {"name": "Name", "hotkey": "Key", "light": "On light", "dark": "On dark"}
_TONES: dict[str, Tones] = {"light": LIGHT, "dark": DARK}
_TINT = 0.13


@dataclass(frozen=True, slots=True)
class _Row:
    label: Label
    fields: dict[str, QLineEdit]
    samples: dict[str, QPushButton]
    ratios: dict[str, QLabel]
    words: QLabel


class LabelsDialog(QDialog):
    """A row for each label. OK makes one edit for each label that was changed, so that undo takes each back."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[_Row] = []
        # Those of a one-hand set pass, the label's own key stays.
        self._standard = table(all_actions(desk.schema), STANDARD, desk.keys.changes)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Labels and colours")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        self._build_head(grid)
        for number, label in enumerate(desk.schema.labels):
            self._rows.append(self._build_row(grid, 1 + 2 * number, label))
        whole = QVBoxLayout(self)
        whole.setSpacing(12)
        whole.addLayout(grid)
        whole.addWidget(
            plain_label(
                "Changes are kept in the project, for everybody who works in it. What was recorded stays as it is. "
                f"Words in a label's colour are easy to read from a contrast of {READABLE} : 1 with the page.",
                wrap=True,
                quiet=True,
            )
        )
        chosen = desk.keys.chosen
        if chosen.labels:
            keys = ", ".join(native(key) for key in chosen.labels)
            whole.addWidget(
                plain_label(f"In use is the key set “{chosen.name}”: in it the first labels have {keys}.", wrap=True)
            )
        whole.addStretch(1)
        whole.addWidget(self.buttons)
        self.resize(860, self.sizeHint().height())
        self._check()

    # Building

    def _build_head(self, grid: QGridLayout) -> None:
        for column, title in ((0, "Name"), (1, "Key"), (2, "On light"), (5, "On dark")):
            head = plain_label(title)
            font = QFont(head.font())
            font.setBold(True)
            head.setFont(font)
            grid.addWidget(head, 0, column)
        grid.setColumnStretch(0, 3)
        for column in (4, 7):
            grid.setColumnMinimumWidth(column, 92)

    def _build_row(self, grid: QGridLayout, line: int, label: Label) -> _Row:
        fields = {key: QLineEdit(getattr(label, key)) for key in _CHECKS}
        for key, field in fields.items():
            field.setAccessibleName(f"{_TITLES[key]} of {label.name}")
            field.textChanged.connect(self._check)
        fields["hotkey"].setMaxLength(2)
        fields["hotkey"].setFixedWidth(44)
        fields["hotkey"].setAlignment(Qt.AlignmentFlag.AlignCenter)
        samples = {key: self._sample_button(label, key, fields[key]) for key in _TONES}
        ratios = {key: plain_label(quiet=True) for key in _TONES}
        words = plain_label(wrap=True)
        words.setContentsMargins(2, 0, 0, 6)
        grid.addWidget(fields["name"], line, 0)
        grid.addWidget(fields["hotkey"], line, 1)
        for column, key in ((2, "light"), (5, "dark")):
            fields[key].setFixedWidth(84)
            fields[key].setMaxLength(7)
            grid.addWidget(fields[key], line, column)
            grid.addWidget(samples[key], line, column + 1)
            grid.addWidget(ratios[key], line, column + 2)
        grid.addWidget(words, line + 1, 0, 1, 8)
        return _Row(label, fields, samples, ratios, words)

    def _sample_button(self, label: Label, key: str, field: QLineEdit) -> QPushButton:
        button = QPushButton()
        button.setAutoDefault(False)
        button.setIconSize(QSize(56, 22))
        button.setAccessibleName(f"Choose the colour of {label.name} {_TITLES[key].lower()}")
        button.setToolTip("Choose a colour")
        button.clicked.connect(lambda: self._choose_colour(button.accessibleName(), field))
        return button

    def _choose_colour(self, title: str, field: QLineEdit) -> None:
        dialog = QColorDialog(QColor(field.text()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.colorSelected.connect(lambda colour: field.setText(colour.name().upper()))
        dialog.open()

    # Checking

    def _check(self) -> None:
        is_right = True
        for row in self._rows:
            wrong = [*self._refusals(row)]
            is_right = is_right and not wrong
            row.words.setText("\n".join((*wrong, *self._warnings(row))))
            row.words.setVisible(bool(row.words.text()))
            for key, tones in _TONES.items():
                self._show_colour(row, key, tones)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(is_right)

    def _show_colour(self, row: _Row, key: str, tones: Tones) -> None:
        colour = row.fields[key].text()
        is_colour = _refusal("light", colour) is None
        row.samples[key].setIcon(_sample(colour if is_colour else tones.quiet, tones))
        ratio = contrast(colour, tones.page) if is_colour else 0.0
        row.ratios[key].setText("" if not ratio else f"{_rounded(ratio)} : 1" + ("" if ratio >= READABLE else "  ⚠"))
        row.ratios[key].setAccessibleName(f"Contrast of {row.label.name} {_TITLES[key].lower()}")

    def _refusals(self, row: _Row) -> list[str]:
        """What OK cannot do. A field that is as it was is none of its business, even when it would be refused."""
        found = [_refusal(key, field.text()) for key, field in row.fields.items() if key in self._changed(row)]
        hotkey = self._hotkey(row)
        found += [
            f"“{hotkey}” is also the key of {other.fields['name'].text()}."
            for other in self._rows
            if other is not row and hotkey and hotkey.casefold() == self._hotkey(other).casefold()
        ]
        return [words for words in found if words]

    def _warnings(self, row: _Row) -> list[str]:
        hotkey = portable(self._hotkey(row)) if _refusal("hotkey", row.fields["hotkey"].text()) is None else ""
        found = [
            f"⚠ {native(key)} is also: {action.text.rstrip('…')}; of two actions with one key neither works."
            for key in (hotkey, f"Alt+{hotkey}")
            for action in all_actions(self._desk.schema)
            if hotkey and not is_of_label(action.id) and key in self._standard[action.id]
        ]
        for key, tones in _TONES.items():
            colour = row.fields[key].text()
            if _refusal("light", colour) is None and contrast(colour, tones.page) < READABLE:
                ratio = _rounded(contrast(colour, tones.page))
                found.append(f"⚠ {_TITLES[key]} a contrast of {ratio} : 1 is hard to read: less than {READABLE} : 1.")
        return found

    def _hotkey(self, row: _Row) -> str:
        key = row.fields["hotkey"].text()
        return labelling.checked_hotkey(key) if _refusal("hotkey", key) is None else key

    def _changed(self, row: _Row) -> dict[str, str]:
        now = self._desk.schema.label(row.label.key)  # when a save failed half way, some are done
        return {key: field.text() for key, field in row.fields.items() if _clean(key, field) != getattr(now, key)}

    # Doing

    def accept(self) -> None:
        """Makes the edits: a label whose key another one gives up comes after that other one."""
        wanted = {row.label.key: self._changed(row) for row in self._rows if self._changed(row)}
        while wanted:
            free = [key for key in wanted if not self._is_taken(key, wanted[key].get("hotkey", ""))]
            if free:
                done = self._desk.do(labelling.describe_label, free[0], **wanted.pop(free[0]))
            else:  # two labels change keys with each other: one of them waits on a key that nobody has
                first = next(iter(wanted))
                done = self._desk.do(labelling.describe_label, first, hotkey=self._spare())
            if done is None:
                return  # the status bar says why, and what was entered is not lost
        super().accept()

    def _is_taken(self, label: str, hotkey: str) -> bool:
        return any(
            other.key != label and hotkey and other.hotkey.casefold() == hotkey.casefold()
            for other in self._desk.schema.labels
        )

    def _spare(self) -> str:
        taken = {label.hotkey for label in self._desk.schema.labels}
        taken |= {self._hotkey(row) for row in self._rows}
        return next(chr(code) for code in range(ord("A"), 0x250) if chr(code).isalpha() and chr(code) not in taken)


def _clean(key: str, field: QLineEdit) -> str:
    try:
        return _CHECKS[key](field.text())
    except EditRefused:
        return field.text()


def _refusal(key: str, words: str) -> str | None:
    try:
        _CHECKS[key](words)
    except EditRefused as refusal:
        return str(refusal)
    return None


def _rounded(ratio: float) -> str:
    # Down, so that 4.46 is not called the 4.5 that it is not.
    return f"{int(ratio * 10) / 10:.1f}"


def _sample(colour: str, tones: Tones) -> QIcon:
    """The colour as the page shows it: a word on its tint, underlined, and a chip."""
    picture = QPixmap(112, 44)
    picture.setDevicePixelRatio(2)
    picture.fill(QColor(tones.page))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRect(4, 2, 24, 15), blend(colour, tones.page, _TINT * (1.5 if tones.is_dark else 1.0)))
    painter.fillRect(QRect(4, 18, 24, 2), QColor(colour))
    painter.setPen(QColor(tones.text))
    painter.drawText(QRect(4, 2, 24, 15), Qt.AlignmentFlag.AlignCenter, "Aa")
    painter.setPen(QColor(colour))
    painter.drawText(QRect(30, 2, 24, 16), Qt.AlignmentFlag.AlignCenter, "Aa")
    painter.end()
    return QIcon(picture)
