"""Entity clusters: MUC, B-cubed, CEAF-e, their mean (as in CoNLL), and LEA, over the mentions of each article.

Vilain, M. and others (1995). A model-theoretic coreference scoring scheme. MUC-6. Bagga, A. and Baldwin, B. (1998).
Algorithms for scoring coreference chains. LREC. Luo, X. (2005). On coreference resolution performance metrics. EMNLP.
Moosavi, N. S. and Strube, M. (2016). Which coreference evaluation metric do you trust? ACL.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from annotator.agreement.base import Adding, Layer, Measure, Score, Stats, Tally, undefined
from annotator.agreement.matching import Spans
from annotator.agreement.units import ArticleUnits, Work

Clusters = Sequence[frozenset[Spans]]
"""The mentions of each entity; no mention is in two of them."""
ALL, SHARED = "all mentions", "shared mentions"
Part = tuple[float, float]
"""What is found, and out of how much."""


def muc(mine: Clusters, theirs: Clusters) -> Part:
    """Of the links that hold each of my clusters together, those that are in theirs."""
    place = _places(theirs)
    found = wanted = 0
    for cluster in mine:
        pieces = len({place[one] for one in cluster if one in place}) + sum(one not in place for one in cluster)
        found += len(cluster) - pieces
        wanted += len(cluster) - 1
    return found, wanted


def b_cubed(mine: Clusters, theirs: Clusters) -> Part:
    """For each of my mentions the share of its cluster that is with it in theirs."""
    found = 0.0
    place = _places(theirs)
    for cluster in mine:
        for one in cluster:
            found += len(cluster & theirs[place[one]]) / len(cluster) if one in place else 0.0
    return found, sum(map(len, mine))


def ceaf_e(mine: Clusters, theirs: Clusters) -> Part:
    """How alike my clusters are to theirs, each put beside one at most so that all are as alike as can be."""
    if not mine or not theirs:
        return 0.0, len(mine)
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    alike = np.array([[2 * len(one & other) / (len(one) + len(other)) for other in theirs] for one in mine])
    rows, columns = linear_sum_assignment(alike, maximize=True)
    return float(alike[rows, columns].sum()), len(mine)


def lea(mine: Clusters, theirs: Clusters) -> Part:
    """The share of each of my clusters' links that are in theirs, weighed by its mentions; one alone links itself."""
    found = 0.0
    place = _places(theirs)
    for cluster in mine:
        if len(cluster) == 1:
            (one,) = cluster
            found += one in place and len(theirs[place[one]]) == 1
            continue
        counts: dict[int, int] = {}
        for one in cluster:
            if one in place:
                counts[place[one]] = counts.get(place[one], 0) + 1
        links = sum(count * (count - 1) for count in counts.values())
        found += len(cluster) * links / (len(cluster) * (len(cluster) - 1))
    return found, sum(map(len, mine))


def _places(clusters: Clusters) -> dict[Spans, int]:
    return {one: number for number, cluster in enumerate(clusters) for one in cluster}


METRICS: Mapping[str, Callable[[Clusters, Clusters], Part]] = {
    "MUC": muc,
    "B-cubed": b_cubed,
    "CEAF-e": ceaf_e,
    "LEA": lea,
}


def add_clusters(adding: Adding, label: str, pair: tuple[int, int], mine: Clusters, theirs: Clusters) -> None:
    """Counts both directions of all metrics."""
    for name, metric in METRICS.items():
        for way, (found, wanted) in (("first", metric(mine, theirs)), ("second", metric(theirs, mine))):
            adding.add(label, pair, (name, way, "found"), found)
            adding.add(label, pair, (name, way, "wanted"), wanted)


def _count(article: ArticleUnits) -> Tally:
    adding = Adding()
    for pair in article.pairs:
        mine, theirs = (_linked(article.work[number]) for number in pair)
        if not mine and not theirs:
            continue
        add_clusters(adding, ALL, pair, _clusters(mine, mine), _clusters(theirs, theirs))
        shared = mine.keys() & theirs.keys()
        add_clusters(adding, SHARED, pair, _clusters(mine, shared), _clusters(theirs, shared))
    return adding.tally


def _linked(work: Work) -> dict[Spans, str]:
    """The entity of each place that is marked and linked; where it is marked twice, the first one's."""
    found: dict[Spans, str] = {}
    for mention in work.mentions:
        if mention.entity:
            found.setdefault(mention.spans, mention.entity)
    return found


def _clusters(linked: Mapping[Spans, str], wanted: Collection[Spans]) -> Clusters:
    found: dict[str, set[Spans]] = {}
    for spans, entity in linked.items():
        if spans in wanted:
            found.setdefault(entity, set()).add(spans)
    return [frozenset(its) for its in found.values()]


def f1(stats: Stats, metric: str) -> Score:
    """The F1 of a metric, and both directions beside it."""
    sums = [[stats.get((metric, way, what), 0.0) for what in ("found", "wanted")] for way in ("first", "second")]
    parts = [(found, wanted) for found, wanted in sums]
    wanted = sum(part[1] for part in parts)
    if not wanted:
        return undefined("neither linked a mention to an entity" if metric != "MUC" else "no entity has two mentions")
    shares = [found / each if each else 0.0 for found, each in parts]
    details = (("of the first annotator's", shares[0]), ("of the second annotator's", shares[1]))
    return Score(2 * shares[0] * shares[1] / sum(shares) if any(shares) else 0.0, round(wanted), details=details)


def conll(stats: Stats) -> Score:
    """The mean of the F1 of MUC, B-cubed and CEAF-e."""
    scores = [f1(stats, metric) for metric in ("MUC", "B-cubed", "CEAF-e")]
    values = [score.value for score in scores if score.value is not None]
    if len(values) < len(scores):
        return undefined(next(score.undefined for score in scores if score.undefined))
    return Score(sum(values) / len(values), scores[1].n)


_SOURCES = {
    "MUC": "Vilain et al. 1995",
    "B-cubed": "Bagga and Baldwin 1998",
    "CEAF-e": "Luo 2005",
    "LEA": "Moosavi and Strube 2016",
}
CLUSTERS = Layer(
    "clusters",
    "Entities of mentions",
    "mention",
    "mentions linked to entities by two people",
    _count,
    (
        *(
            Measure(name.lower(), name, f"{name} F1", source, partial(f1, metric=name), is_pairwise=True)
            for name, source in _SOURCES.items()
        ),
        Measure("conll", "Mean of the first three", "mean of MUC, B-cubed and CEAF-e", "", conll, is_pairwise=True),
    ),
    "mentions",
    "Mentions are the same for clusters when their spans are; clusters are those of one article.",
)
