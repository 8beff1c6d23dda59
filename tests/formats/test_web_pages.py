"""Web pages become articles: the article without what stands around it, or with it as zones, and what the page says."""

import logging
from pathlib import Path

import pytest

from annotator.errors import UnreadableDocument
from annotator.formats.documents import Wishes
from tests.formats.documents_made import HEAD, HEADLINE, MAIL, PARAGRAPHS, page, read, read_one, zones

KEEP = Wishes(keeps_boilerplate=True)


def test_the_article_comes_without_menu_and_foot_and_with_what_the_page_says(tmp_path: Path) -> None:
    article = read_one(tmp_path / "a.html", page())
    assert article.text == "\n\n".join((HEADLINE, *PARAGRAPHS))
    assert zones(article) == [("headline", HEADLINE)]
    assert (article.title, article.byline, article.publisher) == (HEADLINE, "Ana Ruiz", "The Gazette")
    assert (article.published, article.language, article.url) == ("2026-03-01", "en", "https://gazette.example/bridge")


def test_everything_visible_is_kept_as_zones_when_wished(tmp_path: Path) -> None:
    article = read_one(tmp_path / "a.html", page(), KEEP)
    assert article.text.split("\n\n") == [
        "Home\nWorld", HEADLINE, "By Ana Ruiz", "The bridge before", "Photo: B. Lee", *PARAGRAPHS,
        "All rights reserved. Cookie policy.",
    ]  # fmt: skip
    assert zones(article) == [
        ("boilerplate", "Home\nWorld"),
        ("headline", HEADLINE),
        ("byline", "By Ana Ruiz"),
        ("caption", "The bridge before"),
        ("credit", "Photo: B. Lee"),
        ("boilerplate", "All rights reserved. Cookie policy."),
    ]


def test_lines_lists_and_tables_keep_their_shape(tmp_path: Path) -> None:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    body = (
        f"{words}<p>One&nbsp;line<br>and   a\n <b>sec</b>ond.<br><br>Third.</p><ul><li>first</li><li>second</li></ul>"
        "<table><tr><td>Orsa</td><td>15</td></tr><tr><td>Lind</td><td>2</td></tr></table>"
    )
    article = read_one(tmp_path / "a.html", page(body), KEEP)
    assert "One line\nand a second.\n\nThird.\n\nfirst\nsecond\n\nOrsa\t15\nLind\t2\n\nAll rights" in article.text


@pytest.mark.parametrize("keeps", [False, True])
def test_nothing_that_is_not_shown_comes_in(tmp_path: Path, *, keeps: bool) -> None:
    words = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    hidden = '<p style="display: none">hidden one</p><p hidden>hidden two</p><template>hidden three</template>'
    article = read_one(tmp_path / "a.html", page(f"{words}{hidden}<p>soft\u00ad hyphen\u200b end</p>"), Wishes(keeps))
    assert "script" not in article.text
    assert "color" not in article.text
    assert "hidden" not in article.text
    assert "\u00ad" not in article.text
    assert "\u200b" not in article.text


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "utf-16"])
def test_the_encoding_that_the_page_declares_is_used(tmp_path: Path, encoding: str) -> None:
    words = "Мост в долине закрыт, сообщил представитель министерства в понедельник вечером."
    data = page(f"<p>{words}</p>" * 3, charset=encoding).encode(encoding)
    assert words in read_one(tmp_path / "a.html", data, KEEP).text


def test_a_page_that_declares_a_western_encoding_but_is_utf_8_is_read_as_utf_8(tmp_path: Path) -> None:
    assert "Brücke" in read_one(tmp_path / "a.html", page("<p>Die Brücke fiel.</p>", charset="iso-8859-1"), KEEP).text


def test_a_bad_byte_is_replaced_and_told(tmp_path: Path) -> None:
    data = page("<p>Die Br\u00fccke</p>").encode().replace(b"Cookie", b"Coo\xffkie")
    (tmp_path / "a.html").write_bytes(data)
    (article,), findings = read(tmp_path / "a.html", KEEP)
    assert "Brücke" in article.text
    assert "Coo\ufffdkie" in article.text
    assert [str(note) for note in findings.notes] == ["a.html: 1 characters are no utf-8 and were replaced by \ufffd"]


