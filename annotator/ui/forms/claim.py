"""A claim: who says it, in which words, and how; and what is said to have happened."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.events import UNDATED
from annotator.domain.ids import EntityId
from annotator.domain.spans import Span
from annotator.editing import claiming, describing, recounting
from annotator.services.accounts import account
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms import days
from annotator.ui.forms.attributes import AttributeRows
from annotator.ui.forms.errands import ClaimErrands
from annotator.ui.forms.event import EventRows
from annotator.ui.forms.fields import ChoiceField, FlagField, LineField, TextField, as_is
from annotator.ui.forms.form import Form, Listing, button_row, not_saved, section
from annotator.ui.forms.links import LinkRows
from annotator.ui.widgets.plain import plain_label, plain_tip


class ClaimForm(Form):
    """All fields that the schema switches on."""

    def __init__(self, desk: Desk, errands: ClaimErrands) -> None:
        super().__init__(desk)
        self._claim: Claim | None = None
        self._go, self._errands = errands.go, errands
        self._chain = plain_label(quiet=True, wrap=True)
        self.rows.addRow(self._chain)
        self._sources, self._cue, self._about = Listing(), Listing(), Listing()
        self.rows.addRow("Sources", self._sources)
        self.rows.addRow("Cue", self._cue)
        self._within = QPushButton()
        self._within.clicked.connect(errands.around)
        self.rows.addRow("Quoted in", self._within)
        self._add_choices()
        parts = {part.key for part in desk.schema.claim_parts}
        self._addressee, self._medium = Listing(), Listing()
        if "addressee" in parts:
            self.rows.addRow("Said to", self._addressee)
        if "medium" in parts:
            self.rows.addRow("Medium’s words", self._medium)
        if self._has("said_on"):
            self._said = Listing()
            self._said_days = LineField("Said on", "such as 2021-08-20")
            self._said_days.committed.connect(self._save_said)
            self.rows.addRow("Said on", self._said)
            self.rows.addRow("", self._said_days)
        if self._has("wording"):
            self.add_field("wording", "Wording", TextField("Wording", "The claim in one plain sentence", 2), self._save)
        self.rows.addRow("About", self._about)
        block = desk.schema.event
        self._event = None
        if block is not None and block.is_on:
            self._event = EventRows(self, block, errands.go, errands.party, errands.place)
            self.rows.addRow(section("More"))
        self._attributes = AttributeRows(self, desk.schema.claim_attributes, self._save_value, errands.entity)
        self.add_field("unsure", "", FlagField("Unsure: have a reviewer look"), self._save)
        self.add_field("note", "Note", TextField("Note"), self._save)
        self.tail.addWidget(section("Links to other claims"))
        self._links = LinkRows(desk, errands.link, errands.follow)
        self.tail.addWidget(self._links)
        self.tail.addWidget(button_row(("Delete claim", errands.remove)))

    def _has(self, key: str) -> bool:
        return any(known.key == key and known.is_on for known in self.desk.schema.claim_attributes)

    def _add_choices(self) -> None:
        for attribute in self.desk.schema.claim_attributes:
            if attribute.is_on and attribute.choices and attribute.is_field:
                field = ChoiceField(attribute.name, as_is(attribute.choices, unset="–"))
                field.setToolTip(plain_tip(attribute.help))
                self.add_field(attribute.key, attribute.name, field, self._save)

    def show_claim(self, claim: Claim) -> None:
        """Shows a claim."""
        self._claim = claim
        told = account(self.desk.workspace, claim)
        self.heading.setText(f"“{short(claim.quote, 200)}”")
        self._chain.setText(" › ".join(told.path))
        self.rows.setRowVisible(self._chain, len(told.path) > 1)
        self._show_sources(claim)
        key = self.desk.keys.name
        self._show_words(self._cue, claim.cue, claim.cue_quote, "cue", self._clear_cue)
        self._within.setToolTip(plain_tip(f"In whose words is it quoted? ({key('within')})"))
        outer = self.desk.contents.claim(claim.within)
        self._within.setText(f"“{short(outer.quote, 30)}”".replace("&", "&&") if outer else "no other claim")
        addressee = claim.addressee
        spoken_to = (addressee.spans, addressee.quote) if addressee else ((), "")
        self._show_words(self._addressee, *spoken_to, "addressee", self._clear_addressee)
        self._show_words(self._medium, claim.medium_spans, claim.medium_quote, "medium", self._clear_medium)
        if self._has("said_on"):
            self._show_words(self._said, claim.said_on.spans, claim.said_on.words, "said on", self._clear_said)
            self._said_days.show_value(days.shown(claim.said_on))
        for name, field in self.fields.items():
            field.show_value(getattr(claim, name))
        self._attributes.show(claim.attributes, "")
        self._about.clear()
        for entity in claim.about:
            self._about.add(told.name(entity), drop=self._without(entity))
        self._about.add("add…", go=self._errands.about)
        if self._event is not None:
            self._event.show_claim(told)
        self._links.show_links(claim.id)
        self.show_signature(claim.author, claim.created, claim.changed)

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        super().commit()
        for part in (self._attributes, self._event, self._links):
            if part is not None:
                part.commit()
        if self._has("said_on"):
            self._said_days.commit()

    def _show_words(
        self, listing: Listing, spans: tuple[Span, ...], words: str, action: str, clear: Callable[[], None]
    ) -> None:
        listing.clear()
        if words:
            listing.add(words, go=self._goer(spans[0]) if spans else None, drop=clear)
        else:
            listing.add(f"none: select it, press {self.desk.keys.name(action)}")

    def _show_sources(self, claim: Claim) -> None:
        self._sources.clear()
        for index, source in enumerate(claim.sources):
            name = self.desk.workspace.records.entity(source.entity).name if source.entity else ""
            aside = short(name, 24) if name != source.quote else ""
            go = self._goer(source.spans[0]) if source.spans else None
            self._sources.add(source.quote, aside, go=go, drop=self._source_dropper(index))
        if not claim.sources:
            self._sources.add(f"none: select who says it, press {self.desk.keys.name('source')}")
        self._sources.add("from the list of entities…", go=self._errands.add_source)

    def _goer(self, span: Span) -> Callable[[], None]:
        return lambda: self._go(span)

    def _source_dropper(self, index: int) -> Callable[[], None]:
        def drop() -> None:
            if self._claim is not None:
                self.desk.do(claiming.remove_source, self._claim.id, index)

        return drop

    def _clear_cue(self) -> None:
        if self._claim is not None:
            self.desk.do(claiming.set_cue, self._claim.id, ())

    def _clear_addressee(self) -> None:
        if self._claim is not None:
            self.desk.do(recounting.set_addressee, self._claim.id, ())

    def _clear_medium(self) -> None:
        if self._claim is not None:
            self.desk.do(recounting.set_medium_words, self._claim.id, ())

    def _clear_said(self) -> None:
        if self._claim is not None:
            self.desk.do(recounting.set_said_on, self._claim.id, UNDATED)

    def _save_said(self, value: str) -> None:
        claim, article = self._claim, self.desk.contents.article
        if claim is None or article is None:
            return

        def save() -> Edit:
            when = days.retyped(claim.said_on, value, article)
            return self.desk.workspace.do(recounting.set_said_on, claim.id, when)

        if self.desk.attempt(save) is None:
            not_saved(self.desk, (self._said_days,), lambda: self.show_claim(claim))

    def _without(self, entity: EntityId) -> Callable[[], None]:
        def drop() -> None:
            if self._claim is not None:
                about = tuple(other for other in self._claim.about if other != entity)
                self.desk.do(describing.describe_claim, self._claim.id, about=about)

        return drop

    def _save(self, key: str, value: object) -> None:
        if self._claim is not None and self.desk.do(describing.describe_claim, self._claim.id, **{key: value}) is None:
            claim = self._claim
            self.was_not_saved(lambda: self.show_claim(claim))

    def _save_value(self, key: str, values: tuple[str, ...]) -> Edit | None:
        return self.desk.do(describing.set_value, self._claim, key, values)
