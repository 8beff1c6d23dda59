"""Moving and selecting beyond letters and words: by mention and claim, wider and narrower, from name to name."""

from annotator.domain.phrases import next_name
from annotator.domain.spans import Span
from annotator.services.language import PhraseFinder
from annotator.ui.article.trail import Trail
from annotator.ui.article.view import ArticleView
from annotator.ui.article.widening import Widening
from annotator.ui.desk import Desk


class Moving:
    """What the keys that move do. is_flowing says whether tagging goes on to the next name by itself."""

    def __init__(self, desk: Desk, view: ArticleView) -> None:
        self._desk, self._view = desk, view
        self._phrases = PhraseFinder()
        self._widening = Widening(view, self._find_phrases)
        self.trail = Trail(desk, view)
        self.is_flowing = False

    def _find_phrases(self, sentence: str) -> list[Span]:
        article = self._desk.contents.article
        return self._phrases.find(sentence, article.language if article else "")

    def widen(self) -> None:
        """Selects more: the word, the name, the phrase, the sentence, the paragraph, everything."""
        if not self._widening.wider():
            self._desk.notices.refused.emit("Everything is selected.")

    def narrow(self) -> None:
        """Takes back the last widening."""
        if not self._widening.narrower():
            self._desk.notices.refused.emit("There is no smaller selection to go back to: W makes it larger.")

    def by_mention(self, *, forward: bool, extend: bool) -> None:
        """Moves the caret to the next or previous mention; extending, to where it has taken the mention in."""
        caret, contents = self._view.caret, self._desk.contents
        mention = contents.next_mention(caret + (not extend)) if forward else contents.previous_mention(caret)
        if mention is None:
            self._desk.notices.refused.emit(f"There is no mention {'after' if forward else 'before'} this place.")
            return
        self._view.put_caret(mention.hull.end if forward and extend else mention.hull.start, keep_anchor=extend)

    def by_claim(self, *, forward: bool, extend: bool) -> None:
        """Moves the caret to the next or previous claim's content, extending the selection over it if asked."""
        caret, hulls = self._view.caret, [claim.hull for claim in self._desk.contents.shown_claims()]
        if forward:
            found = next((hull for hull in hulls if (hull.start >= caret if extend else hull.start > caret)), None)
        else:
            found = next((hull for hull in reversed(hulls) if hull.start < caret), None)
        if found is None:
            self._desk.notices.refused.emit(f"There is no claim {'after' if forward else 'before'} this place.")
            return
        self._view.put_caret(found.end if forward and extend else found.start, keep_anchor=extend)

    # From name to name

    def next_untagged(self) -> None:
        """Selects the next capitalised name that no mention covers and that is not in a zone out of play."""
        selection = self._view.selection()
        place = selection.end if selection else self._view.caret
        quiet = self._out_of_play()
        found = next_name(
            self._view.text, place, lambda name: any(span.overlaps(name) for span in quiet) or self._is_tagged(name)
        )
        if found is None:
            self._desk.notices.refused.emit("No untagged name follows: names are found by their capital letters.")
        else:
            self._view.show_span(found)
            self._view.select(found)

    def _out_of_play(self) -> list[Span]:
        kinds = self._desk.schema.out_of_play
        return [zone.span for zone in self._desk.contents.zones() if zone.kind in kinds]

    def _is_tagged(self, name: Span) -> bool:
        board = self._view.board
        return bool(board.at(name.start) or board.at(name.end - 1))

    def toggle_flow(self) -> None:
        """Switches going on to the next name after each tag on or off."""
        self.is_flowing = not self.is_flowing
        if self.is_flowing:
            self._desk.notices.said.emit("Flow: every tag goes on to the next untagged name. Shift+F ends it.")
            self.next_untagged()
        else:
            self._desk.notices.said.emit("Flow is off.")

    def after_tag(self) -> None:
        """Goes on to the next name, when that is wanted."""
        if self.is_flowing:
            self.next_untagged()
