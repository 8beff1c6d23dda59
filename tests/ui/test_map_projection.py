"""From degrees to pixels and back, anywhere on the world and in any view."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.ui.map.camera import LIMIT, Camera, unit_x, unit_y

LATS = st.floats(-LIMIT, LIMIT)
LONS = st.floats(-180, 179.999)
POINTS = st.tuples(LATS, LONS)


@st.composite
def cameras(draw: st.DrawFn) -> Camera:
    lat, lon = draw(POINTS)
    width, height = draw(st.integers(120, 2_000)), draw(st.integers(120, 2_000))
    return Camera(unit_x(lon), unit_y(lat), draw(st.floats(1, 1_600_000)), width, height).seen()


@given(cameras(), st.floats(0.001, 0.999), st.floats(0, 1))
def test_screen_to_degrees_to_screen(camera: Camera, across: float, down: float) -> None:
    x, y = across * camera.width, down * camera.height
    assert camera.to_screen(*camera.to_degrees(x, y)) == pytest.approx((x, y), abs=1e-3)


@given(cameras(), POINTS)
def test_degrees_to_screen_to_degrees(camera: Camera, point: tuple[float, float]) -> None:
    lat, lon = camera.to_degrees(*camera.to_screen(*point))
    assert lat == pytest.approx(point[0], abs=1e-6)
    assert math.isclose((lon - point[1] + 180) % 360, 180, abs_tol=1e-6)


@given(cameras())
def test_the_view_never_leaves_the_world(camera: Camera) -> None:
    assert camera.scale >= max(camera.width, camera.height)
    top, bottom = camera.y * camera.scale - camera.height / 2, (1 - camera.y) * camera.scale - camera.height / 2
    assert top >= -1e-6
    assert bottom >= -1e-6


@given(cameras(), st.floats(0.2, 5), st.floats(0, 1), st.floats(0, 1))
def test_zooming_keeps_what_is_under_the_mouse(camera: Camera, factor: float, across: float, down: float) -> None:
    x, y = across * camera.width, down * camera.height
    zoomed = camera.zoomed(factor, x, y)
    lon = camera.to_degrees(x, y)[1]
    # Near the edge of the world the view is held back north and south; east and west it never is.
    assert math.isclose((zoomed.to_degrees(x, y)[1] - lon + 180) % 360, 180, abs_tol=1e-6)


@given(st.lists(POINTS, min_size=1, max_size=8), st.integers(160, 2_000), st.integers(160, 2_000))
def test_all_points_are_in_a_fitted_view(points: list[tuple[float, float]], width: int, height: int) -> None:
    camera = Camera(width=width, height=height).fitted(points)
    if camera.scale > camera.least_scale:  # else the world is wider than the view, whatever is chosen
        for point in points:
            x, y = camera.to_screen(*point)
            assert -1e-3 <= x <= width + 1e-3
            assert -1e-3 <= y <= height + 1e-3


def test_places_on_both_sides_of_the_date_line_are_neighbours() -> None:
    camera = Camera(width=600, height=400).fitted([(-17, 178), (-14, -171)])
    fiji, samoa = camera.to_screen(-17, 178), camera.to_screen(-14, -171)
    assert fiji[0] < samoa[0]
    assert camera.to_degrees(300, 200)[1] == pytest.approx(-176.5)


def test_one_place_is_shown_with_the_country_around_it() -> None:
    camera = Camera(width=600, height=400).fitted([(34.5, 69.2)])
    assert camera.to_screen(34.5, 69.2) == pytest.approx((300, 200))
    assert 0.8 < camera.kilometres < 2


def test_lengths_are_those_of_the_globe() -> None:
    camera = Camera(width=600, height=400).fitted([(60, 0)])
    x, _ = camera.to_screen(60, 1)
    # A degree of longitude on the 60th parallel is half of one on the equator: 111.32 km / 2.
    assert (x - 300) * camera.kilometres == pytest.approx(55.66, rel=1e-3)


@given(cameras(), st.floats(40, 300))
def test_the_scale_bar_is_a_round_number_that_fits(camera: Camera, longest: float) -> None:
    kilometres, pixels = camera.bar(longest)
    assert longest / 3 < pixels <= longest
    assert f"{kilometres:.0e}"[0] in "125"
    assert kilometres / pixels == pytest.approx(camera.kilometres)
