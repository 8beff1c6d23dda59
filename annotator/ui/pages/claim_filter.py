"""What is wanted of the claims of the project: words, stance, days, numbers, an entity, linked ones."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from annotator.domain.articles import is_date
from annotator.domain.claim_lists import ClaimFilter
from annotator.domain.events import LARGEST
from annotator.domain.ids import EntityId
from annotator.errors import EditRefused
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.fields import ChoiceField, as_is
from annotator.ui.widgets.widths import letters

_WAIT = 250
"""Milliseconds without a key after which what was typed filters."""


class ClaimFilterBar(QWidget):
    """changed is sent when another filter is wanted."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._entity: EntityId | None = None
        self.words = QLineEdit(placeholderText="Words of claim, source, place or title", clearButtonEnabled=True)
        self.words.setAccessibleName("Filter claims by words")
        self.stance = ChoiceField("Stance", ())
        self.since = _small("from 2021-08-20", "Event from", 15)
        self.until = _small("until", "Event until", 11)
        self.least = _small("at least", "Smallest number", 8)
        self.entity, self.linked = QCheckBox("Chosen entity only"), QCheckBox("Linked only")
        self._later = QTimer(self, singleShot=True, interval=_WAIT)
        self._later.timeout.connect(self.changed)
        for box in (self.words, self.since, self.until, self.least):
            box.textChanged.connect(self._later.start)
        self.stance.committed.connect(self.changed)
        for check in (self.entity, self.linked):
            check.toggled.connect(self.changed)
        desk.focus.changed.connect(self._on_focus)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.stance, self.since, self.until, self.least, self.entity, self.linked):
            line.addWidget(widget, 1 if widget is self.words else 0)
        self.stance.setMinimumContentsLength(10)
        # As in a form it would be as narrow as the others leave it: nothing.
        self.stance.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.offer_stances()

    def offer_stances(self) -> None:
        """Offers the stances of the schema as it is now."""
        choice = next((one for one in self._desk.schema.claim_choices if one.key == "stance"), None)
        self.stance.offer(as_is(choice.choices if choice else (), unset="Any stance"))

    def wanted(self) -> ClaimFilter:
        """The filter. Raises EditRefused with a sentence when it cannot be understood."""
        # Going to a claim chooses it and no entity: then the one chosen last stays the wanted one.
        self._entity = self._desk.focus.entity or self._entity
        since, until, least = (box.text().strip() for box in (self.since, self.until, self.least))
        if not (is_date(since) and is_date(until)):
            raise EditRefused("Write days as 2021-08-20, or 2021-08, or 2021.")
        if least and not (least.isdecimal() and len(least) <= len(str(LARGEST))):
            raise EditRefused(f"“{short(least)}” is no number that claims have: write digits only.")
        if self.entity.isChecked() and self._entity is None:
            raise EditRefused("Choose an entity in the main window: a mention of it, or its row in the entities.")
        return ClaimFilter(
            words=self.words.text(),
            stance=str(self.stance.currentData() or ""),
            entity=self._entity if self.entity.isChecked() else None,
            since=since,
            until=until,
            at_least=int(least) if least else None,
            is_linked=self.linked.isChecked(),
        )

    def _on_focus(self) -> None:
        entity = self._desk.focus.entity
        if self.entity.isChecked() and self.isVisible() and entity not in {None, self._entity}:
            self.changed.emit()


def _small(hint: str, name: str, width: int) -> QLineEdit:
    box = QLineEdit(placeholderText=hint)
    box.setAccessibleName(name)
    box.setFixedWidth(letters(box, width))
    return box
