"""Growing a selection step by step: word, name, noun phrase, clause, quotation, sentence, paragraph."""

from collections.abc import Callable, Iterator

from annotator.domain.phrases import clause_at, name_at, quoted_at
from annotator.domain.spans import Span
from annotator.domain.words import word_at
from annotator.ui.article.sentences import sentence_at
from annotator.ui.article.view import ArticleView

Phrases = Callable[[str], list[Span]]
"""The noun phrases of a sentence, in code points of it; none while they are not known."""


class Widening:
    """Wider and narrower; phrases come from the language model where there is one."""

    def __init__(self, view: ArticleView, phrases: Phrases) -> None:
        self._view, self._phrases = view, phrases
        self._steps: list[Span | int] = []
        self._shown: Span | None = None

    def wider(self) -> bool:
        """Selects the next larger stretch around the selection; False when there is none."""
        view, selection = self._view, self._view.selection()
        if selection != self._shown or selection is None:
            self._steps = []
        start = selection or word_at(view.text, view.caret) or _next_to(view)
        if start is None:
            return False
        if selection is None:
            found: Span | None = start
        else:
            larger = (span for span in self._candidates(selection) if span.contains(selection) and span != selection)
            found = min(larger, key=len, default=None)
        if found is None:
            return False
        self._steps.append(selection or view.caret)
        self._shown = found
        view.select(found)
        return True

    def narrower(self) -> bool:
        """Goes back to what was selected before the last widening; False when nothing was widened."""
        if not self._steps or self._view.selection() != self._shown:
            return False
        before = self._steps.pop()
        if isinstance(before, Span):
            self._shown = before
            self._view.select(before)
        else:
            self._shown = None
            self._view.put_caret(before)
        return True

    def _candidates(self, selection: Span) -> Iterator[Span]:
        view, text = self._view, self._view.text
        start, end = view.offsets.paragraph(view.offsets.paragraph_at(selection.start))
        if selection.end > end:  # several paragraphs: only more of them
            last = view.offsets.paragraph_at(selection.end - 1)
            yield Span(start, view.offsets.paragraph(last)[1])
            yield Span(0, len(text))
            return
        sentence = sentence_at(view.offsets, selection.start)
        within = sentence if sentence is not None and sentence.contains(selection) else Span(start, end)
        around = (
            name_at(text, within.start, within.end, selection),
            clause_at(text, within.start, within.end, selection),
            quoted_at(text, start, end, selection),
        )
        yield from (span for span in around if span is not None)
        for phrase in self._phrases(within.cut(text)):
            yield Span(within.start + phrase.start, within.start + phrase.end)
        yield from (within, Span(start, end), Span(0, len(text)))


def _next_to(view: ArticleView) -> Span | None:
    """The word after the caret where it stands on none."""
    offset = view.caret
    while offset < len(view.text) and view.text[offset].isspace():
        offset += 1
    return word_at(view.text, offset) if offset < len(view.text) else None
