"""Lists of known actors and places, as CSV for spreadsheets and as JSON Lines.

CSV: a head with the column names, several values in a cell parted by |, an alias's kind in brackets after it
(“Lion of Panjshir [nickname]”), other ids as scheme:value. A | or a backslash inside a value has a backslash before it.
What a spreadsheet would run as a formula gets a quote before it, and loses it when it is read.
JSON Lines: one object a line with the same names, several values as lists.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.domain.known_names import KnownName, KnownNames, LineReport
from annotator.errors import FormatError, UndecodableText
from annotator.formats.cells import guarded, packed, unguarded, unpacked
from annotator.formats.files import whole_file
from annotator.formats.known_rows import COLUMNS, LISTS, NUMBERS, BadRow, Values, from_values, to_values
from annotator.formats.plain_text import LARGEST, decode

JSON_LINES = frozenset({".jsonl", ".ndjson"})
"""Endings of files that are read and written as JSON Lines; any other is CSV."""
_DELIMITERS = ",;\t"
_REQUIRED = ("kind", "name")
_Row = tuple[int, Values | str]
"""The line a row begins in, and what it says, or what is wrong with it."""


def read_known_names(path: Path) -> KnownNames:
    """Reads a list in any encoding; rows that make no sense are reported and the others come.

    Raises FormatError when nothing can be read: no such file, no text, no column for name or kind.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise FormatError(f"“{path.name}” is larger than {LARGEST // 1_000_000} MB; split the list.")
        text = decode(path.read_bytes()).text
    except OSError as error:
        raise FormatError(f"“{path.name}” could not be read: {error.strerror}.") from error
    except UndecodableText as error:
        raise FormatError(f"“{path.name}” could not be read: {error}.") from error
    problems: list[LineReport] = []
    rows = _json_rows(text) if path.suffix.casefold() in JSON_LINES else _csv_rows(text, path.name, problems)
    return _collected(path.name, rows, problems)


def write_known_names(names: Iterable[KnownName], target: Path) -> None:
    """Writes a list, as JSON Lines or CSV by the file's ending. Raises FormatError when it cannot be written."""
    as_json = target.suffix.casefold() in JSON_LINES
    with whole_file(target) as file:
        if as_json:
            for known in names:
                values = {column: value for column, value in to_values(known).items() if value}
                values |= {column: getattr(known, column) for column in NUMBERS if values.get(column)}
                file.write(f"{json.dumps(values, ensure_ascii=False)}\n")
            return
        # Without the mark, the spreadsheet most used takes UTF-8 for a Western encoding.
        file.write("\ufeff")
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows([_cell(column, value) for column, value in to_values(known).items()] for known in names)


def _collected(name: str, rows: Iterator[_Row], problems: list[LineReport]) -> KnownNames:
    names: list[KnownName] = []
    lines: dict[str, int] = {}
    unknown: dict[str, int] = {}
    for line, values in rows:
        try:
            if isinstance(values, str):
                raise BadRow(values)
            for column in values:
                if column not in COLUMNS:
                    unknown.setdefault(column, line)
            known = from_values(values)
            if known.id in lines:
                raise BadRow(f"the id “{known.id}” is that of line {lines[known.id]} too; only the first is taken")
        except BadRow as error:
            problems.append(LineReport(line, f"{name}, line {line}: {error}"))
            continue
        names.append(known)
        if known.id:
            lines[known.id] = line
    problems += [
        LineReport(line, f"{name}, line {line}: the column “{column}” is not known and was left out")
        for column, line in unknown.items()
    ]
    return KnownNames(tuple(names), tuple(sorted(problems, key=lambda report: report.line)))


def _csv_rows(text: str, name: str, problems: list[LineReport]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows = _lines(reader)
    head_line, head = next(rows, (1, []))
    columns = [_column(words) for words in head] if not isinstance(head, str) else []
    missing = [column for column in _REQUIRED if column not in columns]
    if missing:
        raise FormatError(
            f"{name}, line {head_line}: there is no column “{missing[0]}”; the first row names the columns."
        )
    problems += [
        LineReport(head_line, f"{name}, line {head_line}: the column “{column}” is not known and was left out")
        for column in dict.fromkeys(columns)
        if column and column not in COLUMNS
    ]
    return (_csv_row(line, columns, cells) for line, cells in rows)


def _csv_row(line: int, columns: list[str], cells: list[str] | str) -> _Row:
    if isinstance(cells, str):
        return line, cells
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        return line, f"there are {len(cells)} cells but only {len(columns)} columns; is a quotation mark missing?"
    values: dict[str, str | list[str]] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column in COLUMNS and not values.get(column):
            values[column] = unpacked(unguarded(cell)) if column in LISTS else unguarded(cell)
    return line, values


def _lines(reader: Any) -> Iterator[tuple[int, list[str] | str]]:
    """Rows that are not blank, with the line each begins in."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"the row cannot be read: {error}"
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _json_rows(text: str) -> Iterator[_Row]:
    for line, words in enumerate(text.split("\n"), start=1):
        if not words.strip():
            continue
        try:
            value = json.loads(words)
        except (ValueError, RecursionError):
            yield line, "this is no JSON object"
            continue
        yield (line, _json_values(value)) if isinstance(value, dict) else (line, "this is no JSON object")


def _json_values(row: Mapping[str, Any]) -> Values | str:
    values: dict[str, str | list[str]] = {}
    for key, value in row.items():
        column = _column(key)
        if column in LISTS:
            items = value if isinstance(value, list) else [value] if value is not None else []
            if not all(isinstance(item, str) for item in items):
                return f"“{key}” is no list of texts"
            values[column] = items
        elif column in NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
            values[column] = repr(value)
        elif value is None or isinstance(value, str) or column not in COLUMNS:
            values[column] = value if isinstance(value, str) else ""
        else:
            return f"“{key}” is no text"
    return values


def _column(words: str) -> str:
    return " ".join(words.replace("_", " ").split()).casefold()


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line that is not blank, outside quotation marks."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _cell(column: str, value: str | list[str]) -> str:
    words = packed(value) if isinstance(value, list) else value
    # A negative number is no formula.
    return words if column in NUMBERS else guarded(words)
