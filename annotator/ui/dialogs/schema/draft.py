"""What was entered in the schema editor and is not saved yet, over what the project has."""

import json
from typing import Any

from annotator.domain.schema_checking import problems
from annotator.domain.schemas import GUIDELINES_VERSION
from annotator.editing import consequences, designing
from annotator.editing.consequences import Consequences
from annotator.editing.schema_json import Entry, Section, entries, entry, give, loaded, name_of, written
from annotator.errors import EditRefused
from annotator.ui.desk import Desk

Place = tuple[Section, str]
"""A section and the key of an entry in it."""


class Draft:
    """Fields of entries wait here until they are saved, one edit for each entry; all else is saved at once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.data: Entry = {}
        self._pending: dict[Place, Entry] = {}
        self._guidelines: str | None = None
        self.reload()

    def reload(self) -> None:
        """Reads the project's schema; what waits for an entry that is gone is forgotten."""
        self.data = loaded(self.desk.workspace.records)
        self._pending = {place: fields for place, fields in self._pending.items() if self.has(*place)}

    def has(self, section: Section, key: str) -> bool:
        """Whether the project's schema has the entry."""
        return any(found["key"] == key for found in entries(self.data, section))

    def keys(self, section: Section) -> list[str]:
        """The keys of a section, in order."""
        return [str(found["key"]) for found in entries(self.data, section)]

    def stored(self, section: Section, key: str) -> Entry:
        """An entry as the project has it."""
        return entry(self.data, section, key)

    def entry(self, section: Section, key: str) -> Entry:
        """An entry as it would be saved."""
        result = dict(self.stored(section, key))
        give(result, self._pending.get((section, key), {}))
        return result

    def name(self, section: Section, key: str) -> str:
        """What an entry would be called."""
        return name_of(self.entry(section, key))

    def set(self, section: Section, key: str, field: str, value: Any) -> None:
        """Enters another value, None for none; one that the project has already does not wait."""
        stored, waiting = self.stored(section, key), self._pending.setdefault((section, key), {})
        if value == stored.get(field):
            waiting.pop(field, None)
        else:
            waiting[field] = value
        if not waiting:
            del self._pending[section, key]

    def waiting(self, section: Section, key: str) -> Entry:
        """What was entered for an entry and is not saved."""
        return dict(self._pending.get((section, key), {}))

    @property
    def guidelines(self) -> str:
        """The version of the guidelines as it would be saved."""
        stored = str(self.data.get(GUIDELINES_VERSION) or "")
        return stored if self._guidelines is None else self._guidelines

    @guidelines.setter
    def guidelines(self, version: str) -> None:
        stored, entered = str(self.data.get(GUIDELINES_VERSION) or ""), " ".join(version.split())
        self._guidelines = None if entered == stored else entered

    @property
    def places(self) -> list[Place]:
        """The entries that something was entered for."""
        return list(self._pending)

    def forget(self) -> None:
        """Drops all that was entered."""
        self._pending.clear()
        self._guidelines = None

    def faults(self) -> list[str]:
        """What would be wrong with the schema that is not wrong now."""
        if not self._pending:
            return []
        data = json.loads(written(self.data))
        for (section, key), fields in self._pending.items():
            give(entry(data, section, key), fields)
        known = {problem.message for problem in problems(written(self.data))}
        return [problem.message for problem in problems(written(data)) if problem.message not in known]

    def in_use(self, section: Section, key: str) -> Consequences:
        """How many records use an entry."""
        return consequences.consequences(self.desk.workspace.records, section, key)

    def letting_go(self, key: str) -> int:
        """How many mentions of a label would lose their entity by what was entered."""
        waiting = self.waiting(Section.LABELS, key)
        if not {"links_to", "kinds"} & waiting.keys():
            return 0
        now, records = self.entry(Section.LABELS, key), self.desk.workspace.records
        kinds = tuple(now.get("kinds") or ())
        return consequences.consequences_of_kinds(records, key, now.get("links_to"), kinds).letting_go

    def save(self) -> bool:
        """Saves what waits: a label whose key another one gives up comes after that one. False when one was refused."""
        while self._pending:
            free = [place for place in self._pending if not self._is_key_taken(place)]
            if free:
                place = free[0]
                done = self.desk.do(designing.change, *place, self._pending[place])
            else:  # two change keys with each other: one of them waits on a key that nobody has
                place = next(iter(self._pending))
                done = self.desk.do(designing.change, *place, {"hotkey": self._spare()})
            if done is None:
                return False
            self.data = loaded(self.desk.workspace.records)
            if free:
                del self._pending[place]
        return self._save_guidelines()

    def _save_guidelines(self) -> bool:
        if self._guidelines is None:
            return True
        done = self.desk.do(designing.set_guidelines, self._guidelines)
        self.data, self._guidelines = loaded(self.desk.workspace.records), None if done else self._guidelines
        return done is not None

    def _is_key_taken(self, place: Place) -> bool:
        section, key = place
        wanted = str(self._pending[place].get("hotkey") or "").casefold()
        return (
            bool(wanted)
            and section is Section.LABELS
            and any(
                found["key"] != key and str(found.get("hotkey", "")).casefold() == wanted
                for found in entries(self.data, section)
            )
        )

    def _spare(self) -> str:
        taken = {str(found.get("hotkey", "")).casefold() for found in entries(self.data, Section.LABELS)}
        taken |= {str(fields.get("hotkey") or "").casefold() for fields in self._pending.values()}
        letters = (chr(code) for code in range(ord("A"), 0x250))
        return next(letter for letter in letters if letter.isalpha() and letter.casefold() not in taken)


def refusal(check: Any, words: str) -> str:
    """Why a check refuses words; empty when it takes them."""
    try:
        check(words)
    except EditRefused as refused:
        return str(refused)
    return ""
