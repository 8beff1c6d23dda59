"""The report as PDF, for paper and for readers who have no tool: Qt lays the text out, in whatever script it is.

Each article begins on a page of its own. The same project gives the same bytes: the hour that Qt puts in is replaced.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from annotator.domain.corpus import Corpus
from annotator.domain.found import Losses
from annotator.domain.schemas import parse
from annotator.formats.files import whole_path
from annotator.formats.html_map import Ring
from annotator.formats.report_parts import Look, links_by_claim

_MARGIN, _FOOT = 17.0, 9.0
"""Millimetres."""
_HEAD = 4_096
"""Bytes in which Qt says when a file was made."""
_DOTS = 600
"""Dots per inch in which Qt lays pages out."""
_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")
_XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta><?xpacket end="w"?>'
)


@dataclass(frozen=True, slots=True)
class PdfWriter:
    """Writes a report. land has the outlines that maps are drawn on, credit says whose they are."""

    land: tuple[Ring, ...] = ()
    credit: str = ""
    key: ClassVar[str] = "pdf"
    title: ClassVar[str] = "Report (PDF)"
    suffix: ClassVar[str] = ".pdf"
    is_folder: ClassVar[bool] = False
    cannot: ClassVar[tuple[str, ...]] = ("being read back: it is for readers, not for programs",)

    def write(self, corpus: Corpus, target: Path, losses: Losses) -> Iterator[int]:
        """Writes the file, yielding how many articles are done. Memory grows with entities and links."""
        del losses
        look = Look(parse(corpus.project.schema), {entity.id: entity for entity in corpus.entities()})
        links = links_by_claim(corpus)
        application = _application()
        with whole_path(target) as beside, _same_order():
            pages = _Pages(beside, corpus.project.name, corpus.project.id)
            try:
                for done, annotated in enumerate(corpus.articles(), start=1):
                    from annotator.formats.pdf_article import article_document

                    pages.add(article_document(annotated, look, links, self.land, self.credit, pages.resolution))
                    yield done
            finally:
                pages.end()
            _without_the_hour(beside)
        del application


class _Pages:
    """Puts documents on pages, each from a new page on, with their numbers at the foot."""

    def __init__(self, path: Path, title: str, id_: str) -> None:
        from PySide6.QtCore import QByteArray, QMarginsF, QUuid
        from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

        self._title, self._number = title, 0
        self._writer = QPdfWriter(str(path))
        self._writer.setResolution(_DOTS)
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
        self._writer.setTitle(title)
        self._writer.setCreator("Annotator")
        self._writer.setDocumentId(QUuid(id_))
        self._writer.setDocumentXmpMetadata(QByteArray(_XMP.encode()))
        self._painter = QPainter(self._writer)

    @property
    def resolution(self) -> int:
        """Dots per inch."""
        return _DOTS

    def add(self, document: Any) -> None:
        """Puts a document on pages of its own."""
        from PySide6.QtCore import QRectF, QSizeF

        width, height = float(self._writer.width()), float(self._writer.height()) - _FOOT / 25.4 * _DOTS
        document.setPageSize(QSizeF(width, height))
        for page in range(document.pageCount()):
            if self._number:
                self._writer.newPage()
            self._number += 1
            self._painter.save()
            self._painter.translate(0, -page * height)
            document.drawContents(self._painter, QRectF(0, page * height, width, height))
            self._painter.restore()
            self._foot(width, height)

    def _foot(self, width: float, height: float) -> None:
        from PySide6.QtCore import QRectF, Qt
        from PySide6.QtGui import QColor, QFont

        font = QFont()
        font.setPointSizeF(8)
        self._painter.setFont(font)
        self._painter.setPen(QColor("#5d6570"))
        room = QRectF(0, height, width, _FOOT / 25.4 * _DOTS)
        bottom = Qt.AlignmentFlag.AlignBottom
        self._painter.drawText(room, bottom | Qt.AlignmentFlag.AlignLeft, self._title[:100])
        self._painter.drawText(room, bottom | Qt.AlignmentFlag.AlignRight, str(self._number))

    def end(self) -> None:
        """Finishes the file."""
        self._painter.end()


@contextmanager
def _same_order() -> Iterator[None]:
    """Qt writes fonts in the order of a hash table, which differs from run to run unless it is told not to."""
    from PySide6.QtCore import QHashSeed

    QHashSeed.setDeterministicGlobalSeed()
    try:
        yield
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _application() -> object:
    """Qt's application, which fonts need: that of the window, or on the command line one without a screen."""
    from PySide6.QtGui import QGuiApplication

    there = QGuiApplication.instance()
    if there is not None:
        return there
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return QGuiApplication(["annotator", "-platform", "offscreen"])
    return QGuiApplication(["annotator"])


def _without_the_hour(path: Path) -> None:
    """Puts one date of the same length where Qt wrote the present one, so that no offset in the file changes."""
    with path.open("r+b") as file:
        head = file.read(_HEAD)
        for found in _DATE.finditer(head):
            fixed = b"/%b (D:20000101000000Z" % found[1]
            file.seek(found.start())
            file.write(fixed.ljust(len(found[0]) - 1) + b")")
