"""Adding, removing and moving entries of the schema, and whole schemas in and out: each saved at once."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.attributes import AttributeType, Tier
from annotator.domain.schema_checking import problems
from annotator.domain.schemas import parse
from annotator.editing import choosing, consequences, designing
from annotator.editing.schema_json import ATTRIBUTES, Section
from annotator.ui.colours import new_colour
from annotator.ui.dialogs.faults import Faults
from annotator.ui.dialogs.questions import ask_file, ask_new_file, ask_words
from annotator.ui.dialogs.schema.draft import Draft
from annotator.ui.dialogs.schema.outline import Chosen, Outline
from annotator.ui.dialogs.schema.removing import Removal
from annotator.ui.dialogs.schema_choice import SCHEMA_FILES
from annotator.ui.theme import DARK, LIGHT
from annotator.ui.widgets.plain import ask, tell

_OTHER_WAYS = {
    Section.LABELS: "Remove those mentions",
    Section.LINKS: "Remove those links",
    Section.ZONES: "Make those zones plain body",
}


class Shaping(QObject):
    """done is sent after a change, said with words for the foot of the dialog."""

    done = Signal()
    said = Signal(str)

    def __init__(self, draft: Draft, outline: Outline, window: QWidget) -> None:
        super().__init__(window)
        self._draft, self._outline, self._window = draft, outline, window
        self._desk = draft.desk

    # Entries

    def add(self) -> None:
        """Asks for a name and adds an entry after the chosen one, or a list."""
        chosen = self._outline.chosen
        section = chosen.section
        noun = section.noun if section else "list"
        if section is None and chosen.where != choosing.LIST:
            self.said.emit("Add quantities and relations in the form: write one and press Enter.")
            return
        name = ask_words(self._window, f"Add {noun}", f"What is the new {noun} called?", "")
        words = " ".join((name or "").split())
        if not words:
            return
        if section is None:
            self._finish(self._desk.do(choosing.add_list, words), Chosen(choosing.LIST, words))
            return
        records = self._desk.workspace.records
        key = designing.new_key(records, section, words)
        fields = {"key": key} | self._starting(section, words)
        keys = self._draft.keys(section)
        at = keys.index(chosen.key) + 1 if chosen.key in keys else None
        self._finish(self._desk.do(designing.add, section, fields, at), Chosen(section.value, key))

    def _starting(self, section: Section, name: str) -> dict[str, Any]:
        """What a new entry starts with."""
        if section in ATTRIBUTES:
            return {"name": name, "type": AttributeType.TEXT.value, "tier": Tier.OPTIONAL.value}
        if section in {Section.KINDS, Section.ZONES}:
            taken = {self._draft.stored(section, other).get("digit") for other in self._draft.keys(section)}
            return {"digit": next((digit for digit in range(1, 10) if digit not in taken), 0)}
        if section is Section.LINKS:
            return {"name": name, "from": "claim", "to": "claim"}
        labels = [self._draft.stored(section, other) for other in self._draft.keys(section)]
        return {
            "name": name,
            "hotkey": "",
            "light": new_colour([label["light"] for label in labels], LIGHT.page),
            "dark": new_colour([label["dark"] for label in labels], DARK.page),
            "links_to": None,
        }

    def remove(self) -> None:
        """Removes the chosen entry, after asking what becomes of the records that use it."""
        chosen = self._outline.chosen
        section = chosen.section
        if not chosen.key:
            self.said.emit("Choose a single entry to remove.")
            return
        if section is None:
            self._finish(self._desk.do(choosing.remove_list, chosen.key), Chosen(choosing.LIST))
            return
        found, name = self._draft.in_use(section, chosen.key), self._draft.name(section, chosen.key)
        if not found:
            self._finish(self._desk.do(designing.remove, section, chosen.key), Chosen(section.value))
            return
        is_attribute = section in ATTRIBUTES
        others = [] if is_attribute else [key for key in self._draft.keys(section) if key != chosen.key]
        other_way = "Remove its values there" if is_attribute else _OTHER_WAYS.get(section, "")
        named = [(key, self._draft.name(section, key)) for key in others if self._can_replace(section, chosen.key, key)]
        removal = Removal(name, found, named, other_way, self._window)
        removal.accepted.connect(lambda: self._remove_with(section, chosen.key, removal.instead))
        removal.open()

    def _can_replace(self, section: Section, key: str, other: str) -> bool:
        """A link between claims cannot become one between entities."""
        of = self._draft.stored
        return section is not Section.LINKS or of(section, key).get("from") == of(section, other).get("from")

    def _remove_with(self, section: Section, key: str, instead: str) -> None:
        with_records = not instead and section is not Section.KINDS
        done = self._desk.do(designing.remove, section, key, instead, with_records=with_records)
        self._finish(done, Chosen(section.value, instead))

    def move(self, step: int) -> None:
        """Moves the chosen entry up or down in its section."""
        chosen = self._outline.chosen
        section = chosen.section
        if section is None or not chosen.key:
            return
        keys = self._draft.keys(section)
        to = keys.index(chosen.key) + step
        if 0 <= to < len(keys):
            self._finish(self._desk.do(designing.move, section, chosen.key, to), chosen)

    def _finish(self, edit: object, then: Chosen) -> None:
        if edit is not None:
            self.done.emit()
            self._outline.choose(then)

    # Whole schemas

    def export_file(self) -> None:
        """Writes the project's schema to a file."""
        records = self._desk.workspace.records
        offered = records.path.with_name(f"{records.schema.name}.json".replace("/", "-"))
        target = ask_new_file(self._window, "Export schema", offered, SCHEMA_FILES)
        if target is None:
            return
        try:
            target.write_text(designing.exported(records), encoding="utf-8")
        except OSError as error:
            tell(self._window, "Export schema", f"{target.name} cannot be written: {error.strerror}.")
        else:
            self.said.emit(f"Exported to {target.name}.")

    def import_file(self) -> None:
        """Puts the schema of a file in the place of the project's, or shows what is wrong with it."""
        path = ask_file(self._window, "Import schema", self._desk.settings.last_folder, SCHEMA_FILES)
        if path is not None:
            self._take_file(path)

    def _take_file(self, path: Path) -> None:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            tell(self._window, "Import schema", f"{path.name} cannot be read as text.")
            return
        found = problems(text)
        if found:
            Faults(path.name, text, found, self._window).open()
            return
        unknown = consequences.unknown_to(self._desk.workspace.records, text)
        name = parse(text).name
        if unknown and not ask(
            self._window,
            "Import schema",
            f"“{name}” does not know the labels, kinds, links or zones of {unknown.sentence} in this project. They "
            "stay as they are, in grey, until they are given others. One undo brings the old schema back.",
            "Import it",
        ):
            return
        self._draft.forget()
        self._finish(self._desk.do(designing.replace_schema, text), Chosen(Section.LABELS.value))
