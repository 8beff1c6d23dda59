"""Where the caret has been: back to the place before a jump, and forward again; the last selection."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from annotator.domain.articles import Article
from annotator.domain.ids import ArticleId
from annotator.domain.spans import Span
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk

_MOST = 200
_NEAR = 300
"""Code points; a shorter way is no jump."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in an article."""

    article: ArticleId
    offset: int


class Trail(QObject):
    """Remembers places by itself: every time the caret goes farther than a person reads on."""

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view
        self._back: list[Stop] = []
        self._onward: list[Stop] = []
        self._here: Stop | None = None
        self._selections: dict[ArticleId, Span] = {}
        self._is_walking = False
        view.caret_moved.connect(self._on_moved)

    def _on_moved(self) -> None:
        article = self._desk.focus.article
        if article is None or self._desk.contents.article is None or self._view.is_pressed:
            return
        if self._desk.contents.article.id != article:
            return  # the text of the one before still shows
        selection = self._view.selection()
        if selection is not None:
            self._selections[article] = selection
        before, self._here = self._here, Stop(article, self._view.caret)
        if before is not None and not self._is_walking and _is_far(before, self._here):
            self._back = [*self._back[1 - _MOST :], before]
            self._onward.clear()

    def back(self) -> None:
        """Goes to where the caret was before the last jump, in another article if need be."""
        self._walk(self._back, self._onward, "There is no earlier place to go back to.")

    def onward(self) -> None:
        """Takes back the last step back."""
        self._walk(self._onward, self._back, "There is no later place to go to.")

    def _walk(self, come_from: list[Stop], leave_to: list[Stop], otherwise: str) -> None:
        records = self._desk.workspace.records
        while come_from and records.find(Article, come_from[-1].article) is None:
            come_from.pop()  # its import was taken back meanwhile
        if not come_from:
            self._desk.notices.refused.emit(otherwise)
            return
        stop = come_from.pop()
        if self._here is not None:
            leave_to.append(self._here)
        self._is_walking = True
        self._desk.focus.show_article(stop.article)
        self._view.show_span(Span(stop.offset, stop.offset + 1))
        self._view.put_caret(stop.offset)
        self._is_walking = False

    def reselect(self) -> None:
        """Selects again what was selected last in this article."""
        article = self._desk.focus.article
        selection = self._selections.get(article) if article else None
        if selection is None or selection.end > len(self._view.text):
            self._desk.notices.refused.emit("Nothing has been selected in this article yet.")
            return
        self._view.select(selection)


def _is_far(one: Stop, other: Stop) -> bool:
    return one.article != other.article or abs(one.offset - other.offset) > _NEAR
