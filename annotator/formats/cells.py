"""What stands in a cell of a CSV file: several values in one, and words that a spreadsheet must not run."""

from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")
"""What a formula may begin with; the wide signs count where East Asian settings are used."""


def guarded(words: str) -> str:
    """Words with a quote before them when a spreadsheet would run them as a formula."""
    return f"'{words}" if words.startswith(_FORMULA) else words


def unguarded(cell: str) -> str:
    """What guarded was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def packed(values: Iterable[str]) -> str:
    """Several values in one cell, with | between them; a | or a backslash inside has a backslash before it."""
    return "|".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def unpacked(cell: str) -> list[str]:
    """The values between | that have no backslash before them."""
    items, current, escaped = [], "", False
    for character in cell:
        if escaped:
            current += character if character in "\\|" else f"\\{character}"
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "|":
            items.append(current)
            current = ""
        else:
            current += character
    return [*items, current + "\\" * escaped]
