"""Rows of history as they travel from file to file: what was done, by whom, when, and after what."""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from annotator.domain.documents import Document
from annotator.domain.merging import Event


@dataclass(frozen=True, slots=True)
class Deed:
    """What a row of history did to one record, as documents: before is None when it was made, after when deleted."""

    type: str
    before: Document | None
    after: Document | None
    record: str = field(init=False)
    """The id of the record: asked for again and again, so it is looked up once."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "record", str((self.after or self.before or {}).get("id", "")))


@dataclass(frozen=True, slots=True)
class Touch:
    """That a row of history touched a record. event is the id of the row in which that first happened."""

    record: str
    event: str
    lamport: int
    parents: frozenset[str]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One edit of somebody, with the touches that let it be merged. step is do, undo or redo; at a UTC timestamp.

    spelled is how the deeds stand in the file that they come from; empty when they were changed since.
    """

    id: str
    kind: str
    subject: str
    step: str
    annotator: str
    at: str
    group: str
    program: str
    deeds: tuple[Deed, ...]
    touches: tuple[Touch, ...]
    spelled: str = ""

    @property
    def spelled_after(self) -> str:
        """How the one record is spelled that the row makes; empty where it does not say, or does anything else."""
        if len(self.deeds) != 1 or [touch.event for touch in self.touches] != [self.id]:
            return ""
        before = f'[["{self.deeds[0].type}",null,'
        return self.spelled[len(before) : -2] if self.spelled.startswith(before) else ""

    def events(self) -> Iterator[tuple[str, Event, bool]]:
        """What the row means for each record that it touched: its id, and whether the row only repeats how it was."""
        deeds: dict[str, Deed] = {}
        for deed in self.deeds:
            # An edit may touch a record twice: from what it was at first to what it is in the end.
            first = deeds.get(deed.record)
            deeds[deed.record] = deed if first is None else replace(deed, before=first.before)
        for touch in self.touches:
            done = deeds.get(touch.record)
            if done is not None:
                event = Event(touch.event, touch.lamport, touch.parents, done.before, done.after)
                yield touch.record, event, touch.event != self.id

    def mapped(self, change: Callable[[Deed], Deed | None]) -> "HistoryRow":
        """The row with other deeds; those that become None are left out, with their touches."""
        kept_deeds = tuple([new for deed in self.deeds if (new := change(deed)) is not None])
        if len(kept_deeds) == len(self.deeds) and all(map(operator.is_, kept_deeds, self.deeds)):
            return self
        kept = {deed.record for deed in kept_deeds}
        touches = tuple(touch for touch in self.touches if touch.record in kept)
        return replace(self, deeds=kept_deeds, touches=touches, spelled="")
