"""Changing how the project's schema shows a label: its name, its key and its colours."""

import json
import re

from annotator.domain.authors import Author
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.records import Records
from annotator.domain.schemas import Label
from annotator.editing.describing import changed
from annotator.errors import EditRefused

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def describe_label(
    records: Records,
    by: Author,
    label: str,
    *,
    name: str | None = None,
    hotkey: str | None = None,
    light: str | None = None,
    dark: str | None = None,
) -> Edit:
    """Sets what is given of a label's name, key and colours; its key in the records (label) never changes."""
    before = next((known for known in records.schema.labels if known.key == label), None)
    if before is None:
        raise EditRefused("The project's schema does not have this label any more.")
    given = {
        "name": None if name is None else checked_name(name),
        "hotkey": None if hotkey is None else checked_hotkey(hotkey),
        "light": None if light is None else checked_colour(light),
        "dark": None if dark is None else checked_colour(dark),
    }
    fields = {key: value for key, value in given.items() if value is not None and value != getattr(before, key)}
    if not fields:
        raise EditRefused("Nothing to change: it is so already.")
    if "hotkey" in fields:
        _refuse_taken(records.schema.labels, before, fields["hotkey"])
    project = records.project()
    after = changed(by, project, schema=_with_fields(project.schema, label, fields))
    return Edit(EditKind.DESCRIBE_LABEL, (Change(project, after),), (fields.get("name", before.name),))


def checked_name(words: str) -> str:
    """The name without blanks around it. Raises EditRefused when nothing is left."""
    name = " ".join(words.split())
    if not name:
        raise EditRefused("A label needs a name.")
    return name


def checked_hotkey(key: str) -> str:
    """The key in capitals. Raises EditRefused unless it is one letter or sign: digits set the kind of an entity."""
    capital = key.upper() if len(key.upper()) == 1 else key
    if len(capital) != 1 or not capital.isprintable() or capital.isspace() or capital.isnumeric():
        raise EditRefused(f"“{key}” cannot be a label's key: it has to be one letter or sign, and no digit.")
    return capital


def checked_colour(colour: str) -> str:
    """The colour in capitals. Raises EditRefused unless it is written as #RRGGBB."""
    if not _COLOUR.fullmatch(colour):
        raise EditRefused(f"“{colour}” is no colour: write it as #0072B2.")
    return colour.upper()


def _refuse_taken(labels: tuple[Label, ...], label: Label, hotkey: str) -> None:
    for other in labels:
        if other.key != label.key and other.hotkey.casefold() == hotkey.casefold():
            raise EditRefused(f"“{hotkey}” is the key of {other.name} already.")


def _with_fields(schema: str, label: str, fields: dict[str, str]) -> str:
    """The schema's JSON with these fields of one label; what this version does not know stays as it is."""
    data = json.loads(schema)
    for mention in data["mentions"]:
        if mention["key"] == label:
            mention.update(fields)
    return json.dumps(data, ensure_ascii=False, indent=1)
