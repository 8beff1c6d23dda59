"""What stands between quote marks, whatever the marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.spans import Span
from annotator.nlp.quotations import Quotation, quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("He said ''yes'' and ``no''.", ["''yes''", "``no''"]),
        ("„Ja“, sagte er. «Oui», dit-il. »Nein«, sagte sie.", ["„Ja“", "«Oui»", "»Nein«"]),
        ("他说「好」。", ["「好」"]),
        ("‘It’s the workers’ bridge,’ he said.", ["‘It’s the workers’ bridge,’"]),
        ("The workers’ bridge isn't the miners’ one, is it?", []),
        ("A 6' wall and a 5\" nail.", []),
        ("He said “she called it ‘mine’ today”.", ["“she called it ‘mine’ today”"]),
        ("He said: “It is shut.\nShe left.", ["“It is shut."]),
        ("“It is shut.\n“It stays so.”", ["“It is shut.", "“It stays so.”"]),
        ("It is shut.” She left.", []),
        ("The 5” nail is here.\n\nNext.", []),
    ],
)
def test_quotations_are_found(text: str, found: list[str]) -> None:
    assert [quotation.span.cut(text) for quotation in quotations(text)] == found


def test_speech_that_the_next_paragraph_goes_on_with_says_so() -> None:
    text = "“It is shut.\n\n“It stays so.”"
    assert quotations(text) == [Quotation(Span(0, 12), goes_on=True), Quotation(Span(14, 28))]


@given(st.text(alphabet="ab .,\n'\"“”‘’„«»`", max_size=80))
def test_quotations_of_any_marks_are_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for quotation in quotations(text):
        assert end <= quotation.span.start < quotation.span.end <= len(text)
        assert "\n" not in quotation.span.cut(text)
        end = quotation.span.end
