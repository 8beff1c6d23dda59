"""The manual is true: its columns are those of the file, its three questions work."""

import re
import sqlite3
from pathlib import Path

import pytest

from annotator import paths
from annotator.domain.ids import AnnotatorId
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing import claiming, tagging
from annotator.services.projects import Person
from annotator.services.samples import sample_articles, sample_project

WHO = Person(AnnotatorId("0190ffff-0000-7000-8000-000000000008"), "Ana")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The sample project with a mention and a claim."""
    path = tmp_path / "sample.annot"
    workspace = sample_project(path, WHO)
    article = workspace.records.queue(QueueFilter(), WHO.id)[0]
    text = workspace.records.text(article)
    start = text.index("Danil Veresh")
    workspace.do(tagging.tag, article, (Span(start, start + 12),), "actor")
    workspace.do(claiming.claim, article, (Span(start, start + 40),))
    workspace.do(claiming.add_source, workspace.records.claims_in(article)[0].id, (Span(start, start + 12),))
    workspace.close()
    return path


def manual() -> str:
    return paths.resource("manual/manual.md").read_text(encoding="utf-8")


def test_the_questions_of_the_manual_are_answered(project: Path) -> None:
    blocks = re.findall(r"(?:^    .+\n)+", manual(), re.MULTILINE)
    questions = [block for block in blocks if block.strip().startswith("SELECT")]
    assert len(questions) == 3
    connection = sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)
    answers = [connection.execute(question).fetchall() for question in questions]
    connection.close()
    assert answers[0] == [("Danil Veresh", "person", 1, 1)]
    assert answers[1][0][1:4] == ("Danil Veresh", "states", "affirms")
    assert answers[2] == []


def test_the_columns_of_the_manual_are_those_of_the_file(project: Path) -> None:
    connection = sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    columns = {table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} for table in tables}
    connection.close()
    rows = re.findall(r"^\| (\w+) \| ([\w, ]+) \|", manual(), re.MULTILINE)
    described = [(table, column.strip()) for table, names in rows if table in columns for column in names.split(",")]
    assert len(described) > 60
    assert [pair for pair in described if pair[1] not in columns[pair[0]]] == []
    assert {table for table, _ in described} == set(tables)


def test_the_samples_show_what_is_hard() -> None:
    articles = {article.imported_from: article for article in sample_articles()}
    assert len(articles) >= 5
    assert any("\r\n" in article.text for article in articles.values())
    assert any(article.language == "ar" for article in articles.values())
    assert any("👨‍👩‍👧" in article.text and "林若岚" in article.text for article in articles.values())
    assert len(articles["orsava-valley.txt"].text.split()) > 400
    assert not articles["orsava-valley.txt"].text.endswith("\n")
