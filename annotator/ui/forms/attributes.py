"""The attributes that a schema adds to mentions, entities or claims, as rows of a form: one editor for each type."""

import re
from collections.abc import Callable, Sequence

from annotator.domain.articles import is_date
from annotator.domain.attributes import COUNTRIES, YES, Attribute, AttributeType
from annotator.domain.edits import Edit
from annotator.domain.ids import EntityId
from annotator.domain.values import Value, value_of
from annotator.ui.desk import Desk
from annotator.ui.forms.fields import ChoiceField, ChoicesField, FlagField, LineField, as_is
from annotator.ui.forms.form import Form, not_saved
from annotator.ui.forms.referring import EntitiesField
from annotator.ui.widgets.plain import plain_row, plain_tip

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
Save = Callable[[str, tuple[str, ...]], Edit | None]
Editor = LineField | ChoiceField | ChoicesField | FlagField | EntitiesField


class AttributeRows:
    """Shows the attributes that are on and that the record's label or kind has. save gets the key and the new values.

    ask opens the finder for an attribute that names entities.
    """

    def __init__(
        self,
        form: Form,
        attributes: Sequence[Attribute],
        save: Save,
        ask: Callable[[str, Callable[[EntityId], None]], None],
    ) -> None:
        self._form, self._desk = form, form.desk
        self._attributes = [attribute for attribute in attributes if attribute.is_on and not attribute.is_field]
        self._editors = {attribute.key: _editor(attribute, form.desk, ask) for attribute in self._attributes}
        for attribute in self._attributes:
            editor = self._editors[attribute.key]
            editor.setToolTip(plain_tip(attribute.help))
            editor.committed.connect(lambda value, attribute=attribute: self._commit(attribute, value, save))
            plain_row(form.rows, "" if isinstance(editor, FlagField) else attribute.name, editor)

    def show(self, values: tuple[Value, ...], label_or_kind: str) -> None:
        """Shows a record's values; rows that its label or kind does not have are hidden."""
        for attribute in self._attributes:
            editor = self._editors[attribute.key]
            found = value_of(values, attribute.key)
            self._form.rows.setRowVisible(editor, attribute.is_for(label_or_kind) or bool(found))
            match editor:
                case FlagField():
                    editor.show_value(found == (YES,))
                case ChoicesField() | EntitiesField():
                    editor.show_value(found)
                case _:
                    editor.show_value(found[0] if found else "")

    def commit(self) -> None:
        """Saves what was typed but not yet left."""
        for editor in self._editors.values():
            editor.commit()

    def forget(self) -> None:
        """What was typed does not count any more."""
        for editor in self._editors.values():
            editor.forget()

    def _commit(self, attribute: Attribute, value: object, save: Save) -> None:
        values: tuple[str, ...] = ()
        match value:
            case bool():
                values = (YES,) if value else ()
            case tuple():
                values = value
            case str():
                values = (value.strip(),) if value.strip() else ()
                problem = wrong(attribute, value.strip())
                if problem:
                    self._desk.notices.refused.emit(problem)
                    self._editors[attribute.key].forget()
                    self._desk.focus.changed.emit()
                    return
        if save(attribute.key, values) is None:
            not_saved(self._desk, (self._editors[attribute.key],), self._desk.focus.changed.emit)


def wrong(attribute: Attribute, value: str) -> str:
    """What is wrong with a typed value, in a sentence; empty when nothing is."""
    if not value:
        return ""
    # Not float: it reads words such as “nan” and “1_000” too.
    if attribute.type is AttributeType.NUMBER and not _NUMBER.fullmatch(value):
        return f"{attribute.name}: “{value}” is no number; write it as 12 or 12.5."
    if attribute.type is AttributeType.DATE and not is_date(value):
        return f"{attribute.name}: “{value}” is no date; write it as 2021-08-22, or 2021-08, or 2021."
    if attribute.list_name == COUNTRIES and not (len(value) == 3 and value.isascii() and value.isupper()):
        return f"{attribute.name}: “{value}” is no country code; write its three capital letters, such as AFG."
    return ""


def _editor(attribute: Attribute, desk: Desk, ask: Callable[[str, Callable[[EntityId], None]], None]) -> Editor:
    match attribute.type:
        case AttributeType.CHOICE if attribute.choices:
            return ChoiceField(attribute.name, as_is(attribute.choices, unset="–"))
        case AttributeType.CHOICES:
            return ChoicesField(attribute.name, attribute.choices)
        case AttributeType.FLAG:
            return FlagField(attribute.name)
        case AttributeType.ENTITY | AttributeType.ENTITIES:
            several = attribute.type is AttributeType.ENTITIES
            return EntitiesField(desk, attribute.name, lambda take: ask(attribute.name, take), several=several)
    hints = {AttributeType.NUMBER: "12 or 12.5", AttributeType.DATE: "2021-08-22", AttributeType.CHOICE: "AFG"}
    return LineField(attribute.name, hints.get(attribute.type, ""))
