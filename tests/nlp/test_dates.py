"""Words about time become intervals; what is ambiguous is asked, what is vague is kept as words."""

import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.domain.intervals import Interval
from annotator.nlp.dates import read_date

SUNDAY = "2021-08-22"
"""The day of the article in most tests, a Sunday."""

SURE = [
    # in many spellings
    ("August 20", "20 Aug 2021"),
    ("20 Aug 2021", "20 Aug 2021"),
    ("20th of August, 2021", "20 Aug 2021"),
    ("Aug. 20, 2021", "20 Aug 2021"),
    ("20-Aug-2021", "20 Aug 2021"),
    ("20.08.2021", "20 Aug 2021"),
    ("20.8", "20 Aug 2021"),
    ("2021-08-20", "20 Aug 2021"),
    ("2021-08-20T14:30Z", "20 Aug 2021"),
    ("2021/08/20", "20 Aug 2021"),
    ("13/04/2021", "13 Apr 2021"),
    ("05.08.2021", "5 Aug 2021"),
    ("31/07/2021", "31 Jul 2021"),
    ("31 July", "31 Jul 2021"),
    ("1 March", "1 Mar 2021"),
    ("Thursday 5/8/2021", "5 Aug 2021"),
    ("Saturday 5/8/2021", "8 May 2021"),
    ("Sunday, 22/8", "22 Aug 2021"),
    ("Saturday, December 5", "5 Dec 2020"),
    ("Sunday, December 5", "5 Dec 2021"),
    ("20 Aug 1000", "20 Aug 1000"),
    ("04/13/2021", "13 Apr 2021"),
    ("04/04/2021", "4 Apr 2021"),
    ("September 11 2001", "11 Sep 2001"),
    ("on the morning of August 20", "20 Aug 2021"),
    ("at 3 p.m. on Friday, August 20,", "20 Aug 2021"),
    ("٢٠/٠٨/٢٠٢١", "20 Aug 2021"),
    # ranges
    ("Aug. 20-22", "20–22 Aug 2021"),
    ("20–22 August 2021", "20–22 Aug 2021"),
    ("between 5 and 7 August", "5–7 Aug 2021"),
    ("between August 5 and August 7", "5–7 Aug 2021"),
    ("from 3 May to 7 June 2020", "3 May – 7 Jun 2020"),
    ("from December 28, 2020 to January 3", "28 Dec 2020 – 3 Jan 2021"),
    ("from December '99 to January '03", "Dec 1999 – Jan 2003"),
    ("from December '98 to January 1999", "Dec 1998 – Jan 1999"),
    ("August 20, 21 and 22", "20–22 Aug 2021"),
    ("August 20, 2021 to August 22, 2021", "20–22 Aug 2021"),
    ("August-September 2020", "Aug–Sep 2020"),
    ("late May or early June", "21 May – 10 Jun 2021"),
    ("2019-2020", "2019–2020"),
    ("from Monday to Wednesday", "16–18 Aug 2021"),
    ("Friday and Saturday", "20–21 Aug 2021"),
    # longer times
    ("August 2021", "Aug 2021"),
    ("in May", "May 2021"),
    ("2021-07", "Jul 2021"),
    ("2019", "2019"),
    ("Q3 2020", "Jul–Sep 2020"),
    ("the third quarter of 2020", "Jul–Sep 2020"),
    ("first half of 2020", "Jan–Jun 2020"),
    ("the 1990s", "1990–1999"),
    ("early 1980s", "1980–1983"),
    ("the '80s", "1980–1989"),
    ("early August", "1–10 Aug 2021"),
    ("mid third quarter of 2020", "Aug 2020"),
    ("late fourth quarter of 2020", "Dec 2020"),
    ("early second half of 2020", "Jul–Aug 2020"),
    ("the end of the second half of 2020", "Nov–Dec 2020"),
    ("mid-August", "11–20 Aug 2021"),
    ("the end of July", "21–31 Jul 2021"),
    ("first week of August", "1–7 Aug 2021"),
    ("the last week of July", "25–31 Jul 2021"),
    ("the first week of 2021", "1–7 Jan 2021"),
    ("the last week of 2020", "25–31 Dec 2020"),
    ("second week of the third quarter of 2020", "8–14 Jul 2020"),
    ("the last week of the second quarter of 2020", "24–30 Jun 2020"),
    ("the week of August 18", "16–22 Aug 2021"),
    ("the weekend of August 14", "14–15 Aug 2021"),
    ("mid-2020", "May–Aug 2020"),
    ("late last year", "Sep–Dec 2020"),
    ("last year", "2020"),
    ("this month", "Aug 2021"),
    ("earlier this month", "1–22 Aug 2021"),
    ("last month", "Jul 2021"),
    ("last quarter", "Apr–Jun 2021"),
    ("in the last quarter", "Apr–Jun 2021"),
    ("late last quarter", "Jun 2021"),
    ("the last quarter of 2020", "Oct–Dec 2020"),
    ("last decade", "2010–2019"),
    ("early last decade", "2010–2013"),
    ("mid last decade", "2014–2016"),
    ("late last decade", "2017–2019"),
    # counted from the article's day
    ("on Friday", "20 Aug 2021"),
    ("Friday night", "20 Aug 2021"),
    ("before dawn on Saturday", "21 Aug 2021"),
    ("Friday's", "20 Aug 2021"),
    ("in the last two weeks", "9–22 Aug 2021"),
    ("late on Friday", "20 Aug 2021"),
    ("last Sunday", "15 Aug 2021"),
    ("coming Friday", "27 Aug 2021"),
    ("today", "22 Aug 2021"),
    ("yesterday evening", "21 Aug 2021"),
    ("the day before yesterday", "20 Aug 2021"),
    ("tomorrow", "23 Aug 2021"),
    ("overnight", "21–22 Aug 2021"),
    ("last night", "21–22 Aug 2021"),
    ("three days ago", "19 Aug 2021"),
    ("a day ago", "21 Aug 2021"),
    ("twenty-one days ago", "1 Aug 2021"),
    ("two weeks ago", "5–11 Aug 2021"),
    ("two months ago", "Jun 2021"),
    ("a year ago", "2020"),
    ("in three days", "25 Aug 2021"),
    ("the past three days", "20–22 Aug 2021"),
    ("the last 24 hours", "21–22 Aug 2021"),
    # open ends
    ("since Monday", "from 16 Aug 2021 on"),
    ("since the day before yesterday", "from 20 Aug 2021 on"),
    ("until the day after tomorrow", "until 24 Aug 2021"),
    ("from 3 May 2020 on", "from 3 May 2020 on"),
    ("from May 2020", "from 1 May 2020 on"),
    ("after 9 August", "from 10 Aug 2021 on"),
    ("until March", "until 31 Mar 2021"),
    ("by Tuesday", "until 17 Aug 2021"),
    ("before 2019", "until 31 Dec 2018"),
    ("by the end of 2021", "until 31 Dec 2021"),
    ("two weeks before 10 September 2021", "27 Aug 2021"),
    ("the day after August 10", "11 Aug 2021"),
    # other languages
    ("20 de agosto de 2021", "20 Aug 2021"),
    ("el viernes", "20 Aug 2021"),
    ("ayer", "21 Aug 2021"),
    ("agosto de 2020", "Aug 2020"),
    ("la semana pasada", "9–15 Aug 2021"),
    ("20 августа 2021 года", "20 Aug 2021"),
    ("в пятницу", "20 Aug 2021"),
    ("август 2020", "Aug 2020"),
    ("٢٠ أغسطس ٢٠٢١", "20 Aug 2021"),
    ("يوم الجمعة", "20 Aug 2021"),
    ("أمس", "21 Aug 2021"),
    ("20 اوت 2021", "20 Aug 2021"),
    ("دیروز", "21 Aug 2021"),
    ("2021年8月20日", "20 Aug 2021"),
    ("le 20 août 2021", "20 Aug 2021"),
]


