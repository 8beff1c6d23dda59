"""Export and import of 10,000 articles with 20 mentions each in three formats, against what has to be done at least.

JSON Lines and brat: json.dumps of the same records for export; json.loads of them and inserting a row for each into raw
SQLite for import. That floor writes one table with one index. Any project has tables with the indexes that lists are
read by, and history, which holds all records once more; so import is also set against json.loads and inserting all rows
of the project that it made, without reading, checking or making any of them. DocBin: spaCy's own DocBin of the same
documents. Peak memory is that of a process of its own, at 1,000 and at 20,000 articles.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from annotator.domain.documents import to_document
from annotator.domain.found import Findings, Losses
from annotator.services import corpora
from annotator.services.exporting import writer
from annotator.services.projects import new_project
from annotator.services.workers import made
from tests.benchmarks.making import WHO
from tests.benchmarks.measuring import peak_megabytes, seconds, show, show_sizes
from tests.formats.many import ManyArticles

ARTICLES = 10_000
SIZES = ("1000", "20000")


def main() -> None:
    """Measures each format, both ways."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = ManyArticles(ARTICLES)
        plain = partial(dumps, corpus, folder / "floor.jsonl")
        floor_out = min(seconds(plain) for _ in range(2))
        floor_in = min(seconds(partial(loads, folder / "floor.jsonl", folder / f"{run}.db")) for run in range(2))
        for key, target, aim in (("jsonl", "all.jsonl", 3.0), ("brat", "brat", 6.0)):
            ours = seconds(partial(export, key, corpus, folder / target))
            show(f"export {ARTICLES:,} articles as {key} / json.dumps", ours, floor_out, aim)
            ours = seconds(partial(bring_in, key, folder / target, folder / f"{key}.annot"))
            show(f"import {ARTICLES:,} articles from {key} / json + SQLite", ours, floor_in, aim)
            same = decoding(folder / "floor.jsonl") + same_rows(folder / f"{key}.annot", folder / f"{key}.db")
            show(f"import {ARTICLES:,} articles from {key} / json + same rows", ours, same, aim)
        floor = min(seconds(partial(own_docbin, corpus, folder / "floor.spacy")) for _ in range(2))
        ours = seconds(partial(export, "docbin", corpus, folder / "all.spacy"))
        show(f"export {ARTICLES:,} articles as docbin / spaCy's own", ours, floor, 1.5)
    for key in ("jsonl", "brat", "docbin"):
        small, large = (float(part("export", key, size)) for size in SIZES)
        show_sizes(f"export as {key}: peak at 20,000 / at 1,000 articles", large, small, 1.2)
    for key in ("jsonl", "brat"):
        small, large = (float(part("import", key, size)) for size in SIZES)
        show_sizes(f"import from {key}: peak at 20,000 / at 1,000 articles", large, small, 1.2)


def dumps(corpus: ManyArticles, target: Path) -> None:
    """The same records as lines of JSON."""
    with target.open("w", encoding="utf-8") as file:
        for annotated in corpus.articles():
            records: list[Any] = [annotated.article, *annotated.mentions, *annotated.claims]
            for record in records:
                file.write(json.dumps(to_document(record), ensure_ascii=False))
            file.write(json.dumps({"text": annotated.text}, ensure_ascii=False))
            file.write("\n")


def loads(source: Path, target: Path) -> None:
    """Reads the lines and writes rows, one transaction, with the project's own settings."""
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE record (id TEXT PRIMARY KEY, article TEXT, document TEXT)")
    connection.execute("CREATE INDEX record_by_article ON record (article)")
    connection.execute("BEGIN")
    decoder = json.JSONDecoder()
    with source.open(encoding="utf-8") as file:
        for line in file:
            at, rows = 0, []
            while at < len(line) - 1:
                document, end = decoder.raw_decode(line, at)
                rows.append((document.get("id"), document.get("article"), line[at:end]))
                at = end
            connection.executemany("INSERT INTO record VALUES (?, ?, ?)", rows)
    connection.execute("COMMIT")
    connection.close()


def decoding(source: Path) -> float:
    """How long json.loads takes for all records."""

    def decode() -> None:
        decoder = json.JSONDecoder()
        with source.open(encoding="utf-8") as file:
            for line in file:
                at = 0
                while at < len(line) - 1:
                    _, at = decoder.raw_decode(line, at)

    return seconds(decode)


def same_rows(project: Path, target: Path) -> float:
    """How long it takes to insert all rows of a project into tables like its own, one transaction; without reading."""
    source = sqlite3.connect(project)
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    made = source.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    for _, _, sql in made:
        connection.execute(sql)
    connection.execute("BEGIN")
    taken = 0.0
    for table in (name for kind, name, _ in made if kind == "table"):
        rows = source.execute(f"SELECT * FROM {table}")
        insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})"
        while chunk := rows.fetchmany(20):
            taken += seconds(partial(connection.executemany, insert, chunk))
    taken += seconds(partial(connection.execute, "COMMIT"))
    connection.close()
    source.close()
    return taken


def own_docbin(corpus: ManyArticles, target: Path) -> None:
    """Tokens, entities and a file by spaCy alone."""
    import spacy
    from spacy.tokens import DocBin

    nlp, bin_ = spacy.blank("en"), DocBin()
    for annotated in corpus.articles():
        doc = nlp.make_doc(annotated.text)
        spans = [
            doc.char_span(m.spans[0].start, m.spans[0].end, m.label, alignment_mode="expand")
            for m in annotated.mentions
        ]
        doc.spans["all"] = [span for span in spans if span is not None]
        bin_.add(doc)
    bin_.to_disk(target)


def export(key: str, corpus: ManyArticles, target: Path) -> None:
    """What File, Export does, from a corpus in memory."""
    wanted = writer(key)
    assert wanted is not None
    for _ in wanted.write(corpus, target, Losses()):
        pass


def bring_in(key: str, source: Path, target: Path) -> None:
    """What File, Import does, without the window."""
    workspace, findings, taken = new_project(target, WHO), Findings(), corpora.Taken()
    if key == "jsonl":
        receiving = corpora.Receiving(source.name, findings)
        for _, _, lines in made(corpora.own_batches(source, findings)):
            corpora.take_own(workspace, lines, receiving, taken, "benchmark")
    else:
        wanted = corpora.reader(key)
        assert wanted is not None
        labels = {"actor": "actor", "location": "location"}
        known = corpora.bringing(workspace, labels, findings)
        for _, _, batch in made(corpora.read_batches(wanted, [source], findings)):
            corpora.take_batch(workspace, batch, known, taken, "benchmark")
    assert taken.articles > 0
    assert taken.mentions > taken.articles, findings.left_out
    workspace.close()


def part(*words: str) -> str:
    """What a process of its own prints."""
    command = [sys.executable, "-m", "tests.benchmarks.corpora", *words]
    done = subprocess.run(command, env=dict(os.environ), check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def alone(way: str, key: str, size: str) -> None:
    """Exports or imports in this process and prints its peak in MB; what is imported is made in another one."""
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / ("brat" if key == "brat" else f"all.{key}")
        if way == "import":
            part("make", key, size, str(target))
            bring_in(key, target, Path(name) / "own.annot")
        else:
            export(key, ManyArticles(int(size)), target)
        print(peak_megabytes())


def make(key: str, size: str, target: str) -> None:
    """The file to import."""
    export(key, ManyArticles(int(size)), Path(target))


PARTS: dict[str, Callable[..., None]] = {
    "export": partial(alone, "export"),
    "import": partial(alone, "import"),
    "make": make,
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]](*sys.argv[2:])
    else:
        main()
