"""What turns a file into articles: one kind of document per file, and what may be wished of all of them."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from annotator.domain.articles import LONGEST_TEXT
from annotator.domain.found import Findings, FoundArticle, FoundZone
from annotator.domain.spans import Span
from annotator.errors import UnreadableDocument
from annotator.formats.plain_text import LARGEST

BOILERPLATE, BYLINE, CAPTION, CREDIT, HEADLINE = "boilerplate", "byline", "caption", "credit", "headline"
"""Kinds of zones that documents tell apart."""
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
"""What nobody sees in print. Joiners and marks of direction stay: Persian, Arabic and emoji are written with them."""
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How documents are to be read.

    encoding overrules the one that is recognised. columns says for fields of an article which column of a table has
    them, empty for none; by_head says the same for tables with just these columns. is_preview says that the beginning
    is enough.
    """

    keeps_boilerplate: bool = False
    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    by_head: Mapping[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)
    is_preview: bool = False


class Document(Protocol):
    """Reads one kind of document."""

    @property
    def key(self) -> str:
        """What it is called in reports."""

    @property
    def title(self) -> str:
        """What it is called in the window."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The endings its files have."""

    @property
    def has_boilerplate(self) -> bool:
        """Whether what is not the article itself can be told apart."""

    def looks_so(self, head: bytes) -> bool:
        """Whether a file with an unusual ending begins as this kind does."""

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The articles in a file, one by one. name is what it is called in reports and in the articles.

        What is wrong with a part is noted in findings, and the rest is read. Raises UnreadableDocument when there is
        no article in the file at all, or FormatError from what it has in common with other readers.
        """


class Blocks:
    """Paragraphs on their way to a text: a blank line between two, and zones where they are of a kind."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._zones: list[FoundZone] = []
        self._length = 0

    def add(self, words: str, kind: str = "") -> None:
        """Adds a paragraph, its lines parted by LF; a blank one is none. Zones of one kind in a row become one."""
        words = visible(words).strip()
        if not words:
            return
        if self._pieces:
            self._pieces.append("\n\n")
            self._length += 2
        start = self._length
        self._pieces.append(words)
        self._length += len(words)
        if not kind:
            return
        last = self._zones[-1] if self._zones else None
        if last is not None and last.kind == kind and last.span.end == start - 2:
            self._zones[-1] = FoundZone(kind, Span(last.span.start, self._length))
        else:
            self._zones.append(FoundZone(kind, Span(start, self._length)))

    @property
    def zones(self) -> tuple[FoundZone, ...]:
        """The zones, in the order of the text."""
        return tuple(self._zones)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self._pieces)


def visible(words: str) -> str:
    """The words without characters that nobody sees, and whole: half a surrogate becomes U+FFFD."""
    return _HALVES.sub("\ufffd", _INVISIBLE.sub("", words))


def line_of(words: str) -> str:
    """The words as one line, blanks of every kind made one."""
    return " ".join(visible(words).split())


def bare_name(name: str) -> str:
    """The last part of a name without its ending: the title of what has none of its own."""
    return PurePosixPath(name.replace("\\", "/")).stem


def bytes_of(path: Path) -> bytes:
    """A whole file. Raises UnreadableDocument, saying why, when it cannot be read or is too large or empty."""
    try:
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            # Not read(LARGEST + 1): that would set aside as much memory for every small file.
            data = file.read() if size <= LARGEST else b""
    except OSError as error:
        raise UnreadableDocument(f"it cannot be read: {error.strerror}") from error
    if size > LARGEST:
        raise UnreadableDocument(f"it is larger than {LARGEST // 1_000_000} MB; split it first")
    if not data.strip():
        raise UnreadableDocument("it is empty")
    return data


def check_length(text: str) -> None:
    """Raises UnreadableDocument when no article may be so long."""
    if len(text) > LONGEST_TEXT:
        raise UnreadableDocument(f"its text is longer than {LONGEST_TEXT:,} characters; split it first")
