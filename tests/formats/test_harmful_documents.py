"""Documents that are damaged or made to do harm: a sentence for the user, and never more than that."""

import contextlib
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain.articles import text_hash
from annotator.domain.found import Findings
from annotator.errors import AnnotatorError, UnreadableDocument
from annotator.formats import zipped
from annotator.formats.document_archives import documents_in
from annotator.formats.document_kinds import SUFFIXES
from annotator.formats.documents import Wishes
from tests.formats.broken import broken_variant
from tests.formats.documents_made import MAIL, book, page, pdf, printed, read, sheet, word
from tests.formats.documents_made import zipped as packed

ROWS = "title,text,date\nOne,Words of one.,2026-03-01\nTwo,Words of two.,1.3.2026\n"
KINDS: dict[str, Callable[[], bytes]] = {
    "a.html": lambda: page().encode(),
    "a.eml": lambda: MAIL + page().encode(),
    "a.mht": lambda: b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + page().encode(),
    "a.pdf": lambda: pdf(printed([["Words of a page"]], header="Head"), {"CreationDate": "D:20260301"}),
    "a.docx": word,
    "a.epub": lambda: book({"a.xhtml": page()}),
    "a.csv": ROWS.encode,
    "a.xlsx": lambda: sheet([("title", "text"), ("One", "Words of one.")]),
    "a.jsonl": lambda: b'{"title": "One", "text": "Words of one.", "date": "2026-03-01"}\n' * 2,
    "a.txt": "Wörter.\n".encode,
}
MADE: dict[str, bytes] = {}
KEEP = Wishes(keeps_boilerplate=True)


def survives(path: Path, data: bytes, wishes: Wishes) -> None:
    """Reads a file: whatever comes of it can be stored, and nothing but our own errors is raised."""
    path.write_bytes(data)
    try:
        articles, findings = read(path, wishes)
    except AnnotatorError:
        return
    for article in articles:
        text_hash(article.text)
        repr(article).encode("utf-8")
        assert all(0 <= zone.span.start < zone.span.end <= len(article.text) for zone in article.zones)
    assert all(str(problem) for problem in findings.problems)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_gives_articles_or_a_sentence(tmp_path: Path, name: str, data: st.DataObject) -> None:
    whole = MADE.setdefault(name, KINDS[name]())
    survives(tmp_path / name, broken_variant(whole, data, b"\\ud800\x00"), Wishes(data.draw(st.booleans())))


