"""The project file: opened with every check, changed by whole edits only, left as one file."""

import sqlite3
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator.domain.annotators import Annotator
from annotator.domain.articles import text_hash
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit, EditKind, Record
from annotator.domain.ids import AnnotatorId
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.spans import quoted
from annotator.errors import DamagedProject, EditRefused, ProjectChanged, ProjectFileError, ReadOnlyProject
from annotator.storage import journal
from annotator.storage.connection import translated
from annotator.storage.copying import verified_copy
from annotator.storage.journal import Step
from annotator.storage.listing import Listing
from annotator.storage.opening import create_file, open_file
from annotator.storage.tables import table_of


class ProjectFile(Listing):
    """One open project. apply, undo and redo are the only ways to write, each one transaction.

    read_only is empty, or says why nothing can be written; recovered is true after an interrupted session.
    """

    def __init__(self, path: Path, backup_folder: Path) -> None:
        self.path = path.resolve()
        opened = open_file(self.path, backup_folder)
        super().__init__(opened.connection)
        self._lock = opened.lock
        self.read_only, self.recovered = opened.read_only, opened.recovered
        self._identity = _identity(self.path)
        self._data_version = self._read_data_version()

    @classmethod
    def open(cls, path: Path, backup_folder: Path) -> Self:
        """Opens a project. Raises a ProjectFileError with a sentence that says what is wrong."""
        return cls(path, backup_folder)

    @classmethod
    def create(cls, path: Path, project: Project, annotator: Annotator, backup_folder: Path) -> Self:
        """Makes a project, signed by its first annotator, and opens it. Raises ProjectFileError if the file exists."""

        def fill(connection: sqlite3.Connection) -> None:
            changes = (Change(None, annotator), Change(None, project))
            connection.execute("BEGIN IMMEDIATE")
            _write_rows(connection, changes)
            journal.write(connection, Edit(EditKind.NEW_PROJECT, changes, (project.name,)), Author(annotator.id))
            connection.execute("COMMIT")

        create_file(path.resolve(), fill)
        return cls(path, backup_folder)

    def close(self) -> None:
        """Closes the file and leaves nothing beside it."""
        self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def apply(self, edit: Edit, author: Author, texts: Mapping[str, str] | None = None, group: str = "") -> None:
        """Writes an edit, its history, and the texts it brings, by hash. Edits of one group are undone together.

        Raises ProjectChanged when a record is not as the edit found it, and other ProjectFileErrors when it cannot
        be saved; then nothing was written.
        """
        self._write(edit, author, Step.DO, None, group, texts or {})

    def undo(self, author: Author) -> Edit | None:
        """Takes back the author's last edit, with all of its group; answers what was done, or None."""
        return self._step(author, Step.UNDO)

    def redo(self, author: Author) -> Edit | None:
        """Does again the author's edit that was undone last, with all of its group."""
        return self._step(author, Step.REDO)

    def peek_undo(self, annotator: AnnotatorId) -> Edit | None:
        """What undo would take back, without its changes."""
        entry = journal.next_undo(self._connection, annotator, whole=False)
        return entry.edit if entry else None

    def peek_redo(self, annotator: AnnotatorId) -> Edit | None:
        """What redo would do again, without its changes."""
        entry = journal.next_redo(self._connection, annotator, whole=False)
        return entry.edit if entry else None

    def _step(self, author: Author, step: Step) -> Edit | None:
        look_up = journal.next_undo if step is Step.UNDO else journal.next_redo
        first = entry = look_up(self._connection, author.annotator, whole=True)
        if first is None:
            return None
        changes: tuple[Change, ...] = ()
        while entry is not None and (entry is first or (first.group and entry.group == first.group)):
            edit = entry.edit.inverse() if step is Step.UNDO else entry.edit
            self._write(edit, author, step, entry.seq, entry.group, {})
            changes += edit.changes
            entry = look_up(self._connection, author.annotator, whole=True) if first.group else None
        return Edit(first.edit.kind, changes, first.edit.subject)

    def _write(
        self, edit: Edit, author: Author, step: Step, of: int | None, group: str, texts: Mapping[str, str]
    ) -> None:
        if self.read_only:
            raise ReadOnlyProject(f"The project is open read-only, because {self.read_only}. Save a copy to work on.")
        id_ = ""
        try:
            with translated(self.path):
                self._connection.execute("BEGIN IMMEDIATE")
                self._check_untouched()
                _write_texts(self._connection, texts)
                _write_rows(self._connection, edit.changes)
                self._check_quotes(edit)
                id_ = journal.write(self._connection, edit, author, step=step, of=of, group=group)
                self._commit(id_)
        except sqlite3.IntegrityError as error:
            raise EditRefused("Something else in the project still needs this, so it was left as it was.") from error
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        self._schema = None if any(isinstance(change.record, Project) for change in edit.changes) else self._schema

    def _commit(self, id_: str) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError:
            # A failed sync of the folder is reported although the change is in the file; so the file is asked.
            if self._connection.in_transaction or not journal.is_written(self._connection, id_):
                raise

    def _check_untouched(self) -> None:
        if _identity(self.path) != self._identity:
            raise ProjectChanged(
                f"“{self.path.name}” was moved, deleted or replaced by another program. Nothing was changed; "
                "save a copy, then open the project again."
            )
        if self._read_data_version() != self._data_version:
            raise ProjectChanged(
                f"Another program has written to “{self.path.name}”. Nothing was changed; open the project again."
            )

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _check_quotes(self, edit: Edit) -> None:
        for change in edit.changes:
            match change.after:
                case Mention() as mention:
                    wrong = mention.quote != quoted(self.text(mention.article), mention.spans)
                case Claim() as claim:
                    text = self.text(claim.article)
                    parts = [(claim.quote, claim.content), (claim.cue_quote, claim.cue)]
                    parts += [(source.quote, source.spans) for source in claim.sources]
                    wrong = any(quote != quoted(text, spans) for quote, spans in parts)
                case _:
                    continue
            if wrong:
                raise DamagedProject("The quoted words are not those of the text at this place; nothing was changed.")

    def reload(self) -> None:
        """Accepts what another program wrote, after another check. Raises DamagedProject if the file is damaged."""
        with translated(self.path):
            problem = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise DamagedProject(f"“{self.path.name}” is damaged ({problem}); go back to a copy.")
            self._data_version = self._read_data_version()
        self._texts.clear()
        self._schema = None

    def history_broken_at(self) -> int | None:
        """The first row of history that was changed after it was written; None when all is well."""
        return journal.broken_at(self._connection)

    def save_copy(self, target: Path) -> None:
        """Writes a whole copy. It replaces a file of that name, except the project itself."""
        if target.resolve() == self.path:
            raise ProjectFileError("That is the project itself; choose another name.")
        verified_copy(self._connection, target)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _write_texts(connection: sqlite3.Connection, texts: Mapping[str, str]) -> None:
    for sha256, text in texts.items():
        if text_hash(text) != sha256:
            raise ValueError("a text does not have the hash it was given under")
    # A text of an article that was taken back is there still.
    connection.executemany("INSERT INTO text (sha256, text) VALUES (?, ?) ON CONFLICT DO NOTHING", texts.items())


def _write_rows(connection: sqlite3.Connection, changes: tuple[Change, ...]) -> None:
    for (record_type, is_new), group in groupby(changes, lambda c: (type(c.record), c.before is None)):
        table = table_of(record_type)
        if is_new:
            table.insert(connection, [change.record for change in group])
            continue
        for change in group:
            before = change.before
            assert before is not None
            if table.get(connection, before.id) != before:
                raise ProjectChanged(_changed_meanwhile(before))
            if change.after is None:
                table.delete(connection, before)
            else:
                table.update(connection, change.after)


def _changed_meanwhile(record: Record) -> str:
    return f"This {type(record).__name__.lower()} was changed meanwhile, so the edit would overwrite something newer."
