"""All kinds of documents that articles are read from, and which one a file is."""

from pathlib import Path

from annotator.errors import UnreadableDocument
from annotator.formats.document_archives import SUFFIXES as ARCHIVES
from annotator.formats.documents import Document
from annotator.formats.epub_text import EpubText
from annotator.formats.mail import Mail
from annotator.formats.old_files import OldFiles
from annotator.formats.pdf_text import PdfText
from annotator.formats.table_rows import CsvRows, ExcelRows, JsonRows
from annotator.formats.text_file import TextFile
from annotator.formats.web_page import WebPage
from annotator.formats.word_text import WordText

TEXT = TextFile()
_OLD = OldFiles()
DOCUMENTS: tuple[Document, ...] = (
    _OLD, WebPage(), Mail(), PdfText(), WordText(), EpubText(), CsvRows(), ExcelRows(), JsonRows(), TEXT,
)  # fmt: skip
"""Every kind; asked in this order which knows a file. A text is what no other kind is."""
SUFFIXES = frozenset(suffix for kind in DOCUMENTS for suffix in kind.suffixes)
"""What is taken from a folder or an archive."""
_HEAD = 4_096


def kind_of(path: Path) -> Document:
    """By the ending, and where that is unknown by how the file begins. Raises UnreadableDocument."""
    suffix = path.suffix.casefold()
    if suffix in TEXT.suffixes:  # most files are; what it really is shows when it is read
        return TEXT
    try:
        with path.open("rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise UnreadableDocument(f"it cannot be read: {error.strerror}") from error
    if _OLD.looks_so(head):
        return _OLD
    named = next((kind for kind in DOCUMENTS if suffix in kind.suffixes), None)
    return named or next(kind for kind in DOCUMENTS if kind.looks_so(head))


def is_archive(path: Path) -> bool:
    """Whether a file holds other files."""
    return path.suffix.casefold() in ARCHIVES
