"""Times that are part of a longer one, and months of last year, this year and next."""

import pytest

from annotator.domain.intervals import Interval
from annotator.nlp.dates import read_date

WEDNESDAY = "2021-08-25"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("August last year", "Aug 2020"),
        ("in August of last year", "Aug 2020"),
        ("last year's August", "Aug 2020"),
        ("last year's first quarter", "Jan–Mar 2020"),
        ("in the second week of August last year", "8–14 Aug 2020"),
        ("early August last year", "1–10 Aug 2020"),
        ("10 August last year", "10 Aug 2020"),
        ("August 10, last year", "10 Aug 2020"),
        ("Monday, 10 August last year", "10 Aug 2020"),
        ("August this year", "Aug 2021"),
        ("August next year", "Aug 2022"),
        ("Q1 last year", "Jan–Mar 2020"),
        ("August and September last year", "Aug–Sep 2020"),
        ("from August to September of the previous year", "Aug–Sep 2020"),
        ("from the end of last year to the start of this year", "Sep 2020 – Apr 2021"),
        ("the 5th of last month", "5 Jul 2021"),
        ("the end of last month", "21–31 Jul 2021"),
        ("the first week of the coming month", "1–7 Sep 2021"),
        ("by the end of the year", "until 31 Dec 2021"),
        ("the middle of the month", "11–20 Aug 2021"),
        ("earlier in the year", "1 Jan – 25 Aug 2021"),
        ("later in the month", "25–31 Aug 2021"),
        ("last year to date", "from 1 Jan 2020 on"),
        ("the end of the year 2019", "Sep–Dec 2019"),
        ("the first week of the month of July", "1–7 Jul 2021"),
        ("August of the year 2019", "Aug 2019"),
    ],
)
def test_a_month_or_part_belongs_to_the_year_or_month_that_is_named_with_it(words: str, expected: str) -> None:
    reading = read_date(words, WEDNESDAY)
    assert (reading.interval.words(), reading.choices) == (expected, ())


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("the end of last month", "2021-01-15", "21–31 Dec 2020"),
        ("the end of next month", "2021-12-15", "21–31 Jan 2022"),
        ("August last year", "2021", "Aug 2020"),
    ],
)
def test_the_month_before_january_is_december(words: str, published: str, expected: str) -> None:
    assert read_date(words, published).interval.words() == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the first half of August", "1–15 Aug 2021"),
        ("the second half of August 2021", "16–31 Aug 2021"),
        ("the latter half of February 2020", "16–29 Feb 2020"),
        ("the last half of 2020", "Jul–Dec 2020"),
        ("the 1st half of last year", "Jan–Jun 2020"),
        ("the first half of the month", "1–15 Aug 2021"),
        ("the first half of the 1990s", "1990–1994"),
        ("the second half of the 1990s", "1995–1999"),
    ],
)
def test_halves(words: str, expected: str) -> None:
    assert read_date(words, WEDNESDAY).interval.words() == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the first day of August", "1 Aug 2021"),
        ("the 2nd day of August", "2 Aug 2021"),
        ("the very last day of August", "31 Aug 2021"),
        ("the last day of the year", "31 Dec 2021"),
        ("the first three days of August", "1–3 Aug 2021"),
        ("the last 31 days of August", "Aug 2021"),
        ("the first three months of 2020", "Jan–Mar 2020"),
        ("in the first six months of the year", "Jan–Jun 2021"),
        ("the last five months of last year", "Aug–Dec 2020"),
        ("the first two weeks of August", "1–14 Aug 2021"),
        ("the last two weeks of August", "18–31 Aug 2021"),
        ("the last ten days of August", "22–31 Aug 2021"),
        ("the fourth Monday of February 2021", "22 Feb 2021"),
        ("the first Friday in August", "6 Aug 2021"),
        ("the first Sunday in August", "1 Aug 2021"),
        ("the third Tuesday in August", "17 Aug 2021"),
        ("the last Tuesday of August", "31 Aug 2021"),
        ("the last Wednesday of August", "25 Aug 2021"),
        ("the final Friday of last month", "30 Jul 2021"),
        ("the first weekend of August", "7–8 Aug 2021"),
        ("until the last day of August", "until 31 Aug 2021"),
    ],
)
def test_days_of_a_month_are_counted_from_its_beginning_or_its_end(words: str, expected: str) -> None:
    assert read_date(words, WEDNESDAY).interval.words() == expected


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("the first half of this week", "too vague"),
        ("the first half of the third quarter", "too vague"),
        ("the third half of August", "not understood"),
        ("the first days of August", "not understood"),
        ("the first 2 half of August", "not understood"),
        ("the first two Friday of August", "not understood"),
        ("the first 0 days of August", "not understood"),
        ("the first two months of this week", "too vague"),
        ("the first 13 months of 2020", "no such day"),
        ("the first months of 2020", "not understood"),
        ("the second three days of August", "not understood"),
        ("the first half of the war", "not understood"),
        ("the last Friday of Ramadan", "not understood"),
        ("the latter day of August", "not understood"),
        ("the last 32 days of August", "no such day"),
        ("the fourth Monday of 5 August", "no such day"),
        ("the second day of 5 August", "no such day"),
        ("3 p.m.", "time of day"),
        ("15:00 GMT", "time of day"),
        ("at noon", "time of day"),
        ("...", "no words"),
    ],
)
def test_parts_that_nothing_has_are_told(words: str, hint: str) -> None:
    reading = read_date(words, WEDNESDAY)
    assert reading.interval == Interval()
    assert hint in reading.problem


def test_a_month_of_last_year_needs_the_articles_date() -> None:
    assert "publication date" in read_date("August last year").problem
    assert read_date("the last Friday of August 2021").interval.words() == "27 Aug 2021"
