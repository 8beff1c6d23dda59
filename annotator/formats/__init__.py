"""Formats, one per file: what corpora are read from and written to."""

from annotator.formats.base import Reader, Writer
from annotator.formats.docbin import DocBinFormat
from annotator.formats.doccano import Doccano
from annotator.formats.jsonl import JsonlWriter
from annotator.formats.label_studio import LabelStudio
from annotator.formats.prodigy import Prodigy
from annotator.formats.web_annotation import WebAnnotation

WRITERS: tuple[Writer, ...] = (
    JsonlWriter(),
    DocBinFormat(),
    Doccano(),
    LabelStudio(),
    Prodigy(),
    WebAnnotation(),
)
"""Every format that a corpus can be exported to."""

READERS: tuple[Reader, ...] = (
    DocBinFormat(),
    Doccano(),
    LabelStudio(),
    Prodigy(),
    WebAnnotation(),
)
"""Every format that a corpus can be imported from."""
