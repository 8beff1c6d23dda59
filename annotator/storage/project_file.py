"""The project file: opened with every check, changed by whole edits only, left as one file."""

import logging
import os
import sqlite3
import weakref
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from annotator.domain.annotators import Annotator
from annotator.domain.authors import Author
from annotator.domain.claims import Claim
from annotator.domain.edits import Change, Edit, EditKind
from annotator.domain.histories import HistoryRow
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.merging import Event
from annotator.domain.pasts import Past
from annotator.domain.projects import Project
from annotator.domain.quotes import has_new_words, misquoted
from annotator.domain.suggestions import Rejection, Suggestion, SuggestionRun, Tally
from annotator.errors import (
    AnnotatorError,
    DamagedProject,
    EditRefused,
    ProjectChanged,
    ProjectFileError,
    ReadOnlyProject,
)
from annotator.storage import events, journal, suggestions
from annotator.storage.backups import has_last_edit
from annotator.storage.copying import verified_copy
from annotator.storage.journal import Step
from annotator.storage.listing import Listing
from annotator.storage.migrating import migrations
from annotator.storage.opening import Opened, at_a_second_look, check_sound, create_file, open_file
from annotator.storage.record_history import past_of
from annotator.storage.rows import write_rows, write_texts

logger = logging.getLogger(__name__)


