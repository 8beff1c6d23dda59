"""English words about time, from single days to ranges and open ends."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, partial

from annotator.domain.intervals import DateChoice, Interval
from annotator.nlp.calendar_dates import TOO_VAGUE, Found, Unread, asked, read_range, read_stated, sure
from annotator.nlp.date_parts import shifted, week_around, weekend_around
from annotator.nlp.nested_dates import part_of, with_named_units
from annotator.nlp.numbers import number_in
from annotator.nlp.relative_dates import read_relative
from annotator.nlp.word_lists import any_of, word_list

_COUNTED_FROM = re.compile(
    r"(?:the\s+)?(?:(?P<number>[\w-]+(?:\s[\w-]+)?)\s+)?(?P<unit>day|week)s?\s+"
    r"(?P<way>before|prior to|after|following)\s+(?P<day>.+)"
)
_WEEK_OF = re.compile(r"(?:the\s+)?(?P<what>week|weekend)\s+(?:of|beginning|starting|ending)\s+(?:on\s+)?(?P<day>.+)")
# “before dawn on Saturday” is no day before Saturday.
_DAY_PART_FIRST = re.compile(
    r"(?:(?:just|shortly|soon)\s+)?(?:before|after|around|at|by)\s+(?:dawn|dusk|midnight|noon|midday|daybreak|sunrise|sunset)"
    r"\s+(?:on\s+)?(?=\S)"
)
_RANGE_WORDS = (" to ", " through ", " until ", " till ", " and ", " or ", " - ", "-")


@cache
def _lead() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lists = word_list("dates")
    parts = any_of(lists["day_parts"])
    leading = re.compile(rf"(?:(?:{any_of(lists['leading'])})\s+|the\s+)")
    part_of_day = re.compile(rf"(?:(?:the\s+)?(?:{parts})\s+(?:of|on)\s+)|(?:\s+(?:in the\s+)?(?:{parts})$)")
    return leading, part_of_day, re.compile(rf"(?:{any_of(lists['around'])})\s+(.+)")


@cache
def _vague() -> re.Pattern[str]:
    lists = word_list("dates")
    units = any_of([*lists["units"], *(f"{unit}s" for unit in lists["units"])])
    phrases, amounts = any_of(lists["vague"]), any_of(lists["vague_amounts"])
    return re.compile(
        rf"(?:{phrases})|(?:(?:in|for|over|the|past|last|next|within)\s+)*(?:{amounts})\s+(?:{units})\b.*"
    )


def read_english(text: str, base: date | None) -> Found | None:
    """English words; None when they are not understood. Raises Unread where they cannot be an interval."""
    text = with_named_units(_DAY_PART_FIRST.sub("", text), base)
    if match := _WEEK_OF.fullmatch(text):
        day = _point(match["day"], base)
        return day and day.mapped(week_around if match["what"] == "week" else weekend_around)
    return (
        _counted_from(text, base)
        or _open(text, base)
        or _between(text, base)
        or _point(text, base)
        or _split_range(text, base)
    )


def _counted_from(text: str, base: date | None) -> Found | None:
    """“two days before 9/11”, “the day after the election” when the other day is a date."""
    match = _COUNTED_FROM.fullmatch(text)
    number = number_in(match["number"] or "one") if match else None
    day = _point(match["day"], base) if match and number is not None else None
    if match is None or number is None or day is None:
        return None
    days = number * (7 if match["unit"] == "week" else 1)
    return day.mapped(partial(shifted, days=days if match["way"] in {"after", "following"} else -days))


def _point(text: str, base: date | None) -> Found | None:
    """A date or a time that is no range of two. Ends of ranges are such: ranges in ranges would have no end."""
    if not text:
        raise Unread("There are no words to read.")
    if text in word_list("dates")["other_day"]:
        raise Unread("These words count from another day in the text; type the days.")
    if _vague().fullmatch(text):
        raise Unread(TOO_VAGUE)
    leading, part_of_day, around = _lead()
    if match := around.fullmatch(text):
        found = _point(match[1], base)
        return found and Found(found.choices, found.warning or "“Around” leaves the days open; widen them if need be.")
    if known := word_list("dates")["known_days"].get(text):
        return _with_known(read_stated(text, base) if base else None, *known)
    if part := part_of(text):
        whole = _point(part[0], base)
        return whole and whole.mapped(part[1])
    found = read_stated(text, base) or read_relative(text, base)
    if found is not None:
        return found
    bare = leading.sub("", text, count=1) if leading.match(text) else part_of_day.sub("", text)
    bare = bare.strip(" ,")
    return _point(bare, base) if bare and bare != text else None


def _with_known(found: Found | None, day: str, why: str) -> Found:
    """“9/11” is a day of history first, and one of this year's second."""
    others = [(choice.interval, choice.why) for choice in found.choices] if found else []
    return asked((Interval(day, day), why), *others)


