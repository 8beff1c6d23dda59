"""PDF files: their text, page after page, with the lines of a paragraph joined."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from ctypes import byref, c_double
from pathlib import Path
from typing import Any

from annotator.domain.articles import LONGEST_TEXT, title_of
from annotator.domain.found import Findings, FoundArticle
from annotator.errors import UnreadableDocument
from annotator.formats.documents import BOILERPLATE, Blocks, Wishes, bare_name, check_length, line_of
from annotator.formats.pdf_layout import Line, paragraphs, running
from annotator.formats.quiet import quieten
from annotator.formats.written_dates import iso_day

_LOCK = threading.Lock()
"""The library may be used by one thread at a time."""
_LOCKED = 4
_PREVIEWED = 4
_FILE_NAME = re.compile(
    r"(microsoft (word|powerpoint) - )|\.(docx?|indd|qxp|pdf|tex|rtf|odt)$|^untitled", re.IGNORECASE
)
_PUBLISHED = re.compile(rb"<prism:(?:publicationDate|coverDate)>([^<]{4,40})</")
_FORMS = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_UNTOLD = re.compile("[\ue000-\uf8ff\ufffd]")
_BREAK, _SOFT = "\x02", "\u00ad"
_HYPHENS = ("-", "\u2010", _BREAK, _SOFT)


class PdfText:
    """Reads a .pdf file."""

    key = "pdf"
    title = "PDF"
    suffixes = (".pdf",)
    has_boilerplate = True

    def looks_so(self, head: bytes) -> bool:
        """By its mark, which may stand a little way in."""
        return b"%PDF-" in head[:1_024]

    def read(self, path: Path, name: str, wishes: Wishes, findings: Findings) -> Iterator[FoundArticle]:
        """The one article of the file."""
        quieten()
        with _LOCK:
            pages, said = _read(path, name, wishes, findings)
        blocks = Blocks()
        along = running(pages)
        body = [[line for at, line in enumerate(page) if (n, at) not in along] for n, page in enumerate(pages)]
        first = ""
        for words, kind in _with_running(pages, along) if wishes.keeps_boilerplate else _without(body):
            blocks.add(words, kind)
            first = first or ("" if kind else words)
        text = _told(blocks.text)
        check_length(text)
        yield FoundArticle(
            text=text,
            title=said["Title"] or title_of(first, bare_name(name)),
            source=name,
            byline=said["Author"],
            published=said["published"],
            zones=blocks.zones,
        )


def _without(pages: list[list[Line]]) -> Iterator[tuple[str, str]]:
    return ((words, "") for words in paragraphs(pages))


def _with_running(pages: list[list[Line]], along: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """All paragraphs in the order of the pages; what runs along parts those that go on over a page's end."""
    waiting: list[list[Line]] = []
    for number, page in enumerate(pages):
        waiting.append([])
        for at, line in enumerate(page):
            if (number, at) in along:
                yield from ((words, "") for words in paragraphs(waiting))
                yield line.text, BOILERPLATE
                waiting = [[]]
            else:
                waiting[-1].append(line)
    yield from ((words, "") for words in paragraphs(waiting))


def _told(text: str) -> str:
    if not text:
        raise UnreadableDocument(
            "there is no text in it: it was probably scanned; have its text recognised (OCR) first"
        )
    if len(_UNTOLD.findall(text)) > len(text) / 4:
        raise UnreadableDocument("its letters are drawn without saying which they are; have its text recognised first")
    return text


def _read(path: Path, name: str, wishes: Wishes, findings: Findings) -> tuple[list[list[Line]], dict[str, str]]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError as error:
        is_locked = getattr(error, "err_code", 0) == _LOCKED
        raise UnreadableDocument("it is locked with a password" if is_locked else "it is damaged, or no PDF") from error
    except OSError as error:
        raise UnreadableDocument(f"it cannot be read: {error.strerror}") from error
    try:
        pages, empty, letters = [], [], 0
        for number in range(min(len(document), _PREVIEWED) if wishes.is_preview else len(document)):
            try:
                lines, is_bare = _page(document, number)
            except PdfiumError:
                findings.note(name, f"page {number + 1:,} is damaged and was left out")
                continue
            pages.append(lines)
            if is_bare:
                empty.append(str(number + 1))
            letters += sum(len(line.text) for line in lines)
            if letters > LONGEST_TEXT:
                break
        if empty and letters:
            findings.note(name, f"there is no text on page {', '.join(empty[:20])}, only pictures")
        return pages, _said(document, path)
    finally:
        document.close()


def _said(document: Any, path: Path) -> dict[str, str]:
    """Title and author, where they are more than a file's name; the day it was published, or else made."""
    known = {key: line_of(value)[:300] for key, value in document.get_metadata_dict().items()}
    title = known.get("Title", "")
    with path.open("rb") as file:
        printed = _PUBLISHED.search(file.read(2_000_000))
    published = iso_day(printed[1].decode("utf-8", "replace")) if printed else ""
    made = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", known.get("CreationDate", ""))
    return {
        "Title": "" if _FILE_NAME.search(title) else title,
        "Author": known.get("Author", ""),
        "published": published or (iso_day("-".join(made.groups())) if made else ""),
    }


def _page(document: Any, number: int) -> tuple[list[Line], bool]:
    """The lines of a page, and whether it has something on it but no text."""
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            lines = _lines(words)
        finally:
            words.close()
        return lines, not lines and next(page.get_objects(max_depth=1), None) is not None
    finally:
        page.close()


def _lines(words: Any) -> list[Line]:
    from pypdfium2 import raw

    lines: list[Line] = []
    start, letters = 0, [raw.FPDFText_GetUnicode(words.raw, at) for at in range(words.count_chars())]
    for at, letter in enumerate(letters):
        # The library puts CR LF after a line, and nothing but a mark of its own after one with a broken word.
        if letter in {0x0A, 0x02}:
            _add(lines, words, letters, start, at + (letter == 0x02))
            start = at + 1
    _add(lines, words, letters, start, len(letters))
    return lines


def _add(lines: list[Line], words: Any, letters: list[int], start: int, end: int) -> None:
    from pypdfium2 import raw

    units = b"".join(letter.to_bytes(4, "little") for letter in letters[start:end] if 0 < letter < 0x110000)
    text = units.decode("utf-32-le", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.rstrip("\r\n "))
    inked = [at for at in range(start, end) if letters[at] > 0x20]
    if not inked or not text.strip():
        return
    is_broken = len(text.strip()) > 1 and text.endswith(_HYPHENS) and text[-2:-1].isalnum()
    x, y = c_double(), c_double()
    raw.FPDFText_GetCharOrigin(words.raw, inked[0], byref(x), byref(y))
    first, last = words.get_charbox(inked[0]), words.get_charbox(inked[-1])
    # A bullet may be of another font and size than the words behind it.
    told = next((at for at in inked if chr(letters[at]).isalnum()), inked[0])
    size = float(raw.FPDFText_GetFontSize(words.raw, told)) or 1.0
    height = max(first[3] - first[1], last[3] - last[1])
    if size < 2:  # letters of size 1 that a matrix enlarges
        size = height * 1.4 or 1.0
    left, right = min(first[0], last[0]), max(first[2], last[2])
    lines.append(Line(text[:-1] if is_broken else text, left, right, y.value, size, is_broken))
