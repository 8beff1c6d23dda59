"""An entity: its name and aliases, its kind, and where this article mentions it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.entities import AliasKind, Entity
from annotator.domain.ids import EntityId
from annotator.domain.mentions import Mention
from annotator.editing import linking
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.fields import ChoiceField, LineField, TextField, as_is
from annotator.ui.forms.form import Form, Listing, button_row, section

_MOST_SHOWN = 40


class EntityForm(Form):
    """go shows a mention in the text; merge and delete are asked for by the window."""

    def __init__(
        self,
        desk: Desk,
        go: Callable[[Mention], None],
        merge: Callable[[EntityId], None],
        delete: Callable[[EntityId], None],
    ) -> None:
        super().__init__(desk)
        self._entity: Entity | None = None
        self._go = go
        self.add_field("name", "Name", LineField("Name"), self._save)
        kinds = [(kind.key, f"{kind.key}  ({kind.digit})") for kind in desk.schema.kinds]
        self.add_field("kind", "Kind", ChoiceField("Kind", kinds), self._save)
        self.add_field("description", "Description", TextField("Description"), self._save)
        self._aliases, self._mentions, self._mentions_here = Listing(), Listing(), section("")
        self.tail.addWidget(section("Also called"))
        self.tail.addWidget(self._aliases)
        self.tail.addWidget(self._alias_adder())
        self.tail.addWidget(self._mentions_here)
        self.tail.addWidget(self._mentions)
        ask_merge, ask_delete = self._with_entity(merge), self._with_entity(delete)
        self.tail.addWidget(button_row(("Merge into…", ask_merge), ("Delete…", ask_delete)))

    def _alias_adder(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self._new_alias = LineField("Another name", "Another name, then Enter")
        self._alias_kind = ChoiceField("Kind of name", as_is(kind.value for kind in AliasKind))
        self._new_alias.returnPressed.connect(self._add_alias)
        row.addWidget(self._new_alias, 3)
        row.addWidget(self._alias_kind, 2)
        return line

    def show_entity(self, entity: Entity) -> None:
        """Shows an entity."""
        if self._entity is None or entity.id != self._entity.id:
            self._new_alias.show_value("")
        self._entity = entity
        self.heading.setText(short(entity.name, 160))
        for key in ("name", "kind", "description"):
            self.fields[key].show_value(getattr(entity, key))
        self._aliases.clear()
        for alias in entity.aliases:
            self._aliases.add(alias.text, alias.kind, drop=self._dropper(alias.text))
        self._mentions.clear()
        here = self.desk.contents.mentions_of(entity.id)
        self._mentions_here.setText(f"{len(here)} mentions in this article" if len(here) != 1 else "1 mention here")
        for mention in here[:_MOST_SHOWN]:
            self._mentions.add(self._context(mention), go=self._goer(mention))
        if len(here) > _MOST_SHOWN:
            self._mentions.add(
                f"… and {len(here) - _MOST_SHOWN} more: {self.desk.keys.name('next mention')} goes from one to the next"
            )
        self.show_signature(entity.author, entity.created, entity.changed)

    def _context(self, mention: Mention) -> str:
        text, whole = self.desk.contents.text, mention.hull
        return f"…{text[max(0, whole.start - 12) : whole.start]}[{mention.quote}]{text[whole.end : whole.end + 12]}…"

    def _goer(self, mention: Mention) -> Callable[[], None]:
        return lambda: self._go(mention)

    def _dropper(self, alias: str) -> Callable[[], None]:
        def drop() -> None:
            if self._entity is not None:
                self.desk.do(linking.remove_alias, self._entity.id, alias)

        return drop

    def _with_entity(self, act: Callable[[EntityId], None]) -> Callable[[], None]:
        def run() -> None:
            if self._entity is not None:
                act(self._entity.id)

        return run

    def _add_alias(self) -> None:
        words, kind = self._new_alias.text(), AliasKind(str(self._alias_kind.currentData()))
        if self._entity is not None and self.desk.do(linking.add_alias, self._entity.id, words, kind) is not None:
            self._new_alias.show_value("")

    def _save(self, key: str, value: object) -> None:
        if self._entity is None:
            return
        gestures = {"name": linking.rename_entity, "kind": linking.set_kind}
        if key in gestures:
            done = self.desk.do(gestures[key], self._entity.id, str(value))
        else:
            done = self.desk.do(linking.describe_entity, self._entity.id, **{key: value})
        if done is None:
            entity = self._entity
            self.was_not_saved(entity, lambda: self.show_entity(entity))