@pytest.mark.parametrize(("words", "expected"), SURE)
def test_clear_words_become_an_interval(words: str, expected: str) -> None:
    reading = read_date(words, SUNDAY)
    assert (reading.interval.words(), reading.choices) == (expected, ())


ASKED = [
    ("Sunday", SUNDAY, ["22 Aug 2021", "15 Aug 2021"]),
    ("on Friday", "2021-08-20", ["20 Aug 2021", "13 Aug 2021"]),
    ("since Sunday", SUNDAY, ["from 22 Aug 2021 on", "from 15 Aug 2021 on"]),
    ("next Friday", SUNDAY, ["27 Aug 2021", "3 Sep 2021"]),
    ("last Friday", SUNDAY, ["20 Aug 2021", "13 Aug 2021"]),
    ("this Friday", SUNDAY, ["20 Aug 2021", "27 Aug 2021"]),
    ("overnight Friday", SUNDAY, ["19–20 Aug 2021", "20–21 Aug 2021"]),
    ("the weekend", SUNDAY, ["21–22 Aug 2021", "14–15 Aug 2021"]),
    ("03/04/2021", SUNDAY, ["3 Apr 2021", "4 Mar 2021"]),
    ("03/04/21", SUNDAY, ["3 Apr 2021", "3 Apr 1921", "4 Mar 2021", "4 Mar 1921"]),
    ("20 Aug 21", SUNDAY, ["20 Aug 2021", "20 Aug 1921"]),
    ("summer of '20", SUNDAY, ["Jun–Aug 2020", "Jun–Aug 1920"]),
    ("August '19 to September '20", SUNDAY, ["Aug 2019 – Sep 2020", "Aug 1919 – Sep 1920"]),
    ("this winter", SUNDAY, ["Dec 2020 – Feb 2021", "Dec 2021 – Feb 2022"]),
    ("December 5", SUNDAY, ["5 Dec 2020", "5 Dec 2021"]),
    ("the '20s", SUNDAY, ["2020–2029", "1920–1929"]),
    ("late winter 2020", SUNDAY, ["Feb 2021", "Feb 2020"]),
    ("mid-winter 2020", SUNDAY, ["Jan 2021", "Jan 2020"]),
    ("05-08-2021", SUNDAY, ["5 Aug 2021", "8 May 2021"]),
    ("1/2", SUNDAY, ["1 Feb 2021", "1 Feb 2022", "2 Jan 2021", "2 Jan 2022"]),
    ("2/2", SUNDAY, ["2 Feb 2021", "2 Feb 2022"]),
    ("Friday 5/8/2021", SUNDAY, ["5 Aug 2021", "8 May 2021"]),
    ("Monday, December 5", SUNDAY, ["5 Dec 2020", "5 Dec 2021"]),
    ("Saturday 20 Aug 21", SUNDAY, ["20 Aug 2021", "20 Aug 1921"]),
    ("winter 2020", SUNDAY, ["Dec 2020 – Feb 2021", "Dec 2019 – Feb 2020"]),
    ("last July", SUNDAY, ["Jul 2021", "Jul 2020"]),
    ("February 29", SUNDAY, ["29 Feb 2020", "29 Feb 2024"]),
    ("December 28 to January 3", SUNDAY, ["28 Dec 2020 – 3 Jan 2021", "28 Dec 2021 – 3 Jan 2022"]),
    ("5 декабря", SUNDAY, ["5 Dec 2020", "5 Dec 2021"]),
    ("domingo", SUNDAY, ["22 Aug 2021", "15 Aug 2021"]),
    ("9/11", SUNDAY, ["11 Sep 2001", "9 Nov 2020", "9 Nov 2021", "11 Sep 2020", "11 Sep 2021"]),
    ("two days before 9/11", SUNDAY, ["9 Sep 2001", "7 Nov 2020", "7 Nov 2021", "9 Sep 2020", "9 Sep 2021"]),
    ("20 de agosto", "2021", ["20 Aug 2020", "20 Aug 2021"]),
    ("on Friday", "2021-08", ["30 Jul 2021", "6 Aug 2021", "13 Aug 2021", "20 Aug 2021", "27 Aug 2021"]),
]


