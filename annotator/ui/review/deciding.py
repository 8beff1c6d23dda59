"""From keys to decisions on the current item: somebody's version, none, a changed one, all that is agreed; and why."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.assignments import State
from annotator.domain.claims import Claim
from annotator.domain.comparison import Item
from annotator.domain.decisions import Decision, Verdict
from annotator.domain.edits import Edit
from annotator.domain.ids import ArticleId, ClaimId, DecisionId, MentionId, ZoneId
from annotator.domain.matching import Compared
from annotator.domain.mentions import Mention
from annotator.domain.zones import Zone
from annotator.editing import deciding
from annotator.editing.deciding import Word
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.review.items import Items
from annotator.ui.review.people import People
from annotator.ui.widgets.waiting import waiting


class Deciding(QObject):
    """What the keys do. A reason or note belongs to what was just decided, else to what will be decided next.

    result_wanted is sent with the agreed record that is to be edited, subject_changed when something else is explained.
    """

    result_wanted = Signal(object)
    subject_changed = Signal()

    def __init__(self, desk: Desk, items: Items, people: People) -> None:
        super().__init__()
        self._desk, self._items, self._people = desk, items, people
        self._just: DecisionId | None = None
        self._reason = self._note = ""
        self._is_deciding = self._is_warned = False
        items.current_changed.connect(self._on_current)

    # Deciding

    def take(self, number: int) -> None:
        """Takes the version of the person with a number."""
        person, item = self._people.with_number(number), self._current()
        if item is None:
            return
        if person is None:
            self._refuse(f"There is no {number} here: {len(self._people.compared)} are compared.")
            return
        version = item.of(person.annotator)
        if version is None:
            self._refuse(f"{self._people.called(person.annotator)} has nothing here: 0 takes none.")
            return
        self._decide(item, version)

    def take_none(self) -> None:
        """Takes nobody's version."""
        item = self._current()
        if item is not None:
            self._decide(item, None)

    def accept_agreed(self) -> None:
        """Takes everything that everybody who is compared has alike, in one edit."""
        article, items = self._desk.focus.article, self._items
        agreed = [item for item in items.all if item.is_agreed and not item.is_settled]
        if article is None or not agreed:
            self._refuse("Nothing that everybody has alike is open here.")
            return
        with waiting():
            edit = self._do(deciding.decide, article, *(Word(item.versions, item.versions[0]) for item in agreed))
        if edit is not None:
            count = len(agreed)
            self._go_on(items.current or 0)
            self._desk.notices.said.emit(
                f"Accepted {count:,} item{'s' if count > 1 else ''} that everybody has alike; one undo takes them back."
            )

    def change(self) -> None:
        """Makes an agreed version of what most have, to be edited; what was settled is edited further."""
        item = self._current()
        if item is None:
            return
        if isinstance(item.versions[0], Zone):
            self._refuse("A zone is taken as somebody has it, or not at all.")
            return
        decision = item.decision if item.is_settled else None
        if decision is None or not decision.result:
            self._decide(item, self._usual(item), Verdict.CHANGE, goes_on=False)
        elif decision.verdict is not Verdict.CHANGE:
            self._do(deciding.explain, decision.id, verdict=Verdict.CHANGE)
        now = self._items.item
        result = self.result_of(now) if now is not None and now.is_settled else None
        if result is not None:
            self.result_wanted.emit(result)

    def reopen(self) -> None:
        """Takes the current item's decision back."""
        item = self._current()
        if item is None:
            return
        if item.decision is None:
            self._refuse("Nothing was decided here yet.")
        elif self._do(deciding.reopen, item.decision.id) is not None:
            self._desk.notices.said.emit("Reopened: it is to be decided again.")

    def settle(self, following: Callable[[], ArticleId | None]) -> None:
        """Says that the article is reviewed and shows the next one; asked again while something is open."""
        article, counts = self._desk.focus.article, self._items.counts
        if article is None:
            return
        is_open = sum(not item.is_settled for item in self._items.all)
        if is_open and not self._is_warned:
            self._is_warned = True
            differences = counts["differences"]
            self._refuse(
                f"{is_open:,} open, {differences:,} of them differences: A accepts what is alike; "
                f"{self._desk.keys.name('settle')} again leaves them open."
            )
            return
        self._is_warned = False
        if not self._is_reviewed(article) and self._do(deciding.settle_article, article) is None:
            return
        after = following()
        if after is None:
            self._desk.notices.said.emit("Reviewed. No other article of the list is to be reviewed.")
        else:
            self._desk.focus.show_article(after)

    def _is_reviewed(self, article: ArticleId) -> bool:
        known = self._desk.workspace.records.assignment(article, self._desk.contents.consensus)
        return known is not None and known.state is State.REVIEWED

    def _usual(self, item: Item) -> Compared:
        """The version that most have; of several the one with the lowest number."""
        said = {version.id: _said(version) for version in item.versions}
        most = Counter(said.values())
        return min(item.versions, key=lambda one: (-most[said[one.id]], self._people.number_of(one.author)))

    def _decide(
        self, item: Item, version: Compared | None, verdict: Verdict = Verdict.ACCEPT, *, goes_on: bool = True
    ) -> None:
        article, place = self._desk.focus.article, self._items.place_of(item.key)
        if article is None:
            return
        word = Word(item.versions, version, verdict, self._reason, self._note)
        edit = self._do(deciding.decide, article, word)
        if edit is None:
            return
        made = next((c.after for c in edit.changes if isinstance(c.after, Decision)), None)
        if goes_on:
            self._go_on(place or 0)
        self._just = made.id if made else None
        self._reason = self._note = ""
        self.subject_changed.emit()

    def _do(self, gesture: Callable[..., Edit], *args: Any, **kwargs: Any) -> Edit | None:
        self._is_deciding = True
        try:
            return self._desk.do(gesture, *args, **kwargs)
        finally:
            self._is_deciding = False

    def _go_on(self, place: int) -> None:
        self._items.go_on(place)
        if all(item.is_settled for item in self._items.all):
            self._desk.notices.said.emit(
                f"Everything here is settled. {self._desk.keys.name('settle')} goes on to the next article."
            )

    def follow(self, edit: Edit) -> None:
        """After an undo, or a redo, what it concerns is the current item."""
        if self._is_deciding:
            return
        found = [change.record for change in edit.changes if isinstance(change.record, Decision)]
        if len(found) != 1:
            return
        place = self._items.place_of(*found[0].about)
        self._just = None
        self._items.choose(place if place is not None else self._items.current)

    def result_of(self, item: Item) -> Compared | None:
        """The agreed record that was made of an item."""
        result = item.decision.result if item.decision else ""
        contents = self._desk.contents
        found = contents.mention(MentionId(result)) or contents.claim(ClaimId(result))
        return found or contents.zone(ZoneId(result))

    # Why

    @property
    def subject(self) -> tuple[str, str, str]:
        """What a reason would be for, in words, and the reason and note that it has."""
        just = self._just_decided()
        if just is not None:
            place = self._items.place_of(*just.about)
            words = f"{self.words_of(self._items.all[place])}, just decided" if place is not None else ""
            return words, just.reason, just.note
        item = self._items.item
        if item is None:
            return "", "", ""
        if item.is_settled and item.decision is not None:
            return self.words_of(item), item.decision.reason, item.decision.note
        return self.words_of(item), self._reason, self._note

    def explain(self, **fields: str) -> None:
        """Gives a reason or a note: to what was just decided, to the current item's decision, or to the one to come."""
        decision, item = self._just_decided(), self._items.item
        if decision is None and item is not None and item.is_settled:
            decision = item.decision
        if decision is not None:
            if all(getattr(decision, key) == value for key, value in fields.items()):
                return
            self._do(deciding.explain, decision.id, **fields)
        elif item is not None:
            self._reason, self._note = fields.get("reason", self._reason), fields.get("note", self._note)
        self.subject_changed.emit()

    def _just_decided(self) -> Decision | None:
        return self._desk.workspace.records.find(Decision, self._just) if self._just else None

    def words_of(self, item: Item) -> str:
        """The words that an item is about, on one line."""
        first = item.versions[0]
        return f"“{short(first.span.cut(self._desk.contents.text) if isinstance(first, Zone) else first.quote)}”"

    def _on_current(self) -> None:
        self._just, self._reason, self._note, self._is_warned = None, "", "", False
        self.subject_changed.emit()

    def _current(self) -> Item | None:
        item = self._items.item
        if item is None:
            self._refuse(f"Choose an item first: {self._desk.keys.name('next difference')} goes to the next one.")
        return item

    def _refuse(self, words: str) -> None:
        self._desk.notices.refused.emit(words)


def _said(record: Compared) -> object:
    """What makes two versions the same to somebody who looks for the usual one."""
    if isinstance(record, Mention):
        return record.label, record.spans, record.entity
    if isinstance(record, Claim):
        return record.content, record.sources, record.cue, record.stance, record.act, record.manner
    return record.kind, record.span
