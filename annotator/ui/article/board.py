"""What is marked on the text that is shown: mentions, claims, zones, and what was searched for."""

from collections.abc import Iterable

from annotator.ui.article.decorations import Decorations
from annotator.ui.article.folds import Fold
from annotator.ui.article.lanes import Lanes
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.marks import Mark, MarkIndex
from annotator.ui.article.offsets import OffsetMap
from annotator.ui.article.ruler import Ruler


class Board:
    """Changes marks and has just the paragraphs drawn anew that are concerned."""

    def __init__(self, layout: ArticleLayout, decorations: Decorations, ruler: Ruler) -> None:
        self._layout, self._decorations, self._ruler = layout, decorations, ruler
        self._at_hand: tuple[Mark, ...] = ()

    def begin(self, offsets: OffsetMap, mentions: Iterable[Mark]) -> None:
        """Starts again on another text, which is about to be laid out."""
        self._decorations.begin(offsets)
        self._decorations.mentions = MarkIndex(offsets, mentions)

    @property
    def mentions(self) -> MarkIndex:
        """The mentions' marks."""
        return self._decorations.mentions

    @property
    def hits(self) -> MarkIndex:
        """The marks of what was searched for."""
        return self._decorations.hits

    @property
    def chosen(self) -> frozenset[str]:
        """The marks drawn strong."""
        return self._decorations.ink.chosen

    def show_mentions(self, mentions: Iterable[Mark]) -> None:
        """Shows these mentions' marks and no others."""
        before = self._decorations.mentions
        shown = self._decorations.mentions = MarkIndex(self._decorations.offsets, mentions)
        self._layout.repaint_blocks(before.paragraphs | shown.paragraphs)
        self._ruler.begin()

    def put(self, mark: Mark) -> None:
        """Adds a mention's mark or changes it."""
        self._ruler.remove(mark.id)
        self._layout.repaint_blocks(self._decorations.mentions.put(mark))
        self._ruler.put(mark)

    def remove(self, mark: str) -> None:
        """Takes a mention's mark away."""
        self._ruler.remove(mark)
        self._layout.repaint_blocks(self._decorations.mentions.remove(mark))

    def at(self, offset: int) -> list[Mark]:
        """The mentions' marks that hold the code point at offset, smallest first."""
        return self._decorations.mentions.at(offset)

    def choose(self, chosen: Iterable[str]) -> None:
        """Draws these marks strong and the others not."""
        before, self._decorations.ink.chosen = self._decorations.ink.chosen, frozenset(chosen)
        if before == self._decorations.ink.chosen:
            return
        self._ruler.update()
        changed = (self._decorations.mentions.get(mark) for mark in before ^ self._decorations.ink.chosen)
        spans = (span for mark in changed if mark for span in mark.spans)
        paragraph_at = self._decorations.offsets.paragraph_at
        self._layout.repaint_blocks(
            {n for span in spans for n in range(paragraph_at(span.start), paragraph_at(span.end - 1) + 1)}
        )

    # Claims

    def show_claims(self, parts: Iterable[Mark]) -> None:
        """Outlines these parts of claims and no others."""
        before = self._decorations.claims
        shown = self._decorations.claims = MarkIndex(self._decorations.offsets, parts)
        self._layout.repaint_blocks(before.paragraphs | shown.paragraphs)

    def put_claim(self, claim: str, parts: Iterable[Mark]) -> None:
        """Outlines the parts of one claim as they are now; none when it is gone."""
        wanted = {part.id: part for part in parts}
        gone = [mark.id for mark in self._decorations.claims if mark.id.startswith(claim) and mark.id not in wanted]
        touched = {number for mark in gone for number in self._decorations.claims.remove(mark)}
        self._ruler.update()
        for part in wanted.values():
            touched |= self._decorations.claims.put(part)
        self._layout.repaint_blocks(touched)

    def claims_at(self, offset: int) -> list[Mark]:
        """The parts of claims that hold the code point at offset, smallest first."""
        return self._decorations.claims.at(offset)

    def choose_claim(self, claim: str, parts: Iterable[Mark]) -> None:
        """Shows the parts of one claim strong instead of those shown so before."""
        before = self._decorations.parts
        shown = self._decorations.parts = MarkIndex(self._decorations.offsets, parts)
        if list(before) != list(shown) or self._decorations.chosen_claim != claim:
            self._decorations.chosen_claim = claim
            self._layout.repaint_blocks(before.paragraphs | shown.paragraphs)

    # Suggestions

    def show_suggestions(self, marks: Iterable[Mark]) -> None:
        """Outlines the parts of these suggestions and no others."""
        before = self._decorations.suggestions
        shown = self._decorations.suggestions = MarkIndex(self._decorations.offsets, marks)
        self._layout.repaint_blocks(before.paragraphs | shown.paragraphs)

    def put_suggestion(self, parts: Iterable[Mark]) -> None:
        """Outlines the parts of one suggestion more."""
        shown = self._decorations.suggestions
        self._layout.repaint_blocks({number for part in parts for number in shown.put(part)})

    def remove_suggestion(self, parts: Iterable[Mark]) -> None:
        """Outlines these parts of a suggestion no more."""
        shown = self._decorations.suggestions
        self._layout.repaint_blocks({number for part in parts for number in shown.remove(part.id)})

    def choose_suggestion(self, suggestion: str, parts: Iterable[Mark]) -> None:
        """Outlines one suggestion, of this id and with these parts, strong instead of the one before."""
        if suggestion == self._decorations.suggestion_at:
            return
        before, self._at_hand = self._at_hand, tuple(parts)
        self._decorations.suggestion_at = suggestion
        shown = self._decorations.suggestions
        there = [part for part in (*before, *self._at_hand) if shown.get(part.id)]
        self._layout.repaint_blocks({number for part in there for number in shown.put(part)})

    # What several annotators have

    def show_lanes(self, marks: Iterable[Mark], signs: tuple[str, ...], colours: tuple[str, ...]) -> None:
        """Draws lanes below the text in place of underlines; signs and colours are theirs, from the uppermost on."""
        before = self._decorations.lanes
        shown = self._decorations.lanes = Lanes(MarkIndex(self._decorations.offsets, marks), signs, colours)
        self._layout.repaint_blocks(shown.marks.paragraphs | (before.marks if before else self.mentions).paragraphs)

    def put_lane(self, mark: Mark) -> None:
        """Adds a mark to its lane or changes it."""
        if self._decorations.lanes is not None:
            self._layout.repaint_blocks(self._decorations.lanes.marks.put(mark))

    def remove_lane(self, mark: str) -> None:
        """Takes a mark out of its lane."""
        if self._decorations.lanes is not None:
            self._layout.repaint_blocks(self._decorations.lanes.marks.remove(mark))

    def hide_lanes(self) -> None:
        """Draws underlines again."""
        before, self._decorations.lanes = self._decorations.lanes, None
        if before is not None:
            self._layout.repaint_blocks(before.marks.paragraphs | self.mentions.paragraphs)

    # What was searched for, and zones

    def show_hits(self, hits: Iterable[Mark]) -> None:
        """Marks what was searched for instead of what was marked so before."""
        before = self._decorations.hits
        shown = self._decorations.hits = MarkIndex(self._decorations.offsets, hits)
        self._ruler.update()
        self._layout.repaint_blocks(before.paragraphs | shown.paragraphs)

    def show_zones(self, zones: Iterable[Mark]) -> None:
        """Draws these stretches quieter than the rest."""
        before = self._decorations.zones
        shown = self._decorations.zones = MarkIndex(self._decorations.offsets, zones)
        self._layout.set_again(before.paragraphs | shown.paragraphs)

    def fold(self, folds: Iterable[Fold]) -> None:
        """Folds these paragraphs away and no others."""
        self._layout.set_again(self._decorations.folds.set(folds))