@pytest.mark.parametrize(("words", "published", "expected"), ASKED)
def test_ambiguous_words_are_asked(words: str, published: str, expected: list[str]) -> None:
    reading = read_date(words, published)
    assert reading.interval == Interval()
    assert sorted(choice.interval.words() for choice in reading.choices) == sorted(expected)
    assert "choose one" in reading.problem
    assert all(choice.why for choice in reading.choices) or published != SUNDAY or words == "last July"


@pytest.mark.parametrize(
    ("words", "expected", "hint"),
    [
        ("On Wednesday, 19 August", "19 Aug 2021", "19 Aug 2021 is a Thursday, not a Wednesday; both are kept."),
        ("Friday, August 19", "19 Aug 2021", "is a Thursday, not a Friday"),
        ("Friday 13/08/2020", "13 Aug 2020", "is a Thursday, not a Friday"),
        ("Thursday, August 19", "19 Aug 2021", ""),
        ("from Thursday 19 August to Friday 20 August", "19–20 Aug 2021", ""),
        ("from Friday 19 August to Friday 20 August", "19–20 Aug 2021", "is a Thursday, not a Friday"),
        ("summer 2020", "Jun–Aug 2020", "northern hemisphere"),
        ("last week", "9–15 Aug 2021", "begin on Monday"),
        ("last weekend", "14–15 Aug 2021", "Saturday and Sunday"),
        ("two weeks earlier", "5–11 Aug 2021", "may count from another day"),
        ("around August 20", "20 Aug 2021", "Around"),
        ("۲۹ مرداد ۱۴۰۰", "20 Aug 2021", "solar Hijri"),
        ("29 Asad 1400", "20 Aug 2021", "solar Hijri"),
        ("1400/5/29", "20 Aug 2021", "solar Hijri"),
        ("۳۰ حوت ۱۳۹۹", "20 Mar 2021", "solar Hijri"),
    ],
)
def test_a_reading_may_come_with_a_warning(words: str, expected: str, hint: str) -> None:
    reading = read_date(words, SUNDAY)
    assert reading.interval.words() == expected
    assert hint in reading.problem
    assert bool(hint) == bool(reading.problem)


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("in recent days", "too vague"),
        ("dozens of days", "too vague"),
        ("a few weeks ago", "too vague"),
        ("several months earlier", "too vague"),
        ("recently", "too vague"),
        ("since recently", "too vague"),
        ("the next day", "count from another day"),
        ("30 February 2021", "no such day"),
        ("a million years ago", "no such day"),
        ("from 7 to 5 August", "ends before it begins"),
        ("from 03/04/21 to 05/06/21", "too many ways"),
        ("twelve men", "“twelve men” was not understood"),
        ("12", "not understood"),
        ("", "no words"),
        ("hola amigos", "not understood"),
        ("the week of nonsense", "not understood"),
        ("two days before the vote", "not understood"),
        ("a few days before 20 August", "too vague"),
        ("around nonsense", "not understood"),
        ("from nonsense to 20 August", "not understood"),
        ("from 20 August to nonsense", "not understood"),
    ],
)
def test_words_without_an_interval_say_why(words: str, hint: str) -> None:
    reading = read_date(words, SUNDAY)
    assert reading.interval == Interval()
    assert hint in reading.problem
    assert reading.problem.endswith(".")


