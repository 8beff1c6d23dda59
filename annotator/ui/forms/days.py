"""Days as they are shown and typed in a form: 2021-08-20, 2021-08-18 – 2021-08-22, 2021-08-20 – (open end)."""

import re
from dataclasses import replace

from annotator.domain.articles import Article, is_date
from annotator.domain.events import When
from annotator.domain.intervals import Interval
from annotator.errors import EditRefused
from annotator.services.reading import read_date

_BETWEEN = re.compile(r"\s*(?:–|—|/|\.\.\.?|…|\bto\b|\buntil\b|\s-\s)\s*")


def shown(when: When) -> str:
    """The days of a date in one line."""
    if when.earliest == when.latest:
        return when.earliest
    return f"{when.earliest} – {when.latest}".strip()


def retyped(when: When, words: str, article: Article) -> When:
    """The date with the days that were typed; its words stay. Raises EditRefused as typed does."""
    earliest, latest = typed(words, article)
    return replace(when, earliest=earliest, latest=latest)


def typed(words: str, article: Article) -> tuple[str, str]:
    """The first and last day of what was typed; words such as "20 August 2021" are read as in an article.

    Raises EditRefused with a sentence that says how to write it.
    """
    bare = words.strip()
    if not bare:
        return "", ""
    ends = _BETWEEN.split(bare)
    if len(ends) == 2 and all(is_date(end.strip()) for end in ends):
        first, last = (end.strip() for end in ends)
        return first and Interval.of_iso(first).earliest, last and Interval.of_iso(last).latest
    if is_date(bare):
        whole = Interval.of_iso(bare)
        return whole.earliest, whole.latest
    reading = read_date(bare, article)
    if reading.choices:
        ways = " or ".join(choice.interval.words() for choice in reading.choices[:3])
        raise EditRefused(f"“{bare}” may be {ways}: write it as 2021-08-22.")
    if not (reading.earliest or reading.latest):
        raise EditRefused(f"“{bare}” is no date; write it as 2021-08-22, or 2021-08-18 – 2021-08-22.")
    return reading.earliest, reading.latest
