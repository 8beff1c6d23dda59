"""Which column of a table has the text, the title, the date …: a list for each field, filled as proposed."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QGroupBox, QWidget

from annotator.ui.widgets.plain import plain_label

_TITLES = {
    "text": "Text",
    "title": "Title",
    "publisher": "Publisher",
    "byline": "By-line",
    "published": "Published",
    "url": "Address",
    "language": "Language",
}
_NONE = "–"
_IN_A_ROW = 3
_WIDTH = 14
_BETWEEN = 14
"""Pixels that part a field from the words of the next."""


class Columns(QGroupBox):
    """changed is sent when the user has chosen another column for a field."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Columns of this table", parent)
        self.head: tuple[str, ...] = ()
        self.boxes = {field: self._box(title) for field, title in _TITLES.items()}
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(8)
        for number, (field, box) in enumerate(self.boxes.items()):
            row, place = divmod(number, _IN_A_ROW)
            label = plain_label(_TITLES[field])
            label.setSizePolicy(box.sizePolicy())
            label.setBuddy(box)
            grid.addWidget(label, row, 3 * place)
            grid.addWidget(box, row, 3 * place + 1)
            grid.setColumnStretch(3 * place + 1, 1)
            if place:
                grid.setColumnMinimumWidth(3 * place - 1, _BETWEEN)
        self.hide()

    def _box(self, title: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"Column of the {title.lower()}")
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_WIDTH)
        box.activated.connect(self.changed)
        return box

    def show_table(self, head: tuple[str, ...], chosen: Mapping[str, str]) -> None:
        """Offers these columns; without any, nothing is shown."""
        self.head = head
        names = list(dict.fromkeys(filter(str.strip, head)))
        for field, box in self.boxes.items():
            box.clear()
            box.addItem(_NONE, "")
            for name in names:
                box.addItem(" ".join(name.split())[:60], name)
            box.setCurrentIndex(max(0, box.findData(chosen.get(field, ""))))
        self.setVisible(bool(head))

    def chosen(self) -> dict[str, str]:
        """The column of each field that has one."""
        said = {field: str(box.currentData() or "") for field, box in self.boxes.items()}
        return {field: column for field, column in said.items() if column}