JSON_LD = '<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{}"}}</script>'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("", ""),
        ('<meta name="date" content="2026-03-01">', ""),
        ('<meta property="article:modified_time" content="2026-03-09">', ""),
        ('<meta name="pubdate" content="March 1, 2026">', "2026-03-01"),
        ('<meta name="pubdate" content="03/04/2026">', ""),
        (JSON_LD.format("2026-02-03T08:00:00Z") + '<meta name="pubdate" content="2026-03-01">', "2026-02-03"),
        (JSON_LD.format("2026-02-03") + JSON_LD.format("2026-02-04"), ""),
        (f'<script type="application/ld+json">{"[" * 5000}</script>', ""),
    ],
)
def test_a_day_is_taken_only_where_the_page_says_so_and_clearly(tmp_path: Path, head: str, published: str) -> None:
    body = "".join(f"<p>{p} It was 4 May 2019.</p>" for p in PARAGRAPHS)
    assert read_one(tmp_path / "a.html", page(body, head)).published == published


def test_a_site_whose_own_name_is_the_large_headline_does_not_lend_it_to_the_article(tmp_path: Path) -> None:
    data = page().replace("<nav>", "<h1>The Morning Post</h1><nav>")
    assert read_one(tmp_path / "a.html", data).text.startswith(HEADLINE)


def test_a_page_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body><script>1</script><img src='a'></body></html>", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="no words"):
        read(tmp_path / "a.html")


@pytest.mark.parametrize("depth", [300, 1_500])
def test_a_page_nested_deeper_than_parsers_like_loses_nothing(tmp_path: Path, depth: int) -> None:
    nested = f"<p>first</p>{'<div>' * depth}<p>inside</p>{'</div>' * depth}<p>last</p>"
    article = read_one(tmp_path / "a.html", f"<html><body>{nested}</body></html>")
    assert article.text == "first\n\ninside\n\nlast"


def test_a_page_nested_without_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{'<div>' * 100_000}x", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="nested too deeply"):
        read(tmp_path / "a.html")


def test_a_very_large_page_comes_whole_and_soon(tmp_path: Path) -> None:
    body = "".join(f"<p>Number {n} of many lines that say that the bridge fell.</p>" for n in range(40_000))
    article = read_one(tmp_path / "a.html", page(body))
    assert article.text.count("Number ") == 40_000
    assert "Cookie policy" not in article.text


def test_nothing_of_a_page_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        read_one(tmp_path / "a.html", page())
        read_one(tmp_path / "b.html", "<html><body><p>Short words.</p></body></html>")
    assert caplog.records == []


def test_a_message_comes_with_its_sender_and_day(tmp_path: Path) -> None:
    article = read_one(tmp_path / "a.eml", MAIL)
    assert (article.text, article.title, article.byline) == ("Grüße aus dem Tal.", "Die Brücke", "Ana Ruiz")
    assert article.published == "2026-03-01"


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize(
    ("encoding", "declared", "wish"),
    [
        ("koi8-r", "koi8-r", ""),
        ("utf-8", "us-ascii", ""),
        ("utf-8", "iso-8859-1", ""),
        ("windows-1251", "x-unknown", "windows-1251"),
        ("koi8-r", "windows-1251", "koi8-r"),
    ],
)
def test_a_message_is_read_in_the_encoding_that_its_words_are_in(
    tmp_path: Path, kind: str, encoding: str, declared: str, wish: str
) -> None:
    words = "Мост в долине закрыт, сообщил представитель министерства в понедельник вечером."
    head = f"Subject: S\r\nMIME-Version: 1.0\r\nContent-Type: text/{kind}; charset={declared}\r\n\r\n"
    body = words if kind == "plain" else f"<html><body><p>{words}</p></body></html>"
    article = read_one(tmp_path / "a.eml", head.encode() + body.encode(encoding), Wishes(encoding=wish))
    assert article.text == words


def test_a_page_archive_is_its_page_and_a_message_its_words(tmp_path: Path) -> None:
    parts = [("plain", "", "Plain words."), ("html", "Content-Location: https://g.example/x\r\n", page(head=""))]
    assert read_one(tmp_path / "a.MHTML", in_parts(*parts)).url == "https://g.example/x"
    elsewhere = [("html", "Content-Location: cid:abc\r\n", page(head=""))]
    assert read_one(tmp_path / "a.mht", in_parts(*elsewhere)).url == ""
    (tmp_path / "a.eml").write_bytes(in_parts(*parts))
    ((article,), _) = read(tmp_path / "a.eml")
    assert (article.text, article.title) == ("Plain words.", "News")


