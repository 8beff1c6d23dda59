"""Reading numbers and dates out of an article's words, for the claim forms; a person looks at each."""

from annotator.domain.articles import Article
from annotator.domain.intervals import Reading
from annotator.domain.quantities import Count
from annotator.domain.spans import Span
from annotator.nlp import dates, quantities


def read_date(words: str, article: Article) -> Reading:
    """What words about time mean in an article, by its date and language."""
    return dates.read_date(words, article.published, article.language)


def read_counts(text: str, span: Span) -> list[Count]:
    """What the numbers inside a span of an article's text count, in code points of the text."""
    return quantities.read_counts(text, span)