@pytest.mark.parametrize(
    "words", ["on Friday", "last year", "August 20", "three days ago", "ayer", "в пятницу", "20 de agosto"]
)
def test_without_the_articles_date_relative_words_ask_for_it(words: str) -> None:
    reading = read_date(words)
    assert reading.interval == Interval()
    assert "needs" in reading.problem or "need the article's publication date" in reading.problem


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("9/11", "", "11 Sep 2001"),
        ("20 August 2021", "", "20 Aug 2021"),
        ("since 2019", "", "from 1 Jan 2019 on"),
        ("20 августа 2021", "", "20 Aug 2021"),
        ("last month", "2021-08", "Jul 2021"),
        ("last year", "2021", "2020"),
        ("Monday to Wednesday", "2021-08-24", "16–18 Aug 2021"),
        ("on Friday", "2021-08-22T10:00", "20 Aug 2021"),
        ("20 August 2021", "2021-08", "20 Aug 2021"),
        ("on Friday", "not a date", ""),
        ("on Friday", "2021", ""),
    ],
)
def test_what_is_known_of_the_publication_is_enough_or_not(words: str, published: str, expected: str) -> None:
    reading = read_date(words, published)
    assert reading.interval.words() == expected
    assert bool(reading.problem) == (not expected)


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("this winter", "2021-12-15", "Dec 2021 – Feb 2022"),
        ("this winter", "2022-01-15", "Dec 2021 – Feb 2022"),
        ("this autumn", SUNDAY, "Sep–Nov 2021"),
        ("this summer", "2021-12-15", "Jun–Aug 2021"),
        ("this December", "2021-12-15", "Dec 2021"),
    ],
)
def test_this_season_is_the_one_that_lasts_or_that_of_the_year(words: str, published: str, expected: str) -> None:
    assert read_date(words, published).interval.words() == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("20 Ağustos 2021", "tr", "20 Aug 2021"),
        ("gestern", "de-AT", "21 Aug 2021"),
        ("20 серпня 2021", "uk", "20 Aug 2021"),
        ("۲۰ اګست ۲۰۲۱", "ps", "20 Aug 2021"),
        ("20 Aug 2021", "xx", "20 Aug 2021"),
        ("gestern", "xx", ""),
    ],
)
def test_the_articles_language_is_used(words: str, language: str, expected: str) -> None:
    assert read_date(words, SUNDAY, language).interval.words() == expected


