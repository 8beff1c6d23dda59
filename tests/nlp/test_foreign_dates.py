"""Years and months in other languages than English, and what must not be taken for something else."""

import pytest

from annotator.domain.intervals import Interval
from annotator.nlp.dates import read_date

WEDNESDAY = "2021-08-25"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("в 2019 году", "ru"),
        ("2019 года", "ru"),
        ("в 2019 г.", "ru"),
        ("у 2019 році", "uk"),
        ("im Jahr 2019", "de"),
        ("en el año 2019", "es"),
        ("no ano de 2019", "pt"),
        ("en l'année 2019", "fr"),
        ("nell'anno 2019", "it"),
        ("w 2019 roku", "pl"),
        ("2019 yılında", "tr"),
        ("през 2019 г.", "bg"),
        ("في عام ٢٠١٩", "ar"),
        ("در سال ۲۰۱۹", "fa"),
        ("2019年", "zh"),
    ],
)
def test_a_year_is_that_year_and_not_so_many_years_ago(words: str, language: str) -> None:
    assert read_date(words, WEDNESDAY, language).interval.words() == "2019"
    assert read_date(words, "", language).interval.words() == "2019"


@pytest.mark.parametrize("words", ["с 2019 года", "в августе 2019 года", "في عام 1442", "2019 лет назад"])
def test_words_that_state_a_year_are_no_other_year(words: str) -> None:
    reading = read_date(words, WEDNESDAY)
    assert (reading.interval, reading.choices) == (Interval(), ())


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("août", "2021-08-25", "Aug 2021"),
        ("août", "2021-08-01", "Aug 2021"),
        ("en juillet", "2021-08-25", "Jul 2021"),
        ("septembre", "2021-08-25", ""),
        ("février", "2021-08-30", "Feb 2021"),
        ("février", "2021-08-31", ""),
        ("15 août", "2021-08-15", "15 Aug 2021"),
    ],
)
def test_a_month_that_has_begun_is_not_asked(words: str, published: str, expected: str) -> None:
    reading = read_date(words, published, "fr")
    assert reading.interval.words() == expected
    assert len(reading.choices) == (0 if expected else 2)


@pytest.mark.parametrize("words", ["سال ۱۳۹۸", "در سال ۱۳۹۸", "په ۱۳۹۸ کال"])
def test_a_solar_year_is_no_year_of_the_middle_ages(words: str) -> None:
    reading = read_date(words, WEDNESDAY, "fa")
    assert reading.interval.words() == "21 Mar 2019 – 19 Mar 2020"
    assert "solar Hijri" in reading.problem


@pytest.mark.parametrize("language", ["fa", "fa-AF", "prs", "Persian", "ps"])
@pytest.mark.parametrize("words", ["۱۳۹۸", "1398", "در ۱۳۹۸"])
def test_a_year_alone_in_a_persian_article_is_asked(words: str, language: str) -> None:
    reading = read_date(words, WEDNESDAY, language)
    assert (reading.interval, [choice.interval.words() for choice in reading.choices]) == (
        Interval(),
        ["21 Mar 2019 – 19 Mar 2020", "1398"],
    )
    assert "solar Hijri" in reading.choices[0].why


@pytest.mark.parametrize(("words", "language"), [("2019", "fa"), ("۲۰۱۹", "fa"), ("1398", "en"), ("1398", "")])
def test_other_years_alone_are_not_asked(words: str, language: str) -> None:
    assert read_date(words, WEDNESDAY, language).interval.words() in {"2019", "1398"}


@pytest.mark.parametrize(
    ("words", "language", "days"),
    [
        ("कल", "hi", ["24 Aug 2021", "26 Aug 2021"]),
        ("कल", "Hindi", ["24 Aug 2021", "26 Aug 2021"]),
        ("कल", "", ["24 Aug 2021", "26 Aug 2021"]),
        ("परसों", "hi", ["23 Aug 2021", "27 Aug 2021"]),
        ("کل", "ur", ["24 Aug 2021", "26 Aug 2021"]),
        ("কাল", "bn", ["24 Aug 2021", "26 Aug 2021"]),
        ("ਕੱਲ੍ਹ", "pa", ["24 Aug 2021", "26 Aug 2021"]),
        ("کل", "fa", []),  # “all” in Persian
    ],
)
def test_a_word_for_yesterday_and_tomorrow_alike_is_asked(words: str, language: str, days: list[str]) -> None:
    reading = read_date(words, WEDNESDAY, language)
    assert (reading.interval, [choice.interval.words() for choice in reading.choices]) == (Interval(), days)
    assert not days or "publication date" in read_date(words, "", language).problem


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("۱ حمل ۱۲۵۰", "21 Mar 1871"),
        ("۳۰ حوت ۱۴۰۳", "20 Mar 2025"),
        ("۲۹ حوت ۱۴۰۰", "20 Mar 2022"),
        ("۳۱ سنبله ۱۴۰۰", "22 Sep 2021"),
        ("حوت ۱۴۰۰", "20 Feb – 20 Mar 2022"),
        ("1400/7/30", "22 Oct 2021"),
        ("1400-12-29", "20 Mar 2022"),
    ],
)
def test_days_at_the_ends_of_solar_months(words: str, expected: str) -> None:
    assert read_date(words, "", "fa").interval.words() == expected


@pytest.mark.parametrize("words", ["۳۰ حوت ۱۴۰۰", "۳۱ میزان ۱۴۰۰", "1400/13/1", "1400/0/1", "سال ۱۴۸۱", "۱ حمل ۱۲۴۹"])
def test_days_that_the_solar_calendar_does_not_have(words: str) -> None:
    assert read_date(words, "2021-08-25", "fa").interval == Interval()
