"""Tables as CSV: a folder with one file for each, for spreadsheets and statistics programs.

UTF-8 with a mark, CRLF after each row. Several values in a cell have | between them; spans are [[start,end],...] in
code points. What a spreadsheet would run as a formula gets a quote before it; numbers and spans never do.
"""

import csv
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any

from annotator.domain.authors import timestamp
from annotator.domain.corpus import Corpus
from annotator.domain.found import Losses
from annotator.domain.schemas import parse
from annotator.domain.spans import Span
from annotator.formats.cells import guarded, packed
from annotator.formats.files import whole_folder
from annotator.formats.table_columns import tables
from annotator.formats.tabular import Cell, CellKind, Table, pour


class CsvWriter:
    """Writes a folder of CSV files."""

    key = "csv"
    title = "Tables (CSV)"
    suffix = ""
    is_folder = True
    cannot = ("the schema and the history",)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the folder, yielding how many articles are done."""
        wanted = tables(parse(corpus.project.schema))
        with whole_folder(target) as folder, ExitStack() as open_files:
            writers: dict[str, Any] = {}
            for table in wanted:
                file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
                open_files.enter_context(file)
                # Without the mark, the spreadsheet most used takes UTF-8 for a Western encoding.
                file.write("\ufeff")
                writers[table.name] = csv.writer(file, lineterminator="\r\n")
                writers[table.name].writerow(column.name for column in table.columns)

            def add(table: Table, row: tuple[Cell, ...]) -> None:
                cells = zip(table.columns, row, strict=True)
                writers[table.name].writerow(_cell(column.kind, cell) for column, cell in cells)

            yield from pour(corpus, wanted, add, losses)


def _cell(kind: CellKind, cell: Cell) -> str:
    words = spelled(kind, cell)
    return guarded(words) if kind in {CellKind.TEXT, CellKind.TEXTS} else words


def spelled(kind: CellKind, cell: Cell) -> str:
    """A cell as words."""
    words = ""
    match cell:
        case bool():
            words = "true" if cell else "false"
        case tuple() if kind is CellKind.SPANS and cell:
            words = f"[{','.join(f'[{one.start},{one.end}]' for one in cell if isinstance(one, Span))}]"
        case tuple():
            words = packed(one for one in cell if isinstance(one, str))
        case datetime():
            words = timestamp(cell)
        case date():
            words = cell.isoformat()
        case str() | int() | float():
            words = str(cell)
    return words
