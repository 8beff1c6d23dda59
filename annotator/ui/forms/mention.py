"""A mention: its words, label, entity and what else is said about it."""

from PySide6.QtWidgets import QPushButton

from annotator.domain.edits import Edit
from annotator.domain.mentions import Mention
from annotator.editing import describing, tagging
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.attributes import AttributeRows
from annotator.ui.forms.errands import MentionErrands
from annotator.ui.forms.fields import ChoiceField, FlagField, TextField, as_is
from annotator.ui.forms.form import Form, Listing, button_row
from annotator.ui.keys import native
from annotator.ui.widgets.plain import plain_label, plain_tip


class MentionForm(Form):
    """Label, entity and the attributes that the schema gives to mentions of the label."""

    def __init__(self, desk: Desk, errands: MentionErrands) -> None:
        super().__init__(desk)
        self._mention: Mention | None = None
        schema = desk.schema
        self._labels = ChoiceField("Label", ())
        self.add_field("label", "Label", self._labels, self._save)
        self._advice = plain_label(wrap=True, quiet=True)
        self.rows.addRow("", self._advice)
        self._entity = QPushButton()
        self._errands = errands
        self._entity.clicked.connect(errands.find)
        self.rows.addRow("Entity", self._entity)
        self._place = Listing()
        self.rows.addRow("Place", self._place)
        for choice in schema.mention_choices:
            words = choice.key.replace("_", " ").capitalize()
            self.add_field(choice.key, words, ChoiceField(words, as_is(choice.choices, unset="–")), self._save)
        self._attributes = AttributeRows(self, schema.mention_attributes, self._save_value, errands.entity)
        self.add_field("unsure", "", FlagField("Unsure: have a reviewer look"), self._save)
        self.add_field("note", "Note", TextField("Note"), self._save)
        self._take_out = button_row(("Take out of entity", errands.take_out), ("Remove mention", errands.remove))
        self.tail.addWidget(self._take_out)

    def _name_keys(self) -> None:
        """Labels and keys may be called otherwise while the window is open."""
        keys = self.desk.keys
        self._entity.setToolTip(plain_tip(f"Choose another entity ({keys.name('entity')})"))
        self._labels.offer(
            (label.key, _with_key(label.name, keys.of(f"label {label.key}"))) for label in self.desk.schema.labels
        )

    def show_mention(self, mention: Mention) -> None:
        """Shows a mention."""
        self._mention = mention
        self.heading.setText(f"“{short(mention.quote, 160)}”")
        self._name_keys()
        self._labels.show_value(mention.label)
        label = self.desk.schema.label(mention.label)
        advice = "\n\n".join(words for words in (label.help, label.guidelines) if words)
        self._advice.setText(advice)
        self.rows.setRowVisible(self._advice, bool(advice))
        entity = self.desk.workspace.records.entity(mention.entity).name if mention.entity else "not known yet"
        self._entity.setText(short(entity).replace("&", "&&"))
        self.rows.setRowVisible(self._entity, label.links_to_entity)
        for key in ("level", "used_as", "unsure", "note"):
            if key in self.fields:
                self.fields[key].show_value(getattr(mention, key))
        if "used_as" in self.fields:
            self.rows.setRowVisible(self.fields["used_as"], label.kinds == ("place",))
        self._show_place(mention)
        self._attributes.show(mention.attributes, mention.label)
        self.show_signature(mention.author, mention.created, mention.changed)

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        super().commit()
        self._attributes.commit()

    def leave(self) -> None:
        """Saves what was typed, before another record is shown here."""
        super().leave()
        self._attributes.forget()

    def _save(self, key: str, value: object) -> None:
        if self._mention is None:
            return
        if key == "label":
            done = self.desk.do(tagging.retag, self._mention.id, str(value))
        else:
            done = self.desk.do(describing.describe_mention, self._mention.id, **{key: value})
        if done is None:
            mention = self._mention
            self.was_not_saved(lambda: self.show_mention(mention))

    def _show_place(self, mention: Mention) -> None:
        """Where it is, or where the gazetteer says that it may be; a click opens the gazetteer."""
        entity = mention.entity
        words = (
            self._errands.where(entity) if entity and self.desk.schema.label(mention.label).kinds == ("place",) else ""
        )
        self.rows.setRowVisible(self._place, bool(words))
        self._place.clear()
        if words and entity:
            self._place.add(words, go=lambda: self._errands.look_up(entity))

    def _save_value(self, key: str, values: tuple[str, ...]) -> Edit | None:
        return self.desk.do(describing.set_value, self._mention, key, values)


def _with_key(name: str, keys: tuple[str, ...]) -> str:
    return f"{name}  ({native(keys[0])})" if keys else name
