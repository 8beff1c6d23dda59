"""A typed attribute: what it is called, what its values are, whom it is for, and whether it is asked for."""

from collections.abc import Iterable
from typing import Any

from annotator.domain.attributes import (
    CLAIM_FIELDS,
    COUNTRIES,
    ENTITY_FIELDS,
    GUESS,
    MENTION_FIELDS,
    AttributeType,
    Tier,
    spoken,
)
from annotator.editing.schema_json import Section
from annotator.ui.dialogs.schema.choices import Choices
from annotator.ui.dialogs.schema.draft import Draft
from annotator.ui.dialogs.schema.entry_form import EntryForm

TYPES = {
    AttributeType.TEXT: "Words",
    AttributeType.CHOICE: "One of some choices",
    AttributeType.CHOICES: "Several of some choices",
    AttributeType.FLAG: "Yes or no",
    AttributeType.NUMBER: "A number",
    AttributeType.DATE: "A date",
    AttributeType.ENTITY: "An entity",
    AttributeType.ENTITIES: "Several entities",
}
TIERS = {Tier.CORE: "Always", Tier.OPTIONAL: "Yes, but it may be left out", Tier.OFF: "No"}
FIELDS = {
    Section.MENTION_ATTRIBUTES: MENTION_FIELDS,
    Section.ENTITY_ATTRIBUTES: ENTITY_FIELDS,
    Section.CLAIM_ATTRIBUTES: CLAIM_FIELDS,
}
_CHOOSING = {AttributeType.CHOICE.value, AttributeType.CHOICES.value}
_CONDITIONS = {Section.MENTION_ATTRIBUTES: Section.LABELS, Section.ENTITY_ATTRIBUTES: Section.KINDS}


class AttributeForm(EntryForm):
    """Choices are saved at once; the rest waits. What is a field of the records keeps its type."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._name = self.line("name", "Name")
        self._type = self.choice("type", "Values", lambda: [(type_.value, words) for type_, words in TYPES.items()])
        self._list = self.choice("list", "Choices from", self._lists)
        self.choices = Choices(draft.desk)
        self.rows.addRow("Choices", self.choices)
        self._default = self.choice("default", "Starts as", self._defaults)
        self._typed_default = self.line("default", "Starts as ")
        self._on = self.checks("on", "Only for", self._conditions, 4)
        self.choice("tier", "Shown", lambda: [(tier.value, words) for tier, words in TIERS.items()])
        self.flag("required", "Has to be filled: what lacks it is listed under Problems")
        self.line("help", "Description").setPlaceholderText("One line: what it means")
        self.changed.connect(self._arrange)

    def show_entry(self, section: Section, key: str) -> None:
        """Shows an attribute."""
        super().show_entry(section, key)
        self._name.setPlaceholderText(spoken(key))
        is_field = key in FIELDS[section]
        self._type.setEnabled(not is_field and not self.draft.in_use(section, key))
        self._arrange()

    def unused(self, section: Section) -> str:
        """Fields of the records are not counted."""
        return "A field of every record" if self.key in FIELDS[section] else super().unused(section)

    def cleaned(self, field: str, words: str) -> Any:
        """A default as its type has it."""
        words = words.strip()
        if field == "name":
            return (
                None if words == spoken(self.key) and "name" not in self.draft.stored(self.section, self.key) else words
            )
        if field == "default" and self.now.get("type") == AttributeType.NUMBER and words:
            try:
                return int(words) if words.lstrip("-").isdecimal() else float(words)
            except ValueError:
                return words
        return super().cleaned(field, words)

    def _arrange(self) -> None:
        """Shows the rows that mean something for the type."""
        now, is_choosing = self.now, self.now.get("type") in _CHOOSING
        for box, is_shown in (
            (self._list, is_choosing),
            (self.choices, is_choosing and not now.get("list")),
            (self._default, is_choosing or now.get("type") == AttributeType.FLAG),
            (self._typed_default, now.get("type") in {AttributeType.TEXT, AttributeType.NUMBER, AttributeType.DATE}),
            (self._on, self.section in _CONDITIONS),
        ):
            self.rows.setRowVisible(box, is_shown)
        stored = self.draft.stored(self.section, self.key)
        name = self.draft.name(self.section, self.key)
        self.choices.show_choices(self.section.value, self.key, name, list(stored.get("choices", ())))

    def _lists(self) -> Iterable[tuple[Any, str]]:
        names = self.draft.data.get("lists", {})
        return [(None, "its own list"), *((name, f"the list “{name}”") for name in names), (COUNTRIES, "countries")]

    def _defaults(self) -> Iterable[tuple[Any, str]]:
        now = self.now
        if now.get("type") == AttributeType.FLAG:
            return [(None, "no"), (True, "yes")]
        choices = now.get("choices") or self.draft.data.get("lists", {}).get(now.get("list"), ())
        guess = [(GUESS, "what the program guesses")] if self.key in FIELDS[self.section] else []
        return [(None, "nothing"), *guess, *((choice, choice) for choice in choices)]

    def _conditions(self) -> Iterable[tuple[str, str]]:
        of = _CONDITIONS.get(self.section)
        return [(key, self.draft.name(of, key)) for key in self.draft.keys(of)] if of else []
