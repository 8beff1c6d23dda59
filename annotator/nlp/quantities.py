"""From “15 Taliban fighters were killed” to what, whom and how many. English; digits of any script."""

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from annotator.domain.quantities import Count
from annotator.domain.spans import Span
from annotator.nlp.numbers import Number, find_numbers, plain
from annotator.nlp.word_lists import any_of, word_list

_REACH = 300
"""Code points of a sentence that are looked at on either side of the selection."""
_MOST_WHOM_WORDS = 8
_LONGEST_MEASURE = 12
_OTHER_CLAUSE = 40
"""A cue beyond a comma or an “and” counts as this many code points farther away."""
_SENTENCE_END = re.compile(r"[.!?؟。]['\"”’)]*\s+|[\n\r]\s*[\n\r]")
_CLAUSE_END = re.compile(r"[,;:()–—]|\b(?:and|but|while)\b")
_NO_COUNT_BEFORE = re.compile(r"[^\W\d_][-‐‑]?$|[$€£¥₹]\s?$")
"""A name that the number belongs to, as in Covid-19 and G7; or money."""
_NEXT_WORD = re.compile(r"\s+([^\W\d_][\w'’-]*)")
_ARTICLE = re.compile(r"\s+(?:the|its|their|an?)\b", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?", re.IGNORECASE)
_ONE = re.compile(r"(?:^|\s)(?:one|1)$", re.IGNORECASE)
_ROUND = frozenset(10**power for power in range(1, 7))
"""What shares are told of: “three in 10”, “40 in 100,000”."""
_OF = re.compile(r"\s+of\b")


@dataclass(frozen=True, slots=True)
class _Cue:
    what: str
    span: Span


def read_counts(text: str, span: Span) -> list[Count]:
    """The numbers inside a span of an article's text, with what the words around say that they count.

    Amounts that are no number (“dozens”) come with their words and without numbers; ages, distances, shares, money and
    parts of names are left out. Parts of dates are not told apart from counts: a person selected the words.
    """
    start = max(0, min(span.start, len(text)))
    end = min(span.end, len(text))
    counts = []
    for number in _without_shares(text[start:end]):
        moved = replace(number, span=Span(number.span.start + start, number.span.end + start))
        if _NO_COUNT_BEFORE.search(text, max(0, moved.span.start - 3), moved.span.start):
            continue
        if not _measures().match(plain(text[moved.span.end : moved.span.end + _LONGEST_MEASURE])):
            counts.append(_count(text, moved))
    return counts


def _without_shares(words: str) -> list[Number]:
    """The numbers of a text less those that are a share: “one in five”, “nine out of ten”."""
    numbers = find_numbers(words)
    shares = set[int]()
    for place, (part, whole) in enumerate(pairwise(numbers)):
        if _IN.fullmatch(words, part.span.end, whole.span.start) and _is_share(part, whole, part.span.cut(words)):
            shares |= {place, place + 1}
    return [number for place, number in enumerate(numbers) if place not in shares]


def _is_share(part: Number, whole: Number, words: str) -> bool:
    # “15 in 20 villages” counts people and villages, and “one in 2019” a year.
    known = next((number for number in (part.low, part.best, part.high) if number is not None), None)
    if known is None or whole.best is None or known >= whole.best:
        return False
    is_round = whole.best in _ROUND
    return is_round or whole.best <= 10 or (whole.best < 1000 and _ONE.search(words) is not None)


def _count(text: str, number: Number) -> Count:
    sentence = _sentence_around(text, number.span)
    whom = _whom(text, number.span, sentence.end)
    end = whom.end if whom else number.span.end
    return Count(
        words=text[number.span.start : end],
        span=number.span,
        what=_what(text, number.span, whom, sentence),
        whom_words=whom.cut(text) if whom else "",
        whom_span=whom,
        low=number.low,
        best=number.best,
        high=number.high,
        problem=number.problem,
    )


def _sentence_around(text: str, span: Span) -> Span:
    start, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.start()
            break
    return Span(start, end)


def _whom(text: str, number: Span, limit: int) -> Span | None:
    """The words after the number up to a verb, a preposition or a mark."""
    stops, skips = _whom_words()
    place, start, end = number.end, 0, 0
    while (match := _NEXT_WORD.match(text, place, limit)) is not None and match[0].count("\n") == 0:
        word = plain(match[1]).replace("’", "'")
        if word in skips and not end:
            place = match.end()
            continue
        if word in stops or (end and text[start:end].count(" ") + 1 >= _MOST_WHOM_WORDS):
            break
        start = start if end else match.start(1)
        end = place = match.end()
        # “members of the group” goes on, “killed of hunger” does not: a verb has stopped before.
        following = _OF.match(text, place, limit)
        if following:
            place = _after_articles(text, following.end(), limit)
    return Span(start, end) if end else None


def _after_articles(text: str, place: int, limit: int) -> int:
    match = _ARTICLE.match(text, place, limit)
    return match.end() if match else place


@cache
def _measures() -> re.Pattern[str]:
    return re.compile(rf"[\s-]?(?:{any_of(word_list('quantities')['measures'])})(?!\w)")


@cache
def _whom_words() -> tuple[frozenset[str], frozenset[str]]:
    lists = word_list("quantities")
    said = {word for names in lists["quantities"].values() for phrase in names["said"] for word in phrase.split()[:1]}
    stops = {*lists["whom_stops"], *lists["not_whom"], *said}
    return frozenset(stops - {"lives", "bodies", "corpses"}), frozenset(lists["whom_skips"])


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    quantities = word_list("quantities")["quantities"]
    return {key: re.compile(_alternatives(key, quantities)) for key in ("said", "people", "always")}


def _alternatives(key: str, quantities: dict[str, dict[str, list[str]]]) -> str:
    """One group for each quantity that has words of this kind; groups are numbered, for names may have blanks."""
    return "|".join(
        rf"\b(?P<q{number}>{any_of(names[key])})\b"
        for number, names in enumerate(quantities.values())
        if names.get(key)
    )


def _found(key: str, words: str, within: Span) -> list[_Cue]:
    names = list(word_list("quantities")["quantities"])
    return [
        _Cue(names[int(str(match.lastgroup)[1:])], Span(*match.span()))
        for match in _cues()[key].finditer(words, within.start, within.end)
    ]


def _what(text: str, number: Span, whom: Span | None, sentence: Span) -> str:
    """The cue nearest to the number; nouns for people only where nothing is said to have happened to them."""
    begin = sentence.start
    words = plain(sentence.cut(text))
    number, whole = Span(number.start - begin, number.end - begin), Span(0, len(sentence))
    counted = Span(whom.start - begin, whom.end - begin) if whom else None
    if counted and (always := _found("always", words, counted)):
        return always[0].what
    own = Span(number.start, counted.end) if counted else number
    said = [cue for cue in _found("said", words, whole) if not own.contains(cue.span) or cue.span.start >= number.end]
    people = _found("people", words, counted) if counted else []
    nearest = min(said, key=lambda cue: _distance(words, own, cue.span), default=None)
    if people and (nearest is None or _distance(words, own, nearest.span) >= _OTHER_CLAUSE):
        return people[0].what
    return nearest.what if nearest else ""


def _distance(words: str, own: Span, cue: Span) -> int:
    if cue.overlaps(own):
        return 0
    between = words[own.end : cue.start] if cue.start >= own.end else words[cue.end : own.start]
    crossings = len(_CLAUSE_END.findall(between))
    return len(between) + _OTHER_CLAUSE * crossings
