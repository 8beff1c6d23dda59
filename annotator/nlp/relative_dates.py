"""Words that count from the article's day: yesterday, on Friday, last week, three days ago."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from annotator.domain.intervals import Interval
from annotator.nlp.calendar_dates import TOO_VAGUE, Found, Unread, asked, needed, sure
from annotator.nlp.date_parts import Stated
from annotator.nlp.numbers import number_in
from annotator.nlp.word_lists import any_of, word_list

_WEEKEND = "The weekend is taken as Saturday and Sunday."
_WEEK = "Weeks are taken to begin on Monday."
Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Found | None]]


def read_relative(text: str, base: date | None) -> Found | None:
    """An interval counted from the article's day; None for other words. Raises Unread when that day is not known."""
    for pattern, rule in _rules():
        match = pattern.fullmatch(text)
        if match is not None:
            return rule(match, needed(base))
    return None


def _days(base: date, first: int, last: int | None = None) -> Interval:
    return Interval.of(base + timedelta(first), base + timedelta(first if last is None else last))


def _named_day(match: re.Match[str], base: date) -> Found:
    steps = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "before": -2, "after": 2, "this": 0, "last": -1}
    return sure(_days(base, steps[match["day"]]))


def _overnight(match: re.Match[str], base: date) -> Found:
    del match
    return sure(_days(base, -1, 0))


def _weekday(match: re.Match[str], base: date) -> Found:
    which, weekday = match["which"] or "", word_list("dates")["weekdays"][match["weekday"]]
    name = calendar.day_name[weekday]
    back = (base.weekday() - weekday) % 7
    ahead = 7 - back
    is_today = back == 0
    publication = f"the article's own day, a {name}"
    if which in {"next", "coming", "this coming", "the coming"}:
        coming = (_days(base, ahead), f"the {name} that comes first")
        return (
            sure(coming[0]) if "coming" in which else asked(coming, (_days(base, ahead + 7), f"the {name} after that"))
        )
    if which == "this":
        # Monday to Sunday: the day of the article's own week, where it still lies ahead.
        if weekday >= base.weekday():
            return sure(_days(base, weekday - base.weekday()))
        return asked(
            (_days(base, -back), f"the {name} before the article"), (_days(base, ahead), f"the {name} after it")
        )
    if is_today:
        earlier = (_days(base, -7), f"the {name} a week earlier")
        return (
            sure(earlier[0])
            if which in {"last", "past", "this past"}
            else asked((_days(base, 0), publication), earlier)
        )
    if which == "last" and weekday < base.weekday():
        return asked(
            (_days(base, -back), f"the {name} just before the article"),
            (_days(base, -back - 7), f"the {name} of the week before"),
        )
    return sure(_days(base, -back))


def _weekday_of_week(match: re.Match[str], base: date) -> Found:
    weekday = word_list("dates")["weekdays"][match["weekday"]]
    step = {"last": -7, "this": 0, "next": 7}[match["which"]]
    return sure(_days(base, step + weekday - base.weekday()), _WEEK)


def _overnight_weekday(match: re.Match[str], base: date) -> Found:
    weekday = word_list("dates")["weekdays"][match["weekday"]]
    back = (base.weekday() - weekday) % 7
    return asked(
        (_days(base, -back - 1, -back), "the night before that day"),
        (_days(base, -back, 1 - back), "the night after it"),
    )


def _weekend(match: re.Match[str], base: date) -> Found:
    which = match["which"] or ""
    saturday = -((base.weekday() - 5) % 7)
    is_weekend = base.weekday() >= 5
    if which in {"next", "coming", "this coming"}:
        first = _days(base, saturday + 7, saturday + 8)
        choices = [
            (first, "the one that comes first"),
            (_days(base, saturday + 14, saturday + 15), "the one after that"),
        ]
        return asked(*choices[: 2 if which == "next" else 1], warning=_WEEKEND)
    here, before = _days(base, saturday, saturday + 1), _days(base, saturday - 7, saturday - 6)
    if which == "this":
        coming = (_days(base, saturday + 7, saturday + 8), "the one after the article")
        return sure(here, _WEEKEND) if is_weekend else asked((here, "the one before it"), coming, warning=_WEEKEND)
    if not is_weekend:
        return sure(here, _WEEKEND)
    if which in {"last", "past", "this past"}:
        return sure(before, _WEEKEND)
    return asked((here, "the article's own weekend"), (before, "the weekend before"), warning=_WEEKEND)


def _month_start(base: date, months: int) -> date:
    later = base.year * 12 + base.month - 1 + months
    return date(later // 12, later % 12 + 1, 1)


def _unit_at(unit: str, base: date, step: int) -> Interval:
    """The whole calendar week, month, quarter, year or decade so many steps away."""
    if unit in {"week", "fortnight"}:
        monday = -base.weekday() + 7 * step
        return _days(base, monday, monday + 6)
    if unit == "month":
        first = _month_start(base, step)
        return Interval.of_month(first.year, first.month)
    if unit == "quarter":
        first = _month_start(base, step * 3 - (base.month - 1) % 3)
        return Interval.of_month(first.year, first.month, 3)
    if unit == "decade":
        first_year = base.year // 10 * 10 + 10 * step
        return Interval.of(date(first_year, 1, 1), date(first_year + 9, 12, 31))
    return Interval.of_month(base.year + step, 1, 12)


def _calendar_unit(match: re.Match[str], base: date) -> Found:
    which, unit, part = match["which"], match["unit"], match["part"] or ""
    step = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which]
    whole = _unit_at(unit, base, step)
    if part in {"earlier", "later"}:
        if step:
            raise Unread(TOO_VAGUE)
        today = base.isoformat()
        return sure(Interval(whole.earliest, today) if part == "earlier" else Interval(today, whole.latest))
    return sure(_third(whole, part) if part else whole, _WEEK if unit == "week" else "")


