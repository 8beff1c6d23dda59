"""Tables as one Excel workbook, a sheet for each. Nothing in it is a formula or a link, whatever it looks like."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from annotator.domain.corpus import Corpus
from annotator.domain.found import Losses
from annotator.domain.schemas import parse
from annotator.errors import FormatError
from annotator.formats.csv_tables import spelled
from annotator.formats.files import whole_path
from annotator.formats.table_columns import tables
from annotator.formats.tabular import Cell, CellKind, Table, pour

LONGEST_CELL = 32_767
"""Excel's own limit, in UTF-16 units."""
MOST_ROWS = 1_048_576
"""Excel's own limit, with the head."""
_CUT = "texts were cut: a cell of Excel holds 32,767 characters"
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts days from 1900, in which it sees a 29 February that never was."""
_WIDE, _NARROW = 40, 14
_NUMBERS = frozenset({CellKind.INT, CellKind.FLOAT})


class ExcelWriter:
    """Writes a workbook."""

    key = "xlsx"
    title = "Tables (Excel)"
    suffix = ".xlsx"
    is_folder = False
    cannot = ("the schema and the history", "texts over 32,767 characters")

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the workbook, yielding how many articles are done. Rows beyond Excel's limit go to a second sheet."""
        try:
            import xlsxwriter
            from xlsxwriter.exceptions import XlsxWriterException
        except ImportError as error:
            raise FormatError("Excel files need the package XlsxWriter: pip install XlsxWriter") from error
        wanted = tables(parse(corpus.project.schema))
        # Rows wait in files for the end of a sheet; in a folder of their own, none is left when writing is stopped.
        with (
            whole_path(target) as path,
            path.open("wb") as file,
            TemporaryDirectory(prefix="annotator-", ignore_cleanup_errors=True) as waiting,
        ):
            options = {"constant_memory": True, "tmpdir": waiting}
            book = xlsxwriter.Workbook(file, options)
            # The moment of writing would make each file another one.
            book.set_properties({"created": datetime(1980, 1, 1), "title": corpus.project.name})
            sheets = {table.name: _Sheet(book, table, losses) for table in wanted}
            try:
                yield from pour(corpus, wanted, lambda table, row: sheets[table.name].add(row), losses)
                book.close()
            except XlsxWriterException as error:
                raise FormatError(f"“{target.name}” could not be written: {error}.") from error
            finally:
                for sheet in sheets.values():
                    sheet.close()


class _Sheet:
    """One table; it goes on in another sheet where the first is full."""

    def __init__(self, book: Any, table: Table, losses: Losses) -> None:
        self._book, self._table, self._losses = book, table, losses
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._head = book.add_format({"bold": True})
        self._sheets: list[Any] = []
        self._begin()

    def _begin(self) -> None:
        before = len(self._sheets)
        self._sheet = self._book.add_worksheet(f"{self._table.name} {before + 1}" if before else self._table.name)
        self._sheets.append(self._sheet)
        self._sheet.freeze_panes(1, 1)
        for at, column in enumerate(self._table.columns):
            is_long = column.name in {"quote", "text", "wording", "title", "note"}
            self._sheet.set_column(at, at, _WIDE if is_long else _NARROW)
        for at, column in enumerate(self._table.columns):
            self._sheet.write_string(0, at, column.name, self._head)
        self._row = 1

    def add(self, row: tuple[Cell, ...]) -> None:
        """Writes one row."""
        if self._row >= MOST_ROWS:
            self._begin()
        for at, (column, cell) in enumerate(zip(self._table.columns, row, strict=True)):
            self._put(at, column.kind, cell)
        self._row += 1

    def close(self) -> None:
        """Closes the files in which rows wait; the library does so only when a workbook is finished."""
        for sheet in self._sheets:
            sheet.row_data_fh.close()

    def _put(self, at: int, kind: CellKind, cell: Cell) -> None:
        if cell is None or cell in ("", ()):
            return
        if isinstance(cell, bool):
            self._sheet.write_boolean(self._row, at, cell)
        elif kind in _NUMBERS:
            self._sheet.write_number(self._row, at, cell)
        elif kind is CellKind.DAY and isinstance(cell, date) and cell >= _FIRST_DAY:
            day = datetime(cell.year, cell.month, cell.day)
            self._sheet.write_datetime(self._row, at, day, self._day)
        else:
            # Never write(): it takes words for formulas, links and numbers.
            self._sheet.write_string(self._row, at, self._short(spelled(kind, cell)))

    def _short(self, words: str) -> str:
        if len(words) * 2 <= LONGEST_CELL or len(words.encode("utf-16-le")) // 2 <= LONGEST_CELL:
            return words
        self._losses.add(_CUT)
        return words.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", errors="ignore")
