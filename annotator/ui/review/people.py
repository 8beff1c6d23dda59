"""Who is compared in an article, by which number and colour, and under which name."""

import random
from collections.abc import Collection
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from annotator.domain.ids import AnnotatorId
from annotator.ui.desk import Desk

MOST = 6
"""As many as there are lanes and digits for."""
LIGHT_LANES = ("#060679", "#E9560C", "#2E9E8B", "#9F0CE9", "#790606", "#1D6363")
DARK_LANES = ("#BEB1FB", "#F2F20D", "#F2330D", "#B1FBEF", "#9961D1", "#F98B9D")
"""Colours of lanes on light and on dark pages, from 1 on."""
TICK = "✓"
"""The sign of the agreed result."""


@dataclass(frozen=True, slots=True)
class Person:
    """An annotator with the number that takes her version, what she is called, and how much she marked here."""

    annotator: AnnotatorId
    number: int
    name: str
    count: int


class People(QObject):
    """Everybody who marked something in the article. changed is sent when others are compared, or called otherwise.

    Usually all are compared, the six who marked most where there are more. In a blind review the numbers are dealt
    anew in every article, and always alike in the same one.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: frozenset[AnnotatorId] | None = None
        self._names: dict[AnnotatorId, str] = {}
        self._compared: set[AnnotatorId] = set()
        self._by_annotator: dict[AnnotatorId, int] = {}
        self.everyone: tuple[Person, ...] = ()

    def begin(self) -> None:
        """Another article, or other records in it."""
        desk = self._desk
        counts = desk.contents.counts()
        self._names = {one.id: one.name for one in desk.workspace.records.annotators()}
        if self._wanted is not None:
            counts |= {who: 0 for who in self._wanted if who not in counts and who in self._names}
        order = sorted(counts, key=lambda who: (self._names.get(who, "").casefold(), who))
        most = sorted(order, key=lambda who: -counts[who])[:MOST]
        compared = {who for who in order if who in (most if self._wanted is None else self._wanted)}
        if desk.settings.blind:
            article = desk.contents.article
            order.sort()
            random.Random(f"{desk.workspace.records.project().id} {article.id if article else ''}").shuffle(order)
        # Whoever is compared comes first, so that the digits are theirs.
        order.sort(key=lambda who: who not in compared)
        numbers = {who: number for number, who in enumerate(order, start=1)}
        desk.names.hide(numbers if desk.settings.blind else None)
        self.everyone = tuple(Person(who, number, desk.names.of(who), counts[who]) for who, number in numbers.items())
        self._compared = compared
        self._by_annotator = {person.annotator: person.number for person in self.compared}
        self.changed.emit()

    @property
    def compared(self) -> tuple[Person, ...]:
        """Those who are compared, by number."""
        return tuple(person for person in self.everyone if person.annotator in self._compared)

    def compare(self, wanted: Collection[AnnotatorId]) -> None:
        """Compares these from now on, also in other articles."""
        self._wanted = frozenset(wanted)
        self.begin()

    def with_number(self, number: int) -> Person | None:
        """Whose version a digit takes."""
        return next((person for person in self.compared if person.number == number), None)

    def number_of(self, annotator: AnnotatorId) -> int:
        """An annotator's number; 0 for whoever is not compared."""
        return self._by_annotator.get(annotator, 0)

    def called(self, annotator: AnnotatorId) -> str:
        """An annotator with her number: “1 Ana”, in a blind review “1 Annotator 1”."""
        return f"{self.number_of(annotator)} {self._desk.names.of(annotator)}"

    def colours(self) -> tuple[str, ...]:
        """The colours of the lanes from 1 on, and then that of the agreed result; told apart in every colour vision."""
        tones = self._desk.theme.tones
        return (*(DARK_LANES if tones.is_dark else LIGHT_LANES)[: len(self.compared)], tones.text)

    def signs(self) -> tuple[str, ...]:
        """The signs of the lanes."""
        return (*(str(person.number) for person in self.compared), TICK)
