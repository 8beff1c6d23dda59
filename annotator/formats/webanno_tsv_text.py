"""How WebAnno TSV writes words: what is escaped in texts and in cells, and where a cell is parted."""

import re

_CONTROLS = [chr(code) for code in range(32) if not 7 < code < 14]
_TEXT = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b"}
_OUT = str.maketrans(_TEXT | {letter: f"\\{letter}" for letter in _CONTROLS})
_BACK = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_OLD = re.compile(r"\\(u+[0-9A-Fa-f]{4}|[0-7]{1,3}|.)", re.DOTALL)
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CELL = re.compile(r"->|[\\\[\]|_;*\t\n\r]")
_IN_CELLS = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_CELL_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_FIRST_OF_NOW = 2
"""The versions 3.0 and 3.1 escaped texts as Java does."""


def escaped_text(words: str) -> str:
    """One line of a sentence as it stands after #Text=."""
    return words.translate(_OUT)


def sentence_text(words: str, minor: int) -> str:
    """What stands after #Text=, in a file of version 3.minor."""
    if minor >= _FIRST_OF_NOW:
        return _ESCAPED.sub(lambda match: _BACK.get(match[1], match[1]), words)
    found = _OLD.sub(lambda match: _java(match[1]), words)
    return _PAIR.sub(lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16"), found)


def _java(escape: str) -> str:
    if escape[0] == "u" and len(escape) > 1:
        return chr(int(escape.lstrip("u"), 16))
    return chr(int(escape, 8)) if set(escape) <= set("01234567") else _BACK.get(escape, escape)


def escaped_cell(words: str) -> str:
    """A value as it stands in a cell."""
    return _CELL.sub(lambda match: _IN_CELLS.get(match[0], f"\\{match[0]}"), words)


def value_in(cell: str) -> str:
    """What a value in a cell says."""
    return _CELL_ESCAPED.sub(lambda match: _BACK.get(match[1], match[1]), cell)


def parted(cell: str, separator: str) -> list[str]:
    """A cell's pieces between separators that are not escaped; escapes stay as they are."""
    if "\\" not in cell:
        return cell.split(separator)
    pieces, start, at = [], 0, 0
    while at < len(cell):
        if cell[at] == "\\":
            at += 1
        elif cell[at] == separator:
            pieces.append(cell[start:at])
            start = at + 1
        at += 1
    return [*pieces, cell[start:]]
