"""All formats that are read and written. Importing it imports them all: not for what a start needs."""

from annotator.formats.base import Reader, Writer
from annotator.formats.brat import BratReader, BratWriter
from annotator.formats.cas import UimaCas, uima_json
from annotator.formats.conll2003 import Conll2003Reader, Conll2003Writer
from annotator.formats.conllu import ConlluReader, ConlluWriter
from annotator.formats.csv_tables import CsvWriter
from annotator.formats.docbin import DocBinFormat
from annotator.formats.doccano import Doccano
from annotator.formats.event_rows import AcledWriter, UcdpWriter
from annotator.formats.excel import ExcelWriter
from annotator.formats.geojson import GeoJsonWriter
from annotator.formats.graphml import GraphMlWriter
from annotator.formats.html_report import HtmlWriter
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.label_studio import LabelStudio
from annotator.formats.parquet import ParquetWriter
from annotator.formats.pdf_report import PdfWriter
from annotator.formats.plover import PloverWriter
from annotator.formats.prodigy import Prodigy
from annotator.formats.refi_qda import RefiCodebook, RefiQda
from annotator.formats.tei import Tei
from annotator.formats.web_annotation import WebAnnotation
from annotator.formats.webanno_tsv import WebAnnoTsv

WRITERS: tuple[Writer, ...] = (
    JsonlWriter(),
    AcledWriter(),
    BratWriter(),
    Conll2003Writer(),
    ConlluWriter(),
    CsvWriter(),
    DocBinFormat(),
    Doccano(),
    ExcelWriter(),
    GeoJsonWriter(),
    GraphMlWriter(),
    HtmlWriter(),
    PdfWriter(),
    LabelStudio(),
    ParquetWriter(),
    PloverWriter(),
    Prodigy(),
    RefiCodebook(),
    RefiQda(),
    Tei(),
    UcdpWriter(),
    uima_json(),
    UimaCas(),
    WebAnnotation(),
    WebAnnoTsv(),
)
"""Every format that a corpus can be exported to; our own first, it is the one for everything."""
READERS: tuple[Reader, ...] = (
    BratReader(),
    Conll2003Reader(),
    ConlluReader(),
    DocBinFormat(),
    LabelStudio(),
    Doccano(),
    Prodigy(),
    RefiCodebook(),
    RefiQda(),
    Tei(),
    WebAnnotation(),
    WebAnnoTsv(),
    uima_json(),
    UimaCas(),
)
"""Every format of other programs that annotated articles are read from; asked in this order which knows a file."""
