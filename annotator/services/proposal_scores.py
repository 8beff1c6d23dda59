"""How well proposed claims fit those that a person made: by role, in tokens and whole, and by attribution."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from annotator.domain.claims import Claim
from annotator.domain.proposals import ProposedClaim
from annotator.domain.spans import Span

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LEAST_OVERLAP = 0.5
"""Of the union of two contents, in tokens: what they must share for an attribution to be right."""


@dataclass(slots=True)
class Score:
    """How many were proposed, how many a person has, and how many of them are the same."""

    proposed: int = 0
    gold: int = 0
    right: int = 0

    def add(self, proposed: int, gold: int, right: int) -> None:
        """Counts more of them."""
        self.proposed += proposed
        self.gold += gold
        self.right += right

    @property
    def precision(self) -> float | None:
        """What part of the proposed is right; None when nothing was proposed."""
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float | None:
        """What part of what a person has was proposed; None when a person has nothing."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when there is neither."""
        return 2 * self.right / (self.proposed + self.gold) if self.proposed + self.gold else None


@dataclass(slots=True)
class Quality:
    """The scores over all articles: attributions, and for each role its tokens and its whole spans."""

    attributions: Score = field(default_factory=Score)
    tokens: dict[str, Score] = field(default_factory=lambda: {role: Score() for role in ROLES})
    exact: dict[str, Score] = field(default_factory=lambda: {role: Score() for role in ROLES})
    articles: int = 0

    def add(self, text: str, proposed: Sequence[ProposedClaim], gold: Sequence[Claim]) -> None:
        """Compares what is proposed for an article with one person's outermost claims in it."""
        tokens = [match.start() for match in _TOKEN.finditer(text)]
        mine = [_roles(claim.sources, claim.cue, claim.content) for claim in proposed if claim.within is None]
        theirs = [
            _roles(tuple(source.spans for source in claim.sources), claim.cue, claim.content)
            for claim in gold
            if claim.within is None
        ]
        self.articles += 1
        covered = [[_Covered(tokens, roles) for roles in side] for side in (mine, theirs)]
        self.attributions.add(len(mine), len(theirs), len(_pairs(*covered)))
        for role in ROLES:
            one, other = (set().union(*(claim.roles[role] for claim in side)) for side in covered)
            self.tokens[role].add(len(one), len(other), len(one & other))
            first, second = ([c.roles[role] for c in side if c.roles[role]] for side in covered)
            self.exact[role].add(len(first), len(second), len(set(first) & set(second)))


def _roles(
    sources: tuple[tuple[Span, ...], ...], cue: tuple[Span, ...], content: tuple[Span, ...]
) -> dict[str, tuple[Span, ...]]:
    return {"source": tuple(span for spans in sources for span in spans), "cue": cue, "content": content}


class _Covered:
    """The tokens of each role of a claim, by where they start."""

    def __init__(self, tokens: list[int], roles: dict[str, tuple[Span, ...]]) -> None:
        self.roles = {role: frozenset(_within(tokens, spans)) for role, spans in roles.items()}

    def fit(self, other: "_Covered") -> float:
        """How well two contents overlap when the attributions are the same; 0 when they are not."""
        mine, theirs = self.roles["content"], other.roles["content"]
        shared = len(mine & theirs)
        if not shared or shared < _LEAST_OVERLAP * len(mine | theirs):
            return 0.0
        is_same = any(self.roles[role] & other.roles[role] for role in ("cue", "source"))
        return shared / len(mine | theirs) if is_same else 0.0


def _within(tokens: list[int], spans: tuple[Span, ...]) -> list[int]:
    return [at for span in spans for at in tokens[bisect_left(tokens, span.start) : bisect_left(tokens, span.end)]]


def _pairs(mine: list[_Covered], theirs: list[_Covered]) -> list[tuple[int, int]]:
    """Each proposed claim with at most one of a person's, the best fits first."""
    fits = [
        (fit, i, j) for i, one in enumerate(mine) for j, other in enumerate(theirs) if (fit := one.fit(other)) > 0.0
    ]
    found: list[tuple[int, int]] = []
    used_mine, used_theirs = set[int](), set[int]()
    for _, i, j in sorted(fits, key=lambda one: (-one[0], one[1], one[2])):
        if i not in used_mine and j not in used_theirs:
            used_mine.add(i)
            used_theirs.add(j)
            found.append((i, j))
    return found
