"""Spans: half-open ranges of code points into an article's stored text."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

GAP = " … "
"""What stands between the quoted pieces of something discontiguous."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points start <= i < end of a text; never empty. Raises ValueError when it would be."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span must hold at least one character: {self.start} to {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Self) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Self) -> bool:
        """Whether every code point of other is in this one too."""
        return self.start <= other.start and other.end <= self.end

    def cut(self, text: str) -> str:
        """The words of this span in text."""
        return text[self.start : self.end]

    def trimmed(self, text: str) -> Self | None:
        """Without the blanks at either end; None when nothing else is left."""
        words = self.cut(text)
        bare = words.strip()
        if not bare:
            return None
        start = self.start + len(words) - len(words.lstrip())
        return type(self)(start, start + len(bare))


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same code points as sorted spans that neither overlap nor touch."""
    result: list[Span] = []
    ordered = sorted(spans)
    if len(ordered) == 1:
        return (ordered[0],)
    for span in ordered:
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def hull(spans: tuple[Span, ...]) -> Span:
    """The smallest span that holds all of them; they are sorted and not empty."""
    return spans[0] if len(spans) == 1 else Span(spans[0].start, max(span.end for span in spans))


def quoted(text: str, spans: tuple[Span, ...]) -> str:
    """The words of spans in text, pieces joined by GAP."""
    return GAP.join([text[span.start : span.end] for span in spans])


def covers(outer: tuple[Span, ...], inner: tuple[Span, ...]) -> bool:
    """Whether each span of inner lies inside one span of outer."""
    return bool(inner) and all(any(a.contains(b) for a in outer) for b in inner)


def holders(wanted: Iterable[Span], labelled: Iterable[tuple[Span, str]]) -> dict[Span, tuple[str, ...]]:
    """For each wanted span the labels of those that hold all of it, each once, the shortest first."""
    waiting, begun, at = sorted(labelled), list[tuple[Span, str]](), 0
    result: dict[Span, tuple[str, ...]] = {}
    for span in sorted(wanted):
        while at < len(waiting) and waiting[at][0].start <= span.start:
            begun.append(waiting[at])
            at += 1
        begun = [(holder, label) for holder, label in begun if holder.end > span.start]
        found = sorted((len(holder), label) for holder, label in begun if holder.end >= span.end)
        result[span] = tuple(dict.fromkeys(label for _, label in found))
    return result


def check_pieces(spans: tuple[Span, ...]) -> None:
    """Raises ValueError unless there is at least one span and they are sorted and apart."""
    if not spans:
        raise ValueError("at least one span is needed")
    if len(spans) > 1 and any(a.end > b.start for a, b in pairwise(spans)):
        raise ValueError("spans must be sorted and must not overlap")
