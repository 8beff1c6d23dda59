"""What a calendar date states: year, month, day, weekday, part, season, quarter; and which days that is in a year."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from annotator.domain.intervals import Interval
from annotator.nlp.word_lists import any_of, word_list

_THIRDS = {"early": 0, "mid": 1, "late": 2}
_TOKEN = re.compile(r"q[1-4](?!\w)|'?\d+s?(?![^\W\d_])|[^\W\d_]+|[^\w\s]")
_NOISE = frozenset("of the in , . / - day month year".split())
_NUMERIC = re.compile(r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?:t[\d:.]*z?)?\.?")
_DAY_MONTH = re.compile(r"(\d{1,2})([./])(\d{1,2})")
_YEAR_MONTH = re.compile(r"([12]\d{3})[-/](0[1-9]|1[0-2])")
_OLDEST, _NEWEST = 1000, 2199


@dataclass(frozen=True, slots=True)
class Stated:
    """A date in parts. years has several when two digits leave the century open, none when no year is given.

    months is how many a season, quarter or half-year has; week counts in the month, -1 is the last.
    """

    years: tuple[int, ...] = ()
    month: int = 0
    day: int = 0
    weekday: int = -1
    part: str = ""
    months: int = 1
    week: int = 0
    is_decade: bool = False
    is_season: bool = False

    def at(self, year: int) -> Interval | None:
        """The days it is in a year; None when the calendar has no such day, or it has no month for its day."""
        if self.is_decade:
            first, last = ((0, 9), (0, 3), (4, 6), (7, 9))[_THIRDS.get(self.part, -1) + 1]
            return Interval.of(date(year + first, 1, 1), date(year + last, 12, 31))
        if self.week:
            return self._week_at(year)
        if not self.month:
            start = _THIRDS.get(self.part, 0) * 4 + 1
            return None if self.day else Interval.of_month(year, start, 4 if self.part else 12)
        if self.day:
            exists = self.day <= calendar.monthrange(year, self.month)[1]
            return Interval.of(date(year, self.month, self.day)) if exists else None
        if self.months > 1:
            return self._months_at(year)
        return self._in_month(year)

    def _week_at(self, year: int) -> Interval:
        """In the first of its months, or in the last of them when it counts from there; in the year without any."""
        months = self.months if self.month else 12
        later = year * 12 + (self.month or 1) - 1 + (months - 1 if self.week < 0 else 0)
        year, month = later // 12, later % 12 + 1
        first = calendar.monthrange(year, month)[1] - 6 if self.week < 0 else self.week * 7 - 6
        return Interval.of(date(year, month, first), date(year, month, first + 6))

    def _months_at(self, year: int) -> Interval:
        if not self.part:
            return Interval.of_month(year, self.month, self.months)
        third = self.months // 3 if self.months >= 3 else 1
        later = year * 12 + self.month - 1 + _THIRDS[self.part] * third
        return Interval.of_month(later // 12, later % 12 + 1, third)

    def _in_month(self, year: int) -> Interval:
        last = calendar.monthrange(year, self.month)[1]
        first, end = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(self.part, (1, last))
        return Interval.of(date(year, self.month, first), date(year, self.month, end))

    def filled_from(self, other: "Stated") -> "Stated":
        """With the month and year of the other end of a range where it has none: “5” of “5 and 7 August”."""
        filled = self
        if self.day and not self.month and not other.is_season:
            filled = replace(filled, month=other.month)
        if not self.years and not self.is_decade:
            filled = replace(filled, years=other.years)
        return filled


def stated(text: str, *, bare_day: bool = False) -> tuple[Stated, ...]:
    """The ways to read plain words as a calendar date; none when they are no such thing.

    Several when day and month may be swapped. bare_day: a number alone may be a day, as in “between 5 and 7 August”.
    """
    weekday, rest = _weekday_and_rest(text)
    numeric = _NUMERIC.fullmatch(rest)
    if numeric is not None:
        return tuple(replace(found, weekday=weekday) for found in _numeric(numeric))
    if short := _DAY_MONTH.fullmatch(rest):
        orders: list[tuple[tuple[int, ...], int, int]] = [((), int(short[3]), int(short[1]))]
        orders += [((), int(short[1]), int(short[3]))] if short[2] == "/" and short[1] != short[3] else []
        return tuple(replace(found, weekday=weekday) for found in _valid(orders))
    if year_month := _YEAR_MONTH.fullmatch(text):
        return (Stated((int(year_month[1]),), int(year_month[2])),)
    found = _from_tokens(_TOKEN.findall(_with_parts(text)))
    if found is None:
        return ()
    has_date = found.years or found.month or (bare_day and found.day)
    return (found,) if has_date and (not found.day or found.month or bare_day) else ()


def _weekday_and_rest(text: str) -> tuple[int, str]:
    first, _, rest = text.partition(" ")
    weekday = word_list("dates")["weekdays"].get(first.strip(",."), -1)
    return (weekday, rest.strip(" ,")) if weekday >= 0 else (-1, text)


def centuries(two_digits: int) -> tuple[int, ...]:
    """The years that two digits may mean."""
    return (2000 + two_digits, 1900 + two_digits)


def _numeric(match: re.Match[str]) -> list[Stated]:
    first, middle, last = match[1], int(match[3]), match[4]
    if len(first) >= 3:
        return _valid([((int(first),), middle, int(last))]) if len(last) <= 2 else []
    years = (int(last),) if len(last) >= 3 else centuries(int(last))
    # Dots are written where the day comes first; strokes on both sides of the ocean.
    orders: list[tuple[tuple[int, ...], int, int]] = [(years, middle, int(first))]
    if match[2] != "." and int(first) != middle:
        orders.append((years, int(first), middle))
    return _valid(orders)


def _valid(orders: list[tuple[tuple[int, ...], int, int]]) -> list[Stated]:
    return [
        Stated(years, month, day)
        for years, month, day in orders
        if 1 <= month <= 12 and 1 <= day <= 31 and all(1 <= year <= 9990 for year in years)
    ]


@cache
def _parts() -> tuple[re.Pattern[str], dict[str, str]]:
    parts = word_list("dates")["parts"]
    names = {phrase: part for part, phrases in parts.items() for phrase in phrases}
    return re.compile(rf"(?:\b(?:{any_of(names)})\b)[\s-]*"), names


def _with_parts(text: str) -> str:
    pattern, names = _parts()
    return pattern.sub(lambda match: names[" ".join(match[0].replace("-", " ").split())] + " ", text)


def _from_tokens(tokens: list[str]) -> Stated | None:
    """All tokens taken up, or None."""
    found, lists, place = Stated(), word_list("dates"), 0
    while place < len(tokens):
        token, following = tokens[place], tokens[place + 1 : place + 2]
        if token in {"-", ","} and _are_days(tokens[place - 1 : place], following):
            return None
        place += 1
        if token in lists["ordinals"] and following and following[0] in {"quarter", "half", "week"}:
            taken = _division(found, lists["ordinals"][token], following[0])
            place += 1
        else:
            taken = _token(found, token)
        if taken is None:
            return None
        found = taken
    return found


def _are_days(before: list[str], after: list[str]) -> bool:
    """Whether two small numbers stand on either side: a range or a list, no day and year."""
    return all(len(side) == 1 and side[0].isdigit() and len(side[0]) <= 2 for side in (before, after))


def _token(found: Stated, token: str) -> Stated | None:
    """With what a token says; None when that is known already or the token is no part of a date."""
    lists = word_list("dates")
    taken: Stated | None = None
    if token in _NOISE:
        taken = found
    elif token in _THIRDS:
        taken = None if found.part else replace(found, part=token)
    elif token in lists["months"]:
        taken = None if found.month else replace(found, month=lists["months"][token])
    elif token in lists["weekdays"]:
        taken = None if found.weekday >= 0 else replace(found, weekday=lists["weekdays"][token])
    elif token in lists["seasons"]:
        month, months = lists["seasons"][token]
        taken = None if found.month else replace(found, month=month, months=months, is_season=True)
    elif re.fullmatch(r"q[1-4]", token):
        taken = _division(found, int(token[1]), "quarter")
    elif token.strip("'s").isdigit():
        taken = _number(found, token)
    return taken


def _number(found: Stated, token: str) -> Stated | None:
    digits = token.strip("'s")
    value = int(digits) if len(digits) <= 4 else 0
    if token.endswith("s"):
        if found.years or value % 10 or len(digits) not in {2, 4}:
            return None
        years = centuries(value) if len(digits) == 2 else (value,)
        return replace(found, years=tuple(year for year in years if year <= 2020), is_decade=True)
    if len(digits) == 4 and _OLDEST <= value <= _NEWEST:
        return None if found.years else replace(found, years=(value,))
    if token.startswith("'") or (len(digits) == 2 and (value > 31 or (found.day and found.month))):
        return None if found.years or len(digits) != 2 else replace(found, years=centuries(value))
    return None if found.day or not 1 <= value <= 31 else replace(found, day=value)


def _division(found: Stated, which: int, unit: str) -> Stated | None:
    if unit == "week":
        return replace(found, week=which) if which <= 4 and not found.week else None
    months = 3 if unit == "quarter" else 6
    if which > 12 // months or found.month:
        return None
    first = 12 - months + 1 if which < 0 else (which - 1) * months + 1
    return replace(found, month=first, months=months)


def weekday_problem(weekday: int, interval: Interval) -> str:
    """The sentence for a weekday that does not fit its date; empty when it does."""
    if weekday < 0 or interval.days != 1 or date.fromisoformat(interval.earliest).weekday() == weekday:
        return ""
    real = calendar.day_name[date.fromisoformat(interval.earliest).weekday()]
    return f"{interval.words()} is a {real}, not a {calendar.day_name[weekday]}; both are kept. Check the date."


def week_around(interval: Interval) -> Interval:
    """Monday to Sunday, around its first day."""
    first = date.fromisoformat(interval.earliest or interval.latest)
    monday = first - timedelta(first.weekday())
    return Interval.of(monday, monday + timedelta(6))


def weekend_around(interval: Interval) -> Interval:
    """The Saturday and Sunday of the week of its first day."""
    sunday = date.fromisoformat(week_around(interval).latest)
    return Interval.of(sunday - timedelta(1), sunday)


def shifted(interval: Interval, days: int) -> Interval:
    """So many days later."""
    ends = (
        (date.fromisoformat(end) + timedelta(days)).isoformat() if end else ""
        for end in (interval.earliest, interval.latest)
    )
    return Interval(*ends)
