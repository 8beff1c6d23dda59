"""Grid references as degrees WGS 84: UTM, MGRS and plus codes."""

from math import asin, atan2, cos, cosh, degrees, sin, sinh

# Krüger's series in the third flattening n of WGS 84, up to its fourth power: C. Karney, Transverse Mercator with an
# accuracy of a few nanometers, J. Geodesy 85 (2011), equations 14, 36 and 38; here good to less than a millimetre.
_F = 1 / 298.257223563
_N = _F / (2 - _F)
_RADIUS = 6378137.0 / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440,
    17 * _N**3 / 480 - 37 * _N**4 / 840,
    4397 * _N**4 / 161280,
)
_DELTA = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3 + 116 * _N**4 / 45,
    7 * _N**2 / 3 - 8 * _N**3 / 5 - 227 * _N**4 / 45,
    56 * _N**3 / 15 - 136 * _N**4 / 35,
    4279 * _N**4 / 630,
)
_SCALE, _FALSE_EASTING, _FALSE_NORTHING = 0.9996, 500_000.0, 10_000_000.0

BANDS = "CDEFGHJKLMNPQRSTUVWX"
"""Bands of latitude, each of 8 degrees from 80 south on; the last has 12."""
_COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
_ROWS = ("ABCDEFGHJKLMNPQRSTUV", "FGHJKLMNPQRSTUVABCDE")
_SQUARE, _CYCLE = 100_000, 2_000_000

_PLUS = "23456789CFGHJMPQRVWX"


def from_utm(zone: int, band: str, easting: float, northing: float) -> tuple[float, float]:
    """Latitude and longitude in degrees for metres in a zone; the band's letter tells the half of the earth.

    Raises ValueError for a zone or metres that do not exist, and for a point far outside its band.
    """
    if not 1 <= zone <= 60 or not 100_000 <= easting < 1_000_000 or not 0 <= northing <= _FALSE_NORTHING:
        raise ValueError("zones go from 1 to 60, eastings from 100,000 to 999,999, northings to 10,000,000 metres")
    lat, lon = _unprojected(zone, easting, northing - (0 if band >= "N" else _FALSE_NORTHING))
    if not _is_in_band(lat, band, 1.0):
        raise ValueError(f"this northing does not lie in band {band}")
    return lat, lon


def from_mgrs(zone: int, band: str, square: str, digits: str) -> tuple[float, float]:
    """The middle of a square of MGRS, in degrees. digits has eastings and northings, as many of each, or nothing.

    Raises ValueError for a reference that does not exist.
    """
    if not 1 <= zone <= 60 or len(digits) % 2 or len(digits) > 10:
        raise ValueError("zones go from 1 to 60; there are as many digits for the east as for the north, at most 5")
    half = len(digits) // 2
    size = _SQUARE / 10**half
    column, row = _COLUMNS[(zone - 1) % 3].find(square[0]), _ROWS[(zone - 1) % 2].find(square[1])
    if column < 0 or row < 0:
        raise ValueError(f"zone {zone} has no square {square}")
    east = (column + 1) * _SQUARE + (int(digits[:half] or 0) + 0.5) * size
    north = row * _SQUARE + (int(digits[half:] or 0) + 0.5) * size
    base = 0 if band >= "N" else -_FALSE_NORTHING
    for cycle in range(5):  # the letters of rows come again every 2,000 km; the band says which ones are meant
        lat, lon = _unprojected(zone, east, north + cycle * _CYCLE + base)
        if _is_in_band(lat, band, 1.0):
            return lat, lon
    raise ValueError(f"band {band} of zone {zone} has no square {square}")


def _is_in_band(lat: float, band: str, tolerance: float) -> bool:
    bottom = -80 + 8 * BANDS.index(band)
    return bottom - tolerance <= lat <= bottom + (12 if band == "X" else 8) + tolerance


def _unprojected(zone: int, easting: float, northing: float) -> tuple[float, float]:
    """The inverse of the transverse Mercator projection; northing is negative south of the equator."""
    xi, eta = northing / (_SCALE * _RADIUS), (easting - _FALSE_EASTING) / (_SCALE * _RADIUS)
    xi_0 = xi - sum(b * sin(2 * j * xi) * cosh(2 * j * eta) for j, b in enumerate(_BETA, 1))
    eta_0 = eta - sum(b * cos(2 * j * xi) * sinh(2 * j * eta) for j, b in enumerate(_BETA, 1))
    chi = asin(sin(xi_0) / cosh(eta_0))
    lat = chi + sum(d * sin(2 * j * chi) for j, d in enumerate(_DELTA, 1))
    lon = zone * 6 - 183 + degrees(atan2(sinh(eta_0), cos(xi_0)))
    # The first and the last zone reach over the date line.
    return degrees(lat), lon - 360 * (lon > 180) + 360 * (lon < -180)


def from_plus_code(code: str) -> tuple[float, float]:
    """The middle of the area of a full plus code, such as 8FVC9G8F+6X (Open Location Code 1.0). In degrees.

    Raises ValueError for a code that is short, and for letters that codes do not have.
    """
    bare = code.upper().replace("+", "").rstrip("0")
    places = [_PLUS.find(letter) for letter in bare]
    if code.find("+") != 8 or len(bare) < 2 or (len(bare) < 10 and len(bare) % 2) or min(places) < 0:
        raise ValueError("a plus code has eight letters or digits before the plus; a short one says no place alone")
    lat, lon, height, width = -90.0, -180.0, 400.0, 400.0
    for north, east in zip(places[:10:2], places[1:10:2], strict=True):
        height, width = height / 20, width / 20
        lat, lon = lat + north * height, lon + east * width
    for place in places[10:]:
        height, width = height / 5, width / 4
        lat, lon = lat + place // 4 * height, lon + place % 4 * width
    if lat >= 90 or lon >= 180:
        raise ValueError("this plus code lies outside the world")
    return lat + height / 2, lon + width / 2
