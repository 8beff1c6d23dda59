"""The text of an article in HTML with its marks: those that overlap have a line each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.spans import Span
from annotator.formats.html_words import words

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_LONGEST_GAP = 300
"""Code points over which the pieces of a mark are joined by a dotted line."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Something to mark. style is the class that has its colour, shape one more; chip stands before its first word.

    is_above says that its line runs above the words, where claims are. title is shown when the mouse rests on it.
    """

    spans: tuple[Span, ...]
    style: str
    shape: str
    chip: str
    title: str
    is_above: bool = False
    is_unsure: bool = False
    has_line: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a mark, or the gap between two, in a lane of its own."""

    span: Span
    ink: Ink
    lane: int
    number: int
    """Which piece of its mark, from 1; 0 for the gap between two."""


def marked_text(text: str, inks: Sequence[Ink]) -> Iterator[str]:
    """The paragraphs of the text, one for each line that is not blank."""
    for line, pieces in paragraphs(text, inks):
        yield _paragraph(text, line, pieces)


def paragraphs(text: str, inks: Sequence[Ink]) -> Iterator[tuple[Span, list[Piece]]]:
    """The lines of the text that are not blank, each with the pieces of marks in it, outer ones first."""
    pieces = sorted(_pieces(inks), key=lambda piece: (piece.span.start, -piece.span.end))
    active: list[Piece] = []
    at = 0
    for line in _lines(text):
        while at < len(pieces) and pieces[at].span.start < line.end:
            active.append(pieces[at])
            at += 1
        here = [piece for piece in active if piece.span.overlaps(line)]
        active = [piece for piece in active if piece.span.end > line.end]
        if line.cut(text).strip():
            yield line, here


def segments(line: Span, pieces: Sequence[Piece]) -> Iterator[tuple[Span, list[Piece]]]:
    """A line cut where pieces begin and end, each segment with the pieces that hold it."""
    cuts = {line.start, line.end}
    for piece in pieces:
        cuts |= {max(piece.span.start, line.start), min(piece.span.end, line.end)}
    for start, end in pairwise(sorted(cuts)):
        span = Span(start, end)
        yield span, [piece for piece in pieces if piece.span.contains(span)]


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for match in _LINE_END.finditer(text):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def _pieces(inks: Sequence[Ink]) -> Iterator[Piece]:
    """Every piece and every short gap, in the first lane that is free from the mark's start to its end."""
    ends: dict[bool, list[int]] = {False: [], True: []}
    for ink in sorted(inks, key=lambda ink: (ink.spans[0].start, -ink.spans[-1].end)):
        lane = 0
        if ink.has_line:
            taken = ends[ink.is_above]
            lane = next((n for n, end in enumerate(taken) if end <= ink.spans[0].start), len(taken))
            taken[lane : lane + 1] = [max(span.end for span in ink.spans)]
        for number, span in enumerate(ink.spans, start=1):
            yield Piece(span, ink, lane, number)
        for before, after in pairwise(ink.spans):
            if ink.has_line and 0 < after.start - before.end <= _LONGEST_GAP:
                yield Piece(Span(before.end, after.start), ink, lane, 0)


def _paragraph(text: str, line: Span, pieces: Sequence[Piece]) -> str:
    below = max((piece.lane + 1 for piece in pieces if piece.ink.has_line and not piece.ink.is_above), default=0)
    above = max((piece.lane + 1 for piece in pieces if piece.ink.has_line and piece.ink.is_above), default=0)
    inner = "".join(_segment(text, span, holding) for span, holding in segments(line, pieces))
    room = f' style="--below:{max(0, below - 1)};--above:{above}"' if below > 1 or above else ""
    return f'<p dir="auto"{room}>{inner}</p>\n'


def _segment(text: str, span: Span, holding: Sequence[Piece]) -> str:
    """Words between two cuts, inside one element for each mark that holds them."""
    begin = "".join(_chip(piece) for piece in holding if piece.span.start == span.start and piece.number)
    opened = "".join(_open(piece) for piece in holding)
    return f"{begin}{opened}{words(span.cut(text))}{'</span>' * len(holding)}"


def _open(piece: Piece) -> str:
    ink = piece.ink
    classes = [ink.style, ink.shape]
    if not piece.number:
        classes.append("gap")
    elif ink.is_unsure:
        classes.append("unsure")
    title = f' title="{words(ink.title)}"' if ink.title else ""
    lane = f' style="--l:{piece.lane}"' if piece.lane else ""
    return f'<span class="{" ".join(filter(None, classes))}"{lane}{title}>'


def chip_of(piece: Piece) -> str:
    """The mark's letter, which stands before its first word; a mark of several pieces counts them."""
    ink, count = piece.ink, len(piece.ink.spans)
    if not ink.chip:
        return ""
    letters = f"{ink.chip} {piece.number}/{count}" if count > 1 else ink.chip
    return letters + ("?" if ink.is_unsure else "")


def _chip(piece: Piece) -> str:
    letters = chip_of(piece)
    if not letters:
        return ""
    is_open = " open" if piece.ink.is_above or piece.number > 1 else ""
    return f'<i class="k {piece.ink.style}{is_open}" data-k="{words(letters)}" aria-hidden="true"></i>'
