"""An entity: what it is called and is, where it lies, what it is linked to, and where it is mentioned."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.attributes import Attribute
from annotator.domain.edits import Edit
from annotator.domain.entities import AliasKind, Entity
from annotator.domain.identifiers import Identifier, check, parse
from annotator.domain.ids import ArticleId, EntityId
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.editing import describing, linking
from annotator.ui.contexts import in_context
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.attributes import AttributeRows
from annotator.ui.forms.errands import EntityErrands
from annotator.ui.forms.fields import ChoiceField, ChoicesField, LineField, TextField, as_is
from annotator.ui.forms.form import Form, Listing, button_row, section
from annotator.ui.forms.links import LinkRows
from annotator.ui.forms.place import PlaceRows
from annotator.ui.widgets.graph import EntityGraph

_MOST_SHOWN = 40
_AROUND = 20


class EntityForm(Form):
    """All fields that the schema switches on, and every place where the entity is mentioned, a click away."""

    def __init__(self, desk: Desk, errands: EntityErrands) -> None:
        super().__init__(desk)
        self._entity: Entity | None = None
        self._errands = errands
        self.add_field("name", "Name", LineField("Name"), self._save)
        kinds = [(kind.key, f"{kind.key}  ({kind.digit})" if kind.digit else kind.key) for kind in desk.schema.kinds]
        self.add_field("kind", "Kind", ChoiceField("Kind", kinds), self._save)
        for attribute in desk.schema.entity_attributes:
            if attribute.is_on and attribute.is_field:
                self._add_own(attribute)
        self._attributes = AttributeRows(self, desk.schema.entity_attributes, self._save_value, errands.entity)
        self.add_field("description", "Description", TextField("Description"), self._save)
        self._place = PlaceRows(self, self._with_entity(errands.look_up), self._with_entity(errands.point))
        self._aliases, self._ids = Listing(), Listing()
        self._mentions, self._mentions_here = Listing(), section("")
        self._elsewhere, self._used_in = Listing(), section("")
        self.tail.addWidget(section("Also called"))
        self.tail.addWidget(self._aliases)
        self.tail.addWidget(self._alias_adder())
        self.tail.addWidget(section("In other registers"))
        self.tail.addWidget(self._ids)
        self._new_id = LineField("Another id", "Q42, geonames:1147537, https://…, then Enter")
        self._new_id.returnPressed.connect(self._add_id)
        self.tail.addWidget(self._new_id)
        self.tail.addWidget(section("Links to other entities"))
        self._graph = EntityGraph(desk)
        self._graph.chosen.connect(desk.focus.choose_entity)
        self.tail.addWidget(self._graph)
        self._links = LinkRows(desk, self._with_entity(errands.link), errands.follow)
        self.tail.addWidget(self._links)
        for part in (self._mentions_here, self._mentions, self._used_in, self._elsewhere):
            self.tail.addWidget(part)
        ask_merge, ask_split = self._with_entity(errands.merge), self._with_entity(errands.split)
        ask_delete = self._with_entity(errands.delete)
        self.tail.addWidget(button_row(("Merge into…", ask_merge), ("Split…", ask_split), ("Delete…", ask_delete)))

    def _add_own(self, attribute: Attribute) -> None:
        if attribute.key in {"sector", "sectors"}:
            field = ChoicesField("Sectors", self.desk.schema.sectors, "Add a sector…")
            field.setToolTip("PLOVER's codes, or the project's own list; the first one is the primary sector")
            self.add_field("sectors", "Sectors", field, self._save)
        elif attribute.key == "country":
            line = LineField("Country", "AFG, or IGO, NGO, …")
            self.add_field("country", "Country", line, self._save)
        else:
            self.add_field(attribute.key, attribute.name, LineField(attribute.name, attribute.help), self._save)

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
            self._new_id.show_value("")
        self._entity = entity
        self.heading.setText(short(entity.name, 160))
        for key, field in self.fields.items():
            field.show_value(getattr(entity, key))
        self._attributes.show(entity.attributes, entity.kind)
        self._place.show_entity(entity)
        self._aliases.clear()
        for alias in entity.aliases:
            self._aliases.add(alias.text, alias.kind, drop=self._dropper(alias.text))
        self._ids.clear()
        for known in entity.ids:
            self._ids.add(known.value, known.scheme, drop=self._id_dropper(known))
        self._graph.show_entity(entity)
        self._links.show_links(entity.id)
        self._show_mentions(entity)
        self._show_elsewhere(entity)
        self.show_signature(entity.author, entity.created, entity.changed)

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        super().commit()
        for part in (self._attributes, self._place, self._links):
            part.commit()

    def leave(self) -> None:
        """Saves what was typed, before another record is shown here."""
        super().leave()
        self._attributes.forget()
        self._place.forget()

    def _show_mentions(self, entity: Entity) -> None:
        self._mentions.clear()
        here = self.desk.contents.mentions_of(entity.id)
        self._mentions_here.setText(f"{len(here)} mentions in this article" if len(here) != 1 else "1 mention here")
        for mention in here[:_MOST_SHOWN]:
            self._mentions.add(in_context(self.desk.contents.text, mention, _AROUND), go=self._goer(mention))
        if len(here) > _MOST_SHOWN:
            self._mentions.add(
                f"… and {len(here) - _MOST_SHOWN} more: {self.desk.keys.name('next mention')} goes from one to the next"
            )

    def _show_elsewhere(self, entity: Entity) -> None:
        self._elsewhere.clear()
        article = self.desk.focus.article
        used = [
            row for row in self.desk.workspace.records.used_in(entity.id, _MOST_SHOWN + 1) if row.article != article
        ]
        self._used_in.setText("In other articles" if used else "In no other article")
        for row in used[:_MOST_SHOWN]:
            self._elsewhere.add(short(row.title, 48), f"{row.count}", go=self._article_goer(row.article, row.span))
        if len(used) > _MOST_SHOWN:
            self._elsewhere.add("… and more: search for the name in all articles (Ctrl+Shift+F)")

    def _goer(self, mention: Mention) -> Callable[[], None]:
        return lambda: self._errands.go(mention)

    def _article_goer(self, article: ArticleId, span: Span) -> Callable[[], None]:
        return lambda: self._errands.go_to_article(article, span)

    def _dropper(self, alias: str) -> Callable[[], None]:
        def drop() -> None:
            if self._entity is not None:
                self.desk.do(linking.remove_alias, self._entity.id, alias)

        return drop

    def _id_dropper(self, gone: Identifier) -> Callable[[], None]:
        def drop() -> None:
            if self._entity is not None:
                ids = tuple(known for known in self._entity.ids if known != gone)
                self.desk.do(linking.describe_entity, self._entity.id, ids=ids)

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

    def _add_id(self) -> None:
        entity, words = self._entity, self._new_id.text().strip()
        if entity is None or not words:
            return
        known = parse(words)
        problem = check(known.scheme, known.value)
        if known in entity.ids:
            problem = f"“{known}” is an id of {short(entity.name)} already."
        if problem:
            self.desk.notices.refused.emit(problem)
        elif self.desk.do(linking.describe_entity, entity.id, ids=(*entity.ids, known)) is not None:
            self._new_id.show_value("")

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
            self.was_not_saved(lambda: self.show_entity(entity))

    def _save_value(self, key: str, values: tuple[str, ...]) -> Edit | None:
        return self.desk.do(describing.set_value, self._entity, key, values)
