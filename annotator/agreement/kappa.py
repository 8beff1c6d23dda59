"""Percent agreement, Cohen's kappa for two people, and Fleiss' kappa for a fixed number of them.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76, 378-382.
"""

from collections import Counter, defaultdict
from typing import Any

from annotator.agreement.alpha import Values, alpha
from annotator.agreement.base import Adding, Measure, Score, Stats, undefined


def add_for_fleiss(adding: Adding, label: str, values: Values, raters: int) -> None:
    """Counts one item for Fleiss' kappa, if each of the raters said something of it and there are more than two."""
    if len(values) != raters or raters < 3:
        return
    counts = Counter(values.values())
    adding.add(label, None, ("fleiss", "items"))
    agreeing = sum(count * (count - 1) for count in counts.values()) / (raters * (raters - 1))
    adding.add(label, None, ("fleiss", "agreeing"), agreeing)
    for value, count in counts.items():
        adding.add(label, None, ("fleiss", "value", value), count / raters)


def percent_agreement(stats: Stats) -> Score:
    """The share of pairs of values that are equal, chance or not."""
    score = alpha(stats)
    if not score.details:
        return score
    (_, percent), largest = score.details
    return Score(percent, score.n, details=(largest,))


def cohen_kappa(stats: Stats) -> Score:
    """Kappa of one pair of annotators, by what each of them tends to say."""
    mine: dict[Any, float] = defaultdict(float)
    theirs: dict[Any, float] = defaultdict(float)
    agreeing = 0.0
    for stat, amount in stats.items():
        if stat[0] == "c" and amount:
            mine[stat[1]] += amount
            theirs[stat[2]] += amount
            agreeing += amount if stat[1] == stat[2] else 0.0
    whole = sum(mine.values())
    if not whole:
        return undefined("no item was judged by two people")
    observed = agreeing / whole
    expected = sum(amount * theirs.get(value, 0.0) for value, amount in mine.items()) / whole**2
    return _corrected(observed, expected, round(whole))


def fleiss_kappa(stats: Stats) -> Score:
    """Kappa of all annotators, over the items that each of them judged."""
    items = stats.get(("fleiss", "items"), 0.0)
    if not items:
        return undefined("it takes three people or more who all judged the same item")
    observed = stats[("fleiss", "agreeing")] / items
    shares = [amount / items for stat, amount in stats.items() if stat[:2] == ("fleiss", "value")]
    return _corrected(observed, sum(share * share for share in shares), round(items))


def _corrected(observed: float, expected: float, items: int) -> Score:
    details = (("percent agreement", observed),)
    if expected >= 1 - 1e-12:
        why = "everybody always gave the same value, so that agreement cannot be told from chance"
        return Score(None, items, why, details=details)
    return Score((observed - expected) / (1 - expected), items, details=details)


PERCENT = Measure("percent", "Percent agreement", "percent agreement", "", percent_agreement)
COHEN = Measure("kappa", "Cohen's kappa", "Cohen's kappa, mean over pairs", "Cohen 1960", cohen_kappa, is_pairwise=True)
FLEISS = Measure("fleiss", "Fleiss' kappa", "Fleiss' kappa", "Fleiss 1971", fleiss_kappa)
