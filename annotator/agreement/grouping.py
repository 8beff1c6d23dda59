"""The records of several people that are the same one, joined into groups with at most one record of each person."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from annotator.agreement.base import Pair
from annotator.agreement.claims import matched_claims
from annotator.agreement.matching import HALF, matched, overlap
from annotator.agreement.units import ArticleUnits
from annotator.domain.claims import Claim
from annotator.domain.mentions import Mention

R = TypeVar("R", Mention, Claim)
Group = dict[int, R]
"""One record each by the number of its annotator."""


@lru_cache(maxsize=128)
def matched_mentions(article: ArticleUnits, pair: Pair) -> tuple[tuple[Mention, Mention], ...]:
    """Mentions with at least half of their union in common, whatever their labels; of equal ones those of one label."""
    mine, theirs = (article.work[number].mentions for number in pair)
    found = matched(
        [mention.spans for mention in mine],
        [mention.spans for mention in theirs],
        lambda _, __, share: share >= HALF,
        lambda m, t: int(mine[m].label == theirs[t].label),
    )
    return tuple((mine[m], theirs[t]) for m, t in found)


@lru_cache(maxsize=32)
def mention_groups(article: ArticleUnits) -> tuple[Group[Mention], ...]:
    """The mentions that two or more people share."""

    def nearness(one: Mention, other: Mention) -> tuple[float, bool]:
        return overlap(one.spans, other.spans), one.label == other.label

    return tuple(_groups(article, matched_mentions, nearness))


@lru_cache(maxsize=32)
def claim_groups(article: ArticleUnits) -> tuple[Group[Claim], ...]:
    """The claims that two or more people share."""

    def nearness(one: Claim, other: Claim) -> tuple[float, bool]:
        return overlap(one.content, other.content), one.cue == other.cue

    return tuple(_groups(article, matched_claims, nearness))


def _groups(
    article: ArticleUnits,
    match: Callable[[ArticleUnits, Pair], Sequence[tuple[R, R]]],
    nearness: Callable[[R, R], tuple[float, bool]],
) -> Iterable[Group[R]]:
    """Pairs are joined nearest first; a pair that would bring two records of one person together stays apart."""
    edges = [
        (nearness(one, other), one.hull, pair, one, other)
        for pair in article.pairs
        for one, other in match(article, pair)
    ]
    edges.sort(key=lambda edge: (-edge[0][0], -edge[0][1], edge[1], edge[2]))
    group_of: dict[str, Group[R]] = {}
    for _, _, (mine, theirs), one, other in edges:
        left = group_of.setdefault(one.id, {mine: one})
        right = group_of.setdefault(other.id, {theirs: other})
        if left is right or left.keys() & right.keys():
            continue
        left.update(right)
        for record in right.values():
            group_of[record.id] = left
    distinct = {id(group): group for group in group_of.values()}
    return [dict(sorted(group.items())) for group in distinct.values() if len(group) > 1]