def _third(whole: Interval, part: str) -> Interval:
    first, days = date.fromisoformat(whole.earliest), whole.days or 1
    number = {"early": 0, "mid": 1, "late": 2}[part]
    if days > 366:
        return Stated(part=part, is_decade=True).at(first.year) or whole
    if days > 31:
        months = 4 if days >= 365 else 1
        return Interval.of_month(first.year, first.month + number * months, months)
    # The thirds of a month are its days 1-10, 11-20 and the rest, as everywhere here.
    third = 10 if 28 <= days <= 31 else days // 3
    end = days - 1 if part == "late" else (number + 1) * third - 1
    return Interval.of(first + timedelta(number * third), first + timedelta(end))


def _past_units(match: re.Match[str], base: date) -> Found:
    """“the past three days”, “the last 24 hours”, “the past week”."""
    number, unit = _amount(match["number"] or "one"), match["unit"]
    ahead = match["which"] in {"next", "coming"}
    days = {"hour": -(-number // 24), "day": number, "week": 7 * number, "fortnight": 14 * number}.get(unit)
    if days is not None:
        first = -days if unit == "hour" else 1 - days
        return sure(_days(base, 0, -first) if ahead else _days(base, first, 0))
    months = {"month": 1, "year": 12, "decade": 120}[unit] * number
    start = _same_day(base, months if ahead else -months)
    return sure(Interval.of(base, start) if ahead else Interval.of(start, base))


def _same_day(base: date, months: int) -> date:
    first = _month_start(base, months)
    return first.replace(day=min(base.day, calendar.monthrange(first.year, first.month)[1]))


def _ago(match: re.Match[str], base: date) -> Found:
    number, unit, way = _amount(match["number"]), match["unit"], match["way"]
    warning = ""
    if way in {"earlier", "before", "later", "after", "afterwards"}:
        warning = f"Counted from the article's date; “{way}” may count from another day."
    sign = 1 if way in {"later", "after", "afterwards", "from now"} else -1
    return sure(_counted(base, sign * number, unit), warning)


def _in_units(match: re.Match[str], base: date) -> Found:
    return sure(_counted(base, _amount(match["number"]), match["unit"]))


def _counted(base: date, number: int, unit: str) -> Interval:
    """A day for days; for weeks the seven days around it; the calendar month or year for months and years."""
    if unit == "day":
        return _days(base, number)
    if unit == "hour":
        days = -(-abs(number) // 24)
        return _days(base, -days, 0) if number < 0 else _days(base, 0, days)
    if unit in {"week", "fortnight"}:
        days = number * (7 if unit == "week" else 14)
        return _days(base, days - 3, days + 3)
    if unit == "month":
        first = _month_start(base, number)
        return Interval.of_month(first.year, first.month)
    return _unit_at("year", base, number * (10 if unit == "decade" else 1))


def _amount(words: str) -> int:
    number = 1 if words in {"a", "an", "one"} else number_in(words)
    if number is None:
        raise Unread(TOO_VAGUE)
    return number


@cache
def _rules() -> tuple[Rule, ...]:
    lists = word_list("dates")
    weekdays, units, parts = any_of(lists["weekdays"]), any_of(lists["units"]), any_of(lists["day_parts"])
    unit, tail = rf"(?P<unit>{units})s?", rf"(?:\s+(?:{parts}|overnight))?"
    number = r"(?P<number>(?!(?:the|last|past|next|coming)\b)[\w,'-]+(?:\s+(?:and\s+)?[\w-]+){0,3}?)"
    spelt: tuple[tuple[str, Callable[[re.Match[str], date], Found | None]], ...] = (
        (rf"(?:earlier |later |late |early )?(?P<day>today|tonight|yesterday|tomorrow){tail}", _named_day),
        (rf"(?:earlier |later )?(?P<day>this)\s+(?:{parts})", _named_day),
        (r"(?P<day>last)\s+(?:evening|night)", _overnight_or_day),
        (r"(?:the )?day (?P<day>before|after) (?:yesterday|tomorrow)", _named_day),
        (r"(?:early )?overnight", _overnight),
        (rf"overnight (?:on |into )?(?P<weekday>{weekdays})", _overnight_weekday),
        (
            r"(?:(?P<which>this past|this coming|the coming|last|past|this|next|coming)\s+)?"
            rf"(?:early |late )?(?:on )?(?P<weekday>{weekdays}){tail}",
            _weekday,
        ),
        (rf"(?P<weekday>{weekdays}){tail} (?:of )?(?P<which>last|this|next) week", _weekday_of_week),
        (r"(?:(?:the|over) )?(?:(?P<which>this past|this coming|last|past|this|next|coming) )?weekend", _weekend),
        (rf"(?P<which>last|past|previous|next|coming)\s+{number}\s+{unit}", _past_units),
        (rf"(?P<which>past|last(?= fortnight))\s+(?P<number>){unit}", _past_units),
        (
            r"(?:(?P<part>earlier|later|early|mid|late)(?:[\s-]+in)?\s+)?(?P<which>last|previous|this|current|next|coming)\s+"
            r"(?P<unit>week|month|quarter|year|decade)",
            _calendar_unit,
        ),
        (rf"{number}\s+{unit}\s+(?P<way>ago|earlier|before|back|later|after|afterwards|from now)", _ago),
        (rf"in\s+{number}\s+{unit}(?:\s+time)?", _in_units),
    )
    return tuple((re.compile(pattern), rule) for pattern, rule in spelt)


def _overnight_or_day(match: re.Match[str], base: date) -> Found:
    return _overnight(match, base) if "night" in match[0] else _named_day(match, base)
