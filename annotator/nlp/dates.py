"""From an article's words about time to an interval of days; what is ambiguous is asked, never guessed."""

import calendar
import re
import unicodedata
from datetime import date
from functools import cache

from annotator.domain.articles import is_date
from annotator.domain.intervals import DateChoice, Interval, Reading
from annotator.nlp.calendar_dates import Unread
from annotator.nlp.english_dates import read_english
from annotator.nlp.foreign_dates import read_foreign
from annotator.nlp.numbers import plain
from annotator.nlp.solar_dates import read_solar
from annotator.nlp.word_lists import any_of, word_list

_MOST_CHOICES = 6
_LONGEST = 200
"""Code points; no words about time are longer."""
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|º|er)\b")
_CLOCK = re.compile(
    r"(?:\bat )?(?<![./\d-])(?:\d{1,2}:\d{2}(?: ?[ap]\.?m\b\.?)?|\d{1,2}(?:[.:]\d{2})? ?[ap]\.?m\b\.?)(?: (?:gmt|utc))?"
)
_POSSESSIVE = re.compile(r"(?<=[a-z])'s\b")
_LIST_OF_DAYS = re.compile(r"(?<![\d.])(\d{1,2})(?:, \d{1,2})+,? and (?=\d{1,2}\b)")


@cache
def _hour() -> re.Pattern[str]:
    """What is left of words that say when in a day and not on which."""
    return re.compile(rf"((in|at|by|around|during)\s+)?(the\s+)?({any_of(word_list('dates')['day_parts'])})?")


def read_date(words: str, published: str = "", language: str = "") -> Reading:
    """What words about time mean in an article published on an ISO date, month or year, or on an unknown day.

    A weekday is the last one on or before publication, as reports have it. language is a BCP 47 tag; English is always
    tried first.
    """
    text = _tidy(words[:_LONGEST])
    if _hour().fullmatch(text) and any(letter.isalnum() for letter in words):
        return Reading(problem="A time of day alone is no date; type the days.")
    days = _days_of(published)
    choices: dict[Interval, DateChoice] = {}
    warning = ""
    try:
        for day in days:
            found = read_solar(text, language) or read_english(text, day) or read_foreign(text, day, language)
            if found is None:
                return Reading(problem=f"“{' '.join(words.split())[:80]}” was not understood as a date; type the days.")
            warning = warning or found.warning
            choices.update({choice.interval: choice for choice in found.choices if choice.interval not in choices})
            if len(choices) > _MOST_CHOICES:
                known = f"need the article's day of publication; only {published} is known"
                raise Unread(
                    f"These words {known if len(days) > 1 else 'can be read in too many ways; type the days'}."
                )
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
    """The days that the article may have come out on; None alone when nothing is known.

    Of a year one day a week is enough: whatever changes faster has too many readings to be asked.
    """
    if not published or not is_date(published):
        return [None]
    if len(published) >= 10:
        return [date.fromisoformat(published[:10])]
    year = int(published[:4])
    if len(published) == 7:
        month = int(published[5:7])
        return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]
    return [
        *(date.fromordinal(day) for day in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal(), 7)),
        date(year, 12, 31),
    ]


def _tidy(words: str) -> str:
    """Small letters and ASCII digits; without ordinals' endings, times of day and marks at the ends."""
    # Full-width and presentation forms become usual letters, and combining dots of the Turkish İ go.
    text = plain(unicodedata.normalize("NFKC", words)).replace("\u0307", "")
    text = _CLOCK.sub(" ", _ORDINAL.sub("", re.sub(r"[‘ʼ`]", "'", text))).replace("local time", " ")
    text = re.sub(r"\b(early|mid|late)-", r"\1 ", " ".join(text.split()))
    text = _POSSESSIVE.sub("", text)
    text = _LIST_OF_DAYS.sub(r"\1 and ", text)
    return text.strip(' .,;:!?"()[]“”«»،؛-')
