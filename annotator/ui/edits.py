"""The workspace's one fact, as a Qt signal, and the sentence that each edit makes."""

from PySide6.QtCore import QObject, Signal

from annotator.domain.edits import Edit, EditKind
from annotator.services.workspace import Workspace
from annotator.ui.widgets.unseen import shown

_SENTENCES = {
    EditKind.NEW_PROJECT: "new project",
    EditKind.JOIN: "sign in “{0}”",
    EditKind.RENAME_ANNOTATOR: "rename to “{0}”",
    EditKind.IMPORT: "import of {0} articles",
    EditKind.DESCRIBE_ARTICLE: "change to article “{0}”",
    EditKind.DESCRIBE_LABEL: "change to label “{0}”",
    EditKind.ADD_TO_SCHEMA: "add {0} “{1}”",
    EditKind.CHANGE_SCHEMA: "change to {0} “{1}”",
    EditKind.REMOVE_FROM_SCHEMA: "remove {0} “{1}”",
    EditKind.IMPORT_SCHEMA: "import of schema “{0}”",
    EditKind.SET_STATE: "set “{0}” {1}",
    EditKind.TAG: "tag “{0}” as {1}",
    EditKind.TAG_ALL: "tag {2} times “{0}” as {1}",
    EditKind.ADD_PIECE: "add a piece to “{0}”",
    EditKind.RETAG: "retag “{0}” as {1}",
    EditKind.RESIZE: "move edge to “{0}”",
    EditKind.UNTAG: "remove {1} “{0}”",
    EditKind.DESCRIBE_MENTION: "change to mention “{0}”",
    EditKind.LINK: "link “{0}” to {1}",
    EditKind.UNLINK: "take “{0}” out of {1}",
    EditKind.DESCRIBE_ENTITY: "change to {0}",
    EditKind.MERGE_ENTITIES: "merge {0} into {1}",
    EditKind.DELETE_ENTITY: "delete {0}",
    EditKind.SPLIT_ENTITY: "split {1} out of {0}",
    EditKind.SET_PLACE: "place of {0}",
    EditKind.KEEP_APART: "keep {0} and {1} apart",
    EditKind.IMPORT_NAMES: "import of {0} known names",
    EditKind.LINK_RECORDS: "link “{0}” {1} “{2}”",
    EditKind.DESCRIBE_LINK: "change to link {0}",
    EditKind.UNLINK_RECORDS: "take away link {0}",
    EditKind.NEW_CLAIM: "claim “{0}”",
    EditKind.ADD_CONTENT: "add “{0}” to claim",
    EditKind.ADD_SOURCE: "add source “{0}”",
    EditKind.REMOVE_SOURCE: "remove source “{0}”",
    EditKind.SET_CUE: "set cue “{0}”",
    EditKind.SET_ADDRESSEE: "set addressee “{0}”",
    EditKind.SET_MEDIUM: "set medium “{0}”",
    EditKind.SET_DATE: "set date “{0}”",
    EditKind.SET_EVENT: "change to event of “{0}”",
    EditKind.ADD_QUANTITY: "add number “{0}”",
    EditKind.REMOVE_QUANTITY: "remove number “{0}”",
    EditKind.SET_WITHIN: "move claim “{0}”",
    EditKind.DESCRIBE_CLAIM: "change to claim “{0}”",
    EditKind.DELETE_CLAIM: "delete claim “{0}”",
    EditKind.ACCEPT_SUGGESTION: "accepting of “{0}”",
    EditKind.ACCEPT_SUGGESTIONS: "accepting of {1} times “{0}”",
    EditKind.REJECT_SUGGESTION: "rejecting of “{0}”",
    EditKind.MARK_ZONE: "mark as {0}",
    EditKind.DECIDE: "decision on “{1}”",
    EditKind.REOPEN: "reopening of a decision",
    EditKind.SETTLE_ARTICLE: "set “{0}” {1}",
    EditKind.COMMENT: "comment “{0}”",
    EditKind.CHANGE_COMMENT: "change to comment “{0}”",
    EditKind.DELETE_COMMENT: "delete comment “{0}”",
    EditKind.ASSIGN: "assignment of {0} articles",
    EditKind.HAND_OUT: "hand-out to {0}",
    EditKind.SALVAGE: "salvage of a damaged file",
    EditKind.BRING_IN: "bringing in of “{0}”",
    EditKind.RESOLVE: "settling of a conflict about a {0}",
    EditKind.RESTORE: "restoring of a {0}",
    EditKind.CARRY_OVER: "carry {0} annotations over to “{1}”",
}
_LONGEST = 40


def sentence(kind: EditKind, subject: tuple[str, ...]) -> str:
    """What an edit is called, to follow “Undo ”: tag “Taliban” as Actor."""
    words = [short(part) for part in subject] + ["", ""]
    if kind is EditKind.IMPORT and subject[0] == "1":
        return f"import of “{words[1]}”"
    if kind is EditKind.DECIDE and subject[0] != "1":
        return f"{subject[0]} decisions"
    if kind is EditKind.TAG_ALL and subject[2] == "1":
        return f"tag “{words[0]}” as {words[1]}"
    return _SENTENCES[kind].format(*words)


def short(words: str, longest: int = _LONGEST) -> str:
    """The words on one line, cut where they get long."""
    line = shown(" ".join(words.split()))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


class EditSignals(QObject):
    """Sends edited once for every edit done, undone or done again."""

    edited = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.stop = workspace.subscribe(self._on_edit)

    def _on_edit(self, edit: Edit) -> None:
        self.edited.emit(edit)
