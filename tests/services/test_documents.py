"""Documents come in: batches, what the user said and what files say, zones and one undo, archives and folders."""

import json
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from annotator import cli, paths
from annotator.domain.spans import Span
from annotator.editing.importing import NewArticle
from annotator.services.documents import find_files, preview, read_batches
from annotator.services.importing import About, Report, take_batch
from annotator.services.projects import new_project
from annotator.services.workers import made
from annotator.services.workspace import Workspace
from tests.cli.test_words import WHO, Faces
from tests.formats.documents_made import HEADLINE, MAIL, PARAGRAPHS, book, page, pdf, printed, sheet, word, zipped

CSV = "title,text,date,source\nOne,Words of one.,2026-03-01,Gazette\nTwo,Words of two.,03/04/2026,Post\nThree,,,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One document of each kind, and a few that are none."""
    made = tmp_path / "in"
    (made / "below").mkdir(parents=True)
    contents: dict[str, bytes | str] = {
        "1 page.html": page(),
        "2 paper.pdf": pdf(printed([["A bridge fell in the valley."]])),
        "3 word.docx": word(),
        "4 book.epub": book({"a.xhtml": "<html><body><h1>Part</h1><p>Words of a book.</p></body></html>"}),
        "5 rows.csv": CSV,
        "6 rows.xlsx": sheet([("title", "text"), ("Excel", "Words of a sheet.")]),
        "below/7 lines.jsonl": json.dumps({"title": "J", "text": "Words of a line.", "author": "Ben"}),
        "below/8 mail.eml": MAIL,
        "below/9 all.zip": zipped({"b.txt": "Words in an archive.", "a.html": page("<p>Other words of a page.</p>")}),
        "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "picture.png": b"\x89PNG",
        "~$3 word.docx": b"lock",
    }
    for name, content in contents.items():
        (made / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "one.annot"


def brought_in(project: Path, paths: list[Path], about: About) -> tuple[Workspace, Report]:
    """A new project with these files in it."""
    workspace, report = new_project(project, WHO), Report()
    for _, _, batch in made(read_batches(find_files(paths), about)):
        take_batch(workspace, batch, report, "group")
    return workspace, report


def rows(project: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the file says, by a connection of its own."""
    with closing(sqlite3.connect(project)) as file:
        return file.execute(sql).fetchall()


def test_a_folder_of_all_kinds_comes_in_with_what_the_files_say(project: Path, folder: Path) -> None:
    workspace, report = brought_in(project, [folder], About())
    workspace.close()
    assert rows(project, "SELECT imported_from, title, publisher, byline, published FROM article ORDER BY seq") == [
        ("1 page.html", HEADLINE, "The Gazette", "Ana Ruiz", "2026-03-01"),
        ("2 paper.pdf", "A bridge fell in the valley.", "", "", ""),
        ("3 word.docx", HEADLINE, "", "Ana Ruiz", ""),
        ("4 book.epub/in/a.xhtml", "Part", "", "Ana Ruiz", "2025-11-02"),
        ("5 rows.csv#2", "One", "Gazette", "", "2026-03-01"),
        ("5 rows.csv#3", "Two", "Post", "", ""),
        ("6 rows.xlsx#2", "Excel", "", "", ""),
        ("7 lines.jsonl#1", "J", "", "Ben", ""),
        ("8 mail.eml", "Die Brücke", "", "Ana Ruiz", "2026-03-01"),
        ("9 all.zip/a.html", HEADLINE, "The Gazette", "Ana Ruiz", "2026-03-01"),
        ("9 all.zip/b.txt", "Words in an archive.", "", "", ""),
    ]
    assert report.sentence == "11 articles imported, 2 left out, 1 to look at."
    assert report.details.splitlines() == [
        "5 rows.csv, line 4: there is no text in “text”",
        "old.doc: this kind of document is not read; save it as .docx",
        "5 rows.csv, line 3: “03/04/2026” is not clear as a day; the article has none",
    ]


def test_what_the_user_said_of_all_wins(project: Path, folder: Path) -> None:
    workspace, _ = brought_in(project, [folder], About("My archive", "2020-05-04", "fa"))
    workspace.close()
    assert rows(project, "SELECT DISTINCT publisher, published, language FROM article") == [
        ("My archive", "2020-05-04", "fa")
    ]


def test_zones_come_with_the_article_and_go_with_it_in_one_undo(project: Path, folder: Path) -> None:
    workspace, report = brought_in(project, [folder / "1 page.html"], About(keeps_boilerplate=True))
    assert report.imported == 1
    found = "SELECT z.kind, substr(t.text, z.start + 1, z.\"end\" - z.start) FROM zone z JOIN article a ON a.id = " \
        "z.article_id JOIN text t ON t.sha256 = a.sha256 ORDER BY z.start"  # fmt: skip
    assert rows(project, found) == [
        ("boilerplate", "Home\nWorld"),
        ("headline", HEADLINE),
        ("byline", "By Ana Ruiz"),
        ("caption", "The bridge before"),
        ("credit", "Photo: B. Lee"),
        ("boilerplate", "All rights reserved. Cookie policy."),
    ]
    workspace.undo()
    assert rows(project, "SELECT (SELECT count(*) FROM zone), (SELECT count(*) FROM article)") == [(0, 0)]
    workspace.redo()
    assert len(rows(project, found)) == 6
    workspace.close()


def test_zones_that_the_schema_does_not_have_are_told(project: Path, folder: Path) -> None:
    blank = paths.resource("schemas/blank.json").read_text(encoding="utf-8")
    workspace, report = new_project(project, WHO, schema=blank), Report()
    for _, _, batch in made(read_batches([folder / "1 page.html"], About(keeps_boilerplate=True))):
        take_batch(workspace, batch, report, "group")
    workspace.close()
    assert report.needs_telling
    assert "2 zones “boilerplate” not marked: the project has no such zone" in report.details
    assert rows(project, "SELECT (SELECT count(*) FROM zone), (SELECT count(*) FROM article)") == [(0, 1)]


def test_a_zone_reaches_no_further_than_its_article(project: Path) -> None:
    workspace = new_project(project, WHO)
    taken = workspace.bring_in([NewArticle("Head\n\nBody.", "Head", zones=(("headline", Span(0, 4)),))], "g")
    workspace.close()
    assert taken.articles == 1
    assert rows(project, 'SELECT kind, start, "end" FROM zone') == [("headline", 0, 4)]
    assert rows(project, "SELECT subject FROM history WHERE kind = 'import'")[0][0].startswith('["1"')


def test_an_annotated_corpus_among_the_tables_is_not_taken_for_bare_texts(tmp_path: Path) -> None:
    marked = {"text": "Ana left.", "spans": [{"start": 0, "end": 3, "label": "PER"}]}
    (tmp_path / "a.zip").write_bytes(zipped({"marked.jsonl": json.dumps(marked)}))
    ((_, _, batch),) = made(read_batches([tmp_path / "a.zip"], About()))
    assert batch.articles == ()
    assert "a.zip/marked.jsonl: it is an annotated corpus" in str(batch.refused[0])


def test_progress_counts_the_documents_of_an_archive(tmp_path: Path) -> None:
    entries = {f"{n:03}.txt": f"Text {n}" for n in range(450)}
    (tmp_path / "a.zip").write_bytes(zipped(entries))
    (tmp_path / "b.txt").write_text("Last.", encoding="utf-8")
    found = made(read_batches([*tmp_path.iterdir()], About()))
    steps = [(done, total, len(batch.articles)) for done, total, batch in found]
    assert [count for *_, count in steps] == [200, 200, 51]
    assert steps[-1][:2] == (451, 451)
    assert {total for _, total, _ in steps} == {451}


def test_a_long_table_is_read_in_steps_and_not_held_in_memory(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8") as file:
        file.write("title,text\n")
        for n in range(20_000):
            file.write(f"Title {n},{f'Words of article {n}. ' * 40}\n")
    tracemalloc.start()
    counts = [len(batch.articles) for _, _, batch in made(read_batches([tmp_path / "a.csv"], About()))]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert counts == [200] * 100
    assert peak < 8_000_000, "of a file of 18 MB"


def test_the_preview_shows_the_columns_and_the_first_rows(folder: Path) -> None:
    shown = preview(folder / "5 rows.csv", About())
    assert shown.head == ("title", "text", "date", "source")
    assert shown.columns == {"title": "title", "text": "text", "published": "date", "publisher": "source"}
    assert [article.title for article in shown.articles] == ["One", "Two"]
    other = preview(folder / "5 rows.csv", About(), by_head={shown.head: {"title": "source"}})
    assert "not said which column has the text" in other.fault
    assert other.head == shown.head


def test_the_preview_of_an_archive_shows_its_first_document(folder: Path) -> None:
    shown = preview(folder / "below" / "9 all.zip", About())
    assert (shown.entries, [article.title for article in shown.articles]) == (2, [HEADLINE])


@pytest.mark.parametrize("keep", [False, True])
def test_the_command_line_takes_the_same_wishes(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, keep: bool
) -> None:
    new_project(project, WHO).close()
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    (tmp_path / "b.csv").write_text("kopf,inhalt,tag\nEins,Worte.,1.3.2026\nZwei,Mehr.,03/04/2026\n,,\nx,,\n", "utf-8")
    columns = ["--column", "text=inhalt", "--column", "title=kopf", "--column", "published=tag"]
    words = ["import", str(project), str(tmp_path / "a.html"), str(tmp_path / "b.csv"), *columns, "--json"]
    code = cli.main([*words, "--boilerplate", "keep" if keep else "leave-out"], Faces())
    said = json.loads(capsys.readouterr().out)
    assert (code, said["articles"]) == (1, 3)
    assert said["problems"] == [{"file": "b.csv", "line": 5, "reason": "there is no text in “inhalt”"}]
    assert [note["line"] for note in said["notes"]] == [3]
    assert rows(project, "SELECT count(*) FROM zone WHERE kind = 'boilerplate'") == [(2 if keep else 0,)]
    assert rows(project, "SELECT title, published FROM article ORDER BY seq LIMIT -1 OFFSET 1") == [
        ("Eins", "2026-03-01"),
        ("Zwei", ""),
    ]
    text = rows(project, "SELECT t.text FROM text t JOIN article a ON a.sha256 = t.sha256 ORDER BY a.seq")[0][0]
    assert (PARAGRAPHS[0] in text, "Cookie" in text) == (True, keep)


@pytest.mark.parametrize("pair", ["body", "words=body"])
def test_a_column_that_is_not_said_well_is_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], pair: str
) -> None:
    new_project(project, WHO).close()
    (tmp_path / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert cli.main(["import", str(project), str(tmp_path / "b.csv"), "--column", pair], Faces()) != 0
    assert "write FIELD=COLUMN" in capsys.readouterr().err
