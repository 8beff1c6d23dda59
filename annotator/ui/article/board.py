"""What is marked on the text that is shown: mentions, the parts of one claim, and the bars of all claims."""

from collections.abc import Iterable

from annotator.domain.spans import Span
from annotator.ui.article.decorations import Decorations
from annotator.ui.article.layout import ArticleLayout
from annotator.ui.article.marks import Mark, MarkIndex
from annotator.ui.article.offsets import OffsetMap


class Board:
    """Changes marks and has just the paragraphs drawn anew that are concerned."""

    def __init__(self, layout: ArticleLayout, decorations: Decorations) -> None:
        self._layout, self._decorations = layout, decorations
        self._offsets = OffsetMap("")
        self._mentions = MarkIndex(self._offsets)

    def begin(self, offsets: OffsetMap, marks: Iterable[Mark]) -> None:
        """Starts again on another text, which is about to be laid out."""
        self._offsets = offsets
        self._mentions = self._decorations.mentions = MarkIndex(offsets, marks)
        self._decorations.parts = None
        self._decorations.bars = set()
        self._decorations.chosen = frozenset()

    def put(self, mark: Mark) -> None:
        """Adds a mention's mark or changes it."""
        self._layout.repaint_blocks(self._mentions.put(mark))

    def remove(self, mark: str) -> None:
        """Takes a mention's mark away."""
        self._layout.repaint_blocks(self._mentions.remove(mark))

    def at(self, offset: int) -> list[Mark]:
        """The mentions' marks that hold the code point at offset, smallest first."""
        return self._mentions.at(offset)

    def choose(self, chosen: Iterable[str]) -> None:
        """Draws these marks strong and the others not."""
        before, self._decorations.chosen = self._decorations.chosen, frozenset(chosen)
        changed = (self._mentions.get(mark) for mark in before ^ self._decorations.chosen)
        spans = (span for mark in changed if mark for span in mark.spans)
        self._layout.repaint_blocks(self._paragraphs(spans))

    def show_parts(self, parts: Iterable[Mark]) -> None:
        """Shows the parts of one claim instead of those shown before."""
        before = self._decorations.parts
        shown = self._decorations.parts = MarkIndex(self._offsets, parts)
        self._layout.repaint_blocks({*(before.paragraphs if before else ()), *shown.paragraphs})

    def set_bars(self, spans: Iterable[Span]) -> None:
        """Draws a bar in the margin beside these words: there is a claim."""
        before, self._decorations.bars = self._decorations.bars, self._paragraphs(spans)
        self._layout.repaint_blocks(before ^ self._decorations.bars)

    def _paragraphs(self, spans: Iterable[Span]) -> set[int]:
        paragraph_at = self._offsets.paragraph_at
        return {n for span in spans for n in range(paragraph_at(span.start), paragraph_at(span.end - 1) + 1)}
