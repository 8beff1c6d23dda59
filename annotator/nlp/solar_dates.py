"""Dates of the solar Hijri calendar, which Afghan and Iranian papers print: “۲۹ مرداد ۱۴۰۰”, “29 Asad 1400”."""

import re
from datetime import date, timedelta

from annotator.domain.intervals import Interval
from annotator.domain.languages import code_of
from annotator.nlp.calendar_dates import Found, asked, sure
from annotator.nlp.word_lists import word_list

_FIRST, _LAST = 1250, 1480
"""Years in which the 33-year rule gives the calendar's leap years."""
_NOWRUZ_1400 = date(2021, 3, 21)
_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})\s+)?(?:از\s+)?(?P<month>[^\W\d_]+)(?:\s+ماه)?[\s,،]+(?:سال\s+)?(?P<year>1[2-4]\d\d)"
)
_YEAR = re.compile(r"(?:(?:در|به|په)\s+)?(?:(?:سال|کال)\s+(?P<year>1[2-4]\d\d)|(?P<before>1[2-4]\d\d)\s+کال)")
_BARE_YEAR = re.compile(r"(?:(?:در|به|په)\s+)?(?P<year>1[2-4]\d\d)")
_WRITTEN_IN = {"fa", "ps"}
"""Codes of the languages whose papers date by it."""
_NUMBERS = re.compile(r"(?P<year>1[34]\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})")


def read_solar(text: str, language: str = "") -> Found | None:
    """A day or month with its solar year, in Persian, Dari, Pashto or Latin letters; None for other words.

    A year alone may be one where the article's language, a BCP 47 tag, is written by that calendar.
    """
    if whole := _YEAR.fullmatch(text):
        return _whole_year(int(whole["year"] or whole["before"]))
    if (bare := _BARE_YEAR.fullmatch(text)) and code_of(language) in _WRITTEN_IN:
        return _either_year(int(bare["year"]))
    match = _WORDS.fullmatch(text) or _NUMBERS.fullmatch(text)
    if match is None:
        return None
    month = (
        int(match["month"]) if match["month"].isdecimal() else word_list("dates")["solar_months"].get(match["month"], 0)
    )
    year, day = int(match["year"]), int(match["day"] or 0)
    if not (_FIRST <= year <= _LAST and 1 <= month <= 12 and day <= _days_in(year, month)):
        return None
    start = _new_year(year) + timedelta(sum(_days_in(year, before) for before in range(1, month)))
    if day:
        return sure(Interval.of(start + timedelta(day - 1)), "Taken as a date of the solar Hijri calendar.")
    last = start + timedelta(_days_in(year, month) - 1)
    return sure(Interval.of(start, last), "Taken as a month of the solar Hijri calendar.")


def _whole_year(year: int) -> Found | None:
    if not _FIRST <= year <= _LAST:
        return None
    last = _new_year(year + 1) - timedelta(1)
    return sure(Interval.of(_new_year(year), last), "Taken as a year of the solar Hijri calendar.")


def _either_year(year: int) -> Found | None:
    solar = _whole_year(year)
    if solar is None:
        return None
    (choice,) = solar.choices
    return asked(
        (choice.interval, "a year of the solar Hijri calendar"),
        (Interval.of_month(year, 1, 12), "a year of the Common Era"),
    )


def _is_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def _days_in(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or _is_leap(year) else 29


def _new_year(year: int) -> date:
    step = 1 if year > 1400 else -1
    between = range(1400, year) if year > 1400 else range(year, 1400)
    return _NOWRUZ_1400 + step * timedelta(sum(365 + _is_leap(y) for y in between))
