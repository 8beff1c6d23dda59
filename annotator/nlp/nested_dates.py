"""Times that are part of a longer one: “the last Friday of August”, “the first half of last month”."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, partial

from annotator.domain.intervals import Interval
from annotator.nlp.calendar_dates import TOO_VAGUE, Unread, needed
from annotator.nlp.numbers import number_in
from annotator.nlp.word_lists import any_of, word_list

_WHICH = {"first": 1, "1": 1, "second": 2, "2": 2, "third": 3, "3": 3, "fourth": 4, "4": 4, "last": -1, "final": -1}
_HALVES = _WHICH | {"latter": 2, "last": 2, "final": 2}
_STEPS = {"last": -1, "previous": -1, "this": 0, "the": 0, "current": 0, "next": 1, "coming": 1}


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = word_list("dates")
    named, weekdays = rf"{any_of([*lists['months'], *lists['seasons']])}|q[1-4]", any_of(lists["weekdays"])
    part = re.compile(
        rf"(?:the\s+)?(?:very\s+)?(?P<which>{any_of([*_WHICH, 'latter'])})\s+(?:(?P<number>[\w-]+)\s+)?"
        rf"(?P<what>half|days?|weeks|months|weekend|{weekdays})\s+(?:of|in)\s+(?P<whole>.+)"
    )
    pieces = rf"(?:half|quarter|weeks?|days?|months|weekend|{weekdays}|\d{{1,2}}|beginning|start|middle|end|early|late)"
    unit = re.compile(
        rf"\b(?P<part>(?:{named})\b\.?(?:\s+\d{{1,2}})?,?(?:\s+(?:of|in))?|{pieces}\s+(?:of|in))"
        rf"\s+(?:the\s+(?=\w+\s+(?:year|month)\b))?(?P<which>{any_of(_STEPS)})\s+(?P<unit>year|month)\b(?!\s+(?:of\b|\d))"
    )
    before = re.compile(
        rf"(?P<which>last|this|next)\s+(?P<unit>year|month)\s+"
        rf"(?P<part>(?:in\s+)?(?:(?:early|mid|late|the|first|second|third|fourth|last|\d{{1,2}})\s+)*"
        rf"(?:(?:{named})\b(?:\s+\d{{1,2}})?|quarter|half|week))"
    )
    return part, unit, before


def with_named_units(text: str, base: date | None) -> str:
    """“August last year” as “August 2020”, “the end of this month” as “the end of August 2021”.

    Raises Unread when the words call for the article's day and it is not known.
    """
    _, unit, before = _patterns()
    text = re.sub(r"\b(earlier|later) in the (year|month|week|quarter|decade)$", r"\1 this \2", text)
    if first := before.fullmatch(text):
        text = f"{first['part']} of {first['which']} {first['unit']}"
    return unit.sub(lambda match: f"{match['part']} {_named(match['which'], match['unit'], needed(base))}", text)


def _named(which: str, unit: str, base: date) -> str:
    if unit == "year":
        return str(base.year + _STEPS[which])
    months = base.year * 12 + base.month - 1 + _STEPS[which]
    return f"{calendar.month_name[months % 12 + 1].lower()} {months // 12}"


def part_of(text: str) -> tuple[str, Callable[[Interval], Interval]] | None:
    """The words for the longer time, and what makes the part of it; None when the words name no part."""
    match = _patterns()[0].fullmatch(text)
    if match is None:
        return None
    which, what = match["which"], match["what"]
    number = number_in(match["number"]) if match["number"] else None
    if what == "half":
        is_half = not match["number"] and _HALVES[which] in {1, 2}
        return (match["whole"], partial(_half, which=_HALVES[which])) if is_half else None
    are_several = what in {"days", "weeks", "months"}
    if which not in _WHICH or (match["number"] is not None) != are_several:
        return None
    if are_several:
        if not number or which not in {"first", "last", "final"}:
            return None
        some = _some_months if what == "months" else _some_days
        return match["whole"], partial(some, count=number * (7 if what == "weeks" else 1), at_end=which != "first")
    return match["whole"], partial(_nth, which=_WHICH[which], what=what)


def _half(whole: Interval, which: int) -> Interval:
    """Of a month its days 1-15 or the rest, of longer times whole months."""
    first, months = _months_of(whole)
    if months == 1:
        last = date.fromisoformat(whole.latest)
        return Interval.of(first, first.replace(day=15)) if which == 1 else Interval.of(first.replace(day=16), last)
    if months % 2:
        raise Unread(TOO_VAGUE)
    return _some_months(whole, months // 2, at_end=which == 2)


def _months_of(whole: Interval) -> tuple[date, int]:
    """The first day and how many months it is. Raises Unread where they are no whole ones."""
    first, last = date.fromisoformat(whole.earliest), date.fromisoformat(whole.latest)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if whole != Interval.of_month(first.year, first.month, months):
        raise Unread(TOO_VAGUE)
    return first, months


def _some_months(whole: Interval, count: int, *, at_end: bool) -> Interval:
    first, months = _months_of(whole)
    if count > months:
        raise Unread("The calendar has no such day.")
    begin = first.month - 1 + (months - count if at_end else 0)
    return Interval.of_month(first.year + begin // 12, begin % 12 + 1, count)


def _some_days(whole: Interval, count: int, *, at_end: bool) -> Interval:
    first, last = date.fromisoformat(whole.earliest), date.fromisoformat(whole.latest)
    if count > (last - first).days + 1:
        raise Unread("The calendar has no such day.")
    step = timedelta(count - 1)
    return Interval.of(last - step, last) if at_end else Interval.of(first, first + step)


def _nth(whole: Interval, which: int, what: str) -> Interval:
    """One of its days, weekends or days of the week, counted from its beginning, or the last."""
    first, last = date.fromisoformat(whole.earliest), date.fromisoformat(whole.latest)
    weekday = 5 if what == "weekend" else word_list("dates")["weekdays"].get(what)
    offset, step = (0, 1) if weekday is None else ((weekday - first.weekday()) % 7, 7)
    there = range(offset, (last - first).days + 1, step)
    if max(which, 1) > len(there):
        raise Unread("The calendar has no such day.")
    day = first + timedelta(there[which - 1 if which > 0 else which])
    return Interval.of(day, day + timedelta(1)) if what == "weekend" else Interval.of(day)
