"""Distances, and the codes that follow from a place's level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.entities import PlaceLevel
from annotator.domain.geography import distance
from annotator.domain.precision import ALONG, IN, NEAR, SOMEWHERE_IN, Codes, codes

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((34.52813, 69.17233), (36.13068, 68.70829), 183),  # Kabul to Baghlan
        ((51.5074, -0.1278), (40.7128, -74.0060), 5570),  # London to New York
        ((0, 179.5), (0, -179.5), 111.2),  # over the date line
        ((90, 0), (-90, 0), 20015),
    ],
)
def test_known_distances(one: tuple[float, float], other: tuple[float, float], kilometres: float) -> None:
    assert distance(one, other) == pytest.approx(kilometres, rel=0.003)


@given(POINTS, POINTS)
def test_a_way_is_as_long_back(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert distance(one, other) == pytest.approx(distance(other, one))
    assert 0 <= distance(one, other) <= 20016
    assert distance(one, one) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("level", "relation", "expected"),
    [
        (PlaceLevel.SITE, IN, Codes(1, 1, 5)),
        (PlaceLevel.POPULATED_PLACE, IN, Codes(1, 1, 4)),
        (PlaceLevel.POPULATED_PLACE, SOMEWHERE_IN, Codes(1, 1, 4)),
        (PlaceLevel.POPULATED_PLACE, "", Codes(1, 1, 4)),
        (PlaceLevel.POPULATED_PLACE, NEAR, Codes(2, 2, 4)),
        (PlaceLevel.DISTRICT, IN, Codes(3, 2, 3)),
        (PlaceLevel.DISTRICT, SOMEWHERE_IN, Codes(3, 2, 3)),
        (PlaceLevel.PROVINCE, IN, Codes(4, 3, 2)),
        (PlaceLevel.POPULATED_PLACE, ALONG, Codes(5, 3, None)),
        (PlaceLevel.NATURAL_FEATURE, IN, Codes(5, 3, None)),
        (PlaceLevel.FUZZY_REGION, NEAR, Codes(5, 3, None)),
        (PlaceLevel.GROUP, IN, Codes(5, 3, None)),
        (PlaceLevel.COUNTRY, IN, Codes(6, 3, 1)),
        (None, IN, Codes()),
    ],
)
def test_codes_follow_from_level_and_relation(level: PlaceLevel | None, relation: str, expected: Codes) -> None:
    assert codes(level, relation) == expected
