"""The open project: the one place that changes anything, and tells everyone what was changed."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from annotator.domain.annotators import Annotator
from annotator.domain.authors import Author
from annotator.domain.backups import Why
from annotator.domain.edits import Edit
from annotator.domain.ids import AnnotatorId
from annotator.domain.records import Records
from annotator.editing import importing, joining
from annotator.editing.ownership import check_own
from annotator.errors import AnnotatorError
from annotator.services import strangers
from annotator.services.backups import BULK, Backups
from annotator.storage.journal import Step
from annotator.storage.project_file import ProjectFile

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
Gesture = Callable[Concatenate[Records, Author, P], Edit]
Listener = Callable[[Edit], None]


class Workspace:
    """An open project and the person who works in it.

    do, undo and redo are the only ways to change something: each is one transaction, saved when it returns, and
    then every listener hears of the edit once. They raise EditRefused when the gesture makes no sense here and
    ProjectFileError when it cannot be saved; in both cases nothing was changed and nobody is told.
    """

    def __init__(self, records: ProjectFile, author: Author, backups: Backups | None = None) -> None:
        self.records = records
        self.author = author
        self.backups = backups
        self._listeners: list[Listener] = []

    def do(self, gesture: Gesture[P], *args: P.args, **kwargs: P.kwargs) -> Edit:
        """Builds the gesture's edit, saves it, tells everyone."""
        if not self.records.read_only:
            # Else a gesture may find that what it is about is gone, and say so, and not why.
            self.records.check_untouched()
        edit = gesture(self.records, self.author, *args, **kwargs)
        check_own(self.records, self.author, edit)
        if len(edit.changes) >= BULK:
            self.back_up(Why.BULK)
        self.records.apply(edit, self.author)
        return self._tell(edit)

    def do_in_group(self, group: str, gesture: Gesture[P], *args: P.args, **kwargs: P.kwargs) -> Edit:
        """As do; all edits of one group are taken back by one undo."""
        edit = gesture(self.records, self.author, *args, **kwargs)
        check_own(self.records, self.author, edit)
        self.records.apply(edit, self.author, group=group)
        return self._tell(edit)

    def bring_in(self, articles: Sequence[importing.NewArticle], group: str) -> importing.Import:
        """Imports one batch of articles; batches of one group are taken back by one undo."""
        batch = importing.import_articles(self.records, self.author, articles)
        if batch.edit.changes:
            self.records.apply(batch.edit, self.author, texts=batch.texts, group=group)
            self._tell(batch.edit)
        return batch

    def receive(self, gesture: Callable[..., importing.Import], *args: Any, group: str) -> Edit:
        """Does a gesture that brings texts in as well; all of one group are taken back by one undo."""
        taken = gesture(self.records, self.author, *args)
        if taken.edit.changes:
            # What these gestures take in they have compared with the texts.
            self.records.apply(
                taken.edit, self.author, taken.texts, group, has_checked_quotes=True, spelled=taken.spelled
            )
            self._tell(taken.edit)
        return taken.edit

    def merge(self, work: Callable[..., Any], *args: Any, group: str) -> Edit:
        """Brings in what rows of another file's history come to, a merging_in.Slice that work makes.

        All of one group are taken back by one undo.
        """
        part = work(self.records, self.author, *args)
        edit: Edit = part.taken.edit
        if part.rows or edit.changes:
            self.records.bring_in(edit, self.author, part.rows, part.taken.texts, group, part.taken.spelled)
        return self._tell(edit) if edit.changes else edit

    def undo(self) -> Edit | None:
        """Takes back this person's last edit; None when there is none."""
        self._guard_group(Step.UNDO)
        edit = self.records.undo(self.author)
        return self._tell(edit) if edit else None

    def redo(self) -> Edit | None:
        """Does again what undo took back last; None when there is nothing."""
        self._guard_group(Step.REDO)
        edit = self.records.redo(self.author)
        return self._tell(edit) if edit else None

    def annotator(self) -> Annotator | None:
        """The person at work, if she has signed in to this project."""
        return next((one for one in self.records.annotators() if one.id == self.author.annotator), None)

    def sign_in(self, name: str) -> None:
        """Makes sure that the person at work is in the project under this name."""
        known = self.annotator()
        if known is None:
            self.do(joining.join, name)
        elif known.name != name:
            self.do(joining.rename, known, name)

    def switch_to(self, annotator: AnnotatorId, name: str) -> None:
        """Signs somebody else in: what is recorded from now on is hers. Raises EditRefused for an empty name."""
        before = self.author
        self.author = Author(annotator)
        try:
            self.sign_in(name)
        except AnnotatorError:
            self.author = before
            raise

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Calls listener after every edit; the answer stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def back_up(self, why: Why) -> None:
        """Makes a backup before much is changed; does not where all is in one. Raises ProjectFileError."""
        if self.backups is not None:
            self.backups.make(why)

    def backed_up(self, why: Why, steps: Callable[[], Iterator[T]]) -> Callable[[], Iterator[T]]:
        """Steps of a job that makes a backup before the first of them, beside the window."""

        def run() -> Iterator[T]:
            self.back_up(why)
            yield from steps()

        return run

    def close(self) -> None:
        """Closes the project file, after a last backup; the workspace is of no use afterwards."""
        self._listeners.clear()
        try:
            if self.backups is not None:
                self.backups.close()
        finally:
            # What could only be read is as somebody else has written it, if it was not known before.
            is_ours = self.records.is_open and not self.records.read_only and not self.records.touched()
            self.records.close()
            if is_ours:
                strangers.remember(self.records.path)

    def _guard_group(self, step: Step) -> None:
        """Taking an import back, or doing it again, changes as much as the import."""
        if self.records.is_group_next(self.author.annotator, step):
            self.back_up(Why.BULK)

    def _tell(self, edit: Edit) -> Edit:
        logger.info("%s: %d records", edit.kind, len(edit.changes))
        if self.backups is not None:
            self.backups.count()
        for listener in tuple(self._listeners):
            listener(edit)
        return edit
