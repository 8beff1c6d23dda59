"""Tables as Parquet files in a folder, with the types of Arrow: days are dates, spans lists of start and end."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from annotator.domain.corpus import Corpus
from annotator.domain.found import Losses
from annotator.domain.schemas import parse
from annotator.domain.spans import Span
from annotator.errors import FormatError
from annotator.formats.files import whole_folder
from annotator.formats.table_columns import tables
from annotator.formats.tabular import Cell, CellKind, Table, pour

_GROUP = 10_000
"""Rows of a group; read and written at once."""
_GROUP_CHARACTERS = 8_000_000
"""Texts are long: a group is written sooner when they reach this many characters."""


class ParquetWriter:
    """Writes a folder of Parquet files."""

    key = "parquet"
    title = "Tables (Parquet)"
    suffix = ""
    is_folder = True
    cannot = ("the schema and the history",)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the folder, yielding how many articles are done."""
        try:
            from pyarrow.lib import ArrowException
        except ImportError as error:
            raise FormatError("Parquet files need the package pyarrow: pip install pyarrow") from error
        wanted = tables(parse(corpus.project.schema))
        try:
            with whole_folder(target) as folder, ExitStack() as open_files:
                sinks = {table.name: _Sink(folder, table, open_files) for table in wanted}
                yield from pour(corpus, wanted, lambda table, row: sinks[table.name].add(row), losses)
                for sink in sinks.values():
                    sink.flush()
        except (ArrowException, OverflowError) as error:
            raise FormatError(f"“{target.name}” could not be written: {error}.") from error


class _Sink:
    """One table's file; rows wait until they make a group."""

    def __init__(self, folder: Path, table: Table, open_files: ExitStack) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        types = _types(pa)
        self._table = table
        self._schema = pa.schema([pa.field(column.name, types[column.kind]) for column in table.columns])
        self._writer = open_files.enter_context(
            parquet.ParquetWriter(folder / f"{table.name}.parquet", self._schema, compression="zstd")
        )
        self._empty()

    def _empty(self) -> None:
        self._columns: list[list[Any]] = [[] for _ in self._table.columns]
        self._characters = 0

    def add(self, row: tuple[Cell, ...]) -> None:
        """Adds one row."""
        for values, cell in zip(self._columns, row, strict=True):
            values.append(_plain(cell))
            self._characters += len(cell) if isinstance(cell, str) else 0
        if len(self._columns[0]) >= _GROUP or self._characters >= _GROUP_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Writes what waits."""
        import pyarrow as pa

        if self._columns[0]:
            self._writer.write_table(pa.table(dict(zip(self._schema.names, self._columns, strict=True)), self._schema))
        self._empty()


def _plain(cell: Cell) -> Any:
    if isinstance(cell, tuple):
        return [{"start": one.start, "end": one.end} if isinstance(one, Span) else one for one in cell]
    return str(cell) if isinstance(cell, str) else cell


def _types(pa: Any) -> dict[CellKind, Any]:
    span = pa.struct([pa.field("start", pa.int32()), pa.field("end", pa.int32())])
    return {
        CellKind.TEXT: pa.string(),
        CellKind.INT: pa.int64(),
        CellKind.FLOAT: pa.float64(),
        CellKind.FLAG: pa.bool_(),
        CellKind.DAY: pa.date32(),
        CellKind.MOMENT: pa.timestamp("ms", tz="UTC"),
        CellKind.TEXTS: pa.list_(pa.string()),
        CellKind.SPANS: pa.list_(span),
    }
