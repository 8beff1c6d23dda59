"""Where sentences begin and end, as far as moving and selecting by sentence needs it."""

from PySide6.QtCore import QTextBoundaryFinder

from annotator.domain.spans import Span
from annotator.ui.article.offsets import OffsetMap

_ABBREVIATIONS = frozenset("mr mrs ms dr prof gen col lt maj capt sgt sen rep gov st no vs approx".split())


def sentence_at(offsets: OffsetMap, offset: int) -> Span | None:
    """The sentence that holds the offset, without the blanks around it; None in a blank paragraph."""
    start, end = offsets.paragraph(offsets.paragraph_at(offset))
    text = offsets.text[start:end]
    for span in _sentences(text):
        if offset - start < span.end or span.end == len(text.rstrip()):
            bare = span.trimmed(text)
            if bare is not None and (offset - start < span.end or offset >= start + bare.end):
                return Span(start + bare.start, start + bare.end)
    return None


def next_sentence(offsets: OffsetMap, offset: int) -> int:
    """The start of the first sentence that begins after offset; the end of the text after the last one."""
    number = offsets.paragraph_at(offset)
    while number < offsets.paragraph_count:
        for begin in _starts(offsets, number):
            if begin > offset:
                return begin
        number += 1
    return len(offsets.text)


def previous_sentence(offsets: OffsetMap, offset: int) -> int:
    """The start of the last sentence that begins before offset; 0 before the first one."""
    number = offsets.paragraph_at(offset)
    while number >= 0:
        for begin in reversed(_starts(offsets, number)):
            if begin < offset:
                return begin
        number -= 1
    return 0


def _starts(offsets: OffsetMap, number: int) -> list[int]:
    start, end = offsets.paragraph(number)
    text = offsets.text[start:end]
    bare = (span.trimmed(text) for span in _sentences(text))
    return [start + span.start for span in bare if span is not None]


def _sentences(text: str) -> list[Span]:
    """The sentences of a paragraph, one after the other without gaps, in code points of the paragraph."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Sentence, text)
    astral = any(c > "\uffff" for c in text)
    spans, start = [], 0
    while (units := finder.toNextBoundary()) != -1:
        end = _code_points(text, units) if astral else units
        if end > start and not _is_abbreviated(text[start:end]):
            spans.append(Span(start, end))
            start = end
    if start < len(text):
        spans.append(Span(start, len(text)))
    return spans


def _is_abbreviated(sentence: str) -> bool:
    last = sentence.rstrip().rpartition(" ")[2].casefold()
    return last.endswith(".") and last.strip("(.\"'“") in _ABBREVIATIONS


def _code_points(text: str, units: int) -> int:
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
