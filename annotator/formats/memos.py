"""Fields in the memo of a code or of a coded stretch: the note comes first, below a line of ours a field each line.

Other programs show and keep it as a comment like any other.
"""

from collections.abc import Iterable

_LINE = "[annotator]"


def memo(note: str, fields: Iterable[tuple[str, str]]) -> str:
    """The memo of a note and of those fields that are not empty; empty when there is nothing."""
    lines = [f"{name}: {_escaped(said)}" for name, said in fields if said]
    if not lines and _LINE not in note:
        return note
    return "\n".join([note, _LINE, *lines] if note else [_LINE, *lines])


def taken_apart(said: str) -> tuple[str, list[tuple[str, str]]]:
    """The note and the fields of a memo; in any other program's memo all is note."""
    lines = said.split("\n")
    at = next((number for number in range(len(lines) - 1, -1, -1) if lines[number].rstrip("\r") == _LINE), None)
    if at is None:
        return said, []
    rows = [line.rstrip("\r").partition(": ") for line in lines[at + 1 :]]
    note = "\n".join(lines[:at])
    if lines[at].endswith("\r"):
        note = note.removesuffix("\r")
    return note, [(name, _unescaped(value)) for name, colon, value in rows if colon and value]


def _escaped(said: str) -> str:
    return said.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _unescaped(said: str) -> str:
    return "\\".join(piece.replace("\\n", "\n").replace("\\r", "\r") for piece in said.split("\\\\"))
