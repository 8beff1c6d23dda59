"""Reading numbers and dates out of an article's words, for the claim forms; a person looks at each."""

from dataclasses import replace

from annotator.domain.articles import Article
from annotator.domain.intervals import Reading
from annotator.domain.quantities import Count
from annotator.domain.spans import Span, hull, quoted


def read_date(words: str, article: Article) -> Reading:
    """What words about time mean in an article, by its date and language."""
    from annotator.nlp import dates

    return dates.read_date(words, article.published, article.language)


def read_counts(text: str, span: Span) -> list[Count]:
    """What the numbers inside a span of an article's text count, in code points of the text."""
    from annotator.nlp import quantities

    return quantities.read_counts(text, span)


def read_count(text: str, spans: tuple[Span, ...], names: tuple[str, ...]) -> Count:
    """How many of whom the words tell: the first number in them. names are the schema's quantities.

    Words without a number come back as they are; what is empty where the words around do not say what is counted.
    """
    found = next(iter(read_counts(text, hull(spans))), None)
    if found is None:
        return Count(words=quoted(text, spans), span=hull(spans))
    return found if found.what in names else replace(found, what="")
