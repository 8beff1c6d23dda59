"""Sentences and words of a text by plain rules, for formats that count words. No language model is asked.

A word is a run of letters and digits, with the apostrophes inside it (O'Brien); a possessive 's, every sign and every
letter of scripts without blanks (Chinese, Japanese, Thai …) is a word of its own, so that a mention rarely ends inside
one. Numbers (1,200.50) and U.S. stay whole. A sentence ends with its line, and at . ! ? … before a blank and a letter
that could begin another, not after Mr. and initials.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from annotator.domain.spans import Span

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}_\u200c\u200d]--[{_UNSPACED}]]"
_TOKEN = (
    rf"(?V1)(?:\p{{L}}\.){{2,}}|\p{{N}}+(?:[.,:]\p{{N}}+)+|[{_UNSPACED}]\p{{M}}*|{_LETTER}+(?:['’]{_LETTER}{{3,}})*"
    # What separates records counts as a blank for str.isspace and str.split, not for this pattern's \s.
    rf"|['’](?:s|re|ve|ll|d|m|t)(?!{_LETTER})|\.\.+|[^\s\x1c-\x1f]\p{{M}}*"
)
_LINE = r"[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+"
_ENDS = frozenset(".!?…؟。！？")
_UNSPACED_ENDS = frozenset("。！？")
_CLOSING = frozenset("\"”’»)]'")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt sgt capt maj sen rep gov st jr sr vs approx dept est inc ltd co corp".split()
)
_BEFORE_NUMBERS = frozenset({"no", "fig"})


@cache
def _patterns() -> tuple[Any, Any]:
    import regex

    return regex.compile(_TOKEN), regex.compile(_LINE)


def sentences(text: str) -> Iterator[tuple[Span, ...]]:
    """The words of each sentence, in order. Between two words there are only blanks or nothing."""
    token, line = _patterns()
    for stretch in line.finditer(text):
        words = [Span(*match.span()) for match in token.finditer(text, stretch.start(), stretch.end())]
        begin = 0
        for at in range(1, len(words)):
            if _ends_before(text, words, at):
                yield tuple(words[begin:at])
                begin = at
        if words[begin:]:
            yield tuple(words[begin:])


def _ends_before(text: str, words: list[Span], at: int) -> bool:
    """Whether a sentence begins with the word at this place."""
    last = at - 1
    while last > 0 and words[last].cut(text) in _CLOSING:
        last -= 1
    sign, first = text[words[last].start], text[words[at].start]
    if sign not in _ENDS or (len(words[last]) > 1 and sign != "."):
        return False
    if words[at - 1].end == words[at].start and sign not in _UNSPACED_ENDS:
        return False
    if sign == "." and last > 0 and words[last - 1].end == words[last].start:
        before = words[last - 1].cut(text)
        if before.casefold() in _ABBREVIATIONS or (len(before) == 1 and before.isupper()):
            return False
        if before.casefold() in _BEFORE_NUMBERS and first.isnumeric():
            return False
    return not first.islower()
