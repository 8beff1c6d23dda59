"""The items of the article that is reviewed: which are listed, which one is decided on, what is settled."""

import random
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from annotator.domain.claims import Claim
from annotator.domain.comparison import Difference, Item, compare, latest_on, settled
from annotator.domain.decisions import Decision
from annotator.domain.edits import Edit
from annotator.domain.ids import AnnotatorId, ClaimId, DecisionId
from annotator.domain.matching import Compared, label_of
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone
from annotator.ui.desk import Desk
from annotator.ui.review.people import People

DIFFERENCES, AGREED, EVERYTHING = "differences", "agreed", "everything"
OPEN, SETTLED = "open", "settled"
CLAIMS = "claims"
"""The label of items that have none."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which items to list. kind is one of DIFFERENCES, AGREED, EVERYTHING or a Difference; empty fields mean any.

    sample says how many of each person's records under each label to look at; 0 means all.
    """

    kind: str = DIFFERENCES
    annotator: AnnotatorId | None = None
    label: str = ""
    state: str = OPEN
    sample: int = 0


class Items(QObject):
    """Reads the article's records once, then keeps in step with edits.

    listed is sent when other items are listed or items say something else; changed with the items that were
    settled or reopened; current_changed when another one is decided on.

    all are the items in reading order, rows the places of those that are listed. kinds are the differences that there
    are, settled or not, labels what items were called; CLAIMS stands for claims. counts says how many open items there
    are of each kind, how many DIFFERENCES and how many AGREED, and how many of all are SETTLED.
    """

    listed = Signal()
    changed = Signal(object)
    current_changed = Signal()

    def __init__(self, desk: Desk, people: People) -> None:
        super().__init__()
        self._desk, self._people = desk, people
        self.filter = Filter()
        self.all: list[Item] = []
        self.rows: list[int] = []
        self.current: int | None = None
        self.sampled: frozenset[str] = frozenset()
        self.kinds: list[Difference] = []
        self.labels: list[str] = []
        self.counts: Counter[str] = Counter()
        self._decisions: dict[DecisionId, Decision] = {}
        self._place: dict[str, int] = {}

    # Reading

    def begin(self) -> None:
        """Another article: the first open item is the current one."""
        article = self._desk.contents.article
        found = self._desk.workspace.records.decisions_in(article.id) if article else ()
        self._decisions = {decision.id: decision for decision in found}
        self.current = None
        self.read()
        self.go_on(0)

    def read(self) -> None:
        """Compares again; the current item stays if it is still there."""
        key = self.item.key if self.item else ""
        compared = [person.annotator for person in self._people.compared]
        self.all = list(compare(self._desk.contents.records(), self._decisions.values(), compared))
        self._place = {version.id: place for place, item in enumerate(self.all) for version in item.versions}
        kinds = {kind for item in self.all for kind in item.kinds}
        self.kinds = [kind for kind in Difference if kind in kinds]
        self.labels = sorted({label for item in self.all for label in item.labels or (CLAIMS,)})
        self.current = self._place.get(key)
        self._draw_sample()
        self._list()

    def take(self, edit: Edit) -> bool:
        """Takes over an edit; answers whether what people marked is other than before, and was compared again."""
        decided: list[Decision] = []
        is_other = False
        compared = {person.annotator for person in self._people.compared}
        for change in edit.changes:
            record = change.record
            if isinstance(record, Decision) and self._is_here(record):
                decided.append(record)
                self._decisions.pop(record.id, None)
                if isinstance(change.after, Decision):
                    self._decisions[record.id] = change.after
            elif isinstance(record, Mention | Claim | Zone) and record.author != self._desk.contents.consensus:
                is_other |= self._is_here(record) and (record.author in compared or record.id in self._place)
        if is_other:
            self.read()
        elif decided:
            self._settle(decided)
        return is_other

    def _is_here(self, record: Compared | Decision) -> bool:
        article = self._desk.contents.article
        return article is not None and record.article == article.id

    def _settle(self, decided: list[Decision]) -> None:
        standing = latest_on(self._decisions.values())
        places = {self._place[record] for decision in decided for record in decision.about if record in self._place}
        for place in places:
            self.all[place] = settled(self.all[place], standing)
        self.changed.emit([self.all[place] for place in sorted(places)])
        self._list()

    # Listing

    def show(self, **fields: object) -> None:
        """Lists other items."""
        self.filter = replace(self.filter, **fields)  # type: ignore[arg-type]  # fields of the filter
        self._draw_sample()
        self._list()

    def _list(self) -> None:
        self.rows = [place for place, item in enumerate(self.all) if self._passes(item)]
        self.counts = self._count()
        self.listed.emit()

    def _passes(self, item: Item) -> bool:
        wanted = self.filter
        is_of_state = not wanted.state or item.is_settled == (wanted.state == SETTLED)
        if not is_of_state or not self._is_of_kind(item):
            return False
        is_hers = wanted.annotator is None or item.of(wanted.annotator) is not None
        is_labelled = not wanted.label or wanted.label in (item.labels or (CLAIMS,))
        is_drawn = not wanted.sample or any(version.id in self.sampled for version in item.versions)
        return is_hers and is_labelled and is_drawn

    def _is_of_kind(self, item: Item) -> bool:
        kind = self.filter.kind
        if kind == DIFFERENCES:
            # Where one person is looked at nothing differs, and everything is to be decided on.
            return not item.is_agreed or len(self._people.compared) == 1
        return kind == EVERYTHING or (item.is_agreed if kind == AGREED else kind in item.kinds)

    def _count(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for item in self.all:
            if item.is_settled:
                found[SETTLED] += 1
            else:
                found[AGREED if item.is_agreed else DIFFERENCES] += 1
                found.update(map(str, item.kinds))
        return found

    # Sampling

    @property
    def seed(self) -> str:
        """What the sample is drawn by: the same in every copy of the project, another one in each article."""
        article = self._desk.contents.article
        return article.id[-8:] if article else ""

    def _draw_sample(self) -> None:
        groups: dict[tuple[AnnotatorId, str], list[str]] = {}
        if self.filter.sample:
            for item in self.all:
                for version in item.versions:
                    label = label_of(version) or type(version).__name__
                    groups.setdefault((version.author, label), []).append(version.id)
        drawn: set[str] = set()
        for (annotator, label), ids in groups.items():
            chance = random.Random(f"{self.seed} {annotator} {label}")
            drawn.update(chance.sample(sorted(ids), min(self.filter.sample, len(ids))))
        self.sampled = frozenset(drawn)

    # The current one

    @property
    def item(self) -> Item | None:
        """What is decided on."""
        return self.all[self.current] if self.current is not None else None

    def key_of(self, claim: ClaimId) -> str:
        """The key of the item that a claim is a version of; the claim's own id when nobody who is compared made it."""
        place = self._place.get(claim)
        return self.all[place].key if place is not None else claim

    def place_of(self, *records: str) -> int | None:
        """Where the item with any of these records stands in reading order; the key of an item is one of them."""
        return next((self._place[record] for record in records if record in self._place), None)

    def choose(self, place: int | None) -> None:
        """Makes an item the current one, by its place in reading order."""
        if place != self.current:
            self.current = place
            self.current_changed.emit()

    def step(self, *, forward: bool) -> bool:
        """Goes to the next or previous open item of the list, round the end; answers whether there is one."""
        rows, here = self.rows, self.current
        if forward:
            at = bisect_right(rows, here) if here is not None else 0
            order = rows[at:] + rows[:at]
        else:
            at = bisect_left(rows, here) if here is not None else len(rows)
            order = rows[:at][::-1] + rows[at:][::-1]
        found = next((place for place in order if not self.all[place].is_settled and place != here), None)
        if found is not None:
            self.choose(found)
        return found is not None

    def go_on(self, place: int) -> None:
        """Goes to the first open item of the list from a place on; stays where there is none."""
        at = bisect_left(self.rows, place)
        order = self.rows[at:] + self.rows[:at]
        found = next((row for row in order if not self.all[row].is_settled), None)
        if found is not None:
            self.choose(found)
