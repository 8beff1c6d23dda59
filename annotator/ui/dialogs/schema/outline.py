"""The list on the left of the schema editor: sections, and the entries in each."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from annotator.domain.schema_checking import COLOUR
from annotator.editing import choosing
from annotator.editing.schema_json import Entry, Section, name_of
from annotator.ui.dialogs.schema.draft import Draft
from annotator.ui.dialogs.swatches import swatch
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.widgets.airy import AiryRows
from annotator.ui.widgets.unseen import shown

EVENT = "event"
SECTIONS = {
    Section.LABELS: "Labels",
    Section.MENTION_ATTRIBUTES: "Fields of mentions",
    Section.KINDS: "Kinds of entities",
    Section.ENTITY_ATTRIBUTES: "Fields of entities",
    Section.CLAIM_ATTRIBUTES: "Fields of claims",
    Section.LINKS: "Links",
    Section.ZONES: "Zones",
}
"""The sections in the order in which they are shown."""
LISTS, HAPPENED = "Lists", "What happened"
_WHERE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen: where is a section, LIST, EVENT or a list of the event block; key is empty for all of it."""

    where: str
    key: str = ""

    @property
    def section(self) -> Section | None:
        """The section, when it is one."""
        return Section(self.where) if self.where in set(Section) else None


class Outline(QTreeWidget):
    """Letters typed jump to an entry. moved is sent when another line was chosen."""

    moved = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setItemDelegate(AiryRows(self))
        self.setAccessibleName("The schema")
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.itemSelectionChanged.connect(self.moved)

    def changeEvent(self, event: QEvent) -> None:
        """Keys of another theme would hardly be seen."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            for item in self._items():
                item.setForeground(1, self.palette().placeholderText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As usual; Enter goes no further, or the form it leads to would take it for OK."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()

    @property
    def chosen(self) -> Chosen:
        """What the keyboard is on."""
        item = self.currentItem()
        found: Chosen = item.data(0, _WHERE) if item is not None else Chosen(Section.LABELS.value)
        return found

    def choose(self, wanted: Chosen) -> None:
        """Goes to a line; to its section when it is not there."""
        found = {self._at(item): item for item in self._items()}
        item = found.get(wanted) or found.get(Chosen(wanted.where)) or self.topLevelItem(0)
        if item is not None:
            self.setCurrentItem(item)

    def refill(self) -> None:
        """Shows the schema as it would be saved; the chosen line stays chosen."""
        wanted = self.chosen
        with QSignalBlocker(self):
            self.clear()
            for section, title in SECTIONS.items():
                group = self._group(title, Chosen(section.value))
                for key in self._draft.keys(section):
                    self._line(group, Chosen(section.value, key))
            group = self._group(LISTS, Chosen(choosing.LIST))
            for name in self._draft.data.get("lists", {}):
                self._line(group, Chosen(choosing.LIST, name))
            group = self._group(HAPPENED, Chosen(EVENT))
            for where, title in ((choosing.QUANTITIES, "Quantities"), (choosing.RELATIONS, "Relations to the place")):
                item = QTreeWidgetItem(group, [title])
                item.setData(0, _WHERE, Chosen(where))
            self.expandAll()
            self.choose(wanted)

    def retell(self) -> None:
        """Shows what was entered in the lines, without moving any."""
        for item in self._items():
            if self._at(item).section is not None and self._at(item).key:
                self._tell(item)

    def _items(self) -> list[QTreeWidgetItem]:
        groups = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        found: list[QTreeWidgetItem] = []
        for group in groups:
            if group is not None:
                children = [group.child(row) for row in range(group.childCount())]
                found += [group, *(child for child in children if child is not None)]
        return found

    def _at(self, item: QTreeWidgetItem) -> Chosen:
        found: Chosen = item.data(0, _WHERE)
        return found

    def _group(self, title: str, where: Chosen) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [title])
        item.setData(0, _WHERE, where)
        bold = QFont(self.font())
        bold.setBold(True)
        item.setFont(0, bold)
        return item

    def _line(self, group: QTreeWidgetItem, where: Chosen) -> None:
        item = QTreeWidgetItem(group, [shown(where.key)])
        item.setData(0, _WHERE, where)
        if where.section is not None:
            self._tell(item)
        item.setForeground(1, self.palette().placeholderText())

    def _tell(self, item: QTreeWidgetItem) -> None:
        where = self._at(item)
        assert where.section is not None
        entry = self._draft.entry(where.section, where.key)
        mark = " •" if self._draft.waiting(where.section, where.key) else ""
        item.setText(0, f"{shown(name_of(entry))}{mark}")
        item.setText(1, str(entry.get("hotkey") or entry.get("digit") or ""))
        if where.section is Section.LABELS:
            self._colour(item, entry)

    def _colour(self, item: QTreeWidgetItem, entry: Entry) -> None:
        tones = DARK if self.palette().window().color().lightness() < 128 else LIGHT
        colour = str(entry.get("dark" if tones.is_dark else "light") or "")
        item.setIcon(0, swatch(colour if COLOUR.fullmatch(colour) else tones.quiet, tones))
