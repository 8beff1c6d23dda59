"""From keys to gestures on claims: content, sources, cue, and whose words they stand in."""

from annotator.domain.claims import Claim
from annotator.domain.edits import Edit
from annotator.domain.ids import ClaimId
from annotator.domain.spans import Span
from annotator.editing import claiming
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk


class ClaimMarking:
    """What C, S, U and their like do."""

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        self._desk, self._view = desk, view

    @property
    def claim(self) -> Claim | None:
        """The chosen claim."""
        return self._desk.contents.claim(self._desk.focus.claim)

    def make(self, *, exact: bool = False) -> None:
        """A new claim whose content is what is selected; it becomes the chosen one."""
        span, article = self._selected("the words that are said", exact=exact), self._desk.focus.article
        if span is None or article is None:
            return
        edit = self._desk.do(claiming.claim, article, (span,))
        made = next((c.after for c in edit.changes if isinstance(c.after, Claim)), None) if edit else None
        if made is not None:
            self._view.put_caret(span.end)
            self._desk.focus.choose_claim(made.id)

    def add_content(self, *, exact: bool = False) -> None:
        """Adds the selected words to the chosen claim's content."""
        claim = self._chosen()
        span = self._selected("the further words that are said", exact=exact) if claim else None
        if claim and span:
            self._done(self._desk.do(claiming.add_content, claim.id, (span,)), claim.id, span)

    def add_source(self, *, exact: bool = False) -> None:
        """Makes the chosen mention, or the selected words, a source of the chosen claim."""
        claim, mention = self._chosen(), self._desk.contents.mention(self._desk.focus.mention)
        if claim is None:
            return
        if mention is not None and self._view.selection() is None:
            self._done(self._desk.do(claiming.add_mention_as_source, claim.id, mention.id), claim.id, mention.hull)
            return
        focus = self._desk.focus
        if focus.latest == "entity" and focus.entity is not None and self._view.selection() is None:
            self._done(self._desk.do(claiming.add_entity_as_source, claim.id, focus.entity), claim.id, None)
            return
        span = self._view.words(exact=exact)
        if span is None:
            self._desk.notices.refused.emit(f"Select who says it, then press {self._desk.keys.name('source')}.")
            return
        self._done(self._desk.do(claiming.add_source, claim.id, (span,)), claim.id, span)

    def set_cue(self, *, exact: bool = False) -> None:
        """Makes the selected words, or the word at the caret, the chosen claim's cue."""
        claim, span = self._chosen(), self._view.words(exact=exact)
        if claim is None:
            return
        if span is None:
            self._desk.notices.refused.emit("Select the words that show it is said, such as “claimed that”.")
            return
        self._done(self._desk.do(claiming.set_cue, claim.id, (span,)), claim.id, span)

    def step(self, *, forward: bool) -> None:
        """Chooses the next or previous claim in reading order."""
        claims = self._desk.contents.shown_claims()
        if not claims:
            self._desk.notices.refused.emit(
                f"There is no claim in this article yet: select what is said, press {self._desk.keys.name('claim')}."
            )
            return
        ids = [claim.id for claim in claims]
        focus = self._desk.focus
        if focus.claim in ids:
            # After a mention was chosen the first step goes back to the claim that is worked on.
            step = (1 if forward else -1) if focus.latest == "claim" else 0
            index = ids.index(focus.claim) + step
        else:
            index = 0 if forward else len(ids) - 1
        if 0 <= index < len(ids):
            self.choose(ids[index])
        else:
            self._desk.notices.refused.emit("This is the last claim." if forward else "This is the first claim.")

    def choose(self, claim: ClaimId) -> None:
        """Makes a claim the chosen one and shows its content."""
        found = self._desk.contents.claim(claim)
        if found is not None:
            self._desk.focus.choose_claim(claim)
            self._view.show_span(found.hull)

    def put_within(self, outer: ClaimId | None) -> None:
        """Puts the chosen claim inside another, or takes it out of all."""
        claim = self._chosen()
        if claim is not None:
            self._desk.do(claiming.set_within, claim.id, outer)

    def put_within_previous(self) -> None:
        """Puts the chosen claim inside the one before it; again: one step further out, then out of all."""
        claim = self._chosen()
        if claim is None:
            return
        if claim.within is not None:
            outer = self._desk.contents.claim(claim.within)
            self.put_within(outer.within if outer else None)
            return
        claims = [other for other in self._desk.contents.claims() if other.author == claim.author]
        index = [other.id for other in claims].index(claim.id)
        if index == 0:
            self._desk.notices.refused.emit("There is no claim before this one that it could be quoted in.")
            return
        self.put_within(claims[index - 1].id)

    def remove(self) -> None:
        """Deletes the chosen claim."""
        claim = self._chosen()
        if claim is not None and self._desk.do(claiming.delete_claim, claim.id) is not None:
            self._desk.focus.choose_claim(None)

    def _chosen(self) -> Claim | None:
        claim = self.claim
        if claim is None:
            self._desk.notices.refused.emit(
                f"Choose a claim first, or select what is said and press {self._desk.keys.name('claim')}."
            )
        return claim

    def _selected(self, what: str, *, exact: bool) -> Span | None:
        if self._view.selection() is None:
            self._desk.notices.refused.emit(f"Select {what} first.")
            return None
        return self._view.words(exact=exact)

    def _done(self, edit: Edit | None, claim: ClaimId, span: Span | None) -> None:
        if edit is not None:
            if span is not None:
                self._view.put_caret(span.end)
            self._desk.focus.choose_claim(claim)
