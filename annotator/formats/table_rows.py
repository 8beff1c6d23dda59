"""Tables with an article in each row: CSV in any encoding, Excel, and JSON Lines."""

import csv
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from annotator.domain.articles import LONGEST_TEXT, title_of
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import UnreadableDocument
from annotator.formats import zipped
from annotator.formats.cells import unguarded
from annotator.formats.column_choice import chosen_columns
from annotator.formats.documents import Wishes, bare_name, line_of
from annotator.formats.json_parts import BadRecord, objects, text_in, words
from annotator.formats.lines import numbered_lines
from annotator.formats.quiet import quieten
from annotator.formats.written_dates import iso_day

_DELIMITERS = ",;\t|"
_PREVIEWED = 20
_LOOKED_AT = 50
"""Records of JSON whose names make up the columns."""
_LONGEST_FIELD, _LONGEST_URL = 300, 4000
_SAID_MARK = re.compile(r"sep=(.)\s*")
"""A line before the head, for the spreadsheet most used."""

Row = tuple[int, Mapping[str, Any] | str]
"""The line a row begins in, and what stands in each column, or what is wrong with it."""


class Table:
    """What tables of all kinds share."""

    has_boilerplate = False

    def head(self, path: Path) -> tuple[str, ...]:
        """The names of the columns. Raises UnreadableDocument or FormatError."""
        return self.rows(path, path.name, Findings())[0]

    def rows(self, path: Path, name: str, findings: Findings) -> tuple[tuple[str, ...], Iterator[Row]]:
        """The names of the columns, and the rows below."""
        raise NotImplementedError

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The articles of the table; a row without a text is noted, and so is a day that is not clear."""
        head, rows = self.rows(path, name, findings)
        columns = chosen_columns(head, wishes)
        for line, row in islice(rows, _PREVIEWED if wishes.is_preview else None):
            try:
                if isinstance(row, str):
                    raise BadRecord(row)
                yield _article(row, columns, name, line, findings)
            except BadRecord as error:
                findings.problem(name, str(error), line)


def _article(
    row: Mapping[str, Any], columns: Mapping[str, str], name: str, line: int, findings: Findings
) -> FoundArticle:
    said = {field: row.get(column) for field, column in columns.items()}
    text = said.pop("text", None)
    if isinstance(text, list) and all(isinstance(one, str) for one in text):
        text = "\n\n".join(one for one in text if one.strip())  # paragraphs
    if text is None or not words(text).strip():
        raise BadRecord(f"there is no text in “{columns['text'][:40]}”")
    text = text_in(words(text) if isinstance(text, int | float) else text)
    short = {field: _line(value) for field, value in said.items()}
    for field, line_of_it in short.items():
        most = _LONGEST_URL if field == "url" else _LONGEST_FIELD
        if len(line_of_it) > most:
            findings.note(name, f"“{columns[field][:40]}” is longer than {most:,} characters and was left out", line)
            short[field] = ""
    published = short.get("published", "")
    if published:
        short["published"] = iso_day(published)
        if not short["published"]:
            findings.note(name, f"“{published[:40]}” is not clear as a day; the article has none", line)
    return FoundArticle(
        text=text,
        title=short.get("title") or title_of(text, f"{bare_name(name)} {line}"),
        source=f"{name}#{line}",
        publisher=short.get("publisher", ""),
        byline=short.get("byline", ""),
        url=short.get("url", ""),
        published=short.get("published", ""),
        language=short.get("language", ""),
    )


def _line(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(filter(None, (_line(one) for one in value[:20])))[:_LONGEST_FIELD]
    if isinstance(value, dict):  # news services write {"id": null, "name": "The Gazette"}
        return _line(value.get("name"))
    return line_of(words(value))


class CsvRows(Table):
    """Reads tables of cells between marks; which mark, the first line tells."""

    key = "csv"
    title = "Table (CSV)"
    suffixes = (".csv", ".tsv", ".tab")

    def looks_so(self, head: bytes) -> bool:
        """Never: a text may have commas too."""
        del head
        return False

    def rows(self, path: Path, name: str, findings: Findings) -> tuple[tuple[str, ...], Iterator[Row]]:
        """Rows with the line each begins in."""
        del name, findings
        csv.field_size_limit(LONGEST_TEXT)
        lines = _Lines(numbered_lines(path))
        first = next((line for line in lines if line.strip()), "")
        if "\r" in "".join(first.split('"')[::2]):
            # Spreadsheets on a Mac may still end lines by a carriage return alone.
            lines = _Lines(_parted(path))
            first = next((line for line in lines if line.strip()), "")
        said = _SAID_MARK.fullmatch(first)
        if said is None:
            lines.put_back(first)
        reader = csv.reader(lines, delimiter=said[1] if said else _delimiter(first, path))
        try:
            head = tuple(unguarded(cell).strip() for cell in next(reader, []))
        except csv.Error as error:
            raise UnreadableDocument(f"its first line cannot be read: {error}") from error
        if not any(head):
            raise UnreadableDocument("it is empty")
        return head, _cells(reader, lines, head)


def _parted(path: Path) -> Iterator[tuple[int, str | None]]:
    """The lines of a file in which carriage returns end them."""
    parts = (part for _, line in numbered_lines(path) for part in ((None,) if line is None else line.split("\r")))
    return enumerate(parts, start=1)


class _Lines:
    """The lines of a file for the reader of cells. Remembers which are damaged, and gives blanks for them."""

    def __init__(self, lines: Iterator[tuple[int, str | None]]) -> None:
        self._lines = lines
        self._waiting: list[str] = []
        self.damaged: set[int] = set()
        self.last = 0

    def put_back(self, line: str) -> None:
        self._waiting.append(line)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._waiting:
            return self._waiting.pop()
        self.last, line = next(self._lines)
        if line is None:
            self.damaged.add(self.last)
        return f"{line or ''}\n"


def _cells(reader: Any, lines: _Lines, head: tuple[str, ...]) -> Iterator[Row]:
    while True:
        start = lines.last + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, f"the row cannot be read: {error}"
            continue
        if any(start <= line <= lines.last for line in lines.damaged):
            lines.damaged.clear()
            yield start, "it is no text in the encoding of the file"
        elif len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            yield start, f"there are {len(cells)} cells but only {len(head)} columns; is a quotation mark missing?"
        elif any(cell.strip() for cell in cells):
            yield start, {name: unguarded(cell) for name, cell in reversed([*zip(head, cells, strict=False)])}


def _delimiter(head: str, path: Path) -> str:
    """The one that stands most often in the first line, outside quotation marks; a tab where the ending says so."""
    outside = "".join(head.split('"')[::2])
    if path.suffix.casefold() in {".tsv", ".tab"} and "\t" in outside:
        return "\t"
    return max(_DELIMITERS, key=outside.count)


class ExcelRows(Table):
    """Reads the first sheet that has something in it."""

    key = "xlsx"
    title = "Table (Excel)"
    suffixes = (".xlsx", ".xlsm")

    def looks_so(self, head: bytes) -> bool:
        """By the names of the first parts."""
        return zipped.is_archive(head) and b"xl/" in head

    def rows(self, path: Path, name: str, findings: Findings) -> tuple[tuple[str, ...], Iterator[Row]]:
        """Rows with their numbers."""
        del name, findings
        rows = _sheet(path)
        head = next(rows)[1]
        return head, ((number, _by_name(head, cells)) for number, cells in rows if _has_words(cells))


_FAULTS = (AttributeError, ArithmeticError, AssertionError, LookupError, TypeError, ValueError, ParseError)
"""What openpyxl raises for parts that are not as it expects."""


_MOST_ROWS, _MOST_CELLS = 1_048_576, 50_000_000
"""The first is what Excel itself allows."""


def _has_words(cells: Sequence[Any]) -> bool:
    return any(cell is not None and str(cell).strip() for cell in cells)


def _by_name(head: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    """A row by the names of its columns; of two columns with one name the first counts."""
    # The program that writes such files writes a carriage return inside a cell like this.
    plain = (cell.replace("_x000D_", "") if isinstance(cell, str) else cell for cell in cells)
    return dict(reversed([*zip(head, plain, strict=False)]))


def _sheet(path: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The head and the rows of the first sheet that has any, each with its number."""
    quieten()
    from lxml.etree import LxmlError
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    # It warns of what it does not know in a file, with words of the file, also while rows are read: a context that
    # catches warnings would have to span the caller's work too, and is not meant for threads.
    warnings.filterwarnings("ignore", module=r"openpyxl\.")
    # The library leaves a file open that it cannot read, so it is given one that is ours.
    with zipped.opened(path) as archive, path.open("rb") as file:
        for entry in archive.infolist():
            why = zipped.fault(entry)
            if why:
                raise UnreadableDocument(f"its part {entry.filename[:60]} is not read: {why}")
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets:
                    # What a sheet says of its own size is often wrong.
                    sheet.reset_dimensions()
                    rows = _numbered(sheet.iter_rows(values_only=True))
                    head = next((row for row in rows if _has_words(row[1])), None)
                    if head is not None:
                        yield head[0], tuple(_line(cell) for cell in head[1])
                        yield from rows
                        return
            finally:
                book.close()
        except (*_FAULTS, LxmlError, InvalidFileException) as error:
            raise UnreadableDocument("it is damaged, or no Excel file") from error
    raise UnreadableDocument("it is empty")


