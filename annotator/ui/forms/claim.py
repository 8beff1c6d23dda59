"""A claim: who says it, in which words, and how."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from annotator.domain.claims import Claim
from annotator.domain.ids import EntityId
from annotator.domain.spans import Span
from annotator.editing import claiming, describing
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.fields import ChoiceField, FlagField, TextField, as_is
from annotator.ui.forms.form import Form, Listing, button_row, section


class ClaimForm(Form):
    """go shows words in the text; around asks which claim holds this one; about asks for an entity."""

    def __init__(
        self,
        desk: Desk,
        go: Callable[[Span], None],
        around: Callable[[], None],
        about: Callable[[], None],
        remove: Callable[[], None],
    ) -> None:
        super().__init__(desk)
        self._claim: Claim | None = None
        self._go = go
        self._sources, self._cue, self._about = Listing(), Listing(), Listing()
        self.rows.addRow("Sources", self._sources)
        self.rows.addRow("Cue", self._cue)
        self._within = QPushButton()
        self._within.clicked.connect(around)
        self.rows.addRow("Quoted in", self._within)
        for choice in desk.schema.claim_choices:
            if hasattr(Claim, choice.key):
                words = choice.key.replace("_", " ").capitalize()
                self.add_field(choice.key, words, ChoiceField(words, as_is(choice.choices, unset="–")), self._save)
        self.add_field("wording", "Wording", TextField("Wording", "The claim in one plain sentence", 2), self._save)
        self.add_field("unsure", "", FlagField("Unsure: have a reviewer look"), self._save)
        self.add_field("note", "Note", TextField("Note"), self._save)
        self.tail.addWidget(section("About"))
        self.tail.addWidget(self._about)
        self.tail.addWidget(button_row(("About…", about), ("Delete claim", remove)))

    def show_claim(self, claim: Claim) -> None:
        """Shows a claim."""
        self._claim = claim
        self.heading.setText(f"“{short(claim.quote, 200)}”")
        self._show_sources(claim)
        self._cue.clear()
        if claim.cue:
            self._cue.add(claim.cue_quote, go=self._goer(claim.cue[0]), drop=self._clear_cue)
        else:
            self._cue.add(f"none: select it, press {self.desk.keys.name('cue')}")
        self._within.setToolTip(f"In whose words is it quoted? ({self.desk.keys.name('within')})")
        outer = self.desk.contents.claim(claim.within)
        self._within.setText(f"“{short(outer.quote, 30)}”".replace("&", "&&") if outer else "no other claim")
        for key, field in self.fields.items():
            field.show_value(getattr(claim, key))
        self._about.clear()
        for entity in claim.about:
            name = self.desk.workspace.records.entity(entity).name
            self._about.add(name, drop=self._without(entity))
        self.show_signature(claim.author, claim.created, claim.changed)

    def _show_sources(self, claim: Claim) -> None:
        self._sources.clear()
        for index, source in enumerate(claim.sources):
            name = self.desk.workspace.records.entity(source.entity).name if source.entity else ""
            aside = short(name, 24) if name != source.quote else ""
            self._sources.add(source.quote, aside, go=self._goer(source.spans[0]), drop=self._source_dropper(index))
        if not claim.sources:
            self._sources.add(f"none: select who says it, press {self.desk.keys.name('source')}")

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

    def _without(self, entity: EntityId) -> Callable[[], None]:
        def drop() -> None:
            if self._claim is not None:
                about = tuple(other for other in self._claim.about if other != entity)
                self.desk.do(describing.describe_claim, self._claim.id, about=about)

        return drop

    def _save(self, key: str, value: object) -> None:
        if self._claim is not None and self.desk.do(describing.describe_claim, self._claim.id, **{key: value}) is None:
            claim = self._claim
            self.was_not_saved(claim, lambda: self.show_claim(claim))
