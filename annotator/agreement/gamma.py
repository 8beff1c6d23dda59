"""Gamma and gamma-cat: agreement of units that may overlap, by their best alignment against chance.

Mathet, Y., Widlöcher, A. and Métivier, J.-P. (2015). The unified and holistic method gamma. Computational Linguistics
41(3), 437-479. Mathet, Y. (2017). The agreement measure gamma-cat. Computational Linguistics 43(3), 661-681.

Positions and labels weigh alike (alpha = beta = 1, sporadic positions). A unit in several pieces counts from its first
to its last. Gamma is made for each article, whose chance is that of its units shifted at random, and averaged with the
mean number of units as weights.
"""

import math
import random
from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import mean, stdev

from annotator.agreement.alpha import alpha
from annotator.agreement.base import Adding, Layer, Measure, Score, Stats, Tally, undefined
from annotator.agreement.gamma_alignment import Aligned, Marked, aligned
from annotator.agreement.units import ArticleUnits, Unit
from annotator.domain.spans import hull

LEAST_SAMPLES, MOST_SAMPLES = 30, 200
PRECISION = 0.02
"""How near the mean disorder of samples is to come to that of chance, with 95 % confidence, if MOST_SAMPLES allow."""
MOST_UNITS = 3_000
"""An article with more units is left out: the distances of all would not fit into memory."""
_CONFIDENCE = 1.96
_MOST_TRIED = 10_000
"""Shifts that are drawn for a sample before people may be moved alike; a few dozen are enough for most texts."""


def expected_disorder(people: Sequence[Sequence[Marked]], length: int, source: random.Random) -> tuple[float, float]:
    """The mean disorder of random annotations like those given, and its precision as a share of it.

    Each sample takes for each person the units of anybody, moved along the text by chance and round its end; two people
    are never moved by nearly the same.
    """
    found: list[float] = []
    wanted = LEAST_SAMPLES
    while len(found) < wanted:
        found.append(aligned(_sample(people, length, source)).disorder)
        if len(found) == wanted and wanted < MOST_SAMPLES:
            spread = stdev(found) / mean(found) if mean(found) else 0.0
            needed = math.ceil((spread * _CONFIDENCE / PRECISION) ** 2)
            wanted = min(MOST_SAMPLES, max(wanted, needed))
    spread = stdev(found) / mean(found) if mean(found) else 0.0
    return mean(found), spread * _CONFIDENCE / math.sqrt(len(found))


def _sample(people: Sequence[Sequence[Marked]], length: int, source: random.Random) -> list[list[Marked]]:
    sizes = [end - start for its in people for start, end, _ in its]
    apart = min(sum(sizes) / len(sizes), length / (2 * len(people)))
    shifts: list[int] = []
    tried = 0
    while len(shifts) < len(people):
        shift, tried = source.randrange(length), tried + 1
        # In a text of a few letters there may be no place left that is far enough from the others.
        least = apart if tried < _MOST_TRIED else 0
        if all(min(abs(shift - other), length - abs(shift - other)) >= least for other in shifts):
            shifts.append(shift)
    while True:
        chosen = [source.choice(people) for _ in people]
        if any(chosen):
            break
    return [
        [((start + shift) % length, (start + shift) % length + end - start, label) for start, end, label in its]
        for its, shift in zip(chosen, shifts, strict=True)
    ]


def _count(article: ArticleUnits, units: Mapping[int, Sequence[Unit]], about: str) -> Tally:
    adding = Adding()
    people = [[(hull(one.spans).start, hull(one.spans).end, one.label) for one in its] for its in units.values()]
    count = sum(map(len, people))
    if len(people) < 2 or not count:
        return adding.tally
    if count > MOST_UNITS:
        adding.add("", None, ("left out",))
        return adding.tally
    best = aligned(people)
    source = random.Random(f"{article.around.seed} {about} {article.article.id}")
    expected, precision = expected_disorder(people, len(article.text), source)
    add_categories(adding, best, list(units), [len(its) for its in people])
    if expected:
        weight = count / len(people)
        adding.add("", None, ("gamma",), weight * (1 - best.disorder / expected))
        adding.add("", None, ("weight",), weight)
        adding.add("", None, ("precision",), weight * precision)
        adding.add("", None, ("exact",), weight * best.is_exact)
        adding.add("", None, ("gamma units",), count)
    return adding.tally


def add_categories(adding: Adding, best: Aligned, numbers: list[int], sizes: list[int]) -> None:
    """The labels of units that are aligned, the less the further they lie apart."""
    owner = [number for number, size in zip(numbers, sizes, strict=True) for _ in range(size)]
    for group in best.groups:
        for one, other in combinations(group, 2):
            weight = max(0.0, 1 - float(best.positions[one, other])) / (len(group) - 1)
            if weight:
                adding.add("", None, ("c", best.labels[one], best.labels[other]), weight)
                pair = (owner[one], owner[other])
                adding.add("", pair, ("c", best.labels[one], best.labels[other]), weight * (len(group) - 1))


def gamma(stats: Stats) -> Score:
    """The mean of the articles' gammas, weighted by their mean number of units."""
    weight = stats.get(("weight",), 0.0)
    if not weight:
        why = "the articles have too many units" if stats.get(("left out",)) else "nobody marked any unit"
        return undefined(why)
    details = (
        ("precision of chance", stats.get(("precision",), 0.0) / weight),
        ("share aligned exactly", stats.get(("exact",), 0.0) / weight),
    )
    return Score(stats.get(("gamma",), 0.0) / weight, round(stats.get(("gamma units",), 0.0)), details=details)


def gamma_cat(stats: Stats) -> Score:
    """Agreement on the labels of aligned units; on units that are given beforehand it is alpha, as the paper has it."""
    score = alpha(stats)
    return undefined("no units of two people are aligned") if not score.details else score


_MEASURES = (
    Measure("gamma", "Gamma", "gamma, mean of articles", "Mathet, Widlöcher and Métivier 2015", gamma),
    Measure("gamma-cat", "Gamma-cat", "gamma-cat", "Mathet 2017", gamma_cat),
)
_RULES = (
    "Gamma weighs positions and labels alike (alpha = beta = 1); chance is the mean disorder of "
    f"{LEAST_SAMPLES} to {MOST_SAMPLES} samples an article of shifted annotations, aimed at a precision of "
    f"{100 * PRECISION:g} %."
)


def _of_claims(article: ArticleUnits) -> Tally:
    return _count(article, {number: work.part_units for number, work in article.work.items()}, "claims")


def _of_mentions(article: ArticleUnits) -> Tally:
    return _count(article, {number: work.mention_units for number, work in article.work.items()}, "mentions")


CLAIM_GAMMA = Layer(
    "claim gamma",
    "Claims, aligned",
    "unit",
    "claims of two people",
    _of_claims,
    _MEASURES,
    "part",
    _RULES,
    is_slow=True,
)
MENTION_GAMMA = Layer(
    "mention gamma",
    "Mentions, aligned",
    "unit",
    "mentions of two people",
    _of_mentions,
    _MEASURES,
    rules=_RULES,
    is_slow=True,
)
