"""What stands between quote marks: all kinds of marks, unbalanced ones, speech over several paragraphs."""

import re
from dataclasses import dataclass

from annotator.domain.spans import Span

_CLOSING = {"“": '”"', "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", "”": "”"}
_PARAGRAPH = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_MARK = re.compile(r"``|''|[\"“”„«»‹›「」『』‘’'`]")
_LONGEST_IN_SINGLES = 500
"""Code points; apostrophes would else be sought through a whole book."""
_SINGLES = {"‘": "’", "'": "'", "`": "'"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """From one quote mark to the other, both inside, in code points. goes_on: the next paragraph goes on with it."""

    span: Span
    goes_on: bool = False


def quotations(text: str) -> list[Quotation]:
    """The outermost quotations of a text in order. One that is not closed ends with its paragraph.

    Without a closing mark it counts only at the start of the paragraph, after a comma or colon, or when the next
    paragraph opens with a mark as well: else one stray mark would make all that follows speech.
    """
    paragraphs = [(match.start(), match[0]) for match in _PARAGRAPH.finditer(text) if match[0].strip()]
    result: list[Quotation] = []
    for place, (offset, words) in enumerate(paragraphs):
        begun = None
        for start, end in _pairs(words):
            if end is None:
                begun = start
            else:
                result.append(Quotation(Span(offset + start, offset + end)))
        if begun is not None:
            following = paragraphs[place + 1][1].lstrip()[:1] if place + 1 < len(paragraphs) else ""
            goes_on = bool(following) and following in "“\"'`«„"
            if goes_on or not words[:begun].strip() or words[:begun].rstrip().endswith((":", ",")):
                last = offset + len(words.rstrip())
                result.append(Quotation(Span(offset + begun, last), goes_on))
    return result


def _pairs(words: str) -> list[tuple[int, int | None]]:
    """Where each quotation of a paragraph starts and ends; the last one may have no end."""
    found: list[tuple[int, int | None]] = []
    opened, closing = -1, ""
    for match in _MARK.finditer(words):
        at, end, mark = match.start(), match.end(), match[0] if len(match[0]) == 1 else '"'
        before, after = words[max(0, at - 1) : at], words[end : end + 1]
        looks_open = not before.isalnum() and before not in {".", ",", "?", "!"} and bool(after.strip())
        if opened < 0:
            if mark in _SINGLES:
                last = _single_end(words, at, _SINGLES[mark]) if looks_open and after.isalnum() else 0
                if last and not any(other in words[at:last] for other in '"“'):
                    found.append((at, last))
            elif mark == '"':
                if looks_open or not before.strip():
                    opened, closing = at, '"”'
            elif mark in _CLOSING and mark != "”" and (mark != "»" or looks_open):
                opened, closing = at, _CLOSING[mark]
        elif mark in closing and not (mark == '"' and looks_open and not before.strip() and before):
            found.append((opened, end))
            opened = -1
        elif mark in {'"', "“"} and looks_open:
            opened, closing = at, _CLOSING.get(mark, '"”')
    if opened >= 0:
        found.append((opened, None))
    covered, result = -1, list[tuple[int, int | None]]()
    for start, stop in found:
        if start >= covered:
            result.append((start, stop))
            covered = stop if stop is not None else len(words)
    return result


def _single_end(words: str, start: int, closing: str) -> int:
    """Where a quotation in single marks ends; 0 when the mark is rather an apostrophe."""
    last = start + _LONGEST_IN_SINGLES
    at = words.find(closing, start + 2, last)
    while at >= 0:
        if words[at - 1] in ".,?!" and not words[at + 1 : at + 2].isalnum():
            return at + 1
        at = words.find(closing, at + 1, last)
    return 0
