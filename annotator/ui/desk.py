"""The desk: what every panel is handed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator.domain.authors import Timestamp
from annotator.domain.edits import Edit
from annotator.domain.ids import AnnotatorId
from annotator.domain.schemas import Schema
from annotator.domain.suggestions import Wishes
from annotator.errors import AnnotatorError, EditRefused, NotYours
from annotator.services.workspace import Workspace
from annotator.ui.contents import Contents
from annotator.ui.edits import EditSignals
from annotator.ui.focus import Focus
from annotator.ui.jobs import Jobs
from annotator.ui.keys import Keys
from annotator.ui.naming import Names
from annotator.ui.settings import Settings
from annotator.ui.theme import Theme


class Notices(QObject):
    """Words for the status bar: refused is a hint that passes, failed an error that stays until the next edit.

    unsaved is sent before failed with the error, when what was tried could not be saved. read_again is sent when
    the project was read anew, after another program had written to it, and backed_up after a backup
    beside the work, with a sentence when it could not be made.
    """

    said = Signal(str)
    refused = Signal(str)
    failed = Signal(str)
    unsaved = Signal(object)
    read_again = Signal()
    backed_up = Signal(str)
    has_failed = False
    """Whether what was tried last could not be saved: it made sense, so what was typed for it must not get lost."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The open project and everything panels share. Panels read, act through do, and listen; none knows another."""

    workspace: Workspace
    edits: EditSignals
    contents: Contents
    focus: Focus
    jobs: Jobs
    settings: Settings
    theme: Theme
    notices: Notices
    keys: Keys
    names: Names

    @property
    def schema(self) -> Schema:
        """The project's schema."""
        schema: Schema = self.workspace.records.schema
        return schema

    @property
    def wishes(self) -> Wishes:
        """What is wanted of suggestions in this project."""
        wishes = self.settings.wishes(self.schema.name)
        return replace(wishes, project=self.workspace.records.project().id)

    def do(self, gesture: Callable[..., Edit], *args: Any, **kwargs: Any) -> Edit | None:
        """Does a gesture; None, with a word in the status bar, when it is refused or cannot be saved."""
        return self.attempt(lambda: self.workspace.do(gesture, *args, **kwargs))

    def signature(self, author: AnnotatorId, created: Timestamp, changed: Timestamp) -> str:
        """Who made a record, and when."""
        words = f"{self.names.of(author)}, {_moment(created)}"
        return words if created == changed else f"{words}; changed {_moment(changed)}"

    def attempt(self, act: Callable[[], Edit | None]) -> Edit | None:
        """Runs what may be refused or fail."""
        self.notices.has_failed = False
        try:
            return act()
        except NotYours as refusal:
            self.notices.refused.emit(refusal.words.format(name=self.names.of(AnnotatorId(refusal.author))))
        except EditRefused as refusal:
            self.notices.refused.emit(str(refusal))
        except AnnotatorError as error:
            self.notices.has_failed = True
            self.notices.unsaved.emit(error)
            self.notices.failed.emit(str(error))
        return None


def _moment(timestamp: Timestamp) -> str:
    return f"{timestamp[:10]} {timestamp[11:16]} UTC"


def make_desk(workspace: Workspace, jobs: Jobs, settings: Settings, theme: Theme) -> Desk:
    """Lays the desk for an open project: contents hear of an edit before any panel does."""
    edits, contents, focus = EditSignals(workspace), Contents(workspace), Focus()
    edits.edited.connect(contents.take)
    focus.article_changed.connect(lambda: contents.show(focus.article))
    contents.whose = settings.whose
    keys, names = Keys(settings), Names(workspace)
    return Desk(workspace, edits, contents, focus, jobs, settings, theme, Notices(), keys, names)
