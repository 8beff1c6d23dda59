"""Places: whether two people mean the same one, and how far apart theirs lie.

Gritta, M., Pilehvar, M. T. and Collier, N. (2020). A pragmatic guide to geoparsing evaluation. Language Resources and
Evaluation 54, 683-712. The area under the curve of log errors is 0 where all are the same, 1 at half the globe.
"""

import math
from functools import partial

from annotator.agreement.base import Adding, Layer, Measure, Score, Stats, Tally, undefined
from annotator.agreement.claims import share
from annotator.agreement.grouping import matched_mentions
from annotator.agreement.units import ArticleUnits
from annotator.domain.entities import PLACE, Entity
from annotator.domain.geography import distance

NEAR_KM = 161
"""A hundred miles: what counts as right by custom."""
FARTHEST_KM = 20_039
"""Half of the earth's girth, as the paper has it."""
_PAPER = "Gritta, Pilehvar and Collier 2020"
_NONE = "no two mentions that match are of places with coordinates"


def _count(article: ArticleUnits) -> Tally:
    adding = Adding()
    entities = article.around.entities
    for pair in article.pairs:
        for mine, theirs in matched_mentions(article, pair):
            one, other = (entities.get(mention.entity) if mention.entity else None for mention in (mine, theirs))
            if one and other and one.kind == PLACE == other.kind:
                for where in (None, pair):
                    _add(adding, where, one, other)
    return adding.tally


def _add(adding: Adding, pair: tuple[int, int] | None, one: Entity, other: Entity) -> None:
    same = _same_id(one, other)
    if same is not None:
        adding.add("", pair, ("same",), same)
        adding.add("", pair, ("all",))
    if one.place.point and other.place.point:
        adding.add("", pair, ("km", round(distance(one.place.point, other.place.point), 1)))


def _same_id(one: Entity, other: Entity) -> bool | None:
    """Whether the two have an identifier in common; None where no list has both."""
    mine, theirs = ({its.scheme for its in entity.ids} for entity in (one, other))
    return None if mine.isdisjoint(theirs) else not set(one.ids).isdisjoint(other.ids)


def _errors(stats: Stats) -> list[tuple[float, float]]:
    """Distances in km, rising, and how many pairs of mentions have each."""
    return sorted((float(str(stat[1])), amount) for stat, amount in stats.items() if stat[0] == "km" and amount)


def median_km(stats: Stats) -> Score:
    """The distance that half of the pairs do not exceed."""
    errors = _errors(stats)
    whole = sum(amount for _, amount in errors)
    if not whole:
        return undefined(_NONE)
    return Score((_quantile(errors, (whole - 1) / 2) + _quantile(errors, whole / 2)) / 2, round(whole))


def _quantile(errors: list[tuple[float, float]], place: float) -> float:
    """The distance at a place in the row of all."""
    reached = 0.0
    for km, amount in errors:
        reached += amount
        if reached > place:
            return km
    return errors[-1][0]


def near(stats: Stats) -> Score:
    """The share of pairs that are no more than NEAR_KM apart."""
    errors = _errors(stats)
    whole = sum(amount for _, amount in errors)
    if not whole:
        return undefined(_NONE)
    return Score(sum(amount for km, amount in errors if km <= NEAR_KM) / whole, round(whole))


def log_area(stats: Stats) -> Score:
    """The area under the rising curve of the logarithms of errors, by trapezoids, against the largest there can be."""
    errors = [(math.log(km + 1), amount) for km, amount in _errors(stats)]
    whole = sum(amount for _, amount in errors)
    if not whole:
        return undefined(_NONE)
    most = math.log(FARTHEST_KM)
    if whole <= 1:
        return Score(errors[0][0] / most, round(whole))
    # Trapezoids of width 1 between neighbours: all heights, but the first and the last only half.
    area = sum(height * amount for height, amount in errors) - (errors[0][0] + errors[-1][0]) / 2
    return Score(area / (most * (whole - 1)), round(whole))


_same = partial(share, nothing="no two mentions that match are of places that one gazetteer has")
PLACES = Layer(
    "places",
    "Places of mentions",
    "mention",
    "mentions that match and are linked to places",
    _count,
    (
        Measure("same-id", "Same gazetteer entry", "share with the same gazetteer entry", "", _same),
        Measure("median-km", "Median distance in km", "median distance in km", _PAPER, median_km, is_distance=True),
        Measure("within-161", f"Within {NEAR_KM} km", f"share within {NEAR_KM} km", _PAPER, near),
        Measure("log-area", "Area under log errors", "area under log errors", _PAPER, log_area, is_distance=True),
    ),
    rules="Places are compared where mentions match and both are linked to a place.",
)
