"""Bringing in six teammates' files of 1,000 articles with 20 mentions each, against inserting the same rows.

The floor reads the rows of mentions, history and touches from those files and writes them with executemany, one
transaction a file: what has to be written at least. Each mention was an edit of its own, as in a session.
"""

import sqlite3
import tempfile
from functools import partial
from pathlib import Path

from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.ids import AnnotatorId, ArticleId, MentionId
from annotator.domain.mentions import Mention
from annotator.domain.queue import QueueFilter
from annotator.domain.spans import Span
from annotator.editing.importing import NewArticle
from annotator.services import teamwork
from annotator.services.projects import Person, new_project, open_project
from annotator.services.workspace import Workspace
from tests.benchmarks.making import WHO, text_of
from tests.benchmarks.measuring import seconds, show

ARTICLES, MENTIONS, PEOPLE = 1_000, 20, 6
TABLES = ("mention", "history", "touched")


def main() -> None:
    """Makes the files, then measures both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = new_project(folder / "own.annot", WHO)
        body = text_of(1_500)
        texts = [f"Article {number}\n\n{body}" for number in range(ARTICLES)]
        own.bring_in([NewArticle(text, text.split("\n", 1)[0]) for text in texts], "")
        files = [hers(folder, own, number) for number in range(PEOPLE)]
        floor = min(seconds(partial(raw, files, folder / f"raw{run}.db")) for run in range(2))
        ours = seconds(lambda: [teamwork.bring_in(own, path) for path in files])
        first = articles(own)[0]
        assert len(own.records.mentions_in(first)) == MENTIONS * PEOPLE
        own.close()
    show("bring in 6 x 20,000 mentions / raw inserts", ours, floor, 4.0)


def articles(workspace: Workspace) -> tuple[ArticleId, ...]:
    """All of them."""
    return workspace.records.queue(QueueFilter(), workspace.author.annotator)


def hers(folder: Path, own: Workspace, number: int) -> Path:
    """A teammate's file, annotated."""
    path = folder / f"hers{number}.annot"
    own.records.save_copy(path)
    who = Person(AnnotatorId(f"0190ffff-0000-7000-8000-0000000001{number:02}"), f"Teammate {number}")
    workspace = open_project(path, who)
    connection = workspace.records._connection  # noqa: SLF001 - without waiting for the disk after each edit
    connection.execute("PRAGMA synchronous = OFF")
    for article in articles(workspace):
        text = workspace.records.text(article)
        for place in range(MENTIONS):
            span = Span(20 + place * 40, 28 + place * 40)
            now = workspace.author.now()
            id_ = MentionId(workspace.author.new_id())
            mention = Mention(id_, article, "actor", (span,), span.cut(text), who.id, now, now)
            workspace.records.apply(Edit(EditKind.TAG, (Change(None, mention),), ("x", "Actor")), workspace.author)
    workspace.close()
    return path


def raw(files: list[Path], target: Path) -> None:
    """The same rows with the same settings, tables and indexes."""
    connection = sqlite3.connect(target, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    for number, path in enumerate(files):
        theirs = sqlite3.connect(path)
        if number == 0:
            made = f"name IN {TABLES} OR tbl_name IN {TABLES}"
            for (sql,) in theirs.execute(f"SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND ({made})"):
                connection.execute(sql.replace(" UNIQUE", "").replace("seq INTEGER PRIMARY KEY", "seq INTEGER"))
        connection.execute("BEGIN")
        for table in TABLES:
            rows = theirs.execute(
                f"SELECT * FROM {table} ORDER BY rowid" if table != "touched" else f"SELECT * FROM {table}"
            )
            marks = ", ".join("?" * len(rows.description))
            connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")
        theirs.close()
    connection.close()


if __name__ == "__main__":
    main()
