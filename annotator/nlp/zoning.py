"""Lines that are no body text, by their words and their shape: captions, credits, by-lines, share bars, newsletters."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from annotator.domain.proposals import ProposedZone
from annotator.domain.spans import Span
from annotator.nlp.word_lists import word_list

PROPOSER = "zone rules"
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_ROW = re.compile(r"\s*[|·•»›/,]\s*|\s{2,}|\t")
_WORD = re.compile(r"\w+")
_NAME = re.compile(
    r"\s*(?:[A-Z][\w.'’-]*|and|de|der|van|von|al|bin|[,&|])(?:\s+(?:[A-Z][\w.'’-]*|and|de|der|van|von|al|bin|in|for|[,&|]))*"
)
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s*$")
_SHORT, _MIDDLE, _LONG = 12, 30, 80
"""Words in a line: what a label, a notice and a caption may have at most."""
_TOP = 8
"""Lines from the start among which a by-line stands."""
_LONGEST_HEADLINE = 25


def propose_zones(text: str, kinds: Collection[str]) -> tuple[ProposedZone, ...]:
    """The lines of a text that are no body, each a zone of one of these kinds; rows of one kind make one zone.

    kinds are the schema's zone kinds: headline, caption, credit, boilerplate and byline are known here.
    """
    lines = [span for match in _LINE.finditer(text) if (span := Span(*match.span()).trimmed(text)) is not None]
    found: list[ProposedZone] = []
    previous = -2
    for place, span in enumerate(lines):
        kind, score = _kind(span.cut(text), place, len(lines))
        if not kind or kind not in kinds:
            continue
        if found and previous == place - 1 and found[-1].kind == kind == "boilerplate":
            joint = Span(found[-1].span.start, span.end)
            found[-1] = ProposedZone(kind, joint, min(score, found[-1].score), PROPOSER)
        else:
            found.append(ProposedZone(kind, span, score, PROPOSER))
        previous = place
    return tuple(found)


def _kind(line: str, place: int, count: int) -> tuple[str, float]:
    small = line.casefold()
    words = len(_WORD.findall(line[:5_000]))
    if _is_row(small):
        return "boilerplate", 0.9
    for kind, score in _by_words(small, words):
        return kind, score
    if place < _TOP and words <= _SHORT and _is_byline(line, small):
        return "byline", 0.8
    if place == 0 and count > 2 and 3 <= words <= _LONGEST_HEADLINE and not _SENTENCE_END.search(line[-10:]):
        return "headline", 0.6
    return "", 0.0


def _by_words(small: str, words: int) -> Iterator[tuple[str, float]]:
    if words <= _LONG and _says("caption", small):
        yield "caption", 0.7
    is_fragment = words <= _MIDDLE and not _SENTENCE_END.search(small[-10:])
    if is_fragment and small.startswith(_lists("caption")["fragments"]):
        yield "caption", 0.5
    if words <= _SHORT and _says("credit", small):
        yield "credit", 0.8
    elif is_fragment and _holds("credit", small):
        yield "caption", 0.5
    if words <= _MIDDLE and _says("boilerplate", small):
        yield "boilerplate", 0.7


def _is_row(small: str) -> bool:
    """Whether a line is a label of a page, or a row of them."""
    if len(small) > 200:
        return False
    whole = _whole()
    parts = [part for part in _ROW.split(small.strip(" :.…»›→↑↓")) if part]
    is_known = bool(parts) and all(part in whole or part.isdigit() for part in parts)
    # A number or a letter alone rather heads a part of the article: “X.”
    return is_known and any(len(part) > 1 and not part.isdigit() for part in parts)


def _is_byline(line: str, small: str) -> bool:
    start = next((start for start in _lists("byline")["starts"] if small.startswith(start)), None)
    if start is None or _SENTENCE_END.search(line):
        return False
    rest = line[len(start) :]
    return _NAME.match(rest) is not None or bool(re.match(r"\s*[\w:,]*\d", rest))


@cache
def _whole() -> frozenset[str]:
    return frozenset(_lists("boilerplate")["whole"])


@cache
def _lists(kind: str) -> dict[str, tuple[str, ...]]:
    return {way: tuple(words) for way, words in word_list("zones")[kind].items()}


def _says(kind: str, small: str) -> bool:
    return small.startswith(_lists(kind)["starts"]) or _holds(kind, small)


def _holds(kind: str, small: str) -> bool:
    return any(words in small for words in _lists(kind)["holds"])
