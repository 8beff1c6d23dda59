"""Formats, one per file: what corpora are read from and written to."""

from annotator.formats.base import Writer
from annotator.formats.csv_tables import CsvWriter
from annotator.formats.event_rows import AcledWriter, UcdpWriter
from annotator.formats.excel import ExcelWriter
from annotator.formats.geojson import GeoJsonWriter
from annotator.formats.graphml import GraphMlWriter
from annotator.formats.html_report import HtmlWriter
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.parquet import ParquetWriter
from annotator.formats.plover import PloverWriter

WRITERS: tuple[Writer, ...] = (
    JsonlWriter(),
    AcledWriter(),
    CsvWriter(),
    ExcelWriter(),
    GeoJsonWriter(),
    GraphMlWriter(),
    HtmlWriter(),
    ParquetWriter(),
    PloverWriter(),
    UcdpWriter(),
)
"""Every format that a corpus can be exported to; our own first, it is the one for everything."""
