"""The event block of a claim's form: what is said to have happened, who, where, when, how many."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from annotator.domain.accounts import Account
from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.events import UNDATED
from annotator.domain.ids import EntityId
from annotator.domain.schemas import EventBlock
from annotator.domain.spans import Span
from annotator.editing import recounting
from annotator.services.precision import codes_of
from annotator.ui.edits import short
from annotator.ui.forms import days
from annotator.ui.forms.fields import ChoiceField, LineField, as_is
from annotator.ui.forms.form import Form, Listing, not_saved, section
from annotator.ui.forms.numbers import NumberErrands, NumberRows, figure
from annotator.ui.widgets.plain import plain_label, plain_row

_PARTIES = {"actors": "Who did it", "recipients": "To whom"}


class EventRows:
    """Rows of a claim's form, for a schema whose event block is on. ask_party, ask_place open the finder."""

    def __init__(
        self,
        form: Form,
        block: EventBlock,
        go: Callable[[Span], None],
        ask_party: Callable[[str], None],
        ask_place: Callable[[], None],
    ) -> None:
        self._desk, self._block, self._go, self._ask_party = form.desk, block, go, ask_party
        self._claim: Claim | None = None
        self._rows = form.rows
        self._rows.addRow(section("What is said to have happened"))
        self._type = ChoiceField("Event type", as_is(block.types, unset="–"))
        self._type.committed.connect(lambda value: self._describe(type=value))
        self._rows.addRow("Event type", self._type)
        self._mode = LineField("Mode", "weapon, form of protest")
        self._mode.committed.connect(lambda value: self._describe(mode=value))
        if block.has_mode:
            self._rows.addRow("Mode", self._mode)
        self._parties = {role: Listing() for role in _PARTIES}
        for role, listing in self._parties.items():
            plain_row(self._rows, _PARTIES[role], listing)
        self._build_place(ask_place)
        self._date_words = Listing()
        self._date = LineField("When it happened", "such as 2021-08-20, or 2021-08-18 – 2021-08-22")
        self._date.committed.connect(self._save_date)
        self._rows.addRow("When", self._date_words)
        self._rows.addRow("", self._date)
        errands = NumberErrands(go, self._drop_number, self._save_number)
        self._numbers = NumberRows(block.quantities, errands)
        self._rows.addRow("Numbers", self._numbers)

    def _build_place(self, ask: Callable[[], None]) -> None:
        self._place, self._relation = QPushButton(), ChoiceField("Place relation", ())
        self._place.setAccessibleName("Where it happened")
        self._place.clicked.connect(ask)
        self._relation.offer(as_is(self._block.place_relations, unset="–"))
        self._relation.committed.connect(lambda value: self._describe(relation=value))
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self._relation, 2)
        line.addWidget(self._place, 3)
        self._rows.addRow("Where", line)
        self._codes = plain_label(quiet=True, wrap=True)
        self._rows.addRow("", self._codes)

    def show_claim(self, account: Account) -> None:
        """Shows the event of a claim."""
        self._claim = claim = account.claim
        event = claim.event
        self._type.show_value(event.type)
        self._mode.show_value(event.mode)
        for role, listing in self._parties.items():
            listing.clear()
            for entity in event.actors if role == "actors" else event.recipients:
                listing.add(account.name(entity), drop=self._without(role, entity))
            listing.add("add…", go=self._asker(role))
        place = account.entities.get(event.place) if event.place else None
        self._place.setText(short(place.name, 24).replace("&", "&&") if place else "choose…")
        self._relation.show_value(event.relation)
        codes = codes_of(place, event.relation) if place else ""
        self._codes.setText(codes)
        self._codes.setVisible(bool(codes))
        self._date_words.clear()
        when = event.date
        if when.words:
            go = self._goer(when.spans[0]) if when.spans else None
            self._date_words.add(f"“{when.words}”", go=go, drop=self._clear_date)
        else:
            self._date_words.add(f"select it, press {self._desk.keys.name('event date')}")
        self._date.show_value(days.shown(when))
        key = self._desk.keys.name("number")
        self._numbers.show_numbers(event.quantities, lambda quantity: account.name(quantity.whom), key)

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        for field in self._lines():
            field.commit()

    def forget(self) -> None:
        """What was typed does not count any more."""
        for field in self._lines():
            field.forget()

    def _lines(self) -> list[LineField]:
        return [self._mode, self._date, *self._numbers.fields()]

    def _asker(self, role: str) -> Callable[[], None]:
        return lambda: self._ask_party(role)

    def _save_number(self, index: int, key: str, value: str) -> None:
        if self._claim is not None:
            claim = self._claim.id

            def save() -> Edit:
                return self._do(
                    recounting.change_quantity, claim, index, **{key: value if key == "what" else figure(value)}
                )

            self._attempt(save)

    def _save_date(self, value: str) -> None:
        claim, article = self._claim, self._desk.contents.article
        if claim is not None and article is not None:

            def save() -> Edit:
                return self._do(recounting.set_event_date, claim.id, days.retyped(claim.event.date, value, article))

            self._attempt(save)

    def _do(self, gesture: Callable[..., Edit], *args: object, **fields: object) -> Edit:
        return self._desk.workspace.do(gesture, *args, **fields)

    def _attempt(self, act: Callable[[], Edit]) -> None:
        if self._desk.attempt(act) is None:
            not_saved(
                self._desk,
                [*self._lines(), self._type, self._relation, *self._numbers.choices()],
                self._desk.focus.changed.emit,
            )

    def _describe(self, **fields: object) -> None:
        if self._claim is not None:
            claim = self._claim.id
            self._attempt(lambda: self._do(recounting.describe_event, claim, **fields))

    def _clear_date(self) -> None:
        if self._claim is not None:
            self._desk.do(recounting.set_event_date, self._claim.id, UNDATED)

    def _without(self, role: str, entity: EntityId) -> Callable[[], None]:
        def drop() -> None:
            if self._claim is not None:
                event = self._claim.event
                had = event.actors if role == "actors" else event.recipients
                self._describe(**{role: tuple(other for other in had if other != entity)})

        return drop

    def _drop_number(self, index: int) -> None:
        if self._claim is not None:
            self._desk.do(recounting.remove_quantity, self._claim.id, index)

    def _goer(self, span: Span) -> Callable[[], None]:
        return lambda: self._go(span)
