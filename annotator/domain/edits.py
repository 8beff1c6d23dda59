"""A change is a value: what a gesture did, whole, so that its inverse is the swap and nobody writes undo code."""

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.annotators import Annotator
from annotator.domain.articles import Article
from annotator.domain.assignments import Assignment
from annotator.domain.claims import Claim
from annotator.domain.comments import Comment
from annotator.domain.decisions import Decision
from annotator.domain.entities import Entity
from annotator.domain.links import Link
from annotator.domain.mentions import Mention
from annotator.domain.projects import Project
from annotator.domain.suggestions import Rejection
from annotator.domain.zones import Zone

Record = (
    Project | Annotator | Article | Entity | Mention | Claim | Assignment | Zone | Link | Decision | Comment | Rejection
)
"""Everything that is stored, changed and undone."""

RECORD_TYPES: tuple[type[Record], ...] = (
    Project,
    Annotator,
    Article,
    Entity,
    Mention,
    Claim,
    Assignment,
    Zone,
    Link,
    Decision,
    Comment,
    Rejection,
)


class EditKind(StrEnum):
    """What a gesture was; the window makes a sentence of it with the edit's subject."""

    NEW_PROJECT = "new project"
    JOIN = "join"
    RENAME_ANNOTATOR = "rename annotator"
    IMPORT = "import"
    DESCRIBE_ARTICLE = "describe article"
    SET_STATE = "set state"
    DESCRIBE_LABEL = "describe label"
    ADD_TO_SCHEMA = "add to schema"
    CHANGE_SCHEMA = "change schema"
    REMOVE_FROM_SCHEMA = "remove from schema"
    IMPORT_SCHEMA = "import schema"
    TAG = "tag"
    TAG_ALL = "tag all"
    ADD_PIECE = "add piece"
    RETAG = "retag"
    RESIZE = "resize"
    UNTAG = "untag"
    DESCRIBE_MENTION = "describe mention"
    LINK = "link"
    UNLINK = "unlink"
    DESCRIBE_ENTITY = "describe entity"
    MERGE_ENTITIES = "merge entities"
    SPLIT_ENTITY = "split entity"
    SET_PLACE = "set place"
    DELETE_ENTITY = "delete entity"
    KEEP_APART = "keep apart"
    IMPORT_NAMES = "import names"
    LINK_RECORDS = "link records"
    DESCRIBE_LINK = "describe link"
    UNLINK_RECORDS = "unlink records"
    NEW_CLAIM = "new claim"
    ADD_CONTENT = "add content"
    ADD_SOURCE = "add source"
    REMOVE_SOURCE = "remove source"
    SET_CUE = "set cue"
    SET_ADDRESSEE = "set addressee"
    SET_MEDIUM = "set medium"
    SET_DATE = "set date"
    SET_EVENT = "set event"
    ADD_QUANTITY = "add quantity"
    REMOVE_QUANTITY = "remove quantity"
    SET_WITHIN = "set within"
    DESCRIBE_CLAIM = "describe claim"
    DELETE_CLAIM = "delete claim"
    ACCEPT_SUGGESTION = "accept suggestion"
    ACCEPT_SUGGESTIONS = "accept suggestions"
    REJECT_SUGGESTION = "reject suggestion"
    MARK_ZONE = "mark zone"
    DECIDE = "decide"
    REOPEN = "reopen"
    SETTLE_ARTICLE = "settle article"
    COMMENT = "comment"
    CHANGE_COMMENT = "change comment"
    DELETE_COMMENT = "delete comment"
    ASSIGN = "assign"
    HAND_OUT = "hand out"
    SALVAGE = "salvage"
    BRING_IN = "bring in"
    RESOLVE = "resolve"
    RESTORE = "restore"
    CARRY_OVER = "carry over"


LASTING = frozenset({EditKind.NEW_PROJECT, EditKind.JOIN, EditKind.RENAME_ANNOTATOR})
"""What undo never takes back: records signed since then would stand without a signature."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None before means made, None after means deleted."""

    before: Record | None
    after: Record | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a record")

    @property
    def record(self) -> Record:
        """The record as it is after, or as it was when it is gone."""
        record = self.after if self.after is not None else self.before
        assert record is not None
        return record


@dataclass(frozen=True, slots=True)
class Edit:
    """What one gesture did. subject holds the words its sentence needs, such as ("Taliban", "Actor")."""

    kind: EditKind
    changes: tuple[Change, ...]
    subject: tuple[str, ...] = ()

    def inverse(self) -> "Edit":
        """The edit that takes this one back."""
        swapped = tuple(Change(change.after, change.before) for change in reversed(self.changes))
        return Edit(self.kind, swapped, self.subject)
