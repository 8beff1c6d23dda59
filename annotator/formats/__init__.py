"""Formats, one per file: what corpora are read from and written to."""

from annotator.formats.base import Reader, Writer
from annotator.formats.jsonl import JsonlWriter

WRITERS: tuple[Writer, ...] = (JsonlWriter(),)
"""Every format that a corpus can be exported to."""
READERS: tuple[Reader, ...] = ()
"""Every format of other programs that annotated articles are read from; asked in this order which knows a file."""
