"""What words about days and numbers mean. Readings are proposals: nothing is filled in that the words leave open."""

from dataclasses import replace

from annotator.domain.intervals import Reading
from annotator.domain.quantities import Count
from annotator.domain.spans import Span, hull, quoted


def read_date(words: str, published: str, language: str = "") -> Reading:
    """The days that words mean in an article published then (an ISO date, may be empty) and of this language."""
    from annotator.nlp import dates

    return dates.read_date(words, published, language)


def read_count(text: str, spans: tuple[Span, ...], names: tuple[str, ...]) -> Count:
    """How many of whom the words tell: the first number in them. names are the schema's quantities.

    Words without a number come back as they are; what is empty where the words around do not say what is counted.
    """
    from annotator.nlp import quantities

    found = next(iter(quantities.read_counts(text, hull(spans))), None)
    if found is None:
        return Count(words=quoted(text, spans), span=hull(spans))
    return found if found.what in names else replace(found, what="")
