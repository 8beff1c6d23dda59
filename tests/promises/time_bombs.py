"""Documents and corpora that cost a careless reader minutes or gigabytes: small files, each of a known kind.

Each is for a reader or a kind of document, by the name that trying_documents.NAMES has for it.
"""

# ruff: noqa: PLW0108 - what is made is large, so it is made when it is needed

import io
import json
import zipfile
import zlib
from collections.abc import Callable

from tests.formats.documents_made import MAIL, book, page, pdf, sheet, zipped

Maker = Callable[[], bytes]
_LAUGHS = (
    "<!DOCTYPE x [<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)
_QUADRATIC = f"<!DOCTYPE x [<!ENTITY a '{'a' * 50_000}'>]>"
_OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
_TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{}</p></body></text></TEI>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_PARAGRAPH = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
_HTML = {
    "tags without ends": "<a " * 40_000,
    "attributes without ends": "<a b='" * 20_000,
    "comments without ends": "<!--" * 100_000,
    "declarations without ends": "<!" * 100_000,
    "sections without ends": "<![CDATA[" * 50_000,
    "instructions without ends": "<?" * 100_000,
    "ends without beginnings": "</a>" * 100_000,
    "tables in each other": "<table><tr><td>" * 10_000,
    "lists in each other": "<ul><li>" * 20_000,
    "formats in each other": "<b><i>" * 20_000,
    "forms and tables": "<form><table>" * 20_000,
    "an attribute of megabytes": f'<p class="{"x " * 2_000_000}">',
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ">",
    "references": "&amp" * 300_000,
    "numbers of letters": f"&#{'9' * 100_000};",
    "blanks": "<p>" + " " * 3_000_000 + "</p>",
    "blank lines": "<p>a</p>" + "<br>\n \t" * 200_000,
    "dates": '<time datetime="' + "1" * 200_000 + '">' + "1 " * 100_000 + "</time>",
    "JSON in a script": '<script type="application/ld+json">' + '{"a":' * 100_000 + "</script>",
}


def _deep(brackets: str, inner: str = "") -> str:
    return brackets * 100_000 + inner


def _json_bombs() -> dict[str, Maker]:
    text = '{"text": "Ana said so.", "spans": [], "label": [], "data": {"text": "Ana."}, "annotations": []%s}\n'
    return {
        "lists in each other": lambda: (_deep("[") + "\n" + text % "").encode(),
        "objects in each other": lambda: (_deep('{"a":') + "\n" + text % "").encode(),
        "a number of digits": lambda: (text % (', "id": ' + "9" * 100_000)).encode(),
        "many numbers of digits": lambda: (text % f', "id": [{",".join(["9" * 4000] * 1000)}]').encode(),
        "no numbers": lambda: (text % ', "start": NaN, "end": Infinity, "x": 1e999').encode(),
        "keys twice": lambda: (text % (', "text": "x"' * 50_000)).encode(),
        "a line of megabytes": lambda: (text % f', "x": "{"y" * 8_000_000}"').encode(),
        "an array that never ends": lambda: b'[{"text": "Ana."},' * 100_000,
        "quotation marks": lambda: b'"' * 2_000_000,
        "backslashes": lambda: b'{"text": "' + b"\\" * 2_000_000,
        "blanks": lambda: b"[" + b" " * 5_000_000,
        "commas": lambda: b"[" + b"," * 2_000_000,
    }


def _spans(count: int = 20_000) -> list[dict[str, object]]:
    return [
        {"id": n, "start": n, "end": n + 1, "label": "Content", "token_start": n, "token_end": n} for n in range(count)
    ]


def _doccano_chain(label: str) -> bytes:
    """Claims that are each in the one before, or pieces that each follow the one before."""
    count = 40_000
    entities = [{"id": n, "start_offset": n, "end_offset": n + 1, "label": "Content"} for n in range(count)]
    # From the outermost inwards, the way back grows with each.
    relations = [{"id": n, "from_id": n + 1, "to_id": n, "type": label} for n in range(count - 1)]
    return json.dumps({"text": "x" * count, "entities": entities, "relations": relations}).encode()


def _bomb(name: str, ratio: int = 30_000_000) -> Maker:
    """A part that unpacks to a thirty megabytes."""
    return lambda: zipped({name: b" " * ratio, "mimetype": "application/epub+zip"})


def _stored(entries: dict[str, str | bytes] | dict[str, str]) -> bytes:
    """An archive whose entries are not packed, so that none of them unpacks to more than it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def _zeros() -> bytes:
    """A stream that unpacks to nearly two gigabytes: the same packed piece again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"x\xda" + piece * 190


def _zip_of_zips() -> bytes:
    inner = zipped({"a.txt": b" " * 5_000_000})
    return zipped({f"{n}.zip": inner for n in range(500)})


def _overlapping() -> bytes:
    """Entries that all lie on the same bytes."""
    one = io.BytesIO()
    with zipfile.ZipFile(one, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a" * 900_000)
    data = one.getvalue()
    entry = data[data.index(b"PK\x01\x02") : data.index(b"PK\x05\x06")]
    many = b"".join(entry.replace(b"a.txt", b"%05d" % n) for n in range(20_000))
    start = data.index(b"PK\x01\x02")
    end = b"PK\x05\x06\0\0\0\0" + (20_000).to_bytes(2, "little") * 2
    return data[:start] + many + end + len(many).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"


def _pdf_loop(body: str) -> Maker:
    """A file whose pages, or whatever body says, lead back to themselves."""
    return lambda: (
        f"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n{body}\n"
        "trailer << /Root 1 0 R /Size 9 >>\n%%EOF"
    ).encode()


def _pdf_packed() -> bytes:
    packed = zlib.compress(b"(a) Tj " * 10_000_000)
    head = b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n"
    head += b"<< /Type /Pages /Kids [3 0 R] /Count 1"
    head = head.replace(b"%%", b"%")
    rest = (
        b" >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n4 0 obj\n"
    )
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed)
    return head + rest + stream + packed + b"\nendstream\nendobj\ntrailer << /Root 1 0 R /Size 5 >>\n%%EOF"


def _mail(head: str, body: str = "") -> Maker:
    return lambda: f"From: a@b.example\r\nMIME-Version: 1.0\r\n{head}\r\n\r\n{body}".encode()


def _parts_in_parts() -> bytes:
    count = 3_000
    begin = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(count))
    return f"From: a@b.example\r\nMIME-Version: 1.0\r\n{begin}Content-Type: text/plain\r\n\r\nWords.".encode()


