"""From keys to gestures on mentions: tagging, changing labels, moving edges, going from one to the next."""

from collections.abc import Callable

from annotator.domain.edits import Edit
from annotator.domain.ids import MentionId
from annotator.domain.mentions import Mention
from annotator.domain.spans import Span
from annotator.domain.words import next_word_end, next_word_start, previous_word_end, previous_word_start
from annotator.editing import linking, tagging
from annotator.editing.identifying import proposals
from annotator.ui.article.asking import Asking
from annotator.ui.article.moving import Moving
from annotator.ui.article.view import ArticleView
from annotator.ui.desk import Desk

_STEPS: dict[str, Callable[[str, int], int | None]] = {
    "start out": previous_word_start,
    "start in": next_word_start,
    "end out": next_word_end,
    "end in": previous_word_end,
}


class Marking:
    """What the keys on the article do. ask opens the finder for a mention whose entity is in doubt."""

    def __init__(self, desk: Desk, view: ArticleView, asking: Asking, moving: Moving) -> None:
        self._desk, self._view, self._asking, self._moving_on = desk, view, asking, moving
        self._recent: MentionId | None = None
        view.piece_wanted.connect(self.add_piece)
        view.clicked.connect(self.choose_at)
        view.caret_moved.connect(self._on_caret_moved)
        self._moving = False

    @property
    def mention(self) -> Mention | None:
        """The chosen mention."""
        return self._desk.contents.mention(self._desk.focus.mention)

    @property
    def recent(self) -> Mention | None:
        """The chosen mention, or the one of this article that was chosen last."""
        return self.mention or self._desk.contents.mention(self._recent)

    def tag(self, label: str, *, exact: bool = False) -> None:
        """Tags the selection; with none changes the chosen mention's label; with neither tags the word at the caret."""
        chosen = self.mention
        if self._view.selection() is None and chosen is not None:
            self.settle(self._desk.do(tagging.retag, chosen.id, label))
            return
        span, article = self._view.words(exact=exact), self._desk.focus.article
        if span is None or article is None:
            self._desk.notices.refused.emit("There is no word at the caret: select the words to tag.")
            return
        self.settle(self._desk.do(tagging.tag, article, (span,), label), self._moving_on.after_tag)

    def settle(self, edit: Edit | None, then: Callable[[], None] = lambda: None, names: tuple[str, ...] = ()) -> None:
        """Chooses the mention that an edit made, asks whom it names where that is in doubt, and goes on.

        names are those that the words may be short for, as far as a machine can tell.
        """
        mention = next((c.after for c in edit.changes if isinstance(c.after, Mention)), None) if edit else None
        if mention is None:
            return
        self.choose(mention, scroll=False)
        label = self._desk.schema.label(mention.label)
        in_doubt = mention.entity is None and label.links_to_entity
        if in_doubt and (names or proposals(self._desk.workspace.records, mention.quote, label).ranked):
            self._asking.entity_of(mention, then, names)
        else:
            then()

    def choose(self, mention: Mention, *, scroll: bool = True) -> None:
        """Makes a mention the chosen one; the caret goes to its end, with nothing selected."""
        self._moving = True
        if scroll:
            self._view.show_span(mention.hull)
        else:
            self._view.put_caret(mention.hull.end)
        self._moving = False
        self._recent = mention.id
        self._desk.focus.choose_mention(mention.id, mention.entity)

    def choose_at(self, offset: int) -> None:
        """Chooses the smallest mention at a place; a second click there the next larger one."""
        here = [mark.id for mark in self._view.board.at(offset)]
        if not here:
            self._desk.focus.choose_mention(None)
            return
        current: str = self._desk.focus.mention or ""
        following = here[(here.index(current) + 1) % len(here)] if current in here else here[0]
        mention = self._desk.contents.mention(MentionId(following))
        if mention is not None:
            self._recent = mention.id
            self._desk.focus.choose_mention(mention.id, mention.entity)

    def add_piece(self, *, exact: bool = False) -> None:
        """Adds the selected words to the chosen mention, or to the one chosen last."""
        mention = self.recent
        span = self._view.words(exact=exact) if self._view.selection() is not None else None
        if mention is None or span is None:
            self._desk.notices.refused.emit("Choose a mention, then select the words to add to it and press +.")
            return
        if self._desk.do(tagging.add_piece, mention.id, span) is not None:
            self.choose(self._desk.contents.mention(mention.id) or mention, scroll=False)

    def step(self, *, forward: bool) -> None:
        """Goes to the next or previous mention in reading order, from the chosen one or the caret."""
        contents, focus, caret = self._desk.contents, self._desk.focus, self._view.caret
        if forward:
            mention = contents.next_mention(caret, after=focus.mention)
        else:
            mention = contents.previous_mention(caret, before=focus.mention)
        if mention is None:
            side = "after" if forward else "before"
            self._desk.notices.refused.emit(f"There is no mention {side} this place.")
            return
        self.choose(mention)

    def remove(self) -> None:
        """Takes the chosen mention away."""
        mention = self.mention
        if mention is not None and self._desk.do(tagging.untag, mention.id) is not None:
            self._desk.focus.choose_mention(None)

    def move_edge(self, edge: str, *, exact: bool = False) -> None:
        """Moves an edge of the chosen mention, out or in, by a word or, when exact, by a character."""
        mention = self.mention
        if mention is None:
            return
        spans, text = list(mention.spans), self._view.text
        is_start = edge.startswith("start")
        span = spans[0] if is_start else spans[-1]
        place = span.start if is_start else span.end
        if exact:
            moved: int | None = place + (-1 if edge in {"start out", "end in"} else 1)
        else:
            moved = _STEPS[edge](text, place)
        start, end = (moved, span.end) if is_start else (span.start, moved)
        if start is None or end is None or not 0 <= start < end <= len(text):
            self._desk.notices.refused.emit("The edge cannot be moved further.")
            return
        spans[0 if is_start else -1] = Span(start, end)
        if self._desk.do(tagging.resize, mention.id, tuple(spans)) is not None:
            self._view.put_caret(end)
            self._desk.focus.choose_mention(mention.id, mention.entity)

    def set_kind(self, digit: int) -> None:
        """Gives the chosen mention's entity, or the chosen entity, the kind on a digit key.

        In flow, where every tag goes on by itself, it is the entity of the mention tagged last.
        """
        kind, entity = self._desk.schema.kind_with_digit(digit), self._desk.focus.entity
        if entity is None and self._moving_on.is_flowing and self.recent is not None:
            entity = self.recent.entity
        if kind is None or entity is None:
            self._desk.notices.refused.emit("Choose a mention or an entity first; the digit sets its kind.")
            return
        self._desk.do(linking.set_kind, entity, kind)

    def take_out(self) -> None:
        """Takes the chosen mention out of its entity."""
        mention = self.mention
        if mention is not None and self._desk.do(linking.unlink, mention.id) is not None:
            self._desk.focus.choose_mention(mention.id, None)

    def find_entity(self) -> None:
        """Opens the finder for the chosen mention."""
        mention = self.mention
        if mention is None:
            self.choose_at(self._view.caret)
            mention = self.mention
        if mention is None:
            self._desk.notices.refused.emit(
                f"Choose a mention first: {self._desk.keys.name('next mention')} goes to the next one."
            )
        elif not self._desk.schema.label(mention.label).links_to_entity:
            self._desk.notices.refused.emit("Mentions under this label name no entity.")
        else:
            self._asking.entity_of(mention)

    def _on_caret_moved(self) -> None:
        # Moving on with the caret lets go of the mention, so that the next key tags the new words.
        is_settled = not self._moving and not self._view.is_pressed
        if is_settled and self._desk.focus.mention is not None and self._view.hasFocus():
            mention = self.mention
            if mention is None or self._view.caret != mention.hull.end or self._view.selection() is not None:
                self._desk.focus.choose_mention(None)
