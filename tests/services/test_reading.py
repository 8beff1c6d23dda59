"""Numbers and dates of an article are read by its own date and language."""

from annotator.domain.spans import Span
from annotator.services.reading import read_counts, read_date
from tests.building import make_article

TEXT = "On Friday the fighters killed 15 Taliban fighters. Det var igår."


def test_a_date_is_read_by_the_articles_date_and_language() -> None:
    article = make_article(TEXT, published="2021-08-21", language="sv-SE")
    assert read_date("On Friday", article).interval.words() == "20 Aug 2021"
    assert read_date("igår", article).interval.words() == "20 Aug 2021"
    assert "publication date" in read_date("On Friday", make_article(TEXT)).problem


def test_a_number_is_read_with_its_place_in_the_article() -> None:
    start = TEXT.index("15")
    (count,) = read_counts(TEXT, Span(start, start + 2))
    assert (count.what, count.best, count.whom_words) == ("killed", 15, "Taliban fighters")
    assert count.whom_span == Span(start + 3, start + 19)