def _letters_in_letters() -> bytes:
    return b"From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n" * 5_000 + b"\r\nWords."


def _conllu(line: str, count: int) -> Maker:
    return lambda: ("# newdoc id = a\n# text = Ana\n" + line * count + "\n").encode()


_JSON = ("label-studio", "doccano", "prodigy", "web-annotation", "uima-json", "own export", "a.jsonl", "a.json")
_XML = {"tei": _TEI, "refi-qdc": "<CodeBook><Codes>{}</Codes></CodeBook>", "uima-xmi": "<x>{}</x>"}
_ELEMENTS = {
    "elements in each other": "<a>" * 100_000,
    "words of megabytes": "x" * 11_000_000,
    "an attribute of megabytes": f'<a b="{"x" * 15_000_000}"/>',
    "many attributes": "<a " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>",
    "many elements": "<a/>" * 500_000,
    "references": "&amp;" * 1_000_000,
    "names": "".join(f'<a xmlns:n{n}="u{n}"/>' for n in range(50_000)),
}


def _paged(body: str) -> Maker:
    return lambda: page(body).encode()


def _shaped(shape: str, inner: str, before: str = "") -> Maker:
    return lambda: (before + shape.format(inner)).encode()


BOMBS: dict[tuple[str, str], Maker] = {
    **{("a.html", what): _paged(body) for what, body in _HTML.items()},
    **{(name, what): make for name in _JSON for what, make in _json_bombs().items()},
    **{(name, what): _shaped(shape, inner) for name, shape in _XML.items() for what, inner in _ELEMENTS.items()},
    **{
        (name, what): _shaped(shape, inner, before)
        for name, shape in _XML.items()
        for what, before, inner in (
            ("a billion laughs", _LAUGHS, "&l11;"),
            ("a quadratic blow-up", _QUADRATIC, "&a;" * 50_000),
            ("an entity of another file", _OUTSIDE, "&a;"),
        )
    },
    ("a.docx", "a billion laughs"): lambda: zipped(
        {"word/document.xml": f"{_LAUGHS}<w:document {_W}><w:body><w:p><w:t>&l11;</w:t></w:p></w:body></w:document>"}
    ),
    ("a.docx", "paragraphs in each other"): lambda: _stored(
        {"word/document.xml": f"<w:document {_W}><w:body>" + "<w:p>" * 100_000}
    ),
    ("a.docx", "many paragraphs"): lambda: _stored(
        {"word/document.xml": f"<w:document {_W}><w:body>{_PARAGRAPH * 200_000}</w:body></w:document>"}
    ),
    ("a.docx", "a part that unpacks to a hundred times"): _bomb("word/document.xml"),
    ("a.epub", "a part that unpacks to a hundred times"): _bomb("META-INF/container.xml"),
    ("a.epub", "a book of many pages"): lambda: book({f"{n}.xhtml": "<p>a</p>" for n in range(2_000)}),
    ("a.epub", "one page a thousand times"): lambda: book(
        {"a.xhtml": page("<p>" + "a " * 20_000)}, ["a.xhtml"] * 1_000
    ),
    ("a.epub", "tags without ends"): lambda: book({"a.xhtml": page("<a " * 40_000)}),
    ("a.xlsx", "a part that unpacks to a hundred times"): _bomb("xl/workbook.xml"),
    ("a.xlsx", "a cell far away"): lambda: zipped(_workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    ("a.xlsx", "a row of many cells"): lambda: sheet([["text", *[str(n) for n in range(3_000)]], ["a"] * 3_000]),
    ("a.xlsx", "a row of billions"): lambda: _stored(
        _workbook('<row r="1"/><row r="2147483647"><c><v>1</v></c></row>')
    ),
    ("a.xlsx", "rows of one far cell"): lambda: _stored(_workbook('<row><c r="ZZZ1"><v>1</v></c></row>' * 100_000)),
    ("a.xlsx", "rows without cells"): lambda: _stored(_workbook("<row/>" * 300_000)),
    ("a.zip", "an entry that unpacks to a hundred times"): _bomb("a.txt"),
    ("a.zip", "archives in an archive"): _zip_of_zips,
    ("a.zip", "entries on the same bytes"): _overlapping,
    ("a.zip", "many entries"): lambda: zipped({f"{n}.txt": "a" for n in range(5_000)}),
    ("a.csv", "a field of megabytes"): lambda: b"title,text\nOne," + b"x" * 10_000_000,
    ("a.csv", "a quotation that never ends"): lambda: b'title,text\nOne,"' + b"a,b\n" * 1_000_000,
    ("a.csv", "many columns"): lambda: b",".join([b"text"] * 300_000) + b"\n" + b"," * 300_000,
    ("a.csv", "commas alone"): lambda: b"," * 2_000_000,
    ("a.csv", "marks of quotation"): lambda: b'"' * 5_000_000,
    ("a.csv", "many short rows"): lambda: b"text,date\n" + b"a,1.1.1\n" * 30_000,
    ("a.csv", "dates that are hard to read"): lambda: (
        b"text,date\n"
        + b"".join(
            b"a," + one + b"\n"
            for one in (b"1" * 100_000, b"1-" * 50_000, b"a" * 100_000, b" " * 100_000, b"1.1." * 9_999)
        )
    ),
    ("a.pdf", "pages that lead to themselves"): _pdf_loop(
        "2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99 >>\nendobj"
    ),
    ("a.pdf", "a count of pages that is a lie"): _pdf_loop(
        "2 0 obj\n<< /Type /Pages /Kids [] /Count 2000000000 >>\nendobj"
    ),
    ("a.pdf", "a table that leads back"): lambda: (
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Prev 9 >>\nstartxref\n9\n%%EOF"
    ),
    ("a.pdf", "lists in each other"): _pdf_loop("2 0 obj\n" + "[" * 100_000 + "\nendobj"),
    ("a.pdf", "a page that unpacks to a hundred times"): _pdf_packed,
    ("a.pdf", "many pages"): lambda: pdf([[(50, 700, 10, f"Words of page {n}")] for n in range(2_000)]),
    ("a.pdf", "many words on a page"): lambda: pdf([[(n % 500, n % 800, 5, "a") for n in range(30_000)]]),
    ("a.eml", "parts in parts"): _parts_in_parts,
    ("a.eml", "letters in letters"): _letters_in_letters,
    ("a.eml", "a head of megabytes"): _mail("Subject: " + "=?utf-8?q?a?= " * 100_000),
    ("a.eml", "a head of many lines"): _mail("Subject: a\r\n" + " b\r\n" * 300_000),
    ("a.eml", "many heads"): _mail("\r\n".join(f"X-{n}: a" for n in range(100_000))),
    ("a.eml", "parameters"): _mail("Content-Type: text/plain; " + "; ".join(f"a*{n}=b" for n in range(20_000))),
    ("a.eml", "comments in addresses"): _mail("To: " + "(" * 50_000),
    ("a.eml", "a date"): _mail("Date: " + "1 " * 100_000),
    ("a.eml", "many parts"): _mail("Content-Type: multipart/mixed; boundary=b", "--b\r\n\r\na\r\n" * 50_000),
    ("a.eml", "tags without ends"): lambda: MAIL.replace(b"text/plain", b"text/html") + b"<a " * 40_000,
    ("a.mht", "tags without ends"): lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + b"<a " * 40_000,
    ("a.txt", "bytes of no encoding"): lambda: bytes(range(128, 256)) * 20_000,
    ("a.txt", "one line"): lambda: b"x" * 15_000_000,
    ("a.txt", "marks on one letter"): lambda: ("a" + "\u0301" * 2_000_000).encode(),
    ("conll2003", "one word"): lambda: b"-DOCSTART- -X- O O\n\n" + b"x" * 5_000_000 + b" N O B-PER\n",
    ("conll2003", "a sentence of many words"): lambda: b"-DOCSTART- -X- O O\n\n" + b"x N O B-PER\n" * 100_000,
    ("conll2003", "sentences of one word"): lambda: b"x N O I-PER\n\n" * 20_000,
    ("conllu", "a sentence of many words"): _conllu("1\tAna\t_\t_\t_\t_\t0\t_\t_\tEntity=(a-b)\n", 50_000),
    ("conllu", "brackets of entities"): _conllu("1\tAna\t_\t_\t_\t_\t0\t_\t_\tEntity=" + "(a" * 20_000 + "\n", 3),
    ("conllu", "values"): _conllu("1\tAna\t_\t_\t_\t_\t0\t_\t_\t" + "A=b|" * 50_000 + "\n", 3),
    ("brat", "pieces"): lambda: ("T1\tA " + ";".join(f"{n} {n + 1}" for n in range(0, 100_000, 2)) + "\tx\n").encode(),
    ("brat", "events in each other"): lambda: "".join(f"E{n}\tA:T1 Within:E{n + 1}\n" for n in range(50_000)).encode(),
    ("brat", "texts that are alike"): lambda: "".join(f"T{n}\tContent 0 4\tText\n" for n in range(50_000)).encode(),
    ("brat", "notes"): lambda: ("T1\tA 0 4\tText\n" + "#1\tAnnotatorNotes T1\ta\n" * 50_000).encode(),
    ("brat", "the same as the same"): lambda: (
        "".join(f"T{n}\tA 0 4\tText\n" for n in range(20_000)) + "*\tEquiv " + " ".join(f"T{n}" for n in range(20_000))
    ).encode(),
    ("webanno-tsv", "columns"): lambda: (
        b"#FORMAT=WebAnno TSV 3.3\n#T_SP=a" + b"|b" * 100_000 + b"\n\n\n#Text=a\n1-1\t0-1\ta\n"
    ),
    ("webanno-tsv", "values in a cell"): lambda: (
        b"#FORMAT=WebAnno TSV 3.3\n#T_SP=a|b\n\n\n#Text=a\n1-1\t0-1\ta\t" + b"x|" * 1_900_000
    ),
    ("webanno-tsv", "escapes"): lambda: (
        b"#FORMAT=WebAnno TSV 3.3\n#T_SP=a|b\n\n\n#Text=a\n1-1\t0-1\ta\t" + b"\\_" * 1_000_000
    ),
    ("webanno-tsv", "lines of text"): lambda: b"#FORMAT=WebAnno TSV 3.3\n#T_SP=a|b\n\n\n" + b"#Text=a\n" * 200_000,
    ("webanno-tsv", "an entry that unpacks to a hundred times"): _bomb("a.tsv"),
    ("uima-xmi", "an entry that unpacks to a hundred times"): _bomb("a.xmi"),
    ("refi-qda", "a part that unpacks to a hundred times"): _bomb("project.qde"),
    ("docbin", "zeros"): _zeros,
    ("docbin", "lists in each other"): lambda: zlib.compress(b"\x91" * 1_000_000),
    ("docbin", "a list that says that it is long"): lambda: zlib.compress(b"\x85\xa5attrs\xdd\xff\xff\xff\xff"),
    ("doccano", "claims in each other"): lambda: _doccano_chain("within"),
    ("doccano", "pieces after each other"): lambda: _doccano_chain("piece"),
    ("prodigy", "many spans"): lambda: json.dumps({"text": "x" * 20_000, "spans": _spans()}).encode(),
    ("prodigy", "many tokens"): lambda: json.dumps(
        {
            "text": "x " * 50_000,
            "tokens": [{"text": "x", "start": 2 * n, "end": 2 * n + 1, "id": n} for n in range(50_000)],
        }
    ).encode(),
}


def _workbook(rows: str) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(sheet([("text",), ("a",)]))) as archive:
        parts: dict[str, str | bytes] = {entry: archive.read(entry) for entry in archive.namelist()}
    name = next(entry for entry in parts if entry.endswith("sheet1.xml"))
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts[name] = f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>"
    return parts
