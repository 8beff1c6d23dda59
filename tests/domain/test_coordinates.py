"""Coordinates in the notations that reports and maps use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.coordinates import coordinates

KABUL_RIVER = (35.79, 69.22)


@pytest.mark.parametrize(
    "text",
    [
        "35.79, 69.22",
        "35.79 69.22",
        "35.79;69.22",
        "(35.79, 69.22)",
        "35,79 69,22",
        "35,79; 69,22",
        "35,79, 69,22",
        "35,79N 69,22E",
        "35.79 N, 69.22 E",
        "35.79° N, 69.22° E",
        "N35.79 E69.22",
        "69.22E 35.79N",
        "lat: 35.79, lon: 69.22",
        "Longitude 69.22 Latitude 35.79",
        "35.79 north, 69.22 east",
        "35°47'24\"N 69°13'12\"E",
        "35°47′24″N 69°13′12″E",
        "35º 47’ 24” N, 69º 13’ 12” E",
        "35° 47' 24'' N 69° 13' 12'' E",
        "35 47 24 N 69 13 12 E",
        "35 47 24, 69 13 12",
        "35°47.4'N 69°13.2'E",
        "35 deg 47.4 min N, 69 deg 13.2 min E",
        "35d47'24\"N 69d13'12\"E",
        "geo:35.79,69.22;u=35",
        "geo:35.79,69.22,1200?z=8",
    ],
)
def test_one_point_in_many_notations(text: str) -> None:
    assert coordinates(text) == pytest.approx(KABUL_RIVER, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("-33.8688 151.2093", (-33.8688, 151.2093)),
        ("33.8688S 151.2093E", (-33.8688, 151.2093)),
        ("S33°52'08\" W151°12'33\"", (-33.86888889, -151.20916667)),
        ("−0.5, −0.25", (-0.5, -0.25)),
        ("10, 20", (10, 20)),  # nothing tells them apart: the latitude comes first
        ("45,69", (45, 69)),
    ],
)
def test_signs_letters_and_order(text: str, point: tuple[float, float]) -> None:
    assert coordinates(text) == pytest.approx(point, abs=1e-8)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("31U DQ 48251 11932", (48.85820, 2.29450)),  # the Eiffel Tower
        ("31U 448251 5411932", (48.85820, 2.29450)),
        ("33T 291950 4640623", (41.89, 12.492)),  # the Colosseum, about
        ("56H 334873 6252266", (-33.8568, 151.2153)),  # the Opera House in Sydney
        ("56HLH3487352266", (-33.8568, 151.2153)),
        ("31N 500000 0", (0, 3)),  # where the equator meets a zone's middle
        ("42S 519000 3960000", (35.7839, 69.2102)),  # S is a band of the north here
        ("4QFJ1234567890", (21.4097, -157.9161)),  # the standard's own example, in Hawaii
        ("8FVC9G8F+6X", (47.36556, 8.52494)),  # the examples of the plus codes' specification
        ("6PH57VP3+PR", (1.28681, 103.85456)),
    ],
)
def test_references_on_grids(text: str, point: tuple[float, float]) -> None:
    assert coordinates(text) == pytest.approx(point, abs=0.004 if "291950" in text else 0.0006)


def test_the_middle_of_a_zone_needs_no_series() -> None:
    """On the middle line the projection is the meridian's length: 10,001,965.729 m from equator to pole on WGS 84."""
    lat, lon = coordinates("31X 500000 9328093.4")
    assert lon == pytest.approx(3, abs=1e-9)
    assert lat == pytest.approx(84.0, abs=0.001)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "needs a latitude and a longitude"),
        ("Kabul", "not understood"),
        ("35.79", "needs a latitude and a longitude"),
        ("95, 10", "latitude comes first and goes from -90 to 90"),
        ("10, 200", "longitude goes from -180 to 180"),
        ("35 N 69 N", "same direction twice"),
        ("35°70'N 69°E", "minutes and seconds go from 0 to 59"),
        ("35.5°30'N 69°E", "only the last number has a fraction"),
        ("-35 S, 69 E", "a sign and a letter"),
        ("35'47° N 69 E", "are written 35°47'24\""),
        ("1, 2, 3", "more than two parts"),
        ("61S 519000 3960000", "zones go from 1 to 60"),
        ("42C 519000 3960000", "does not lie in band C"),
        ("42SWE1900600", "as many digits"),
        ("42SAA1234", "has no square AA"),
        ("V75V+8Q", "eight letters or digits before the plus"),
    ],
)
def test_what_is_no_point_is_said_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="is no point") as raised:
        coordinates(text)
    assert reason in str(raised.value)
    assert "Write it like 35.79, 69.22" in str(raised.value)


def sexagesimal(value: float, letters: str, marks: str) -> str:
    """A value in degrees, minutes and seconds of one hundredth."""
    hundredths = round(abs(value) * 360_000)
    degrees, rest = divmod(hundredths, 360_000)
    minutes, seconds = divmod(rest, 6_000)
    letter = letters[value < 0]
    return f"{degrees}{marks[0]}{minutes:02}{marks[1]}{seconds / 100:05.2f}{marks[2]}{letter}"


LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)


@given(LATITUDES, LONGITUDES, st.sampled_from(["°'\"", "°′″", "   ", "º’”"]), st.sampled_from([" ", ", ", "; ", " / "]))
def test_degrees_minutes_and_seconds_come_back(lat: float, lon: float, marks: str, between: str) -> None:
    text = sexagesimal(lat, "NS", marks) + between + sexagesimal(lon, "EW", marks)
    assert coordinates(text) == pytest.approx((lat, lon), abs=2e-6)


@given(LATITUDES, LONGITUDES, st.sampled_from([", ", " ", ";", ","]))
def test_decimal_degrees_come_back(lat: float, lon: float, between: str) -> None:
    assert coordinates(f"{lat:.6f}{between}{lon:.6f}") == pytest.approx((lat, lon), abs=1e-6)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_decimal_commas_come_back(lat: float, lon: float) -> None:
    assert coordinates(f"{lat:.6f} {lon:.6f}".replace(".", ",")) == pytest.approx((lat, lon), abs=1e-6)


@given(st.text(max_size=40) | st.text("0123456789.,;°'\" NSEW-", max_size=20))
def test_any_text_is_a_point_or_a_sentence(text: str) -> None:
    said = ""
    try:
        lat, lon = coordinates(text)
    except ValueError as error:
        said, lat, lon = str(error), 0.0, 0.0
    assert not said or said.startswith("“")
    assert abs(lat) <= 90
    assert abs(lon) <= 180