@pytest.mark.parametrize("name", ["a.docx", "a.epub", "a.xlsx"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_part_of_a_packed_file_gives_articles_or_a_sentence(
    tmp_path: Path, name: str, data: st.DataObject
) -> None:
    (tmp_path / "whole").write_bytes(MADE.setdefault(name, KINDS[name]()))
    with zipfile.ZipFile(tmp_path / "whole") as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    parts[part] = broken_variant(parts[part], data, b"&#0;&bad;")
    survives(tmp_path / name, packed(parts), Wishes())


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(n)} "{"&" + chr(n - 1) + ";" * 1}{f"&{chr(n - 1)};" * 9}">' for n in range(98, 112))
    + '<!ENTITY out SYSTEM "file:///etc/hostname">]>'
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize("name", ["&o;", "&out;"])
def test_entities_are_never_unfolded(tmp_path: Path, name: str) -> None:
    secret = Path("/etc/hostname").read_text(encoding="utf-8").strip() if Path("/etc/hostname").exists() else "none"
    body = f"{BOMB}<w:document {W}><w:body><w:p><w:r><w:t>Before {name} after</w:t></w:r></w:p></w:body></w:document>"
    tracemalloc.start()
    (tmp_path / "a.docx").write_bytes(packed({"word/document.xml": body}))
    with contextlib.suppress(UnreadableDocument):
        (article,), _ = read(tmp_path / "a.docx")
        assert article.text.startswith("Before")
        assert len(article.text) < 100
        assert secret not in article.text
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("name", ["a.docx", "a.epub", "a.xlsx"])
def test_a_part_that_unpacks_to_far_more_than_it_is_is_not_unpacked(tmp_path: Path, name: str) -> None:
    huge = b"<a>" + b" " * 30_000_000
    parts = {"word/document.xml": huge, "META-INF/container.xml": huge, "xl/workbook.xml": huge}
    (tmp_path / name).write_bytes(packed(parts))
    tracemalloc.start()
    with pytest.raises(UnreadableDocument, match="200 times its size"):
        read(tmp_path / name)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10_000_000


@pytest.mark.parametrize("name", ["a.html", "a.csv", "a.txt", "a.json"])
def test_noise_is_survived(tmp_path: Path, name: str) -> None:
    chance = random.Random(7)
    for size in (1, 100, 60_000):
        survives(tmp_path / name, chance.randbytes(size), Wishes())


@pytest.mark.parametrize(
    "piece", ["<a ", "<a b='", "<!--", "<table>", "<b><i>", "&#1114112;", "<svg><script>", "\0<p>"]
)
def test_pages_that_keep_parsers_busy_are_soon_done(tmp_path: Path, piece: str) -> None:
    survives(tmp_path / "a.html", f"<html><body><p>Words.</p>{piece * 20_000}".encode(), KEEP)


def found_in(path: Path) -> tuple[list[str], list[str]]:
    """The names of an archive's documents, and what is noted."""
    findings = Findings()
    names = [name for _, _, _, name in documents_in(path, path.name, SUFFIXES, findings)]
    return names, list(map(str, findings.problems))


def test_an_archive_is_read_in_the_order_of_its_names_and_what_may_not_be_is_told(tmp_path: Path) -> None:
    entries = {
        "z.txt": "z", "b/a.txt": "a", "../up.txt": "x", "/root.txt": "x", "C:\\drive.txt": "x", "b\\..\\..\\c.txt": "x",
        "in.zip": "x", "bomb.txt": "a" * 5_000_000, "picture.png": "x", "__MACOSX/._z.txt": "x", ".hidden.txt": "x",
        "folder/": "",
    }  # fmt: skip
    (tmp_path / "all.zip").write_bytes(packed(entries))
    names, problems = found_in(tmp_path / "all.zip")
    assert names == ["all.zip/b/a.txt", "all.zip/z.txt"]
    assert [problem.split(": ", 1)[1] for problem in problems] == [
        *["its name leads out of the archive"] * 4,
        "it unpacks to more than 200 times its size, as no text does",
        "an archive in an archive is not read; unpack it first",
    ]


def test_nothing_of_an_archive_stays_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    (tmp_path / "all.zip").write_bytes(packed({"a.txt": "a", "b.txt": "b"}))
    seen = []
    for _, _, file, _ in documents_in(tmp_path / "all.zip", "all.zip", SUFFIXES, Findings()):
        seen.append(file)
        assert sum(one.is_file() for one in (tmp_path / "temporary").rglob("*")) == 1
    assert len(seen) == 2
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_locked_entry_is_told(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": "a", "b.txt": "b"}))
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1
    (tmp_path / "all.zip").write_bytes(bytes(data))
    assert found_in(tmp_path / "all.zip") == (["all.zip/b.txt"], ["all.zip/a.txt: it is encrypted"])


@pytest.mark.parametrize("size", ["count", "whole", "list"])
def test_an_archive_that_is_too_much_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: str
) -> None:
    monkeypatch.setattr(zipped, "MOST_ENTRIES", 2 if size == "count" else 100)
    monkeypatch.setattr(zipped, "LARGEST_WHOLE", 2 if size == "whole" else 100)
    data = packed({"a.txt": "a", "b.txt": "b", "c.txt": "c"})
    if size == "list":
        end = data.rindex(b"PK\x05\x06")
        data = data[: end + 12] + (0x7000_0000).to_bytes(4, "little") + data[end + 16 :]
    (tmp_path / "all.zip").write_bytes(data)
    with pytest.raises(UnreadableDocument, match=r"entries|unpack to more"):
        found_in(tmp_path / "all.zip")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_archive_gives_documents_or_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    whole = packed({"a.txt": "Words " * 50, "b.html": page()})
    (tmp_path / "a.zip").write_bytes(broken_variant(whole, data, b"\xff" * 8))
    with contextlib.suppress(AnnotatorError):
        names, problems = found_in(tmp_path / "a.zip")
        assert len(names) + len(problems) <= 2
