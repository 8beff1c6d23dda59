"""Coordinates in the notations that reports and maps use."""

from math import cos, hypot, radians, sin, sqrt

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
        "35.79, 69.22,",
        "[35.79, 69.22].",
        "35,79 69,22",
        "35,79; 69,22",
        "35,79, 69,22",
        "35,79N 69,22E",
        "35.79 N, 69.22 E",
        "35.79° N, 69.22° E",
        "N35.79 E69.22",
        "69.22E 35.79N",
        "69.22E 35.79",
        "E69.22 35.79",
        "69.22 35.79N",
        "35.79 69.22E",
        "35.79N 69.22",
        "N35.79 69.22",
        "lat: 35.79, lon: 69.22",
        "Longitude 69.22 Latitude 35.79",
        "Latitude: 35.79 N Longitude: 69.22 E",
        "Long 69°13'12\"E Lat 35°47'24\"N",
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


AXIS, E2 = 6378137.0, 0.00669437999014  # WGS 84: half the equator's axis in metres, the eccentricity squared


def radii(lat: float) -> tuple[float, float]:
    """The radii of the ellipsoid along the meridian and across it, in metres."""
    w = 1 - E2 * sin(radians(lat)) ** 2
    return AXIS * (1 - E2) / w**1.5, AXIS / sqrt(w)


@pytest.mark.parametrize("lat", [10, 30, 45, 60, 75, 83])
def test_on_the_middle_line_of_a_zone_the_northing_is_the_length_of_the_meridian(lat: int) -> None:
    """Summed up in small steps, without the series of the projection."""
    steps = 20_000
    metres = sum(radii((n + 0.5) * lat / steps)[0] for n in range(steps)) * radians(lat) / steps
    band = "NPQRSTUVWX"[min(lat // 8, 9)]
    assert coordinates(f"31{band} 500000 {0.9996 * metres:.4f}") == pytest.approx((lat, 3), abs=2e-9)


@pytest.mark.parametrize("reference", ["31U {} {}", "33X {} {}", "42S {} {}", "1P {} {}"])
def test_the_projection_keeps_angles(reference: str) -> None:
    """A step to the east and one to the north are as long as each other on the ground, and at a right angle."""
    north = {"31U": 5_400_000, "33X": 8_500_000, "42S": 3_960_000, "1P": 1_200_000}[reference[:3].strip()]
    here = coordinates(reference.format(700_000, north))
    along, across = radii(here[0])

    def step(east: int, more: int) -> tuple[float, float]:
        lat, lon = coordinates(reference.format(700_000 + east, north + more))
        return radians(lon - here[1]) * across * cos(radians(here[0])), radians(lat - here[0]) * along

    (x, y), (x2, y2) = step(100, 0), step(0, 100)
    assert hypot(x, y) == pytest.approx(hypot(x2, y2), rel=2e-5)
    assert x * x2 + y * y2 == pytest.approx(0, abs=0.5)
    assert hypot(x, y) == pytest.approx(100 / 0.9996 / (1 + 0.5 * (200_000 / 6_380_000) ** 2), rel=3e-5)


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
        ("35°'47 N 69 E", "are written 35°47'24\""),
        ("°35 N 69 E", "are written 35°47'24\""),
        ("35°-47' N 69° E", "a sign stands only before degrees"),
        ("35 N E, 69", "needs a latitude and a longitude"),
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
