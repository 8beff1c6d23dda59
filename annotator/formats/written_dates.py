"""Dates as people and programs write them, to ISO 8601; what could mean two days means none."""

import re
import unicodedata
from datetime import date
from email.utils import parsedate_to_datetime

from annotator.domain.articles import is_date

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?:[ T].*)?")
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}.*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:,? .*)?")
_EASTERN = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월](?: ?(\d{1,2}) ?[日일].*)?")
_DAY_MONTH = re.compile(r"(?:[a-z]+[,:]? (?:on )?)?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([a-z]+)\.?,?[ -](\d{4})\b.*")
_MONTH_DAY = re.compile(r"(?:[a-z]+[,:]? (?:on )?)?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b.*")
_MONTH_ALONE = re.compile(r"([a-z]+)[.,]{,2} (\d{4})")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LONGEST = 80
_OLDEST = 1600
"""No paper is older; what has a year before is of another calendar, as 1404/5/29 in Iran."""


def iso_day(words: str) -> str:
    """The day as 2026-03-01, or a month or year when the words say no more; empty when they are unclear.

    03/04/2026 may be March or April, so it is unclear; 25/04/2026 and 3.4.2026 are not: no country writes a month
    before a point. A time of day is left out.
    """
    plain = (str(unicodedata.decimal(letter, letter)) for letter in words[: 2 * _LONGEST])
    said = " ".join("".join(plain).split()).casefold()
    if not said or len(said) > _LONGEST:
        return ""
    if len(said) in {4, 7} and is_date(said):
        return said if int(said[:4]) >= _OLDEST else ""
    return _by_numbers(said.upper()) or _by_names(said) or _by_mail(words)


def _by_numbers(said: str) -> str:
    if match := _ISO.fullmatch(said) or _BARE.fullmatch(said):
        return _day(*match.groups())
    if match := _YEAR_FIRST.fullmatch(said):
        return _day(match[1], match[3], match[4])
    if match := _EASTERN.fullmatch(said):
        return _day(match[1], match[2], match[3] or "1")[: 10 if match[3] else 7]
    match = _YEAR_LAST.fullmatch(said)
    if match is None:
        return ""
    first, mark, second, year = match.groups()
    if mark == "." or int(first) > 12 or first.lstrip("0") == second.lstrip("0"):
        return _day(year, second, first)
    return _day(year, first, second) if int(second) > 12 else ""


def _by_names(said: str) -> str:
    if match := _DAY_MONTH.fullmatch(said):
        return _day(match[3], _month(match[2]), match[1])
    if match := _MONTH_DAY.fullmatch(said):
        return _day(match[3], _month(match[1]), match[2])
    if match := _MONTH_ALONE.fullmatch(said):
        return _day(match[2], _month(match[1]), "1")[:7]
    return ""


def _by_mail(words: str) -> str:
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _month(word: str) -> str:
    found = [at for at, name in enumerate(_MONTHS, start=1) if len(word) >= 3 and name.startswith(word)]
    return str(found[0]) if len(found) == 1 else "0"


def _day(year: str, month: str, day: str) -> str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return found.isoformat() if found.year >= _OLDEST else ""
