"""Whether two people mean the same place, and how far apart theirs lie: against the plain definitions."""

import math
import statistics
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.agreement.places import FARTHEST_KM, NEAR_KM, PLACES, log_area, median_km, near
from annotator.domain.entities import Entity
from annotator.domain.identifiers import Identifier
from tests.agreement.compared import PEOPLE, score, units
from tests.building import make_article, make_entity, make_mention

ANNA, BEN = PEOPLE[:2]
TEXT = "Men left Orsa on Friday."
KM = st.lists(st.sampled_from((0.0, 0.1, 12.5, 160.9, 161.0, 161.1, 400.0, 12_000.0, 20_015.0)), min_size=1, max_size=9)


def stats(kms: list[float]) -> dict[tuple[object, ...], float]:
    return {("km", km): float(count) for km, count in Counter(kms).items()}


@given(KM)
def test_the_middle_and_the_near_are_those_of_the_list_of_all_distances(kms: list[float]) -> None:
    assert median_km(stats(kms)).value == pytest.approx(statistics.median(kms))
    assert near(stats(kms)).value == pytest.approx(sum(km <= NEAR_KM for km in kms) / len(kms))
    assert {measure.score(stats(kms)).n for measure in PLACES.measures[1:]} == {len(kms)}


@given(KM)
def test_the_area_under_the_curve_is_that_of_trapezoids(kms: list[float]) -> None:
    heights = sorted(math.log(km + 1) for km in kms)
    area = sum((one + other) / 2 for one, other in pairwise(heights)) / max(1, len(kms) - 1)
    whole = (area if len(kms) > 1 else heights[0]) / math.log(FARTHEST_KM)
    assert log_area(stats(kms)).value == pytest.approx(whole)
    assert log_area(stats([0.0] * len(kms))).value == 0


def place(*ids: str, kind: str = "place") -> Entity:
    return make_entity("Orsa", kind, ids=tuple(Identifier(*id_.split(":")) for id_ in ids))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (place("geonames:1"), place("geonames:1"), 1.0),
        (place("geonames:1"), place("geonames:2"), 0.0),
        (place("geonames:1", "geonames:2"), place("geonames:1"), 1.0),
        (place("geonames:2"), place("geonames:2", "geonames:1"), 1.0),
        (place("geonames:1", "wikidata:Q5"), place("geonames:2", "wikidata:Q5"), 1.0),
        (place("geonames:1", "wikidata:Q5"), place("wikidata:Q6"), 0.0),
        (place("geonames:1"), place("wikidata:Q6"), None),
        (place("geonames:1"), place(), None),
        (place("geonames:1"), place("geonames:1", kind="crowd"), None),
    ],
)
def test_two_places_are_the_same_entry_where_one_gazetteer_gives_both_one_number(
    one: Entity, other: Entity, same: float | None
) -> None:
    article = make_article(TEXT)
    marks = [
        make_mention(article, TEXT, "Orsa", label="location", entity=entity.id, author=who)
        for who, entity in ((ANNA, one), (BEN, other))
    ]
    found = score(PLACES, PLACES.measures[0], units(article, TEXT, *marks, entities=(one, other)))
    assert (found.value, found.n) == (same, 0 if same is None else 1)
    if same is None:
        assert "one gazetteer" in found.undefined
