"""Copies of one record in the hands of people who work apart, and histories of them by chance."""

import random
from typing import Any

from annotator.domain.merging import Event, merged

FIELDS = ("label", "note", "level")


class Copy:
    """A person's copy of one record: the events she knows, and what she sees."""

    def __init__(self, person: str, known: dict[str, Event] | None = None) -> None:
        self.person, self.known = person, dict(known or {})

    @property
    def seen(self) -> dict[str, Any] | None:
        return merged(self.known.values()).document

    def do(self, after: dict[str, Any] | None) -> Event:
        """Puts the record into another state, as a gesture does."""
        past = {parent for event in self.known.values() for parent in event.parents}
        event = Event(
            id=f"{self.person}{len(self.known)}",
            lamport=1 + max((event.lamport for event in self.known.values()), default=0),
            parents=frozenset(self.known.keys() - past),
            before=self.seen,
            after=after,
        )
        self.known[event.id] = event
        return event

    def set(self, **fields: str) -> Event:
        """Sets fields."""
        return self.do((self.seen or {"id": "r"}) | fields)

    def take(self, other: "Copy") -> None:
        """Brings in all that another knows."""
        self.known |= other.known


def base() -> Copy:
    coordinator = Copy("c")
    coordinator.do({"id": "r", "label": "actor", "note": "", "level": "name", "changed": "1"})
    return coordinator


def played(seed: int) -> list[Copy]:
    """Three people who work apart and now and then bring in what another has."""
    chance = random.Random(seed)
    people = [Copy(name, base().known) for name in "abd"]
    for _ in range(chance.randrange(1, 14)):
        person = chance.choice(people)
        step = chance.random()
        if step < 0.3:
            person.take(chance.choice(people))
        elif step < 0.45 and person.seen is not None:
            person.do(None)
        elif person.seen is None:
            if step < 0.7:
                person.do({"id": "r", "label": "actor", "note": "", "level": "name", "changed": "1"})
        else:
            person.set(**{chance.choice(FIELDS): chance.choice("xyz")})
    return people
