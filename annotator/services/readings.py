"""What words about days and numbers mean. Readings are proposals: nothing is filled in that the words leave open."""

from annotator.domain.intervals import Reading
from annotator.domain.spans import Span
from annotator.nlp import dates, quantities


def read_date(words: str, published: str) -> Reading:
    """The days that words mean in an article published then (ISO date, may be empty)."""
    return dates.read(words, published)


def read_count(text: str, spans: tuple[Span, ...], names: tuple[str, ...]) -> quantities.Count:
    """How many of whom the spans of a text tell; names are the schema's quantities."""
    return quantities.read(text, spans[0] if len(spans) == 1 else Span(spans[0].start, spans[-1].end), names)
