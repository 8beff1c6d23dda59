"""Words that count from the article's day, against a calendar that is gone through day by day."""

import calendar
from collections.abc import Callable, Hashable
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from annotator.nlp.dates import read_date

A_FORTNIGHT = [date(2021, 12, 20) + timedelta(n) for n in range(14)]
"""Over the end of a year, from a Monday to a Sunday."""
SOME_DAYS = [date(2021, 12, 31), date(2022, 1, 1), date(2024, 2, 29), date(2021, 3, 31), date(2020, 10, 15)]
Days = tuple[date, date]


def read(words: str, base: date) -> list[Days]:
    """The days that are read, or those to choose from."""
    found = read_date(words, base.isoformat())
    intervals = [choice.interval for choice in found.choices] or [found.interval]
    assert all(not interval.is_empty for interval in intervals), (words, base, found.problem)
    return [(date.fromisoformat(one.earliest), date.fromisoformat(one.latest)) for one in intervals]


def around(base: date, days: int = 30) -> list[date]:
    return [base + timedelta(n) for n in range(-days, days + 1)]


def spans(base: date, key: Callable[[date], Hashable], days: int) -> tuple[list[Days], int]:
    """Stretches of days that have the same key, and which of them the day is in."""
    found = [list(its) for _, its in groupby(around(base, days), key)]
    return [(one[0], one[-1]) for one in found], next(n for n, one in enumerate(found) if base in one)


@pytest.mark.parametrize("base", A_FORTNIGHT, ids=str)
def test_weekdays(base: date) -> None:
    for number, name in enumerate(calendar.day_name):
        there = [(day, day) for day in around(base) if day.weekday() == number]
        before, after = [one for one in there if one[0] < base], [one for one in there if one[0] > base]
        is_today = base.weekday() == number
        today = [(base, base)] if is_today else []
        assert read(f"on {name}", base) == ([*today, before[-1]] if is_today else [before[-1]])
        assert read(f"{name} evening", base) == read(f"on {name}", base)
        assert read(f"past {name}", base) == [before[-1]]
        assert read(f"coming {name}", base) == [after[0]]
        assert read(f"next {name}", base) == after[:2]
        is_of_this_week = number < base.weekday()
        assert read(f"last {name}", base) == (before[:-3:-1] if is_of_this_week else [before[-1]])
        if is_today or number > base.weekday():
            assert read(f"this {name}", base) == [*today, after[0]][:1]
        else:
            assert read(f"this {name}", base) == [before[-1], after[0]]
        weeks, own = spans(base, lambda day: day.isocalendar()[:2], 30)
        for which, step in (("last", -1), ("this", 0), ("next", 1)):
            monday, sunday = weeks[own + step]
            (wanted,) = (one for one in there if monday <= one[0] <= sunday)
            assert read(f"{name} of {which} week", base) == read(f"{name} {which} week", base) == [wanted]
        asked = before[-1] if not is_today else (base, base)
        night = timedelta(1)
        assert read(f"overnight {name}", base) == [(asked[0] - night, asked[0]), (asked[0], asked[0] + night)]


@pytest.mark.parametrize("base", A_FORTNIGHT, ids=str)
def test_weekends(base: date) -> None:
    there = [(day, day + timedelta(1)) for day in around(base) if day.weekday() == 5]
    begun, coming = [one for one in there if one[0] <= base], [one for one in there if one[0] > base]
    is_weekend = begun[-1][1] >= base
    assert read("next weekend", base) == coming[:2]
    assert read("coming weekend", base) == read("this coming weekend", base) == coming[:1]
    assert read("this weekend", base) == (begun[-1:] if is_weekend else [begun[-1], coming[0]])
    assert read("last weekend", base) == read("this past weekend", base) == [begun[-2 if is_weekend else -1]]
    assert read("over the weekend", base) == (begun[:-3:-1] if is_weekend else begun[-1:])


UNITS: dict[str, tuple[int, Callable[[date], Hashable]]] = {
    "week": (30, lambda day: day.isocalendar()[:2]),
    "month": (100, lambda day: (day.year, day.month)),
    "quarter": (300, lambda day: (day.year, (day.month + 2) // 3)),
    "year": (800, lambda day: day.year),
    "decade": (8000, lambda day: day.year // 10),
}


@pytest.mark.parametrize("base", SOME_DAYS, ids=str)
@pytest.mark.parametrize("unit", UNITS)
def test_weeks_months_quarters_years_and_decades(base: date, unit: str) -> None:
    stretches, own = spans(base, UNITS[unit][1], UNITS[unit][0])
    for which, step in {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}.items():
        assert read(f"{which} {unit}", base) == [stretches[own + step]]
    assert read(f"earlier this {unit}", base) == [(stretches[own][0], base)]
    assert read(f"later this {unit}", base) == [(base, stretches[own][1])]
    if unit in {"month", "year"}:
        assert read(f"a {unit} ago", base) == [stretches[own - 1]]
        assert read(f"in a {unit}", base) == read(f"a {unit} from now", base) == [stretches[own + 1]]
    thirds = [read(f"{part} last {unit}", base)[0] for part in ("early", "mid", "late")]
    assert (thirds[0][0], thirds[2][1]) == stretches[own - 1]
    assert all(one[1] + timedelta(1) == other[0] for one, other in pairwise(thirds))


@pytest.mark.parametrize("base", SOME_DAYS, ids=str)
def test_days_hours_and_weeks_are_counted_from_the_day(base: date) -> None:
    def day(number: int) -> date:
        return base + timedelta(number)

    assert read("five days ago", base) == [(day(-5), day(-5))]
    assert read("five days later", base) == read("in five days", base) == [(day(5), day(5))]
    assert read("two weeks ago", base) == [(day(-17), day(-11))]
    assert read("in two weeks", base) == read("in a fortnight", base) == [(day(11), day(17))]
    assert read("30 hours ago", base) == [(day(-2), base)]
    assert read("in 48 hours", base) == [(base, day(2))]
    assert read("the past two weeks", base) == read("the last fortnight", base) == [(day(-13), base)]
    assert read("the next five days", base) == [(base, day(4))]
    assert read("the next 24 hours", base) == [(base, day(1))]


@pytest.mark.parametrize(
    ("words", "base", "first", "last"),
    [
        ("the past month", "2021-03-31", "2021-02-28", "2021-03-31"),
        ("the last four months", "2024-06-30", "2024-02-29", "2024-06-30"),
        ("the past two years", "2024-02-29", "2022-02-28", "2024-02-29"),
        ("the past decade", "2021-08-22", "2011-08-22", "2021-08-22"),
        ("the next one month", "2021-01-31", "2021-01-31", "2021-02-28"),
        ("the next two months", "2021-12-15", "2021-12-15", "2022-02-15"),
        ("14 months ago", "2022-01-31", "2020-11-01", "2020-11-30"),
        ("two decades ago", "2021-08-22", "2001-01-01", "2001-12-31"),
        ("13 months from now", "2021-12-15", "2023-01-01", "2023-01-31"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_there_is(words: str, base: str, first: str, last: str) -> None:
    (found,) = read(words, date.fromisoformat(base))
    assert found == (date.fromisoformat(first), date.fromisoformat(last))
