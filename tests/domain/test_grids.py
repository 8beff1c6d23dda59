"""Grid references and plus codes that are written here by the rules of their standards come back as their middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.coordinates import coordinates

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O
PLUS = "23456789CFGHJMPQRVWX"


def band_of(zone: int, easting: int, northing: int, half: str) -> str:
    """The letter of the band that metres lie in; a wrong letter of the right half is refused, so all are tried."""
    for band in half:
        try:
            lat, _ = coordinates(f"{zone}{band} {easting} {northing}")
        except ValueError:
            continue
        number = min(int((lat + 80) // 8), 19)
        return LETTERS[2 + number]
    raise AssertionError("no band fits")


@given(st.integers(1, 60), st.integers(166_100, 833_900), st.integers(10, 9_290_000), st.integers(1, 5), st.booleans())
def test_a_reference_of_mgrs_is_the_middle_of_its_square(
    zone: int,
    easting: int,
    metres: int,
    digits: int,
    is_north: bool,  # noqa: FBT001
) -> None:
    """A. Letters of squares: every third zone begins with A, J and S; rows begin with A or F and come again after V."""
    northing = metres if is_north else 10_000_000 - min(metres, 8_870_000)
    size = 10 ** (5 - digits)
    east, north = easting // size * size, northing // size * size
    band = band_of(zone, easting, northing, LETTERS[12:22] if is_north else LETTERS[2:12])
    column = LETTERS[(zone - 1) % 3 * 8 + easting // 100_000 - 1]
    row = LETTERS[(northing // 100_000 + (0 if zone % 2 else 5)) % 20]
    inside = f"{east % 100_000 // size:0{digits}}{north % 100_000 // size:0{digits}}"
    lat, lon = coordinates(f"{zone}{band}{column}{row}{inside}")
    for letter in (band, LETTERS[LETTERS.index(band) - 1], LETTERS[(LETTERS.index(band) + 1) % 24]):
        if (letter in LETTERS[12:22]) is is_north and letter in LETTERS[2:22]:
            try:
                wanted = coordinates(f"{zone}{letter} {east + size / 2:06.1f} {north + size / 2:.1f}")
            except ValueError:
                continue  # the middle of a large square may lie beyond the band
            assert (lat, lon) == pytest.approx(wanted, abs=1e-7)


@pytest.mark.parametrize(("zone", "easting", "side"), [(1, 176_000, 1), (60, 824_000, -1), (1, 500_000, -1)])
def test_zones_at_the_date_line_reach_over_it(zone: int, easting: int, side: int) -> None:
    """In Fiji: the shape of a zone is that of every other, and half the earth is thirty zones."""
    lat, lon = coordinates(f"{zone}K {easting} 8139000")
    other = coordinates(f"{(zone + 29) % 60 + 1}K {easting} 8139000")
    assert lat == pytest.approx(other[0])
    assert lon == pytest.approx(side * (180 - abs(other[1])))


@given(st.integers(0, 180 * 8000 - 1), st.integers(0, 360 * 8000 - 1), st.integers(0, 4), st.integers(0, 3))
def test_a_plus_code_is_the_middle_of_its_area(north: int, east: int, row: int, column: int) -> None:
    """Cells of 1/8000 degree, counted in base 20 from the south pole and the date line; then five rows by four."""
    pairs = [PLUS[north // 20**n % 20] + PLUS[east // 20**n % 20] for n in (4, 3, 2, 1, 0)]
    code = "".join(pairs[:4]) + "+" + pairs[4]
    middle = (north + 0.5) / 8000 - 90, (east + 0.5) / 8000 - 180
    assert coordinates(code) == pytest.approx(middle, abs=1e-9)
    finer = (north + (row + 0.5) / 5) / 8000 - 90, (east + (column + 0.5) / 4) / 8000 - 180
    assert coordinates(code + PLUS[row * 4 + column]) == pytest.approx(finer, abs=1e-9)
    for kept, side in ((4, 1 / 400), (3, 1 / 20), (2, 1.0), (1, 20.0)):
        cells = 8000 * side
        whole = (north // cells + 0.5) * side - 90, (east // cells + 0.5) * side - 180
        short = "".join(pairs[:kept]).ljust(8, "0") + "+"
        assert coordinates(short) == pytest.approx((min(whole[0], 90 - side / 2), whole[1]), abs=1e-9)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("42SWD123456789012", "at most 5"),
        ("61SWD12", "zones go from 1 to 60"),
        ("31N 099999 0", "eastings from 100,000"),
        ("31N 500000 10000001", "northings to 10,000,000"),
        ("8FVC9G8F+6", "eight letters or digits before the plus"),
        ("8FVC0G8F+6X", "eight letters or digits before the plus"),
        ("00000000+", "eight letters or digits before the plus"),
        ("F2222222+22", "lies outside the world"),
        ("2W222222+22", "lies outside the world"),
    ],
)
def test_what_no_grid_has_is_said(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match="is no point") as raised:
        coordinates(text)
    assert reason in str(raised.value)