_OPEN = (
    (re.compile(r"(?:since|ever since|starting|beginning|as from|with effect from)\s+(?:on\s+|in\s+)?(.+)"), "since"),
    (re.compile(r"(?:from\s+)?(.+?)\s+(?:on|onwards?|and after|until now|till now|to date)"), "since"),
    (re.compile(r"from\s+(?!.*\s(?:to|until|till|through)\s)(?!.*-)(.+)"), "since"),
    (re.compile(r"(?:after|following)\s+(.+)"), "after"),
    (re.compile(r"(?:until|till|up to|up until|by|no later than|through)\s+(.+)"), "until"),
    (re.compile(r"(?:before|prior to|ahead of)\s+(.+)"), "before"),
)


def _open(text: str, base: date | None) -> Found | None:
    for pattern, way in _OPEN:
        match = pattern.fullmatch(text)
        found = _point(match[1], base) if match else None
        if found is not None:
            return found.mapped(partial(_opened, way=way))
    return None


def _opened(interval: Interval, way: str) -> Interval:
    match way:
        case "since":
            return Interval(interval.earliest, "")
        case "after":
            return Interval(shifted(interval, 1).latest, "")
        case "until":
            return Interval("", interval.latest)
        case _:
            return Interval("", shifted(interval, -1).earliest)


_BETWEEN = (
    re.compile(r"between\s+(.+?)\s+and\s+(.+)"),
    re.compile(r"from\s+(.+?)\s*(?:\bto\b|\buntil\b|\btill\b|\bthrough\b|-)\s*(.+)"),
)


def _between(text: str, base: date | None) -> Found | None:
    for pattern in _BETWEEN:
        match = pattern.fullmatch(text)
        found = _range(match[1], match[2], base) if match else None
        if found is not None:
            return found
    return None


def _split_range(text: str, base: date | None) -> Found | None:
    for separator in _RANGE_WORDS:
        left, found_separator, right = text.partition(separator)
        if found_separator and left.strip() and right.strip():
            found = _range(left.strip(), right.strip(), base)
            if found is not None:
                return found
    return None


def _range(left: str, right: str, base: date | None) -> Found | None:
    left, right = (_lead()[0].sub("", end, count=1) if _lead()[0].match(end) else end for end in (left, right))
    found = read_range(left, right, base)
    if found is not None:
        return found
    ends = _point(right, base)
    if ends is None:
        return None
    # “Monday to Wednesday”: the Monday before that Wednesday.
    start_base = _last_day(ends.choices) if left.split()[0] in word_list("dates")["weekdays"] else base
    starts = _point(left, start_base)
    if starts is None:
        return None
    if len(starts.choices) > 1 and start_base != base:
        starts = sure(starts.choices[0].interval)
    pairs = [
        DateChoice(Interval(start.interval.earliest, end.interval.latest), start.why or end.why)
        for start in starts.choices
        for end in ends.choices
        if start.interval.earliest <= end.interval.latest and start.interval.earliest and end.interval.latest
    ]
    if not pairs:
        raise Unread("The range ends before it begins.")
    return Found(tuple(pairs), ends.warning or starts.warning)


def _last_day(choices: Iterable[DateChoice]) -> date | None:
    latest = max((choice.interval.latest for choice in choices), default="")
    return date.fromisoformat(latest) if latest else None
