"""Where words begin and end in a text: what a selection snaps to."""

import re
from collections.abc import Iterator
from functools import cache

from annotator.domain.spans import Span

# Scripts written without blanks: each character is a word of its own, so that snapping never grows a selection.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711-\u07b0\u07eb-\u07f3\u07fd\u0816-\u082d\u0859-\u085b\u0898-\u08e1"
    # Devanagari to Sinhala, without the signs that end sentences and stand for money.
    "\u08e3-\u0963\u0981-\u09e3\u09fe-\u0a51\u0a70-\u0a75\u0a81-\u0ae3\u0afa-\u0b63\u0b82-\u0bd7\u0c00-\u0c63\u0c81-\u0c83"
    "\u0cbc-\u0ce3\u0d00-\u0d4d\u0d57\u0d62-\u0d63\u0d81-\u0ddf\u0df2-\u0df3"
)
"""For a class in a pattern: accents and vowel signs that follow the letter they belong to, some letters among them."""
_LETTER = rf"(?:[^\W{_UNSPACED}]|[{MARKS}\u200c\u200d])"
# An apostrophe stays inside O'Brien and d'Estaing but leaves a possessive 's outside.
_WORD = rf"[{_UNSPACED}]|{_LETTER}+(?:['’]{_LETTER}{{2,}})*"
_REACH = 200
"""Code points looked at on either side; no word is longer, and a text of 1 MB costs no more than a short one."""


@cache
def _words() -> re.Pattern[str]:
    # Compiled at the first use: it has a large set of characters, and the window should not wait for it.
    return re.compile(_WORD)


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(rf"{_WORD}|\S")


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(rf"{_LETTER}|['’]")


def tokens(text: str) -> Iterator[Span]:
    """The words of a text and the signs between them, each sign a token of its own, without blanks."""
    return (Span(*match.span()) for match in _tokens().finditer(text))


def word_at(text: str, offset: int) -> Span | None:
    """The word that holds the code point at offset, or that ends there; None between words."""
    window_start = _window_start(text, offset)
    before: Span | None = None
    for match in _words().finditer(text, window_start, offset + _REACH):
        if match.start() <= offset < match.end():
            return Span(match.start(), match.end())
        if match.end() == offset:
            before = Span(match.start(), match.end())
        if match.start() > offset:
            break
    return before


def snapped(text: str, span: Span) -> Span | None:
    """The span grown to whole words and without blanks at its ends; None when it holds only blanks."""
    bare = span.trimmed(text)
    if bare is None:
        return None
    first, last = _word_holding(text, bare.start), _word_holding(text, bare.end - 1)
    return Span(first.start if first else bare.start, last.end if last else bare.end)


def next_word_end(text: str, offset: int) -> int | None:
    """The end of the first word that ends after offset."""
    for match in _words().finditer(text, _window_start(text, offset)):
        if match.end() > offset:
            return match.end()
    return None


def previous_word_start(text: str, offset: int) -> int | None:
    """The start of the last word that begins before offset."""
    reach = _REACH
    while True:
        begin = _gap_before(text, max(0, offset - reach))
        # Not only up to offset: the word that holds it would be another one without its end.
        words = _words().finditer(text, begin, offset + _REACH)
        starts = [match.start() for match in words if match.start() < offset]
        if starts or begin == 0:
            return starts[-1] if starts else None
        reach *= 4


def next_word_start(text: str, offset: int) -> int | None:
    """The start of the first word that begins after offset."""
    for match in _words().finditer(text, _window_start(text, offset)):
        if match.start() > offset:
            return match.start()
    return None


def previous_word_end(text: str, offset: int) -> int | None:
    """The end of the last word that ends before offset."""
    start = previous_word_start(text, offset)
    while start is not None:
        word = _word_holding(text, start)
        if word is not None and word.end < offset:
            return word.end
        start = previous_word_start(text, start)
    return None


def _word_holding(text: str, offset: int) -> Span | None:
    word = word_at(text, offset)
    return word if word and word.start <= offset < word.end else None


def _window_start(text: str, offset: int) -> int:
    return _gap_before(text, max(0, offset - _REACH))


def _gap_before(text: str, offset: int) -> int:
    """A place at or before offset where a word cannot be cut in two, looked for over at most 200 code points."""
    for place in range(offset, max(0, offset - _REACH), -1):
        if not _inside().match(text, place - 1):
            return place
    return max(0, offset - _REACH)