def test_new_year_of_the_solar_calendar_over_fifty_years() -> None:
    # Equinox days as published for these years.
    known = {
        1353: (1974, 3, 21),
        1370: (1991, 3, 21),
        1371: (1992, 3, 21),
        1375: (1996, 3, 20),
        1396: (2017, 3, 21),
        1404: (2025, 3, 21),
    }
    for year, day in known.items():
        assert read_date(f"1 Hamal {year}").earliest == date(*day).isoformat()


PIECES = (
    "on since until between and to from - 20 August 2021 Friday last next week early mid late of the '21 03/04/21 ago "
    "three days in recent weekend q3 2020s summer a , . / 1400 مرداد ayer 29 February 0 99999 after before around or"
    " the first half day days year month"
).split()
WORDS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join), st.text(max_size=30))


@settings(max_examples=300)
@given(WORDS, st.sampled_from(["", "2021", "2021-08", SUNDAY, "0001-01-01", "9999-12-31", "junk"]))
@example("0 weeks ago", "9999-12-31")
@example("next month", "9999-12-31")
@example("last decade", "0001-01-01")
def test_no_words_break_the_reader(words: str, published: str) -> None:
    reading = read_date(words, published)
    assert not (reading.choices and not reading.interval.is_empty)
    assert reading.problem or not reading.interval.is_empty
    assert len(reading.choices) != 1


@pytest.mark.parametrize(
    "words", ["from to until and or - " * 20, "since " * 60, "in the " * 40 + "x", "9" * 199, "a-" * 99]
)
def test_no_words_take_long(words: str) -> None:
    begun = time.perf_counter()
    read_date(words, SUNDAY)
    assert time.perf_counter() - begun < 5  # ranges in ranges would take minutes
