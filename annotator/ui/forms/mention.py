"""A mention: its words, label, entity and what else is said about it."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from annotator.domain.mentions import Mention
from annotator.editing import describing, tagging
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.forms.fields import ChoiceField, FlagField, TextField, as_is
from annotator.ui.forms.form import Form, button_row
from annotator.ui.keys import native


class MentionForm(Form):
    """find opens the finder for the mention's entity, take_out takes it out, remove removes the mention."""

    def __init__(
        self, desk: Desk, find: Callable[[], None], take_out: Callable[[], None], remove: Callable[[], None]
    ) -> None:
        super().__init__(desk)
        self._mention: Mention | None = None
        schema = desk.schema
        self._labels = ChoiceField("Label", ())
        self.add_field("label", "Label", self._labels, self._save)
        self._entity = QPushButton()
        self._entity.clicked.connect(find)
        self.rows.addRow("Entity", self._entity)
        for choice in schema.mention_choices:
            words = choice.key.replace("_", " ").capitalize()
            self.add_field(choice.key, words, ChoiceField(words, as_is(choice.choices, unset="–")), self._save)
        self.add_field("unsure", "", FlagField("Unsure: have a reviewer look"), self._save)
        self.add_field("note", "Note", TextField("Note"), self._save)
        self._take_out = button_row(("Take out of entity", take_out), ("Remove mention", remove))
        self.tail.addWidget(self._take_out)

    def _name_keys(self) -> None:
        """Labels and keys may be called otherwise while the window is open."""
        keys = self.desk.keys
        self._entity.setToolTip(f"Choose another entity ({keys.name('entity')})")
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
        entity = self.desk.workspace.records.entity(mention.entity).name if mention.entity else "not known yet"
        self._entity.setText(short(entity).replace("&", "&&"))
        self.rows.setRowVisible(self._entity, label.links_to_entity)
        for key in ("level", "used_as", "unsure", "note"):
            if key in self.fields:
                self.fields[key].show_value(getattr(mention, key))
        if "used_as" in self.fields:
            self.rows.setRowVisible(self.fields["used_as"], label.kinds == ("place",))
        self.show_signature(mention.author, mention.created, mention.changed)

    def _save(self, key: str, value: object) -> None:
        if self._mention is None:
            return
        if key == "label":
            done = self.desk.do(tagging.retag, self._mention.id, str(value))
        else:
            done = self.desk.do(describing.describe_mention, self._mention.id, **{key: value})
        if done is None:
            mention = self._mention
            self.was_not_saved(mention, lambda: self.show_mention(mention))


def _with_key(name: str, keys: tuple[str, ...]) -> str:
    return f"{name}  ({native(keys[0])})" if keys else name
