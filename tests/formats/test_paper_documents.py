"""PDF files, Word documents and books become articles: paragraphs whole, words unbroken, nothing that runs along."""

from pathlib import Path

import pytest

from annotator.errors import UnreadableDocument
from annotator.formats.documents import Wishes
from tests.formats.documents_made import HEADLINE, book, pdf, printed, read, read_one, word, zipped, zones

FIRST = ["The bridge in the valley was closed by the govern-", "ment, a well-", "known man said at the well-known inn."]


def test_the_lines_of_a_paragraph_are_joined_and_paragraphs_parted(tmp_path: Path) -> None:
    data = pdf(printed([FIRST, ["A second paragraph of the page."]]))
    assert read_one(tmp_path / "a.pdf", data).text == (
        "The bridge in the valley was closed by the government, a well-known man said at the well-known inn.\n\n"
        "A second paragraph of the page."
    )


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("They called it re-", "opened again", "They called it reopened again"),
        ("The Taliban-", "Controlled bridge", "The Taliban-Controlled bridge"),
        ("In the years 2019-", "2020 it stood", "In the years 2019-2020 it stood"),
        ("A plan that is anti-", "government here", "A plan that is anti-government here"),
        ("A cease-fire: the cease-", "fire held", "A cease-fire: the cease-fire held"),
        ("He said “re-", "open” to all", "He said “reopen” to all"),
        ("A dash -", "and more", "A dash - and more"),
        ("No hyphen here", "and on", "No hyphen here and on"),
    ],
)
def test_a_word_is_mended_only_where_it_is_sure(tmp_path: Path, first: str, second: str, joined: str) -> None:
    data = pdf(printed([[first.ljust(60), second]]))
    assert read_one(tmp_path / "a.pdf", data).text == joined


PAGES = printed(
    [FIRST, ["A sentence that goes on over the end of the page and has"]],
    [["more words on the next one."], ["Third paragraph."]],
    [["Fourth paragraph."]],
    header="The Gazette, No. 7",
)


def test_what_runs_along_on_pages_is_left_out_and_sentences_go_on(tmp_path: Path) -> None:
    article = read_one(tmp_path / "a.pdf", pdf(PAGES, {"Author": "Ana Ruiz", "CreationDate": "D:20260301101112Z"}))
    assert article.text.split("\n\n")[1:] == [
        "A sentence that goes on over the end of the page and has more words on the next one.",
        "Third paragraph.",
        "Fourth paragraph.",
    ]
    assert (article.byline, article.published) == ("Ana Ruiz", "2026-03-01")


def test_what_runs_along_is_boilerplate_where_it_is_kept(tmp_path: Path) -> None:
    article = read_one(
        tmp_path / "a.pdf", pdf(PAGES, {"Title": "Microsoft Word - draft.doc"}), Wishes(keeps_boilerplate=True)
    )
    assert zones(article) == [
        ("boilerplate", "The Gazette, No. 7"),
        ("boilerplate", "- 1 -\n\nThe Gazette, No. 7"),
        ("boilerplate", "- 2 -\n\nThe Gazette, No. 7"),
        ("boilerplate", "- 3 -"),
    ]
    assert article.title.startswith("The bridge in the valley"), "no header, and no name of a file"


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [(50.0, 700 - 14 * n, 11, f"left line {n} is so long as this") for n in range(4)]
    right = [(320.0, 700 - 14 * n, 11, f"right line {n} is so long too") for n in range(4)]
    text = read_one(tmp_path / "a.pdf", pdf([[*left, *right]])).text
    assert text.index("left line 3") < text.index("right line 0")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([[]]), "no text in it: it was probably scanned"),
        (b"%PDF-1.7 and no more", "damaged, or no PDF"),
        (pdf(PAGES)[:400], "damaged, or no PDF"),
    ],
)
def test_a_pdf_without_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(UnreadableDocument, match=reason):
        read(tmp_path / "a.pdf")


def test_a_locked_pdf_is_refused_with_the_reason(tmp_path: Path) -> None:
    lock = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") >>"
    name = b"(0123456789abcdef)"
    data = pdf(PAGES).replace(b"trailer << ", b"trailer << /ID [%s %s] /Encrypt %s " % (name, name, lock))
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(UnreadableDocument, match="locked with a password"):
        read(tmp_path / "a.pdf")


def test_a_word_document_keeps_its_order_its_lines_and_its_table(tmp_path: Path) -> None:
    article = read_one(tmp_path / "a.docx", word())
    assert article.text == f"{HEADLINE}\n\nAna said no\nand left.\n\nPlace\tDead\nOrsa\t15\n\nThe end 🙂."
    assert zones(article) == [("headline", HEADLINE)]
    assert (article.title, article.byline, article.published) == (HEADLINE, "Ana Ruiz", "")


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_words_in_controls_and_links_come_and_deleted_ones_do_not(tmp_path: Path) -> None:
    body = (
        f"<w:document {W}><w:body><w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent>"
        "</w:sdt><w:p><w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>"
        "<w:ins><w:r><w:t> added</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "</w:p></w:body></w:document>"
    )
    assert read_one(tmp_path / "a.docx", zipped({"word/document.xml": body})).text == "In a control\n\nlinked added"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "save it as .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 locked", "locked with a password"),
        ("a.rtf", b"{\\rtf1 words}", "save it as .docx"),
        ("renamed.txt", b"{\\rtf1 words}", "save it as .docx"),
        ("a.docx", b"PK\x03\x04 and no more", "damaged, or no archive"),
        ("a.docx", zipped({"else.xml": "<a/>"}), "no Word document"),
        ("a.epub", zipped({"else.xml": "<a/>"}), "no book"),
    ],
)
def test_what_is_not_read_is_refused_with_advice(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableDocument, match=reason):
        read(tmp_path / name)


def test_each_part_of_a_book_is_an_article_in_the_order_of_reading(tmp_path: Path) -> None:
    parts = {"b.xhtml": "<html><body><h1>Second</h1><p>Words of it.</p></body></html>", "a.xhtml": "<html><body>"
             "<p>First words.</p></body></html>", "empty.xhtml": "<html><body/></html>"}  # fmt: skip
    (tmp_path / "a.epub").write_bytes(book(parts, ["a.xhtml", "empty.xhtml", "b.xhtml"]))
    articles, findings = read(tmp_path / "a.epub")
    assert [(one.title, one.text, one.source) for one in articles] == [
        ("First words.", "First words.", "a.epub/in/a.xhtml"),
        ("Second", "Second\n\nWords of it.", "a.epub/in/b.xhtml"),
    ]
    assert {(one.byline, one.language, one.published) for one in articles} == {("Ana Ruiz", "de", "2025-11-02")}
    assert findings.problems == []


def test_a_part_outside_of_a_book_is_told_and_the_others_come(tmp_path: Path) -> None:
    (tmp_path / "a.epub").write_bytes(
        book({"../../evil.xhtml": "x", "a.xhtml": "<html><body><p>Good.</p></body></html>"})
    )
    articles, findings = read(tmp_path / "a.epub")
    assert [one.text for one in articles] == ["Good."]
    assert "leads out of the book" in str(findings.problems[0])
