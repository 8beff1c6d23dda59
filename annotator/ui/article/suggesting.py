"""Suggestions in the article: drawn apart from marks, taken or rejected by one key, looked for ahead of the reader."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractSlider

from annotator.domain.claims import Claim
from annotator.domain.edits import Edit, Record
from annotator.domain.ids import AnnotatorId, ArticleId
from annotator.domain.mentions import Mention
from annotator.domain.names import fold
from annotator.domain.open_suggestions import OpenSuggestions
from annotator.domain.projects import Project
from annotator.domain.spans import quoted
from annotator.domain.suggestions import Place, Rejection, Suggestion, SuggestionKind, Wishes
from annotator.domain.zones import Zone
from annotator.editing import suggesting
from annotator.errors import AnnotatorError
from annotator.ui.article import looks
from annotator.ui.article.claim_marking import ClaimMarking
from annotator.ui.article.marking import Marking
from annotator.ui.article.marks import Mark
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk
from annotator.ui.edits import short
from annotator.ui.jobs import BUSY, Job, Jobs
from annotator.ui.reviewing import Reviewing

_PAUSE = 1_500
"""Milliseconds that an article has to be looked at before the machine looks at it too."""
_AHEAD = 2
"""Articles after the shown one that are looked at ahead of the reader."""
_Marked = Mention | Claim | Zone | Rejection


class Suggesting(QObject):
    """What is suggested for the shown article, and which of it is at the caret."""

    def __init__(
        self,
        desk: Desk,
        view: ArticleView,
        marking: Marking,
        claims: ClaimMarking,
        review: Reviewing,
        coming: Callable[[ArticleId, int], list[ArticleId]],
    ) -> None:
        super().__init__(view)
        self._desk, self._view, self._marking, self._claims, self._review = desk, view, marking, claims, review
        self._coming = coming
        self.shown = OpenSuggestions()
        self._current = ""
        self._moving = False
        self._suggester: Any = None  # its type is imported later
        self._is_over = False
        self._ahead = Jobs()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._look_ahead)
        desk.contents.shown.connect(self._on_shown)
        desk.contents.edited.connect(self._on_edited)
        view.caret_moved.connect(self._on_caret_moved)
        review.mode_changed.connect(self._read)
        self._on_shown()

    @property
    def is_on(self) -> bool:
        """Whether suggestions are shown; while reviewing they never are."""
        return self._desk.settings.suggestions and not self._review.is_on

    @property
    def current(self) -> Suggestion | None:
        """The suggestion that the keys are about."""
        return self.shown.get(self._current)

    def stop(self) -> None:
        """Looks no further, and ends what is under way: before the window closes."""
        self._is_over = True
        self._pause.stop()
        if self._ahead.current is not None:
            self._ahead.current.cancel()
        if self._suggester is not None:
            self._suggester.close()
        self._ahead.stop()

    # Keys

    def toggle(self) -> None:
        """Shows suggestions or hides them, now and on another day."""
        self._desk.settings.suggestions = not self._desk.settings.suggestions
        self._read()
        self._desk.notices.said.emit("Suggestions are shown." if self.is_on else "Suggestions are hidden.")

    def toggle_ahead(self) -> None:
        """Looks ahead of the reader, or only when told to."""
        is_on = self._desk.settings.looks_ahead = not self._desk.settings.looks_ahead
        if is_on:
            self._pause.start()
        self._desk.notices.said.emit(
            "Suggestions are looked for ahead." if is_on else "Suggestions are looked for only when told to."
        )

    def accept(self) -> None:
        """Takes the suggestion at the caret and goes on; with none there goes to the next; with none at all pages."""
        one = self._at_hand(QAbstractSlider.SliderAction.SliderPageStepAdd)
        if one is None:
            return
        edit, place = self._desk.do(suggesting.accept, one), one.place
        if edit is None:
            return
        if one.kind is SuggestionKind.MENTION:
            self._marking.settle(edit, lambda: self._go_on(place), one.may_be)
        else:
            self._go_on(place)

    def accept_name(self) -> None:
        """Takes all suggestions of this article that say what the one at the caret says."""
        one = self._at_hand(QAbstractSlider.SliderAction.SliderPageStepSub)
        if one is None:
            return
        same = [other for other in self.shown if self._is_same(one, other)]
        if one.kind is not SuggestionKind.MENTION:
            self.accept()
        elif self._desk.do(suggesting.accept_all, same) is not None:
            self._go_on(one.place)
            if one.may_be:
                key = self._desk.keys.name("entity")
                names = " or ".join(one.may_be)
                self._desk.notices.said.emit(f"Each may be {names}: go to it and press {key} to say which.")

    def reject(self) -> None:
        """Says no to the suggestion at the caret and goes on to the next."""
        if not self.shown:
            self._desk.notices.refused.emit("There is no suggestion here.")
            return
        one = self._at_hand(None)
        if one is not None and self._desk.do(suggesting.reject, one) is not None:
            self._go_on(one.place)

    def accept_to_edit(self) -> bool:
        """Takes the suggestion at the caret and chooses what it made, to be changed; False when there is none."""
        one = self.current
        if one is None or self._desk.focus.mention is not None:
            return False
        edit = self._desk.do(suggesting.accept, one)
        made = [change.after for change in edit.changes] if edit else []
        for record in made:
            if isinstance(record, Mention | Claim) and record.derived_from == one.id:
                if isinstance(record, Claim):
                    self._claims.choose(record.id)
                else:
                    self._marking.choose(record, scroll=False)
        return True

    def _at_hand(self, otherwise: QAbstractSlider.SliderAction | None) -> Suggestion | None:
        """The suggestion at the caret; with none there the caret goes to the next, with none at all a page turns."""
        if not self.shown:
            if otherwise is not None:
                self._view.verticalScrollBar().triggerAction(otherwise)
            return None
        one = self.current
        if one is None:
            self._go_on((self._view.caret, -len(self._view.text) - 1, ""))
        return one

    def _is_same(self, one: Suggestion, other: Suggestion) -> bool:
        if other.kind is not SuggestionKind.MENTION or other.label != one.label:
            return False
        is_known = one.known_entity is not None and one.known_entity == other.known_entity
        return is_known or fold(self._words(one)) == fold(self._words(other))

    def _go_on(self, after: Place) -> None:
        """To the suggestion that follows a place; to the first of all from the last."""
        following = self.shown.after(after)
        if following is None:
            self._show_current("")
            self._desk.notices.said.emit("No suggestion is left in this article.")
            return
        self._moving = True
        self._view.put_caret(following.hull.start)
        self._view.reveal(following.hull)
        self._moving = False
        self._desk.focus.clear()
        self._show_current(following.id)
        keys, is_who = self._desk.keys, " or ".join(following.may_be)
        if not is_who and fold(following.entity_name) != fold(self._words(following)):
            is_who = following.entity_name
        if following.located is not None:
            is_who = ", ".join(filter(None, (is_who, following.located.words)))
        self._desk.notices.said.emit(
            f"{self._name(following)}? “{short(self._words(following))}”{is_who and f', {is_who}'}: "
            f"{keys.name('accept suggestion')} accepts, {keys.name('reject suggestion')} rejects."
        )

    def _on_caret_moved(self) -> None:
        if self._moving or not self.shown:
            return
        at = self.shown.at(self._view.caret) if self._view.selection() is None else None
        self._show_current(at.id if at else "")

    # What is shown

    def _on_shown(self) -> None:
        self._current = ""
        self._read()
        if self._desk.settings.looks_ahead:
            self._pause.start()

    def _read(self) -> None:
        """Reads what is suggested for the article, and draws it."""
        article, records, me = self._desk.contents.article, self._desk.workspace.records, self._me
        self.shown = OpenSuggestions()
        if article is not None and self.is_on:
            schema = self._desk.schema
            labels = {label.key for label in schema.labels} | {kind.key for kind in schema.zone_kinds} | {""}
            off = self._wishes.off
            try:
                found = records.suggestions_in(article.id)
                known = (one for one in found if one.label in labels and one.proposer not in off)
                deciding = (self._mine(record) for record in self._desk.contents.records())
                there = [one for one in deciding if isinstance(one, Mention | Claim | Zone)]
                rejected = records.rejections_in(article.id, me)
                self.shown = OpenSuggestions(known, there, rejected, schema.out_of_play)
            except AnnotatorError as error:
                self._desk.notices.failed.emit(str(error))
        self._view.board.show_suggestions(mark for one in self.shown for mark in self._marks(one))
        self._show_current(self._current)

    def _on_edited(self, edit: Edit) -> None:
        if any(isinstance(change.record, Project) for change in edit.changes):
            self._read()
        elif self.is_on:
            gone, new = self.shown.change((self._mine(c.before), self._mine(c.after)) for c in edit.changes)
            for one in gone:
                self._view.board.remove_suggestion(self._marks(one))
            for one in new:
                self._view.board.put_suggestion(self._marks(one))
            self._show_current(self._current)

    def _mine(self, record: Record | None) -> _Marked | None:
        """A record that decides what is shown to the one at work; what is out of play is so for all."""
        article = self._desk.contents.article
        if article is None or not isinstance(record, Mention | Claim | Zone | Rejection):
            return None
        is_mine = record.author == self._me or (
            isinstance(record, Zone) and record.kind in self._desk.schema.out_of_play
        )
        return record if record.article == article.id and is_mine else None

    @property
    def _me(self) -> AnnotatorId:
        return self._desk.workspace.author.annotator

    def _show_current(self, wanted: str) -> None:
        """Draws the suggestion of this id strong; none when it is not shown."""
        one = self.shown.get(wanted)
        self._current = one.id if one else ""
        self._view.board.choose_suggestion(self._current, self._marks(one) if one else ())

    def _marks(self, one: Suggestion) -> list[Mark]:
        return looks.suggestion_marks(self._desk.schema, one)

    def _words(self, one: Suggestion) -> str:
        return quoted(self._view.text, one.spans)

    def _name(self, one: Suggestion) -> str:
        if one.kind is SuggestionKind.MENTION:
            return self._desk.schema.label(one.label).name
        return "Claim" if one.kind is SuggestionKind.CLAIM else one.label.capitalize()

    # Looking for more

    def suggest_all(self) -> None:
        """Looks at all articles that need it, in the background."""
        from annotator.services.proposing import Batch
        from annotator.services.suggesting import Found, store, suggest, what_is_missing

        found, path, suggester = Found(), self._desk.workspace.records.path, self._ready()
        job: Job[Batch] = Job(
            "Suggesting in all articles",
            lambda: suggest(path, suggester, _asked(), found),
            lambda batch: store(self._desk.workspace, batch),
        )

        def done(error: str) -> None:
            if self._is_over:  # the window was closed meanwhile: what was found is kept, and nobody is there to be told
                return
            self._read()
            words = f"{found.articles:,} articles looked at, {found.suggestions.total():,} suggestions"
            words += f", {found.words_per_second:,.0f} words per second." if found.seconds else "."
            self._desk.notices.said.emit(f"{error or words} {what_is_missing(found)}".rstrip())

        job.ended.connect(done)
        if self._ahead.current is not None or not self._desk.jobs.run(job):
            self._desk.notices.refused.emit(BUSY)

    @property
    def _wishes(self) -> Wishes:
        return self._desk.wishes

    def renew(self) -> None:
        """Goes by what is wanted from now on."""
        self._read()
        if self._desk.settings.looks_ahead:
            self._pause.start()

    def _ready(self) -> Any:
        from annotator.services.apart import SuggesterApart

        if self._suggester is None:
            self._suggester = SuggesterApart(self._desk.schema)
        self._suggester.schema, self._suggester.wishes = self._desk.schema, self._wishes
        return self._suggester

    def _look_ahead(self) -> None:
        """Looks at this article and the next ones, unless something else is under way: nothing waits for it."""
        article, records = self._desk.focus.article, self._desk.workspace.records
        if article is None or records.read_only or not self.is_on:
            return
        if self._ahead.current is not None or self._desk.jobs.current is not None:
            self._pause.start()
            return
        from annotator.services.proposing import Batch
        from annotator.services.suggesting import look_ahead

        path, suggester, coming = records.path, self._ready(), tuple(self._coming(article, _AHEAD))
        job: Job[Batch] = Job("Looking ahead", lambda: look_ahead(path, suggester, coming), self._take_ahead)
        self._ahead.run(job)

    def _take_ahead(self, batch: Any) -> None:
        from annotator.services.suggesting import store

        store(self._desk.workspace, batch)
        if any(run.article == self._desk.focus.article for run in batch.runs):
            self._read()


def _asked() -> Any:
    from annotator.services.suggesting import Asked

    return Asked()
