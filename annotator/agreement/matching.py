"""Which of two people's records are the same: by the words they share, one to one, those that share most first."""

from collections.abc import Callable, Iterator, Sequence

from annotator.domain.spans import Span, hull

Spans = tuple[Span, ...]
HALF = 0.5
"""The least share of the union that two spans have in common to count as overlapping."""


def length(spans: Spans) -> int:
    """How many code points the spans hold; they are apart."""
    return sum(map(len, spans))


def common(one: Spans, other: Spans) -> int:
    """How many code points both have."""
    if len(one) == 1 == len(other):
        return max(0, min(one[0].end, other[0].end) - max(one[0].start, other[0].start))
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def overlap(one: Spans, other: Spans) -> float:
    """The share of the code points of either that both have, 0 to 1."""
    both = common(one, other)
    return both / (length(one) + length(other) - both) if both else 0.0


def matched(
    mine: Sequence[Spans],
    theirs: Sequence[Spans],
    fits: Callable[[int, int, float], bool],
    alike: Callable[[int, int], int] = lambda _, __: 0,
) -> list[tuple[int, int]]:
    """Pairs of places in mine and theirs, each place in one pair at most, in the order of mine.

    fits says whether two that share a code point may be a pair, given their overlap. The pairs with the largest overlap
    are taken first; of equal ones those that are more alike, then those earlier in the text. What is taken is the same
    when mine and theirs are exchanged, but for records that cannot be told apart.
    """
    found = [(share, m, t) for m, t in meeting(mine, theirs) if fits(m, t, share := overlap(mine[m], theirs[t]))]
    found.sort(key=lambda one: (-one[0], -alike(one[1], one[2]), *sorted((mine[one[1]], theirs[one[2]]))))
    used_mine: set[int] = set()
    used_theirs: set[int] = set()
    pairs = []
    for _, m, t in found:
        if m not in used_mine and t not in used_theirs:
            used_mine.add(m)
            used_theirs.add(t)
            pairs.append((m, t))
    return sorted(pairs)


def meeting(mine: Sequence[Spans], theirs: Sequence[Spans]) -> Iterator[tuple[int, int]]:
    """The places in mine and theirs of those whose hulls share a code point."""
    ours = sorted((hull(spans), number) for number, spans in enumerate(mine))
    others = sorted((hull(spans), number) for number, spans in enumerate(theirs))
    begun: list[tuple[Span, int]] = []
    at = 0
    for span, number in ours:
        while at < len(others) and others[at][0].start < span.end:
            begun.append(others[at])
            at += 1
        # Those of ours that follow begin no earlier, so what ends before this one's start meets none of them.
        begun = [one for one in begun if one[0].end > span.start]
        yield from ((number, other) for its, other in begun if its.start < span.end)
