"""All entries of a section as a table."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from annotator.domain.attributes import AttributeType, Tier
from annotator.editing.schema_json import ATTRIBUTES, Entry, Section, name_of
from annotator.ui.colours import READABLE, contrast
from annotator.ui.dialogs.schema.attribute_form import TIERS, TYPES
from annotator.ui.dialogs.schema.draft import Draft
from annotator.ui.dialogs.schema.label_form import rounded
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.unseen import shown

_WIDEST = 210
"""Pixels of a column at first; it can be drawn wider."""
_KEY = Qt.ItemDataRole.UserRole


class _Table(QTreeWidget):
    """Keeps Enter to itself: the form it goes to would take it for OK."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As usual, and no further."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class Overview(QWidget):
    """Enter or a double click goes to the entry: chosen is sent with its key."""

    chosen = Signal(str)

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.heading, self.table = plain_label(), _Table()
        font = self.heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self.heading.setFont(font)
        self.table.setRootIsDecorated(False)
        self.table.setAlternatingRowColors(True)
        self.table.setUniformRowHeights(True)
        self.table.setItemDelegate(AiryRows(self.table))
        self.table.itemActivated.connect(lambda item: self.chosen.emit(str(item.data(0, _KEY))))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.addWidget(self.heading)
        whole.addSpacing(6)
        whole.addWidget(self.table, 1)

    def show_section(self, section: Section, title: str) -> None:
        """Shows the entries as they would be saved, with how often each is used."""
        columns = _COLUMNS[section]
        self.heading.setText(title)
        self.table.setAccessibleName(title)
        self.table.clear()
        self.table.setColumnCount(len(columns) + 1)
        first, *others = columns
        self.table.setHeaderLabels([first, "In use", *others])
        for key in self._draft.keys(section):
            one = self._draft.entry(section, key)
            used = self._draft.in_use(section, key).sentence
            name, *cells = (shown(_safe(cell, one)) for cell in columns.values())
            item = QTreeWidgetItem(self.table, [name, used, *cells])
            item.setData(0, _KEY, key)
        header = self.table.header()
        for column in range(len(columns) + 1):
            self.table.resizeColumnToContents(column)
            header.resizeSection(column, min(header.sectionSize(column) + 10, _WIDEST))
        top = self.table.topLevelItem(0)
        if top is not None:
            self.table.setCurrentItem(top)


def _safe(cell: Callable[[Entry], str], one: Entry) -> str:
    """A cell; a question mark where what is entered, or an old schema, makes no sense there."""
    try:
        return cell(one)
    except (KeyError, ValueError, TypeError, AttributeError):
        return "?"


def _ratio(colour: str, page: str) -> str:
    ratio = contrast(colour, page)
    return f"{rounded(ratio)} : 1" + ("" if ratio >= READABLE else "  ⚠")


def _choices(one: Entry) -> str:
    if one.get("list") and not one.get("choices"):
        return f"list “{one['list']}”"
    return ", ".join(one.get("choices", ()))


def _words(value: Any) -> str:
    if value is True:
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _tick(value: object) -> str:
    return "✓" if value else ""


def _attribute_columns() -> dict[str, Callable[[Entry], str]]:
    return {
        "Name": name_of,
        "Values": lambda one: TYPES[AttributeType(one["type"])],
        "Choices": _choices,
        "Starts as": lambda one: _words(one.get("default")),
        "Only for": lambda one: ", ".join(one.get("on", ())),
        "Shown": lambda one: TIERS[Tier(one.get("tier", Tier.OPTIONAL))].split(",")[0],
        "Required": lambda one: _tick(one.get("required")),
    }


_COLUMNS: dict[Section, dict[str, Callable[[Entry], str]]] = {
    Section.LABELS: {
        "Name": name_of,
        "Key": lambda one: str(one.get("hotkey", "")),
        "Links to": lambda one: str(one.get("links_to") or "–"),
        "On light": lambda one: _ratio(one["light"], LIGHT.page),
        "On dark": lambda one: _ratio(one["dark"], DARK.page),
        "Description": lambda one: str(one.get("help", "")),
    },
    Section.KINDS: {
        "Kind": name_of,
        "Digit": lambda one: str(one["digit"] or ""),
        "Sector": lambda one: str(one.get("default_sector", "")),
        "Acts": lambda one: _tick(one.get("acts", True)),
        "In other schemes": lambda one: ", ".join(f"{scheme} {name}" for scheme, name in one.get("maps", {}).items()),
    },
    Section.LINKS: {
        "Name": name_of,
        "Key": lambda one: str(one.get("hotkey", "")),
        "Joins": lambda one: "claims" if one["from"] == "claim" else "entities",
        "Both ways": lambda one: _tick(one.get("symmetric")),
        "Dated": lambda one: _tick(one.get("dated")),
    },
    Section.ZONES: {
        "Zone": name_of,
        "Digit": lambda one: str(one["digit"] or ""),
        "Out of play": lambda one: _tick(one.get("out_of_play")),
        "Description": lambda one: str(one.get("help", "")),
    },
} | dict.fromkeys(ATTRIBUTES, _attribute_columns())
