"""From an article's words about time to an interval of days; what is ambiguous is asked, never guessed."""

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cache, partial

from annotator.domain.articles import is_date
from annotator.domain.intervals import DateChoice, Interval, Reading
from annotator.nlp.calendar_dates import Found, Unread, read_range, read_stated, sure
from annotator.nlp.date_parts import shifted, week_around
from annotator.nlp.foreign_dates import read_foreign
from annotator.nlp.numbers import plain
from annotator.nlp.relative_dates import read_relative
from annotator.nlp.solar_dates import read_solar
from annotator.nlp.word_lists import any_of, word_list

_MOST_CHOICES = 6
_LONGEST = 200
"""Code points; no words about time are longer."""
_TOO_VAGUE = "These words are too vague for an interval; they are kept as they are."
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|º|er)\b")
_CLOCK = re.compile(
    r"(?:\bat )?(?<![./\d-])(?:\d{1,2}:\d{2}(?: ?[ap]\.?m\b\.?)?|\d{1,2}(?:[.:]\d{2})? ?[ap]\.?m\b\.?)(?: (?:gmt|utc))?"
)
_LIST_OF_DAYS = re.compile(r"(?<![\d.])(\d{1,2})(?:, \d{1,2})+,? and (?=\d{1,2}\b)")
_WEEK_OF = re.compile(r"(?:the\s+)?week\s+(?:of|beginning|starting|ending)\s+(?:on\s+)?(.+)")
_RANGE_WORDS = (" to ", " through ", " until ", " till ", " and ", " or ", " - ", "-")


def read_date(words: str, published: str = "", language: str = "") -> Reading:
    """What words about time mean in an article published on an ISO date, month or year, or on an unknown day.

    A weekday is the last one on or before publication, as reports have it. language is a BCP 47 tag; English is always
    tried first.
    """
    text = _tidy(words[:_LONGEST])
    days = _days_of(published)
    choices: dict[Interval, DateChoice] = {}
    warning = ""
    try:
        for day in days:
            found = read_solar(text) or _read(text, day) or read_foreign(text, day, language)
            if found is None:
                return Reading(problem=f"“{' '.join(words.split())[:80]}” was not understood as a date; type the days.")
            warning = warning or found.warning
            choices.update({choice.interval: choice for choice in found.choices if choice.interval not in choices})
            if len(choices) > _MOST_CHOICES:
                raise Unread(f"These words need the article's day of publication; only {published} is known.")
    except Unread as answer:
        return Reading(problem=str(answer))
    except (ValueError, OverflowError):  # a day beyond the calendar, such as a million years ago
        return Reading(problem="The calendar has no such day.")
    return _reading(list(choices.values()), warning)


def _reading(choices: list[DateChoice], warning: str) -> Reading:
    if len(choices) == 1:
        interval = choices[0].interval
        return Reading(interval.earliest, interval.latest, warning)
    ways = [choice.interval.words() for choice in choices]
    question = f"This may be {', '.join(ways[:-1])} or {ways[-1]}; choose one."
    return Reading(problem=f"{question} {warning}".strip(), choices=tuple(choices))


def _days_of(published: str) -> list[date | None]:
    """Every day that the article may have come out on; None alone when nothing is known."""
    if not published or not is_date(published):
        return [None]
    if len(published) >= 10:
        return [date.fromisoformat(published[:10])]
    year = int(published[:4])
    months = [int(published[5:7])] if len(published) == 7 else range(1, 13)
    return [date(year, month, day) for month in months for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _tidy(words: str) -> str:
    """Small letters and ASCII digits; without ordinals' endings, times of day and marks at the ends."""
    # Full-width and presentation forms become usual letters, and combining dots of the Turkish İ go.
    text = plain(unicodedata.normalize("NFKC", words)).replace("\u0307", "")
    text = _CLOCK.sub(" ", _ORDINAL.sub("", re.sub(r"[‘ʼ`]", "'", text))).replace("local time", " ")
    text = re.sub(r"\b(early|mid|late)-", r"\1 ", " ".join(text.split()))
    text = _LIST_OF_DAYS.sub(r"\1 and ", text)
    return text.strip(' .,;:!?"()[]“”«»،؛-')


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


def _read(text: str, base: date | None) -> Found | None:
    """English words; None when they are not understood. Raises Unread where they cannot be an interval."""
    if match := _WEEK_OF.fullmatch(text):
        day = _point(match[1], base)
        return day and day.mapped(week_around)
    return _open(text, base) or _between(text, base) or _point(text, base) or _split_range(text, base)


def _point(text: str, base: date | None) -> Found | None:
    """A date or a time that is no range of two. Ends of ranges are such: ranges in ranges would have no end."""
    if not text:
        raise Unread("There are no words to read.")
    if text in word_list("dates")["other_day"]:
        raise Unread("These words count from another day in the text; type the days.")
    if _vague().fullmatch(text):
        raise Unread(_TOO_VAGUE)
    leading, part_of_day, around = _lead()
    if match := around.fullmatch(text):
        found = _point(match[1], base)
        return found and Found(found.choices, found.warning or "“Around” leaves the days open; widen them if need be.")
    found = read_stated(text, base) or read_relative(text, base)
    if found is not None:
        return found
    bare = leading.sub("", text, count=1) if leading.match(text) else part_of_day.sub("", text)
    bare = bare.strip(" ,")
    return _point(bare, base) if bare and bare != text else None


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