class ProjectFile(Listing):
    """One open project. apply, undo and redo are the only ways to write, each one transaction.

    read_only is empty, or says why nothing can be written; recovered is true after an interrupted session.
    """

    def __init__(self, path: Path, backup_folder: Path, read_only: str = "") -> None:
        self.path = path.resolve()
        opened = open_file(self.path, backup_folder, read_only=read_only)
        super().__init__(opened.connection)
        # However the program ends, if it can still do something, the project is left as one file.
        self._leave = weakref.finalize(self, _left, opened)
        self.read_only, self.recovered = opened.read_only, opened.recovered
        self._identity = _identity(self.path)
        self._data_version, self._head = self._read_data_version(), journal.head(self._connection)

    @classmethod
    def open(cls, path: Path, backup_folder: Path, read_only: str = "") -> Self:
        """Opens a project, only to read it where read_only says why.

        Raises a ProjectFileError with a sentence that says what is wrong.
        """
        return cls(path, backup_folder, read_only)

    @classmethod
    def create(cls, path: Path, project: Project, annotator: Annotator, backup_folder: Path) -> Self:
        """Makes a project, signed by its first annotator, and opens it. Raises ProjectFileError if the file exists."""

        def fill(connection: sqlite3.Connection) -> None:
            changes = (Change(None, annotator), Change(None, project))
            connection.execute("BEGIN IMMEDIATE")
            write_rows(connection, changes)
            journal.write(connection, Edit(EditKind.NEW_PROJECT, changes, (project.name,)), Author(annotator.id))
            connection.execute("COMMIT")

        create_file(path.resolve(), fill)
        return cls(path, backup_folder)

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self._leave.alive

    def close(self) -> None:
        """Closes the file and leaves nothing beside it."""
        self._leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def apply(
        self,
        edit: Edit,
        author: Author,
        texts: Mapping[str, str] | None = None,
        group: str = "",
        *,
        has_checked_quotes: bool = False,
        spelled: Mapping[str, str] | None = None,
    ) -> None:
        """Writes an edit, its history, and the texts it brings, by hash. Edits of one group are undone together.

        spelled is how records that it makes are spelled in the history, by their ids, where that is known already.
        Whether quotes stand in the texts is checked here unless whoever made the edit has checked it.
        Raises ProjectChanged when a record is not as the edit found it, and other ProjectFileErrors when it cannot
        be saved; then nothing was written.
        """
        self._write(
            edit, author, Step.DO, None, group, texts or {}, has_checked_quotes=has_checked_quotes, spelled=spelled
        )

    def bring_in(
        self,
        edit: Edit,
        author: Author,
        rows: Iterable[HistoryRow],
        texts: Mapping[str, str],
        group: str,
        spelled: Mapping[str, str] | None = None,
    ) -> None:
        """Writes what rows of another file's history come to here, and the rows; raises what apply raises."""
        self._write(edit, author, Step.DO, None, group, texts, tuple(rows), has_checked_quotes=True, spelled=spelled)

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

    def is_group_next(self, annotator: AnnotatorId, step: Step) -> bool:
        """Whether undo or redo would reach a group of edits, such as an import."""
        look_up = journal.next_undo if step is Step.UNDO else journal.next_redo
        entry = look_up(self._connection, annotator, whole=False)
        return entry is not None and bool(entry.group)

    def _step(self, author: Author, step: Step) -> Edit | None:
        look_up = journal.next_undo if step is Step.UNDO else journal.next_redo
        first = entry = look_up(self._connection, author.annotator, whole=True)
        if first is None:
            return None
        changes: list[Change] = []
        while entry is not None and (entry is first or (first.group and entry.group == first.group)):
            edit = entry.edit.inverse() if step is Step.UNDO else entry.edit
            try:
                self._write(edit, author, step, entry.seq, entry.group, {})
            except AnnotatorError as error:
                if not changes:
                    raise
                # What is done already is saved, so everyone must hear of it; the next try says what is in the way.
                logger.warning("%s of a group stopped: %s", step.value, error)
                break
            changes += edit.changes
            entry = look_up(self._connection, author.annotator, whole=True) if first.group else None
        return Edit(first.edit.kind, tuple(changes), first.edit.subject)

    def _write(
        self,
        edit: Edit,
        author: Author,
        step: Step,
        of: int | None,
        group: str,
        texts: Mapping[str, str],
        rows: tuple[HistoryRow, ...] = (),
        *,
        has_checked_quotes: bool = False,
        spelled: Mapping[str, str] | None = None,
    ) -> None:
        if self.read_only:
            raise ReadOnlyProject(f"The project is open read-only, because {self.read_only}. Save a copy to work on.")
        id_ = ""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self.check_untouched()
            write_texts(self._connection, texts)
            write_rows(self._connection, edit.changes)
            if not has_checked_quotes:
                self._check_quotes(edit)
            id_ = journal.write(self._connection, edit, author, step=step, of=of, group=group, spelled=spelled)
            if rows:
                events.take_rows(self._connection, rows, journal.number_of(self._connection, id_))
            head = journal.head(self._connection)
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            if not self._is_saved_after_all(id_, error):
                raise _in_words(error) from error
        else:
            self._head = head
        self._schema = None if any(isinstance(change.record, Project) for change in edit.changes) else self._schema

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            # A second fault here must not hide the first; SQLite rolls back when the file is next read.
            with suppress(ProjectFileError):
                self._connection.execute("ROLLBACK")

    def _is_saved_after_all(self, id_: str, error: BaseException) -> bool:
        """A failed sync of the folder is reported although the change is in the file; so the file is asked."""
        if not isinstance(error, ProjectFileError) or isinstance(error, ProjectChanged):
            return False
        try:
            saved, head = bool(id_) and journal.is_written(self._connection, id_), journal.head(self._connection)
        except ProjectFileError:
            return False
        if saved or head == self._head:
            # SQLite counts its own mending after a fault as somebody else's change.
            self._head, self._data_version = head, self._read_data_version()
        return saved

    def touched(self) -> str:
        """What another program did to the file, in a sentence; empty when nothing did. It only looks."""
        try:
            self.check_untouched()
        except (ProjectChanged, ReadOnlyProject) as error:
            return str(error)
        except ProjectFileError:  # it is being written to at this moment; the next look tells
            return ""
        return ""

    def check_untouched(self) -> None:
        """Raises ProjectChanged, or ReadOnlyProject, when somebody has changed, moved or protected the file."""
        if _identity(self.path) != self._identity:
            raise ProjectChanged(
                f"“{self.path.name}” was moved, deleted or replaced by another program. Nothing was changed; "
                "save a copy, then open the project again."
            )
        if not self.read_only and not os.access(self.path, os.W_OK):
            # What was opened before could still be written; but somebody does not want that any more.
            raise ReadOnlyProject(
                f"Somebody has write-protected “{self.path.name}”. Nothing was changed; save a copy to work on."
            )
        if self._read_data_version() != self._data_version:
            raise ProjectChanged(
                f"Another program has written to “{self.path.name}”. Nothing was changed; read the project again (F5)."
            )

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _check_quotes(self, edit: Edit) -> None:
        records = [change.after for change in edit.changes if has_new_words(change)]
        # Article by article, so that each text is read once.
        for record in sorted((r for r in records if isinstance(r, Mention | Claim)), key=lambda r: r.article):
            if misquoted(self.text(record.article), record) is not None:
                raise DamagedProject("The quoted words are not those of the text at this place; nothing was changed.")

    def reload(self) -> None:
        """Accepts what another program wrote, after another check. Raises DamagedProject if the file is damaged."""
        at_a_second_look(lambda: check_sound(self._connection, migrations(), self.path.name))
        self._data_version, self._head = self._read_data_version(), journal.head(self._connection)
        self._texts.clear()
        self._schema = None

    # Suggestions

    def put_suggestions(self, runs: Sequence[SuggestionRun], found: Sequence[Suggestion]) -> None:
        """Keeps what proposers found, in the place of what they had found there; no history tells of it.

        Raises ProjectFileError when it cannot be saved; then nothing was written.
        """
        if self.read_only:
            raise ReadOnlyProject(f"The project is open read-only, because {self.read_only}. Save a copy to work on.")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self.check_untouched()
            suggestions.put(self._connection, runs, found)
            self._connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            raise _in_words(error) from error

    def suggestions_in(self, article: ArticleId) -> list[Suggestion]:
        """What is suggested for an article, decided or not."""
        return suggestions.of_article(self._connection, article)

    def rejections_in(self, article: ArticleId, annotator: AnnotatorId) -> list[Rejection]:
        """What a person rejected in an article."""
        return suggestions.rejections_in(self._connection, article, annotator)

    def names_version(self) -> str:
        """Which names the project knows: another word when a name or its kind is new, or gone."""
        return suggestions.names_version(self._connection)

    def suggestion_versions(self) -> list[tuple[str, str, str, int]]:
        """Which proposers have looked: the proposer, its version, the articles' language and how many articles."""
        return suggestions.versions(self._connection)

    def tallies(self, annotator: AnnotatorId) -> list[Tally]:
        """What became of each proposer's suggestions, as a person decided."""
        return suggestions.tallies(self._connection, annotator)

    def history_broken_at(self) -> int | None:
        """The first row of history that was changed after it was written; None when all is well."""
        return journal.broken_at(self._connection)

    def events_on(self, records: Iterable[str]) -> dict[str, list[Event]]:
        """What is known to have happened to these records."""
        return events.events_on(self._connection, records)

    def handed_to(self) -> AnnotatorId | None:
        """Whom the file was handed out to; None for a project that was not handed out."""
        return events.handed_to(self._connection)

    def signed(self, rows: Iterable[str]) -> dict[str, AnnotatorId]:
        """Who did the edits of these rows of history, by their ids."""
        return events.signed(self._connection, rows)

    def past_of(self, record: str, limit: int = 200) -> tuple[Past, ...]:
        """Who did what to a record and when, the last edits, oldest first."""
        return past_of(self._connection, record, limit)

    def known_rows(self) -> frozenset[str]:
        """The ids of the rows of history that count: what another file may have more of."""
        return events.known_rows(self._connection)

    def deleted_but_there(self) -> list[str]:
        """The entities and claims that somebody deleted and that are here because something refers to them."""
        return events.deleted_but_there(self._connection)

    def is_in_backup(self, folder: Path) -> bool:
        """Whether a backup of this file holds all that was ever done in it."""
        return has_last_edit(self._connection, self.path, folder)

    def save_copy(self, target: Path) -> None:
        """Writes a whole copy. It replaces a file of that name, except the project itself."""
        if target.resolve() == self.path:
            raise ProjectFileError("That is the project itself; choose another name.")
        verified_copy(self._connection, target)


def _left(opened: Opened) -> None:
    # Whoever forgot to close it may have used it in a thread that is gone.
    with suppress(sqlite3.ProgrammingError):
        opened.connection.close()
    opened.lock.release()


def _in_words(error: BaseException) -> BaseException:
    """Faults of ours stay as they are."""
    code = getattr(error, "sqlite_errorname", "")
    if code == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return EditRefused("Something else in the project still needs this, so it was left as it was.")
    if code in {"SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE"}:
        return ProjectChanged("This is in the project already: it was changed meanwhile. Nothing was done.")
    if isinstance(error, UnicodeEncodeError):
        return EditRefused("These words hold half a character, which cannot be saved. Please type them again.")
    return error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
