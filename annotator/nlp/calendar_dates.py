"""Calendar dates and ranges of them, put into a year: the one given, or the one the article's date calls for."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from annotator.domain.intervals import DateChoice, Interval
from annotator.nlp.date_parts import Stated, stated, weekday_problem

_LONGEST_BACK = 183
"""Days; a date without a year that lies farther back may as well be the next one, and is asked."""
TOO_VAGUE = "These words are too vague for an interval; they are kept as they are."
_SEASONS = "Seasons are taken as those of the northern hemisphere."
_DIRECTION = re.compile(r"(last|past|this past|previous|next|coming|this)\s+(.+)")


class Unread(Exception):
    """Words that give no interval; the text is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """One sure reading or several to choose from, with a warning or none."""

    choices: tuple[DateChoice, ...]
    warning: str = ""

    def mapped(self, change: Callable[[Interval], Interval]) -> "Found":
        """Each reading changed in the same way."""
        return replace(self, choices=tuple(replace(c, interval=change(c.interval)) for c in self.choices))


def sure(interval: Interval, warning: str = "") -> Found:
    """One reading."""
    return Found((DateChoice(interval, ""),), warning)


def asked(*choices: tuple[Interval, str], warning: str = "") -> Found:
    """Several readings, each with why; equal ones count once, and one alone is sure."""
    kept = dict(reversed(choices))
    return Found(
        tuple(DateChoice(interval, kept[interval]) for interval in dict.fromkeys(i for i, _ in choices)), warning
    )


def needed(base: date | None) -> date:
    """The article's day. Raises Unread when it is not known."""
    if base is None:
        raise Unread("These words need the article's publication date; enter it with the article.")
    return base


def read_stated(text: str, base: date | None) -> Found | None:
    """A calendar date in words, or None when it is none."""
    direction, rest = "", text
    match = _DIRECTION.fullmatch(text)
    if match is not None and not re.match(r"(?:last|past)\s+(?:week|quarter|half)\b", text):
        direction, rest = match[1], match[2]
    ways = stated(rest)
    if not ways or (direction and ways[0].years):
        return None
    if not ways[0].years and re.search(r"\blast\s+quarter$", text):
        return None  # the one before the article's, not the fourth
    found = [_placed(way, way.at, base, direction) for way in ways]
    return _merged(found) if len(found) > 1 else found[0]


def read_range(left: str, right: str, base: date | None) -> Found | None:
    """From one calendar date to another; each may leave to the other what both share. None when one end is none."""
    starts, ends = stated(left, bare_day=True), stated(right, bare_day=True)
    if len(starts) != 1 or len(ends) != 1:
        return None
    start, end = starts[0].filled_from(ends[0]), ends[0].filled_from(starts[0])
    if (start.day and not start.month) or (end.day and not end.month):
        return None

    def make(year: int) -> Interval | None:
        return _between(start, end, year, has_start_year=bool(starts[0].years), has_end_year=bool(ends[0].years))

    return _placed(end, make, base, "", other=start)


def _between(start: Stated, end: Stated, year: int, *, has_start_year: bool, has_end_year: bool) -> Interval | None:
    """The days from start to end; year is that of the end, or of the start when only that has one."""
    # Of two digits that leave the century open, the last such year that is not after the end.
    own = next((one for one in start.years if one <= year), start.years[-1]) if has_start_year else year
    last, first = end.at(year), start.at(own if has_end_year else year)
    if first is not None and last is not None and first.earliest > last.latest and start.month > end.month:
        # “from 28 December to 3 January”
        if has_start_year and not has_end_year:
            last = end.at(year + 1)
        elif not has_start_year:
            first = start.at(year - 1)
    if first is None or last is None:
        return None
    if first.earliest > last.latest:
        if has_end_year and len(end.years) > 1 and own > year:
            return None  # there is another century that the end may be in
        raise Unread("The range ends before it begins.")
    return Interval(first.earliest, last.latest)


def _placed(
    way: Stated, make: Callable[[int], Interval | None], base: date | None, direction: str, other: Stated | None = None
) -> Found:
    warning = _SEASONS if way.is_season else ""
    if way.years:
        found = [(interval, _why(way)) for year in way.years if (interval := make(year)) is not None]
        if way.is_season and way.month == 12 and not direction:
            found += [
                (interval, "the winter that begins the year") for year in way.years if (interval := make(year - 1))
            ]
        if not found:
            raise Unread("The calendar has no such day.")
        return _checked(asked(*found, warning=warning), way, other)
    return _checked(replace(_without_year(make, needed(base), direction), warning=warning), way, other)


def _why(way: Stated) -> str:
    if len(way.years) > 1:
        return "the year has two digits"
    return "the winter that ends the year" if way.is_season else ""


def _checked(found: Found, way: Stated, other: Stated | None) -> Found:
    """The readings that a weekday fits; with a warning when it fits none, or only one in another century."""
    problems = [_weekday_problem(choice.interval, way, other) for choice in found.choices]
    fitting = tuple(choice for choice, problem in zip(found.choices, problems, strict=True) if not problem)
    if fitting and len(way.years) <= 1:
        return replace(found, choices=fitting)
    return replace(found, warning=next(filter(None, problems), found.warning))


def _weekday_problem(interval: Interval, way: Stated, other: Stated | None) -> str:
    ends = [(way.weekday, interval.latest)] if way.day or other else []
    ends += [(other.weekday, interval.earliest)] if other else []
    return next(filter(None, (weekday_problem(weekday, Interval(day, day)) for weekday, day in ends)), "")


def _without_year(make: Callable[[int], Interval | None], base: date, direction: str) -> Found:
    today = base.isoformat()
    # Nine years: where the leap day was left out once, at the turn of a century.
    years = range(max(base.year - 8, 1), min(base.year + 9, 9990))
    around = sorted(interval for year in years if (interval := make(year)) is not None)
    past = [interval for interval in around if interval.earliest <= today]
    coming = [interval for interval in around if interval.earliest > today]
    if not past or not coming:
        raise Unread("The calendar has no such day.")
    this_year = str(base.year)
    if direction in {"last", "past", "this past", "previous"}:
        over = [interval for interval in past if interval.latest < today]
        is_near = over[-1].latest.startswith(this_year) and direction == "last"
        return asked(*((interval, "") for interval in (over[-1:-3:-1] if is_near else over[-1:])))
    if direction in {"next", "coming"}:
        is_near = coming[0].earliest.startswith(this_year) and direction == "next"
        return asked(*((interval, "") for interval in (coming[:2] if is_near else coming[:1])))
    if direction == "this":
        # A winter belongs to two years: it is this one only while it lasts.
        same = [interval for interval in around if interval.earliest <= today <= interval.latest]
        same += [one for one in around if one.earliest.startswith(this_year) and one.latest.startswith(this_year)]
        return sure(same[0]) if same else asked((past[-1], "the last one"), (coming[0], "the coming one"))
    if date.fromisoformat(past[-1].latest) >= base - timedelta(_LONGEST_BACK):
        return sure(past[-1])
    return asked((past[-1], "the last one before the article"), (coming[0], "the first one after the article"))


def _merged(found: list[Found]) -> Found:
    # “Thursday 5/8/2021”: the weekday says which of the numbers is the day.
    found = [one for one in found if not one.warning] or found
    if len(found) == 1:
        return found[0]
    choices = [
        (choice.interval, choice.why or "day and month may be swapped") for one in found for choice in one.choices
    ]
    return asked(*choices, warning=found[0].warning)
