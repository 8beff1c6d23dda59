"""A label: what it is called, its key, its colours on both pages, what it names, and how it is to be used."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from annotator.domain.schemas import LabelKind
from annotator.editing import designing, labelling
from annotator.editing.schema_json import Section, name_of
from annotator.errors import EditRefused
from annotator.ui.acting import REVIEWING, Action
from annotator.ui.actions import all_actions
from annotator.ui.colours import READABLE, contrast
from annotator.ui.dialogs.schema.draft import Draft, refusal
from annotator.ui.dialogs.schema.entry_form import EntryForm, fill
from annotator.ui.dialogs.schema.preview import Preview
from annotator.ui.dialogs.swatches import sample
from annotator.ui.keys import STANDARD, is_of_label, native, portable, table
from annotator.ui.theme import DARK, LIGHT, Tones
from annotator.ui.widgets.plain import plain_label
from annotator.ui.widgets.widths import letters

_TONES: dict[str, Tones] = {"light": LIGHT, "dark": DARK}
_TITLES = {"light": "On light", "dark": "On dark"}
_CHECKS = {
    "name": labelling.checked_name,
    "hotkey": labelling.checked_hotkey,
    "light": labelling.checked_colour,
    "dark": labelling.checked_colour,
}
_KINDS = {
    LabelKind.ACTOR: "people, groups and bodies that act and speak",
    LabelKind.LOCATION: "places",
    LabelKind.OTHER_ENTITY: "other entities, such as laws or ships",
    LabelKind.DATE: "dates",
    LabelKind.QUANTITY: "numbers",
    LabelKind.PLAIN: "nothing that has an entry of its own",
}


class LabelForm(EntryForm):
    """The preview and the sentences below follow what is typed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._samples: dict[str, QPushButton] = {}
        self._ratios: dict[str, QLabel] = {}
        self._boxes: dict[str, QLineEdit] = {}
        self._actions: tuple[Action, ...] = ()
        self._standard: dict[str, tuple[str, ...]] = {}
        self._boxes["name"] = self.line("name", "Name")
        self._add_hotkey()
        for key in _TONES:
            self._add_colour(key)
        self.preview = Preview()
        self.rows.addRow("Preview", self.preview)
        self._names = QComboBox()
        self._names.currentIndexChanged.connect(self._take_kind)
        self.add("kind", "Names", self._names, self._show_kind)
        self._kinds = self.checks("kinds", "Kinds", lambda: ((key, key) for key in draft.keys(Section.KINDS)), 4)
        self.line("help", "Description").setPlaceholderText("One line: what it is for")
        self.text("guidelines", "Guidelines", "Markdown: when to use it, and when not. Shown while tagging.", 5)

    def _add_hotkey(self) -> None:
        box = self._boxes["hotkey"] = QLineEdit()
        box.setMaxLength(2)
        box.setFixedWidth(letters(box, 4))
        box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._instead = plain_label(quiet=True)
        self.line("hotkey", "Key", box=box, row=_row(box, self._instead))

    def _add_colour(self, key: str) -> None:
        box, button, ratio = QLineEdit(), QPushButton(), plain_label(quiet=True)
        box.setMaxLength(7)
        box.setFixedWidth(letters(box, 9))
        button.setAutoDefault(False)
        button.setIconSize(QSize(56, 22))
        button.setToolTip("Choose a colour")
        button.clicked.connect(lambda: self._choose_colour(button.accessibleName(), box))
        self._boxes[key], self._samples[key], self._ratios[key] = box, button, ratio
        self.line(key, _TITLES[key], box=box, row=_row(box, button, ratio))

    def _choose_colour(self, title: str, box: QLineEdit) -> None:
        dialog = QColorDialog(QColor(box.text()), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.colorSelected.connect(lambda colour: box.setText(colour.name().upper()))
        dialog.open()

    def show_entry(self, section: Section, key: str) -> None:
        """Shows a label."""
        desk = self.draft.desk
        self._actions = all_actions(desk.schema)
        # Those of a one-hand set pass, the label's own key stays.
        self._standard = table(self._actions, STANDARD, desk.keys.changes)
        super().show_entry(section, key)
        for tone, button in self._samples.items():
            name = name_of(self.draft.stored(section, key))
            button.setAccessibleName(f"Choose the colour of {name} {_TITLES[tone].lower()}")

    def cleaned(self, field: str, words: str) -> str | None:
        """As the schema keeps it where it is right, else as it was typed."""
        if field not in _CHECKS:
            return super().cleaned(field, words)
        return words if refusal(_CHECKS[field], words) else _CHECKS[field](words)

    # What it names

    def _kind(self) -> LabelKind:
        now, kinds = self.now, self.draft.desk.schema.kinds
        if now.get("links_to") != "entity":
            return LabelKind(now.get("links_to") or LabelKind.PLAIN)
        chosen = now.get("kinds") or []
        if chosen == ["place"]:
            return LabelKind.LOCATION
        acting = {kind.key for kind in kinds if kind.acts}
        return LabelKind.ACTOR if acting.intersection(chosen) or not chosen else LabelKind.OTHER_ENTITY

    def _show_kind(self) -> None:
        offered = [(kind.value, f"{kind.value.capitalize()}: {words}") for kind, words in _KINDS.items()]
        fill(self._names, offered, self._kind().value)
        self.rows.setRowVisible(self._kinds, self.now.get("links_to") == "entity")

    def _take_kind(self) -> None:
        if self._is_showing:
            return
        try:
            links_to, kinds = designing.linked_as(
                self.draft.desk.workspace.records, LabelKind(self._names.currentData())
            )
        except EditRefused as refused:
            self._show_kind()
            self.words.setText(str(refused))
            self.words.show()
            return
        self.draft.set(self.section, self.key, "links_to", links_to)
        self.draft.set(self.section, self.key, "kinds", list(kinds) or None)
        self.show_entry(self.section, self.key)
        self._names.setFocus()
        self.changed.emit()

    # What is said

    def review(self) -> None:
        """What OK cannot do, what it would do to mentions, and what is hard to read or to press."""
        now = self.now
        self.preview.show_label(str(now.get("name") or ""), str(now.get("hotkey") or ""), now)
        for key, tones in _TONES.items():
            self._show_colour(key, tones)
        keys = self.draft.desk.keys.of(f"label {self.key}")
        own = portable(str(now.get("hotkey") or ""))
        self._instead.setText(
            f"In the key set in use: {', '.join(map(native, keys))}" if keys and own not in keys else ""
        )
        self.words.setText("\n".join((*self.refusals(self.key), *self._following(), *self._warnings())))
        super().review()

    def _show_colour(self, key: str, tones: Tones) -> None:
        colour = self._boxes[key].text()
        is_colour = not refusal(labelling.checked_colour, colour)
        self._samples[key].setIcon(sample(colour if is_colour else tones.quiet, tones))
        ratio = contrast(colour, tones.page) if is_colour else 0.0
        self._ratios[key].setText("" if not ratio else f"{rounded(ratio)} : 1" + ("" if ratio >= READABLE else "  ⚠"))

    def refusals(self, key: str) -> list[str]:
        """What OK cannot do with a label. A field that is as it was is none of its business."""
        waiting = self.draft.waiting(Section.LABELS, key)
        found = [refusal(check, str(waiting[field] or "")) for field, check in _CHECKS.items() if field in waiting]
        hotkey = str(self.draft.entry(Section.LABELS, key).get("hotkey") or "")
        found += [
            f"“{hotkey}” is also the key of {self.draft.name(Section.LABELS, other)}."
            for other in self.draft.keys(Section.LABELS)
            if other != key
            and hotkey
            and hotkey.casefold() == str(self.draft.entry(Section.LABELS, other).get("hotkey") or "").casefold()
        ]
        return [words for words in found if words]

    def _following(self) -> list[str]:
        count = self.draft.letting_go(self.key)
        mentions = "1 mention lets its entity go, which is" if count == 1 else f"{count:,} mentions let go of entities"
        more = "" if count == 1 else " that are"
        return [f"{mentions}{more} of a kind this label would not name any more."] if count else []

    def _warnings(self) -> list[str]:
        typed = self._boxes["hotkey"].text()
        hotkey = portable(typed.upper() if len(typed.upper()) == 1 else typed)
        if refusal(labelling.checked_hotkey, typed):
            hotkey = ""
        found = [
            f"⚠ {native(key)} is also: {action.text.rstrip('…')}; of two actions with one key neither works."
            for key in (hotkey, f"Alt+{hotkey}")
            for action in self._actions
            # What one does while reviewing is not in the way of labels.
            if hotkey and action.mode != REVIEWING and not is_of_label(action.id) and key in self._standard[action.id]
        ]
        for key, tones in _TONES.items():
            colour = self._boxes[key].text()
            if not refusal(labelling.checked_colour, colour) and contrast(colour, tones.page) < READABLE:
                ratio = rounded(contrast(colour, tones.page))
                found.append(f"⚠ {_TITLES[key]} a contrast of {ratio} : 1 is hard to read: less than {READABLE} : 1.")
        return found


def rounded(ratio: float) -> str:
    """A ratio with one digit, down, so that 4.46 is not called the 4.5 that it is not."""
    return f"{int(ratio * 10) / 10:.1f}"


def _row(*widgets: QWidget) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        row.addWidget(widget, 1 if isinstance(widget, QLabel) else 0)
    return line
