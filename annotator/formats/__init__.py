"""Formats, one per file: what corpora are read from and written to."""

from annotator.formats.base import Writer
from annotator.formats.jsonl import JsonlWriter

WRITERS: tuple[Writer, ...] = (JsonlWriter(),)
"""Every format that a corpus can be exported to."""
