"""The index for searching all articles: a cache of its own beside no project, which can be made anew at any time.

It is never in the project file, because an index keeps what was deleted; and it holds no text, only which words stand
in which text.
"""

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from annotator.domain.ids import ArticleId
from annotator.domain.queries import Term, indexed
from annotator.storage.connection import connect, translated

logger = logging.getLogger(__name__)

_APPLICATION_ID, _VERSION = 0x414E5349, 1
_SCHEMA = (
    "CREATE TABLE text_row (row INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE) STRICT",
    "CREATE VIRTUAL TABLE words USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')",
    f"PRAGMA application_id = {_APPLICATION_ID}",
    f"PRAGMA user_version = {_VERSION}",
)
_KEPT_DEAD, _KEPT_SHARE = 100, 0.05


class SearchIndex:
    """One project's index. Made and used in one thread. A file that is damaged or of another kind is made anew."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        if self.path.exists():
            connection = _connected(self.path)
            try:
                if _is_ours(connection):
                    return connection
            except sqlite3.Error as error:
                logger.info("search index made anew: %s", error)
            connection.close()
            self._delete()
        connection = _connected(self.path)
        for statement in _SCHEMA:
            connection.execute(statement)
        return connection

    def _delete(self) -> None:
        for suffix in ("", "-journal"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def missing(self, hashes: Sequence[str]) -> list[str]:
        """Those of a project's texts that are not in the index yet; too many that are gone make it begin anew."""
        known = {sha256 for (sha256,) in self._connection.execute("SELECT sha256 FROM text_row")}
        dead = len(known.difference(hashes))
        if dead > max(_KEPT_DEAD, _KEPT_SHARE * len(known)):
            self._connection.close()
            self._delete()
            self._connection = self._open()
            known = set()
        return [sha256 for sha256 in hashes if sha256 not in known]

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """Adds texts by their hash, all or none; those that another program has added meanwhile are passed over."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            for sha256, text in texts:
                made = self._connection.execute("INSERT OR IGNORE INTO text_row (sha256) VALUES (?)", (sha256,))
                if made.rowcount:
                    words = (made.lastrowid, indexed(text))
                    self._connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", words)
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    def find(self, terms: Iterable[Term]) -> set[str]:
        """The hashes of the texts that hold all terms."""
        match = " AND ".join(_match(term) for term in terms)
        rows = self._connection.execute(
            "SELECT t.sha256 FROM words w JOIN text_row t ON t.row = w.rowid WHERE words MATCH ?", (match,)
        )
        return {sha256 for (sha256,) in rows}


class TextReader:
    """Reads a project's articles and texts over a connection of its own, in short steps, beside the open window."""

    def __init__(self, project: Path) -> None:
        with translated(project):
            self._connection = connect(project, read_only=True)

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()

    def articles(self) -> list[tuple[ArticleId, str, str, str]]:
        """Id, hash of the text, title and date of every article, in the order of the queue."""
        return list(
            self._connection.execute("SELECT id, sha256, title, published FROM article ORDER BY seq").fetchall()
        )

    def texts(self, hashes: Sequence[str]) -> list[tuple[str, str]]:
        """Some hundred texts at most, by hash."""
        marks = ", ".join("?" * len(hashes))
        found = dict(
            self._connection.execute(
                f"SELECT sha256, text FROM text WHERE sha256 IN ({marks})", tuple(hashes)
            ).fetchall()
        )
        return [(sha256, found[sha256]) for sha256 in hashes if sha256 in found]


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    with suppress(sqlite3.Error):  # a file that is none is found out in a moment
        # What is lost in a power cut is made again.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = TRUNCATE")
    return connection


def _is_ours(connection: sqlite3.Connection) -> bool:
    with closing(connection.cursor()) as cursor:
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        cursor.execute("SELECT count(*) FROM text_row WHERE row < 2").fetchone()
        cursor.execute("SELECT count(*) FROM words WHERE rowid < 2").fetchone()
    return found == [_APPLICATION_ID, _VERSION]


def _match(term: Term) -> str:
    """A term in the index's own language; its tokens hold letters and digits only."""
    phrase = '"' + " ".join(term.tokens) + '"'
    return f"{phrase} *" if term.is_prefix else phrase
