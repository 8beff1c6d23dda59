"""The outlines that the map draws."""

import pytest

from annotator.places.areas import countries, country_code
from annotator.places.outlines import Detail, Outline, outlines


@pytest.mark.parametrize(("detail", "least"), [("110m", 170), ("50m", 240)])
def test_all_countries_are_there_in_both_details(detail: Detail, least: int) -> None:
    found = outlines(detail)
    assert len(found) >= least
    assert {"AFG", "RUS", "FJI", "ATA", "XKX"} <= {outline.iso3 for outline in found}
    known = {country.alpha3 for country in countries().values()}
    assert {outline.iso3 for outline in found if outline.iso3} <= known
    assert outlines(detail) is found


@pytest.mark.parametrize("detail", ["110m", "50m"])
def test_no_ring_jumps_over_the_map(detail: Detail) -> None:
    for outline in outlines(detail):
        for ring in outline.rings:
            lons, lats = ring[::2], ring[1::2]
            assert len(lons) == len(lats) >= 3
            assert -90 <= min(lats) <= max(lats) <= 90
            assert max(lons) - min(lons) <= 360
            for n in range(len(lons)):
                along_the_pole = lats[n] == lats[n - 1] == -90 or lons[n] == lons[n - 1]
                assert along_the_pole or abs(lons[n] - lons[n - 1]) < 60 or outline.iso3 == "ATA", outline.name


def holds(outline: Outline, lat: float, lon: float) -> bool:
    """Whether a point lies inside, by the odd-even rule."""
    inside = False
    for ring in outline.rings:
        lons, lats = ring[::2], ring[1::2]
        for n in range(len(lons)):
            (x, y), (x2, y2) = (lons[n - 1], lats[n - 1]), (lons[n], lats[n])
            if (y > lat) != (y2 > lat) and lon < (x2 - x) * (lat - y) / (y2 - y) + x:
                inside = not inside
    return inside


@pytest.mark.parametrize(
    ("iso3", "lat", "lon"),
    [
        ("AFG", 35.6, 69.5),
        ("RUS", 66.0, 178.0),  # Chukotka, this side of the date line
        ("RUS", 66.0, 186.5),  # and beyond it
        ("ATA", -85.0, 10.0),  # closed over the pole
        ("ATA", -89.9, -170.0),
        ("ITA", 43.0, 12.5),
        ("LSO", -29.6, 28.2),
        ("USA", 64.0, -150.0),
    ],
)
def test_known_points_lie_in_their_country_and_in_no_other(iso3: str, lat: float, lon: float) -> None:
    assert [outline.iso3 for outline in outlines("50m") if holds(outline, lat, lon)] == [iso3]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("AF", "AFG"), ("afg", "AFG"), ("Afghanistan", "AFG"), ("UK", "GBR"), ("Burma", "MMR"),
        ("Côte d’Ivoire", "CIV"),
        ("Türkiye", "TUR"), ("DR Congo", "COD"), ("USA", "USA"), ("Kosovo", "XKX"), ("", ""), ("Atlantis", ""),
    ],
)  # fmt: skip
def test_countries_are_known_by_codes_and_names(words: str, code: str) -> None:
    assert country_code(words) == code
