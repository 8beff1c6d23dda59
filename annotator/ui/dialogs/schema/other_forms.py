"""The smaller forms of the schema editor: kinds of entities, links, zones, lists, and what is said to have happened."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QVBoxLayout, QWidget

from annotator.domain.attributes import Tier, spoken
from annotator.editing import choosing, designing
from annotator.editing.schema_json import Section
from annotator.ui.dialogs.schema.attribute_form import TIERS
from annotator.ui.dialogs.schema.choices import Choices
from annotator.ui.dialogs.schema.draft import Draft
from annotator.ui.dialogs.schema.entry_form import EntryForm, fill
from annotator.ui.widgets.plain import plain_label, plain_row
from annotator.ui.widgets.widths import letters

_DIGITS = [(0, "none"), *((digit, str(digit)) for digit in range(1, 10))]
_ENDS = {"claim": "two claims", "entity": "two entities"}


class KindForm(EntryForm):
    """A kind of entity. What it is called is its key, which records keep."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.choice("digit", "Digit", lambda: _DIGITS)
        self.choice("default_sector", "Sector of new ones", self._sectors)
        self.flag("acts", "Can act and speak, so that it can be a claim's source", usual=True)
        self.flag("never_merged_automatically", "Never linked or merged without being asked")
        self.line("help", "Description")

    def _sectors(self) -> list[tuple[Any, str]]:
        return [(None, "none"), *((code, code) for code in self.draft.data.get("lists", {}).get("sectors", ()))]


class LinkForm(EntryForm):
    """A label for links."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._name = self.line("name", "Name")
        hotkey = self.line("hotkey", "Key")
        hotkey.setMaxLength(2)
        hotkey.setFixedWidth(letters(hotkey, 4))
        self._ends = QComboBox()
        self._ends.currentIndexChanged.connect(self._take_ends)
        self.add("from", "Joins", self._ends, lambda: fill(self._ends, _ENDS.items(), self.now.get("from")))
        self.flag("symmetric", "Means the same in both directions")
        self.flag("dated", "Says from when and until when")
        self.line("help", "Description")

    def show_entry(self, section: Section, key: str) -> None:
        """Shows a link label; what it joins stays once it is in use."""
        super().show_entry(section, key)
        self._name.setPlaceholderText(spoken(key))
        self._ends.setEnabled(not self.draft.in_use(section, key))

    def cleaned(self, field: str, words: str) -> str | None:
        """Keys in capitals."""
        if field == "hotkey":
            return words.strip().upper() or None
        return super().cleaned(field, words)

    def _take_ends(self) -> None:
        self.enter("from", self._ends.currentData())
        self.enter("to", self._ends.currentData())


class ZoneForm(EntryForm):
    """A kind of zone. What it is called is its key, which records keep."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.choice("digit", "Digit", lambda: _DIGITS)
        self.flag("out_of_play", "Out of play: no suggestions, left out of agreement")
        self.line("help", "Description")


class ListForm(QWidget):
    """The words of one list."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self.choices = Choices(draft.desk)
        self.heading = plain_label()
        font = self.heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        self.heading.setFont(font)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        whole.addWidget(self.heading)
        whole.addWidget(plain_label("Saved at once. Records that have a word follow when it is renamed.", quiet=True))
        whole.addSpacing(8)
        whole.addWidget(self.choices, 1)

    def show_list(self, where: str, key: str, name: str) -> None:
        """Shows a list of the schema or of its event block."""
        self.heading.setText(name)
        found = (
            self._draft.data.get("lists", {}).get(key, ())
            if where == choosing.LIST
            else self._draft.data["claim"].get("event", {}).get(where, ())
        )
        self.choices.show_choices(where, key, name, list(found))


class EventForm(QWidget):
    """Whether a claim says what happened; saved at once."""

    done = Signal()

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self._draft = draft
        self._tier, self._types, self._mode, self._required = QComboBox(), QComboBox(), QCheckBox(), QCheckBox()
        rows = QFormLayout()
        rows.setVerticalSpacing(9)
        rows.setHorizontalSpacing(16)
        self._mode.setText("With a mode: the weapon, the form of protest")
        self._required.setText("Has to be filled: claims that lack it are listed under Problems")
        for title, box in (("Shown", self._tier), ("Types from", self._types)):
            box.setAccessibleName(f"{title} of events")
            plain_row(rows, title, box)
        for flag in (self._mode, self._required):
            flag.setAccessibleName(flag.text())
            rows.addRow("", flag)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(22, 14, 22, 14)
        heading = plain_label("What happened")
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.35)
        font.setBold(True)
        heading.setFont(font)
        whole.addWidget(heading)
        whole.addWidget(plain_label("Who did what to whom, where, when and how many; part of each claim.", quiet=True))
        whole.addSpacing(8)
        whole.addLayout(rows)
        whole.addStretch(1)
        self._tier.activated.connect(lambda: self._set(tier=self._tier.currentData()))
        self._types.activated.connect(lambda: self._set(type_list=self._types.currentData()))
        self._mode.clicked.connect(lambda on: self._set(mode="text" if on else None))
        self._required.clicked.connect(lambda on: self._set(required=on or None))

    def show_event(self) -> None:
        """Shows the block as it is."""
        event = self._draft.data["claim"].get("event") or {"tier": Tier.OFF.value}
        fill(self._tier, [(tier.value, words) for tier, words in TIERS.items()], event.get("tier", Tier.OPTIONAL.value))
        names = [(name, f"the list “{name}”") for name in self._draft.data.get("lists", {})]
        fill(self._types, [(None, "no list"), *names], event.get("type_list"))
        self._mode.setChecked(bool(event.get("mode")))
        self._required.setChecked(bool(event.get("required")))

    def _set(self, **fields: Any) -> None:
        self._draft.desk.do(designing.change_event, fields)
        self.done.emit()
