"""Formats, one per file: what corpora are read from and written to."""

from annotator.formats.base import Reader, Writer
from annotator.formats.brat import BratReader, BratWriter
from annotator.formats.jsonl import JsonlWriter

WRITERS: tuple[Writer, ...] = (
    BratWriter(),
    JsonlWriter(),
)
"""Every format that a corpus can be exported to."""

READERS: tuple[Reader, ...] = (BratReader(),)
"""Every format that annotated articles can be imported from."""
