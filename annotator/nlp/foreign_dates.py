"""Dates in other languages, read with dateparser; what it would guess is asked here instead."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from annotator.domain.intervals import Interval
from annotator.domain.languages import code_of
from annotator.nlp.calendar_dates import Found, asked, needed, sure
from annotator.nlp.word_lists import any_of, word_list

_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_LONGEST = 60
"""Code points; dateparser's time grows with the length, and no date is longer."""
_LONGEST_BACK = 183
_OLDEST_OF_OURS = 1500


def read_foreign(text: str, base: date | None, language: str) -> Found | None:
    """A day, week, month or year in a language that dateparser knows; None for other words.

    language is an ISO 639 code; when empty the usual languages of the script are tried.
    """
    if len(text) > _LONGEST or not any(c.isalpha() for c in text):
        return None
    if year := _year_alone().fullmatch(text):
        # dateparser takes “2019 года” for two thousand years ago.
        return _of_year(int(year["first"] or year["last"]), text)
    if days := _days_away(text, language):
        base, away = needed(base), timedelta(days)
        before, after = ("the day before the article", "the day after the article")
        if days > 1:
            before, after = f"{days} days before the article", f"{days} days after the article"
        return asked((Interval.of(base - away), before), (Interval.of(base + away), after))
    for words in dict.fromkeys((text, _without_leading(text))):
        found = _read(words, base, language)
        if found is not None:
            return found
    return None


@cache
def _year_alone() -> re.Pattern[str]:
    lists = word_list("dates")
    leading, word = rf"(?:(?:{any_of(lists['foreign_leading'])})\s+)*", any_of(lists["foreign_year"])
    year = r"[12]\d{3}"
    return re.compile(rf"{leading}(?:(?P<first>{year})\s?(?:{word})|(?:{word})\s+{leading}(?P<last>{year}))")


def _of_year(year: int, text: str) -> Found | None:
    # What Arabic letters call 1398 or 1442 is a year of another calendar.
    is_other = year < _OLDEST_OF_OURS and any("\u0600" <= c <= "\u06ff" for c in text)
    return None if is_other else sure(Interval.of_month(year, 1, 12))


def _days_away(text: str, language: str) -> int:
    """How far off a day is whose word does not tell whether it lies before or after, as Hindi “kal”; 0 for others."""
    lists = word_list("dates")["either_day"]
    words = unicodedata.normalize("NFKC", text)
    return next((days for code in _languages(text, language) if (days := lists.get(code, {}).get(words))), 0)


def _without_leading(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first in word_list("dates")["foreign_leading"] else text


def _read(words: str, base: date | None, language: str) -> Found | None:
    languages = _languages(words, language)
    has_year = _YEAR.search(words) is not None
    day = base or date(2000, 1, 1)
    past = _parsed(words, languages, day, "past")
    if past is None or (has_year and not _is_of(_YEAR.findall(words), past)):
        return None
    # Words that give the same day whatever the article's day is state it in full.
    other = _parsed(words, languages, day + timedelta(400), "past")
    if has_year and past == other:
        return sure(past)
    base = needed(base)
    if past == _parsed(words, languages, base, "future"):
        return sure(past)
    return _asked(words, past, languages, base)


def _is_of(years: list[str], found: Interval) -> bool:
    """Whether the days lie in a year that the words state."""
    return any(found.earliest[:4] <= year <= found.latest[:4] for year in years)


def _asked(words: str, past: Interval, languages: tuple[str, ...], base: date) -> Found:
    """Words that may lie before or after: a weekday, or a day without a year."""
    future = _parsed(words, languages, base, "future") or past
    back = (base - date.fromisoformat(past.latest)).days
    is_weekday = past.days == 1 and back <= 7 and (date.fromisoformat(future.latest) - base).days <= 7
    if is_weekday and back in {0, 7}:
        return asked((Interval.of(base), "the article's own day"), (Interval.of(base - timedelta(7)), "a week earlier"))
    # A month that is not over yet has begun already.
    if is_weekday or (past.earliest <= base.isoformat() and back <= _LONGEST_BACK):
        return sure(past)
    return asked((past, "the last one before the article"), (future, "the first one after the article"))


def _languages(words: str, language: str) -> tuple[str, ...]:
    code = code_of(language)
    if code and code != "en":
        return (code,)
    name = next((unicodedata.name(c, "").partition(" ")[0] for c in words if c.isalpha()), "LATIN").lower()
    return tuple(word_list("dates")["scripts"].get(name, ()))


def _parsed(words: str, languages: tuple[str, ...], base: date, prefer: str) -> Interval | None:
    for language in languages:
        parser = _parser(language, base, prefer)
        if parser is None:
            continue
        try:
            data = parser.get_date_data(words)
        except (ValueError, OverflowError, TypeError, AttributeError, IndexError, KeyError):
            # What a library meets in words that are no date must not stop an analyst.
            continue
        if data is not None and data.date_obj is not None:
            return _interval(data.date_obj.date(), data.period)
    return None


def _interval(day: date, period: str) -> Interval:
    match period:
        case "month":
            return Interval.of_month(day.year, day.month)
        case "year":
            return Interval.of_month(day.year, 1, 12)
        case "week":
            monday = day - timedelta(day.weekday())
            return Interval.of(monday, monday + timedelta(6))
        case _:
            return Interval.of(day)


def _parser(language: str, base: date, prefer: str) -> Any:
    known = _known_languages()
    if language not in known:
        return None
    # Imported when it is needed: most articles are English, and the window should not wait for it.
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": datetime(base.year, base.month, base.day, 12),
        "PREFER_DATES_FROM": prefer,
        "PREFER_DAY_OF_MONTH": "first",
        "TIMEZONE": "UTC",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=[language], settings=settings)


@cache
def _known_languages() -> frozenset[str]:
    from dateparser.data.languages_info import language_order

    return frozenset(language_order)
