"""F1 of spans for each pair of people, and its mean over the pairs: exact, and with half of the union in common.

Free spans have no true negatives, so kappa is undefined and F1 is its limit: Hripcsak, G. and Rothschild, A. S. (2005).
Agreement, the F-measure, and reliability in information retrieval. JAMIA 12(3), 296-298.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial

from annotator.agreement.base import Adding, Layer, Measure, Score, Stats, Tally, undefined
from annotator.agreement.matching import HALF, matched
from annotator.agreement.units import ArticleUnits, Unit

_PAPER = "Hripcsak and Rothschild 2005"
_RULES = (
    "Spans match one to one under the same label: exactly, or where they have at least half of their union in common, "
    "those with most in common first."
)


def _count(article: ArticleUnits, units: Mapping[int, Sequence[Unit]]) -> Tally:
    adding = Adding()
    for pair in article.pairs:
        mine, theirs = units[pair[0]], units[pair[1]]
        exact = Counter(unit.label for unit in (Counter(mine) & Counter(theirs)).elements())
        half = Counter(mine[m].label for m, _ in matched_units(mine, theirs))
        each = Counter(unit.label for unit in (*mine, *theirs))
        for stat, counts in (("exact", exact), ("half", half), ("all", each)):
            adding.add("", pair, (stat,), sum(counts.values()))
            for label, count in counts.items():
                adding.add(label, pair, (stat,), count)
    return adding.tally


def matched_units(mine: Sequence[Unit], theirs: Sequence[Unit]) -> list[tuple[int, int]]:
    """The places of units that match: one label, and at least half of their union in common."""
    return matched(
        [unit.spans for unit in mine],
        [unit.spans for unit in theirs],
        lambda m, t, share: share >= HALF and mine[m].label == theirs[t].label,
    )


def _of_mentions(article: ArticleUnits) -> Tally:
    return _count(article, {number: work.mention_units for number, work in article.work.items()})


def _of_parts(article: ArticleUnits) -> Tally:
    return _count(article, {number: work.part_units for number, work in article.work.items()})


def f1(stats: Stats, matching: str, both: str = "all", nothing: str = "neither marked anything") -> Score:
    """Twice what matches against what both have."""
    each = stats.get((both,), 0.0)
    if not each:
        return undefined(nothing)
    return Score(2 * stats.get((matching,), 0.0) / each, round(each))


EXACT = Measure(
    "exact-f1",
    "F1 of exact spans",
    "pairwise F1 of exact spans",
    _PAPER,
    partial(f1, matching="exact"),
    is_pairwise=True,
)
HALF_F1 = Measure(
    "overlap-f1",
    "F1 of overlapping spans",
    "pairwise F1 of spans with at least half of their union in common",
    _PAPER,
    partial(f1, matching="half"),
    is_pairwise=True,
)
MENTIONS = Layer(
    "mentions", "Mentions", "mention", "mentions of two people", _of_mentions, (EXACT, HALF_F1), "label", _RULES
)
PARTS_OF_CLAIMS = Layer(
    "claim parts",
    "Sources, cues and contents",
    "span",
    "claims of two people",
    _of_parts,
    (EXACT, HALF_F1),
    "part",
    _RULES,
)
