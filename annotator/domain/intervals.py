"""Intervals of days: when something is said to have happened, either end open, and how exactly that is known."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Self

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The days from earliest to latest, both included, as ISO dates; an empty end is open.

    Raises ValueError for what is no day, and when the earliest comes after the latest.
    """

    earliest: str = ""
    latest: str = ""

    def __post_init__(self) -> None:
        for end in (self.earliest, self.latest):
            # fromisoformat reads other spellings too; one spelling means that ends can be compared as words.
            if end and date.fromisoformat(end).isoformat() != end:
                raise ValueError(f"“{end}” is no day written as year-month-day")
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"{self.earliest} comes after {self.latest}")

    @classmethod
    def of(cls, earliest: date, latest: date | None = None) -> Self:
        """From day to day; one day when only one is given."""
        return cls(earliest.isoformat(), (latest or earliest).isoformat())

    @classmethod
    def of_month(cls, year: int, month: int, months: int = 1) -> Self:
        """Whole months on end, beginning with this one. Raises ValueError outside the years 1 to 9999."""
        last_year, last_month = divmod(year * 12 + month - 1 + months - 1, 12)
        last = date(last_year, last_month + 1, calendar.monthrange(last_year, last_month + 1)[1])
        return cls.of(date(year, month, 1), last)

    @classmethod
    def of_iso(cls, words: str) -> Self:
        """All of an ISO year, month or day, whose time of day does not count. Raises ValueError for what is none."""
        year, month = int(words[:4]), int(words[5:7] or 0)
        if len(words) < 10:
            return cls.of_month(year, month) if month else cls.of_month(year, 1, 12)
        return cls(words[:10], words[:10])

    @classmethod
    def spanning(cls, earliest: str, latest: str) -> Self:
        """From the first day of one ISO year, month or day to the last day of another; empty words leave an open end.

        Raises ValueError for what is none, and when the first comes after the last.
        """
        return cls(
            cls.of_iso(earliest).earliest if earliest else "",
            cls.of_iso(latest).latest if latest else "",
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return not self.earliest and not self.latest

    @property
    def days(self) -> int | None:
        """The length in days; None when an end is open."""
        if not self.earliest or not self.latest:
            return None
        return (date.fromisoformat(self.latest) - date.fromisoformat(self.earliest)).days + 1

    def overlaps(self, other: Self) -> bool:
        """Whether the two share a day; open ends reach any day."""
        starts = not self.earliest or not other.latest or self.earliest <= other.latest
        ends = not other.earliest or not self.latest or other.earliest <= self.latest
        return starts and ends

    def overlap(self, other: Self) -> Self | None:
        """The days that both have; None when there is none."""
        if not self.overlaps(other):
            return None
        latest = min((end for end in (self.latest, other.latest) if end), default="")
        return type(self)(max(self.earliest, other.earliest), latest)

    def words(self) -> str:
        """For people: “20 Aug 2021”, “18–22 Aug 2021”, “Aug 2021”, “2021”, “from 3 May 2020 on”; empty when empty."""
        if self.is_empty:
            return ""
        if not self.latest:
            return f"from {_day(date.fromisoformat(self.earliest))} on"
        if not self.earliest:
            return f"until {_day(date.fromisoformat(self.latest))}"
        return _both(date.fromisoformat(self.earliest), date.fromisoformat(self.latest))


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _both(first: date, last: date) -> str:
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        return _whole_months(first, last)
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _whole_months(first: date, last: date) -> str:
    if (first.month, last.month) == (1, 12):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    begin, end = _MONTHS[first.month - 1], _MONTHS[last.month - 1]
    if first.year != last.year:
        return f"{begin} {first.year} – {end} {last.year}"
    return f"{begin} {first.year}" if begin == end else f"{begin}–{end} {first.year}"


def ucdp_date_prec(interval: Interval) -> int | None:
    """UCDP's date_prec: a day 1, 2-6 days 2, a week 3, up to a month 4, up to a year 5; None beyond and when open."""
    return _first_reached(interval, ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5)))


def acled_time_precision(interval: Interval) -> int | None:
    """ACLED's time_precision: a day 1, up to a week 2, up to a month 3; None beyond and when open."""
    return _first_reached(interval, ((1, 1), (7, 2), (31, 3)))


def _first_reached(interval: Interval, steps: tuple[tuple[int, int], ...]) -> int | None:
    days = interval.days
    return None if days is None else next((code for most, code in steps if days <= most), None)


@dataclass(frozen=True, slots=True)
class DateChoice:
    """One way to read words about time, and why one would."""

    interval: Interval
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What words about time mean: ISO days, both included, an empty one open or unknown.

    problem is a sentence, or empty; with days filled it is a warning. choices has the ways to read ambiguous words,
    and then the days are empty until a person chooses.
    """

    earliest: str = ""
    latest: str = ""
    problem: str = ""
    choices: tuple[DateChoice, ...] = ()

    @property
    def interval(self) -> Interval:
        """The days as an interval."""
        return Interval(self.earliest, self.latest)
