"""Formats, one per file: what corpora are read from and written to."""

from annotator.formats.base import Reader, Writer
from annotator.formats.brat import BratReader, BratWriter
from annotator.formats.conll2003 import Conll2003Reader, Conll2003Writer
from annotator.formats.conllu import ConlluReader, ConlluWriter
from annotator.formats.jsonl import JsonlWriter

WRITERS: tuple[Writer, ...] = (
    JsonlWriter(),
    BratWriter(),
    Conll2003Writer(),
    ConlluWriter(),
)
"""Every format that a corpus can be exported to. The first is taken when none is named: it loses nothing."""

READERS: tuple[Reader, ...] = (
    BratReader(),
    Conll2003Reader(),
    ConlluReader(),
)
"""Every format that annotated articles can be imported from."""
