"""What a record went through, and what became of one's own: dialogs over the history and the decisions."""

from PySide6.QtWidgets import QWidget

from annotator.domain.edits import Record
from annotator.domain.zones import Zone
from annotator.editing.restoring import restore
from annotator.errors import EditRefused
from annotator.services.corrections import Correction
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short


def show_history(desk: Desk, window: QWidget) -> None:
    """The history of what was chosen last, or of the article."""
    from annotator.ui.dialogs.history import HistoryDialog

    record = _chosen(desk)
    if record is None:
        desk.notices.refused.emit("Choose a mention, a claim or an entity first.")
        return

    def back_to(past: Record) -> bool:
        return desk.attempt(lambda: desk.workspace.do(restore, past, last_state)) is not None

    def last_state(id_: str) -> Record | None:
        pasts = desk.workspace.records.past_of(id_, 1)
        return (pasts[-1].after or pasts[-1].before) if pasts else None

    name = getattr(record, "quote", "") or getattr(record, "name", "") or getattr(record, "title", "")
    title = f"{type(record).__name__} “{short(str(name), 80)}”"
    HistoryDialog(desk, title, desk.workspace.records.past_of(record.id), back_to, window).open()


def _chosen(desk: Desk) -> Record | None:
    focus, contents = desk.focus, desk.contents
    if focus.latest == "mention" and (mention := contents.mention(focus.mention)) is not None:
        return mention
    if focus.latest == "claim" and (claim := contents.claim(focus.claim)) is not None:
        return claim
    if focus.latest == "entity" and focus.entity is not None:
        try:
            return desk.workspace.records.entity(focus.entity)
        except EditRefused:  # it was deleted meanwhile
            return None
    return contents.article


def show_corrections(desk: Desk, view: ArticleView, window: QWidget) -> None:
    """Where the agreed result differs from what the person at work recorded."""
    from annotator.ui.dialogs.corrections import CorrectionsDialog

    def go(correction: Correction) -> None:
        desk.focus.show_article(correction.article.id)
        record = correction.own or correction.agreed
        if record is not None:
            span = record.span if isinstance(record, Zone) else record.hull
            view.select(span)
            view.reveal(span)
            view.setFocus()

    CorrectionsDialog(desk, go, window).open()
