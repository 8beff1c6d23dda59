"""Documents of every kind, made for the tests of those who read them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from openpyxl import Workbook

from annotator.domain.found import Findings, FoundArticle
from annotator.formats.document_kinds import kind_of
from annotator.formats.documents import Wishes

PARAGRAPHS = tuple(
    f"Paragraph {n}: the bridge in the Orsa valley was closed on Monday, said a ministry spokesman in letter {n}."
    for n in range(1, 7)
)
HEADLINE = "The bridge is closed"
HEAD = (
    '<meta property="og:site_name" content="The Gazette"><meta name="author" content="Ana Ruiz">'
    '<meta property="article:published_time" content="2026-03-01T23:10:00+04:30">'
    '<link rel="canonical" href="https://gazette.example/bridge">'
)
Lines = Sequence[tuple[float, float, int, str]]


def page(body: str = "", head: str = HEAD, charset: str = "utf-8") -> str:
    """A news page: menu, headline, by-line, picture, paragraphs, and a foot."""
    words = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>{HEADLINE} | The Gazette</title>{head}'
        "<style>p {color: red}</style><script>var hidden = 'words of a script';</script></head><body>"
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
        f'<main><article><h1>{HEADLINE}</h1><div class="byline">By Ana Ruiz</div>'
        '<figure><img src="b.jpg"><figcaption>The bridge before <span class="credit">Photo: B. Lee</span></figcaption>'
        f"</figure>{words}</article></main>"
        "<footer><p>All rights reserved. Cookie policy.</p></footer></body></html>"
    )


def pdf(pages: Iterable[Lines], info: Mapping[str, str] | None = None) -> bytes:
    """A PDF file with lines at places: x, y, size and words."""
    objects = [b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", b""]
    kids = []
    for lines in pages:
        shown = b"".join(
            b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj\n" % (size, x, y, _escaped(words)) for x, y, size, words in lines
        )
        objects.append(b"<< /Length %d >>\nstream\nBT\n%sET\nendstream" % (len(shown) + 5, shown))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 1 0 R >> >> "
            b"/Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    said = b" ".join(b"/%s (%s)" % (key.encode(), _escaped(value)) for key, value in (info or {}).items())
    objects += [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< %s >>" % said]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + b"trailer << /Size %d /Root %d 0 R "
        b"/Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(objects) - 1, len(objects), len(out))
    )


def _escaped(words: str) -> bytes:
    return words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def printed(*pages: Sequence[Sequence[str]], header: str = "", size: int = 11) -> list[Lines]:
    """Pages of paragraphs of lines, with a running header and page numbers if a header is given."""
    made: list[Lines] = []
    for number, paragraphs in enumerate(pages, start=1):
        lines: list[tuple[float, float, int, str]] = [(50, 810, 8, header)] if header else []
        y = 760.0
        for paragraph in paragraphs:
            for words in paragraph:
                lines.append((50, y, size, words))
                y -= 14
            y -= 12
        made.append([*lines, (300, 20, 8, f"- {number} -")] if header else lines)
    return made


def word() -> bytes:
    """A Word document with a title, a broken paragraph and a table."""
    document = docx.Document()
    document.add_heading(HEADLINE, 0)
    document.add_paragraph("Ana said ").add_run("no").add_break()
    document.paragraphs[-1].add_run("and left.")
    table = document.add_table(2, 2)
    for number, words in enumerate(("Place", "Dead", "Orsa", "15")):
        table.cell(number // 2, number % 2).text = words
    document.add_paragraph("The end 🙂.")
    document.core_properties.author = "Ana Ruiz"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def book(parts: Mapping[str, str], spine: Sequence[str] = ()) -> bytes:
    """An electronic book of these parts."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(parts)
    )
    order = "".join(f'<itemref idref="i{[*parts].index(name)}"/>' for name in spine or parts)
    return zipped({
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="in/book.opf"/></rootfiles></container>',
        "in/book.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Book</dc:title>'
        "<dc:creator>Ana Ruiz</dc:creator><dc:language>de</dc:language><dc:date>2025-11-02</dc:date></metadata>"
        f"<manifest>{items}</manifest><spine>{order}</spine></package>",
        **{f"in/{name}": words for name, words in parts.items()},
    })  # fmt: skip


def sheet(rows: Iterable[Sequence[object]]) -> bytes:
    """An Excel file."""
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


MAIL = (
    b"From: Ana Ruiz <ana@post.example>\r\nSubject: =?utf-8?q?Die_Br=C3=BCcke?=\r\n"
    b"Date: Sun, 01 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe aus dem Tal.\r\n"
)


def read(path: Path, wishes: Wishes | None = None) -> tuple[list[FoundArticle], Findings]:
    """The articles in a file, as the program reads it."""
    findings = Findings()
    return list(kind_of(path).read(path, path.name, wishes or Wishes(), findings)), findings


def read_one(path: Path, data: bytes | str, wishes: Wishes | None = None) -> FoundArticle:
    """The one article in a file with this content, of which nothing has to be noted."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (article,), findings = read(path, wishes)
    assert (findings.problems, findings.notes) == ([], [])
    return article


def zones(article: FoundArticle) -> list[tuple[str, str]]:
    """The zones of an article with their words."""
    return [(zone.kind, zone.span.cut(article.text)) for zone in article.zones]
