"""Tables with an article in each row: which column is which, what is wrong with a row, and any encoding."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from annotator.errors import AnnotatorError, UnreadableDocument
from annotator.formats.column_choice import proposed_columns
from annotator.formats.documents import Wishes
from annotator.formats.written_dates import iso_day
from tests.formats.documents_made import read, sheet

CSV = (
    "headline;body;Date Published;source;byline;link;lang;note\r\n"
    'First;"The bridge; fell\r\non Monday.";2026-03-01T10:00:00Z;Gazette;Ana;https://a.example;en;x\r\n'
    "Second;It stood.;03/04/2026;Post;;;;\r\n"
    "Third;  ;2026-03-02;Post;;;;\r\n"
    ";No title here.;;;;;;\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_rows_become_articles_in_any_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    words = CSV.replace("; fell", "… fällt").replace(";", mark)
    (tmp_path / "a.csv").write_bytes(words.encode(encoding))
    articles, findings = read(tmp_path / "a.csv")
    first, second, third = articles
    assert (first.title, first.text, first.published) == ("First", "The bridge… fällt\non Monday.", "2026-03-01")
    assert (first.publisher, first.byline, first.url, first.language) == ("Gazette", "Ana", "https://a.example", "en")
    assert (second.title, second.published) == ("Second", "")
    assert (third.title, third.source) == ("No title here.", "a.csv#6")
    assert [str(problem) for problem in findings.problems] == ["a.csv, line 5: there is no text in “body”"]
    assert [str(note) for note in findings.notes] == [
        "a.csv, line 4: “03/04/2026” is not clear as a day; the article has none"
    ]


def test_columns_are_proposed_by_their_usual_names() -> None:
    head = ["Source", "Article_Text", "Headline", "URL", "pub-date", "content"]
    assert proposed_columns(head) == {
        "text": "content", "title": "Headline", "publisher": "Source", "published": "pub-date", "url": "URL",
    }  # fmt: skip
    assert proposed_columns(["a", "b"]) == {}


def test_what_the_user_says_of_columns_counts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,title,content\nWords of a,One,Two\n", encoding="utf-8")
    (article,), _ = read(tmp_path / "a.csv", Wishes(columns={"text": "A", "title": ""}))
    assert (article.text, article.title) == ("Words of a", "Words of a")
    with pytest.raises(UnreadableDocument, match="no column “body”; there are “a”, “title”, “content”"):
        read(tmp_path / "a.csv", Wishes(columns={"text": "body"}))
    (article,), _ = read(tmp_path / "a.csv", Wishes(by_head={("a", "title", "content"): {"text": "title"}}))
    assert (article.text, article.byline) == ("One", "")


def test_what_is_said_of_a_column_can_be_shown(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"a": 1, "\\ud800": 2}\n', encoding="utf-8")
    with pytest.raises(UnreadableDocument, match=r"there are “a”, “\?”") as raised:
        read(tmp_path / "a.jsonl")
    assert str(raised.value).encode("utf-8")


def test_a_table_without_a_column_of_texts_says_which_it_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="not said which column has the text; there are “a”, “b”"):
        read(tmp_path / "a.csv")


@pytest.mark.parametrize(("count", "more"), [(19, ""), (20, ""), (22, " and 2 more")])
def test_of_very_many_columns_the_first_are_named(tmp_path: Path, count: int, more: str) -> None:
    head = [f"c{n}" for n in range(count)]
    (tmp_path / "a.csv").write_text(",".join([*head[:3], "", *head[3:]]) + "\n1\n", encoding="utf-8")
    names = ", ".join(f"“{name}”" for name in head[:20])
    with pytest.raises(UnreadableDocument) as raised:
        read(tmp_path / "a.csv")
    assert str(raised.value).rstrip(".").endswith(f"there are {names}{more}")


def test_a_column_named_to_the_letter_is_that_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Text,text,TITLE\nOne,Two,A\n", encoding="utf-8")
    for wanted, text in (("text", "Two"), ("Text", "One"), ("TEXT", "One")):
        (article,), _ = read(tmp_path / "a.csv", Wishes(columns={"text": wanted}))
        assert (article.text, article.title) == (text, "A")


def test_a_table_may_have_blank_lines_above_its_head_and_very_long_texts(tmp_path: Path) -> None:
    long = "word " * 50_000
    (tmp_path / "a.csv").write_text(f"\n  \n title , text \nOne,{long}\n", encoding="utf-8")
    (article,), findings = read(tmp_path / "a.csv")
    assert (article.title, article.text, article.source) == ("One", long, "a.csv#4")
    assert findings.problems == []


@pytest.mark.parametrize("mark", [";", "|", "^"])
def test_a_line_that_tells_spreadsheets_the_mark_is_no_head(tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.csv").write_text(f"sep={mark}\r\ntitle{mark}text\r\nOne{mark}Words, more, and more\r\n")
    (article,), _ = read(tmp_path / "a.csv")
    assert (article.title, article.text) == ("One", "Words, more, and more")


def test_lines_that_end_as_on_an_old_mac_are_lines(tmp_path: Path) -> None:
    words = 'title,text\rOne,"Words.\rMore, and more."\r\rTwo,\rThree,Last.\r'
    (tmp_path / "a.csv").write_bytes(words.encode())
    articles, findings = read(tmp_path / "a.csv")
    assert [(one.title, one.text, one.source) for one in articles] == [
        ("One", "Words.\nMore, and more.", "a.csv#2"),
        ("Three", "Last.", "a.csv#6"),
    ]
    assert [str(problem) for problem in findings.problems] == ["a.csv, line 5: there is no text in “text”"]


def test_a_long_address_comes_in_and_what_is_too_long_for_a_line_is_told(tmp_path: Path) -> None:
    url, title = "https://a.example/" + "x" * 500, "t" * 300
    rows = [("title", "text", "url"), (title, "Words.", url), (title + "t", "More.", url + "x" * 4000)]
    (tmp_path / "a.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    (one, other), findings = read(tmp_path / "a.csv")
    assert (one.title, one.url, other.title, other.url) == (title, url, "More.", "")
    assert [str(note) for note in findings.notes] == [
        "a.csv, line 3: “title” is longer than 300 characters and was left out",
        "a.csv, line 3: “url” is longer than 4,000 characters and was left out",
    ]


def test_rows_of_blanks_and_blank_cells_beyond_the_head_are_nobodys_fault(tmp_path: Path) -> None:
    rows = ["title,text", "One,Words.,, ", ",", " ,  ", "Two,More.,", "Three,Bad\rend,x", "Four,Last."]
    (tmp_path / "a.csv").write_bytes("\n".join(rows).encode())
    articles, findings = read(tmp_path / "a.csv")
    assert [(one.title, one.source) for one in articles] == [
        ("One", "a.csv#2"),
        ("Two", "a.csv#5"),
        ("Four", "a.csv#7"),
    ]
    (problem,) = findings.problems
    assert (problem.line, problem.reason.partition(":")[0]) == (6, "the row cannot be read")
    blank: list[tuple[object, ...]] = [("title", "text"), ("One", "Words."), (" ", None), ("", "  "), ("Two", "More.")]
    (tmp_path / "a.xlsx").write_bytes(sheet(blank))
    articles, findings = read(tmp_path / "a.xlsx")
    assert ([one.source for one in articles], findings.problems) == (["a.xlsx#2", "a.xlsx#5"], [])


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        ("a.TSV", "title, or head, or so\ttext", "One\tWords."),
        ("a.tab", "text\ttitle, or so, or so", "Words.\tOne"),
        ("a.csv", "text;title\tor so", "Words.;One"),
        ("a.tsv", "text;title", "Words.;One"),
        ("a.csv", '"text, or, so";title', '"Words.";One'),
        ("a.csv", '"a, b";"c, d";text', "One;x;Words."),
    ],
)
def test_the_mark_between_cells_is_told_by_the_ending_and_the_head(
    tmp_path: Path, name: str, head: str, row: str
) -> None:
    (tmp_path / name).write_text(f"{head}\n{row}\n", encoding="utf-8")
    wishes = Wishes(
        columns={"text": next(cell.strip('"') for cell in head.replace("\t", ";").split(";") if "text" in cell)}
    )
    (article,), _ = read(tmp_path / name, wishes)
    assert article.text == "Words."


def test_damaged_rows_are_told_and_the_others_come(tmp_path: Path) -> None:
    good = [b"t%d,Words number %d \xc3\xa9" % (n, n) for n in range(40)]
    rows = [b"title,text", b"b,bad \xff words", b"c,one,two", b"d,with a \x00 in it", *good]
    (tmp_path / "a.csv").write_bytes(b"\n".join(rows))
    articles, findings = read(tmp_path / "a.csv")
    assert [one.title for one in articles] == [f"t{n}" for n in range(40)]
    assert [(problem.line, problem.reason.partition(";")[0]) for problem in findings.problems] == [
        (2, "it is no text in the encoding of the file"),
        (3, "there are 3 cells but only 2 columns"),
        (4, "it is no text in the encoding of the file"),
    ]


def test_a_cell_that_was_guarded_against_running_loses_its_guard(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\n'=1+1,'-5 degrees it was\n'Twas dark,No\n", encoding="utf-8")
    (article, other), _ = read(tmp_path / "a.csv")
    assert (article.title, article.text) == ("=1+1", "-5 degrees it was")
    assert other.title == "'Twas dark"


def test_excel_rows_come_with_their_days(tmp_path: Path) -> None:
    rows = [
        (None, None),
        ("Title", "Content", "Date"),
        ("One", "Words_x000D_\nof one.", datetime(2026, 3, 1, 10)),
        ("Two", "x" * 400, date(2026, 3, 2)),
        (None, None, None),
        ("Three", None, "2026"),
    ]
    (tmp_path / "a.xlsx").write_bytes(sheet(rows))
    articles, findings = read(tmp_path / "a.xlsx")
    assert [(one.text[:15], one.published) for one in articles] == [
        ("Words\nof one.", "2026-03-01"),
        ("x" * 15, "2026-03-02"),
    ]
    assert [str(problem) for problem in findings.problems] == ["a.xlsx, line 6: there is no text in “Content”"]


@pytest.mark.parametrize("suffix", ["jsonl", "json"])
def test_json_objects_come_as_news_services_write_them(tmp_path: Path, suffix: str) -> None:
    values = [
        {"title": "A", "content": "Words of A.", "source": {"id": None, "name": "Wire"}, "author": ["X Y", "Z"]},
        {"title": "B", "content": None},
        ["no object"],
        {"content": "Words \udc80 broken"},
        {"publishedAt": "2026-03-01T10:00:00Z", "content": "C. 🙂"},
    ]
    lines = [json.dumps(value) for value in values]
    words = "\n".join(lines) if suffix == "jsonl" else f"[{','.join(lines)}]"
    (tmp_path / f"a.{suffix}").write_text(words, encoding="utf-8")
    articles, findings = read(tmp_path / f"a.{suffix}")
    assert [(one.text, one.publisher, one.byline, one.published) for one in articles] == [
        ("Words of A.", "Wire", "X Y; Z", ""),
        ("C. 🙂", "", "", "2026-03-01"),
    ]
    reasons = [problem.reason for problem in findings.problems]
    assert reasons[:2] == ["there is no text in “content”", "it is no object with names and values"]
    assert "damaged character" in reasons[2]


def test_a_list_of_paragraphs_is_a_text_and_one_of_other_things_is_none(tmp_path: Path) -> None:
    values = [{"title": "A", "text": ["One.", " ", "Two."]}, {"text": ["One.", 2]}, {"text": []}, {"text": {"a": "b"}}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, values)), encoding="utf-8")
    (article,), findings = read(tmp_path / "a.jsonl")
    assert article.text == "One.\n\nTwo."
    assert [problem.reason for problem in findings.problems] == ["there is no text in “text”"] * 3


def test_a_broken_line_of_json_is_told_and_a_file_without_objects_refused(tmp_path: Path) -> None:
    lines = ['{"title": "A", "text": "One."}', '{"title":', '{"title": "B", "text": 5}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, findings = read(tmp_path / "a.jsonl")
    assert [(one.title, one.text, one.source) for one in articles] == [
        ("A", "One.", "a.jsonl#1"),
        ("B", "5", "a.jsonl#3"),
    ]
    (problem,) = findings.problems
    assert str(problem).startswith("a.jsonl, line 2: it is no JSON")
    for words in ("[]", "[1, 2]", "{}", '"text"'):
        (tmp_path / "b.json").write_text(words, encoding="utf-8")
        with pytest.raises(UnreadableDocument, match="no objects with names"):
            read(tmp_path / "b.json")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("2026-03-01 10:20:30", "2026-03-01"),
        ("2026-03-01Z", "2026-03-01"),
        ("2026-03-01+01:00", "2026-03-01"),
        ("2026/3/1", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("2026-3-1 10:00", "2026-03-01"),
        ("20260301", "2026-03-01"),
        ("1.3.2026", "2026-03-01"),
        ("25/03/2026", "2026-03-25"),
        ("03/25/2026", "2026-03-25"),
        ("03/03/2026", "2026-03-03"),
        ("1 March 2026", "2026-03-01"),
        ("Sunday, March 1st, 2026 10:00 GMT", "2026-03-01"),
        ("Mar. 1, 2026", "2026-03-01"),
        ("Sun, 01 Mar 2026 10:00:00 +0000", "2026-03-01"),
        ("March 2026", "2026-03"),
        ("Sept. 2026", "2026-09"),
        ("Sept. 1, 2026", "2026-09-01"),
        ("2026年3月1日", "2026-03-01"),
        ("٢٠٢٦", "2026"),
        ("٢٠٢٦-٠٣-٠١", "2026-03-01"),
        ("۱۴۰۴/۵/۲۹", ""),
        ("1404-05-29", ""),
        ("1404", ""),
        ("1600", "1600"),
        ("2026年3月1日 10:00", "2026-03-01"),
        ("2026년 3월 1일", "2026-03-01"),
        ("2026年12月", "2026-12"),
        ("2026年13月", ""),
        ("1st of March 2026", "2026-03-01"),
        ("Published on March 1, 2026", "2026-03-01"),
        ("Updated: 1 March 2026", "2026-03-01"),
        ("Issue 2026", ""),
        ("May 0000", ""),
        ("2026-03 or so", ""),
        ("2026-03-01-15", ""),
        ("Sun Mar 01 10:00:00 2026", "2026-03-01"),
        ("13/12/2026", "2026-12-13"),
        ("12/13/2026", "2026-12-13"),
        ("12/11/2026", ""),
        ("11/12/2026", ""),
        ("1 D 2026", ""),
        ("soon", ""),
        ("2026-99", ""),
        ("1 March 2026, " + "as was told in a long article on the bridge " * 2, ""),
        ("03/04/2026", ""),
        ("2026-13-01", ""),
        ("yesterday", ""),
        ("1 Ma 2026", ""),
        ("9" * 5_000, ""),
        ("", ""),
    ],
)
def test_days_are_understood_only_where_they_are_clear(words: str, day: str) -> None:
    assert iso_day(words) == day


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.jsonl"])
def test_an_empty_table_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(sheet([]) if name.endswith("x") else b"")
    with pytest.raises(AnnotatorError, match="empty"):
        read(tmp_path / name)