def _numbered(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows with their numbers. One line of a file may say that it is the last of billions, or of the last column:
    all before it would be made.
    """
    cells = 0
    for number, row in enumerate(rows, start=1):
        cells += len(row)
        if number > _MOST_ROWS or cells > _MOST_CELLS:
            raise UnreadableDocument("it has more rows than a sheet may have, or cells far apart")
        yield number, row


class JsonRows(Table):
    """Reads an object a line, or an array of objects; the names of the first ones are the columns."""

    key = "jsonl-rows"
    title = "Table (JSON Lines)"
    suffixes = (".jsonl", ".ndjson", ".json")

    def looks_so(self, head: bytes) -> bool:
        """Never: the ending tells."""
        del head
        return False

    def rows(self, path: Path, name: str, findings: Findings) -> tuple[tuple[str, ...], Iterator[Row]]:
        """Objects with the line each begins in."""
        values = _values(path, name, findings)
        first = list(islice(values, _LOOKED_AT))
        head: dict[str, None] = {}
        for _, value in first:
            head.update(dict.fromkeys(value if isinstance(value, dict) else ()))
        if not head:
            raise UnreadableDocument("there are no objects with names and values in it")
        return tuple(head), (
            (line, value if isinstance(value, dict) else "it is no object with names and values")
            for part in (first, values)
            for line, value in part
        )


def _values(path: Path, name: str, findings: Findings) -> Iterator[tuple[int, Any]]:
    """The values of the file; what is wrong with it is noted under the name that it is called by."""
    own = Findings()
    for line, value in objects(path, own):
        _pass_on(own, name, findings)
        yield line, value
    _pass_on(own, name, findings)


def _pass_on(own: Findings, name: str, findings: Findings) -> None:
    for problem in own.problems:
        findings.problem(name, problem.reason, problem.line)
    own.problems.clear()
