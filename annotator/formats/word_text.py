"""Word documents (.docx): paragraphs, lists and tables in their order, read from the file's own XML.

Text in frames, content controls and tracked insertions is taken; what was deleted, comments, and notes are not. The day
when the file was made is not taken: it is mostly that of a template or of a copy.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.domain.articles import title_of
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import UnreadableDocument
from annotator.formats import zipped
from annotator.formats.documents import CAPTION, HEADLINE, Blocks, Wishes, bare_name, check_length, line_of

_BODY = "word/document.xml"
_PREVIEW = 200
"""Paragraphs of a preview."""
_SKIPPED = frozenset("del moveFrom instrText delText Fallback rPr rt".split())
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_STYLES = {"title": HEADLINE, "caption": CAPTION}


class WordText:
    """Reads a .docx file."""

    key = "docx"
    title = "Word document"
    suffixes = (".docx", ".docm")
    has_boilerplate = False

    def looks_so(self, head: bytes) -> bool:
        """By the names of the first parts."""
        return zipped.is_archive(head) and b"word/" in head

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The one article of the document."""
        del findings
        with zipped.opened(path) as archive:
            body = zipped.parsed_part(archive, _BODY)
            if body is None:
                raise UnreadableDocument("it is no Word document")
            said = _properties(archive)
        blocks = Blocks()
        for words, kind in itertools.islice(_Body().paragraphs(body), _PREVIEW if wishes.is_preview else None):
            blocks.add(words, kind)
        text = blocks.text
        if not text:
            raise UnreadableDocument("there are no words in the document")
        check_length(text)
        headline = next((zone.span.cut(text) for zone in blocks.zones if zone.kind == HEADLINE), "")
        yield FoundArticle(
            text=text,
            title=line_of(headline) or said["title"] or title_of(text, bare_name(name)),
            source=name,
            byline=said["creator"],
            language=said["language"],
            zones=blocks.zones,
        )


class _Body:
    """Walks over the body once. A paragraph in a frame comes before the one that the frame is anchored in."""

    def __init__(self) -> None:
        self._open: list[tuple[list[str], list[str]]] = []
        self._tables = 0
        self._cells: list[list[str]] = []
        self._rows: list[str] = []

    def paragraphs(self, body: Any) -> Iterator[tuple[str, str]]:
        """The words of each paragraph with its kind; a table's rows are lines of one, their cells parted by tabs."""
        from lxml import etree

        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            name = _name(element)
            if event == "end":
                yield from self._leave(name)
            elif name in _SKIPPED:
                walk.skip_subtree()
            else:
                self._enter(name, element)

    def _enter(self, name: str, element: Any) -> None:
        if name == "p":
            self._open.append(([], [""]))
        elif name == "tbl":
            self._tables += 1
        elif name == "tc" and self._tables == 1:
            self._cells.append([])
        elif self._open and name == "t":
            self._open[-1][0].append(element.text or "")
        elif self._open and name in _MARKS and _name(element.getparent()) == "r":
            self._open[-1][0].append(_MARKS[name])
        elif self._open and name == "pStyle":
            self._open[-1][1].append(_STYLES.get(_value(element).casefold(), ""))

    def _leave(self, name: str) -> Iterator[tuple[str, str]]:
        if name == "p" and self._open:
            words, kinds = self._open.pop()
            if self._tables and self._cells:
                self._cells[-1] += ["".join(words)] if "".join(words).strip() else []
            else:
                yield "".join(words), kinds[-1]
        elif name == "tr" and self._tables == 1:
            cells, self._cells = [cell for cell in self._cells if cell], []
            if all(len(cell) == 1 for cell in cells):
                self._rows += ["\t".join(cell[0] for cell in cells)] if cells else []
            else:  # a table that only puts paragraphs beside each other
                yield from self._table()
                yield from ((words, "") for cell in cells for words in cell)
        elif name == "tbl":
            self._tables -= 1
            if not self._tables:
                yield from self._table()

    def _table(self) -> Iterator[tuple[str, str]]:
        yield "\n".join(self._rows), ""
        self._rows = []


def _properties(archive: Any) -> dict[str, str]:
    said = dict.fromkeys(("title", "creator", "language"), "")
    try:
        core = zipped.parsed_part(archive, "docProps/core.xml")
    except UnreadableDocument:
        return said
    for element in core if core is not None else ():
        if _name(element) in said:
            said[_name(element)] = line_of(element.text or "")[:300]
    return said


def _value(element: Any) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith("}val")), "")


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
