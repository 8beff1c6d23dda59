"""Changing how the project's schema shows a label: its name, its key, its colours, and what is said of it."""

from annotator.domain.authors import Author
from annotator.domain.edits import Edit
from annotator.domain.records import Records
from annotator.domain.schema_checking import COLOUR, is_hotkey
from annotator.domain.schemas import Label
from annotator.editing import designing
from annotator.editing.schema_json import Section
from annotator.errors import EditRefused


def describe_label(
    records: Records,
    by: Author,
    label: str,
    *,
    name: str | None = None,
    hotkey: str | None = None,
    light: str | None = None,
    dark: str | None = None,
    help: str | None = None,  # noqa: A002 - what the schema calls it
    guidelines: str | None = None,
) -> Edit:
    """Sets what is given of how a label looks and what is said of it; its key in the records (label) never changes."""
    before = next((known for known in records.schema.labels if known.key == label), None)
    if before is None:
        raise EditRefused("The project's schema does not have this label any more.")
    given = {
        "name": None if name is None else checked_name(name),
        "hotkey": None if hotkey is None else checked_hotkey(hotkey),
        "light": None if light is None else checked_colour(light),
        "dark": None if dark is None else checked_colour(dark),
        "help": None if help is None else help.strip(),
        "guidelines": None if guidelines is None else guidelines.strip(),
    }
    fields = {key: value for key, value in given.items() if value is not None and value != getattr(before, key)}
    if not fields:
        raise EditRefused("Nothing to change: it is so already.")
    if fields.get("hotkey"):
        _refuse_taken(records.schema.labels, before, fields["hotkey"])
    return designing.change(records, by, Section.LABELS, label, fields)


def checked_name(words: str) -> str:
    """The name without blanks around it. Raises EditRefused when nothing is left."""
    name = " ".join(words.split())
    if not name:
        raise EditRefused("A label needs a name.")
    return name


def checked_hotkey(key: str) -> str:
    """The key in capitals, or none. Raises EditRefused for more than a letter or sign: digits set an entity's kind."""
    if key and not is_hotkey(key):
        raise EditRefused(f"“{key}” cannot be a label's key: it has to be one letter or sign, and no digit.")
    return key.upper() if len(key.upper()) == 1 else key


def checked_colour(colour: str) -> str:
    """The colour in capitals. Raises EditRefused unless it is written as #RRGGBB."""
    if not COLOUR.fullmatch(colour):
        raise EditRefused(f"“{colour}” is no colour: write it as #0072B2.")
    return colour.upper()


def _refuse_taken(labels: tuple[Label, ...], label: Label, hotkey: str) -> None:
    for other in labels:
        if other.key != label.key and other.hotkey.casefold() == hotkey.casefold():
            raise EditRefused(f"“{hotkey}” is the key of {other.name} already.")
