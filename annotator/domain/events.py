"""What a claim says to have happened: who did what to whom, where, when, and how many. It lives in the claim only."""

from dataclasses import dataclass, replace

from annotator.domain.ids import EntityId
from annotator.domain.spans import Span

LARGEST = 10**12
"""The largest number of a claim: more than anybody counts, and far from what the file cannot hold."""


@dataclass(frozen=True, slots=True)
class When:
    """A date as the article words it, and the days it means: first and last, ISO 8601, both inclusive.

    Either day may be empty: the interval is open there, or nobody has said which day is meant. spans may be empty
    where the words were typed.
    """

    words: str = ""
    earliest: str = ""
    latest: str = ""
    spans: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.earliest or self.latest)


UNDATED = When()


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of whom: the words are kept, the numbers stay None until a person fills them.

    what is one of the schema's quantity names; spans may be empty where the words were typed.
    """

    what: str
    words: str = ""
    spans: tuple[Span, ...] = ()
    whom: EntityId | None = None
    low: int | None = None
    best: int | None = None
    high: int | None = None

    def __post_init__(self) -> None:
        known = [number for number in (self.low, self.best, self.high) if number is not None]
        if known != sorted(known) or any(number < 0 for number in known):
            raise ValueError("the lowest number cannot be above the best one, nor that above the highest")

    @property
    def figures(self) -> str:
        """Its numbers in words: “12”, “12 (10–15)”, “10–15”, “at least 10”, “at most 15”; empty without any."""
        low, best, high = (f"{one:,}" if one is not None else "" for one in (self.low, self.best, self.high))
        ends = low if low == high else "–".join((low, high)) if low and high else ""
        ends = ends or (f"at least {low}" if low else f"at most {high}" if high else "")
        if not best:
            return ends
        is_plain = {low, high} <= {"", best}
        return best if is_plain else f"{best} ({ends})"


@dataclass(frozen=True, slots=True)
class Event:
    """The event block of a claim; type, mode and relation are keys of the schema's lists, empty when not set."""

    type: str = ""
    mode: str = ""
    actors: tuple[EntityId, ...] = ()
    recipients: tuple[EntityId, ...] = ()
    place: EntityId | None = None
    relation: str = ""
    date: When = UNDATED
    quantities: tuple[Quantity, ...] = ()

    def __bool__(self) -> bool:
        return self != NO_EVENT

    @property
    def entities(self) -> frozenset[EntityId]:
        """Everyone and every place it names."""
        whom = {quantity.whom for quantity in self.quantities if quantity.whom}
        return frozenset({*self.actors, *self.recipients, *whom, *([self.place] if self.place else ())})

    def renamed(self, old: EntityId, new: EntityId | None) -> "Event":
        """The same with another entity in old's place, or with none."""
        return replace(
            self,
            actors=exchanged(self.actors, old, new),
            recipients=exchanged(self.recipients, old, new),
            place=new if self.place == old else self.place,
            quantities=tuple(replace(q, whom=new) if q.whom == old else q for q in self.quantities),
        )


NO_EVENT = Event()


def exchanged(entities: tuple[EntityId, ...], old: EntityId, new: EntityId | None) -> tuple[EntityId, ...]:
    """The entities with new in old's place, or without it, each once."""
    after = dict.fromkeys(new if entity == old else entity for entity in entities)
    return tuple(entity for entity in after if entity is not None)