def test_a_message_without_a_subject_is_called_by_its_first_line(tmp_path: Path) -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
    assert read_one(tmp_path / "a.eml", head + b"First line.\r\nSecond.").title == "First line."


PART = "\r\n--XX\r\nContent-Type: text/{}; charset=utf-8\r\n{}\r\n{}\r\n"


def in_parts(*parts: tuple[str, str, str]) -> bytes:
    """A message of parts: kind, further header, words."""
    head = b'Subject: News\r\nMime-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="XX"\r\n'
    return head + "".join(PART.format(*part) for part in parts).encode() + b"--XX--\r\n"


def test_parts_of_a_message_that_are_not_taken_are_told(tmp_path: Path) -> None:
    attached = "Content-Disposition: attachment; filename=a.txt\r\n"
    words = [
        ("plain", "", " "),
        ("plain", attached, "Attached."),
        ("html", "", "<p>Same.</p>"),
        ("plain", "", "Words."),
    ]
    (tmp_path / "a.eml").write_bytes(in_parts(*words))
    (article,), findings = read(tmp_path / "a.eml")
    assert (article.text, findings.notes) == ("Words.", [])
    (tmp_path / "a.eml").write_bytes(in_parts(*words, ("plain", "", "A list’s footer."), ("plain", "", "More.")))
    (article,), findings = read(tmp_path / "a.eml")
    assert article.text == "Words."
    assert [str(note) for note in findings.notes] == [
        "a.eml: 2 further parts with words were left out: a footer, or a message in it"
    ]


def test_a_message_of_pages_alone_is_a_page_and_one_of_blanks_is_refused(tmp_path: Path) -> None:
    assert zones(read_one(tmp_path / "a.eml", in_parts(("html", "", page())))) == [("headline", HEADLINE)]
    (tmp_path / "a.eml").write_bytes(in_parts(("plain", "", " "), ("html", "", " ")))
    with pytest.raises(UnreadableDocument, match="no words in the message"):
        read(tmp_path / "a.eml")


@pytest.mark.parametrize("version", ["MIME-Version", "Mime-Version", "mime-version"])
def test_a_message_is_known_by_its_headers_where_the_ending_says_nothing(tmp_path: Path, version: str) -> None:
    article = read_one(tmp_path / "saved.message", MAIL.replace(b"MIME-Version", version.encode()))
    assert article.byline == "Ana Ruiz"


@pytest.mark.parametrize(
    ("sender", "byline"),
    [
        ("ana@post.example", "ana@post.example"),
        ('"Ruiz, Ana" <a@b.example>', "Ruiz, Ana"),
        ("<a@b.example>", "a@b.example"),
        ("José Ruiz <a@b.example>", "José Ruiz"),
        ('"Ana \\"Nan\\" Ruiz" <a@b.example>', 'Ana "Nan" Ruiz'),
    ],
)
def test_who_sent_a_message(tmp_path: Path, sender: str, byline: str) -> None:
    assert read_one(tmp_path / "a.eml", MAIL.replace(b"Ana Ruiz <ana@post.example>", sender.encode())).byline == byline


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_headers_that_were_sent_without_being_packed_are_read(tmp_path: Path, encoding: str) -> None:
    sent = MAIL.replace(b"=?utf-8?q?Die_Br=C3=BCcke?=", "Die Brücke im Tal hält für Jahre".encode(encoding))
    assert read_one(tmp_path / "a.eml", sent).title == "Die Brücke im Tal hält für Jahre"


def test_a_page_saved_in_one_file_is_read_as_a_page(tmp_path: Path) -> None:
    head = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://gazette.example/saved\r\nSubject: saved\r\n"
        "Date: Tue, 10 Mar 2026 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="XX"\r\n'
        "\r\n--XX\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    rest = "\r\n--XX\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--XX--\r\n"
    article = read_one(tmp_path / "a.mht", f"{head}{page()}{rest}")
    assert article.text == "\n\n".join((HEADLINE, *PARAGRAPHS))
    assert article.url == "https://gazette.example/saved"
    assert article.published == "2026-03-01", "the page's day, not when it was saved"


def test_a_page_is_known_by_its_beginning_where_the_ending_says_nothing(tmp_path: Path) -> None:
    assert read_one(tmp_path / "saved.page", page(head=HEAD)).publisher == "The Gazette"
